"""The voice: sentences rendered to memory, trimmed, at one loudness and pace.

In: words and a rate. Out: their sound, 48 kHz mono s16. Touches: pyttsx3 (espeak-ng, or the system's own voice on
macOS and Windows), a private directory that is gone when a sentence is rendered, standard output for as long.
The same words at the same rate are rendered once and remembered; nothing is ever played here.
"""

import contextlib
import io
import os
import re
import tempfile
import threading
import time
from collections import OrderedDict
from pathlib import Path
from typing import Any

from voicejournal.edges.resampling import Resampling
from voicejournal.edges.sound_files import read_sound
from voicejournal.errors import VoiceError
from voicejournal.hearing.frames import PLAYED_HERTZ

WORDS_A_MINUTE = 148
"""The middle of 140 to 155, which listeners understood best (behaviour R10)."""

VOICES = {"en": "gmw/en-us"}
"""espeak-ng's voice where it has several of a language; the recognisers know this English best."""

ESPEAK_SPEEDS = {"en": 1 / 1.302, "ko": 130 / 148}
"""espeak-ng's speed for each word a minute. English: 122 sentences of ours were audible at 1.302 words a minute for
each step of speed, alike from 105 to 130. Korean counts syllables: at speed 130 there are 240 a minute, as much
below a usual 300 as 148 words are below a usual 185; our judgement."""

SILENCE_DBFS = -50.0
WINDOW_SECONDS = 0.01
"""Where the sound begins and ends: design §7."""

FADE_SECONDS = 0.005
"""Short enough for the first sound of a word, long enough not to click."""

LEVEL_DBFS = -23.0
"""Root mean square of the audible windows: what broadcasters aim at (EBU R 128), and low enough that
the loudest of our sentences stay below the peak."""

PEAK_DBFS = -3.0
"""Room for the resampling filters of sound cards, which overshoot by up to 3 dB."""

REMEMBERED_BYTES = 16_000_000
"""170 s of sound, more than the longest grounding script says; a quarter of what the program may take."""

PATIENCE_SECONDS = 10.0
"""Rendering takes some ten milliseconds; a machine so busy that it takes this long can't speak."""


TRIES = 3
"""Once, on a busy machine, the engine gave a file with no sound in it; 240 tries to see it again did not."""


