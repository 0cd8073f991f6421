"""Each voice that figures are told of has a sound of its own: one that espeak-ng does not know is another to it."""

import shutil
import subprocess

import pytest

from bench import echo, noise
from bench.phrases import APART, FLITE, NATURAL, TUNED, UNCLEAR

SPOKEN = [voice for voice in (*TUNED, *APART, *UNCLEAR) if voice != NATURAL and not voice.startswith(FLITE)]


@pytest.mark.skipif(shutil.which("espeak-ng") is None, reason="espeak-ng is not installed")
@pytest.mark.parametrize(
    "voices", [SPOKEN, list(echo.VOICES), list(noise.VOICES)], ids=["phrases", "echo", "noise"]
)
def test_no_two_voices_are_one(voices: list[str]) -> None:
    said = {_said(voice): voice for voice in voices}
    assert sorted(said.values()) == sorted(voices)


def _said(voice: str) -> bytes:
    command = ["espeak-ng", "-v", voice, "--stdout", "check the words"]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout
