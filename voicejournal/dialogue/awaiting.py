"""What can be said here: the commands and answers that act in a state, and what a recogniser is told of them.

In: a state. Out: names of commands and answers, what is awaited, what a key stands for. Pure.
"""

from collections.abc import Collection

from voicejournal.dialogue import guarding, searching, setting_up
from voicejournal.dialogue.activities import ABOUT_READING, BESIDE_VOICE, COMMANDS, acting_in, answers_to
from voicejournal.dialogue.activity import Asking, Grounding, Reading, SettingUp
from voicejournal.dialogue.declaring import Command
from voicejournal.dialogue.language import Language
from voicejournal.dialogue.state import State
from voicejournal.hearing.awaiting import Awaited, Effort
from voicejournal.hearing.frames import ticks
from voicejournal.hearing.spelling import letters
from voicejournal.journal.entries import TAGS
from voicejournal.speaking.steps import Way

WAYS = ("first_way", "second_way", "third_way")
"""What a person has asked for who names, or presses the number of, a way that a script offers."""

WAY_KEYS = "123"

UNHINTED_ANSWERS = ("others_here",)
"""Everyday words, said in many ways: a hint of one would only bend other words."""

LATE_TICKS = ticks(4)
"""After an offer its names may still be on their way: a phrase of 3 s, and the 0.7 s of silence that end it."""

SEARCH_TICKS = ticks(4.5)
"""Searches are longer than commands: "when did I last talk about my mother" takes 3.2 s at 150 words a minute."""

NUMBER_TICKS = ticks(15)
"""A number of fifteen figures, said one a second."""


def acting(state: State) -> tuple[str, ...]:
    """The commands and answers that act in this state; while a question is being asked, our voice plays too."""
    match state.place:
        case "waiting" | "held" | "interrupted":
            return tuple(state.language.commands)
        case "question":
            over_voice = acting_in("speaking") if state.is_playing else ()
            return (*dict.fromkeys((*answers(state), *acting_in("question"), *over_voice)),)
        case "speaking":
            about = ABOUT_READING if isinstance(state.activity, Reading) else ()
            return (*acting_in("speaking"), *BESIDE_VOICE, *about)
        case "entry":
            return acting_in("entry")


def answers(state: State) -> tuple[str, ...]:
    """What answers the question that is open; none when there is none."""
    match state.activity:
        case Asking(question=question):
            return answers_to(question)
        case SettingUp():
            return setting_up.answers_to(state.activity)
        case _:
            return ()


def awaited(state: State) -> Awaited:
    """What a recogniser is told of what may be said in this state."""
    hints = _hints(state)
    return Awaited(
        hints, _unhinted(state, hints), _effort(state), obeyed=_obeyed(state), longest_ticks=_longest_ticks(state)
    )


def _longest_ticks(state: State) -> int | None:
    """How long a stretch may be that is judged by its words; None is as long as a command."""
    if isinstance(state.activity, SettingUp):
        return NUMBER_TICKS
    return SEARCH_TICKS if searching.may_search(state) else None


def _hints(state: State) -> tuple[str, ...]:
    """What may be said in this state, as hints for a recogniser: the first wording of each, and the labels.

    The labels last, as answers too: Whisper heeds the end of its hints most, and hears "experiment" worst of all.
    """
    likely = (name for name in _likely(state) if name not in UNHINTED_ANSWERS)
    hinted = (name for name in likely if name not in COMMANDS or _is_hinted(state, COMMANDS[name]))
    hints = [wordings(state.language, name)[0] for name in hinted]
    hints += state.language.searches.hints if searching.may_search(state) else ()
    if _takes_words(state):
        return tuple(dict.fromkeys(hints))  # a word that is said again is not to be bent into a label
    is_between = state.place == "speaking"
    last = tuple(way.names[0] for way in _ways_hinted(state)) if is_between else labels(state.language)
    return (*dict.fromkeys(hint for hint in hints if hint not in last), *last)


def _likely(state: State) -> tuple[str, ...]:
    unlikely = guarding.unlikely(state)
    return tuple(name for name in acting(state) if name not in unlikely)


def _is_hinted(state: State, command: Command) -> bool:
    """Over a script a phrase need only be near, and "help me now" is near to "help"."""
    return command.is_hinted and not (command.is_beside_voice and state.place == "speaking")


def _unhinted(state: State, hints: Collection[str]) -> tuple[str, ...]:
    """What may be said in this state, and is no hint."""
    first = (wordings(state.language, name)[0] for name in _likely(state))
    return tuple(wording for wording in first if wording not in hints)


def may_be_heard_again(state: State) -> bool:
    """Whether it is worth listening again for a phrase that was missed: not where most of what is said is none, nor
    over our voice, which somebody may want to stop, nor where others may be talking.
    """
    is_quiet = state.place in ("waiting", "question") and not state.is_playing
    return is_quiet and not (
        _takes_words(state) or isinstance(state.activity, SettingUp) or guarding.is_deaf(state)
    )


def _obeyed(state: State) -> frozenset[str]:
    """The letters of each wording that acts in this state, where it may be heard again."""
    if not may_be_heard_again(state):
        return frozenset()
    return frozenset(letters(one) for name in acting(state) for one in wordings(state.language, name))


def ways(state: State) -> tuple[Way, ...]:
    """The ways that can be taken in this state."""
    return state.ways if isinstance(state.activity, Grounding) else ()


def _ways_hinted(state: State) -> tuple[Way, ...]:
    """Those of an offer that is just over as well: the answer may have begun before."""
    past = state.past_offer
    if past is None or ways(state) or state.tick - past.end_tick > LATE_TICKS:
        return ways(state)
    return past.ways if isinstance(state.activity, Grounding) else ()


def _effort(state: State) -> Effort:
    """How closely a brief stretch is listened to: the phrases that answer a question are few, and all are tried.

    Where its words are written down, as closely as can be.
    """
    if _takes_words(state):
        return "whole"
    return "nearest" if state.place in ("speaking", "question") else "brief"


def _takes_words(state: State) -> bool:
    return isinstance(state.activity, Asking) and state.activity.question.takes_words


def labels(language: Language) -> tuple[str, ...]:
    """What an entry may begin with, to say its kind."""
    return tuple(language.answers[tag][0] for tag in TAGS)


def of_key(state: State, key: str) -> str | None:
    """The command, answer, way or "space" that this key stands for here."""
    question = state.activity.question if isinstance(state.activity, Asking) else None
    is_left_by_any_key = question is not None and question.is_left_by_any_key
    if key == " " and not is_left_by_any_key:
        return "space"
    if key in WAY_KEYS[: len(ways(state))]:
        return WAYS[WAY_KEYS.index(key)]
    language = state.language
    names = (*answers(state), *(("help_me_now",) if is_left_by_any_key else language.commands))
    otherwise = "no" if is_left_by_any_key else None
    return next((name for name in names if key == _key(language, name)), otherwise)


def _key(language: Language, name: str) -> str:
    return language.answer_keys[name] if name in language.answer_keys else language.commands[name].key


def wordings(language: Language, name: str) -> tuple[str, ...]:
    return language.answers[name] if name in language.answers else language.commands[name].say
