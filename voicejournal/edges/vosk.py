"""Vosk: words while they are being spoken.

In: stretches of voice. Out: partial and final transcripts. Touches: vosk, the model's folder.
A Vosk final is never the end of anything: the finals within a stretch are joined.
"""

import ctypes
import json
import random
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

from voicejournal.edges.worker import Worker
from voicejournal.errors import ModelError
from voicejournal.hearing import doubt
from voicejournal.hearing.awaiting import Awaited
from voicejournal.hearing.frames import HEARD_HERTZ
from voicejournal.hearing.recognizing import Recognizer
from voicejournal.hearing.transcripts import Transcript, Word

LOG_LEVEL = -3
"""Kaldi's failed assertions only: its errors (-2) come as exceptions too, and would be printed among our words."""

BLOCK_BYTES = 6400
"""0.2 s: partial words change five times a second. Always cut here, counted from the start of the stretch, for
Kaldi adapts and ends its utterances block by block: however the sound came, the words are the same."""

C_LIBRARY = "msvcrt" if sys.platform == "win32" else None
"""Where Kaldi gets the noise that it adds to every frame (its dither), and so hears the same sound differently
each time. Seeded before each block it hears the same; None is whatever C library the program stands on."""

TRIAL = """
import sys, vosk
vosk.SetLogLevel(-3)
recognizer = vosk.KaldiRecognizer(vosk.Model(sys.argv[1]), 16000)
recognizer.SetWords(True)
recognizer.AcceptWaveform(sys.stdin.buffer.read())
recognizer.FinalResult()
"""

TRIAL_BYTES = 2 * HEARD_HERTZ
"""One second of noise: enough to walk through every part of the model once."""

TRIAL_SECONDS = 60
"""The Korean model takes 3 to 5; an empty model.conf would keep it busy for hours."""


def vosk_recognizer(path: Path, is_proven: bool = False) -> Recognizer:
    """Returns at once; the model in the folder `path` loads in the background.

    `is_proven`: the sums of its files were right. Otherwise it is tried in a process of its own first, which
    doubles the time to load: some damaged files end the process from within C++ (of 65 ways to damage the
    Korean model some abort, some crash, one never ends).
    """
    return Worker(lambda: _Vosk(path, is_proven), "vosk", streams=True)


class _Vosk:
    """The model at work, in the worker's thread. Each stretch has a new Kaldi recogniser: an old one grows."""

    def __init__(self, path: Path, is_proven: bool) -> None:
        self._name = path.name
        self._stretches: dict[int, _Stretch] = {}
        with _translated(self._name):
            if not is_proven:
                _try(path)
            import vosk

            vosk.SetLogLevel(LOG_LEVEL)
            self._new_recognizer = vosk.KaldiRecognizer
            # A path, never a language: with one Vosk downloads, and ends the program when it can't.
            self._model = vosk.Model(str(path))

    def accept(self, ticket: int, pcm: bytes) -> Transcript | None:
        with _translated(self._name):
            return self._stretch(ticket).accept(pcm)

    def finish(self, ticket: int, awaited: Awaited) -> Transcript:
        """Hints are not used: under a grammar Vosk is certain of anything (vosk-api #2041)."""
        with _translated(self._name):
            words = self._stretch(ticket).finish()
        del self._stretches[ticket]
        is_doubtful = doubt.of_vosk([word.confidence for word in words]) == "doubtful"
        return Transcript(" ".join(word.text for word in words), words, is_doubtful=is_doubtful)

    def forget(self, ticket: int) -> None:
        self._stretches.pop(ticket, None)

    def _stretch(self, ticket: int) -> "_Stretch":
        if ticket not in self._stretches:
            self._stretches[ticket] = _Stretch(self._new_recognizer(self._model, HEARD_HERTZ))
        return self._stretches[ticket]


class _Stretch:
    """One stretch in Kaldi's hands."""

    def __init__(self, recognizer: Any) -> None:
        self._recognizer = recognizer
        self._recognizer.SetWords(True)
        self._rest = bytearray()
        """Less than a block."""
        self._blocks = count(1)
        self._words: list[Word] = []
        self._shown = ""

    def accept(self, pcm: bytes) -> Transcript | None:
        """The words so far, when they have changed."""
        self._rest += pcm
        if len(self._rest) < BLOCK_BYTES:
            return None
        while len(self._rest) >= BLOCK_BYTES:
            self._feed(bytes(self._rest[:BLOCK_BYTES]))
            del self._rest[:BLOCK_BYTES]
        partial = json.loads(self._recognizer.PartialResult())["partial"]
        text = " ".join([*(word.text for word in self._words), partial]).strip()
        if text == self._shown:
            return None
        self._shown = text
        return Transcript(text, is_final=False)

    def finish(self) -> tuple[Word, ...]:
        self._feed(bytes(self._rest))
        return (*self._words, *_words(self._recognizer.FinalResult()))

    def _feed(self, block: bytes) -> None:
        ctypes.CDLL(C_LIBRARY).srand(next(self._blocks))
        if self._recognizer.AcceptWaveform(block):
            self._words += _words(self._recognizer.Result())


def _words(result: str) -> list[Word]:
    """Empty for silence, which has no `result`. Times count from the first sample the recogniser was given."""
    found = json.loads(result).get("result", ())
    return [Word(word["word"], word["start"], word["end"], word["conf"]) for word in found]


def _try(path: Path) -> None:
    """Load the model and hear a little with it, where a crash harms nobody. Raises: CalledProcessError and such."""
    subprocess.run(
        [sys.executable, "-P", "-c", TRIAL, str(path)],
        input=random.Random(0).randbytes(TRIAL_BYTES),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        timeout=TRIAL_SECONDS,
        check=True,
    )


@contextmanager
def _translated(model: str) -> Iterator[None]:
    """The library's failures as ours: bare Exceptions, and from deeper down whatever there is, SystemExit too."""
    try:
        yield
    except BaseException as exc:
        raise ModelError("model_broken", model=model) from exc
