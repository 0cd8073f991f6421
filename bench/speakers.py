"""Every speaker's utterances as one entry, by the program and by the bare engine in turn.

In: the evaluation's speech. Out: a `Comparison` for each speaker. Touches: processes.
Program and bare engine alternate, so that a machine that slows down slows both.
"""

import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bench import bare, programs, sounds
from bench.wording import Errors, errors

QUICK_SPEAKERS = 4
"""A quick look takes every fourth speaker."""


@dataclass(frozen=True)
class Comparison:
    """One speaker's joined utterances, recognised both ways."""

    speaker: str
    run: programs.Run
    written: Errors
    bare: tuple[Errors, ...]
    """With each of the paddings."""
    bare_cpu_seconds: tuple[float, ...]
    bare_megabytes: float


@cache
def comparisons(is_quick: bool) -> tuple[Comparison, ...]:
    """Once for all the rows that look at it."""
    by_speaker = sorted(sounds.by_speaker().items())
    chosen = by_speaker[::QUICK_SPEAKERS] if is_quick else by_speaker
    return tuple(_compare(speaker, said) for speaker, said in chosen)


def _compare(speaker: str, said: list[sounds.Utterance]) -> Comparison:
    joined = sounds.joined(said, 3, 8, seed=speaker)
    transcripts = [one.transcript for one in said]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        sound = sounds.write(folder / "speech.wav", joined.samples)
        run = programs.listen(sound, folder / "ours", "--recognizer", "whisper")
        bares = [bare.decode(joined, sound, padding, folder / "bare", "whisper") for padding in bare.PADDINGS]
    return Comparison(
        speaker,
        run,
        errors(transcripts, run.text),
        tuple(errors(transcripts, " ".join(texts)) for texts, _ in bares),
        tuple(ended.cpu_seconds for _, ended in bares),
        max(ended.peak_megabytes for _, ended in bares),
    )
