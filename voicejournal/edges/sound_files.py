"""Sound files in place of a microphone and a speaker.

In: a WAV, FLAC or OGG of any rate and channels; frames played. Out: frames heard; a WAV.
Touches: those two files (soundfile, soxr through `resampling`), the monotonic clock in real time.
Both files share one clock: frame n was played while frame n was heard, and nothing ever shifts one of them.
"""

import contextlib
import os
import struct
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from voicejournal.edges.resampling import Resampling, Samples
from voicejournal.errors import Detail, JournalError, MicrophoneError, SpeakerError
from voicejournal.hearing.frames import (
    HEARD_FRAME_BYTES,
    HEARD_HERTZ,
    PLAYED_HERTZ,
    SILENT_HEARD_FRAME,
    SILENT_PLAYED_FRAME,
    TICK_SECONDS,
    TICKS_PER_SECOND,
    Frame,
)

LEAST_HERTZ, MOST_HERTZ = 1_000, 768_000
"""Below the first no speech is left, and above the last no converter goes."""

MOST_CHANNELS = 64
"""What the largest recorders have. With the 1024 that libsndfile takes, a second could be three gigabytes."""

HEADER_BYTES = 44
LARGEST_WAV_BYTES = 2**32 - 1
"""A WAV counts its bytes in 32 bits: 12 hours of ours. Later sound is written, but not counted."""


class FileMicrophone:
    """The `Microphone` port, hearing a file."""

    def __init__(self, path: Path, real_time: bool) -> None:
        """`real_time`: frame n comes n ticks after frame 0, at the earliest; else as fast as it can be read.

        Raises: MicrophoneError when there is no such file or no sound in it.
        """
        self._path = path
        self._file = _opened(path, MicrophoneError)
        self._resampling = Resampling(self._file.samplerate, HEARD_HERTZ)
        self._heard = b""
        """Converted and not listened to yet: at most a second."""
        self._at = 0
        """Where in `_heard` the next frame begins."""
        self._has_more = True
        self._pace = _Pace() if real_time else None

    def listen(self) -> Frame | None:
        """The next frame, the last one filled up with silence; None for ever after, at the same pace.

        Raises: MicrophoneError when the rest of the file can't be read.
        """
        if self._pace is not None:
            self._pace.wait()
        while self._has_more and len(self._heard) - self._at < HEARD_FRAME_BYTES:
            self._read()
        frame = self._heard[self._at : self._at + HEARD_FRAME_BYTES]
        self._at += len(frame)
        return frame.ljust(HEARD_FRAME_BYTES, b"\0") if frame else None

    def close(self) -> None:
        self._file.close()

    def _read(self) -> None:
        """One more second of the file."""
        with _translated(self._path, MicrophoneError):
            samples = self._file.read(self._file.samplerate, dtype="float32")
        self._has_more = len(samples) == self._file.samplerate
        converted = self._resampling.convert(samples, is_last=not self._has_more)
        self._heard = self._heard[self._at :] + converted
        self._at = 0


class SilentMicrophone:
    """The `Microphone` port where none is needed: it gives silence, at the pace of a real one, for ever."""

    def __init__(self, real_time: bool) -> None:
        """`real_time`: one frame a tick; else as fast as they are asked for."""
        self._pace = _Pace() if real_time else None

    def listen(self) -> Frame:
        if self._pace is not None:
            self._pace.wait()
        return SILENT_HEARD_FRAME

    def close(self) -> None:
        pass


class _Pace:
    """One tick of the wall's clock after another, counted from the first, so that waits never add up."""

    def __init__(self) -> None:
        self._started_at: float | None = None
        self._ticks = 0

    def wait(self) -> None:
        """Until this tick is due; at once when it is late already."""
        now = time.monotonic()
        if self._started_at is None:
            self._started_at = now
        due_at = self._started_at + self._ticks * TICK_SECONDS
        self._ticks += 1
        if due_at > now:
            time.sleep(due_at - now)


