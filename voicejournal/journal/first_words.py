"""How an entry begins: the shape of its first words.

In: the words of an entry; what is small talk in its language. Out: shapes. Pure.
The first words place an entry ("I am in a", "when my", "I tried a"), whatever it is about: only small words stay as
they are, of the others at most the ending.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

OPENING_WORDS = 7
"""The first words of which the shape is looked at: with 4 and with 12 less is told (measured)."""

LEAST_STEM = 3
"""Letters before an ending: "thing" has none."""


@dataclass(frozen=True)
class Shapes:
    """From `tags/lexicon.toml`."""

    small_words: frozenset[str]
    """Those that any entry may hold."""
    endings: tuple[str, ...]
    """Of longer words; the first that fits counts."""


def read_shapes(table: Mapping[str, Any]) -> Shapes:
    """Those of a language, from its table."""
    return Shapes(frozenset(table["small_words"].split()), tuple(table["endings"].split()))


def opening(words: Sequence[str], shapes: Shapes) -> list[str]:
    """The shapes of the first words."""
    return [_shape(word, shapes) for word in words[:OPENING_WORDS]]


def _shape(word: str, shapes: Shapes) -> str:
    if word in shapes.small_words:
        return word
    for ending in shapes.endings:
        if word.endswith(ending) and len(word) >= LEAST_STEM + len(ending):
            return f"-{ending}"
    return "-"
