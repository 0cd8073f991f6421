"""The program's own voice taken out of what is heard, in rooms made of decaying noise."""

from collections.abc import Iterator

import numpy
import numpy.typing
import pytest
import soxr

from voicejournal.edges.echo import KalmanCanceller
from voicejournal.edges.voice import SpokenVoice
from voicejournal.hearing.double_talk import EXCESS_DB, of_theirs
from voicejournal.hearing.frames import (
    HEARD_FRAME_SAMPLES,
    HEARD_HERTZ,
    PLAYED_FRAME_SAMPLES,
    PLAYED_HERTZ,
    ticks,
)
from voicejournal.hearing.stretches import StretchFinder, VoiceStarted
from voicejournal.ports.sound import Cleaned
from voicejournal.speaking.playback import spoken_frames

Samples = numpy.typing.NDArray[numpy.float64]

SETTLED_SECONDS = 4.0
SPOKEN_OVER_SECONDS = 8.0
NOISE = 10 ** (-75 / 20)
"""A quiet room's, of full scale."""

TEXT = """
This is about your feet, and what holds you. Let your feet rest on the floor, or the bed. Notice where your heels
touch. You could press one foot down a little, and now the other one. Notice what is left when you stop pressing.
"""


@pytest.fixture(scope="module")
def ours() -> Iterator[Samples]:
    """Our own voice, at 48 kHz."""
    voice = SpokenVoice("en")
    yield numpy.frombuffer(b"".join(spoken_frames(TEXT, voice.render)), "<i2") / 32768


@pytest.fixture(scope="module")
def word() -> Iterator[Samples]:
    """What somebody says over it, at 16 kHz: the same voice is the hardest to tell apart."""
    spoken = SpokenVoice("en").render("Stop.", 0.9)
    yield heard_from(numpy.frombuffer(spoken, "<i2") / 32768)


def heard_from(played: Samples) -> Samples:
    """At 16 kHz what was played at 48."""
    made: Samples = soxr.resample(played, PLAYED_HERTZ, HEARD_HERTZ)
    return made


def in_room(played: Samples, decibels: float, late_seconds: float = 0.06, tail_seconds: float = 0.25) -> Samples:
    """As it comes back: late, with an echo of its own, so much quieter."""
    random = numpy.random.default_rng(7)
    count = int(tail_seconds * HEARD_HERTZ)
    response = random.normal(size=count) * numpy.exp(-6.9 * numpy.arange(count) / count)
    response[0] = 3
    response *= 10 ** (decibels / 20) / numpy.sqrt((response**2).sum())
    late = numpy.zeros(int(late_seconds * HEARD_HERTZ))
    sound = heard_from(played)
    back: Samples = numpy.convolve(sound, numpy.concatenate([late, response]))[: len(sound)]
    return back


