"""The entries that are learned from: invented, one file a writer.

In: `training/writers/*.tsv` and `training/plain/*.tsv`. Out: `Written` entries, and how a recogniser would hear
them. Touches: files, reading.
A line is a kind, a situation and what the writer said.
"""

import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from voicejournal.journal.cues import Kind

WRITERS = Path(__file__).parent / "writers"

PLAIN = Path(__file__).parent / "plain"
"""Those who tell plainly, as most people do: fewer, and each counts for more."""

LOST, MISHEARD = 0.06, 0.10
"""Share of words that a recogniser loses, and hears as another: one in six is wrong, as measured on read speech."""

KINDS: dict[str, Kind] = {"mood": "mood", "dream": "dream", "experiment": "experiment", "none": "other"}
"""As the files name them."""


@dataclass(frozen=True)
class Written:
    """One invented entry."""

    words: tuple[str, ...]
    """As they are compared."""
    kind: Kind
    writer: str
    situation: str
    is_plain: bool


def read_entries(words_of: Callable[[str], Sequence[str]]) -> Iterator[Written]:
    """All entries, by writer and line."""
    for path in [*sorted(WRITERS.glob("*.tsv")), *sorted(PLAIN.glob("*.tsv"))]:
        for line in path.read_text(encoding="utf-8").splitlines():
            if not line or line.startswith("#"):
                continue
            kind, situation, text = line.split("\t")
            yield Written(tuple(words_of(text)), KINDS[kind], path.stem, situation, path.parent == PLAIN)


class Recogniser:
    """Loses words and hears others in their place; the same seed makes the same mistakes."""

    def __init__(self, others: Iterable[Sequence[str]], seed: int) -> None:
        """`others`: entries in words, any of which may be heard in place of another."""
        self._random = random.Random(seed)
        self._others = [word for words in others for word in words]

    def hear(self, words: Sequence[str]) -> list[str]:
        heard = []
        for word in words:
            chance = self._random.random()
            if chance >= LOST + MISHEARD:
                heard.append(word)
            elif chance >= LOST:
                heard.append(self._random.choice(self._others))
        return heard
