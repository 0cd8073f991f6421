"""Silero: hears a voice, sleeps in a quiet room, and needs no more than one thread."""

import os
import subprocess
import sys
from pathlib import Path

import numpy
import pytest
from spoken import speak

from voicejournal.edges.voice_activity import THREAD_LIMIT, SileroVoiceActivity, load_silero
from voicejournal.hearing.frames import HEARD_FRAME_BYTES, SILENT_HEARD_FRAME

COUNT_THREADS = """
import os
from voicejournal.edges.voice_activity import load_silero
silero = load_silero()()
before = len(os.listdir("/proc/self/task"))
for _ in range(20):
    silero(bytes(1024))
print(len(os.listdir("/proc/self/task")) - before)
"""


def probabilities(path: Path) -> list[float]:
    import soundfile

    pcm = soundfile.read(path, dtype="int16")[0].tobytes()
    activity = SileroVoiceActivity()
    return [
        activity.accept(pcm[at : at + HEARD_FRAME_BYTES]).probability
        for at in range(0, len(pcm) - HEARD_FRAME_BYTES + 1, HEARD_FRAME_BYTES)
    ]


def test_a_voice_is_heard_and_silence_is_not(tmp_path: Path) -> None:
    heard = probabilities(speak(tmp_path / "said.wav", 1.0, "I was on a slow train by the sea.", 3.0))
    assert max(heard[:40]) < 0.2
    assert numpy.mean(numpy.array(heard[60:130]) > 0.5) > 0.7
    assert heard[-1] == 0.0


def test_digital_silence_has_a_level() -> None:
    assert SileroVoiceActivity().accept(SILENT_HEARD_FRAME).level == -96.0


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="threads are counted in /proc, on Linux")
def test_listening_starts_no_threads() -> None:
    counted = subprocess.run([sys.executable, "-c", COUNT_THREADS], capture_output=True, text=True, check=True)
    assert counted.stdout.strip() == "0"


def test_the_limit_is_for_no_other_library(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(THREAD_LIMIT, raising=False)
    load_silero()
    assert THREAD_LIMIT not in os.environ
    monkeypatch.setenv(THREAD_LIMIT, "3")
    load_silero()
    assert os.environ[THREAD_LIMIT] == "3"
