"""What has been learned of how people tell of each kind.

In: the lines of a language's `tags/weights.tsv`; the features of an entry. Out: how likely each kind is. Pure.
The file is read by people as well: a feature a line, and what it speaks for.
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from voicejournal.journal.cues import KINDS, Kind

UNIT = 0.01
"""Weights are kept in hundredths: rounding them further loses entries, finer ones win none."""


@dataclass(frozen=True)
class Weights:
    """A score of each kind is a sum of these, in natural logarithms of odds."""

    of: Mapping[str, tuple[float, ...]]
    """By feature, one for each of `KINDS`."""
    start: tuple[float, ...]
    """Where each kind starts."""
    spread: float
    """Scores are divided by it, so that a probability is how often such a guess is right."""


def read_weights(lines: Iterable[str]) -> Weights:
    """The first line names the columns, the second is `start`, the third `spread`; then a feature each."""
    rows = iter(lines)
    next(rows)
    start, spread = next(rows).split("\t")[1:], next(rows).split("\t")[1]
    of = {}
    for row in rows:
        name, *values = row.split("\t")
        of[name] = tuple(UNIT * int(value) for value in values)
    return Weights(of, tuple(UNIT * int(value) for value in start), UNIT * int(spread))


def written(weights: Weights) -> Iterable[str]:
    """The lines that `read_weights` reads."""

    def row(name: str, values: Iterable[float]) -> str:
        return "\t".join([name, *(str(round(value / UNIT)) for value in values)])

    yield "\t".join(["feature", *KINDS])
    yield row("start", weights.start)
    yield row("spread", [weights.spread])
    for name, values in sorted(weights.of.items()):
        yield row(name, values)


def scores(found: Mapping[str, float], weights: Weights) -> list[float]:
    """One for each of `KINDS`."""
    sums = list(weights.start)
    for name, value in found.items():
        for index, weight in enumerate(weights.of.get(name, ())):
            sums[index] += weight * value
    return sums


def probabilities(sums: Iterable[float], spread: float) -> dict[Kind, float]:
    powers = [one / spread for one in sums]
    most = max(powers)
    parts = [math.exp(power - most) for power in powers]
    total = sum(parts)
    return {kind: part / total for kind, part in zip(KINDS, parts, strict=True)}
