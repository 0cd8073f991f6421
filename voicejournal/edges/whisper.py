"""Whisper: words from whole stretches, in windows of half a minute.

In: stretches of voice. Out: their transcripts. Touches: faster-whisper, the model's folder; never the network.
The same sound gives the same words, whatever was heard before.
"""

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Protocol

from voicejournal.edges.phrase_sounds import Sounds
from voicejournal.edges.resampling import Samples, at_rate
from voicejournal.edges.whisper_brief import Brief
from voicejournal.edges.whisper_window import as_sentence, decoded, transcript_of
from voicejournal.edges.worker import Worker
from voicejournal.errors import ModelError
from voicejournal.hearing.awaiting import Awaited
from voicejournal.hearing.frames import FULL_SCALE, HEARD_HERTZ
from voicejournal.hearing.recognizing import Recognizer
from voicejournal.hearing.spelling import alike, letters
from voicejournal.hearing.transcripts import NOTHING_HEARD, Sounded, Transcript, Unhinted

log = logging.getLogger(__name__)

THREADS = 1
"""A second one waits by spinning: 19.5 CPU seconds against 18.3 for four speakers. A full window takes 1.4 s in
place of 1.0, and leaves the other core to what must not wait, the sound."""

WINDOW_SAMPLES = 28 * HEARD_HERTZ
"""Whisper hears 30 s at once. Callers join stretches up to this length, so nothing is cut but what is longer."""

TAIL_SAMPLES = HEARD_HERTZ
"""What is left over belongs to the window before: of 0.1 to 0.5 s of hiss Whisper made words ("Okay."), and of
0.01 s faster-whisper 1.2.1 can't tell the times."""

RATES = (0.85, 1.12)
"""At which a brief stretch that is written as no phrase is heard again: lower and slower, then higher and faster.
Of 71 commands and answers by 39 voices that were missed 26 are found so. With 0.9 in place of 0.85 it is 23; with
0.8 it is 25, and of 1,857 stretches that were none one more is obeyed (docs/decisions/0023)."""


class SecondEar(Protocol):
    """Hears nothing but phrases."""

    def nearest(self, pcm: bytes, phrases: Sequence[str]) -> Sounds | None:
        """The phrase that it sounds most like. Raises: ModelError."""
        ...


def whisper_recognizer(path: Path, language: str, load_ear: Callable[[], SecondEar] | None = None) -> Recognizer:
    """Returns at once; the model in the folder `path` loads in the background. `language`: such as "en".

    `load_ear` makes a second ear in the background too, or raises ModelError; None where there is none.
    """
    return Worker(lambda: _Whisper(path, language, load_ear), "whisper")


