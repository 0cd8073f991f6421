"""Row: the kind of an entry, guessed, on texts of other people; `python -m bench.tags` compares with other ways.

In: the evaluation's texts, typed and as a recogniser would write them. Out: figures; a table; how right claims are.
Nothing is learned from these texts.
"""

import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from bench import rivals
from bench.figures import MARKS, Figure, at_least, at_most
from bench.rivals import Answer, System
from bench.sounds import EVALUATION, rows
from training.entries import Recogniser
from voicejournal.journal.entries import TAGS, Tag
from voicejournal.journal.tagging import CLAIM, words_of

ROW = "tags"

DRAWS = 5
"""So often words are lost and misheard anew; the figure is the mean."""

SURE = 0.9
"""A claim of so much is to be right 95 times in 100."""

BARS: dict[Tag, float] = {"dream": 0.93, "mood": 0.90, "experiment": 0.70}
MEAN_BAR, HEARD_BAR, NONE_BAR, HARD_BAR, SURE_BAR, MOST_MS, MOST_MB = 0.85, 0.80, 80, 85, 95, 5, 30
"""Issue 5."""

BYTES_A_MEGABYTE = 2**20

BIN = 0.1
BAR_CELLS = 40

SYSTEMS: dict[str, Callable[[], System]] = {
    "cues alone": rivals.rules,
    "words and letters": rivals.words_and_letters,
    "embeddings": rivals.vectors,
    "ours": rivals.ours,
}

MEMORY = """
import psutil
from voicejournal.journal import tagging
from voicejournal.languages import language_of
before = psutil.Process().memory_info().rss
guesser = language_of("en").guesser
tagging.guess("I dreamt that I was on a train and I was happy", guesser)
print(psutil.Process().memory_info().rss - before)
"""
"""Of a program that guesses once: the whole language is read with it."""


@dataclass(frozen=True)
class Texts:
    """Texts and what they are; None is none of the three."""

    texts: tuple[str, ...]
    kinds: tuple[Tag | None, ...]

    def heard(self, seed: int) -> "Texts":
        """As a recogniser writes them: no capitals, no marks, words lost and others in their place."""
        texts = [words_of(text) for text in self.texts]
        recogniser = Recogniser(texts, seed)
        return Texts(tuple(" ".join(recogniser.hear(words)) for words in texts), self.kinds)


@dataclass(frozen=True)
class Tried:
    """What a system answered."""

    typed: tuple[Answer, ...]
    heard: tuple[tuple[Answer, ...], ...]
    hard_percent: float
    milliseconds: float


def measure(is_quick: bool) -> list[Figure]:
    """Ours against the bars."""
    texts = _texts()
    return _figures(texts, _tried(rivals.ours(), texts, 2 if is_quick else DRAWS), _megabytes())


def main() -> int:
    if not EVALUATION.is_dir():
        print(f"The texts to measure with are not at {EVALUATION}.", file=sys.stderr)
        return 1
    texts = _texts()
    columns: dict[str, list[Figure] | str] = {}
    tried = None
    for name, made in SYSTEMS.items():
        print(f"measuring {name} …", file=sys.stderr, flush=True)
        try:
            system = made()
        except ModuleNotFoundError as missing:
            columns[name] = f"not measured: {missing.name} is not installed"
            continue
        tried = _tried(system, texts, DRAWS)
        columns[name] = _figures(texts, tried, _megabytes() if name == "ours" else None)
    assert tried is not None
    print(_compared(columns))
    for name, answers, kinds in (
        ("typed", tried.typed, texts.kinds),
        ("recognised", tuple(one for draw in tried.heard for one in draw), texts.kinds * DRAWS),
    ):
        print(f"\nOurs, {name}: what was claimed (|), and the share that was right (#)\n")
        print("\n".join(_calibration(answers, kinds)))
    figures = columns["ours"]
    assert isinstance(figures, list)
    return int(any(figure.is_reached is False for figure in figures))


def _texts() -> Texts:
    found: list[tuple[str, Tag | None]] = []
    kinds: tuple[tuple[str, Tag | None], ...] = (*((tag, tag) for tag in TAGS), ("other", None))
    for name, kind in kinds:
        found += [(row["text"], kind) for row in rows(f"text/{name}.tsv")]
    return Texts(tuple(text for text, _ in found), tuple(kind for _, kind in found))


def _tried(system: System, texts: Texts, draws: int) -> Tried:
    begin = time.process_time()
    typed = tuple(system([text])[0] for text in texts.texts)
    each = 1000 * (time.process_time() - begin) / len(texts.texts)
    heard = tuple(tuple(system(texts.heard(seed).texts)) for seed in range(1, draws + 1))
    hard = rows("text/dream_hard_cases.tsv")
    answers = system([row["text"] for row in hard])
    right = [(tag == "dream") == (row["label"] == "dream") for (tag, _), row in zip(answers, hard, strict=True)]
    return Tried(typed, heard, 100 * statistics.mean(right), each)


