"""Row: processor time of the whole program over the bare engine with the same voice-activity library."""

import tempfile
from pathlib import Path

from bench import bare, programs, sounds
from bench.figures import Figure, all_of, at_most
from bench.speakers import comparisons

ROW = "processor"

KOREAN_TIMES = 6
"""How often the one Korean sentence is said: enough that the program's start weighs as in a short entry."""


def measure(is_quick: bool) -> list[Figure]:
    """User and system time of both processes from start to end, on the same sound."""
    return [*_whisper(is_quick), *_vosk()]


def _whisper(is_quick: bool) -> list[Figure]:
    compared = comparisons(is_quick)
    ours = sum(one.run.ended.cpu_seconds for one in compared)
    bares = sum(sum(one.bare_cpu_seconds) / len(one.bare_cpu_seconds) for one in compared)
    more = max(one.run.ended.peak_megabytes - one.bare_megabytes for one in compared)
    return [
        at_most(ROW, f"whisper: {ours:.0f} s over {bares:.0f} s of the bare engine", ours / bares, 0.6, " ×"),
        at_most(ROW, "whisper: memory over the bare engine", more, 40, " MB", digits=0),
    ]


def _vosk() -> list[Figure]:
    said = sounds.Utterance("../other_languages/ko.flac", "ko", "", "")
    joined = sounds.joined([said] * KOREAN_TIMES, 3, 8, seed="ko")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        sound = sounds.write(folder / "speech.wav", joined.samples)
        run = programs.listen(sound, folder / "ours", "--language", "ko", "--recognizer", "vosk")
        texts, ended = bare.decode(joined, sound, (0.5, 0.5), folder / "bare", "vosk")
    ratio = run.ended.cpu_seconds / ended.cpu_seconds
    same = sum(text.replace(" ", "") in run.text.replace(" ", "") for text in texts)
    more = run.ended.peak_megabytes - ended.peak_megabytes
    return [
        all_of(ROW, "vosk: one entry", int(len(run.entries) == 1), 1),
        all_of(ROW, "vosk: utterances with the bare engine's words", same, len(texts)),
        at_most(ROW, f"vosk: {run.ended.cpu_seconds:.0f} s over {ended.cpu_seconds:.0f} s bare", ratio, 1.15, " ×"),
        at_most(ROW, "vosk: memory over the bare engine", more, 40, " MB", digits=0),
    ]
