"""Row: "stop" said at random moments while a script is spoken: how long until nothing sounds any more."""

import random
import tempfile
from pathlib import Path

import numpy

from bench import programs, sounds
from bench.figures import Figure, all_of, at_most

ROW = "stop"

TIMES, QUICK_TIMES = 20, 4
FIRST_SECONDS, LAST_SECONDS = 6.0, 30.0
QUIET = 0.003
"""-50 dBFS, where the edges of rendered speech are cut (design §7)."""

AFTERWARDS_SECONDS = 20.0
"""Silence heard after the word."""

OBEYED_SECONDS = 10.0
"""A voice that sounds for longer was not stopped."""

SILENT_SECONDS = 1.0
"""More than any gap between sentences of the script; a cue may sound after it."""

SCRIPT = """---
title: A long walk
---

Look at the door, and name its colour. Look at the wall beside it, and go along its edge with your eyes.
Look at the floor under your feet, and at the light that falls on it. Name one thing that is far away, and one
that is near. Listen for one sound outside, and for one sound inside. Feel the chair under you, and your sleeves
on your arms. Look at the door again, and name its colour once more, and go along the wall back to where you began.
Then name three things that are round, and three that are square, and let your shoulders be as they are.
"""
"""Spoken without a rest, so that the voice is always playing when the word comes."""


def measure(is_quick: bool) -> list[Figure]:
    """Real time, the voice written to a file, the microphone from one: both share a clock."""
    chance = random.Random(2)
    delays, count = [], QUICK_TIMES if is_quick else TIMES
    with tempfile.TemporaryDirectory() as name:
        for i in range(count):
            folder = Path(name) / str(i)
            folder.mkdir()
            delay = _delay(folder, chance.uniform(FIRST_SECONDS, LAST_SECONDS))
            if delay is not None:
                delays.append(delay)
    heard = all_of(ROW, '"stop" obeyed while the voice plays', len(delays), count)
    if not delays:
        return [heard]
    late = 1000 * float(numpy.percentile(delays, 95))
    return [heard, at_most(ROW, '"stop" to silence, 95th percentile', late, 300, " ms", digits=0)]


def _delay(folder: Path, at_seconds: float) -> float | None:
    """Seconds from the end of the word to the last sound; None when the script went on."""
    word = sounds.spoken("Stop.")
    samples = numpy.concatenate([sounds.silence(at_seconds), word, sounds.silence(AFTERWARDS_SECONDS)])
    sound = sounds.write(folder / "stop.wav", samples)
    script, answer = folder / "walk.md", folder / "answer.wav"
    script.write_text(SCRIPT)
    flags = ["ground", "--script", str(script), "--microphone", str(sound), "--speaker", str(answer)]
    ended = programs.run([programs.MODULE, *flags], folder)
    if ended.exit_code:
        raise RuntimeError(ended.errors)
    word_ends = at_seconds + len(word) / sounds.HERTZ
    loud = numpy.flatnonzero(abs(sounds.read(answer)) > QUIET) / sounds.HERTZ
    before = loud[loud < word_ends]
    sounding = numpy.concatenate([before[-1:], loud[loud >= word_ends]])
    gaps = numpy.flatnonzero(numpy.diff(sounding) > SILENT_SECONDS)
    last = float(sounding[gaps[0]] if len(gaps) else sounding[-1])
    return None if last > word_ends + OBEYED_SECONDS else max(0.0, last - word_ends)
