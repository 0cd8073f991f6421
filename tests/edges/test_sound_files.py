"""Files in place of devices."""

import base64
import signal
import struct
import subprocess
import sys
import time
import tracemalloc
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy
import pytest
import soundfile
import soxr
from hypothesis import given, settings
from hypothesis import strategies as st

from voicejournal.edges.resampling import Resampling, at_rate
from voicejournal.edges.sound_files import FileMicrophone, FileSpeaker, read_sound
from voicejournal.errors import MicrophoneError, SpeakerError
from voicejournal.hearing.frames import HEARD_FRAME_BYTES, SILENT_PLAYED_FRAME


def hear_all(path: Path) -> bytes:
    microphone = FileMicrophone(path, real_time=False)
    frames = []
    while (frame := microphone.listen()) is not None:
        frames.append(frame)
    assert microphone.listen() is None
    microphone.close()
    assert all(len(frame) == HEARD_FRAME_BYTES for frame in frames)
    return b"".join(frames)


def noise(samples: int, channels: int, seed: int = 7) -> Any:
    return numpy.random.default_rng(seed).uniform(-0.4, 0.4, (samples, channels)).astype(numpy.float32)


def as_s16(samples: Any) -> Any:
    return numpy.rint(samples * 32768).clip(-32768, 32767)


def test_sound_in_our_own_form_comes_bit_for_bit(tmp_path: Path) -> None:
    sound = (noise(50_001, 1) * 32767).astype("<i2")
    for kind in ("wav", "flac"):
        soundfile.write(tmp_path / f"own.{kind}", sound, 16_000)
        heard = hear_all(tmp_path / f"own.{kind}")
        assert heard[: 2 * 50_001] == sound.tobytes()
        assert not any(heard[2 * 50_001 :])
        assert len(heard) < 2 * 50_001 + HEARD_FRAME_BYTES


