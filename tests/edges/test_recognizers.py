"""One contract for every recogniser: the scripted one, and both real ones on real sound."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import numpy
import pytest
import soundfile
from spoken import EVALUATION, MODELS, needs_evaluation, needs_model, speak

from voicejournal.edges.phrase_sounds import PhraseSounds, Sounds
from voicejournal.edges.vosk import vosk_recognizer
from voicejournal.edges.whisper import SecondEar, whisper_recognizer
from voicejournal.errors import ModelError
from voicejournal.hearing.awaiting import Awaited
from voicejournal.hearing.frames import HEARD_FRAME_BYTES, HEARD_HERTZ, SILENT_HEARD_FRAME, heard_seconds
from voicejournal.hearing.recognizing import Recognized, Recognizer
from voicejournal.hearing.spelling import letters
from voicejournal.hearing.transcripts import Transcript
from voicejournal.replaying import Said, ScriptedMicrophone, ScriptedRecognizer

WHISPER, VOSK = MODELS / "whisper-en", MODELS / "vosk-ko"
HAS_WHISPER, HAS_VOSK = needs_model("whisper-en"), needs_model("vosk-ko")
REAL = [pytest.param("whisper", marks=HAS_WHISPER), pytest.param("vosk", marks=HAS_VOSK)]

KOREAN = "그 는 디비전 이 피 하면서 기흥 옆으로 걸어갔 다"
"""What the bare engine hears in ko.flac (../shared/evaluation/other_languages/README.md)."""


@dataclass(frozen=True)
class Subject:
    """One recogniser, and sound that it finds words in."""

    fresh: Callable[[], Recognizer]
    loaded: Recognizer
    sound: bytes
    other: bytes
    transcript: Transcript
    """Of `sound`, given frame by frame."""


def pcm_of(path: Path) -> bytes:
    samples, hertz = soundfile.read(path, dtype="int16")
    assert hertz == HEARD_HERTZ
    return bytes(samples.tobytes())


def read(path: Path, voice: str, words: str) -> bytes:
    """The words by espeak-ng, with a little silence around them."""
    return pcm_of(speak(path, 0.3, words, 0.1, voice=voice))


def scripted_sound(lines: Sequence[Said], number: int) -> bytes:
    """The frames of one of the lines."""
    microphone = ScriptedMicrophone(lines)
    frames = [frame for frame in iter(microphone.listen, None) if frame != SILENT_HEARD_FRAME]
    return b"".join(frame for frame in frames if frame[0] == number)


def begin(recognizer: Recognizer, pcm: bytes, piece_bytes: int = HEARD_FRAME_BYTES) -> int:
    ticket = recognizer.begin()
    for at in range(0, len(pcm), piece_bytes):
        recognizer.accept(ticket, pcm[at : at + piece_bytes])
    return ticket


def finals(recognizer: Recognizer) -> list[Recognized]:
    return [answer for answer in recognizer.poll(wait=True) if answer.transcript.is_final]


def transcript_of(
    recognizer: Recognizer, pcm: bytes, phrases: Sequence[str] = (), piece_bytes: int = HEARD_FRAME_BYTES
) -> Transcript:
    ticket = begin(recognizer, pcm, piece_bytes)
    recognizer.finish(ticket, Awaited(tuple(phrases)))
    (answer,) = finals(recognizer)
    assert answer.ticket == ticket
    return answer.transcript


@pytest.fixture(scope="module")
def whisper() -> Iterator[Recognizer]:
    if not WHISPER.is_dir():
        pytest.skip("the model whisper-en is not installed: voicejournal models install en")
    recognizer = whisper_recognizer(WHISPER, "en", PhraseSounds)
    yield recognizer
    recognizer.close()


@pytest.fixture(scope="module")
def vosk() -> Iterator[Recognizer]:
    if not VOSK.is_dir():
        pytest.skip("the model vosk-ko is not installed: voicejournal models install ko")
    recognizer = vosk_recognizer(VOSK, is_proven=True)
    yield recognizer
    recognizer.close()


@pytest.fixture(scope="module", params=["scripted", "whisper", "vosk"])
def subject(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Subject:
    folder = tmp_path_factory.mktemp("sound")
    fresh: Callable[[], Recognizer]
    match request.param:
        case "scripted":
            lines = [Said(("the", "rain", "came")), Said(("and", "went"))]
            fresh = lambda: ScriptedRecognizer(lines)  # noqa: E731
            loaded: Recognizer = fresh()
            sound, other = scripted_sound(lines, 1), scripted_sound(lines, 2)
        case "whisper":
            fresh = lambda: whisper_recognizer(WHISPER, "en", PhraseSounds)  # noqa: E731
            loaded = request.getfixturevalue("whisper")
            sound = read(folder / "a.wav", "en-us", "I walked along the river this morning.")
            other = read(folder / "b.wav", "en-us", "My sister called me in the evening.")
        case _:
            fresh = lambda: vosk_recognizer(VOSK, is_proven=True)  # noqa: E731
            loaded = request.getfixturevalue("vosk")
            sound = read(folder / "a.wav", "ko", "도와줘")
            other = read(folder / "b.wav", "ko", "잠을 못 잤어요")
    return Subject(fresh, loaded, sound, other, transcript_of(loaded, sound))


def test_each_finished_stretch_has_one_final_in_the_order_of_finishing(subject: Subject) -> None:
    """And stretches in hand at the same time do not mix."""
    recognizer = subject.loaded
    sounds = {recognizer.begin(): pcm for pcm in (subject.sound, subject.other, subject.sound)}
    for at in range(0, max(map(len, sounds.values())), HEARD_FRAME_BYTES):
        for ticket, pcm in sounds.items():
            recognizer.accept(ticket, pcm[at : at + HEARD_FRAME_BYTES])
    first, second, third = sounds
    for ticket in (third, first, second):
        recognizer.finish(ticket)
    assert recognizer.pending() == 3
    answers = finals(recognizer)
    assert [answer.ticket for answer in answers] == [third, first, second]
    assert [answer.transcript == subject.transcript for answer in answers] == [True, True, False]
    assert subject.transcript.text and answers[2].transcript.text
    assert recognizer.pending() == 0
    assert not recognizer.poll(wait=True)


def test_an_abandoned_stretch_has_no_final(subject: Subject) -> None:
    recognizer = subject.loaded
    unfinished, finished, kept = (begin(recognizer, subject.sound) for _ in range(3))
    recognizer.finish(finished)
    recognizer.abandon(unfinished)
    recognizer.abandon(finished)
    recognizer.finish(kept)
    assert recognizer.pending() == 1
    assert [answer.ticket for answer in finals(recognizer)] == [kept]
    assert recognizer.pending() == 0


@pytest.mark.parametrize("piece_bytes", [2 * 37, 1_000_000])
def test_the_same_sound_in_other_pieces_gives_the_same_words(subject: Subject, piece_bytes: int) -> None:
    assert transcript_of(subject.loaded, subject.sound, piece_bytes=piece_bytes) == subject.transcript


def test_words_have_their_places_in_the_stretch(subject: Subject) -> None:
    words = subject.transcript.words
    assert subject.transcript.text == " ".join(word.text for word in words)
    starts = [word.start_seconds for word in words]
    assert starts == sorted(starts)
    assert 0 <= starts[0] < words[-1].end_seconds <= heard_seconds(subject.sound) + 0.1


def test_what_is_accepted_before_the_model_has_loaded_is_kept(subject: Subject) -> None:
    recognizer = subject.fresh()
    start = time.monotonic()
    ticket = begin(recognizer, subject.sound)
    recognizer.finish(ticket)
    recognizer.poll()
    assert time.monotonic() - start < 0.25, "waited for the model, which takes half a second at least"
    recognizer.close()

    recognizer = subject.fresh()
    assert transcript_of(recognizer, subject.sound) == subject.transcript
    recognizer.close()


def test_no_sound_is_no_words(subject: Subject) -> None:
    assert transcript_of(subject.loaded, b"") == Transcript("")


def test_closing_while_loading_ends_the_thread(subject: Subject) -> None:
    before = set(threading.enumerate())
    recognizer = subject.fresh()
    recognizer.finish(begin(recognizer, subject.sound))
    time.sleep(0.3)
    recognizer.close()
    assert set(threading.enumerate()) <= before


CLOSED_EARLY = """
import sys, time
from pathlib import Path
from voicejournal.edges.{0} import {1} as Real
recognizer = Real(Path({2!r}), {3!r})
ticket = recognizer.begin()
recognizer.accept(ticket, bytes(range(256)) * 2000)
recognizer.finish(ticket)
time.sleep({4})
recognizer.close()
"""


@pytest.mark.parametrize("name", REAL)
@pytest.mark.parametrize("seconds", [0.4, 1.2])
def test_the_program_ends_well_whatever_the_thread_is_at(name: str, seconds: float) -> None:
    what = ("whisper_recognizer", str(WHISPER), "en") if name == "whisper" else ("vosk_recognizer", str(VOSK), True)
    code = CLOSED_EARLY.format(name, *what, seconds)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")


def damaged(model: Path, into: Path, name: str, content: bytes | None) -> Path:
    """The model with one file replaced, or missing."""
    for path in model.rglob("*"):
        if path.is_file() and path != model / name:
            copy = into / path.relative_to(model)
            copy.parent.mkdir(parents=True, exist_ok=True)
            os.link(path, copy) if path.stat().st_dev == into.stat().st_dev else copy.symlink_to(path)
    if content is not None:
        (into / name).parent.mkdir(parents=True, exist_ok=True)
        (into / name).write_bytes(content)
    return into


@pytest.mark.parametrize(
    ("name", "file", "content"),
    [
        pytest.param("whisper", "model.bin", b"", marks=HAS_WHISPER),
        pytest.param("whisper", "model.bin", b"\xff" * 4096, marks=HAS_WHISPER),
        pytest.param("whisper", "tokenizer.json", b"{", marks=HAS_WHISPER),
        pytest.param("whisper", "tokenizer.json", None, marks=HAS_WHISPER, id="would be fetched"),
        pytest.param("vosk", "am/final.mdl", b"", marks=HAS_VOSK),
        pytest.param("vosk", "graph/disambig_tid.int", b"", marks=HAS_VOSK, id="crashes in C++"),
        pytest.param("vosk", "ivector/splice.conf", b"", marks=HAS_VOSK, id="aborts in C++"),
        pytest.param("vosk", "graph/HCLr.fst", b"", marks=HAS_VOSK, id="fails at the first sound"),
    ],
)
def test_a_damaged_model_is_told_at_every_poll(tmp_path: Path, name: str, file: str, content: bytes | None) -> None:
    model = damaged(WHISPER if name == "whisper" else VOSK, tmp_path / "model", file, content)
    recognizer: Recognizer = whisper_recognizer(model, "en") if name == "whisper" else vosk_recognizer(model)
    ticket = begin(recognizer, b"\0\0" * 32000)
    recognizer.finish(ticket)
    for _ in range(2):
        with pytest.raises(ModelError) as told:
            recognizer.poll(wait=True)
        assert told.value.name == "model_broken"
    recognizer.close()


@needs_evaluation
@pytest.mark.parametrize("padding_seconds", [None, pytest.param(0.5, marks=pytest.mark.slow)])
def test_vosk_hears_what_the_bare_engine_hears(vosk: Recognizer, padding_seconds: float | None) -> None:
    pcm = pcm_of(EVALUATION / "other_languages" / "ko.flac")
    if padding_seconds is not None:
        first, last = (round(at * HEARD_HERTZ) for at in (0.64 - padding_seconds, 3.5 + padding_seconds))
        pcm = pcm[2 * first : 2 * last]
    transcript = transcript_of(vosk, pcm)
    assert (transcript.text, transcript.is_doubtful) == (KOREAN, False)


@needs_evaluation
def test_vosk_joins_its_finals_and_counts_from_the_first_sample(vosk: Recognizer) -> None:
    once = pcm_of(EVALUATION / "other_languages" / "ko.flac")
    pause = bytes(2 * HEARD_HERTZ * 2)
    ticket = begin(vosk, once + pause + once)
    vosk.finish(ticket)
    (answer,) = finals(vosk)
    words = answer.transcript.words
    assert answer.transcript.text.count("걸어갔 다") == 2
    starts = [word.start_seconds for word in words if word.text == "걸어갔"]
    assert starts[1] - starts[0] == pytest.approx(heard_seconds(once + pause), abs=0.1)


@needs_evaluation
def test_vosk_shows_words_while_they_are_spoken(vosk: Recognizer) -> None:
    pcm = pcm_of(EVALUATION / "other_languages" / "ko.flac")
    vosk.finish(begin(vosk, pcm[:6400]))
    finals(vosk)  # so the model has loaded, however busy the machine
    ticket = vosk.begin()
    shown: list[str] = []
    for at in range(0, len(pcm), 25600):
        vosk.accept(ticket, pcm[at : at + 25600])
        deadline = time.monotonic() + 2
        while time.monotonic() < deadline and not (answers := vosk.poll()):
            time.sleep(0.01)
        shown += [answer.transcript.text for answer in answers if not answer.transcript.is_final]
    vosk.finish(ticket)
    (answer,) = finals(vosk)
    assert len(shown) >= 3 and len(set(shown)) == len(shown)
    assert answer.transcript.text.startswith(shown[-1].split()[0])


@needs_evaluation
@pytest.mark.parametrize("language", ["de", pytest.param("it", marks=pytest.mark.slow)])
def test_vosk_doubts_another_language(vosk: Recognizer, language: str) -> None:
    assert transcript_of(vosk, pcm_of(EVALUATION / "other_languages" / f"{language}.flac")).is_doubtful


@needs_evaluation
@pytest.mark.parametrize("language", ["de", "es", "fr", "it", "ko"])
def test_whisper_doubts_another_language(whisper: Recognizer, language: str) -> None:
    assert transcript_of(whisper, pcm_of(EVALUATION / "other_languages" / f"{language}.flac")).is_doubtful


@needs_evaluation
def test_whisper_trusts_a_clear_voice(whisper: Recognizer) -> None:
    transcript = transcript_of(whisper, pcm_of(EVALUATION / "speech" / "ljspeech_LJ001-0002.flac"))
    assert letters(transcript.text) == "inbeingcomparativelymodern" and not transcript.is_doubtful


@pytest.mark.parametrize("seconds", [0.5, 8.0])
def test_whisper_makes_no_words_of_hiss(whisper: Recognizer, seconds: float) -> None:
    hiss = numpy.random.default_rng(0).normal(0, 300, round(seconds * HEARD_HERTZ)).astype("<i2")
    transcript = transcript_of(whisper, hiss.tobytes())
    assert transcript.text == "" or transcript.is_doubtful


def test_phrases_are_hints_for_short_stretches(whisper: Recognizer, tmp_path: Path) -> None:
    phrases = ("finish my entry", "more time", "scratch that", "help me now")
    for said in ("finish my entry", "scratch that", "I stopped", "more tea"):
        heard = transcript_of(whisper, read(tmp_path / "said.wav", "en-us", said), phrases)
        assert letters(heard.text) == letters(said)


def test_labels_are_hints_for_entries(whisper: Recognizer, tmp_path: Path) -> None:
    for said in ("Dream. I was on a train.", "Mood. I felt heavy this morning."):
        transcript = transcript_of(
            whisper, read(tmp_path / "said.wav", "en-us", said), ("dream", "mood", "experiment")
        )
        assert letters(transcript.words[0].text) == letters(said.split()[0])


def test_a_stretch_longer_than_a_window_is_heard_to_its_end(whisper: Recognizer, tmp_path: Path) -> None:
    sentence = read(tmp_path / "a.wav", "en-us", "I walked along the river this morning.")
    filler = bytes(2 * HEARD_HERTZ * 29 - len(sentence))
    transcript = transcript_of(whisper, sentence + filler + sentence)
    assert letters(transcript.text).count("river") == 2
    assert transcript.words[-1].start_seconds > 29


def judged(recognizer: Recognizer, path: Path, words: str, phrases: Sequence[str]) -> Transcript:
    ticket = begin(recognizer, read(path, "en-us", words))
    recognizer.finish(ticket, Awaited(tuple(phrases), effort="brief"))
    (answer,) = finals(recognizer)
    return answer.transcript


@pytest.mark.parametrize("over", [0.01, 0.3])
def test_what_is_left_over_behind_a_window_is_heard_with_it(whisper: Recognizer, over: float) -> None:
    noise = numpy.random.default_rng(7).normal(0, 300, round((28 + over) * HEARD_HERTZ)).astype("<i2")
    assert transcript_of(whisper, noise.tobytes()).text == ""


def test_what_hints_alone_have_made_is_told_from_what_is_heard_anyhow(whisper: Recognizer, tmp_path: Path) -> None:
    phrases = ("undo", "check the words")
    bent = judged(whisper, tmp_path / "a.wav", "undone", phrases)
    assert letters(bent.text) == "undo"
    assert bent.unhinted is not None and letters(bent.unhinted.text) != "undo" and bent.unhinted.lead < -1.5
    said = judged(whisper, tmp_path / "b.wav", "check the words", phrases)
    assert letters(said.text) == "checkthewords"
    assert said.unhinted is None or said.unhinted.lead > -1.5, "either way, as the processor rounds"
    content = judged(whisper, tmp_path / "c.wav", "I saw my aunt today", phrases)
    assert content.unhinted is None and content.nearest is None


@pytest.mark.parametrize(
    ("words", "obeyed", "again"),
    [
        ("undo", {"undo", "redo"}, "Undo."),
        ("thank you", {"undo", "redo"}, ""),
        ("undo", {"undo", "redo", "thankyou"}, ""),
        ("undo", {"redo"}, ""),
        ("undo", set(), ""),
    ],
)
def test_what_is_written_as_no_phrase_is_heard_again_at_other_rates(
    whisper: Recognizer, tmp_path: Path, words: str, obeyed: set[str], again: str
) -> None:
    """ "Thank you." is written for both, by this voice; what would be obeyed as it is written is heard once."""
    pcm = pcm_of(speak(tmp_path / "said.wav", 0.4, words, 0.6, voice="en-us+f1"))
    ticket = begin(whisper, pcm)
    whisper.finish(ticket, Awaited(("undo", "redo", "goodbye"), effort="brief", obeyed=frozenset(obeyed)))
    (answer,) = finals(whisper)
    assert letters(answer.transcript.text) == "thankyou" and answer.transcript.again == again


def test_what_is_not_found_slower_is_looked_for_faster(whisper: Recognizer, tmp_path: Path) -> None:
    """ "Next. Next." is written as it is, and slower."""
    phrases = ("undo", "redo", "help", "ground me", "next", "slower", "change")
    pcm = pcm_of(speak(tmp_path / "said.wav", 0.4, "next", 0.6, voice="en-gb-x-gbclan"))
    ticket = begin(whisper, pcm)
    whisper.finish(ticket, Awaited(phrases, effort="brief", obeyed=frozenset(map(letters, phrases))))
    (answer,) = finals(whisper)
    assert letters(answer.transcript.text) == "nextnext" and answer.transcript.again == "Next."


class Broken:
    """A second ear that can be loaded, and hears nothing."""

    def nearest(self, pcm: bytes, phrases: Sequence[str]) -> Sounds | None:
        raise ModelError("second_ear_broken", kind="RuntimeError")


def unloadable() -> SecondEar:
    raise ModelError("second_ear_broken", kind="ImportError")


@HAS_WHISPER
@pytest.mark.parametrize("load_ear", [Broken, unloadable])
def test_where_the_second_ear_fails_the_first_hears_on(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, load_ear: Callable[[], SecondEar]
) -> None:
    with closing(whisper_recognizer(WHISPER, "en", load_ear)) as alone:
        for name in ("a.wav", "b.wav"):
            heard = judged(alone, tmp_path / name, "I saw my aunt today", ("undo", "goodbye"))
            assert "isawmy" in letters(heard.text) and heard.sounded is None
    (told,) = caplog.messages
    assert "second_ear_broken" in told and "undo" not in told
