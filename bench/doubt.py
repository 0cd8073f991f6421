"""Row: how often a word that is marked as doubtful is wrong, and how many words are marked.

In: the evaluation's speech, every speaker's utterances as one entry, as a person would speak them.
Out: figures for `hearing.doubt.DOUBTED_BELOW`; with `python -m bench.doubt`, the table that it was chosen from.
Touches: processes. A word is wrong when it has no equal in its place in the transcript; "I've" is "i ve" there.
"""

import tempfile
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from bench import programs, sounds
from bench.figures import Figure, at_least, at_most
from bench.wording import plain
from voicejournal.edges.store import Store
from voicejournal.hearing.doubt import DOUBTED_BELOW
from voicejournal.hearing.transcripts import Word

ROW = "doubt"

QUICK_SPEAKERS = 4
"""A quick look takes every fourth speaker."""

LEAST = 50.0
"""Of 100 marked words so many are to be wrong: a mark that is wrong more often than right is only noise."""

MOST = 8.0
"""Of 100 words so many may be marked: more would hide the text they stand in."""

BINS = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99, 1.01)
"""Of confidence; narrower where most words are."""


@dataclass(frozen=True)
class Heard:
    """One word that was written down."""

    speaker: str
    text: str
    confidence: float
    is_right: bool


def measure(is_quick: bool) -> list[Figure]:
    """Of all words, and of the half of the speakers that the threshold was not chosen on."""
    words = heard(is_quick)
    return [*_figures("all speakers", words), *_figures("speakers kept apart", kept_apart(words))]


def _figures(whose: str, words: Sequence[Heard], threshold: float = DOUBTED_BELOW["whisper"]) -> list[Figure]:
    marked = [word for word in words if word.confidence < threshold]
    wrong = [word for word in words if not word.is_right]
    found = sum(not word.is_right for word in marked)
    misheard = f"wrong words that are marked, of {len(wrong)}, {whose}"
    return [
        at_least(ROW, f"marked words that are wrong, of {len(marked)}, {whose}", share(found, marked), LEAST, " %"),
        at_most(ROW, f"words that are marked, of {len(words)}, {whose}", share(len(marked), words), MOST, " %"),
        Figure(ROW, misheard, f"{share(found, wrong):.2f} %", "–", None),
    ]


def share(part: int, whole: Sequence[Heard]) -> float:
    """In per cent."""
    return 100 * part / max(1, len(whole))


def heard(is_quick: bool) -> list[Heard]:
    """Every word that the program wrote down, beside whether it was said."""
    by_speaker: dict[str, list[sounds.Utterance]] = {}
    for utterance in sounds.utterances():
        by_speaker.setdefault(utterance.speaker, []).append(utterance)
    speakers = sorted(by_speaker.items())
    found: list[Heard] = []
    for speaker, said in speakers[::QUICK_SPEAKERS] if is_quick else speakers:
        found += _compared(speaker, [one.transcript for one in said], _written(speaker, said))
    return found


def kept_apart(words: Iterable[Heard]) -> list[Heard]:
    """Those of the speakers by whom the threshold is only tried: half of them, by a sum over their names."""
    return [word for word in words if zlib.crc32(word.speaker.encode()) % 2]


def _written(speaker: str, said: list[sounds.Utterance]) -> list[Word]:
    joined = sounds.joined(said, 3, 8, seed=speaker)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        sound = sounds.write(folder / "speech.wav", joined.samples)
        run = programs.listen(sound, folder, "--recognizer", "whisper")
        store = Store(folder / "journal.sqlite3")
        kept = [stretch for entry in run.entries for stretch in store.stretches(entry["id"])]
        store.close()
    return [word for stretch in kept for word in stretch.words]


def _compared(speaker: str, said: Sequence[str], written: Sequence[Word]) -> list[Heard]:
    import jiwer

    reference = [word for one in said for word in plain(one).split()]
    # "well-known" is two words there; it is right when both are.
    parts = [(i, part) for i, word in enumerate(written) for part in plain(word.text).split()]
    if not parts:
        return []
    spelled = [part for _, part in parts]
    aligned = jiwer.process_words(" ".join(reference), " ".join(spelled)).alignments[0]
    wrong: set[int] = set()
    for run in _differing(aligned):
        if "".join(reference[run.said]) != "".join(spelled[run.written]):
            wrong |= {i for i, _ in parts[run.written]}
    return [Heard(speaker, word.text, word.confidence, i not in wrong) for i, word in enumerate(written)]


@dataclass(frozen=True)
class _Run:
    """Words in a row that differ: which of those that were said, and which of those that were written."""

    said: slice
    written: slice


def _differing(aligned: Iterable[Any]) -> list[_Run]:
    """Neighbouring differences are one: "i ve" against "ive" is a substitution and a deletion."""
    runs: list[_Run] = []
    for chunk in aligned:
        if chunk.type == "equal":
            continue
        said = slice(chunk.ref_start_idx, chunk.ref_end_idx)
        written = slice(chunk.hyp_start_idx, chunk.hyp_end_idx)
        if runs and (runs[-1].said.stop, runs[-1].written.stop) == (said.start, written.start):
            said, written = slice(runs[-1].said.start, said.stop), slice(runs[-1].written.start, written.stop)
            runs.pop()
        runs.append(_Run(said, written))
    return runs


def _main() -> None:
    """The share of wrong words by confidence, and what each threshold would mark."""
    words = heard(is_quick=False)
    print(f"{len(words)} words, {share(sum(not word.is_right for word in words), words):.1f} % wrong")
    for low, high in pairwise(BINS):
        some = [word for word in words if low <= word.confidence < high]
        wrong = sum(not word.is_right for word in some)
        print(f"{low:.2f} to {high:.2f}  {len(some):4} words  {share(wrong, some):5.1f} % wrong")
    for threshold in BINS[1:-1]:
        told = [
            f"{figure.what}: {figure.measured}" for figure in _figures(f"below {threshold:.2f}", words, threshold)
        ]
        print(*told, sep="\n")


if __name__ == "__main__":
    _main()