@settings(max_examples=25, deadline=None)
@given(
    hertz=st.sampled_from([8_000, 11_025, 22_050, 32_000, 44_100, 48_000, 96_000]),
    channels=st.integers(1, 3),
    samples=st.integers(1, 120_000),
)
def test_any_form_is_heard_as_if_converted_whole(
    tmp_path_factory: pytest.TempPathFactory, hertz: int, channels: int, samples: int
) -> None:
    path = tmp_path_factory.mktemp("files") / "any.wav"
    sound = noise(samples, channels)
    soundfile.write(path, sound, hertz, subtype="FLOAT")
    whole = as_s16(soxr.resample(sound.mean(axis=1), hertz, 16_000, quality="HQ"))
    heard = numpy.frombuffer(hear_all(path), "<i2")
    assert abs(len(whole) - samples * 16_000 / hertz) <= 1, "as long as the file"
    assert len(heard) == -(-len(whole) // 320) * 320
    assert numpy.abs(heard[: len(whole)] - whole).max(initial=0) <= 1
    assert not heard[len(whole) :].any()


def test_played_slower_a_tone_is_longer_and_lower() -> None:
    tone = numpy.sin(2 * numpy.pi * 400 * numpy.arange(16_000) / 16_000)
    slower = at_rate(tone, 0.8)
    assert len(slower) == 20_000
    assert numpy.abs(numpy.fft.rfft(slower)).argmax() * 16_000 / len(slower) == 320


@settings(max_examples=25, deadline=None)
@given(cuts=st.lists(st.integers(0, 44_100), max_size=8), hertz=st.sampled_from([16_000, 44_100, 48_000]))
def test_how_sound_is_cut_changes_nothing(cuts: list[int], hertz: int) -> None:
    sound = noise(44_100, 1)
    whole = Resampling(hertz, 16_000).convert(sound, is_last=True)
    resampling = Resampling(hertz, 16_000)
    edges = [0, *sorted(cuts), len(sound)]
    pieces = [resampling.convert(sound[a:b]) for a, b in pairwise(edges)]
    joined = b"".join([*pieces, resampling.convert(sound[:0], is_last=True)])
    assert joined == whole


def test_a_tone_comes_when_it_should(tmp_path: Path) -> None:
    """A click at 1.5 s of a 44.1 kHz stereo file is heard at 1.5 s."""
    sound = numpy.zeros((3 * 44_100, 2))
    sound[round(1.5 * 44_100)] = 0.9
    soundfile.write(tmp_path / "click.flac", sound, 44_100)
    heard = numpy.frombuffer(hear_all(tmp_path / "click.flac"), "<i2")
    assert int(numpy.abs(heard).argmax()) == 24_000


def test_broken_numbers_silence_only_themselves(tmp_path: Path) -> None:
    sound = noise(44_100, 1)
    sound[100] = numpy.nan
    soundfile.write(tmp_path / "nan.wav", sound, 44_100, subtype="FLOAT")
    heard = numpy.frombuffer(hear_all(tmp_path / "nan.wav"), "<i2")
    assert numpy.abs(heard[8_000:]).max() > 3_000


def test_hours_take_no_more_memory_than_seconds(tmp_path: Path) -> None:
    with soundfile.SoundFile(tmp_path / "long.flac", "w", 44_100, 1) as file:
        for _ in range(10 * 60):
            file.write(numpy.zeros(44_100, numpy.int16))
    microphone = FileMicrophone(tmp_path / "long.flac", real_time=False)
    microphone.listen()
    tracemalloc.start()
    frames = 1
    while microphone.listen() is not None:
        frames += 1
    _, most_bytes = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    microphone.close()
    assert frames == 10 * 60 * 50
    # The file is 53 MB of samples; a second of it is converted at a time, in several copies.
    assert most_bytes < 5_000_000


def test_in_real_time_each_frame_has_its_moment(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "short.wav", numpy.zeros(16_000 // 2), 16_000)
    microphone = FileMicrophone(tmp_path / "short.wav", real_time=True)
    time.sleep(0.1)
    times = []
    for number in range(50):
        frame = microphone.listen()
        times.append(time.monotonic())
        assert (frame is None) == (number >= 25)
        if number == 10:
            time.sleep(0.3)
    microphone.close()
    late = [at - times[0] - number * 0.02 for number, at in enumerate(times)]
    assert min(late) > -0.005, "never early"
    assert times[24] - times[11] < 0.1, "held up for 0.3 s, it catches up at once"
    assert max(late[30:]) < 0.1, "and goes on at the old pace, also after its end"


@pytest.mark.parametrize(
    ("content", "name"),
    [(None, "sound_file_missing"), (b"", "sound_file_unreadable"), (b"no sound" * 99, "sound_file_unreadable")],
)
def test_what_is_no_sound_file(tmp_path: Path, content: bytes | None, name: str) -> None:
    path = tmp_path / "odd.wav"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(MicrophoneError) as told:
        FileMicrophone(path, real_time=False)
    assert told.value.name == name
    assert told.value.details["path"] == str(path)


def test_a_file_without_samples_and_a_directory_are_unreadable(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "none.wav", numpy.zeros(0), 16_000)
    for path in (tmp_path / "none.wav", tmp_path):
        with pytest.raises(MicrophoneError, match="sound_file_unreadable"):
            FileMicrophone(path, real_time=False)


def test_what_was_played_is_in_the_file_frame_by_frame(tmp_path: Path) -> None:
    frames = [bytes([number, 0]) * 960 for number in range(120)]
    speaker = FileSpeaker(tmp_path / "said.wav")
    for frame in frames:
        speaker.play(frame)
        speaker.hush()
    speaker.close()
    speaker.close()
    sound, hertz = soundfile.read(tmp_path / "said.wav", dtype="int16")
    assert hertz == 48_000
    assert sound.tobytes() == b"".join(frames)


def test_a_speaker_that_played_nothing_leaves_a_file_of_nothing(tmp_path: Path) -> None:
    FileSpeaker(tmp_path / "said.wav").close()
    assert soundfile.info(tmp_path / "said.wav").frames == 0


def test_a_killed_program_leaves_a_file_that_can_be_heard(tmp_path: Path) -> None:
    text = f"""
import os, pathlib
from voicejournal.edges.sound_files import FileSpeaker
speaker = FileSpeaker(pathlib.Path({str(tmp_path / "said.wav")!r}))
for _ in range(5 * 50 + 49):
    speaker.play(bytes([1, 2]) * 960)
os.kill(os.getpid(), 9)
"""
    assert subprocess.run([sys.executable, "-c", text]).returncode == -9
    sound, _ = soundfile.read(tmp_path / "said.wav", dtype="int16")
    assert len(sound) == 5 * 48_000
    assert (sound == 0x0201).all()


@pytest.mark.parametrize(
    ("place", "error"), [("nowhere/said.wav", "sound_file_folder_missing"), (".", "sound_file_unwritable")]
)
def test_a_place_that_cannot_be_written(tmp_path: Path, place: str, error: str) -> None:
    with pytest.raises(SpeakerError, match=error):
        FileSpeaker(tmp_path / place)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_full_disk_is_told_of() -> None:
    with pytest.raises(SpeakerError, match="sound_file_unwritable"):
        FileSpeaker(Path("/dev/full"))


def test_a_disk_that_becomes_full_is_told_of_each_time(tmp_path: Path) -> None:
    """The most that a process may write to a file stands for the disk."""
    resource = pytest.importorskip("resource", reason="this system has no limits to set")
    speaker = FileSpeaker(tmp_path / "said.wav")
    usual = resource.getrlimit(resource.RLIMIT_FSIZE)
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, usual[1]))
    try:
        with pytest.raises(SpeakerError, match="sound_file_unwritable"):
            for _ in range(100):
                speaker.play(SILENT_PLAYED_FRAME)
        with pytest.raises(SpeakerError, match="sound_file_unwritable"):
            speaker.play(SILENT_PLAYED_FRAME)
        speaker.close()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, usual)
        signal.signal(signal.SIGXFSZ, before)


