"""Two soft sounds, told apart by their direction."""

import math
from array import array

import pytest

from voicejournal.hearing.frames import PLAYED_HERTZ
from voicejournal.speaking.cues import HIGH_HERTZ, LOW_HERTZ, CueName, cue

NAMES: tuple[CueName, ...] = ("rising", "falling")


def samples(name: CueName) -> "array[int]":
    return array("h", cue(name))


def loudness(sound: "array[int]", hertz: float) -> float:
    """How much of one tone there is in it."""
    turns = [2 * math.pi * hertz * i / PLAYED_HERTZ for i in range(len(sound))]
    return math.hypot(
        sum(s * math.cos(t) for s, t in zip(sound, turns, strict=True)),
        sum(s * math.sin(t) for s, t in zip(sound, turns, strict=True)),
    )


@pytest.mark.parametrize("name", NAMES)
def test_it_lasts_a_little_over_a_fifth_of_a_second(name: CueName) -> None:
    assert len(samples(name)) == round(0.22 * PLAYED_HERTZ)


@pytest.mark.parametrize(
    ("name", "first", "second"), [("rising", LOW_HERTZ, HIGH_HERTZ), ("falling", HIGH_HERTZ, LOW_HERTZ)]
)
def test_rising_rises_and_falling_falls(name: CueName, first: float, second: float) -> None:
    sound = samples(name)
    halves = sound[: len(sound) // 2], sound[len(sound) // 2 :]
    assert loudness(halves[0], first) > 5 * loudness(halves[0], second)
    assert loudness(halves[1], second) > 5 * loudness(halves[1], first)


@pytest.mark.parametrize("name", NAMES)
def test_it_is_quiet(name: CueName) -> None:
    peak = 20 * math.log10(max(map(abs, samples(name))) / 32767)
    assert -21 < peak <= -20


@pytest.mark.parametrize("name", NAMES)
def test_it_begins_and_ends_softly(name: CueName) -> None:
    """10 ms at each end stay under half of the peak: neither a startle nor a click."""
    sound = samples(name)
    edge, peak = PLAYED_HERTZ // 100, max(map(abs, sound))
    assert sound[0] == sound[-1] == 0
    assert max(map(abs, sound[:edge])) < peak / 2 and max(map(abs, sound[-edge:])) < peak / 2
