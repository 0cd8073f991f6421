"""What is left of our own voice after cancelling, against what somebody else would add to it.

In: each tick, what is left, what was taken out, and how much the filter may have left. Out: what stands out, in dB.
Touches: numpy. A voice is told by its bands: it stands out in some, and nowhere has it to be loud.
"""

from typing import Any

from voicejournal.hearing.frames import HEARD_FRAME_SAMPLES, HEARD_HERTZ

BAND_HERTZ = (
    *(100, 200, 300, 400, 510, 630, 770, 920, 1080, 1270, 1480),
    *(1720, 2000, 2320, 2700, 3150, 3700, 4400, 5300, 6400, 7700),
)
"""Zwicker's critical bands: the ear's own, so a vowel or an "s" fills some of them."""

BEST_BANDS = 8
"""Of these twenty a voice stands out in some; the others may hold nothing of it."""

BAND_RANGE_DB = (-10.0, 25.0)
"""One band alone is not believed beyond this."""

MOST_LEFT = 10**-1.5
"""-15 dB of what was taken out may be left: loudspeakers distort, and rooms are longer than any filter. More was
never left in four rooms, once the filter knew them; with -20 dB our own voice was
taken for somebody's three times in 72 min."""

LINGERING = 0.9
"""How that falls from tick to tick, as in a hall that holds a sound for 2.6 s; at 0.8, 103 times in 72 min."""

SETTLING_TICKS = 5
"""The room's noise is first measured over these, before our voice can have come back."""

NOISE_RISE, NOISE_FALL = 1.02, 0.98
"""A tick: steady noise that begins is known after two seconds; what is four times as much may be a voice."""

VOICE_OVER_NOISE = 4

QUIETEST = 10 ** (-88 / 10)
"""Power of a sample, of full scale: ten times what rounding to 16 bits leaves, and far below any voice."""

TINY = 1e-9
"""Keeps digital silence from dividing by nothing, and from a logarithm of nothing."""


class Remains:
    """What is left after cancelling, against what our own voice and the room's noise would leave."""

    def __init__(self) -> None:
        import numpy

        self._numpy = numpy
        edges = [hertz * 2 * HEARD_FRAME_SAMPLES // HEARD_HERTZ for hertz in BAND_HERTZ]
        self._first_bins, self._end_bin = edges[:-1], edges[-1]
        self._window = numpy.hanning(2 * HEARD_FRAME_SAMPLES).astype(numpy.float32)
        bins = numpy.diff(edges) * float((self._window**2).sum())
        self._least_noise = QUIETEST * bins
        self.begin()

    def begin(self) -> None:
        """Our voice has been silent for a while: the room's noise may be another one."""
        numpy = self._numpy
        bands = len(self._first_bins)
        self._noise = numpy.zeros(bands)
        self._ticks = 0
        self._last_rest = self._last_echo = numpy.zeros(HEARD_FRAME_SAMPLES, numpy.float32)
        self._taken = numpy.zeros(bands)
        """The most that was taken out lately."""
        self._expected = numpy.zeros((3, bands))
        """Of the last three ticks: the spectrum of what is left spans two, and a frame may come late."""

    def excess(self, rest: Any, echo: Any, expected: Any) -> float | None:
        """In dB, over the best bands; None while our voice would be lost in the room's noise anyway.

        `rest`, `echo`: what is left and what was taken out, float32 of shape (320,).
        `expected`: power that our voice may have left as far as the filter knows, by bin.
        """
        numpy = self._numpy
        power, taken = self._power(self._last_rest, rest), self._power(self._last_echo, echo)
        self._last_rest, self._last_echo = rest, echo
        self._taken = numpy.maximum(taken, LINGERING * self._taken)
        self._expected[1:] = self._expected[:-1]
        self._expected[0] = self._bands(expected)
        self._ticks += 1
        if self._ticks <= SETTLING_TICKS:
            self._noise += power / SETTLING_TICKS
            return None
        recent = numpy.maximum(self._expected[:2].max(axis=0), 0.5 * self._expected[2])
        ours = numpy.maximum(recent, MOST_LEFT * self._taken)
        is_more = power > VOICE_OVER_NOISE * self._noise
        falling = NOISE_FALL * self._noise + (1 - NOISE_FALL) * power
        self._noise = numpy.where(is_more, NOISE_RISE * self._noise, falling)
        if not (ours + taken > self._noise).any():
            return None
        noise = numpy.maximum(self._noise, self._least_noise)
        decibels = 10 * numpy.log10(power / (ours + 2 * noise) + TINY)
        return float(numpy.sort(decibels.clip(*BAND_RANGE_DB))[-BEST_BANDS:].mean())

    def _power(self, last: Any, now: Any) -> Any:
        """By band, over two ticks."""
        numpy = self._numpy
        return self._bands(numpy.abs(numpy.fft.rfft(self._window * numpy.concatenate([last, now]))) ** 2)

    def _bands(self, power: Any) -> Any:
        return self._numpy.add.reduceat(power[: self._end_bin], self._first_bins)
