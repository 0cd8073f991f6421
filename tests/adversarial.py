"""Entries that hold every command, answer, label, script and way in natural sentences, and what is to be kept.

In: a language; its phrases from `prompts/`, the sentences around them from `near_commands/`. Out: `Talk`s: lines to
replay and the entries that must be there afterwards. Touches: those files.
What is expected is told by the design alone (§6), never by the program's own matching; the same files always give
the same talks. `python tests/adversarial.py` replays them all and prints what became of them.
"""

import sys
import tempfile
import time
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from difflib import SequenceMatcher
from itertools import count, cycle
from pathlib import Path
from typing import Literal

from voicejournal.dialogue.language import Language
from voicejournal.journal.entries import Entry
from voicejournal.languages import language_of
from voicejournal.rehearsing import replaying
from voicejournal.settings import Settings
from voicejournal.shelf import shelf_of
from voicejournal.speaking.steps import Choice

SENTENCES = Path(__file__).parent / "near_commands"
START = datetime(2026, 3, 1, 5, 0, tzinfo=UTC)

IN_AN_ENTRY = ("finish", "more_time", "scratch_that", "help_me_now")
"""The four that act alone between pauses inside an entry (design §6)."""

AT_THE_TAG_QUESTION = (
    *("mood", "dream", "experiment", "none_of_these", "no", "for_my_therapist"),
    *("help", "help_me_now", "stop"),
)
"""What acts while it is open (design §6): its answers, and the three that act at every question."""

Before = Literal["waiting", "over the voice", "a question is open"]

PAUSES: dict[Before, float] = {"waiting": 30.0, "over the voice": 2.6, "a question is open": 11.0}
"""Seconds after "finish my entry": our answer plays from 1.5 to 8 s after it at most, and a question is open for
ten seconds more."""

SILENT_END = 30.0
"""The silence that ends an entry: ten seconds, and twenty of grace."""

WITHIN = (2.0, 2.5, 3.0, 5.0, 2.0, 8.0)
"""Seconds between two stretches of an entry."""

SCRIPT_SECONDS = 6.0
"""Of what "help me now" says, before it is stopped."""

AT_ONCE = 12
"""Entries in one journal."""


@dataclass(frozen=True)
class Told:
    """One entry: what is said in it, stretch by stretch, and what of it must be kept."""

    stretches: tuple[str, ...]
    text: str
    before: Before = "waiting"
    ends_with: str = ""
    """The command that ends it; with none, silence does."""
    may_name_a_kind: bool = False
    """It holds the name of a kind where a label may stand, so it may be filed by it."""


@dataclass(frozen=True)
class Talk:
    """A conversation, and the entries that it leaves."""

    lines: tuple[str, ...]
    entries: tuple[Told, ...]


@dataclass(frozen=True)
class Outcome:
    """What became of entries, each wrong one with what was there in its place."""

    total: int
    lost: tuple[tuple[str, str], ...] = ()
    """Not there, or not whole: the text told, the text kept."""
    misfiled: tuple[str, ...] = ()
    """Under a kind that nobody named."""


def talks(code: str) -> list[Talk]:
    """All of them, for one language."""
    language = language_of(code)
    sentences = tomllib.loads((SENTENCES / f"{code}.toml").read_text(encoding="utf-8"))
    kinds = (_around_phrases(language, sentences), _near(language, sentences), _obeyed(language, sentences))
    told = [*map(list, kinds), list(_alone_at_a_question(language))]
    return [_talk(language, kind[at : at + AT_ONCE]) for kind in told for at in range(0, len(kind), AT_ONCE)]


def phrases(language: Language) -> dict[str, str]:
    """Whatever may be said to be obeyed, answered or named, and the name of what it is."""
    found: dict[str, str] = {}
    scripts = shelf_of(language.code).scripts
    for request in language.script_requests:
        for script in scripts.values():
            found[request.format(script=script.title.lower())] = "script"
    for name, says in _answers(language):
        found |= dict.fromkeys(says, name)
    for script_name, script in scripts.items():
        found |= dict.fromkeys((script_name.replace("-", " "), script.title), "script")
        for step in script.steps:
            if isinstance(step, Choice):
                found |= dict.fromkeys((name for way in step.ways for name in way.names), "way")
    for labels in (language.labels.whole, language.labels.openers):
        for tag, said in labels.items():
            found |= dict.fromkeys(said, tag)
    found = {_spoken(phrase): name for phrase, name in found.items()}
    # Last: a command may be called like a script, and is then the command.
    for name, command in language.commands.items():
        found |= dict.fromkeys(map(_spoken, command.say), name)
    return found


