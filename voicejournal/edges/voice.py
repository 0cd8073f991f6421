"""The voice: sentences rendered to memory, trimmed, at one loudness and pace.

In: words and a rate. Out: their sound, 48 kHz mono s16. Touches: pyttsx3 (espeak-ng, or the system's own voice on
macOS and Windows), standard output while a sentence is rendered; for the system's own voice a file, gone with it.
The same words at the same rate are rendered once and remembered; nothing is ever played here.
espeak-ng's sound never lies in any file: an entry may be read aloud, and a killed program clears nothing away.
"""

import contextlib
import ctypes
import io
import os
import re
import shutil
import stat
import tempfile
import threading
import time
import wave
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import IO, Any

from voicejournal.edges.resampling import Samples
from voicejournal.edges.shaping import Remembered, shaped, speakable
from voicejournal.edges.sound_files import read_sound
from voicejournal.errors import VoiceError
from voicejournal.hearing.frames import FULL_SCALE
from voicejournal.speaking.lengths import WORDS_PER_MINUTE

VOICES = {"en": "gmw/en-us"}
"""espeak-ng's voice where it has several of a language; the recognisers know this English best."""

VARIANTS = {"en": "+klatt4"}
"""How espeak-ng makes that voice's sound. English: with the gap a third of the word errors of its usual way, and
4.5 dB less energy above 4 kHz (docs/decisions/0007-voice.md). Other languages have not been measured."""

WORD_GAPS = {"en": 1}
"""Between words, in espeak-ng's steps of 10 ms at its usual speed."""

ESPEAK_WORD_GAP = 7
"""espeakWORDGAP of espeak-ng's speak_lib.h; pyttsx3 has no name for it."""

ESPEAK_SPEEDS = {"en": 1 / 1.174, "ko": 130 / 148}
"""espeak-ng's speed for each word a minute. English: 1212 words of ours were audible at 1.174 words a minute for
each step of speed, at a speed of 121. Korean counts syllables: at speed 130 there are 240 a minute, as much
below a usual 300 as 148 words are below a usual 185; our judgement."""

PATIENCE_SECONDS = 10.0
"""Rendering takes some ten milliseconds; a machine so busy that it takes this long can't speak."""


TRIES = 3
"""Once, on a busy machine, the engine gave a file with no sound in it; 240 tries to see it again did not."""


SPOKEN = "voicejournal-spoken-"
"""Begins the name of the folder of a sentence that is being rendered, where that takes a file."""


ONE_AT_A_TIME = threading.RLock()
"""espeak-ng has one voice, one speed and one buffer in a process. Begun by two threads at once it crashed 8 of 8
times; two that rendered at once took each other's files away, and one of them waited for ever."""


class SpokenVoice:
    """The `Voice` port. Whatever the threads, one sentence is rendered at a time."""

    def __init__(self, language: str) -> None:
        """Raises: VoiceError."""
        self._language = language
        self._remembered = Remembered()
        with ONE_AT_A_TIME:
            self._engine, self._finished = _engine()
            self._is_espeak = self._engine.driver_name == "espeak"
            if not self._is_espeak:
                clear_left_behind()
            _settle(self._engine)
            self._voice = self._chosen()

    def render(self, words: str, rate: float) -> bytes:
        """Sound of the words; see the port. Raises: VoiceError."""
        sentence = (speakable(words), rate)
        sound = self._remembered.get(sentence)
        if sound is None:
            sound = self._remembered.add(sentence, self._rendered(*sentence))
        return sound

    def prepare(self, coming: Sequence[tuple[str, float]]) -> None:
        """Nothing to do: it is quick enough when it is asked."""

    def is_ready(self, words: str, rate: float) -> bool:
        return True

    def _rendered(self, words: str, rate: float) -> bytes:
        return shaped(*self._spoken(words, rate)) if words else b""

    def _chosen(self) -> str:
        """The identifier of the voice to speak with."""
        voices = self._engine.getProperty("voices")
        ids = {str(one.id) for one in voices}
        if VOICES.get(self._language) in ids:
            return self._varied(VOICES[self._language])
        # Languages come as "ko", "en-us", "en_US" or, in older systems, as bytes with a number before them.
        spoken = [(str(one.id), tag) for one in voices for tag in _language_tags(one)]
        whole = [one for one, tag in spoken if tag == self._language]
        part = [one for one, tag in spoken if tag.split("-")[0] == self._language]
        if not whole + part:
            raise VoiceError("voice_language_missing", language=self._language)
        return (whole + part)[0]

    def _varied(self, voice: str) -> str:
        """The voice with its variant, where this espeak-ng has it."""
        varied = voice + VARIANTS.get(self._language, "")
        try:
            self._engine.setProperty("voice", varied)
        except ValueError:
            return voice
        return varied

    def _spoken(self, words: str, rate: float) -> tuple[Samples, int]:
        """As the engine says them: float samples of shape (samples, channels), and their hertz."""
        for _ in range(TRIES - 1):
            with contextlib.suppress(VoiceError):
                return self._tried(words, rate)
        return self._tried(words, rate)

    def _tried(self, words: str, rate: float) -> tuple[Samples, int]:
        if not self._is_espeak:
            return self._by_a_file(words, rate)
        sound = io.BytesIO()
        self._save(words, rate, sound)
        return _samples(sound)

    def _by_a_file(self, words: str, rate: float) -> tuple[Samples, int]:
        """The voices of macOS and Windows write files only: one in a folder that nobody else can enter."""
        suffix = ".aiff" if self._engine.driver_name == "nsss" else ".wav"
        with tempfile.TemporaryDirectory(prefix=SPOKEN, ignore_cleanup_errors=True) as directory:
            path = Path(directory, f"spoken{suffix}")
            self._save(words, rate, str(path))
            if not path.exists():
                raise VoiceError("voice_silent")
            return read_sound(path, VoiceError)

    def _save(self, words: str, rate: float, sound: str | IO[bytes]) -> None:
        """Into a file of that name; espeak-ng's, which pyttsx3 hands to `wave`, into whatever can be written."""
        # pyttsx3 prints where each sound was saved, from another thread; we wait for it in here.
        with ONE_AT_A_TIME, contextlib.redirect_stdout(io.StringIO()):
            self._run(words, rate, sound)

    def _run(self, words: str, rate: float, sound: str | IO[bytes]) -> None:
        engine = self._engine
        _settle(engine)
        if engine.getProperty("voice") != self._voice:
            engine.setProperty("voice", self._voice)
        speed = WORDS_PER_MINUTE * rate
        if self._is_espeak:
            from pyttsx3.drivers import _espeak

            speed *= ESPEAK_SPEEDS.get(self._language, ESPEAK_SPEEDS["en"])
            _espeak.SetParameter(ESPEAK_WORD_GAP, WORD_GAPS.get(self._language, 0), 0)
        engine.setProperty("rate", round(speed))
        _settle(engine)
        self._finished.clear()
        engine.save_to_file(words, sound)
        _run_of(engine)
        # A run that was cut off has finished nothing; SAPI says nothing of it and is done.
        if self._is_espeak and not self._finished.wait(PATIENCE_SECONDS):
            raise VoiceError("voice_silent")


