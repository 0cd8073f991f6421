"""The speaker, through PulseAudio's virtual devices."""

import json
import subprocess
import time
from itertools import count
from pathlib import Path
from typing import Any

import numpy
import pytest
from pulse import Pulse, a_pulse  # noqa: F401

from voicejournal.edges.speaker import KEPT_FRAMES, SURPLUS_TICKS, Given
from voicejournal.hearing.frames import SILENT_PLAYED_FRAME

PLAY = """
import json, pathlib, sys, time
from voicejournal.edges.speaker import DeviceSpeaker
from voicejournal.errors import SpeakerError
from voicejournal.hearing.frames import SILENT_PLAYED_FRAME as SILENT
device = json.loads(sys.argv[1])
tick = float(sys.argv[2])
sound = pathlib.Path(sys.argv[3]).read_bytes()
frames = [sound[at : at + 1920] for at in range(0, len(sound), 1920)]
hush_after = int(sys.argv[4])
told = {}
speaker = None
try:
    speaker = DeviceSpeaker(device)
    started_at = time.monotonic()
    told["started_at"] = started_at
    print("playing", flush=True)
    for number, frame in enumerate(frames):
        if number == hush_after:
            for later in frames[number : number + 50]:
                speaker.play(later)
            told["hushed_at"] = time.monotonic()
            speaker.hush()
        if 0 <= hush_after <= number:
            frame = SILENT
        time.sleep(max(0, started_at + number * tick - time.monotonic()))
        speaker.play(frame)
except SpeakerError as error:
    told |= {"error": error.name, "at": time.monotonic(), **error.details}
if speaker is not None:
    speaker.close()
print(json.dumps(told), flush=True)
"""

NEVER = -1


def begin(
    pulse: Pulse,
    sound: Any,
    directory: Path,
    device: str | None = None,
    tick_seconds: float = 0.02,
    hush_after: int = NEVER,
) -> "subprocess.Popen[bytes]":
    """Play this (floats at 48 kHz) a frame a tick; after `hush_after` frames queue a second more and hush it."""
    path = directory / "played.pcm"
    path.write_bytes((sound * 32767).astype("<i2").tobytes())
    return pulse.program(PLAY, json.dumps(device), tick_seconds, path, hush_after)


def last_words(program: "subprocess.Popen[bytes]") -> dict[str, Any]:
    out, err = program.communicate(timeout=20)
    assert program.returncode == 0, err.decode()
    told: dict[str, Any] = json.loads(out.splitlines()[-1])
    return {**told, "stderr": err.decode()}


def tone(seconds: float) -> Any:
    return 0.3 * numpy.sin(2 * numpy.pi * 500 * numpy.arange(round(seconds * 48_000)) / 48_000)


def rest(seconds: float) -> Any:
    return numpy.zeros(round(seconds * 48_000))


