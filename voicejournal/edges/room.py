"""A room in which the microphone hears the speaker, as on a laptop.

In: a microphone and a speaker that share one clock, an impulse response. Out: the same two, and the echo between.
Touches: the impulse response (soundfile, soxr), numpy.
What is heard in tick n holds the echo of every frame played up to tick n, to the sample.
"""

from pathlib import Path

from voicejournal.edges.resampling import Resampling, Samples
from voicejournal.edges.sound_files import read_sound
from voicejournal.errors import Detail, SettingsError
from voicejournal.hearing.frames import (
    FULL_SCALE,
    HEARD_FRAME_SAMPLES,
    HEARD_HERTZ,
    PLAYED_FRAME_SAMPLES,
    PLAYED_HERTZ,
    SILENT_PLAYED_FRAME,
    Frame,
)
from voicejournal.ports.sound import Microphone, Speaker

LEVEL_DB = -20.0
"""What is left of the voice when it comes back: design §3."""

PHASES = PLAYED_HERTZ // HEARD_HERTZ
"""Played samples for each heard one."""

FILTER_SAMPLES = 32
"""Heard samples (2 ms) that soxr's low-pass needs before the first arrival; a real room has them anyway."""

TAIL_ENERGY = 1e-6
"""Where so little of the energy is left (-60 dB, the usual end of a room's echo), the response is cut off."""


class Room:
    """Both the `Microphone` and the `Speaker` port: whoever is given it as both hears what it plays."""

    def __init__(
        self, microphone: Microphone, speaker: Speaker, rir_path: Path, level_db: float = LEVEL_DB
    ) -> None:
        """`rir_path`: sound of any rate, its first channel is the response; scaled to unit energy, then `level_db`.

        Raises: SettingsError when it can't be read.
        """
        self.microphone = microphone
        self.speaker = speaker
        self._echo = _Echo(_response(rir_path, level_db))
        self._played: list[Frame] = []
        """Not yet heard: one frame, as long as playing and hearing take turns."""

    def play(self, frame: Frame) -> None:
        self.speaker.play(frame)
        self._played.append(frame)

    def listen(self) -> Frame | None:
        """The microphone's frame and the echo in it; after its end the echo alone, and None while there is none."""
        frame = self.microphone.listen()
        echo = self._echo.of(self._played.pop(0) if self._played else SILENT_PLAYED_FRAME)
        if echo is None:
            return frame
        return self._echo.added(frame, echo)

    def sounding(self) -> Frame:
        return self.speaker.sounding()

    def hush(self) -> None:
        """What has sounded goes on echoing."""
        self.speaker.hush()

    def close(self) -> None:
        self.microphone.close()
        self.speaker.close()


class _Echo:
    """The response, run over what is played: 48 kHz in, 16 kHz out.

    Only every third sample is ever worked out: the response is split into `PHASES` responses at 16 kHz, and each
    into parts of one tick, whose spectra are multiplied with those of the last ticks and added up.
    """

    def __init__(self, response: Samples) -> None:
        """`response`: float samples at 48 kHz, free of anything above 8 kHz."""
        import numpy

        self._numpy = numpy
        # Heard sample m sounds with played sample 3m, and 3m + 2 is the last one of its three: two later.
        late = numpy.concatenate([numpy.zeros(PHASES - 1), response])
        self._parts = -(-len(late) // PLAYED_FRAME_SAMPLES)
        late.resize(self._parts * PLAYED_FRAME_SAMPLES)
        split = late.reshape(self._parts, HEARD_FRAME_SAMPLES, PHASES).transpose(0, 2, 1)
        spectra = numpy.fft.rfft(split, 2 * HEARD_FRAME_SAMPLES).astype(numpy.complex64)
        # Backwards and twice over: whatever slot of the ring this tick has, the parts that belong to the slots
        # lie in one piece.
        self._response = numpy.concatenate([spectra, spectra])[-numpy.arange(2 * self._parts)]
        self._ring = numpy.zeros_like(spectra)
        """Spectra of the last ticks played; axes: slot, phase, frequency."""
        self._slot = 0
        self._last = numpy.zeros((PHASES, HEARD_FRAME_SAMPLES), numpy.float32)
        """What was played in the tick before."""
        self._silent_ticks = self._parts + 1
        """Ticks of silence played in a row."""

    def of(self, frame: Frame) -> "Samples | None":
        """Echo in the tick in which this frame is played, as floats of s16's size; None when the room is quiet."""
        numpy = self._numpy
        self._silent_ticks = self._silent_ticks + 1 if frame == SILENT_PLAYED_FRAME else 0
        # One tick more than the response has parts, because each spectrum spans two ticks; and by then the ring
        # is full of silence.
        if self._silent_ticks > self._parts + 1:
            return None
        now = numpy.frombuffer(frame, dtype="<i2").astype(numpy.float32).reshape(-1, PHASES)[:, ::-1].T
        spectrum = numpy.fft.rfft(numpy.concatenate([self._last, now], axis=1))
        self._last = now
        self._ring[self._slot] = spectrum
        turned = self._response[self._parts - self._slot : 2 * self._parts - self._slot]
        self._slot = (self._slot + 1) % self._parts
        total = numpy.einsum("spf,spf->f", self._ring, turned)
        echo: Samples = numpy.fft.irfft(total)[HEARD_FRAME_SAMPLES:]
        return echo

    def added(self, frame: Frame | None, echo: Samples) -> Frame:
        """Both at once, clipped rather than wrapped round."""
        numpy = self._numpy
        sound = numpy.rint(echo)
        if frame is not None:
            sound = sound + numpy.frombuffer(frame, dtype="<i2")
        clipped: bytes = numpy.clip(sound, -FULL_SCALE, FULL_SCALE - 1).astype("<i2").tobytes()
        return clipped


def _response(path: Path, level_db: float) -> Samples:
    """The impulse response at 48 kHz, at its level, with nothing above 8 kHz that would fold back."""
    import numpy

    samples, hertz = read_sound(path, SettingsError)
    heard = Resampling(hertz, HEARD_HERTZ).resample(samples[:, 0], is_last=True)
    energy = numpy.cumsum(heard.astype(numpy.float64) ** 2)
    if not energy[-1] > 0:
        raise SettingsError("sound_file_unreadable", path=str(path), reason=Detail.SILENT)
    heard = heard[: 1 + int(numpy.searchsorted(energy, (1 - TAIL_ENERGY) * energy[-1]))]
    before = numpy.zeros(max(0, FILTER_SAMPLES - int(numpy.abs(heard).argmax())))
    after = numpy.zeros(FILTER_SAMPLES)
    played = Resampling(HEARD_HERTZ, PLAYED_HERTZ).resample(numpy.concatenate([before, heard, after]), is_last=True)
    # Three played samples are added up for every heard one.
    response: Samples = played * 10 ** (level_db / 20) / numpy.sqrt(energy[-1]) / PHASES
    return response
