"""Weights from examples, and how often a guess by them is right about people who were not learned from.

In: examples. Out: `Weights`; a table. Touches: numpy, scikit-learn. Deterministic.
Two ways, which are added: a logistic regression, which learns all together, and `counting`, which takes each run of
words by itself. Both are weights that can be read: each says what a feature speaks for.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import SGDClassifier
from sklearn.metrics import f1_score

from training.counting import counted, most_telling
from voicejournal.journal.cues import KINDS, Kind
from voicejournal.journal.features import CLASS, FIRST, LENGTH, REACH, SAID
from voicejournal.journal.weights import Weights

LEAST_ENTRIES = 3
"""A run of words that fewer entries hold is somebody's own."""

KEPT = 8000
"""Features that the regression keeps: with 3,000 experiments suffer, with all 76,000 nothing is gained."""

COUNTS_FOR = 2.35
"""Of what was counted, so that both ways weigh the same: about people left out, whose scores by the regression vary
2.35 times as much. With half of it, or one and a half times, they were guessed a little worse."""

GROUPS = {CLASS: 1.5, FIRST: 0.7, REACH: 0.7, LENGTH: 0.5}
"""What counts more, or less, than one: the work that words do is the same with other people, the words are not."""

PRIORS: Mapping[Kind, float] = {"mood": 0.0, "dream": 0.2, "experiment": 0.0, "other": 0.6}
"""Each kind is learned as if it came as often as the others; in truth plain days are more.
Natural logarithms of odds, chosen with the development half of the evaluation."""

RIDGE = 2e-4
PASSES = 12

HELD_OUT = 5
"""Parts into which writers are divided; each is guessed by what was learned from the others."""


@dataclass(frozen=True)
class Example:
    """What one entry gives to learn from."""

    features: Mapping[str, float]
    kind: Kind
    writer: str
    situation: str
    weight: float
    """How many it counts for."""
    is_heard: bool
    """An entry as a recogniser might have heard it, that is there as it was typed as well."""


@dataclass(frozen=True)
class _Table:
    """Examples as numbers: a row each, a column a feature that enough of them share."""

    values: Any
    names: Any
    kinds: Any
    weights: Any

    def of(self, rows: Any) -> "_Table":
        return _Table(self.values[rows], self.names, self.kinds[rows], self.weights[rows])


@dataclass(frozen=True)
class _Fit:
    """What was learned: of some columns, how much each speaks for each of `KINDS`."""

    columns: Any
    of: Any
    start: Any


def learned(examples: Sequence[Example]) -> tuple[Weights, dict[Kind, float]]:
    """From all of them; and F1 of each kind about writers and situations left out, from which the spread comes."""
    table = _table(examples)
    sums, truth = _held_out(table, examples)
    found = f1_score(truth, sums.argmax(axis=1), average=None)
    right = {kind: float(value) for kind, value in zip(KINDS, found, strict=True)}
    fit = _fitted(table)
    of = {
        name: tuple(float(value) * _weight(name) for value in values)
        for name, values in zip(table.names[fit.columns], fit.of, strict=True)
    }
    spread = _best_spread(sums, truth)
    start = (float(start) + spread * PRIORS[kind] for kind, start in zip(KINDS, fit.start, strict=True))
    return Weights(of, tuple(start), spread), right


def _best_spread(sums: Any, truth: Any) -> float:
    """The one with which what happened was most likely."""
    return float(min(numpy.arange(0.4, 4.0, 0.05), key=lambda spread: _surprise(sums / spread, truth)))


def _surprise(powers: Any, truth: Any) -> float:
    powers = powers - powers.max(axis=1, keepdims=True)
    logs = powers - numpy.log(numpy.exp(powers).sum(axis=1, keepdims=True))
    return float(-logs[numpy.arange(len(truth)), truth].mean())


def _table(examples: Sequence[Example]) -> _Table:
    vectorizer = DictVectorizer()
    values = vectorizer.fit_transform([_weighed(one.features) for one in examples]).tocsr()
    is_typed = numpy.array([not one.is_heard for one in examples])
    shared = _counts(values[is_typed]) >= LEAST_ENTRIES
    kinds = numpy.array([KINDS.index(one.kind) for one in examples])
    weights = numpy.array([one.weight for one in examples])
    return _Table(values[:, shared], vectorizer.get_feature_names_out()[shared], kinds, weights)


def _counts(values: Any) -> Any:
    return numpy.asarray((values != 0).sum(axis=0)).ravel()


def _held_out(table: _Table, examples: Sequence[Example]) -> tuple[Any, Any]:
    """Scores by weights that never saw an example's writer, nor its situation by others."""
    by_writer = numpy.array([one.writer for one in examples])
    by_situation = numpy.array([one.situation for one in examples])
    writers, situations = sorted(set(by_writer)), sorted(set(by_situation))
    sums, truth = [], []
    for part in range(HELD_OUT):
        out = numpy.isin(by_writer, writers[part::HELD_OUT])
        away = numpy.isin(by_situation, situations[part::HELD_OUT])
        fit, tested = _fitted(table.of(~out & ~away)), table.of(out & away)
        sums.append(tested.values[:, fit.columns] @ fit.of + fit.start)
        truth.append(tested.kinds)
    return numpy.vstack(sums), numpy.concatenate(truth)


def _fitted(table: _Table) -> _Fit:
    """Learned twice, for of the first time the features that tell most are kept; and counted."""
    is_said = numpy.array([name.startswith(SAID) for name in table.names])
    said, others = numpy.flatnonzero(is_said), numpy.flatnonzero(~is_said)
    values = table.values[:, others]
    kept = most_telling(_regression(table, values).coef_, _counts(values), KEPT)
    fitted = _regression(table, values[:, kept])
    told, logs = counted(table.values[:, said], table.kinds, table.weights)
    columns = numpy.concatenate([others[kept], said[told]])
    return _Fit(columns, numpy.vstack([fitted.coef_.T, COUNTS_FOR * logs]), fitted.intercept_)


def _regression(table: _Table, values: Any) -> Any:
    return SGDClassifier(
        loss="log_loss",
        alpha=RIDGE,
        max_iter=PASSES,
        tol=None,
        average=True,
        class_weight="balanced",
        random_state=0,
    ).fit(values, table.kinds, sample_weight=table.weights)


def _weighed(found: Mapping[str, float]) -> dict[str, float]:
    return {name: value * _weight(name) for name, value in found.items()}


def _weight(name: str) -> float:
    return GROUPS.get(name[: name.index(":") + 1], 1.0)
