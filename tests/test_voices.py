"""Each voice that figures are told of has a sound of its own: one that espeak-ng does not know is another to it."""

import shutil

import pytest

from bench import echo, noise, sounds
from bench.phrases import APART, FLITE, NATURAL, TUNED, UNCLEAR

SPOKEN = [voice for voice in (*TUNED, *APART, *UNCLEAR) if voice != NATURAL and not voice.startswith(FLITE)]


@pytest.mark.skipif(shutil.which("espeak-ng") is None, reason="espeak-ng is not installed")
@pytest.mark.parametrize(
    "voices", [SPOKEN, list(echo.VOICES), list(noise.VOICES)], ids=["phrases", "echo", "noise"]
)
def test_no_two_voices_are_one(voices: list[str]) -> None:
    said = {sounds.spoken("check the words", voice).tobytes(): voice for voice in voices}
    assert sorted(said.values()) == sorted(voices)
