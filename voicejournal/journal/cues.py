"""The phrases that a guess goes by, and what they count for.

In: the table of a language's `tags/cues.toml`. Out: `Cues`. Pure.
The phrases are data of the language; nothing here knows what any of them means.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from voicejournal.hearing.spelling import letters
from voicejournal.journal.entries import TAGS, Tag

Kind = Tag | Literal["other"]
KINDS: tuple[Kind, ...] = (*TAGS, "other")


@dataclass(frozen=True)
class Cue:
    """A phrase that speaks for a kind, or in another meaning against it."""

    words: tuple[str, ...]
    """Letters of each word; "*" is any one word."""
    kind: Kind
    strength: Literal["strong", "medium", "weak", "against"]


@dataclass(frozen=True)
class Weights:
    """What a kind's cues count for, in natural logarithms of odds."""

    prior: float
    strong: float
    """Of the first strong cue."""
    more: float
    """Of each further one, up to `MORE_STRONG`."""
    medium: float
    medium_most: float
    weak: float
    """Of a weak cue in a hundred words."""
    weak_most: float


@dataclass(frozen=True)
class Cues:
    """What the guesser goes by, from `tags/cues.toml`."""

    by_first_word: Mapping[str, tuple[Cue, ...]]
    weights: Mapping[Kind, Weights]
    reason: str
    """A sentence in which {words} stands for the phrases that decided."""


NO_CUES = Cues({}, {}, "")
"""A language without cues: labels and questions only."""


def read_cues(table: Mapping[str, Any]) -> Cues:
    """The cues of a language from its `tags/cues.toml`."""
    found: dict[str, list[Cue]] = {}
    for kind in KINDS:
        for strength in ("strong", "medium", "weak", "against"):
            for phrase in table["cues"][kind][strength]:
                words = tuple("*" if word == "*" else letters(word) for word in phrase.split())
                found.setdefault(words[0], []).append(Cue(words, kind, strength))
    weights = {kind: Weights(**table["weights"][kind]) for kind in KINDS}
    return Cues({word: tuple(cues) for word, cues in found.items()}, weights, table["reason"])
