"""Whatever an engine gives, what is played is trimmed, as loud as all else, and soft at both ends."""

from typing import Any

import numpy
import pytest

from voicejournal.edges.shaping import (
    FADE_SECONDS,
    LEVEL_DBFS,
    REMEMBERED_BYTES,
    Remembered,
    recalled,
    shaped,
    speakable,
)
from voicejournal.hearing.frames import HEARD_HERTZ
from voicejournal.speaking.cues import cue

HERTZ = 22_050

LARGEST_JUMP = 0.0005
"""From one sample to the next within a millisecond of an end, where full scale is 1: about -66 dB. With fades
of 5 ms our sentences reached 0.0013; a tone cut without a fade jumps by its whole height."""


def tone(seconds: float, amplitude: float, hertz: float = 220.0) -> Any:
    return amplitude * numpy.cos(2 * numpy.pi * hertz * numpy.arange(round(seconds * HERTZ)) / HERTZ)


def played(samples: Any) -> Any:
    return numpy.frombuffer(shaped(samples.astype("float32"), HERTZ), "<i2") / 32768


def dbfs(sound: Any) -> float:
    return float(20 * numpy.log10(numpy.sqrt(numpy.mean(sound**2))))


def audible(sound: Any) -> Any:
    windows = sound[: len(sound) // 480 * 480].reshape(-1, 480)
    return windows[numpy.sqrt(numpy.mean(windows**2, axis=1)) > 10 ** (-50 / 20)]


def quiet(seconds: float) -> Any:
    return numpy.zeros(round(seconds * HERTZ))


@pytest.mark.parametrize("amplitude", [0.01, 0.1, 0.9])
def test_every_voice_is_as_loud_as_the_other_and_the_cues_a_little_less(amplitude: float) -> None:
    voice = dbfs(audible(played(tone(2, amplitude))))
    assert voice == pytest.approx(-23, abs=0.3)
    for name in ("rising", "falling"):
        soft = dbfs(audible(numpy.frombuffer(cue(name), "<i2") / 32768))
        assert 1 < voice - soft <= 3


@pytest.mark.parametrize("before", [0.0, 0.2])
def test_it_is_trimmed_to_what_is_audible_and_no_sound_within_is_lost(before: float) -> None:
    sound = played(numpy.concatenate([quiet(before), tone(1, 0.2), quiet(0.4), tone(0.5, 0.2), quiet(before)]))
    assert len(sound) / 48_000 == pytest.approx(1.9, abs=0.03)
    half = round(FADE_SECONDS / 2 * 48_000)
    inner = sound[2 * half : -2 * half]
    assert dbfs(inner[:480]) > -25 and dbfs(inner[-480:]) > -25, "only the fades are softer"


@pytest.mark.parametrize("seconds", [0.015, 0.05, 1.0])
def test_both_ends_are_soft(seconds: float) -> None:
    """A tone that begins and ends at its highest: the worst there is."""
    sound = played(tone(seconds, 0.9))
    for end in (numpy.concatenate([[0], sound[:48]]), numpy.concatenate([sound[-48:], [0]])):
        assert abs(numpy.diff(end)).max() <= LARGEST_JUMP


def heard_late(sound: Any) -> float:
    """Seconds until 5 ms of it are audible."""
    windows = sound[: len(sound) // 240 * 240].reshape(-1, 240)
    loud = numpy.sqrt(numpy.mean(windows**2, axis=1)) > 10 ** (-50 / 20)
    return float(numpy.flatnonzero(loud)[0]) * 0.005


@pytest.mark.parametrize("breath_dbfs", [-55.0, -49.0, -46.0, -40.0, -35.0, -25.0])
@pytest.mark.parametrize("breath_seconds", [0.003, 0.01, 0.04])
def test_a_faint_end_makes_no_rest_longer_than_it_is(breath_dbfs: float, breath_seconds: float) -> None:
    """A last breath of any loudness, 0.15 s after the words: it is heard under the fade, or it is not there."""
    words, breath = tone(1, 0.1), tone(breath_seconds, 0.1 * 10 ** ((breath_dbfs + 23) / 20))
    sound = played(numpy.concatenate([words, quiet(0.15), breath, quiet(0.1)]))
    assert heard_late(sound) + heard_late(sound[::-1]) <= 0.015


def test_a_last_consonant_that_can_be_heard_is_kept() -> None:
    words, burst = tone(1, 0.1), tone(0.02, 0.1 * 10 ** (-10 / 20))
    assert len(played(numpy.concatenate([words, quiet(0.1), burst]))) / 48_000 > 1.12


@pytest.mark.parametrize("amplitude", [0.0, 0.0001])
def test_what_can_not_be_heard_is_no_sound(amplitude: float) -> None:
    assert shaped(tone(1, amplitude).astype("float32"), HERTZ) == b""


def test_nothing_is_louder_than_a_sound_card_takes() -> None:
    crackling = tone(1, 0.001)
    crackling[::2000] = 0.9
    assert abs(played(crackling)).max() <= 10 ** (-3 / 20) + 0.001


@pytest.mark.parametrize(("words", "expected"), [("one\x00two", "one two"), ("\ud800", ""), (" a\n", "a")])
def test_what_no_engine_can_say_is_left_out(words: str, expected: str) -> None:
    assert speakable(words) == expected


def test_what_is_remembered_is_bounded_and_the_longest_unused_goes_first() -> None:
    remembered = Remembered()
    third = bytes(REMEMBERED_BYTES // 3)
    for words in ("a", "b", "c"):
        assert remembered.add((words, 1.0), third) is third
    assert remembered.get(("a", 1.0)) is third
    remembered.add(("d", 1.0), third)
    assert [one for one in "abcd" if (one, 1.0) in remembered] == ["a", "c", "d"]
    assert remembered.bytes == 3 * len(third) and remembered.get(("b", 1.0)) is None
    assert Remembered().add(("huge", 1.0), bytes(2 * REMEMBERED_BYTES))


def test_a_person_s_kept_voice_is_as_loud_as_ours_and_keeps_its_length() -> None:
    heard = 0.05 * numpy.cos(2 * numpy.pi * 220 * numpy.arange(2 * HEARD_HERTZ) / HEARD_HERTZ)
    sound = numpy.frombuffer(recalled((heard * 32767).astype("<i2").tobytes()), "<i2") / 32768
    assert dbfs(audible(sound)) == pytest.approx(LEVEL_DBFS, abs=0.5)
    assert len(sound) == pytest.approx(2 * 48_000, abs=960)


def test_nothing_kept_is_nothing_played() -> None:
    assert recalled(b"") == recalled(bytes(32_000)) == b""
