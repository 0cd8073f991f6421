"""The level gate: open for any voice, shut in any steady room."""

import pytest

from voicejournal.hearing.frames import ticks
from voicejournal.hearing.gate import FLOOR, HOLD_TICKS, MARGIN, LevelGate
from voicejournal.hearing.stretches import SILENCE_TICKS


def fed(*parts: tuple[float, float]) -> tuple[LevelGate, list[bool]]:
    """A gate that heard each level for so many seconds, and whether it was open in each tick."""
    gate = LevelGate()
    return gate, [gate.feed(level) for level, seconds in parts for _ in range(ticks(seconds))]


def test_it_begins_open() -> None:
    assert all(fed((-90.0, 1))[1])


@pytest.mark.parametrize("room", [-96.0, -75.0, -50.0, -30.0])
def test_it_shuts_in_a_steady_room(room: float) -> None:
    assert not any(fed((room, 20))[1][ticks(3) :])


def test_noise_that_strays_a_little_keeps_it_shut() -> None:
    gate, _ = fed((-50.0, 5))
    assert not any([gate.feed(-50.0 + (tick % 5 - 2)) for tick in range(500)][100:])


@pytest.mark.parametrize(("room", "voice"), [(-60.0, -56.0), (-75.0, -70.0), (-96.0, -71.0), (-30.0, -26.0)])
def test_a_voice_opens_it_in_its_first_frame(room: float, voice: float) -> None:
    gate, was_open = fed((room, 10))
    assert not was_open[-1]
    assert gate.feed(voice)


def test_what_stays_within_the_margin_or_under_the_floor_opens_nothing() -> None:
    gate, _ = fed((-60.0, 10))
    assert not gate.feed(-60.0 + MARGIN)
    gate, _ = fed((-96.0, 10))
    assert not gate.feed(FLOOR)


def test_it_stays_open_past_the_end_of_a_stretch() -> None:
    gate, _ = fed((-60.0, 10), (-30.0, 1))
    after = [gate.feed(-60.0) for _ in range(200)]
    assert after.index(False) == HOLD_TICKS - 1 > SILENCE_TICKS


def test_a_voice_from_the_very_first_frame_is_heard_through() -> None:
    """Syllables over gaps, as speech is; there never was a quiet moment to learn the room from."""
    gate = LevelGate()
    assert all(gate.feed(-30.0 if tick % 10 < 7 else -45.0) for tick in range(ticks(30)))


def test_a_fan_that_starts_is_the_room_before_long() -> None:
    gate, _ = fed((-70.0, 20))
    was_open = [gate.feed(-50.0) for _ in range(ticks(20))]
    assert was_open[0] and not any(was_open[ticks(11) :])


def test_when_the_fan_stops_quiet_voices_are_heard_again() -> None:
    gate, _ = fed((-50.0, 20), (-75.0, 2))
    assert gate.feed(-70.0)
