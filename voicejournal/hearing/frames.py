"""The units of sound and time that everything else counts in.

In: nothing. Out: constants and conversions. Pure.
One tick is one frame heard and one frame played; the microphone is the clock.
"""

TICK_SECONDS = 0.02
"""Seconds; 20 ms is a frame length that webrtc, Silero's feeders and PortAudio all live with."""

TICKS_PER_SECOND = 50

HEARD_HERTZ = 16_000
"""Hertz, mono, signed 16 bit little endian: what both recognisers and Silero were trained on."""

HEARD_FRAME_SAMPLES = 320
HEARD_FRAME_BYTES = 640

PLAYED_HERTZ = 48_000
"""Hertz, mono, signed 16 bit little endian: what sound cards run at by themselves."""

PLAYED_FRAME_SAMPLES = 960
PLAYED_FRAME_BYTES = 1920

Frame = bytes
"""Exactly `HEARD_FRAME_BYTES` when heard, `PLAYED_FRAME_BYTES` when played."""

FULL_SCALE = 32768
"""What 1.0 is in 16 bits; the largest sample is one less."""

SILENCE_LEVEL = -96.0
"""dBFS of digital silence: one step of 16 bits."""

SILENT_HEARD_FRAME = bytes(HEARD_FRAME_BYTES)
SILENT_PLAYED_FRAME = bytes(PLAYED_FRAME_BYTES)


def ticks(seconds: float) -> int:
    """Whole ticks nearest to this many seconds."""
    return round(seconds * TICKS_PER_SECOND)


def seconds(tick_count: int) -> float:
    """Seconds of the microphone's clock in this many ticks."""
    return tick_count / TICKS_PER_SECOND


def heard_seconds(pcm: bytes) -> float:
    """Seconds of heard sound in this many bytes."""
    return len(pcm) / (2 * HEARD_HERTZ)
