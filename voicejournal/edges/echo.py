"""The program's own voice, taken out of what the microphone hears.

In: each tick, the frame played and the frame heard. Out: the frame without our echo, and what stands out of it.
Touches: numpy. The Kalman filter in the frequency domain of Enzner and Vary (2006), partitioned as by Kuech
and others (2014): it tracks how sure it is of the room, and so knows how much echo it may have left. It only
subtracts, so a voice over ours stays as it was; while nothing of ours can be heard, frames come back to the byte.
"""

from collections import deque
from typing import Any

from voicejournal.edges.echo_moves import Moves
from voicejournal.edges.echo_remains import TINY, Remains
from voicejournal.hearing.double_talk import EXCESS_DB
from voicejournal.hearing.frames import (
    FULL_SCALE,
    HEARD_FRAME_SAMPLES,
    HEARD_HERTZ,
    PLAYED_FRAME_SAMPLES,
    PLAYED_HERTZ,
    SILENT_PLAYED_FRAME,
    Frame,
    ticks,
)
from voicejournal.ports.sound import Cleaned

ECHO_TICKS = ticks(1.0)
"""The longest way from our queue through speaker, room and microphone: 0.3 s of buffers, and a room's echo."""

FORGETTING = 0.999
"""How much of the room stays the same from tick to tick. At 0.9998 another 2 dB of echo go, and a louder speaker is
taken for somebody for twice as long."""

IDLE_FORGETTING = 0.998
"""The same while our voice rests: two devices have two clocks. Through PulseAudio 0.2 ms were lost in a rest of
five seconds, which turns 2 kHz round; the first word after it was then taken for somebody's. At 0.995 the filter
doubts too much: our own voice was somebody's five times in 78 min at -10 dB; at 0.998 never."""

DRIFT = 0.01
"""What else is forgotten of 8 kHz in a tick, and by the square of the frequency below: clocks that are 20 in a
million apart turn 8 kHz by 0.02 of a radian a tick."""

FIRST_DOUBT = 0.02
"""What the filter expects of a room it has not heard: the share of our sound that comes back in a tick. With 0.05
a late echo is learnt better, by 2 dB, but the first word over us is missed in a long room (2 of 2, not 1)."""

FADING = 0.9
"""And how that falls from one tick of the echo to the next, as in a hall that holds a sound for 2.6 s."""

LEAST_DOUBT = 1e-5
"""Of any tick of the echo: what comes back late was never expected, but is learnt all the same."""

FIRST_NOISE = 1e-4
NOISE_MEMORY = 0.9
"""Of what the microphone hears besides us, by bin: before anything was heard, and from tick to tick."""

AUDIBLE = 1e-6
"""Energy, of full scale, below which there is nothing to learn from."""

ODD_TICKS = 5
"""For how many ticks of an excess as of somebody's voice the echo is looked for elsewhere: at the sixth it would be
taken for one."""

CALM_TICKS = 25
"""How often the room is remembered while nothing is odd: what was learnt from a moved echo is of no use."""

MOVED_DOUBT = 0.05
"""Share of a moved room's power that may be wrong: its place is known to a fraction of a sample."""

SLIP_MEMORY = 0.6
"""Of those powers, from tick to tick: it has to be known before the six ticks that make a voice are over."""

LOUD = 0.1
LOUDEST_MEMORY = 0.995
"""Only vowels tell: between them a filter that is right may still add a little to next to nothing."""

SLIPPED = 1.25
"""A wrong echo taken out doubles the power; a right one never adds to it."""

LOWPASS_SAMPLES = 36
"""0.75 ms at 48 kHz: enough to keep what is above 8 kHz from folding back."""


