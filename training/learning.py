"""Weights from examples, and how often a guess by them is right about people who were not learned from.

In: examples. Out: `Weights`; a table. Touches: numpy, scikit-learn. Deterministic.
Logistic regression, because its weights can be read: each says what a feature speaks for.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import SGDClassifier
from sklearn.metrics import f1_score

from voicejournal.journal.cues import KINDS, Kind
from voicejournal.journal.features import CLASS
from voicejournal.journal.weights import Weights, scores

LEAST_EXAMPLES = 4
"""A run of words that fewer examples hold is somebody's own."""

KEPT = 8000
"""Features that are kept: with 3,000 experiments suffer, with all 76,000 nothing is gained."""

CLASSES = 1.5
"""The work that words do counts more than the words themselves: they are the same with other people."""

RIDGE = 1e-4
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


def learned(examples: Sequence[Example]) -> tuple[Weights, dict[Kind, float]]:
    """From all of them; and F1 of each kind about writers and situations left out, from which the spread comes."""
    sums, truth = _held_out(examples)
    found = f1_score(truth, sums.argmax(axis=1), average=None)
    right = {kind: float(value) for kind, value in zip(KINDS, found, strict=True)}
    return replace(_fitted(examples), spread=_best_spread(sums, truth)), right


def _best_spread(sums: Any, truth: Any) -> float:
    """The one with which what happened was most likely."""
    return float(min(numpy.arange(0.4, 4.0, 0.05), key=lambda spread: _surprise(sums / spread, truth)))


def _surprise(powers: Any, truth: Any) -> float:
    powers = powers - powers.max(axis=1, keepdims=True)
    logs = powers - numpy.log(numpy.exp(powers).sum(axis=1, keepdims=True))
    return float(-logs[numpy.arange(len(truth)), truth].mean())


def _held_out(examples: Sequence[Example]) -> tuple[Any, Any]:
    """Scores of every example by weights that never saw its writer, nor its situation by others."""
    writers, situations = (sorted({getattr(one, name) for one in examples}) for name in ("writer", "situation"))
    sums, truth = [], []
    for part in range(HELD_OUT):
        out = {*writers[part::HELD_OUT]}
        away = {*situations[part::HELD_OUT]}
        kept = [one for one in examples if one.writer not in out and one.situation not in away]
        tested = [one for one in examples if one.writer in out and one.situation in away]
        weights = _fitted(kept)
        sums += [scores(one.features, weights) for one in tested]
        truth += [KINDS.index(one.kind) for one in tested]
    return numpy.array(sums), numpy.array(truth)


def _fitted(examples: Sequence[Example]) -> Weights:
    """Learned twice: of the first time, the features that tell most are kept."""
    vectorizer = DictVectorizer()
    table = vectorizer.fit_transform([_weighed(one.features) for one in examples])
    kinds = [one.kind for one in examples]
    counts = numpy.asarray((table != 0).sum(axis=0)).ravel()
    shared = counts >= LEAST_EXAMPLES
    table, names, counts = table[:, shared], vectorizer.get_feature_names_out()[shared], counts[shared]
    telling = numpy.abs(_regression(table, kinds).coef_).max(axis=0) * numpy.sqrt(counts)
    kept = numpy.sort(numpy.argsort(-telling, kind="stable")[:KEPT])
    fitted = _regression(table[:, kept], kinds)
    order = [list(fitted.classes_).index(kind) for kind in KINDS]
    columns = fitted.coef_[order].T
    of = {
        name: tuple(float(w) * _weight(name) for w in column)
        for name, column in zip(names[kept], columns, strict=True)
    }
    return Weights(of, tuple(float(start) for start in fitted.intercept_[order]), 1.0)


def _regression(table: Any, kinds: Sequence[Kind]) -> Any:
    return SGDClassifier(
        loss="log_loss",
        alpha=RIDGE,
        max_iter=PASSES,
        tol=None,
        average=True,
        class_weight="balanced",
        random_state=0,
    ).fit(table, kinds)


def _weighed(found: Mapping[str, float]) -> dict[str, float]:
    return {name: value * _weight(name) for name, value in found.items()}


def _weight(name: str) -> float:
    return CLASSES if name.startswith(CLASS) else 1.0
