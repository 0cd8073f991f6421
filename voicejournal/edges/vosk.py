"""Vosk: words while they are being spoken.

In: stretches of voice. Out: partial and final transcripts. Touches: vosk, the model's folder.
A Vosk final is never the end of anything: finals within a stretch are joined.
"""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

from voicejournal.edges.worker import Worker
from voicejournal.errors import ModelError
from voicejournal.hearing.doubt import is_doubtful_confidence
from voicejournal.hearing.frames import HEARD_HERTZ
from voicejournal.hearing.transcripts import Transcript, Word
from voicejournal.ports import Recognized

QUIET_LOG = -1
"""Vosk's log level for nothing at all; it writes to standard error past Python."""

BATCH_BYTES = 6400
"""0.2 s: partial words change five times a second, and each call into Vosk has its price."""


class _Stretch:
    """One ticket in Vosk's hands, on the worker's thread."""

    def __init__(self, recognizer: Any) -> None:
        self.recognizer = recognizer
        self.words: list[Word] = []
        self.partial = ""


class VoskRecognizer:
    """The `Recognizer` port. A new Kaldi recogniser for each stretch: an old one's memory grows."""

    name = "vosk"
    streams = True

    def __init__(self, path: Path) -> None:
        """Returns at once; the model loads in the background."""
        self._path = path
        self._tickets = count(1)
        self._waiting: dict[int, bytearray] = {}
        self._abandoned: set[int] = set()
        self._stretches: dict[int, _Stretch] = {}
        self._vosk: Any = None
        self._model: Any = None
        self._worker = Worker(self._load, "vosk")

    def begin(self) -> int:
        ticket = next(self._tickets)
        self._waiting[ticket] = bytearray()
        return ticket

    def accept(self, ticket: int, pcm: bytes) -> None:
        waiting = self._waiting[ticket]
        waiting += pcm
        if len(waiting) >= BATCH_BYTES:
            self._hand_over(ticket)

    def finish(self, ticket: int, phrases: Sequence[str] = ()) -> None:
        """`phrases` are not used: under a grammar Vosk is certain of anything (vosk-api #2041)."""
        self._hand_over(ticket)
        del self._waiting[ticket]
        self._worker.add(lambda: self._final(ticket), is_final=True)

    def abandon(self, ticket: int) -> None:
        if self._waiting.pop(ticket, None) is not None:
            self._worker.add(lambda: self._forget(ticket))
        self._abandoned.add(ticket)

    def poll(self, wait: bool = False) -> Sequence[Recognized]:
        answers = self._worker.poll(wait)
        return [answer for answer in answers if answer.ticket not in self._abandoned]

    def pending(self) -> int:
        return self._worker.pending()

    def close(self) -> None:
        self._worker.close()

    def _hand_over(self, ticket: int) -> None:
        pcm = bytes(self._waiting[ticket])
        self._waiting[ticket].clear()
        self._worker.add(lambda: self._hear(ticket, pcm))

    def _load(self) -> None:
        with self._explained():
            import vosk

            vosk.SetLogLevel(QUIET_LOG)
            self._vosk = vosk
            # A checked path, never a language: with one Vosk downloads, and ends the program if it can't.
            self._model = vosk.Model(str(self._path))

    def _hear(self, ticket: int, pcm: bytes) -> Recognized | None:
        if ticket in self._abandoned or not pcm:
            return None
        stretch = self._stretch(ticket)
        with self._explained():
            if stretch.recognizer.AcceptWaveform(pcm):
                stretch.words += _words(stretch.recognizer.Result())
                partial = ""
            else:
                partial = json.loads(stretch.recognizer.PartialResult())["partial"]
        text = " ".join([*(word.text for word in stretch.words), *([partial] if partial else [])])
        if text == stretch.partial:
            return None
        stretch.partial = text
        return Recognized(ticket, Transcript(text, is_final=False))

    def _final(self, ticket: int) -> Recognized:
        stretch = self._stretch(ticket)
        del self._stretches[ticket]
        with self._explained():
            words = (*stretch.words, *_words(stretch.recognizer.FinalResult()))
        doubtful = is_doubtful_confidence([word.confidence for word in words])
        return Recognized(ticket, Transcript(" ".join(w.text for w in words), words, is_doubtful=doubtful))

    def _forget(self, ticket: int) -> None:
        self._stretches.pop(ticket, None)

    def _stretch(self, ticket: int) -> _Stretch:
        if ticket not in self._stretches:
            recognizer = self._vosk.KaldiRecognizer(self._model, HEARD_HERTZ)
            recognizer.SetWords(True)
            self._stretches[ticket] = _Stretch(recognizer)
        return self._stretches[ticket]

    @contextmanager
    def _explained(self) -> Iterator[None]:
        """The library's failures as ours; it knows no error but the plainest Exception."""
        try:
            yield
        except Exception as exc:
            raise ModelError("model_broken", model=self._path.name) from exc


def _words(result: str) -> list[Word]:
    found = json.loads(result).get("result", ())
    return [Word(word["word"], word["start"], word["end"], word["conf"]) for word in found]
