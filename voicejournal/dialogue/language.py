"""Everything said and understood in one language.

In: the texts of its TOML files, by name. Out: `Language`. Pure.
A missing table or phrase is found when the language is read, never in the middle of a conversation.
"""

import tomllib
from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any, TypeVar, get_args

from voicejournal.errors import Detail, ErrorName, JournalError, SettingsError
from voicejournal.grounding.manner import Manner, read_manner, with_words
from voicejournal.hearing.spelling import letters
from voicejournal.journal.circling import Circling, read_circling
from voicejournal.journal.corrections import CommonWords, read_common_words
from voicejournal.journal.cues import read_cues
from voicejournal.journal.entries import TAGS, Tag
from voicejournal.journal.features import read_lexicon
from voicejournal.journal.hard import Hard, read_hard
from voicejournal.journal.labels import Labels, read_labels
from voicejournal.journal.searches import Searches, read_searches
from voicejournal.journal.situations import read_situations
from voicejournal.journal.strength import read_strengths
from voicejournal.journal.tagging import Guesser
from voicejournal.journal.tidying import Tidiness, read_tidiness
from voicejournal.journal.time_words import CalendarWords
from voicejournal.journal.weights import read_weights

Made = TypeVar("Made")


@dataclass(frozen=True)
class Phrase:
    """Something a person can say to be obeyed."""

    name: str
    say: tuple[str, ...]
    """Whole utterances; the first is the one that help names."""
    key: str
    """The one character that does the same in the terminal."""
    over_voice: tuple[str, ...] = ()
    """More, which count only over a script or an entry that is read: elsewhere they are the person's own."""


@dataclass(frozen=True)
class ErrorWords:
    """The sentences of an error; braces still stand for its details."""

    spoken: str
    fix: str
    next: str = ""
    """What to do, for someone who only hears; empty where only someone at a keyboard can meet it."""


@dataclass(frozen=True)
class Calendar:
    """The lists that `times` chooses from."""

    weekdays: tuple[str, ...]
    """From Monday."""
    months: tuple[str, ...]
    ordinals: tuple[str, ...]
    """Days of a month, from the first."""
    numbers: tuple[str, ...]
    """From zero; numbers past the end are said as figures."""


