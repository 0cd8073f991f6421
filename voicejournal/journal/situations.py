"""What sounds like a kind and is none: a memory, somebody else's dream, what one would like to eat.

In: the table of a language's `tags/situations.toml`; the words of an entry. Out: `Situation`. Pure.
A situation outweighs what sounds like a kind, and never what names one beside it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from voicejournal.journal.cues import Match, Strength
from voicejournal.journal.entries import TAGS, Tag
from voicejournal.journal.patterns import Patterns, is_touched, read_patterns, read_spelling

STRENGTHS: tuple[Strength, ...] = ("strong", "medium", "weak")


@dataclass(frozen=True)
class Situation:
    """Ways of telling of one thing that is no kind."""

    reason: str
    outweighed_by: Mapping[Tag, tuple[Strength, ...]]
    """For each kind that it sounds like, how strong a phrase beside it has to be to name that kind all the same."""
    words: frozenset[str]
    """It always holds one of these, which is quicker to see than a pattern; none: it may hold any."""
    first_words: int | None
    """It has to be told of among so many, where an entry in passing may speak of it; None: anywhere."""
    said: Patterns
    otherwise: Patterns
    """The same words in another meaning."""


def read_situations(table: Mapping[str, Any]) -> tuple[Situation, ...]:
    """In the order of the file."""
    spelling, sets = read_spelling(table), {name: _words(words) for name, words in table["sets"].items()}

    def patterns(phrases: Iterable[str]) -> Patterns:
        return read_patterns(phrases, spelling, sets)

    return tuple(
        Situation(
            one["reason"],
            {tag: STRENGTHS[: STRENGTHS.index(one["beside"][tag]) + 1] for tag in TAGS if tag in one["beside"]},
            frozenset(one.get("words", "").split()),
            one.get("first_words"),
            patterns(one["said"]),
            patterns(one["otherwise"]),
        )
        for one in table["situations"].values()
    )


def _words(words: str) -> list[str]:
    return [word.replace("_", " ") for word in words.split()]


def told_of(
    words: Sequence[str], tag: Tag, cues: Iterable[Match], situations: Iterable[Situation]
) -> Situation | None:
    """The first that is told of, where nothing beside it names the kind; `cues`: the phrases of that kind."""
    written = "".join(f"{word} " for word in words)
    for situation in situations:
        if situation.words and situation.words.isdisjoint(words):
            continue
        enough = situation.outweighed_by.get(tag)
        spans = _spans(written, situation) if enough is not None else []
        if enough and spans and not any(cue.cue.strength in enough for cue in _beside(cues, spans)):
            return situation
    return None


def _spans(written: str, situation: Situation) -> list[range]:
    first = situation.first_words
    told = [span for span in situation.said.spans(written) if first is None or span.start < first]
    others = situation.otherwise.spans(written) if told else []
    return [span for span in told if not is_touched(span, others)]


def _beside(cues: Iterable[Match], spans: Sequence[range]) -> list[Match]:
    return [cue for cue in cues if not is_touched(cue.span, spans)]
