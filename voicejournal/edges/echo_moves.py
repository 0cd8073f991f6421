"""How far the echo has moved: a buffer slipped, or two clocks drifted apart while our voice rested.

In: each tick, what was played and heard at the microphone's rate; when asked, what was known of the room.
Out: the same room, moved, if that explains what is heard. Touches: numpy.
Somebody's voice moves nothing: no delay of our own explains it.
"""

from typing import Any

from voicejournal.hearing.frames import HEARD_FRAME_SAMPLES, ticks

WINDOW_TICKS = 6
"""What has to be explained: as much as makes a voice begin, and longer than two periods of any."""

REACH_SAMPLES = ticks(0.3) * HEARD_FRAME_SAMPLES
"""Either way: the devices' buffers hold no more."""

SLOPE = 2
"""How often both sounds are differenced: a voice falls by some 12 dB an octave, and a small move is told by what is
high in it. A sample turns 3 kHz by a sixth of its round and 300 Hz by a sixtieth."""

EXPLAINED = 0.25
"""Of what is left now, the most that may be left after a move. A voice as loud as ours leaves half or more."""


class Moves:
    """What was played and heard lately."""

    def __init__(self, echo_ticks: int) -> None:
        """`echo_ticks`: how long a room's echo is known."""
        import numpy

        self._numpy = numpy
        self._window = WINDOW_TICKS * HEARD_FRAME_SAMPLES
        self._ours = numpy.zeros(echo_ticks * HEARD_FRAME_SAMPLES + REACH_SAMPLES + self._window, numpy.float32)
        self._heard = numpy.zeros(self._window + SLOPE, numpy.float32)

    def hear(self, ours: Any, heard: Any) -> None:
        """One tick of each: float32 of shape (320,)."""
        for row, now in ((self._ours, ours), (self._heard, heard)):
            row[: -len(now)] = row[len(now) :]
            row[-len(now) :] = now

    def moved(self, room: Any) -> Any | None:
        """`room`: spectra by tick of its echo, shape (ticks, 321). None when no move explains what is heard."""
        numpy = self._numpy
        taps = numpy.fft.irfft(room, axis=1)[:, :HEARD_FRAME_SAMPLES]
        samples = self._samples(taps.ravel())
        if samples is None:
            return None
        length = 2 * taps.size
        turn = numpy.exp(-2j * numpy.pi * samples * numpy.fft.rfftfreq(length))
        later = numpy.fft.irfft(numpy.fft.rfft(taps.ravel(), length) * turn, length)[: taps.size]
        halves = later.reshape(taps.shape)
        return numpy.fft.rfft(halves, 2 * HEARD_FRAME_SAMPLES, axis=1).astype(room.dtype)

    def _samples(self, taps: Any) -> float | None:
        """By which the echo comes later than the room's impulse response says; below 0, sooner."""
        numpy = self._numpy
        ours = numpy.diff(self._ours, SLOPE)
        heard = numpy.diff(self._heard, SLOPE)
        echo = self._convolved(ours, taps)
        end = len(ours)
        near = echo[end - self._window - REACH_SAMPLES : end + REACH_SAMPLES]
        power = numpy.concatenate([[0.0], numpy.cumsum(near**2)])
        alike = self._convolved(near, heard[::-1])[self._window - 1 : len(near)]
        left = power[self._window :] - power[: -self._window] - 2 * alike + float(numpy.sum(heard**2))
        best = int(left[1:-1].argmin()) + 1
        if left[best] > EXPLAINED * left[REACH_SAMPLES]:
            return None
        before, least, after = left[best - 1 : best + 2]
        parabola = 0.5 * (before - after) / (before - 2 * least + after)
        return REACH_SAMPLES - best - float(parabola)

    def _convolved(self, one: Any, other: Any) -> Any:
        fft, length = self._numpy.fft, len(one) + len(other)
        return fft.irfft(fft.rfft(one, length) * fft.rfft(other, length), length)