@dataclass(frozen=True)
class Language:
    """One language. Tables are named as in `prompts/<code>/phrases.toml`."""

    code: str
    name: str
    whisper: str
    """Whisper's code of the language."""
    vosk: str
    """The language as named by the maker of the Vosk models."""
    dates: str
    """The language as dateparser names it."""
    voice: str
    """How the language of a voice of pyttsx3 begins."""
    grounding: str
    """The script that is spoken when none is named."""
    ways: tuple[str, ...]
    """Other scripts, in the order in which another way is offered."""
    commands: Mapping[str, Phrase]
    please: frozenset[str]
    """Words that mean nothing before, after or between those of any of them, by their letters."""
    noise: frozenset[str]
    """As what a noise may be written before the end of an entry, by their letters."""
    script_requests: tuple[str, ...]
    """Whole utterances that ask for one script; {script} stands for its name or title."""
    kind_requests: tuple[str, ...]
    """Whole utterances that name another kind for the last entry; {kind} stands for one of its names."""
    kind_corrections: tuple[str, ...]
    """The same, which count only just after a kind was told: an entry may well begin with them."""
    kind_names: Mapping[Tag, tuple[str, ...]]
    repairs: tuple[str, ...]
    """What may be said around a word that is said again; {} stands for the word."""
    answers: Mapping[str, tuple[str, ...]]
    """Whole utterances for each answer to a question, and for each number from none to ten."""
    own_answers: Mapping[str, Mapping[str, tuple[str, ...]]]
    """More of them, by `Question.own_answers`, for the answers to that question alone; there they come first."""
    answer_keys: Mapping[str, str]
    """One character for each of them; they win over commands while a question is open."""
    said: Mapping[str, str]
    call: Mapping[str, str]
    """Whom to call, inside a sentence: number, person."""
    tags: Mapping[str, str]
    """A tag inside a sentence, by tag and "none"."""
    entries: Mapping[str, str]
    """An entry inside a sentence, by tag and "none"; {day} is still open."""
    help: Mapping[str, str]
    """Where the person is, and what can be said there; by `Place`."""
    view: Mapping[str, str]
    printed: Mapping[str, str]
    """What commands print in the terminal."""
    protection: Mapping[str, str]
    """What keeps others from reading the journal, printed; by `Protection`."""
    details: Mapping[str, str]
    """What stands inside an error, by `Detail`; and why a model's source was passed over, by `catalogue.Reason`."""
    time: Mapping[str, str]
    calendar: Calendar
    care: Mapping[str, str]
    """What is asked of whom to call: contact, helpline, and the fields of each."""
    digits: Mapping[str, str]
    """How the figures of a phone number are said: "0" to "9", plus, extension."""
    heard_digits: Mapping[str, tuple[str, ...]]
    """What each may be heard as; also double, triple, whole hundreds, and words that mean nothing here."""
    errors: Mapping[ErrorName, ErrorWords]
    labels: Labels
    """What a person says to name the kind of an entry."""
    manner: Manner
    """What a grounding script says and never says."""
    hard: Hard
    """After which words how to reach help is offered."""
    circling: Circling
    """After which words a pause is offered."""
    searches: Searches
    """How a search for entries of before sounds."""
    tidiness: Tidiness
    """How the words of an entry are tidied to be looked at, for whoever wants that."""
    guesser: Guesser | None = None
    """What the kind of an entry is guessed by; without it nothing is guessed."""
    common: CommonWords | None = None
    """Words that say little of what an entry is about; without them nothing is learned from the person either."""

    def say(self, key: str, **details: str) -> str:
        """The sentence of [said] with its braces filled; its first letter is a capital.

        Raises: KeyError, which is a mistake in the program.
        """
        words = self.said[key].format(**details)
        return words[:1].upper() + words[1:]

    def tag(self, tag: Tag | None) -> str:
        """The tag inside a sentence: "a dream"."""
        return self.tags[tag or "none"]

    def entry(self, tag: Tag | None, day: str) -> str:
        """The entry inside a sentence: "the dream from yesterday"."""
        return self.entries[tag or "none"].format(day=day)

    def spoken(self, error: JournalError) -> str:
        """What happened, in one calm sentence."""
        return self._error(error).spoken.format(**error.details)

    def aloud(self, error: JournalError) -> str:
        """What happened, and what to do, with no paths and no commands."""
        return f"{self.spoken(error)} {self._error(error).next}".rstrip()

    def fix(self, error: JournalError) -> str:
        """What to do next."""
        given = error.details
        words = {
            name: self.details[detail].format(**given) if isinstance(detail, Detail) else detail
            for name, detail in given.items()
        }
        return self._error(error).fix.format(**words)

    def _error(self, error: JournalError) -> ErrorWords:
        return self.errors[error.name]


def read_language(files: Mapping[str, str], names: Set[str]) -> Language:
    """A language from its files: name inside `prompts/<code>/` with forward slashes, and text.

    `names`: the commands and answers that it must have words for. Without `tags/weights.tsv` it never guesses.
    Raises: SettingsError naming the file that is missing or broken.
    """
    about = _read(files, "language.toml", _about)
    understood = _read(files, "commands.toml", partial(_commands, names))
    phrases = _read(files, "phrases.toml", _phrases)
    calendar: Calendar = phrases["calendar"]
    days = CalendarWords((*calendar.weekdays, *calendar.months), calendar.ordinals, calendar.numbers)
    return Language(
        **about,
        **understood,
        **phrases,
        errors=_read(files, "errors.toml", _errors),
        labels=_read(files, "tags/labels.toml", read_labels),
        manner=_read(files, "words.toml", partial(with_words, _read(files, "check.toml", read_manner))),
        hard=_read(files, "tags/hard.toml", read_hard),
        tidiness=_read(files, "tidy.toml", read_tidiness),
        circling=_read(files, "tags/circling.toml", read_circling),
        searches=_read(files, "search.toml", partial(read_searches, days)),
        guesser=_guesser(files),
        common=_read(files, "common.toml", read_common_words) if "common.toml" in files else None,
    )


