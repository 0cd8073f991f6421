"""How often people say a run of words when they tell of a kind: naive Bayes.

In: examples as numbers, a column a run. Out: which runs tell most, and how much each speaks for each kind.
Touches: numpy. Deterministic.
What is learned together leans on the few words that tell these people apart; counts lean on none, so that both
are wrong about different entries.
"""

from typing import Any

import numpy

from voicejournal.journal.cues import KINDS

KEPT = 20_000
"""Runs that are kept: with 10,000 mood and experiment lose 0.01, with all 36,000 little is won."""

MORE = 1.0
"""Every run counts as if each kind had said it so often more: a run that is rare says little."""


def counted(values: Any, kinds: Any, weights: Any) -> tuple[Any, Any]:
    """The columns that tell most; and a row for each of them, natural logarithms that sum to 0 over `KINDS`.

    Each kind counts as much as every other, and an example's weight as so many examples.
    """
    shares = numpy.array([1 / weights[kinds == kind].sum() for kind in range(len(KINDS))])
    each = weights * shares[kinds] * len(kinds) / len(KINDS)
    times = numpy.vstack([(values[kinds == kind] != 0).T @ each[kinds == kind] for kind in range(len(KINDS))])
    logs = numpy.log(times + MORE)
    logs -= numpy.log((times + MORE).sum(axis=1, keepdims=True))
    logs -= logs.mean(axis=0)
    columns = most_telling(logs, times.sum(axis=0), KEPT)
    return columns, logs[:, columns].T


def most_telling(weights: Any, times: Any, kept: int) -> Any:
    """The columns, in order, that speak for some kind most and often enough: a row a kind, `times` a column."""
    telling = numpy.abs(weights).max(axis=0) * numpy.sqrt(times)
    return numpy.sort(numpy.argsort(-telling, kind="stable")[:kept])