@cache
def _engine() -> tuple[Any, threading.Event]:
    """pyttsx3's engine of this system, and what is set when it is done with a sentence.

    There is one in a process, kept to its end: let go, it would take its callback from under espeak-ng's thread.
    """
    try:
        import pyttsx3

        engine = pyttsx3.init()
    except (ImportError, RuntimeError, OSError) as exc:
        # Its drivers fail in these ways when the library that speaks is not on the machine.
        raise VoiceError("voice_missing") from exc
    # Once more than it is used, so not even the interpreter's end lets go of it: pyttsx3 complains aloud then.
    ctypes.pythonapi.Py_IncRef(ctypes.py_object(engine.proxy))
    finished = threading.Event()

    def finish(name: str | None, completed: bool) -> None:
        """On espeak-ng's thread."""
        if completed:
            finished.set()

    engine.connect("finished-utterance", finish)
    if engine.driver_name == "espeak":
        # Until its first run it keeps settings back, and gives them right before it cancels what is on its way:
        # on a busy machine the first sentence was once spoken at 200 words a minute. So this one has no words.
        _settle(engine)
        _run_of(engine)
    return engine, finished


def _run_of(engine: Any) -> None:
    """What the engine was given, to its end. Raises: VoiceError."""
    try:
        engine.runAndWait()
    except (RuntimeError, OSError) as exc:
        raise VoiceError("voice_silent") from exc


def _settle(engine: Any) -> None:
    """Wait until espeak-ng has taken its settings. Raises: VoiceError.

    pyttsx3 2.99 cancels whatever espeak-ng is at when a run begins: a new speed that was still on its way
    was lost in two of five tries, and a sentence could be cut.
    """
    if engine.driver_name != "espeak":
        return
    from pyttsx3.drivers import _espeak

    give_up_at = time.monotonic() + PATIENCE_SECONDS
    while _espeak.IsPlaying():
        if time.monotonic() > give_up_at:
            raise VoiceError("voice_silent")
        time.sleep(0.001)


def _language_tags(voice: Any) -> list[str]:
    tags = [one.decode("utf-8", "ignore") if isinstance(one, bytes) else one for one in voice.languages or []]
    return [re.sub(r"[^a-z-]", "", tag.lower().replace("_", "-")) for tag in tags]


def _samples(sound: IO[bytes]) -> tuple[Samples, int]:
    """Of a WAV of s16: floats of shape (samples, channels), and its hertz. Raises: VoiceError."""
    import numpy

    sound.seek(0)
    try:
        with wave.open(sound, "rb") as file:
            pcm, channels, hertz = file.readframes(file.getnframes()), file.getnchannels(), file.getframerate()
    except (wave.Error, EOFError) as exc:
        raise VoiceError("voice_silent") from exc
    if not pcm:
        raise VoiceError("voice_silent")
    samples = numpy.frombuffer(pcm, "<i2").reshape(-1, channels)
    return samples.astype(numpy.float32) / FULL_SCALE, hertz


def clear_left_behind() -> None:
    """Take away what a program that was killed while it spoke had not yet taken away; ours only, never a link.

    A folder that was made this very moment may be another copy's, at work: it waits for the next start.
    """
    for folder in Path(tempfile.gettempdir()).glob(f"{SPOKEN}*"):
        with contextlib.suppress(OSError):
            found = folder.lstat()
            is_ours = not hasattr(os, "getuid") or found.st_uid == os.getuid()
            if stat.S_ISDIR(found.st_mode) and is_ours and time.time() - found.st_mtime > TRIES * PATIENCE_SECONDS:
                shutil.rmtree(folder, ignore_errors=True)
