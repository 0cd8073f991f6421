"""The microphone of this machine.

In: a device's name or number. Out: frames heard. Touches: the sound card (through `sound_devices`).
From the first frame on nothing is dropped: PortAudio's thread puts every block on a queue without end. What the
machine was too busy to give it is lost; the log, which VOICEJOURNAL_TRACEBACK=1 shows, tells how often.
"""

import logging
from queue import Empty, SimpleQueue
from typing import Any

from voicejournal.edges.resampling import Resampling
from voicejournal.edges.sound_devices import HEARD_FORM, Device, Direction
from voicejournal.errors import MicrophoneError
from voicejournal.hearing.frames import HEARD_FRAME_BYTES, HEARD_HERTZ, Frame

FIRST_FRAME_SECONDS = 5.0
"""A Bluetooth headset takes up to 4 s to change to its speaking profile, an idle PulseAudio null sink 2 s."""

log = logging.getLogger(__name__)

FRAME_SECONDS = 2.0
"""A device that gives nothing for so long is gone, even if nobody said so; a busy machine holds one up for less."""


class DeviceMicrophone:
    """The `Microphone` port; it hears from the moment it is made."""

    def __init__(self, device: str | int | None = None) -> None:
        """`device`: a number, part of a name, or None for the usual one. Raises: MicrophoneError."""
        self._overflows = 0
        """How often the machine was too busy to take the sound in time; each may have cost some milliseconds."""
        self._blocks: SimpleQueue[bytes | None] = SimpleQueue()
        """As the device gives them; None when no more will come."""
        self._heard = bytearray()
        """What is not a whole frame yet."""
        self._patience_seconds = FIRST_FRAME_SECONDS
        found = Device(device, Direction.HEARD)
        self._form = found.form
        self._resampling = None if found.form == HEARD_FORM else Resampling(found.form.hertz, HEARD_HERTZ)
        self._stream = found.open(self._take, self._finish)

    def listen(self) -> Frame:
        """Wait for the next frame. Raises: MicrophoneError when the device is gone and all it gave was heard."""
        while len(self._heard) < HEARD_FRAME_BYTES:
            self._heard += self._next_block()
        frame = bytes(self._heard[:HEARD_FRAME_BYTES])
        del self._heard[:HEARD_FRAME_BYTES]
        return frame

    def close(self) -> None:
        self._stream.close()
        if self._overflows:
            log.warning("sound was lost %d times: the machine was too busy to take it in time", self._overflows)

    def _next_block(self) -> bytes:
        try:
            block = self._blocks.get(timeout=self._patience_seconds)
        except Empty as exc:
            raise MicrophoneError("microphone_lost") from exc
        if block is None:
            self._finish()  # for whoever listens again
            raise MicrophoneError("microphone_lost")
        self._patience_seconds = FRAME_SECONDS
        if self._resampling is None:
            return block
        return self._resampling.convert_s16(block, self._form.channels)

    def _take(self, block: Any, _sample_count: int, _time: Any, status: Any) -> None:
        """On PortAudio's thread: nothing here may wait."""
        if status.input_overflow:
            self._overflows += 1
        self._blocks.put(bytes(block))

    def _finish(self) -> None:
        """On PortAudio's thread too, when the stream has stopped."""
        self._blocks.put(None)