def _figures(texts: Texts, tried: Tried, megabytes: float | None) -> list[Figure]:
    """One a line of the table, in the same order for every system."""
    typed = _f1(tried.typed, texts.kinds)
    heard = [_f1(draw, texts.kinds) for draw in tried.heard]
    means = [statistics.mean(one.values()) for one in heard]
    every = tuple(one for draw in tried.heard for one in draw)
    figures = [at_least(ROW, f"F1 {tag}, typed", typed[tag], BARS[tag]) for tag in BARS]
    figures.append(at_least(ROW, "F1 mean, typed", statistics.mean(typed.values()), MEAN_BAR, digits=3))
    for tag in BARS:
        value = statistics.mean(one[tag] for one in heard)
        figures.append(Figure(ROW, f"F1 {tag}, recognised", f"{value:.2f}", "–", None))
    what = f"F1 mean, recognised, {len(heard)} draws"
    spread = Figure(ROW, "… least and most of the draws", f"{min(means):.3f}–{max(means):.3f}", "–", None)
    figures += [at_least(ROW, what, statistics.mean(means), HEARD_BAR, digits=3), spread]
    figures.append(at_least(ROW, "others untagged, typed", _untagged(tried.typed, texts.kinds), NONE_BAR, " %", 0))
    untagged = _untagged(every, texts.kinds * len(heard))
    figures.append(Figure(ROW, "others untagged, recognised", f"{untagged:.0f} %", "–", None))
    figures.append(at_least(ROW, "dream jobs, bad sleep", tried.hard_percent, HARD_BAR, " %", 0))
    for name, answers, kinds in (
        ("typed", tried.typed, texts.kinds),
        ("recognised", every, texts.kinds * len(heard)),
    ):
        figures += [_right(name, answers, kinds), _sure(name, answers, kinds)]
    figures.append(at_most(ROW, "an entry takes", tried.milliseconds, MOST_MS, " ms", 1))
    if megabytes is not None:
        figures.append(at_most(ROW, "memory", megabytes, MOST_MB, " MB", 1))
    return figures


def _f1(answers: Sequence[Answer], kinds: Sequence[Tag | None]) -> dict[Tag, float]:
    found: dict[Tag, float] = {}
    for kind in TAGS:
        right = sum(tag == kind == is_one for (tag, _), is_one in zip(answers, kinds, strict=True))
        both = sum(tag == kind for tag, _ in answers) + sum(is_one == kind for is_one in kinds)
        found[kind] = 2 * right / both if both else 0.0
    return found


def _untagged(answers: Sequence[Answer], kinds: Sequence[Tag | None]) -> float:
    """Of those that are none of the three, in percent."""
    return 100 * statistics.mean(tag is None for (tag, _), kind in zip(answers, kinds, strict=True) if kind is None)


def _right(name: str, answers: Sequence[Answer], kinds: Sequence[Tag | None]) -> Figure:
    right = _claims(answers, kinds, 0)
    measured = f"{100 * statistics.mean(right):.1f} % of {len(right)}" if right else "never guessed"
    return Figure(ROW, f"right, of those guessed, {name}", measured, "–", None)


def _sure(name: str, answers: Sequence[Answer], kinds: Sequence[Tag | None]) -> Figure:
    right = _claims(answers, kinds, SURE)
    what = f"right when {SURE:g} is claimed, {name}"
    if not right:
        return Figure(ROW, what, "never claimed", f"≥ {SURE_BAR} %", None)
    percent = 100 * statistics.mean(right)
    return Figure(ROW, what, f"{percent:.1f} % of {len(right)}", f"≥ {SURE_BAR} %", percent >= SURE_BAR)


def _claims(answers: Sequence[Answer], kinds: Sequence[Tag | None], least: float) -> list[bool]:
    """Of the tags of which it was so sure at least, whether each is right."""
    return [tag == kind for (tag, claimed), kind in zip(answers, kinds, strict=True) if tag and claimed >= least]


def _compared(columns: dict[str, list[Figure] | str]) -> str:
    """A line for each figure, a column for each system; what could not be measured is told below."""
    measured = {name: figures for name, figures in columns.items() if not isinstance(figures, str)}
    cells = [["what", "bar", *measured]]
    for index, figure in enumerate(measured["ours"]):
        line = [figure.what, figure.target]
        for figures in measured.values():
            one = figures[index] if index < len(figures) else None
            line.append(f"{one.measured} {MARKS[one.is_reached]}".removesuffix(" –") if one else "")
        cells.append(line)
    widths = [max(len(line[i]) for line in cells) for i in range(len(cells[0]))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) for line in cells]
    lines += [f"{name}: {reason}" for name, reason in columns.items() if isinstance(reason, str)]
    return "\n".join(line.rstrip() for line in lines)


def _calibration(answers: Sequence[Answer], kinds: Sequence[Tag | None]) -> Iterator[str]:
    """A line for each tenth of confidence: its claims lie at |, what was right of them reaches to the last #."""
    for step in range(round((1 - CLAIM) / BIN)):
        least = CLAIM + step * BIN
        inside = [
            (claimed, tag == kind)
            for (tag, claimed), kind in zip(answers, kinds, strict=True)
            if tag and least <= claimed + 1e-9 < least + BIN + (step == round((1 - CLAIM) / BIN) - 1)
        ]
        if not inside:
            yield f"{least:.1f}–{least + BIN:.1f}  no claims"
            continue
        claimed = statistics.mean(one for one, _ in inside)
        right = statistics.mean(is_right for _, is_right in inside)
        cells = ["#" if i < round(right * BAR_CELLS) else " " for i in range(BAR_CELLS + 1)]
        cells[round(claimed * BAR_CELLS)] = "|"
        told = f"claimed {claimed:.2f}, right {right:.2f} of {len(inside)}"
        yield f"{least:.1f}–{least + BIN:.1f}  {''.join(cells)}  {told}"


def _megabytes() -> float:
    """What a program grows by when it can guess."""
    run = subprocess.run([sys.executable, "-c", MEMORY], capture_output=True, text=True, check=True)
    return int(run.stdout) / BYTES_A_MEGABYTE


if __name__ == "__main__":
    sys.exit(main())