def _answers(language: Language) -> Iterator[tuple[str, Sequence[str]]]:
    """Those of one question first, for the others may mean another thing; of a number four wordings."""
    for own in language.own_answers.values():
        yield from own.items()
    for name, says in language.answers.items():
        yield name, says[:4] if name.isdecimal() else says


def _spoken(phrase: str) -> str:
    """As a recogniser may write it."""
    return " ".join(phrase.lower().split())


def _around_phrases(language: Language, sentences: dict[str, list[str]]) -> Iterator[Told]:
    """Each phrase at the start of a sentence, at its end, inside it, and alone between pauses of an entry."""
    begins, ends, around, closings = (cycle(sentences[part]) for part in ("begins", "ends", "around", "closings"))
    befores, turns, endings = cycle(PAUSES), count(), _endings(language)
    known = phrases(language)
    for phrase, name in known.items():
        kept_alone = (phrase,) if name not in IN_AN_ENTRY else ()
        at_start, at_end, inside = (
            next(begins).format(phrase),
            next(ends).format(phrase),
            next(around).format(phrase),
        )
        closing = next(closings)
        carriers = [one for one in (at_start, at_end, inside) if one not in known]
        turn = next(turns) % len(carriers)
        carriers = carriers[turn:] + carriers[:turn]
        stretches = (carriers[0], *kept_alone, *carriers[1:], closing)
        yield Told(
            stretches, " ".join(stretches), next(befores), next(endings), name in ("mood", "dream", "experiment")
        )


def _near(language: Language, sentences: dict[str, list[str]]) -> Iterator[Told]:
    """Sentences near a command: as the beginning of an entry wherever one may begin, and alone between pauses."""
    near, endings = sentences["near"], _endings(language)
    for before in PAUSES:
        for sentence, other in zip(near, near[1:] + near[:1], strict=True):
            yield Told((sentence, other), f"{sentence} {other}", before, next(endings))


def _alone_at_a_question(language: Language) -> Iterator[Told]:
    """A phrase that does not act at the open question begins a new entry, whole; before each there is a plain one,
    after which the kind is always asked."""
    acting = {
        _spoken(say)
        for name in AT_THE_TAG_QUESTION
        for say in (language.answers.get(name) or language.commands[name].say)
    } | {
        _spoken(form.format(kind=kind))
        for form in (*language.kind_requests, *language.kind_corrections)
        for kinds in language.kind_names.values()
        for kind in kinds
    }
    acting |= {_spoken(say) for says in language.own_answers["any_question"].values() for say in says}
    endings = _endings(language)
    for phrase, name in phrases(language).items():
        if phrase not in acting:
            is_kind = name in ("mood", "dream", "experiment")
            yield replace(_plain(language), before="over the voice")
            yield Told((phrase,), phrase, "a question is open", next(endings), is_kind)


def _obeyed(language: Language, sentences: dict[str, list[str]]) -> Iterator[Told]:
    """The four, in every wording, alone between pauses: they act, and cost no other word."""
    openings, closings = cycle(sentences["openings"]), cycle(sentences["closings"])
    finish = language.commands["finish"].say[0]
    for name in IN_AN_ENTRY:
        for phrase in map(_spoken, language.commands[name].say):
            first, more, last = next(openings), next(closings), next(closings)
            match name:
                case "finish" | "help_me_now":
                    yield Told((first, more), f"{first} {more}", ends_with=phrase)
                case "more_time":
                    yield Told((first, phrase, more), f"{first} {more}", ends_with=finish)
                case "scratch_that":
                    yield Told((first, more, phrase, last), f"{first} {last}", ends_with=finish)