class SpokenVoice:
    """The `Voice` port. For one thread only: espeak-ng has one voice and one speed in a process."""

    def __init__(
        self, language: str, words_a_minute: float = WORDS_A_MINUTE, voice_name: str | None = None
    ) -> None:
        """`voice_name`: part of the name of a voice of this machine. Raises: VoiceError."""
        self._words_a_minute = words_a_minute
        self._language = language
        self._remembered: OrderedDict[tuple[str, float], bytes] = OrderedDict()
        self._remembered_bytes = 0
        self._finished = threading.Event()
        self._engine = _engine()
        self._is_espeak = self._engine.driver_name == "espeak"
        self._engine.connect("finished-utterance", self._finish)
        self._voice = self._chosen(voice_name)

    def render(self, words: str, rate: float) -> bytes:
        """Sound of the words; see the port. Raises: VoiceError."""
        # A zero byte would end the text for espeak-ng, and half a surrogate pair can't be encoded.
        speakable = "".join(one if one.isprintable() else " " for one in words).strip()
        key = (speakable, rate)
        if key not in self._remembered:
            self._remember(key, self._shaped(*self._spoken(speakable, rate)) if speakable else b"")
        self._remembered.move_to_end(key)
        return self._remembered[key]

    def _remember(self, key: tuple[str, float], sound: bytes) -> None:
        self._remembered[key] = sound
        self._remembered_bytes += len(sound)
        while self._remembered_bytes > REMEMBERED_BYTES and len(self._remembered) > 1:
            self._remembered_bytes -= len(self._remembered.popitem(last=False)[1])

    def _chosen(self, name: str | None) -> str:
        """The identifier of the voice to speak with."""
        voices = self._engine.getProperty("voices")
        if name is not None:
            wanted = [one.id for one in voices if name.lower() in f"{one.id} {one.name}".lower()]
            if not wanted:
                raise VoiceError("voice_unknown", wanted=name)
            return str(wanted[0])
        ids = {str(one.id) for one in voices}
        if VOICES.get(self._language) in ids:
            return VOICES[self._language]
        # Languages come as "ko", "en-us", "en_US" or, in older systems, as bytes with a number before them.
        spoken = [(str(one.id), tag) for one in voices for tag in _language_tags(one)]
        whole = [one for one, tag in spoken if tag == self._language]
        part = [one for one, tag in spoken if tag.split("-")[0] == self._language]
        if not whole + part:
            raise VoiceError("voice_language_missing", language=self._language)
        return (whole + part)[0]

    def _spoken(self, words: str, rate: float) -> tuple[Any, int]:
        """As the engine says them: float samples of shape (samples, channels), and their hertz."""
        for _ in range(TRIES - 1):
            with contextlib.suppress(VoiceError):
                return self._tried(words, rate)
        return self._tried(words, rate)

    def _tried(self, words: str, rate: float) -> tuple[Any, int]:
        suffix = ".aiff" if self._engine.driver_name == "nsss" else ".wav"
        with tempfile.TemporaryDirectory(prefix="voicejournal-", dir=_memory_directory()) as directory:
            path = Path(directory, f"spoken{suffix}")
            # pyttsx3 prints the path of every file it saves, from another thread; we wait for it in here.
            with contextlib.redirect_stdout(io.StringIO()):
                self._save(words, rate, path)
            if not path.exists():
                raise VoiceError("voice_silent")
            return read_sound(path, VoiceError)

    def _save(self, words: str, rate: float, path: Path) -> None:
        engine = self._engine
        if engine.getProperty("voice") != self._voice:
            engine.setProperty("voice", self._voice)
        speed = self._words_a_minute * rate
        if self._is_espeak:
            speed *= ESPEAK_SPEEDS.get(self._language, ESPEAK_SPEEDS["en"])
        engine.setProperty("rate", round(speed))
        self._settle()
        self._finished.clear()
        engine.save_to_file(words, str(path))
        try:
            engine.runAndWait()
        except (RuntimeError, OSError) as exc:
            raise VoiceError("voice_silent") from exc
        # The first run of an engine's life returns before the file is there; SAPI says nothing and is done.
        if self._is_espeak and not self._finished.wait(PATIENCE_SECONDS):
            raise VoiceError("voice_silent")

    def _settle(self) -> None:
        """Wait until espeak-ng has taken its settings.

        pyttsx3 2.99 cancels whatever espeak-ng is at when a run begins: a new speed that was still on its way
        was lost in two of five tries, and a sentence could be cut.
        """
        if not self._is_espeak:
            return
        from pyttsx3.drivers import _espeak

        give_up_at = time.monotonic() + PATIENCE_SECONDS
        while _espeak.IsPlaying():
            if time.monotonic() > give_up_at:
                raise VoiceError("voice_silent")
            time.sleep(0.001)

    def _finish(self, name: str | None, completed: bool) -> None:
        """On espeak-ng's thread."""
        if completed:
            self._finished.set()

    def _shaped(self, samples: Any, hertz: int) -> bytes:
        """Resampled, brought to one loudness, trimmed to what is audible, faded at both ends."""
        import numpy

        resampling = Resampling(hertz, PLAYED_HERTZ)
        sound = resampling.resample(samples, is_last=True)
        audible = _audible(sound)
        if not audible.any():
            return b""
        window_samples = round(WINDOW_SECONDS * PLAYED_HERTZ)
        voiced = sound[: len(audible) * window_samples].reshape(len(audible), window_samples)[audible]
        level = numpy.sqrt(numpy.mean(voiced**2))
        sound = sound * min(_amplitude(LEVEL_DBFS) / level, _amplitude(PEAK_DBFS) / numpy.abs(sound).max())
        windows = numpy.flatnonzero(_audible(sound))
        sound = sound[windows[0] * window_samples : (windows[-1] + 1) * window_samples]
        fade = numpy.linspace(0, 1, round(FADE_SECONDS * PLAYED_HERTZ), dtype=numpy.float32)
        sound[: len(fade)] *= fade
        sound[-len(fade) :] *= fade[::-1]
        return resampling.as_s16(sound)


def _engine() -> Any:
    """pyttsx3's engine of this system; there is one in a process."""
    try:
        import pyttsx3

        return pyttsx3.init()
    except (ImportError, RuntimeError, OSError) as exc:
        # Its drivers fail in these ways when the library that speaks is not on the machine.
        raise VoiceError("voice_missing") from exc


def _language_tags(voice: Any) -> list[str]:
    tags = [one.decode("utf-8", "ignore") if isinstance(one, bytes) else one for one in voice.languages or []]
    return [re.sub(r"[^a-z-]", "", tag.lower().replace("_", "-")) for tag in tags]


def _memory_directory() -> str | None:
    """Where files live in memory only, so that nothing said reaches a disk; None if there is no such place."""
    place = "/dev/shm"
    return place if os.access(place, os.W_OK) else None


def _amplitude(dbfs: float) -> float:
    return float(10 ** (dbfs / 20))


def _audible(sound: Any) -> Any:
    """Which windows of the sound are above silence; the last one is filled up."""
    import numpy

    window_samples = round(WINDOW_SECONDS * PLAYED_HERTZ)
    count = len(sound) // window_samples
    windows = sound[: count * window_samples].reshape(count, window_samples)
    return numpy.sqrt(numpy.mean(windows**2, axis=1)) > _amplitude(SILENCE_DBFS)
