"""The voice, with the real espeak-ng."""

import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import IO, Any

import numpy
import pytest
import soundfile

from voicejournal.edges.shaping import REMEMBERED_BYTES
from voicejournal.edges.voice import SPOKEN, SpokenVoice, clear_left_behind
from voicejournal.errors import VoiceError

ROOT = Path(__file__).parents[2]

needs_espeak = pytest.mark.skipif(shutil.which("espeak-ng") is None, reason="espeak-ng is not installed")

SENTENCES = """I am listening, and you can begin when you like.
Let your feet rest on the floor, and notice where they touch.
There is nothing that you need to do right now.
Look for one thing that is blue, and let your eyes rest there.
You can stop at any time, and nothing is lost.
Take a glass of water, and feel how cool it is.
Walk to the door, and feel the handle in your hand.
I kept your voice, and I will write it down soon.
Your entry is open again, and I am still listening to you.
Notice one sound that is near, and one that is far away.
It is quiet now, and you may stay here as long as you like.
Everything that you said is kept on this computer.""".splitlines()

KOREAN = "천천히 하세요. 여기에 있을게요."


def run_alone(
    text: str, *flags: str, cwd: Path | None = None, **variables: str
) -> "subprocess.CompletedProcess[str]":
    """A process of its own: the engine is begun once in each. Ours before what closes the network (`offline`)."""
    ours = os.pathsep.join((str(ROOT), os.environ["PYTHONPATH"]))
    return subprocess.run(
        [sys.executable, *flags, "-c", text],
        env={**os.environ, "PYTHONPATH": ours, **variables},
        cwd=cwd,
        capture_output=True,
        text=True,
        timeout=60,
    )


def samples(pcm: bytes) -> Any:
    return numpy.frombuffer(pcm, "<i2") / 32768


def dbfs(sound: Any) -> float:
    return float(20 * numpy.log10(numpy.sqrt(numpy.mean(sound**2)) + 1e-9))


@pytest.fixture(scope="module")
def voice() -> SpokenVoice:
    if shutil.which("espeak-ng") is None:
        pytest.skip("espeak-ng is not installed")
    return SpokenVoice("en")


def test_pace(voice: SpokenVoice) -> None:
    seconds = [len(voice.render(sentence, 1.0)) / 96_000 for sentence in SENTENCES]
    words = [len(sentence.split()) for sentence in SENTENCES]
    pace = 60 * sum(words) / sum(seconds)
    print(f"{pace:.0f} words a minute")
    assert 140 <= pace <= 175, "these words are shorter than most"
    assert all(120 < 60 * count / took < 215 for count, took in zip(words, seconds, strict=True))


@pytest.mark.parametrize("rate", [0.8, 1.3])
def test_rate_scales_the_pace(voice: SpokenVoice, rate: float) -> None:
    normal = len(voice.render(SENTENCES[1], 1.0))
    assert normal / len(voice.render(SENTENCES[1], rate)) == pytest.approx(rate, rel=0.04)


def test_every_sentence_is_trimmed_and_equally_loud(voice: SpokenVoice) -> None:
    for sentence in SENTENCES:
        sound = samples(voice.render(sentence, 1.0))
        assert dbfs(sound[480:1440]) > -56, "it begins at once, under the fade"
        assert dbfs(sound[-1440:-480]) > -56, "and ends at once"
        assert -25 < dbfs(sound) <= -22.9
        assert numpy.abs(sound).max() <= 10 ** (-3 / 20) + 1e-3
        assert abs(sound[0]) < 0.001
        assert abs(sound[-1]) < 0.001, "without a click"


def test_the_same_words_are_the_same_bytes_and_cost_nothing(voice: SpokenVoice) -> None:
    first = voice.render("I am still writing it down.", 1.0)
    assert voice.render("I am still writing it down.", 1.0) is first
    assert voice.render("I am still writing it down.", 0.9) != first


@needs_espeak
def test_what_is_remembered_is_bounded() -> None:
    voice = SpokenVoice("en")
    for number in range(50):
        voice.render(f"{SENTENCES[number % 12]} {SENTENCES[number % 5]} {number}", 1.0)
    assert 0.9 * REMEMBERED_BYTES < voice._remembered.bytes <= REMEMBERED_BYTES