def _endings(language: Language) -> Iterator[str]:
    """Most are ended by a word, so that an hour of silence need not be heard; some by silence."""
    finish = language.commands["finish"].say[0]
    return cycle((finish, finish, finish, finish, ""))


def _talk(language: Language, told: Sequence[Told]) -> Talk:
    """Offers are off: what is asked after an entry is always which kind it was."""
    lines = [f"> {language.commands['offers_off'].say[0]}", "~ 8"]
    helps = set(map(_spoken, language.commands["help_me_now"].say))
    pauses = cycle(WITHIN)
    # What an entry is said into hangs on the one before it: its end, and the pause after that.
    entries = [_plain(language), *told]
    for entry, following in zip(entries, [*entries[1:], None], strict=True):
        pause = 0.0
        for stretch in entry.stretches:
            pause = next(pauses)
            lines += [f"> {stretch}", f"~ {pause}"]
        after = PAUSES[following.before] if following is not None else PAUSES["waiting"]
        if entry.ends_with in helps:
            lines += [f"> {entry.ends_with}", f"~ {SCRIPT_SECONDS}", f"> {language.commands['stop'].say[0]}"]
        elif entry.ends_with:
            lines.append(f"> {entry.ends_with}")
        else:
            after += SILENT_END - pause
        lines.append(f"~ {after}")
    return Talk(tuple(lines), tuple(entries))


def _plain(language: Language) -> Told:
    """An entry that has nothing to do with any command, and tells no kind."""
    stretches = {"en": ("we had soup", "it was warm"), "ko": ("국을 먹었어요", "따뜻했어요")}[language.code]
    return Told(stretches, " ".join(stretches), ends_with=language.commands["finish"].say[0])


def replayed(code: str, talk: Talk) -> list[Entry]:
    """The entries that are there after it, oldest first."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "talk.txt"
        path.write_text("\n".join(talk.lines), encoding="utf-8")
        with replaying(Settings(language=code), START, path, lambda words: None) as (loop, journal):
            loop.run()
            return list(reversed(journal.entries()))


def outcome(talk: Talk, kept: Sequence[Entry]) -> Outcome:
    """Each entry told, held against what is there."""
    told, texts = [entry.text for entry in talk.entries], [entry.text for entry in kept]
    lost: list[tuple[str, str]] = []
    misfiled: list[str] = []
    for kind, a, b, c, d in SequenceMatcher(None, told, texts, autojunk=False).get_opcodes():
        if kind == "equal":
            pairs = zip(talk.entries[a:b], kept[c:d], strict=True)
            misfiled += [one.text for one, entry in pairs if _is_misfiled(one, entry)]
        else:
            lost += [(text, " | ".join(texts[c:d])) for text in told[a:b] or [""]]
    return Outcome(len(told), tuple(lost), tuple(misfiled))


def _is_misfiled(told: Told, entry: Entry) -> bool:
    return entry.tag_source not in (None, "inferred") and not told.may_name_a_kind


def total(outcomes: Sequence[Outcome]) -> Outcome:
    return Outcome(
        sum(one.total for one in outcomes),
        tuple(wrong for one in outcomes for wrong in one.lost),
        tuple(wrong for one in outcomes for wrong in one.misfiled),
    )


def main() -> int:
    """Every talk in both languages. Exit code 1 when anything was lost, shortened or misfiled."""
    is_wrong = False
    for code in ("en", "ko"):
        began = time.monotonic()
        all_talks = talks(code)
        whole = total([outcome(talk, replayed(code, talk)) for talk in all_talks])
        for text, kept in whole.lost:
            print(f"  told: {text}\n  kept: {kept}")
        for text in whole.misfiled:
            print(f"  misfiled: {text}")
        took = time.monotonic() - began
        print(
            f"{code}: {whole.total} entries in {len(all_talks)} conversations, {took:.0f} s: "
            f"{len(whole.lost)} lost or shortened, {len(whole.misfiled)} misfiled"
        )
        is_wrong = is_wrong or bool(whole.lost or whole.misfiled)
    return int(is_wrong)


if __name__ == "__main__":
    sys.exit(main())
