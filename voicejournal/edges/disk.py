"""What is to last on the disk lasts there, and what is to go leaves as little as can be.

In: paths. Out: nothing. Touches: those files and folders.
"""

import os
from contextlib import suppress
from pathlib import Path

from voicejournal.errors import StoreError

ZEROS = bytes(1 << 20)
"""Written over the plain file, this many at a time."""


def sync(file: Path) -> None:
    """What was written to it survives a power cut. Raises: OSError."""
    number = os.open(file, os.O_RDWR)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def settle(folder: Path) -> None:
    """What went stays gone when the power is cut, and what came stays."""
    with suppress(OSError):  # some systems and disks can't do that for a folder
        number = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)


def erase(file: Path) -> None:
    """Zeros over all of it, then its name goes; on a disk that writes elsewhere each time that is no promise."""
    try:
        with file.open("r+b") as opened:
            left = opened.seek(0, os.SEEK_END)
            opened.seek(0)
            while left > 0:
                left -= opened.write(ZEROS[:left])
            opened.flush()
            os.fsync(opened.fileno())
        file.unlink()
    except FileNotFoundError:
        return
    except OSError as exc:
        raise StoreError("erasing_failed", path=str(file)) from exc