@pytest.mark.parametrize("words", ["", "  \n", "\x00", "\ud800"])
def test_nothing_to_say_is_no_sound(voice: SpokenVoice, words: str) -> None:
    assert voice.render(words, 1.0) == b""


def test_odd_text_is_said_as_far_as_it_can_be(voice: SpokenVoice) -> None:
    assert len(voice.render("one\x00two", 1.0)) > len(voice.render("one", 1.0)), "a zero byte ends nothing"
    for words in ("<break time='9s'/>", "[[fly]]", "♥", "안녕", "a" * 2000):
        assert len(voice.render(words, 1.0)) < 96_000 * 300


@needs_espeak
def test_no_sentence_is_ever_cut_and_languages_take_turns() -> None:
    """pyttsx3 can lose a speed or cancel a sentence (`_settle` says how); new voices remember nothing."""
    lengths: dict[tuple[str, float], list[int]] = {}
    for _ in range(12):
        for language, words in (("en", SENTENCES[0]), ("ko", KOREAN)):
            for rate in (0.8, 1.0, 1.3):
                length = len(SpokenVoice(language).render(words, rate))
                lengths.setdefault((language, rate), []).append(length)
    for (language, rate), several in lengths.items():
        assert max(several) < 1.03 * min(several), (language, rate, several)
        assert several[0] * rate == pytest.approx(lengths[language, 1.0][0], rel=0.05)


@needs_espeak
def test_nothing_is_printed_and_nothing_is_left_on_disk(tmp_path: Path) -> None:
    """A new process, because the first words of an engine's life are its trap."""
    text = f"""
import os
from voicejournal.edges.voice import SpokenVoice
voice = SpokenVoice("en")
assert len(voice.render({SENTENCES[0]!r}, 1.0)) > 96_000
print("done")
"""
    before = set(os.listdir("/dev/shm")) if Path("/dev/shm").exists() else set()
    done = run_alone(text, "-W", "error", cwd=tmp_path, TMPDIR=str(tmp_path))
    assert (done.returncode, done.stdout, done.stderr) == (0, "done\n", "")
    assert not list(tmp_path.rglob("*.wav"))
    assert not list(tmp_path.glob("voicejournal*"))
    if Path("/dev/shm").exists():
        assert not [one for one in set(os.listdir("/dev/shm")) - before if one.startswith("voicejournal")]


@needs_espeak
def test_what_is_read_aloud_never_lies_in_a_file(tmp_path: Path) -> None:
    """Not for a moment: whenever the program is killed, there is nothing to find. Python tells of every opening."""
    text = """
import os, sys
from voicejournal.edges.voice import SpokenVoice
voice = SpokenVoice("en")
voice.render("First.", 1.0)
written = []
def watch(event, details):
    is_new = event == "open" and details[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
    if is_new or event in ("os.mkdir", "os.rename"):
        written.append((event, details))
sys.addaudithook(watch)
open(os.devnull, "w").close()
assert len(written) == 1, "it is really watched"
for number in range(3):
    assert voice.render(f"My sister called me {number} times today.", 1.0)
print(written[1:])
"""
    done = run_alone(text, TMPDIR=str(tmp_path))
    assert (done.returncode, done.stdout, done.stderr) == (0, "[]\n", "")


def test_what_a_killed_program_left_behind_is_taken_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the system's voice can only write files: macOS and Windows."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    left, fresh, others = tmp_path / f"{SPOKEN}old", tmp_path / f"{SPOKEN}new", tmp_path / "voicejournal-else"
    for folder in (left, fresh, others):
        folder.mkdir()
        (folder / "spoken.aiff").write_bytes(b"an entry")
    (tmp_path / f"{SPOKEN}link").symlink_to(others)
    for folder in (left, others):
        os.utime(folder, (time.time() - 3600,) * 2)
    clear_left_behind()
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([fresh.name, others.name, f"{SPOKEN}link"])
    assert (others / "spoken.aiff").exists()


@needs_espeak
def test_a_voice_that_writes_files_takes_each_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    samples, hertz = SpokenVoice("en")._by_a_file(SENTENCES[0], 1.0)
    assert len(samples) > hertz and not list(tmp_path.iterdir())