def cleaned(played: Samples, heard: Samples) -> list[Cleaned]:
    """What the canceller makes of each tick."""
    canceller = KalmanCanceller()
    ours, theirs = ((part * 32767).astype("<i2") for part in (played, heard))
    return [
        canceller.accept(
            ours[tick * PLAYED_FRAME_SAMPLES : (tick + 1) * PLAYED_FRAME_SAMPLES].tobytes(),
            theirs[tick * HEARD_FRAME_SAMPLES : (tick + 1) * HEARD_FRAME_SAMPLES].tobytes(),
        )
        for tick in range(len(heard) // HEARD_FRAME_SAMPLES)
    ]


def noise(count: int) -> Samples:
    made: Samples = NOISE * numpy.random.default_rng(3).normal(size=count)
    return made


def level(sound: Samples) -> float:
    """dB, of full scale."""
    return float(20 * numpy.log10(sound.std()))


def sound_of(parts: list[Cleaned]) -> Samples:
    joined: Samples = numpy.frombuffer(b"".join(part.frame for part in parts), "<i2") / 32768
    return joined


def starts(parts: list[Cleaned]) -> list[int]:
    """Ticks at which a voice that is not ours was found."""
    finder = StretchFinder()
    events = [finder.feed(of_theirs(0.0, part.excess, is_in_voice=False)) for part in parts]
    return [tick for tick, event in enumerate(events) if isinstance(event, VoiceStarted)]


def with_word(back: Samples, word: Samples, decibels: float) -> Samples:
    """Somebody says it over the echo, so much louder than the echo is."""
    theirs = numpy.zeros(len(back))
    at = int(SPOKEN_OVER_SECONDS * HEARD_HERTZ)
    theirs[at : at + len(word)] = word * back.std() / word.std() * 10 ** (decibels / 20)
    return theirs


def test_what_is_heard_in_silence_comes_back_to_the_byte(word: Samples) -> None:
    parts = cleaned(numpy.zeros(3 * len(word)), word)

    assert len(parts) > 10
    assert b"".join(part.frame for part in parts) == (word * 32767).astype("<i2").tobytes()[: len(parts) * 640]
    assert {part.excess for part in parts} == {None}


@pytest.mark.parametrize("decibels", [-10, -20, -30])
@pytest.mark.parametrize("late_seconds", [0.005, 0.06, 0.3])
def test_our_own_voice_is_taken_out_and_is_nobodys(ours: Samples, decibels: float, late_seconds: float) -> None:
    back = in_room(ours, decibels, late_seconds)
    parts = cleaned(ours, back + noise(len(back)))

    settled = ticks(SETTLED_SECONDS)
    before = level(back[settled * HEARD_FRAME_SAMPLES :])
    assert level(sound_of(parts[settled:])) < before - 12
    assert starts(parts) == []


@pytest.mark.parametrize("decibels", [10, 0, -5])
def test_who_speaks_over_it_is_noticed_soon(ours: Samples, word: Samples, decibels: float) -> None:
    back = in_room(ours, -20)
    theirs = with_word(back, word, decibels)

    (first, *_) = starts(cleaned(ours, back + theirs + noise(len(back))))

    assert 0 < first - ticks(SPOKEN_OVER_SECONDS) <= ticks(0.3)


def test_who_speaks_over_it_is_heard_whole(ours: Samples, word: Samples) -> None:
    back = in_room(ours, -20)
    theirs = with_word(back, word, 0)

    found = sound_of(cleaned(ours, back + theirs + noise(len(back))))

    at = int(SPOKEN_OVER_SECONDS * HEARD_HERTZ)
    said = slice(at, at + len(word))
    assert level(found[said] - theirs[said]) < level(theirs[said]) - 12


def test_steady_noise_is_nobody(ours: Samples) -> None:
    back = in_room(ours, -20)
    tap = 0.02 * numpy.random.default_rng(4).normal(size=len(back))

    assert starts(cleaned(ours, back + tap)) == []


@pytest.mark.parametrize("slip_samples", [-1600, -320, 80, 320, 1600])
def test_a_buffer_that_slips_is_nobody(ours: Samples, slip_samples: int) -> None:
    """The same room, at another place."""
    back = in_room(ours, -20, late_seconds=0.15)
    half = len(back) // 2
    slipped = numpy.concatenate([back[:half], numpy.roll(back, slip_samples)[half:]])

    assert starts(cleaned(ours, slipped + noise(len(back)))) == []


@pytest.mark.parametrize("drift_samples", [3, 8])
def test_clocks_that_drift_apart_in_a_rest_make_nobody(ours: Samples, drift_samples: int) -> None:
    """A quarter of a millisecond turns 2 kHz half round; it takes twelve seconds at 20 in a million."""
    rest = numpy.zeros(6 * PLAYED_HERTZ)
    played = numpy.concatenate([ours, rest, ours])
    back = in_room(played, -10)
    half = len(back) // 2
    drifted = numpy.concatenate([back[:half], numpy.roll(back, drift_samples)[half:]])

    assert starts(cleaned(played, drifted + noise(len(back)))) == []


def test_a_tone_tells_little_of_a_room_and_a_silence_nothing(ours: Samples) -> None:
    """Its cue came before, and then nobody spoke for a while: the first sentence in a loud room is nobody's."""
    tone = 0.05 * numpy.sin(2 * numpy.pi * 660 * numpy.arange(PLAYED_HERTZ // 3) / PLAYED_HERTZ)
    played = numpy.concatenate([tone, numpy.zeros(5 * PLAYED_HERTZ), ours])
    back = in_room(played, -10)

    assert starts(cleaned(played, back + noise(len(back)))) == []


def test_in_perfect_silence_what_rounding_leaves_is_nobody(ours: Samples) -> None:
    assert starts(cleaned(ours, in_room(ours, -35))) == []


def test_a_louder_speaker_is_learnt_anew(ours: Samples) -> None:
    back = in_room(ours, -20)
    half = len(back) // 2
    turned_up = numpy.concatenate([back[:half], 2 * back[half:]])
    parts = cleaned(ours, turned_up + noise(len(back)))

    assert level(sound_of(parts[-ticks(2) :])) < level(turned_up[-2 * HEARD_HERTZ :]) - 12


def test_a_voice_that_has_begun_may_go_on_more_quietly() -> None:
    assert of_theirs(0.4, EXCESS_DB - 1, is_in_voice=True) == 0.4
    assert of_theirs(0.9, EXCESS_DB - 1, is_in_voice=False) == 0
    assert of_theirs(0.1, EXCESS_DB, is_in_voice=False) == 1
    assert of_theirs(0.9, None, is_in_voice=False) == 0.9
