"""Two soft sounds: rising means "I am listening", falling means "I have stopped".

In: nothing. Out: the sound of each cue, 48 kHz mono s16. Pure.
"""

import math
from array import array
from functools import cache
from typing import Literal

from voicejournal.hearing.frames import PLAYED_HERTZ

CueName = Literal["rising", "falling"]

LOW_HERTZ, HIGH_HERTZ = 523.25, 783.99
"""C5 and G5, a calm fifth; below the 2-5 kHz of common earcons, for ears that lost the high end (F1.15)."""

NOTE_SECONDS = 0.11
"""Two notes make 0.22 s: the upper end of what a confirmation may last (F1.15)."""

EDGE_SECONDS = 0.03
"""Raised-cosine fade at both ends of a note: no startle, no click."""

PEAK = 10 ** (-20.5 / 20)
"""-20.5 dBFS at the peak is -25.3 dBFS on average: a little under the voice, which is levelled to -23 dBFS."""


@cache
def cue(name: CueName) -> bytes:
    """The sound of the cue, 0.22 s; worked out once, for that takes half a tick."""
    low, high = _note(LOW_HERTZ), _note(HIGH_HERTZ)
    return low + high if name == "rising" else high + low


def _note(hertz: float) -> bytes:
    count = round(NOTE_SECONDS * PLAYED_HERTZ)
    edge = round(EDGE_SECONDS * PLAYED_HERTZ)
    samples = array("h")
    for i in range(count):
        nearest_end = min(i, count - 1 - i)
        fade = 0.5 - 0.5 * math.cos(math.pi * min(1.0, nearest_end / edge))
        samples.append(round(32767 * PEAK * fade * math.sin(2 * math.pi * hertz * i / PLAYED_HERTZ)))
    return samples.tobytes()
