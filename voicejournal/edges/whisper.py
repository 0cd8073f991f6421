"""Whisper: words from whole stretches, half a minute at a time.

In: stretches of voice. Out: their transcripts. Touches: faster-whisper and CTranslate2, the model's folder.
Never the network: a model is loaded by its path only. The same sound gives the same words.
"""

import os
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

from voicejournal.edges.worker import Worker
from voicejournal.errors import ModelError
from voicejournal.hearing.doubt import is_doubtful_log_probability
from voicejournal.hearing.transcripts import NOTHING_HEARD, Transcript, Word
from voicejournal.ports import Recognized

BEAM = 5
"""16.9 % word errors against 19.8 % with 1, for a fifth more time (design §4)."""

ANNOTATION = re.compile(r"\[[^\]]*\]|\([^)]*\)|\*[^*]*\*|[♪♫]+")
"""What Whisper writes about sounds that are no words: [Music], (laughing), *sighs*."""

SEED = 1
"""Its fallback samples; seeded before each stretch, the same sound gives the same words."""

NO_SPEECH_PROBABILITY = 0.6
NO_SPEECH_LOG_PROBABILITY = -1.0
"""Whisper's own thresholds: both together mean that nobody spoke."""


class WhisperRecognizer:
    """The `Recognizer` port."""

    name = "whisper"
    streams = False

    def __init__(self, path: Path, language: str) -> None:
        """Returns at once; the model loads in the background."""
        self._path = path
        self._language = language
        self._tickets = count(1)
        self._heard: dict[int, bytearray] = {}
        self._abandoned: set[int] = set()
        self._model: Any = None
        self._libraries: Any = None
        self._worker = Worker(self._load, "whisper")

    def begin(self) -> int:
        ticket = next(self._tickets)
        self._heard[ticket] = bytearray()
        return ticket

    def accept(self, ticket: int, pcm: bytes) -> None:
        self._heard[ticket] += pcm

    def finish(self, ticket: int, phrases: Sequence[str] = ()) -> None:
        pcm = bytes(self._heard.pop(ticket))
        self._worker.add(lambda: Recognized(ticket, self._decode(ticket, pcm, phrases)), is_final=True)

    def abandon(self, ticket: int) -> None:
        self._heard.pop(ticket, None)
        self._abandoned.add(ticket)

    def poll(self, wait: bool = False) -> Sequence[Recognized]:
        answers = self._worker.poll(wait)
        return [answer for answer in answers if answer.ticket not in self._abandoned]

    def pending(self) -> int:
        return self._worker.pending()

    def close(self) -> None:
        self._worker.close()

    def _load(self) -> None:
        # Set before the import: huggingface-hub reads them then, and is never to reach for anything.
        os.environ["HF_HUB_OFFLINE"] = "1"
        os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"
        with self._explained():
            import ctranslate2
            import numpy
            from faster_whisper import WhisperModel

            self._libraries = (ctranslate2, numpy)
            self._model = WhisperModel(
                str(self._path), device="cpu", compute_type="int8", cpu_threads=2, local_files_only=True
            )

    def _decode(self, ticket: int, pcm: bytes, phrases: Sequence[str]) -> Transcript:
        if ticket in self._abandoned or not pcm:
            return NOTHING_HEARD
        ctranslate2, numpy = self._libraries
        samples = numpy.frombuffer(pcm, dtype="<i2").astype(numpy.float32) / 32768
        with self._explained():
            ctranslate2.set_random_seed(SEED)
            segments, _ = self._model.transcribe(
                samples,
                language=self._language,
                beam_size=BEAM,
                condition_on_previous_text=False,
                word_timestamps=True,
                hotwords=", ".join(phrases) or None,
            )
            return _transcript(list(segments))

    @contextmanager
    def _explained(self) -> Iterator[None]:
        """The library's failures as ours."""
        try:
            yield
        except (RuntimeError, ValueError, OSError, MemoryError, ImportError) as exc:
            raise ModelError("model_broken", model=self._path.name) from exc


def _transcript(segments: Sequence[Any]) -> Transcript:
    spoken = [
        segment
        for segment in segments
        if segment.no_speech_prob < NO_SPEECH_PROBABILITY or segment.avg_logprob > NO_SPEECH_LOG_PROBABILITY
    ]
    words = tuple(
        Word(text, word.start, word.end, word.probability)
        for segment in spoken
        for word in segment.words or ()
        if (text := ANNOTATION.sub("", word.word).strip())
    )
    text = " ".join(ANNOTATION.sub("", segment.text).strip() for segment in spoken).strip()
    doubtful = any(is_doubtful_log_probability(s.avg_logprob, s.compression_ratio) for s in segments)
    return Transcript(text, words if text else (), is_doubtful=doubtful)
