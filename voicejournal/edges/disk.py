"""What is to last on the disk lasts there, and what is to go leaves as little as can be.

In: paths. Out: nothing. Touches: those files and folders.
"""

import os
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

from voicejournal.errors import StoreError

ZEROS = bytes(1 << 20)
"""Written over the plain file, this many at a time."""


def keep(file: IO[Any]) -> None:
    """What was written to it so far survives a power cut. Raises: OSError."""
    file.flush()
    os.fsync(file.fileno())


def sync(path: Path, mode: int = os.O_RDWR) -> None:
    """What others wrote to it survives a power cut. Raises: OSError."""
    number = os.open(path, mode)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def settle(folder: Path) -> None:
    """What went stays gone when the power is cut, and what came stays."""
    with suppress(OSError):  # some systems and disks can't do that for a folder
        sync(folder, os.O_RDONLY)


def erase(file: Path) -> None:
    """Zeros over all of it, then its name goes; on a disk that writes elsewhere each time that is no promise."""
    try:
        with file.open("r+b") as opened:
            left = opened.seek(0, os.SEEK_END)
            opened.seek(0)
            while left > 0:
                left -= opened.write(ZEROS[:left])
            keep(opened)
        file.unlink()
    except FileNotFoundError:
        return
    except OSError as exc:
        raise StoreError("erasing_failed", path=str(file)) from exc