class FileSpeaker:
    """The `Speaker` port, written to a WAV: 48 kHz mono s16. At any moment the file is whole up to a second ago."""

    def __init__(self, path: Path) -> None:
        """Raises: SpeakerError when nothing can be written there; what was there before is replaced."""
        self._path = path
        self._sound_bytes = 0
        self._ticks = 0
        self._last = SILENT_PLAYED_FRAME
        self._file: BinaryIO | None = None
        with self._translated():
            # Its owner's alone: an entry may be read aloud into it.
            self._file = open(path, "wb", opener=lambda name, flags: os.open(name, flags, 0o600))  # noqa: SIM115
            self._write_header(self._file)

    def play(self, frame: Frame) -> None:
        """Raises: SpeakerError when the disk is full, and ever after."""
        with self._translated():
            if self._file is None:
                raise self._unwritable(Detail.CLOSED)
            self._file.write(frame)
            self._last = frame
            self._sound_bytes += len(frame)
            self._ticks += 1
            if self._ticks % TICKS_PER_SECOND == 0:
                self._write_header(self._file)

    def sounding(self) -> Frame:
        return self._last

    def hush(self) -> None:
        """Nothing: a frame is written in the tick it sounds in, so none is waiting."""

    def close(self) -> None:
        with self._translated():
            if self._file is not None:
                self._write_header(self._file)
                self._file.close()
                self._file = None

    def _write_header(self, file: BinaryIO) -> None:
        """The sizes of now, and everything on its way to the disk."""
        # The sound first: a header that promises less than there is can be read, one that promises more can't.
        file.flush()
        counted = min(self._sound_bytes, LARGEST_WAV_BYTES - HEADER_BYTES)
        file.seek(0)
        file.write(
            struct.pack(
                "<4sI4s4sIHHIIHH4sI",
                *(b"RIFF", counted + HEADER_BYTES - 8, b"WAVE"),
                *(b"fmt ", 16, 1, 1, PLAYED_HERTZ, 2 * PLAYED_HERTZ, 2, 16),
                *(b"data", counted),
            )
        )
        file.flush()
        file.seek(0, 2)

    @contextlib.contextmanager
    def _translated(self) -> Iterator[None]:
        """What the disk refuses, as ours; the file is then given up."""
        try:
            yield
        except OSError as exc:
            failed, self._file = self._file, None
            if failed is not None:
                # Closing tries once more to write what could not be written.
                with contextlib.suppress(OSError):
                    failed.close()
            if isinstance(exc, FileNotFoundError):
                raise SpeakerError("sound_file_folder_missing", folder=str(self._path.parent)) from exc
            raise self._unwritable(exc.strerror or str(exc)) from exc

    def _unwritable(self, reason: str) -> SpeakerError:
        return SpeakerError("sound_file_unwritable", path=str(self._path), reason=reason)


def read_sound(path: Path, error: type[JournalError]) -> tuple[Samples, int]:
    """A short file at once: float32 of shape (samples, channels), and its rate in hertz. Raises: `error`."""
    import numpy

    with _opened(path, error) as file, _translated(path, error):
        # By the second: room for all at once would be made by what the header says, and a header can lie.
        parts = []
        while len(part := file.read(file.samplerate, dtype="float32", always_2d=True)):
            parts.append(part)
        if not parts:
            raise error("sound_file_unreadable", path=str(path), reason=Detail.NO_SOUND)
        return numpy.concatenate(parts), file.samplerate


def _opened(path: Path, error: type[JournalError]) -> Any:
    """A soundfile.SoundFile with something in it."""
    import soundfile

    if not os.path.exists(path):  # of a name that no file can have too, where `path.exists()` raises
        raise error("sound_file_missing", path=str(path))
    with _translated(path, error):
        file = soundfile.SoundFile(str(path))
    reason = _odd(file)
    if reason is not None:
        file.close()
        raise error("sound_file_unreadable", path=str(path), reason=reason)
    return file


def _odd(file: Any) -> Detail | None:
    """What the header says that can't be so; to convert from one hertz took a third of a gigabyte."""
    if len(file) == 0:
        return Detail.NO_SOUND
    if not LEAST_HERTZ <= file.samplerate <= MOST_HERTZ:
        return Detail.ODD_RATE
    return Detail.MANY_CHANNELS if file.channels > MOST_CHANNELS else None


@contextlib.contextmanager
def _translated(path: Path, error: type[JournalError]) -> Iterator[None]:
    """libsndfile's failures as ours."""
    import soundfile

    try:
        yield
    except soundfile.LibsndfileError as exc:
        raise error("sound_file_unreadable", path=str(path), reason=exc.error_string) from exc