def test_a_short_file_at_once(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "two.wav", noise(100, 2), 8_000)
    samples, hertz = read_sound(tmp_path / "two.wav", MicrophoneError)
    assert samples.shape == (100, 2)
    assert hertz == 8_000


def wav_of(hertz: int, channels: int = 1, says_bytes: int | None = None) -> bytes:
    """A tenth of a second of silence, if its header were right."""
    sound = bytes(3200)
    says = len(sound) if says_bytes is None else says_bytes
    form = (hertz, hertz * 2 * channels & 0xFFFFFFFF, 2 * channels & 0xFFFF, 16)
    return (
        struct.pack("<4sI4s4sIHHIIHH4sI", b"RIFF", 3236, b"WAVE", b"fmt ", 16, 1, channels, *form, b"data", says)
        + sound
    )


FLAC_OF_ALL_SAMPLES = base64.b64decode(
    "ZkxhQwAAACIQABAAAAANAAANA+gA///////////y2nyTErPlwh5n9lkbhAAAKCAAAAByZWZlcmVuY2UgbGliRjEuQ0w0LkEgMyAyMDIzMDYyNAAA"
    "AAAAAFMu"
)
"""68,719,476,735 of them, it says; found by `make fuzz`."""


@pytest.mark.parametrize(
    "content",
    [
        wav_of(1),
        wav_of(2**31),
        wav_of(2**32 - 1),
        wav_of(16_000, 1024),
        wav_of(16_000, 65_535),
        FLAC_OF_ALL_SAMPLES,
    ],
)
def test_a_header_that_can_not_be_right_is_told(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "odd.wav").write_bytes(content)
    with pytest.raises(MicrophoneError, match="sound_file_unreadable"):
        read_sound(tmp_path / "odd.wav", MicrophoneError)


def test_a_header_that_says_too_much_brings_what_is_there(tmp_path: Path) -> None:
    (tmp_path / "odd.wav").write_bytes(wav_of(16_000, says_bytes=2**32 - 1))
    assert len(hear_all(tmp_path / "odd.wav")) == 3200
    assert len(read_sound(tmp_path / "odd.wav", MicrophoneError)[0]) == 1600


def test_sound_louder_than_anything_is_as_loud_as_can_be(tmp_path: Path) -> None:
    soundfile.write(
        tmp_path / "loud.wav", numpy.array([3e38, -3e38, numpy.inf] * 400, "float32"), 16_000, subtype="FLOAT"
    )
    heard = numpy.frombuffer(hear_all(tmp_path / "loud.wav"), "<i2")
    assert list(heard[:3]) == [32767, -32768, 32767]
