"""A room between speaker and microphone."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy
import pytest
import soundfile
import soxr

from voicejournal.edges.room import Room
from voicejournal.errors import SettingsError
from voicejournal.hearing.frames import SILENT_HEARD_FRAME, SILENT_PLAYED_FRAME, Frame

TICKS = 100


class ListMicrophone:
    def __init__(self, frames: Sequence[Frame]) -> None:
        self._frames = list(frames)

    def listen(self) -> Frame | None:
        return self._frames.pop(0) if self._frames else None

    def close(self) -> None:
        pass


class ListSpeaker:
    def __init__(self) -> None:
        self.played: list[Frame] = []
        self.hushed = 0

    def play(self, frame: Frame) -> None:
        self.played.append(frame)

    def sounding(self) -> Frame:
        return self.played[-1]

    def hush(self) -> None:
        self.hushed += 1

    def close(self) -> None:
        pass


def a_room(directory: Path, response: Any, hertz: int, frames: Sequence[Frame], level_db: float = 0.0) -> Room:
    path = directory / "room.wav"
    soundfile.write(path, response, hertz, subtype="FLOAT")
    return Room(ListMicrophone(frames), ListSpeaker(), path, level_db)


def a_response(seconds: float = 0.3, hertz: int = 16_000) -> Any:
    """5 ms of nothing, then an arrival and a dying echo."""
    random = numpy.random.default_rng(3)
    count = round(seconds * hertz)
    echo = random.standard_normal(count) * numpy.exp(-numpy.arange(count) / (0.05 * hertz))
    echo[0] = 5
    return numpy.concatenate([numpy.zeros(round(0.005 * hertz)), echo])


def played_noise(ticks: int = TICKS) -> Any:
    return (numpy.random.default_rng(5).standard_normal(960 * ticks) * 3000).astype("<i2")


def run(room: Room, sound: Any) -> Any:
    heard = []
    for at in range(0, len(sound), 960):
        room.play(sound[at : at + 960].tobytes())
        frame = room.listen()
        assert frame is not None
        heard.append(frame)
    return numpy.frombuffer(b"".join(heard), "<i2").astype(float)


def energy_db(sound: Any) -> float:
    return float(10 * numpy.log10(numpy.mean(sound**2)))


@pytest.mark.parametrize("hertz", [16_000, 44_100, 48_000])
def test_the_echo_is_what_was_played_convolved_with_the_response(tmp_path: Path, hertz: int) -> None:
    response = soxr.resample(a_response(), 16_000, hertz, "VHQ")
    sound = played_noise()
    heard = run(a_room(tmp_path, response, hertz, [SILENT_HEARD_FRAME] * TICKS), sound)
    at_heard_rate = soxr.resample(sound.astype(float), 48_000, 16_000, "VHQ")
    whole = a_response()
    expected = numpy.convolve(at_heard_rate, whole / numpy.sqrt(numpy.sum(whole**2)))[: len(heard)]
    # soxr's two qualities differ above 7.3 kHz, which is where the error lies.
    assert energy_db(heard - expected) < energy_db(expected) - 25


def test_nothing_above_the_heard_band_folds_back(tmp_path: Path) -> None:
    tone = (8000 * numpy.sin(2 * numpy.pi * 11_000 * numpy.arange(960 * TICKS) / 48_000)).astype("<i2")
    response = numpy.zeros(480)
    response[240] = 1
    heard = run(a_room(tmp_path, response, 48_000, [SILENT_HEARD_FRAME] * TICKS), tone)
    assert numpy.abs(heard[3200:-3200]).max() <= 1


def test_the_level_is_that_of_the_energy(tmp_path: Path) -> None:
    sound = played_noise()
    loud = run(a_room(tmp_path, a_response() * 7, 16_000, [SILENT_HEARD_FRAME] * TICKS, 0.0), sound)
    soft = run(a_room(tmp_path, a_response(), 16_000, [SILENT_HEARD_FRAME] * TICKS, -20.0), sound)
    band = soxr.resample(sound.astype(float), 48_000, 16_000, "VHQ")
    assert energy_db(loud) == pytest.approx(energy_db(band), abs=1)
    assert energy_db(loud) - energy_db(soft) == pytest.approx(20, abs=0.1)


def test_an_arrival_comes_when_the_response_says(tmp_path: Path) -> None:
    response = numpy.zeros(800)
    response[160] = 1
    sound = numpy.zeros(960 * 5, "<i2")
    sound[960 * 2 + 300] = 30_000
    heard = run(a_room(tmp_path, response, 16_000, [SILENT_HEARD_FRAME] * 5), sound)
    assert int(numpy.abs(heard).argmax()) == 2 * 320 + 100 + 160


def test_what_the_microphone_hears_stays_and_loud_sums_are_clipped(tmp_path: Path) -> None:
    loud = numpy.full(320, 32_000, "<i2").tobytes()
    room = a_room(tmp_path, [1.0], 16_000, [loud] * 10)
    quiet = [room.listen()]
    steady = numpy.full(960, 20_000, "<i2").tobytes()
    for _ in range(6):
        room.play(steady)
        last = room.listen()
    assert quiet == [loud], "in a quiet room nothing is touched"
    assert last is not None
    assert (numpy.frombuffer(last, "<i2") == 32_767).all()


def test_echo_goes_on_after_the_file_and_then_there_is_nothing(tmp_path: Path) -> None:
    room = a_room(tmp_path, a_response(), 16_000, [SILENT_HEARD_FRAME] * 3)
    for number in range(5):
        room.play(played_noise(1).tobytes() if number >= 2 else SILENT_PLAYED_FRAME)
        frame = room.listen()
        assert frame is not None
        assert any(frame) == (number >= 2)
    after = []
    for _ in range(30):
        room.play(SILENT_PLAYED_FRAME)
        after.append(room.listen())
    tail = [frame for frame in after if frame is not None]
    assert any(tail[5])
    assert len(tail) == after.index(None), "once it is over it stays so"
    assert 0.3 * 50 <= len(tail) <= 0.3 * 50 + 4
    room.play(played_noise(1).tobytes())
    again = room.listen()
    assert again is not None, "the program speaks again, and is heard again"
    assert any(again)


def test_hush_and_close_reach_the_speaker(tmp_path: Path) -> None:
    room = a_room(tmp_path, [1.0], 16_000, [])
    room.hush()
    room.close()
    assert isinstance(room.speaker, ListSpeaker)
    assert room.speaker.hushed == 1


def test_a_response_that_is_not_there_or_silent(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="sound_file_missing"):
        Room(ListMicrophone([]), ListSpeaker(), tmp_path / "none.wav")
    with pytest.raises(SettingsError, match="sound_file_unreadable"):
        a_room(tmp_path, [0.0, 0.0], 16_000, [])
