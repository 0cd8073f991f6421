"""Whether words of a kept entry are such that a courtesy is due: how to reach help, said once.

In: the words of an entry. Out: yes or no, and nothing else. Pure.
This is no detection and no judgement: it misses much, and nobody is told, not even which words they were.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from voicejournal.journal.patterns import Patterns, Spelling, prepared, read_patterns, read_spelling

DREAM_WORDS = 40
"""How far "I dreamt" reaches: a few sentences of a told dream, unless waking up is told in between."""

PAST_WORDS = 12
"""How far "years ago" reaches, in both directions: about a sentence."""

NEAR_WORDS = 2
"""Another meaning counts when it comes so close before: "she said that I …"."""


@dataclass(frozen=True)
class Hard:
    """What is said by people for whom it is very hard, and what only sounds like it; from `tags/hard.toml`."""

    spelling: Spelling
    said: Patterns
    other: Patterns
    """The same words in another meaning: idioms, negation, quotes, other people."""
    dream: Patterns
    awake: Patterns
    past: Patterns
    again: Patterns
    """Words that bring the past into now."""


def read_hard(table: Mapping[str, Any]) -> Hard:
    """From the table of a language's `tags/hard.toml`."""
    spelling, sets = read_spelling(table), table["sets"]
    names = ("said", "other", "dream", "awake", "past", "again")
    return Hard(spelling, *(read_patterns(table["patterns"][name], spelling, sets) for name in names))


def sounds_hard(text: str, hard: Hard, is_dream: bool = False) -> bool:
    """Whether to offer: once the first time that hard words mean the person, awake and now."""
    words = prepared(text, hard.spelling)
    found = hard.said.spans(words)
    if not found:
        return False
    others = hard.other.spans(words)
    told = _Told(words, is_dream, hard)
    return any(not _is_other(span, others) and told.is_now(span) for span in found)


def _is_other(span: range, others: Sequence[range]) -> bool:
    """Whether another meaning touches it and is not itself a part of it."""
    return any(
        other.start < span.stop and span.start < other.stop + NEAR_WORDS and not _holds(span, other)
        for other in others
    )


def _holds(span: range, other: range) -> bool:
    return span.start <= other.start and other.stop <= span.stop


class _Told:
    """Where in the text a dream is told, and where the past."""

    def __init__(self, words: str, is_dream: bool, hard: Hard) -> None:
        self._dream = hard.dream.spans(words)
        self._awake = hard.awake.spans(words)
        self._past = hard.past.spans(words)
        self._again = hard.again.spans(words)
        self._is_dream = is_dream

    def is_now(self, span: range) -> bool:
        """Whether it is said of now, by somebody awake."""
        return not self._is_dreamt(span) and not self._is_past(span)

    def _is_dreamt(self, span: range) -> bool:
        begun = [one.start for one in self._dream if one.start < span.stop and span.start - one.stop < DREAM_WORDS]
        if not begun and not self._is_dream:
            return False
        return not any(max(begun, default=0) <= one.start < span.start for one in self._awake)

    def _is_past(self, span: range) -> bool:
        return _is_near(span, self._past) and not _is_near(span, self._again)


def _is_near(span: range, others: Sequence[range]) -> bool:
    return any(other.start < span.stop + PAST_WORDS and span.start - PAST_WORDS < other.stop for other in others)