class KalmanCanceller:
    """The `EchoCanceller` port."""

    def __init__(self) -> None:
        import numpy

        self._numpy = numpy
        bins = HEARD_FRAME_SAMPLES + 1
        self._shape = ECHO_TICKS, bins
        faded = FIRST_DOUBT * FADING ** numpy.arange(ECHO_TICKS) + LEAST_DOUBT
        self._first_doubt = numpy.repeat(faded[:, None], bins, axis=1).astype(numpy.float32)
        self._ours = numpy.zeros(self._shape, numpy.complex64)
        """Spectra of what was played, newest first; each spans its tick and the one before."""
        self._noise = numpy.full(bins, FIRST_NOISE, numpy.float32)
        self._last = numpy.zeros(HEARD_FRAME_SAMPLES, numpy.float32)
        self._tail = numpy.zeros(LOWPASS_SAMPLES, numpy.float32)
        taps = numpy.arange(LOWPASS_SAMPLES) - (LOWPASS_SAMPLES - 1) / 2
        lowpass = numpy.sinc(taps * HEARD_HERTZ / PLAYED_HERTZ) * numpy.hanning(LOWPASS_SAMPLES + 2)[1:-1]
        self._lowpass = (lowpass / lowpass.sum()).astype(numpy.float32)
        self._silent_ticks = ECHO_TICKS + 1
        self._idle_ticks = 0
        self._remains = Remains()
        self._moves = Moves(ECHO_TICKS)
        drift = DRIFT * (numpy.arange(bins) / HEARD_FRAME_SAMPLES) ** 2
        self._kept = numpy.sqrt(FORGETTING**2 - drift).astype(numpy.float32)
        self._kept_idle = numpy.sqrt(IDLE_FORGETTING**2 - drift).astype(numpy.float32)
        """Of the room, by frequency, in a tick."""
        self._odd_ticks = 0
        """For how many something has stood out."""
        self._calm_ticks = 0
        self._enter_room()

    def _enter_room(self) -> None:
        """Nothing is known of the room."""
        numpy = self._numpy
        self._room = numpy.zeros(self._shape, numpy.complex64)
        """What each tick of our sound becomes in the microphone, by age in ticks and by frequency."""
        self._doubt = self._first_doubt
        """Variance of the room's error."""
        self._calm_rooms: deque[Any] = deque(maxlen=2)
        """As the room was half a second before anything was odd, or a whole one."""
        self._heard_power = self._left_power = self._loudest = 0.0
        """Of the last ticks, with our echo and without; and the most of the first lately."""

    def accept(self, played: Frame, heard: Frame) -> Cleaned:
        self._silent_ticks = self._silent_ticks + 1 if played == SILENT_PLAYED_FRAME else 0
        if self._silent_ticks > ECHO_TICKS:
            self._remains.begin()
            self._idle_ticks += 1
            return Cleaned(heard)
        numpy = self._numpy
        if self._idle_ticks:
            self._forget(self._kept_idle**self._idle_ticks)
            self._idle_ticks = 0
        self._turn(played)
        whole = numpy.frombuffer(heard, dtype="<i2").astype(numpy.float32) / FULL_SCALE
        self._moves.hear(self._last, whole)
        self._follow()
        echo = numpy.fft.irfft((self._room * self._ours).sum(axis=0))[HEARD_FRAME_SAMPLES:].astype(numpy.float32)
        rest = whole - echo
        if self._is_elsewhere(whole, rest):
            self._enter_room()
            rest, echo = whole, numpy.zeros_like(echo)
        excess = self._remains.excess(rest, echo, self._learn(rest))
        self._odd_ticks = self._odd_ticks + 1 if excess is not None and excess >= EXCESS_DB else 0
        clean = numpy.clip(numpy.rint(rest * FULL_SCALE), -FULL_SCALE, FULL_SCALE - 1)
        return Cleaned(clean.astype("<i2").tobytes(), excess)

    def _follow(self) -> None:
        """Where something stands out, it may be our echo at another place."""
        if self._odd_ticks == 0:
            self._calm_ticks += 1
            if self._calm_ticks % CALM_TICKS == 0:
                self._calm_rooms.append(self._room)
        elif self._odd_ticks <= ODD_TICKS and self._calm_rooms:
            moved = self._moves.moved(self._calm_rooms[0])
            if moved is not None:
                self._room = moved
                self._doubt = self._numpy.maximum(self._doubt, MOVED_DOUBT * self._numpy.abs(moved) ** 2)

    def _is_elsewhere(self, heard: Any, rest: Any) -> bool:
        """Whether what is taken out only adds to what is heard: a buffer slipped, or the laptop was carried off.

        Somebody who speaks adds to both alike, however loud.
        """
        memory, numpy = SLIP_MEMORY, self._numpy
        self._heard_power = memory * self._heard_power + (1 - memory) * float(numpy.mean(heard**2))
        self._left_power = memory * self._left_power + (1 - memory) * float(numpy.mean(rest**2))
        self._loudest = max(self._heard_power, LOUDEST_MEMORY * self._loudest)
        is_loud = self._heard_power > LOUD * self._loudest
        return is_loud and self._left_power > SLIPPED * self._heard_power

    def doubt_room(self) -> None:
        self._doubt = self._numpy.maximum(self._doubt, self._first_doubt)

    def _turn(self, played: Frame) -> None:
        """The newest tick of ours comes in, at the microphone's rate; the oldest goes."""
        numpy = self._numpy
        sound = numpy.frombuffer(played, dtype="<i2").astype(numpy.float32) / FULL_SCALE
        row = numpy.concatenate([self._tail, sound])
        self._tail = sound[-LOWPASS_SAMPLES:]
        every = PLAYED_FRAME_SAMPLES // HEARD_FRAME_SAMPLES
        now = numpy.convolve(row, self._lowpass, "valid")[1::every].astype(numpy.float32)
        self._ours[1:] = self._ours[:-1]
        self._ours[0] = numpy.fft.rfft(numpy.concatenate([self._last, now]))
        self._last = now

    def _learn(self, rest: Any) -> Any:
        """What was left tells how the room differs from what the filter thought; the power it expected, by bin."""
        numpy = self._numpy
        spectrum = numpy.fft.rfft(numpy.concatenate([numpy.zeros_like(rest), rest])).astype(numpy.complex64)
        power = numpy.abs(self._ours) ** 2
        # Half of each spectrum is the tick before, so half of its power can be in this one.
        expected = 0.5 * (self._doubt * power).sum(axis=0)
        beyond = numpy.maximum(numpy.abs(spectrum) ** 2 - expected, 0)
        self._noise = NOISE_MEMORY * self._noise + (1 - NOISE_MEMORY) * beyond
        if float(power.sum()) < AUDIBLE:
            return expected
        gain = 0.5 * self._doubt / (expected + self._noise + TINY)
        step = numpy.fft.irfft(gain * numpy.conj(self._ours) * spectrum, axis=1)
        step[:, HEARD_FRAME_SAMPLES:] = 0
        self._room = self._room + numpy.fft.rfft(step, axis=1).astype(numpy.complex64)
        self._doubt = (1 - 0.5 * gain * power) * self._doubt
        self._forget(self._kept)
        return expected

    def _forget(self, kept: Any) -> None:
        """So much of the room has stayed the same, by frequency; of its power, the square.

        Where a drift keeps turning it, it averages to nothing, and would be believed; so it counts as usual there.
        And what was never heard is no better known for having been forgotten.
        """
        power = self._numpy.abs(self._room) ** 2
        usual = power.mean(axis=1, keepdims=True)
        forgotten = kept**2 * self._doubt + (1 - kept**2) * self._numpy.maximum(power, usual)
        self._doubt = self._numpy.maximum(self._doubt, forgotten)
