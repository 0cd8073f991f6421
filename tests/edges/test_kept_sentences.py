"""What our own voice has said is kept for the next time; what a person said never is."""

import hashlib
from pathlib import Path

import pytest

from voicejournal.edges.kept_sentences import KeptSentences
from voicejournal.languages import language_of
from voicejournal.speaking.playback import Render
from voicejournal.voicing import kept_sentences

OURS = ("This is about water.", "You can stop any time.")


class Engine:
    """A voice that tells how often it was loaded, and what it had to say."""

    def __init__(self) -> None:
        self.loads = 0
        self.said: list[str] = []

    def load(self) -> Render:
        self.loads += 1
        return self.render

    def render(self, words: str, rate: float) -> bytes:
        self.said.append(words)
        return f"{words} {rate}".encode()


@pytest.fixture
def voice(tmp_path: Path) -> Path:
    folder = tmp_path / "voice-en"
    folder.mkdir()
    (folder / "sums.json").write_text('{"files": {}}')
    return folder


@pytest.fixture
def engine() -> Engine:
    return Engine()


def kept(voice: Path, engine: Engine) -> KeptSentences:
    """As a new run finds it."""
    return KeptSentences(voice, engine.load, lambda: OURS)


def files(voice: Path) -> list[Path]:
    return [path for path in voice.parent.rglob("*") if path.is_file() and path.name != "sums.json"]


def test_what_was_said_once_needs_no_voice_the_next_time(voice: Path, engine: Engine) -> None:
    first = kept(voice, engine).render(OURS[0], 1.0)
    assert (engine.loads, engine.said) == (1, [OURS[0]])
    assert kept(voice, engine).render(OURS[0], 1.0) == first
    assert engine.loads == 1
    assert kept(voice, engine).render(OURS[0], 0.9) != first, "another rate is another sound"


def test_nothing_but_our_own_sentences_reaches_the_disk(voice: Path, engine: Engine) -> None:
    run = kept(voice, engine)
    for words in ("I dreamt of a train.", "", "You can stop any time. I dreamt.", "You can stop"):
        assert run.render(words, 1.0)
    assert not files(voice)
    run.render(OURS[1], 1.0)
    assert len(files(voice)) == 1 and engine.loads == 1
    assert not list(voice.iterdir())[1:], "the voice's own folder stays as it was installed"


def test_a_damaged_file_is_said_anew(voice: Path, engine: Engine) -> None:
    sound = kept(voice, engine).render(OURS[0], 1.0)
    (file,) = files(voice)
    for damage in (b"", file.read_bytes()[:-1], hashlib.sha256(b"").digest() + sound):
        file.write_bytes(damage)
        assert kept(voice, engine).render(OURS[0], 1.0) == sound
    assert kept(voice, engine).render(OURS[0], 1.0) == sound and len(engine.said) == 4


def test_another_voice_says_it_itself_and_what_the_older_one_said_goes(voice: Path, engine: Engine) -> None:
    for words in OURS:
        kept(voice, engine).render(words, 1.0)
    (voice / "sums.json").write_text('{"files": {"other": "sum"}}')
    kept(voice, engine).render(OURS[0], 1.0)
    assert engine.said == [*OURS, OURS[0]] and len(files(voice)) == 1


def test_a_place_that_takes_nothing_costs_nothing_but_time(voice: Path, engine: Engine) -> None:
    (voice.parent / "voice-en-kept").write_text("a file where the folder should be")
    run = kept(voice, engine)
    assert run.render(OURS[0], 1.0) == run.render(OURS[0], 1.0) == f"{OURS[0]} 1.0".encode()


@pytest.mark.parametrize("code", ["en", "ko"])
def test_the_first_sentences_of_our_scripts_are_among_them(code: str) -> None:
    ours = kept_sentences(language_of(code))
    assert "" not in ours and 9 <= len(ours) <= 36, "each is a third of a megabyte"
    assert not any("{" in words for words in ours)
