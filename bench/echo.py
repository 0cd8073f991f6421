"""Row: the program's own voice in a room, with nobody there, and with somebody who speaks over it."""

import math
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy

from bench import over, sounds
from bench.figures import Figure, at_most
from voicejournal.grounding.scripts import Script
from voicejournal.shelf import shelf_of
from voicejournal.speaking.steps import Beat, Rest, Step

ROW = "echo"

LEVELS = (-30.0, -20.0, -10.0)
OVER = ((10.0, 95.0), (5.0, 95.0), (0.0, 95.0), (-5.0, 80.0))
"""dB of the word over the echo, and how many of a hundred are to hold the voice (the issue's bar)."""

VOICES = ("en-us", "en-gb", "en-us+f2", "en-us+m3", "en-us+f4", "en-us+f5", "en-us+m7", "en-gb-scotland+f3")
HELD_SECONDS = 0.3
"""From the first voiced frame of the word to the hold (the issue's bar); a frame more is rounding."""

FRAME_SECONDS = 0.02
GAP_SECONDS = 0.8
"""Rests are shortened to this where somebody speaks: so there is always a voice to speak over."""

TOLERATED_EVERY_SECONDS = 600.0
"""At most one false hold in ten minutes."""


def measure(is_quick: bool) -> list[Figure]:
    rooms = list(sounds.rooms().values())
    return [*_nobody(rooms, is_quick), *_somebody(rooms, is_quick)]


def _nobody(rooms: list[Path], is_quick: bool) -> Iterator[Figure]:
    """All scripts, one after the other, in both rooms at each level: over an hour for each level."""
    scripts = list(shelf_of(over.LANGUAGE).scripts.values())
    for level in LEVELS:
        ended, holds, spoken = 0, 0, 0.0
        for room in rooms[:1] if is_quick else rooms:
            for script in scripts[:2] if is_quick else scripts:
                happened = over.run(script, script.seconds * 1.5, room, level)
                ended += len(happened.times("stopped"))
                holds += len(happened.times("held voice"))
                spoken += script.seconds
        minutes = f"{spoken / 60:.0f} min at {level:g} dB"
        yield at_most(ROW, f"scripts ended by our own voice, {minutes}", ended, 0, digits=0)
        yield at_most(ROW, f"false holds, {minutes}", holds, math.floor(spoken / TOLERATED_EVERY_SECONDS), digits=0)


def _somebody(rooms: list[Path], is_quick: bool) -> Iterator[Figure]:
    """ "Stop", over and over; nothing understands it, so each time the voice goes on."""
    words = [sounds.spoken("Stop.", voice) for voice in VOICES]
    for decibels, wanted in OVER:
        held, asked, delays = 0, 0, []
        for room in rooms:
            for level in LEVELS[:: 2 if is_quick else 1]:
                seconds = 60.0 if is_quick else 150.0
                happened = over.run(dense(), seconds, room, level, words, decibels)
                holds = happened.times("held voice")
                for began, voiced, ended in happened.spoken:
                    asked += 1
                    after = [at for at in holds if began <= at <= ended + HELD_SECONDS]
                    delays += [max(0.0, at - voiced) for at in after[:1]]
                    held += bool(after)
        share = 100 * held / asked
        what = f'"stop" at {decibels:+g} dB holds the voice, of {asked}'
        yield Figure(ROW, what, f"{share:.1f} %", f"≥ {wanted:g} %", share >= wanted)
        late = float(numpy.percentile(delays, 95))
        what = f"from its first voiced frame to the hold, 95th percentile, {decibels:+g} dB"
        yield at_most(ROW, what, late, HELD_SECONDS + FRAME_SECONDS, " s")


def dense() -> Script:
    """All our scripts in one, with hardly a rest."""
    scripts = list(shelf_of(over.LANGUAGE).scripts.values())
    steps = tuple(_brief(step) for script in scripts for step in script.steps)
    return replace(scripts[0], name="dense", steps=steps, later_steps=steps)


def _brief(step: Step) -> Step:
    return Rest(min(step.seconds, GAP_SECONDS)) if isinstance(step, Rest | Beat) else step
