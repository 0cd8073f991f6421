"""Row: what it would bring to listen a second time, by Whisper, to what was written down already.

In: the evaluation's speech, in blocks as an entry is decoded in, by a beam of 1 and of 5; the Korean sentence, by
Vosk. Out: word errors, what they cost, and what a second listener would propose. Touches: faster-whisper, Vosk.
The first listener stands for a live one: Vosk's English model is not at hand.
"""

import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

import numpy

from bench import bare, sounds
from bench.figures import Figure, unmeasured
from bench.sounds import EVALUATION, HERTZ, Samples, Utterance
from bench.wording import Errors, errors, plain, pooled
from voicejournal.edges.places import models_directory
from voicejournal.edges.whisper import THREADS
from voicejournal.edges.whisper_window import FIXED
from voicejournal.hearing.joining import BLOCK_SECONDS

ROW = "second"

FIRST, SECOND = 1, 5
"""Beams: the cheapest, and the one that is in use."""

AROUND_SECONDS = 0.5
"""Of silence on each side of a stretch, as in an entry."""

QUICK_EVERY = 4

KOREAN = "그는 이리저리 피하면서 길 한 옆으로 걸어갔다"
"""What is said in `other_languages/ko.flac`."""


@dataclass(frozen=True)
class Listened:
    """All blocks, by one beam."""

    texts: tuple[str, ...]
    cpu_seconds: float


@dataclass
class Proposals:
    """Places where the second listener has other words than the first."""

    better: int = 0
    worse: int = 0
    neither: int = 0
    """As many errors either way."""


def measure(is_quick: bool) -> list[Figure]:
    blocks = list(_blocks())[:: QUICK_EVERY if is_quick else 1]
    said = [[one.transcript for one in block] for block in blocks]
    joined = [_joined(block) for block in blocks]
    minutes = sum(map(len, joined)) / HERTZ / 60
    first, second = _listened(joined, FIRST), _listened(joined, SECOND)
    by_first, by_second = _errors(said, first), _errors(said, second)
    found = _proposed(said, first.texts, second.texts)
    count = found.better + found.worse + found.neither
    each = 100 * count / by_first.words
    return [
        _told(f"word errors over {by_first.words} words, beam {FIRST}", f"{by_first.percent:.1f} %"),
        _told(f"word errors over {by_second.words} words, beam {SECOND}", f"{by_second.percent:.1f} %"),
        _told(f"processor seconds a minute of speech, beam {FIRST}", f"{first.cpu_seconds / minutes:.1f}"),
        _told(f"processor seconds a minute of speech, beam {SECOND}", f"{second.cpu_seconds / minutes:.1f}"),
        _told("places that would be asked about, of 100 words", f"{each:.1f}"),
        _told(
            f"of those {count}: second better, worse, as wrong", f"{found.better}, {found.worse}, {found.neither}"
        ),
        *_korean(),
    ]


def _told(what: str, measured: str) -> Figure:
    return Figure(ROW, what, measured, "–", None)


def _blocks() -> Iterator[list[Utterance]]:
    """Utterances of one speaker, as many as an entry's blocks hold."""
    for said in sounds.by_speaker().values():
        block: list[Utterance] = []
        for one in said:
            if block and _seconds([*block, one]) > BLOCK_SECONDS:
                yield block
                block = []
            block.append(one)
        yield block


def _seconds(block: Sequence[Utterance]) -> float:
    return sum(len(one.samples) / HERTZ + 2 * AROUND_SECONDS for one in block)


def _joined(block: Sequence[Utterance]) -> Samples:
    around = sounds.silence(AROUND_SECONDS)
    return numpy.concatenate([part for one in block for part in (around, one.samples, around)])


def _listened(joined: Sequence[Samples], beam: int) -> Listened:
    from faster_whisper import WhisperModel

    folder = str(bare.model_of("whisper"))
    model = WhisperModel(folder, device="cpu", compute_type="int8", cpu_threads=THREADS, local_files_only=True)
    began, texts = time.process_time(), []
    for samples in joined:
        segments, _ = model.transcribe(samples.astype("float32"), language="en", **(FIXED | {"beam_size": beam}))
        texts.append(" ".join(segment.text.strip() for segment in segments))
    return Listened(tuple(texts), time.process_time() - began)


def _errors(said: Sequence[Sequence[str]], listened: Listened) -> Errors:
    return pooled([errors(one, text) for one, text in zip(said, listened.texts, strict=True)])


def _proposed(said: Sequence[Sequence[str]], first: Sequence[str], second: Sequence[str]) -> Proposals:
    """Each place is put right by itself, all others left as the first listener has them."""
    found = Proposals()
    for transcripts, one, other in zip(said, first, second, strict=True):
        words, others = plain(one).split(), plain(other).split()
        before = errors(transcripts, " ".join(words)).errors
        for kind, a, b, c, d in SequenceMatcher(None, words, others, autojunk=False).get_opcodes():
            if kind != "equal":
                after = errors(transcripts, " ".join([*words[:a], *others[c:d], *words[b:]])).errors
                found.better += after < before
                found.worse += after > before
                found.neither += after == before
    return found


def _korean() -> Iterator[Figure]:
    """Live Vosk on the one Korean sentence that there is; Whisper's English model has no second opinion on it."""
    sound = EVALUATION / "other_languages" / "ko.flac"
    if not (models_directory() / bare.MODELS["vosk"]).is_dir() or not sound.is_file():
        yield unmeasured(ROW, "Korean Vosk", "no model, or no recording")
        return
    samples = sounds.read(sound)
    with tempfile.TemporaryDirectory() as folder:
        spoken = sounds.Joined((), ((0, len(samples)),), samples)
        (heard,), _ = bare.decode(spoken, sound, (0.0, 0.0), Path(folder), "vosk")
    words = errors([KOREAN], heard)
    syllables = errors([_syllables(KOREAN)], _syllables(heard))
    yield _told(f"Korean Vosk, word errors of {words.words}, one sentence: {heard}", f"{words.percent:.0f} %")
    yield _told(
        f"Korean Vosk, syllable errors of {syllables.words}, whatever the spaces", f"{syllables.percent:.0f} %"
    )


def _syllables(text: str) -> str:
    """Each as a word of its own."""
    return " ".join(plain(text).replace(" ", ""))
