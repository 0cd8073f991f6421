"""Whether an entry goes round in circles, so that a pause may be welcome. A soft guess, and no label.

In: the words and length of an entry, and the words of this person's earlier ones. Out: the signs of it. Pure.
Nothing about a person is kept: their own measure is taken anew each time from what their journal holds.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from voicejournal.journal.patterns import Patterns, Spelling, is_touched, prepared, read_patterns, read_spelling
from voicejournal.journal.resting import SOFT_LIMIT_SECONDS

Sign = Literal["said", "repeats", "questions", "absolute", "length"]

ENOUGH = 2
"""R23: at least two signs, unless the person says it themselves."""

QUESTIONS = 3
"""So many "why"s are many, when they are also frequent."""

QUESTION_SHARE = 1 / 40
"""Of the words: one "why" in forty words is a question every third sentence."""

ABSOLUTES = 4
ABSOLUTE_TIMES = 2.0
ABSOLUTE_LEAST = 0.015
"""Words such as "always", "never": at least four, twice this person's own rate, and 1.5 in a hundred words; people
who are well use about 1 in a hundred, people in anxious or low groups 1.3 to 1.5 (Al-Mosaiwi & Johnstone 2018)."""

BASELINE_WORDS = 300
"""With fewer earlier words than that there is no telling what is usual for a person, and no such sign."""

REPEATS = 3
"""A phrase comes back for the third time, or so many phrases come twice."""

TELLING_WORDS = 2
"""A phrase has at least so many words that are not common ones, besides the one that may differ."""

FRESH_WORDS = 150
"""Repeats count within so many words: in a long entry phrases come back by chance."""


@dataclass(frozen=True)
class Circling:
    """What is said by people who go round in circles; from `tags/circling.toml`."""

    spelling: Spelling
    said: Patterns
    """They say it themselves."""
    other: Patterns
    """It is over, or somebody else's, or welcome."""
    questions: Patterns
    no_questions: Patterns
    absolute: frozenset[str]
    common: frozenset[str]
    """Words that make no phrase by themselves."""
    phrase_words: int


def read_circling(table: Mapping[str, Any]) -> Circling:
    """From the table of a language's `tags/circling.toml`."""
    spelling = read_spelling(table)
    patterns = {name: read_patterns(those, spelling, {}) for name, those in table["patterns"].items()}
    return Circling(
        spelling=spelling,
        said=patterns["said"],
        other=patterns["other"],
        questions=patterns["questions"],
        no_questions=patterns["no_questions"],
        absolute=frozenset(table["absolute"]),
        common=frozenset(table["common"]),
        phrase_words=table["phrase_words"],
    )


def goes_in_circles(text: str, seconds: float, earlier: Sequence[str], circling: Circling) -> bool:
    """Whether to offer a pause: they said so, or two signs are there. How often they say "I" is none of them."""
    found = signs(text, seconds, earlier, circling)
    return "said" in found or len(found) >= ENOUGH


def signs(text: str, seconds: float, earlier: Sequence[str], circling: Circling) -> frozenset[Sign]:
    """The signs that are there; `earlier` are the texts of this person's entries before this one."""
    words = prepared(text, circling.spelling)
    there: dict[Sign, bool] = {
        "said": _says_so(words, circling),
        "repeats": _repeats(words.split(), circling),
        "questions": _asks(words, circling),
        "absolute": _is_absolute(words.split(), earlier, circling),
        "length": seconds > SOFT_LIMIT_SECONDS,
    }
    return frozenset(sign for sign, is_there in there.items() if is_there)


def _says_so(words: str, circling: Circling) -> bool:
    others = circling.other.spans(words)
    return any(not is_touched(span, others) for span in circling.said.spans(words))


def _asks(words: str, circling: Circling) -> bool:
    others = circling.no_questions.spans(words)
    asked = sum(not is_touched(span, others) for span in circling.questions.spans(words))
    return asked >= QUESTIONS and asked >= QUESTION_SHARE * len(words.split())


def _is_absolute(words: Sequence[str], earlier: Sequence[str], circling: Circling) -> bool:
    before = [word for text in earlier for word in prepared(text, circling.spelling).split()]
    count = sum(word in circling.absolute for word in words)
    if len(before) < BASELINE_WORDS or count < ABSOLUTES:
        return False
    usual = sum(word in circling.absolute for word in before) / len(before)
    return count / len(words) >= max(ABSOLUTE_TIMES * usual, ABSOLUTE_LEAST)


def _repeats(words: Sequence[str], circling: Circling) -> bool:
    """Whether phrases come back, each with one word the same or another: a recogniser gets one in six wrong."""
    size = circling.phrase_words
    places: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for at in range(len(words) - size + 1):
        phrase = tuple(words[at : at + size])
        for open_at in range(size):
            key = (*phrase[:open_at], "*", *phrase[open_at + 1 :])
            if sum(word not in circling.common for word in key) < TELLING_WORDS:
                continue
            near = places[key]
            if not near or at - near[-1] >= size:
                near.append(at)
    twice: set[int] = set()
    for near in places.values():
        close = [one for one, other in zip(near[1:], near, strict=False) if one - other <= FRESH_WORDS]
        if len(close) >= REPEATS - 1:
            return True
        twice.update(one // size for one in close)
    return len(twice) >= REPEATS
