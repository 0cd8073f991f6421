"""Offers after an entry: how often they come where they are not due, and how often they don't where they are.

In: the evaluation's texts. Out: figures. Reads them, nothing else.
There is no target to reach, for nothing is detected: both sides are told.
"""

import csv
import random
import re
from collections.abc import Callable, Sequence
from functools import partial

from bench.figures import Figure
from bench.sounds import EVALUATION
from voicejournal.finding import language_of
from voicejournal.journal.circling import Circling, goes_in_circles
from voicejournal.journal.hard import sounds_hard

ORDINARY = ("dream", "mood", "experiment", "other")
SECONDS = 60.0
"""Every text counts as an entry of a minute: length is no sign here."""

WRONG_SHARE = 1 / 6
"""Word errors of everyday recordings (README)."""

TIMES = 50
"""Other words are wrong each time."""

EARLIER = 20
"""Texts before each one, in the order of the file, stand for the person's earlier entries."""

Offers = Callable[[str], bool]


def measure(quick: bool) -> list[Figure]:
    language = language_of("en")
    hard = partial(sounds_hard, hard=language.hard)
    ordinary = {name: [text for text, _ in rows(name)] for name in ORDINARY}
    return [
        *_lines("hard words", "crisis_signposting", "crisis", hard, TIMES // 10 if quick else TIMES),
        *_ordinary("hard words", ordinary, lambda texts, at: hard(texts[at])),
        *_lines("in circles", "rumination_vs_reflection", "rumination", partial(_circles, language.circling), 0),
        *_ordinary("in circles", ordinary, partial(_circles_at, language.circling)),
    ]


def rows(name: str) -> list[tuple[str, str]]:
    """Texts and labels of one of the evaluation's files."""
    with (EVALUATION / "text" / f"{name}.tsv").open(encoding="utf-8", newline="") as file:
        return [(row["text"], row["label"]) for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)]


def recognised(text: str) -> str:
    """As a recogniser writes: small letters, no punctuation."""
    return " ".join(re.sub(r"[^\w\s']", " ", text.lower()).split())


def worn(text: str, chance: random.Random) -> str:
    """The same with one word in six heard as another, which means nothing."""
    return " ".join("the" if chance.random() < WRONG_SHARE else word for word in recognised(text).split())


def _circles(circling: Circling, text: str) -> bool:
    return goes_in_circles(text, SECONDS, (), circling)


def _circles_at(circling: Circling, texts: Sequence[str], at: int) -> bool:
    return goes_in_circles(texts[at], SECONDS, texts[max(0, at - EARLIER) : at], circling)


def _lines(what: str, name: str, label: str, offers: Offers, times: int) -> list[Figure]:
    """Of labelled lines: how many are missed, and how many of the others bring an offer."""
    wanted = [recognised(text) for text, kind in rows(name) if kind == label]
    others = [recognised(text) for text, kind in rows(name) if kind != label]
    figures = [
        _of(f"{what}: missed, of lines labelled so", sum(not offers(text) for text in wanted), len(wanted)),
        _of(f"{what}: offered, of the other lines", sum(offers(text) for text in others), len(others)),
    ]
    if times:
        chance = random.Random(4)
        missed = sum(not offers(worn(text, chance)) for text in wanted * times)
        false = sum(offers(worn(text, chance)) for text in others * times)
        figures += [
            _of(f"{what}: missed, one word in six wrong", missed, len(wanted) * times),
            _of(f"{what}: offered, the others, one word in six wrong", false, len(others) * times),
        ]
    return figures


def _ordinary(what: str, texts: dict[str, list[str]], offers: Callable[[Sequence[str], int], bool]) -> list[Figure]:
    """Offers on texts about other things, typed and as a recogniser writes; some are due all the same."""
    typed = sum(offers(each, at) for each in texts.values() for at in range(len(each)))
    heard = {name: [recognised(text) for text in each] for name, each in texts.items()}
    spoken = sum(offers(each, at) for each in heard.values() for at in range(len(each)))
    total = sum(len(each) for each in texts.values())
    return [
        _of(f"{what}: offered, of ordinary texts, typed", typed, total),
        _of(f"{what}: offered, of ordinary texts, as recognised", spoken, total),
    ]


def _of(what: str, count: int, total: int) -> Figure:
    return Figure("offers", what, f"{count} of {total} ({1000 * count / total:.1f} in 1,000)", "–", None)