def _guesser(files: Mapping[str, str]) -> Guesser | None:
    if "tags/weights.tsv" not in files:
        return None
    names = ("tags/cues.toml", "tags/lexicon.toml", "tags/situations.toml", "tags/weights.tsv")
    return _learned(*(files.get(name, "") for name in names))


@lru_cache(maxsize=2)
def _learned(cues: str, lexicon: str, situations: str, weights: str) -> Guesser:
    """Made once of the same texts: its eight thousand lines take 30 ms."""
    files = {"tags/cues.toml": cues, "tags/lexicon.toml": lexicon, "tags/situations.toml": situations}
    return Guesser(
        _read(files, "tags/cues.toml", read_cues),
        _read(files, "tags/lexicon.toml", read_lexicon),
        _read(files, "tags/situations.toml", read_situations),
        read_weights(weights.splitlines()),
    )


def obeyed(language: Language) -> frozenset[str]:
    """The letters of every command, with a please too: no script may end a sentence with one, or name a way so."""
    says = {letters(say) for command in language.commands.values() for say in command.say}
    asked = {form for say in says for word in language.please for form in (word + say, say + word)}
    return frozenset(says | asked)


def _read(files: Mapping[str, str], name: str, make: Callable[[dict[str, Any]], Made]) -> Made:
    try:
        return make(tomllib.loads(files[name]))
    except KeyError as exc:
        raise SettingsError("language_incomplete", file=name, missing=str(exc.args[0])) from exc
    except (tomllib.TOMLDecodeError, TypeError, AttributeError) as exc:
        raise SettingsError("language_broken", file=name, reason=str(exc)) from exc


def _about(table: dict[str, Any]) -> dict[str, Any]:
    texts = {key: table[key] for key in ("code", "name", "whisper", "vosk", "dates", "voice", "grounding")}
    return {**texts, "ways": tuple(table["ways"])}


def _commands(names: Set[str], table: dict[str, Any]) -> dict[str, Any]:
    commands = {
        name: Phrase(name, tuple(words["say"]), words["key"], tuple(words.get("over_voice", ())))
        for name, words in table["commands"].items()
        if name in names
    }
    answers = {name: tuple(says) for name, says in table["answers"].items() if name in names}
    answers |= read_strengths(table["strength"])
    for name in sorted(names - {*commands, *answers}):
        raise KeyError(name)
    kinds = table["kinds"]
    return {
        "commands": commands,
        "please": frozenset(map(letters, table["please"]["words"])),
        "noise": frozenset(map(letters, table["noise"]["words"])),
        "script_requests": tuple(table["scripts"]["ask"]),
        "repairs": tuple(table["repairs"]["frames"]),
        "kind_requests": tuple(kinds["ask"]),
        "kind_corrections": tuple(kinds["soon"]),
        "kind_names": {tag: tuple(kinds["names"][tag]) for tag in TAGS},
        "answers": answers,
        "own_answers": {
            table_name: {name: tuple(says) for name, says in own.items()}
            for table_name, own in table["own_answers"].items()
        },
        "answer_keys": {name: table["answer_keys"][name] for name in answers},
    }


def _phrases(table: dict[str, Any]) -> dict[str, Any]:
    lists = {key: tuple(table["time"][key]) for key in ("weekdays", "months", "ordinals", "numbers")}
    time = {key: words for key, words in table["time"].items() if key not in lists}
    tables = {
        key: table[key]
        for key in ("said", "tags", "entries", "help", "view", "printed", "protection", "details", "care", "call")
    }
    digits = {key: table["digits"][key] for key in (*"0123456789", "plus", "extension")}
    heard_digits = {key: tuple(words) for key, words in table["heard_digits"].items()}
    return {
        **tables,
        "time": time,
        "calendar": Calendar(**lists),
        "digits": digits,
        "heard_digits": heard_digits,
    }


def _errors(table: dict[str, Any]) -> dict[ErrorName, ErrorWords]:
    return {name: ErrorWords(**table[name]) for name in get_args(ErrorName)}
