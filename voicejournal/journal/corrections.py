"""What the person called other entries like a new one, where they were asked for the kind or changed it.

In: the words of an entry, and entries whose kind the person decided. Out: the kind of those like it. Pure.
Nothing is learned for good: it is worked out anew from what the journal holds, so what is deleted teaches nothing.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from voicejournal.journal.entries import Entry, Tag
from voicejournal.journal.tagging import Guess, Guesser, guess, words_of

CORRECTIONS = 100
"""The newest ones count: with more, hardly anything is like none of them, and each takes 0.15 ms."""

FIRST_CHARACTERS = 2000
"""400 words, by which an entry has said what it is about. A hundred corrections of that length take 40 to 60 ms to
compare, and of an hour of speaking each they would take a second (measured: it grows with their length)."""

WEIGHTS = {"tenth": 0.05, "thirtieth": 0.15, "hundredth": 0.4}
UNUSUAL = 0.8
"""How much a word tells of what an entry is about, by how many people's entries hold it. Without that, other
entries change as often as those that are meant (measured: 0016). With 0.1 and 0.25 for the first two, short ones
change: "I feel sad about my dog" and "I feel anxious about the talk" share three words of six."""

LIKE = 0.033
MANY = 30
"""Two entries are alike from a likeness of this times the square root of how many corrections there are, up to so
many: 0.06 of three, 0.18 of thirty. The more there are, the more are a little like anything (measured: 0016)."""

NEAREST = 5
ENOUGH = 2
"""Of the five that are most like it at least two agree: of three corrections of one kind, one may share too few
words with it, or have been misheard."""

LEAST_SHARE = 0.6
"""Three of five is doubt; two of two, three of four and four of five are not."""


@dataclass(frozen=True)
class CommonWords:
    """Words that many people use whatever they tell of, from `common.toml`."""

    weights: Mapping[str, float]


@dataclass(frozen=True)
class Correction:
    """An entry whose kind the person decided."""

    text: str
    tag: Tag | None
    words: Mapping[str, float]
    """Each with how much it tells."""


@dataclass(frozen=True)
class Called:
    """What the person called others like it."""

    tag: Tag | None
    confidence: float
    """By Laplace's rule: two of two are 0.75, three of three 0.8, five of five 0.86; it is never more."""


def read_common_words(table: Mapping[str, Any]) -> CommonWords:
    """The common words of a language from its `common.toml`."""
    return CommonWords({word: weight for name, weight in WEIGHTS.items() for word in table["words"][name].split()})


def corrections(corrected: Iterable[Entry], common: CommonWords) -> tuple[Correction, ...]:
    """What is compared of them."""
    return tuple(Correction(entry.text, entry.tag, _weighed(entry.text, common)) for entry in corrected)


def called(
    text: str, guessed: Guess, known: tuple[Correction, ...], guesser: Guesser, common: CommonWords
) -> Called | None:
    """What the person calls entries like this; None where too few are like it, or they were called this and that.

    `guessed`: what its own words say. A kind that they name is overruled only where one of those others was guessed
    the same, and the person called it otherwise: a dream of the swimming class is a dream, whatever the class is.
    """
    near = _nearest(_weighed(text, common), known)
    if len(near) < ENOUGH:
        return None
    tag, count = Counter(one.tag for one in near).most_common(1)[0]
    share = (count + 1) / (len(near) + 2)
    if count < ENOUGH or share < LEAST_SHARE:
        return None
    if guessed.is_named and not any(guess(one.text, guesser).tag == guessed.tag for one in near if one.tag == tag):
        return None
    return Called(tag, round(share, 3))


def _nearest(words: Mapping[str, float], known: tuple[Correction, ...]) -> list[Correction]:
    """Those that are alike, the most alike first."""
    least = LIKE * math.sqrt(min(len(known), MANY))
    likeness = [sum(weight * one.words.get(word, 0.0) for word, weight in words.items()) for one in known]
    alike = sorted((at for at in range(len(known)) if likeness[at] >= least), key=lambda at: -likeness[at])
    return [known[at] for at in alike[:NEAREST]]


def _weighed(text: str, common: CommonWords) -> dict[str, float]:
    """Each word that is said, once, with how much it tells; of length one, so that long entries weigh no more."""
    weights = {word: common.weights.get(word, UNUSUAL) for word in words_of(text[:FIRST_CHARACTERS])}
    length = math.sqrt(sum(weight * weight for weight in weights.values()))
    return {word: weight / length for word, weight in weights.items()}
