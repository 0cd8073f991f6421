"""The second ear on real sound: which phrase it is like, and how much."""

from pathlib import Path

import numpy
import pytest
import soundfile
from spoken import speak

from voicejournal.edges.phrase_sounds import PhraseSounds
from voicejournal.errors import ModelError

PHRASES = ("goodbye", "undo", "redo", "finish my entry", "I wasn't done", "set a passphrase")


@pytest.fixture(scope="module")
def sounds() -> PhraseSounds:
    return PhraseSounds()


def said(folder: Path, words: str, voice: str = "en-us") -> bytes:
    samples, _ = soundfile.read(speak(folder / "said.wav", 0.3, words, 0.3, voice=voice), dtype="int16")
    return bytes(samples.tobytes())


@pytest.mark.parametrize("phrase", PHRASES)
def test_a_phrase_that_was_said_is_found_as_it_was_given(sounds: PhraseSounds, tmp_path: Path, phrase: str) -> None:
    found = sounds.nearest(said(tmp_path, phrase), PHRASES)
    assert found is not None and found.phrase == phrase and found.likeness > -0.1


def test_the_same_sound_gives_the_same_answer_whatever_was_heard_before(
    sounds: PhraseSounds, tmp_path: Path
) -> None:
    first, loud = said(tmp_path, "goodbye"), said(tmp_path, "read it back to me", "en-gb")
    before = sounds.nearest(first, PHRASES)
    sounds.nearest(loud, PHRASES[:3])
    assert sounds.nearest(first, PHRASES) == before


def test_a_word_that_nobody_knows_keeps_its_phrase_from_being_found_and_no_other(
    sounds: PhraseSounds, tmp_path: Path
) -> None:
    sound = said(tmp_path, "undo")
    found = sounds.nearest(sound, ("qwzx", "그만", "undo"))
    assert found is not None and found.phrase == "undo"
    assert sounds.nearest(sound, ("qwzx", "그만")) is None


@pytest.mark.parametrize("phrase", ["", " ", "the(2) way", "my\u00a0way; <x>", "\ud800", "undo | redo", "[no]"])
def test_a_phrase_that_no_grammar_can_hold_breaks_nothing(
    sounds: PhraseSounds, tmp_path: Path, phrase: str
) -> None:
    found = sounds.nearest(said(tmp_path, "undo"), (phrase, "undo", "set  a  passphrase"))
    assert found is not None and found.phrase == "undo"


@pytest.mark.parametrize("samples", [0, 1, 1599])
def test_what_is_too_short_for_a_word_is_none(sounds: PhraseSounds, samples: int) -> None:
    assert sounds.nearest(numpy.zeros(samples, "<i2").tobytes(), PHRASES) is None


@pytest.mark.parametrize("samples", [1600, 16_000])
def test_silence_is_like_nothing_much(sounds: PhraseSounds, samples: int) -> None:
    found = sounds.nearest(numpy.zeros(samples, "<i2").tobytes(), PHRASES)
    assert found is None or found.likeness < -0.3


def test_what_the_library_can_not_do_is_told_without_a_phrase() -> None:
    broken = PhraseSounds()
    with pytest.raises(ModelError) as told:
        broken.nearest("no sound" * 500, PHRASES)  # type: ignore[arg-type]
    assert told.value.details == {"kind": "TypeError"}
