"""Row: our echo canceller beside others, as far as they are installed: what each takes of our voice and of theirs.

`pip install pywebrtc-audio==0.2.0 livekit==1.2.1 pyaec==1.0.1` brings the others; none of them is needed to run.
"""

import importlib.util
from collections.abc import Callable
from itertools import islice
from typing import Any

import numpy
import soxr

from bench import over, sounds
from bench.echo import dense
from bench.figures import Figure, unmeasured
from bench.sounds import Samples
from voicejournal.absent import NoSpeaker
from voicejournal.edges.echo import KalmanCanceller
from voicejournal.edges.room import Room
from voicejournal.edges.voice import SpokenVoice
from voicejournal.hearing.frames import (
    HEARD_FRAME_SAMPLES,
    HEARD_HERTZ,
    PLAYED_HERTZ,
    TICKS_PER_SECOND,
)
from voicejournal.speaking.playback import Playback

ROW = "cancellers"

SECONDS, QUICK_SECONDS = 60, 30
SETTLED_SECONDS = 8
LEVEL_DB = -20.0
OVER_DB = 0.0
EVERY_SECONDS = 4
HALF = HEARD_FRAME_SAMPLES // 2
"""WebRTC's own frame, 10 ms."""

Cancel = Callable[[bytes, Samples, Samples], Samples]
"""The frame played at 48 kHz, the same at 16 kHz, the frame heard: the frame without the echo (s16 values)."""


def kalman() -> Cancel:
    canceller = KalmanCanceller()
    return lambda played, far, heard: numpy.frombuffer(canceller.accept(played, heard.tobytes()).frame, "<i2")


def webrtc() -> Cancel:
    from pywebrtc_audio import EchoCanceller

    canceller = EchoCanceller(HEARD_HERTZ, 1)
    return lambda played, far, heard: canceller.process(heard, far)


def livekit() -> Cancel:
    from livekit.rtc import AudioFrame
    from livekit.rtc.apm import AudioProcessingModule

    module = AudioProcessingModule(echo_cancellation=True)
    module.set_stream_delay_ms(0)

    def cancel(played: bytes, far: Samples, heard: Samples) -> Samples:
        cleaned = []
        for at in (0, HALF):
            ours, theirs = (
                AudioFrame(bytearray(sound[at : at + HALF].tobytes()), HEARD_HERTZ, 1, HALF)
                for sound in (far, heard)
            )
            module.process_reverse_stream(ours)
            module.process_stream(theirs)
            cleaned.append(numpy.frombuffer(bytes(theirs.data), "<i2"))
        return numpy.concatenate(cleaned)

    return cancel


def speex() -> Cancel:
    from pyaec import Aec

    canceller = Aec(HEARD_FRAME_SAMPLES, HEARD_HERTZ // 2, HEARD_HERTZ, False)
    return lambda played, far, heard: numpy.array(canceller.cancel_echo(heard.tolist(), far.tolist()), "<i2")


CANCELLERS: dict[str, tuple[str | None, Callable[[], Cancel]]] = {
    "ours": (None, kalman),
    "AEC3, pywebrtc-audio": ("pywebrtc_audio", webrtc),
    "AEC3, livekit": ("livekit", livekit),
    "Speex, pyaec": ("pyaec", speex),
}


def measure(is_quick: bool) -> list[Figure]:
    played = _played(QUICK_SECONDS if is_quick else SECONDS)
    figures = []
    for name, (package, make) in CANCELLERS.items():
        if package is not None and importlib.util.find_spec(package) is None:
            figures.append(unmeasured(ROW, name, f"{package} is not installed"))
            continue
        for place, path in sounds.rooms().items():
            taken, lost = _tried(make(), played, path), _lost(make(), played, path)
            what = f"{name}, {place}: echo taken out; a word over it at {OVER_DB:g} dB, median and worst tenth"
            figures.append(Figure(ROW, what, f"{taken:.1f} dB; {lost[0]:+.1f} and {lost[1]:+.1f} dB", "–", None))
    return figures


def _played(seconds: int) -> list[bytes]:
    playback = Playback(SpokenVoice(over.LANGUAGE).render)
    playback.add(dense().steps)
    return [frame.frame for frame in islice(iter(playback.next_frame, None), seconds * TICKS_PER_SECOND)]


def _echo(played: list[bytes], path: Any) -> Samples:
    room = Room(over.Nobody(len(played)), NoSpeaker(), path, LEVEL_DB)
    heard = []
    for frame in played:
        room.play(frame)
        heard.append(room.listen() or bytes(2 * HEARD_FRAME_SAMPLES))
    return numpy.frombuffer(b"".join(heard), "<i2").astype(float)


def _run(cancel: Cancel, played: list[bytes], heard: Samples) -> Samples:
    ours = numpy.frombuffer(b"".join(played), "<i2").astype(float)
    far = numpy.clip(numpy.rint(soxr.resample(ours, PLAYED_HERTZ, HEARD_HERTZ)), -32768, 32767).astype("<i2")
    near = numpy.clip(numpy.rint(heard), -32768, 32767).astype("<i2")
    size = HEARD_FRAME_SAMPLES
    frames = [
        cancel(frame, far[i * size : (i + 1) * size], near[i * size : (i + 1) * size])
        for i, frame in enumerate(played)
    ]
    return numpy.concatenate(frames).astype(float)


def _tried(cancel: Cancel, played: list[bytes], path: Any) -> float:
    """dB of the echo that are gone, once it has settled."""
    echo = _echo(played, path)
    noise = numpy.random.default_rng(0).normal(0, 3, len(echo))
    settled = slice(SETTLED_SECONDS * HEARD_HERTZ, None)
    left = _run(cancel, played, echo + noise)
    return 20 * float(numpy.log10(sounds.level(echo[settled]) / sounds.level(left[settled])))


def _lost(cancel: Cancel, played: list[bytes], path: Any) -> tuple[float, float]:
    """How much louder a word over the echo is afterwards: median, and the tenth percentile; dB."""
    echo, words = _echo(played, path), numpy.zeros(len(played) * HEARD_FRAME_SAMPLES)
    word = sounds.spoken("Stop.")
    word = word * sounds.level(echo) * 10 ** (OVER_DB / 20) / sounds.level(word)
    starts = range(SETTLED_SECONDS * HEARD_HERTZ, len(words) - len(word), EVERY_SECONDS * HEARD_HERTZ)
    for at in starts:
        words[at : at + len(word)] = word
    left = _run(cancel, played, echo + words)
    change = [20 * numpy.log10(sounds.level(left[at : at + len(word)]) / sounds.level(word)) for at in starts]
    return float(numpy.median(change)), float(numpy.percentile(change, 10))