def loud_stretches(heard: Any) -> list[tuple[float, float]]:
    """Start and length in seconds, found in steps of 5 ms; what a busy machine tore by under 0.15 s is one."""
    steps = numpy.abs(heard[: len(heard) // 240 * 240].reshape(-1, 240)).max(axis=1) > 0.01
    edges = numpy.flatnonzero(numpy.diff(numpy.concatenate([[False], steps, [False]]).astype(int))) * 0.005
    starts, ends = edges[0::2], edges[1::2]
    is_apart = starts[1:] - ends[:-1] >= 0.15
    first, last = numpy.append(True, is_apart), numpy.append(is_apart, True)
    return list(zip(starts[first], ends[last] - starts[first], strict=True))


def test_all_that_is_played_is_heard_to_its_end(pulse: Pulse, tmp_path: Path) -> None:
    heard = pulse.listen()
    told = last_words(begin(pulse, numpy.concatenate([rest(0.2), tone(0.6), rest(0.3), tone(0.4)]), tmp_path))
    assert told["stderr"] == ""
    time.sleep(0.3)
    first, second = loud_stretches(heard.stop())
    assert first[1] == pytest.approx(0.6, abs=0.015)
    assert second[1] == pytest.approx(0.4, abs=0.015), "what was taken sounds before the speaker is closed"
    assert second[0] - first[0] == pytest.approx(0.9, abs=0.025), "one frame of silence may come or go"


def test_hush_silences_what_is_queued(pulse: Pulse, tmp_path: Path) -> None:
    heard = pulse.listen()
    told = last_words(begin(pulse, tone(2), tmp_path, hush_after=40))
    time.sleep(0.2)
    heard.stop()
    took = heard.last_loud_at() - told["hushed_at"]
    print(f"silent {took * 1000:.0f} ms after hush")
    assert took < 0.5  # it would sound for more than a second


@pytest.mark.parametrize("tick_seconds", [pytest.param(0.0192, marks=pytest.mark.slow), 0.0208])
def test_clocks_that_differ_are_evened_out_in_silences(pulse: Pulse, tmp_path: Path, tick_seconds: float) -> None:
    """Forty times worse than any sound card: words stay whole; not evened out they would come 0.2 s later."""
    heard = pulse.listen()
    words, pause = 0.3, 0.6
    sound = numpy.concatenate([numpy.concatenate([tone(words), rest(pause)])] * 5)
    told = last_words(begin(pulse, sound, tmp_path, tick_seconds=tick_seconds))
    lengths = [length for _, length in loud_stretches(heard.stop())]
    assert len(lengths) == 5
    assert all(words - 0.025 < length < words + 0.15 for length in lengths)
    last_played_at = told["started_at"] + (len(sound) / 960 - pause * 50) * tick_seconds
    late = heard.last_loud_at() - last_played_at
    print(f"{late * 1000:.0f} ms late")
    assert -0.02 < late < 0.3


def test_an_unplugged_speaker_is_told_of_at_once(pulse: Pulse, tmp_path: Path) -> None:
    program = begin(pulse, rest(20), tmp_path)
    assert program.stdout is not None
    assert program.stdout.readline() == b"playing\n"
    time.sleep(0.3)
    unplugged_at = time.monotonic()
    pulse.unplug()
    told = last_words(program)
    assert told["error"] == "speaker_lost"
    assert told["at"] - unplugged_at < 3


def test_an_unknown_name_is_answered_with_the_known_ones(pulse: Pulse, tmp_path: Path) -> None:
    told = last_words(begin(pulse, rest(0.1), tmp_path, device="trumpet"))
    assert told["error"] == "speaker_unknown"
    assert "pulse" in told["known"]


def test_no_speaker_at_all(pulse: Pulse, tmp_path: Path) -> None:
    pulse.unplug()
    told = last_words(begin(pulse, rest(0.1), tmp_path))
    assert told["error"] == "speaker_missing"
    assert told["stderr"] == ""


# What goes with each tick of the microphone


def named(number: int) -> bytes:
    return number.to_bytes(4, "little").ljust(1920, b"\0")


def test_what_the_device_took_goes_with_one_tick_each_however_it_comes_in_handfuls() -> None:
    given, taken = Given(), count(1)
    assert given.of_this_tick() == SILENT_PLAYED_FRAME, "nothing was taken yet"
    for size in (3, 1, 2):
        for _ in range(size):
            given.add(named(next(taken)))
    heard = []
    for size in (2, 4, 0, 3) * 20:
        heard += [given.of_this_tick() for _ in range(size)]
        for _ in range(size):
            given.add(named(next(taken)))
    assert heard == [named(number) for number in range(1, len(heard) + 1)]


def test_where_none_was_taken_yet_all_that_follow_come_later_by_as_much() -> None:
    given = Given()
    assert given.of_this_tick() == SILENT_PLAYED_FRAME
    given.add(named(1))
    given.add(named(2))
    assert [given.of_this_tick() for _ in range(3)] == [named(1), named(2), SILENT_PLAYED_FRAME]


def test_what_was_taken_before_anything_was_heard_goes_with_nothing() -> None:
    given = Given()
    for number in range(15):
        given.add(named(number))
    assert given.of_this_tick() == named(15 - KEPT_FRAMES)


def test_what_waits_all_of_a_second_waits_for_nothing() -> None:
    """The microphone lost 200 ms."""
    given, numbers = Given(), count()
    for _ in range(10):
        given.of_this_tick()
        given.add(named(next(numbers)))
    for _ in range(10):
        given.add(named(next(numbers)))
    for _ in range(2 * SURPLUS_TICKS - 10):
        given.of_this_tick()
        given.add(named(next(numbers)))
    assert given.of_this_tick() == named(next(numbers) - KEPT_FRAMES)
