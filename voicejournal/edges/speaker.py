"""The speaker of this machine.

In: one frame for each tick of the microphone. Out: sound. Touches: the sound card (through `sound_devices`).
The two devices run on clocks of their own, so the queue between them is kept near its depth by leaving out or
adding frames of silence; a frame with sound in it is never left out but by `hush`.
"""

import time
from collections import deque
from typing import Any

from voicejournal.edges.resampling import Resampling
from voicejournal.edges.sound_devices import LATENCY_SECONDS, PLAYED_FORM, Device, Direction
from voicejournal.errors import SpeakerError
from voicejournal.hearing.frames import (
    PLAYED_HERTZ,
    SILENT_PLAYED_FRAME,
    TICK_SECONDS,
    TICKS_PER_SECOND,
    Frame,
)

CUSHION_FRAMES = 4
"""80 ms wait in the queue before sound begins: a microphone gives its frames in handfuls of up to three."""

LEAST_FRAMES = 1
MOST_FRAMES = 3
"""How low the queue may run in its worst moment of a second; with those handfuls it holds 60 to 100 ms."""

FULL_FRAMES = 10
"""Beyond this, 200 ms, silence is not queued at all: the device has just begun, or the machine caught up."""

SURPLUS_FRAMES = 6
KEPT_FRAMES = 2
SURPLUS_TICKS = TICKS_PER_SECOND
"""What was given may wait for its tick for 120 ms: any sound takes longer from one device to the other. What waits
longer all of a second waits for nothing; 40 ms are enough for handfuls."""

LOST_SECONDS = 2.0
"""A device that takes nothing for so long is gone, even if nobody said so."""


class DeviceSpeaker:
    """The `Speaker` port."""

    def __init__(self, device: str | int | None = None) -> None:
        """`device`: a number, part of a name, or None for the usual one. Raises: SpeakerError."""
        self._blocks: deque[tuple[bytes, Frame]] = deque()
        """Each as long as the device asks for, with the frame that filled it; taken from the other end on
        PortAudio's thread."""
        self._given = Given()
        self._is_waiting = True
        """For the cushion to fill: silence is played."""
        self._is_gone = False
        self._is_closing = False
        self._least_blocks = CUSHION_FRAMES
        """How short the queue was in its worst moment of this second."""
        self._spare_frames = 0
        """Silent frames to leave out, or to add when below 0."""
        self._played_ticks = 0
        self._untaken_ticks = 0
        """Since the device last took a block."""
        self._taken_at = time.monotonic()
        self._part = bytearray()
        """Converted sound that does not fill a block yet."""
        found = Device(device, Direction.PLAYED)
        self._form = found.form
        self._silence = bytes(found.form.block_bytes)
        self._resampling = None if found.form == PLAYED_FORM else Resampling(PLAYED_HERTZ, found.form.hertz)
        self._stream = found.open(self._give, self._finish)

    def play(self, frame: Frame) -> None:
        """Queue the frame of this tick; never waits. Raises: SpeakerError when the device is gone."""
        self._untaken_ticks += 1
        is_stuck = (
            self._untaken_ticks > LOST_SECONDS * TICKS_PER_SECOND
            and time.monotonic() - self._taken_at > LOST_SECONDS
        )
        if self._is_gone or is_stuck:
            raise SpeakerError("speaker_lost")
        self._watch_depth()
        if frame != SILENT_PLAYED_FRAME:
            self._queue(frame)
        elif self._spare_frames > 0:
            self._spare_frames -= 1
        elif len(self._blocks) < FULL_FRAMES:
            self._queue(frame)
            if self._spare_frames < 0:
                self._spare_frames += 1
                self._queue(frame)

    def sounding(self) -> Frame:
        return self._given.of_this_tick()

    def hush(self) -> None:
        """Drop what is queued; what PortAudio has taken already sounds for some 80 ms more."""
        self._blocks.clear()
        self._part.clear()

    def close(self) -> None:
        """Let what is queued sound, then close; a device that stopped taking is not waited for."""
        self._is_closing = True
        for _ in range(len(self._blocks) + CUSHION_FRAMES):
            if not self._blocks or self._is_gone:
                break
            time.sleep(TICK_SECONDS)
        if not self._is_gone:
            # PortAudio's own draining cut the last 65 ms off through PulseAudio, and it may wait for ever.
            # Twice, because PulseAudio holds some as well.
            time.sleep(2 * LATENCY_SECONDS)
        self._stream.close()

    def _queue(self, frame: Frame) -> None:
        if self._resampling is None:
            self._blocks.append((frame, frame))
            return
        mono = self._resampling.convert_s16(frame)
        self._part += self._resampling.spread(mono, self._form.channels)
        while len(self._part) >= len(self._silence):
            self._blocks.append((bytes(self._part[: len(self._silence)]), frame))
            del self._part[: len(self._silence)]

    def _watch_depth(self) -> None:
        """Once a second: is the queue growing or running dry?"""
        self._played_ticks += 1
        if self._played_ticks % TICKS_PER_SECOND:
            return
        if not LEAST_FRAMES <= self._least_blocks <= MOST_FRAMES:
            self._spare_frames = self._least_blocks - (LEAST_FRAMES + MOST_FRAMES) // 2
        self._least_blocks = len(self._blocks)

    def _give(self, out: Any, _sample_count: int, _time: Any, _status: Any) -> None:
        """On PortAudio's thread: nothing here may wait, raise or make anything large."""
        self._untaken_ticks = 0
        self._taken_at = time.monotonic()
        block, frame = self._silence, SILENT_PLAYED_FRAME
        if not self._is_waiting or len(self._blocks) >= CUSHION_FRAMES or self._is_closing:
            try:
                block, frame = self._blocks.popleft()
                self._is_waiting = False
            except IndexError:
                # Run dry: rather one silence of the cushion's length now than a gap in every word.
                self._is_waiting = True
            self._least_blocks = min(self._least_blocks, len(self._blocks))
        out[:] = block
        self._given.add(frame)

    def _finish(self) -> None:
        """On PortAudio's thread, when the stream has stopped."""
        self._is_gone = True


class Given:
    """What went to the device, tick by tick of the microphone: always the same while later than it was given.

    Both devices count the same time, so the blocks that one takes and the frames that the other gives go in pairs.
    Nothing that is done to the queue before the device can move them; only what is lost on the way.
    """

    def __init__(self) -> None:
        self._frames: deque[Frame] = deque()
        """Given, and not paired yet; filled from PortAudio's thread."""
        self._ticks = 0
        self._least = 0
        """Of those, in the worst moment of this second."""

    def add(self, frame: Frame) -> None:
        self._frames.append(frame)

    def of_this_tick(self) -> Frame:
        """The frame that goes with this tick. Where none is there yet, silence; and all that follow come later."""
        if self._ticks == 0:
            self._leave_out(len(self._frames) - KEPT_FRAMES)  # taken before anything was heard
        elif self._ticks % SURPLUS_TICKS == 0:
            self._leave_out(self._least - KEPT_FRAMES if self._least >= SURPLUS_FRAMES else 0)
            self._least = len(self._frames)
        self._least = min(self._least, len(self._frames))
        self._ticks += 1
        return self._frames.popleft() if self._frames else SILENT_PLAYED_FRAME

    def _leave_out(self, count: int) -> None:
        """The microphone lost some of its own, or its clock is the slower one."""
        for _ in range(count):
            self._frames.popleft()