class _Whisper:
    """The model at work, in the worker's thread."""

    def __init__(self, path: Path, language: str, load_ear: Callable[[], SecondEar] | None) -> None:
        self._name = path.name
        self._language = language
        self._sound: dict[int, bytearray] = {}
        with _translated(self._name):
            if not (path / "tokenizer.json").is_file():
                # Without it faster-whisper fetches one.
                raise FileNotFoundError(path / "tokenizer.json")
            from faster_whisper import WhisperModel
            from faster_whisper.tokenizer import Tokenizer

            self._model = WhisperModel(
                str(path), device="cpu", compute_type="int8", cpu_threads=THREADS, local_files_only=True
            )
            model = self._model
            self._tokenizer = Tokenizer(model.hf_tokenizer, model.model.is_multilingual, "transcribe", language)
        self._ear: SecondEar | None = None
        if load_ear is not None:
            with self._alone_if_it_fails():
                self._ear = load_ear()

    def accept(self, ticket: int, pcm: bytes) -> None:
        self._sound.setdefault(ticket, bytearray()).extend(pcm)

    def forget(self, ticket: int) -> None:
        self._sound.pop(ticket, None)

    def finish(self, ticket: int, awaited: Awaited) -> Transcript:
        pcm = bytes(self._sound.pop(ticket, b""))
        if not pcm:
            return NOTHING_HEARD
        return self._whole(pcm, awaited) if awaited.effort == "whole" else self._brief(pcm, awaited)

    def _whole(self, pcm: bytes, awaited: Awaited) -> Transcript:
        samples = _samples(pcm)
        windows = [
            self._window(samples[start:end], start / HEARD_HERTZ, awaited) for start, end in _windows(len(samples))
        ]
        return Transcript(
            text=" ".join(window.text for window in windows if window.text),
            words=tuple(word for window in windows for word in window.words),
            is_doubtful=any(window.is_doubtful for window in windows),
        )

    def _window(self, samples: Samples, start_seconds: float, awaited: Awaited) -> Transcript:
        with _translated(self._name):
            segment = decoded(self._model, samples, self._language, awaited.hints)
        return transcript_of(segment, start_seconds, len(samples))

    def _brief(self, pcm: bytes, awaited: Awaited) -> Transcript:
        samples = _samples(pcm)
        with _translated(self._name):
            brief = Brief(self._model, self._tokenizer, self._language, samples)
            heard = transcript_of(brief.segment(awaited.hints), 0.0, len(samples))
            if not heard.text:
                return heard
            weighed = self._weighed(heard, brief, pcm, awaited)
            if _is_no_phrase(awaited, heard.text):
                return replace(weighed, again=self._again(samples, awaited))
            return weighed

    def _again(self, samples: Samples, awaited: Awaited) -> str:
        """The phrase that is written at another rate; "" where none is."""
        sought = [hint for hint in awaited.hints if letters(hint) in awaited.obeyed]
        for rate in RATES:
            brief = Brief(self._model, self._tokenizer, self._language, at_rate(samples, rate))
            words = brief.words(awaited.hints)
            if _is_one_of(sought, words):
                return words
        return ""

    def _weighed(self, heard: Transcript, brief: Brief, pcm: bytes, awaited: Awaited) -> Transcript:
        """Which phrase it may be all the same, and whether it is one by its hints alone."""
        likely = awaited.hints if awaited.effort == "nearest" else alike(awaited.hints, heard.text)
        is_phrase = _is_one_of(awaited.hints, heard.text)
        plain = brief.words() if likely else heard.text
        is_bent = letters(plain) != letters(heard.text)
        if is_phrase and not is_bent:
            return heard
        written = sum(brief.fits(heard.text))
        otherwise = sum(brief.fits(plain)) if is_bent and letters(plain) else written
        best = max(written, otherwise)
        return replace(
            heard,
            nearest=brief.nearest(likely, best) if likely and not is_phrase else None,
            unhinted=Unhinted(plain, written - otherwise) if is_bent else None,
            sounded=self._sounded(brief, pcm, (*awaited.hints, *awaited.unhinted), best),
        )

    def _sounded(self, brief: Brief, pcm: bytes, phrases: Sequence[str], written: float) -> Sounded | None:
        found = None
        if self._ear is not None:
            with self._alone_if_it_fails():
                found = self._ear.nearest(pcm, phrases)
        if found is None:
            return None
        lead = sum(brief.fits(as_sentence(found.phrase))) - written
        return Sounded(found.phrase, found.likeness, lead)

    @contextmanager
    def _alone_if_it_fails(self) -> Iterator[None]:
        """The second ear only helps: when it fails this one hears on by itself, and `doctor` says why."""
        try:
            yield
        except ModelError as error:
            self._ear = None
            log.warning("heard without the second ear from now on: %s", error)


def _is_one_of(phrases: Sequence[str], words: str) -> bool:
    return letters(words) in map(letters, phrases)


def _is_no_phrase(awaited: Awaited, words: str) -> bool:
    """Whether they are words, and none that would be obeyed, where that is known."""
    return bool(awaited.obeyed and letters(words)) and letters(words) not in awaited.obeyed


def _windows(samples: int) -> Iterator[tuple[int, int]]:
    """Where each of them begins and ends."""
    starts = range(0, max(samples - TAIL_SAMPLES, 1), WINDOW_SAMPLES)
    return pairwise((*starts, samples))


def _samples(pcm: bytes | bytearray) -> Samples:
    import numpy

    return numpy.frombuffer(pcm, dtype="<i2").astype(numpy.float32) / FULL_SCALE


@contextmanager
def _translated(model: str) -> Iterator[None]:
    """The libraries' failures as ours. A tokenizer that can't be read panics in Rust, past Exception."""
    try:
        yield
    except BaseException as exc:
        raise ModelError("model_broken", model=model) from exc
