"""Any sound becomes mono s16 at one rate, block by block.

In: float samples of any rate and number of channels. Out: mono s16 bytes. Touches: soxr, numpy.
However the sound is cut into blocks, the bytes joined are the same, and no sample is lost at either end.
"""

from typing import TYPE_CHECKING, TypeAlias

from voicejournal.hearing.frames import FULL_SCALE, HEARD_HERTZ

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

Samples: TypeAlias = "NDArray[numpy.floating]"
"""Sound of full scale 1.0; of shape (samples,), or (samples, channels) where that is said."""

QUALITY = "HQ"
"""soxr's 20 bit setting: its noise lies below what s16 can hold, and an hour takes 1 to 4 s."""


class Resampling:
    """One stream of sound on its way from one rate to another."""

    def __init__(self, from_hertz: int, to_hertz: int) -> None:
        import numpy
        import soxr

        self._numpy = numpy
        is_needed = from_hertz != to_hertz
        self._stream = soxr.ResampleStream(from_hertz, to_hertz, 1, "float32", QUALITY) if is_needed else None

    def convert(self, samples: Samples, is_last: bool = False) -> bytes:
        """The same as `resample`, as s16."""
        return self.as_s16(self.resample(samples, is_last))

    def resample(self, samples: Samples, is_last: bool = False) -> Samples:
        """What has become certain with this block, as float32 of shape (samples,).

        `samples`: float32 of shape (samples,) or (samples, channels); channels are averaged.
        soxr holds some milliseconds back until `is_last`, after which nothing may follow.
        """
        numpy = self._numpy
        if samples.ndim == 2:
            samples = samples.mean(axis=1)
        # A float file may hold NaN, and one of them would silence everything after it inside the filter.
        samples = numpy.nan_to_num(samples).astype(numpy.float32)
        if self._stream is None:
            return samples
        resampled: Samples = self._stream.resample_chunk(samples, last=is_last)
        return resampled

    def convert_s16(self, pcm: bytes, channels: int = 1) -> bytes:
        """The same for s16 bytes whose channels are interleaved."""
        numpy = self._numpy
        samples = numpy.frombuffer(pcm, dtype="<i2").reshape(-1, channels)
        return self.convert(samples.astype(numpy.float32) / FULL_SCALE)

    def spread(self, pcm: bytes, channels: int) -> bytes:
        """Mono s16 on every channel, interleaved."""
        spread: bytes = self._numpy.frombuffer(pcm, dtype="<i2").repeat(channels).tobytes()
        return spread

    def as_s16(self, samples: Samples) -> bytes:
        """Float samples as s16, clipped rather than wrapped round; what was s16 before comes back exactly."""
        numpy = self._numpy
        # Clipped before and after: a float file may hold more than can be counted, and +1.0 is one step too many.
        scaled = numpy.rint(numpy.clip(samples, -1.0, 1.0) * FULL_SCALE)
        clipped: bytes = numpy.clip(scaled, -FULL_SCALE, FULL_SCALE - 1).astype("<i2").tobytes()
        return clipped


def at_rate(samples: Samples, rate: float) -> Samples:
    """The same 16 kHz sound played at this rate; below 1 it is lower and slower."""
    return Resampling(round(HEARD_HERTZ * rate), HEARD_HERTZ).resample(samples, is_last=True)
