"""Row: what a person's own corrections change: a repeat of what was corrected, and nothing else.

In: the invented people of `repeats.tsv`, and the evaluation's texts. Out: figures. Touches: files, reading.
Somebody corrects a few entries about one thing, drawn at random; their other entries about it are the repeats.
"""

import random
import statistics
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bench.figures import Figure, at_least, at_most
from bench.sounds import rows
from training.entries import Recogniser, read_entries
from voicejournal.dialogue.guessing import guessed, learned
from voicejournal.journal.entries import TAGS, Entry, Tag
from voicejournal.journal.tagging import words_of
from voicejournal.languages import language_of

ROW = "learning"
REPEATS = Path(__file__).with_name("repeats.tsv")
LANGUAGE = language_of("en")
DEVELOPMENT = ("dream", "mood", "experiment", "other")
DRAWS = 20
SEED = 20261126

ENOUGH_CHANGED = 0.75
"""Of entries about the thing whose kind was corrected three times. All would be too many: some of these have hardly
a word in common with the others."""

SPILT = 0.01
"""Share of unrelated texts whose guess may change after thirty corrections of one kind..."""

SPILT_OF_MANY = 0.02
"""...and after a hundred of many kinds."""

MILLISECONDS = 50.0
"""Once an entry, after its last word; as long as listing fifty entries may take."""


@dataclass(frozen=True)
class Told:
    """An entry, and what the person calls it."""

    text: str
    tag: Tag | None

    @property
    def entry(self) -> Entry:
        at = datetime(2026, 3, 1, tzinfo=UTC)
        return Entry("", at, at, self.tag, "changed", None, self.text, 60.0, "en", "scripted", "written")


def measure(is_quick: bool) -> list[Figure]:
    things = _things()
    texts = list(_development())
    draws = 3 if is_quick else DRAWS
    everything = [told for those in things.values() for told in those]
    return [
        *(_changed(f"{count}", _share(things, count, draws)) for count in (1, 2, 4)),
        _enough(things, draws),
        _changed("3, one word in six misheard", _share(_misheard(things), 3, draws)),
        _changed("3, among 97 of other kinds", _share(things, 3, draws, among=True)),
        _wrong(things, draws),
        _spilt("after three of one kind", [those[:3] for those in things.values()], texts),
        _spilt("after thirty of one kind", list(_thirties(everything)), texts),
        _spilt("after a hundred of many kinds", [everything[:100]], texts, SPILT_OF_MANY),
        _taken(everything[:100], texts),
    ]


def _things() -> dict[str, list[Told]]:
    """By what they are about."""
    things: defaultdict[str, list[Told]] = defaultdict(list)
    for line in REPEATS.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            kind, thing, text = line.split("\t")
            things[thing].append(Told(text, _tag(kind)))
    return dict(things)


def _tag(kind: str) -> Tag | None:
    return next((tag for tag in TAGS if tag == kind), None)


def _development() -> Iterator[str]:
    for name in DEVELOPMENT:
        yield from (row["text"] for row in rows(f"text/{name}.tsv"))


def _misheard(things: Mapping[str, Sequence[Told]]) -> dict[str, list[Told]]:
    """As a recogniser hears them: one word in six is lost, or another."""
    recogniser = Recogniser((entry.words for entry in read_entries(words_of)), SEED)
    return {
        thing: [Told(" ".join(recogniser.hear(words_of(told.text))), told.tag) for told in those]
        for thing, those in things.items()
    }


def _repeats(
    things: Mapping[str, Sequence[Told]], count: int, draws: int, among: bool
) -> Iterator[tuple[Told, list[Entry]]]:
    """Every repeat that is not guessed right by its words alone, with what was corrected before it."""
    drawn = random.Random(SEED)
    for thing, those in things.items():
        others = [told.entry for other, told_of in things.items() if other != thing for told in told_of]
        for _ in range(draws):
            shuffled = drawn.sample(those, len(those))
            corrected = [told.entry for told in shuffled[:count]] + (drawn.sample(others, 97) if among else [])
            for told in shuffled[count:]:
                if guessed(told.text, LANGUAGE).tag != told.tag:
                    yield told, corrected


def _share(things: Mapping[str, Sequence[Told]], count: int, draws: int, among: bool = False) -> float:
    right = [
        guessed(told.text, LANGUAGE, learned(LANGUAGE, corrected)).tag == told.tag
        for told, corrected in _repeats(things, count, draws, among)
    ]
    return statistics.fmean(right)


def _changed(after: str, share: float) -> Figure:
    return Figure(ROW, f"repeats changed after {after}", f"{share:.2f}", "–", None)


def _enough(things: Mapping[str, Sequence[Told]], draws: int) -> Figure:
    return at_least(ROW, "repeats changed after 3", _share(things, 3, draws), ENOUGH_CHANGED)


def _wrong(things: Mapping[str, Sequence[Told]], draws: int) -> Figure:
    """Of what is claimed by other entries, how often it is right, beside how sure it was."""
    claimed = []
    for told, corrected in _repeats(things, 3, draws, among=True):
        found, alone = guessed(told.text, LANGUAGE, learned(LANGUAGE, corrected)), guessed(told.text, LANGUAGE)
        if found != alone and found.tag is not None:
            claimed.append((found.tag == told.tag, found.confidence))
    right, sure = (statistics.fmean(values) for values in zip(*claimed, strict=True))
    return at_least(ROW, f"right, of {len(claimed)} such kinds, which claim it", right, round(sure, 2))


def _thirties(everything: Sequence[Told]) -> Iterator[list[Told]]:
    """Thirty that the person calls the same; the entries of a kind are said again where there are fewer."""
    for tag in (*TAGS, None):
        those = [told for told in everything if told.tag == tag]
        yield (those * 2)[:30]


def _spilt(what: str, corrections: Sequence[Sequence[Told]], texts: Sequence[str], limit: float = SPILT) -> Figure:
    """How many guesses about texts of other people are others now."""
    alone = [guessed(text, LANGUAGE).tag for text in texts]
    shares = []
    for those in corrections:
        known = learned(LANGUAGE, [told.entry for told in those])
        now = [guessed(text, LANGUAGE, known).tag for text in texts]
        shares.append(statistics.fmean(one != other for one, other in zip(now, alone, strict=True)))
    most = f" (at most {max(shares):.3f})" if len(shares) > 1 else ""
    return at_most(ROW, f"unrelated guesses changed {what}{most}", statistics.fmean(shares), limit, digits=4)


def _taken(corrections: Sequence[Told], texts: Sequence[str]) -> Figure:
    corrected = [told.entry for told in corrections]
    taken = []
    for text in texts[:50]:
        began = time.perf_counter()
        guessed(text, LANGUAGE, learned(LANGUAGE, corrected))
        taken.append(1000 * (time.perf_counter() - began))
    return at_most(ROW, "a guess with a hundred corrections", statistics.median(taken), MILLISECONDS, " ms")