@needs_espeak
def test_a_language_without_a_voice_is_told() -> None:
    with pytest.raises(VoiceError, match="voice_language_missing"):
        SpokenVoice("xx")


@needs_espeak
def test_korean_has_its_own_pace() -> None:
    sound = SpokenVoice("ko").render(KOREAN, 1.0)
    syllables = len(re.findall("[가-힣]", KOREAN))
    assert 180 < 60 * syllables / (len(sound) / 96_000) < 290


class OnceSilent(SpokenVoice):
    """Its engine gives a sound with nothing in it, the first time."""

    was_silent = False

    def _save(self, words: str, rate: float, sound: str | IO[bytes]) -> None:
        if self.was_silent:
            super()._save(words, rate, sound)
        else:
            soundfile.write(sound, numpy.zeros(0), 22_050, format="WAV")
        self.was_silent = True


@needs_espeak
def test_a_sentence_that_came_out_silent_is_rendered_again() -> None:
    whole = len(SpokenVoice("en").render(SENTENCES[0], 1.0))
    assert len(OnceSilent("en").render(SENTENCES[0], 1.0)) == pytest.approx(whole, rel=0.03)


def test_without_espeak_there_is_a_plain_error(tmp_path: Path) -> None:
    """Libraries that can't be loaded stand for libraries that are not there."""
    for name in ("libespeak-ng.so.1", "libespeak.so.1"):
        (tmp_path / name).write_bytes(b"not a library")
    text = """
from voicejournal.edges.voice import SPOKEN, SpokenVoice, clear_left_behind
from voicejournal.errors import VoiceError
try:
    SpokenVoice("en")
except VoiceError as error:
    print(error.name)
"""
    done = run_alone(text, LD_LIBRARY_PATH=str(tmp_path))
    assert done.stdout == "voice_missing\n", done.stderr


@needs_espeak
def test_the_gap_between_words_is_for_english_only() -> None:
    """It belongs to the engine, of which there is one: who speaks next sets its own."""
    korean, english = SpokenVoice("ko"), SpokenVoice("en")
    before = korean.render(KOREAN, 1.0)
    assert english.render(SENTENCES[0], 1.0)
    assert len(SpokenVoice("ko").render(KOREAN, 1.0)) == pytest.approx(len(before), rel=0.03)
    assert SpokenVoice("en")._voice == "gmw/en-us+klatt4"


@needs_espeak
def test_the_first_sentence_has_its_own_speed() -> None:
    """The engine kept settings back until its first run, where one could be lost: it spoke too fast."""
    text = """
from voicejournal.edges.voice import _engine, _settle
engine, _ = _engine()
engine.setProperty("rate", 126)
_settle(engine)
print(engine.getProperty("rate"))
"""
    done = run_alone(text)
    assert (done.stdout, done.stderr) == ("126\n", "")


@needs_espeak
def test_an_engine_that_fails_at_its_first_run_is_told_of() -> None:
    text = """
from unittest import mock
import pyttsx3
from voicejournal.edges.voice import SpokenVoice
from voicejournal.errors import VoiceError
with mock.patch.object(pyttsx3.Engine, "runAndWait", side_effect=RuntimeError("asleep")):
    try:
        SpokenVoice("en")
    except VoiceError as error:
        print(error.name)
"""
    done = run_alone(text)
    assert done.stdout == "voice_silent\n", done.stderr


@needs_espeak
def test_threads_take_turns_with_the_one_engine(tmp_path: Path) -> None:
    """Begun by two threads at once, espeak-ng crashed; rendering at once, one took the other's file away."""
    text = f"""
import threading
from voicejournal.edges.voice import SpokenVoice
lengths = []
def speak(name):
    for number in range(5):
        lengths.append(len(SpokenVoice("en").render({SENTENCES[0]!r}, 1.0)))
threads = [threading.Thread(target=speak, args=(name,)) for name in "abc"]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
assert len(lengths) == 15 and max(lengths) < 1.03 * min(lengths), lengths
"""
    done = run_alone(text, "-W", "error")
    assert (done.returncode, done.stderr) == (0, "")
