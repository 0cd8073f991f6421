"""How an entry begins: the shape of its first words.

In: the words of an entry; what is small talk in its language. Out: runs of shapes. Pure.
The first words place an entry ("I am in a", "when my", "I tried a"), whatever it is about: only small words stay as
they are, of the others at most the ending.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

OPENING_WORDS = 7
"""The first words of which the shape is looked at: with 4 and with 12 less is told (measured)."""

LONGEST_RUN = 3
"""Of shapes as of words."""

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


def opening(words: Sequence[str], shapes: Shapes) -> Iterator[tuple[str, ...]]:
    """Every run of one to three shapes among the first words."""
    first = [_shape(word, shapes) for word in words[:OPENING_WORDS]]
    for length in range(1, LONGEST_RUN + 1):
        yield from zip(*(first[start:] for start in range(length)), strict=False)


def _shape(word: str, shapes: Shapes) -> str:
    if word in shapes.small_words:
        return word
    for ending in shapes.endings:
        if word.endswith(ending) and len(word) >= LEAST_STEM + len(ending):
            return f"-{ending}"
    return "-"
