"""What an engine says becomes what is played: trimmed, at one loudness, soft at both ends.

In: float samples of any rate. Out: 48 kHz mono s16. Touches: soxr through `resampling`, numpy.
Every voice goes through here, so all of them are as loud as each other, and none begins or ends with a click.
"""

from collections import OrderedDict
from typing import Any

from voicejournal.edges.resampling import Resampling, Samples
from voicejournal.hearing.frames import FULL_SCALE, HEARD_HERTZ, PLAYED_HERTZ

SILENCE_DBFS = -50.0
WINDOW_SECONDS = 0.01
"""Where the sound begins and ends: design §7."""

FADE_SECONDS = 0.02
"""At both ends (issue 4); raised cosine, as the cues have."""

FADED_DBFS = -47.0
"""An end lies where the sound is this loud once it is faded; else a faint last breath, faded out, would make the
rest after it up to 0.2 s longer as heard. Twice the energy of silence: windows may part a burst in two."""

EDGE_SECONDS = 0.004
"""What is that loud lies this much before the end, and lasts as long. Rests are then at most 0.02 s longer than
their script as heard, by any window; with 0.005 they were up to 0.03 (docs/decisions/0007-voice.md)."""

BLOCK_SECONDS = 0.001
"""Ends are looked for in steps of this; a twentieth of what a rest may be off."""

LEVEL_DBFS = -23.0
"""Root mean square of the audible windows: what broadcasters aim at (EBU R 128), and low enough that
the loudest of our sentences stay below the peak."""

PEAK_DBFS = -3.0
"""Room for the resampling filters of sound cards, which overshoot by up to 3 dB."""

LIMITER_SECONDS = 0.005
"""Longer than one period of the lowest voice at hand would be heard as pumping; shorter would be distortion."""

REMEMBERED_BYTES = 16_000_000
"""170 s of sound, more than the longest grounding script says; a quarter of what the program may take."""


def speakable(words: str) -> str:
    """Without what no engine can say: a zero byte would end the text, half a surrogate pair can't be encoded."""
    return "".join(one if one.isprintable() else " " for one in words).strip()


def shaped(samples: Samples, hertz: int) -> bytes:
    """The sound to be played; empty when nothing in it is audible."""
    import numpy

    resampling = Resampling(hertz, PLAYED_HERTZ)
    sound = resampling.resample(samples, is_last=True)
    window_samples = round(WINDOW_SECONDS * PLAYED_HERTZ)
    # Twice, for which windows count as audible depends on how loud it is.
    for _ in range(2):
        audible = _audible(sound)
        if not audible.any():
            return b""
        voiced = sound[: len(audible) * window_samples].reshape(len(audible), window_samples)[audible]
        sound = sound * _amplitude(LEVEL_DBFS) / numpy.sqrt(numpy.mean(voiced**2))
    sound = _trimmed(_limited(sound))
    _fade(sound)
    return resampling.as_s16(sound)


def recalled(pcm: bytes) -> bytes:
    """Kept sound of the person (16 kHz mono s16), to be played: as loud as any other voice."""
    import numpy

    samples = numpy.frombuffer(pcm, dtype="<i2").astype(numpy.float32) / FULL_SCALE
    return shaped(samples, HEARD_HERTZ) if pcm else b""


def _trimmed(sound: Samples) -> Samples:
    """What lies between its first and its last sound that is still heard when both ends are faded."""
    import numpy

    # Where it stops short of silence, the fade has to lie after what is heard.
    sound = numpy.pad(sound, round(2 * EDGE_SECONDS * PLAYED_HERTZ))
    sound = sound[: _end(sound)]
    return sound[len(sound) - _end(sound[::-1]) :].copy()


def _end(sound: Samples) -> int:
    """The last place to end at, in samples, that leaves what comes just before it audible under the fade."""
    import numpy

    block = round(BLOCK_SECONDS * PLAYED_HERTZ)
    count = round(EDGE_SECONDS / BLOCK_SECONDS)
    power = numpy.mean(sound[: len(sound) // block * block].reshape(-1, block) ** 2, axis=1)
    # The nearest to the end comes first, as `convolve` has it.
    before_end = EDGE_SECONDS + (numpy.arange(count) + 0.5) * BLOCK_SECONDS
    faded = numpy.convolve(power, _gain(before_end / FADE_SECONDS) ** 2 / count)[: len(power)]
    heard = numpy.flatnonzero(faded > _amplitude(FADED_DBFS) ** 2)
    return (int(heard[-1]) + 1 + count) * block if len(heard) else len(sound)


def _limited(sound: Samples) -> Samples:
    """Softer for some milliseconds around each peak that is too high: it is not to soften the whole sentence."""
    import numpy

    size = round(LIMITER_SECONDS * PLAYED_HERTZ)
    count = -(-len(sound) // size)
    peaks = numpy.abs(numpy.pad(sound, (0, count * size - len(sound)))).reshape(count, size).max(axis=1)
    gain = numpy.minimum(1, _amplitude(PEAK_DBFS) / numpy.maximum(peaks, 1e-9))
    # Between the middles of two blocks the gain lies between theirs; so each takes the least of its neighbours'.
    around = numpy.pad(gain, 1, mode="edge")
    gain = numpy.minimum(numpy.minimum(around[:-2], gain), around[2:])
    middles = (numpy.arange(count) + 0.5) * size
    limited: Samples = (sound * numpy.interp(numpy.arange(len(sound)), middles, gain)).astype(numpy.float32)
    return limited


def _fade(sound: Samples) -> None:
    import numpy

    count = min(round(FADE_SECONDS * PLAYED_HERTZ), len(sound) // 2)
    fade = _gain(numpy.linspace(0, 1, count, dtype=numpy.float32))
    sound[:count] *= fade
    sound[len(sound) - count :] *= fade[::-1]


def _gain(part: Any) -> Any:
    """Of a raised cosine, `part` of it being over."""
    import numpy

    return 0.5 - 0.5 * numpy.cos(numpy.pi * part)


def _amplitude(dbfs: float) -> float:
    return float(10 ** (dbfs / 20))


def _audible(sound: Samples) -> Any:
    """Which windows of the sound are above silence; the last one is filled up."""
    import numpy

    window_samples = round(WINDOW_SECONDS * PLAYED_HERTZ)
    count = len(sound) // window_samples
    windows = sound[: count * window_samples].reshape(count, window_samples)
    return numpy.sqrt(numpy.mean(windows**2, axis=1)) > _amplitude(SILENCE_DBFS)


class Remembered:
    """Sentences that were rendered, by words and rate; the longest unused go when there are too many."""

    def __init__(self) -> None:
        self._sounds: OrderedDict[tuple[str, float], bytes] = OrderedDict()
        self.bytes = 0
        """Of all sounds together."""

    def __contains__(self, sentence: tuple[str, float]) -> bool:
        return sentence in self._sounds

    def get(self, sentence: tuple[str, float]) -> bytes | None:
        """Its sound, which counts as used now; None when it is not here."""
        if sentence in self._sounds:
            self._sounds.move_to_end(sentence)
        return self._sounds.get(sentence)

    def add(self, sentence: tuple[str, float], sound: bytes) -> bytes:
        """Keep it, and give it back."""
        if sentence not in self._sounds:
            self._sounds[sentence] = sound
            self.bytes += len(sound)
        while self.bytes > REMEMBERED_BYTES and len(self._sounds) > 1:
            self.bytes -= len(self._sounds.popitem(last=False)[1])
        return sound
