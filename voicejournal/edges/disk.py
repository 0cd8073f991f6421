"""What is to last on the disk lasts there, and what is to go leaves as little as can be.

In: paths. Out: nothing, or a file that is open. Touches: those files and folders.
Invariant: what somebody else could have put in the place of a file is neither waited for nor written over.
"""

import errno
import os
import stat
import sys
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


def open_own(path: Path, mode: str) -> IO[Any]:
    """A file of this person's own, and no link to one; what is made is of mode 0600. Raises: OSError."""
    return open(path, mode, opener=_own)


def read(path: Path) -> bytes:
    """All of a file, also where a link leads to one. Raises: OSError."""
    with open(path, "rb", opener=_regular) as file:
        return file.read()


def _own(path: str, flags: int) -> int:
    number = _regular(path, flags | getattr(os, "O_NOFOLLOW", 0))  # which Windows does not know
    if sys.platform == "win32" or os.fstat(number).st_uid == os.geteuid():
        return number
    raise _closed(number, path)


def _regular(path: str, flags: int) -> int:
    """Without O_NONBLOCK a pipe would be waited for."""
    number = os.open(path, flags | getattr(os, "O_NONBLOCK", 0), 0o600)
    if stat.S_ISREG(os.fstat(number).st_mode):
        return number
    raise _closed(number, path)


def _closed(number: int, path: str) -> OSError:
    os.close(number)
    return PermissionError(errno.EPERM, os.strerror(errno.EPERM), path)


def clear_strange(path: Path) -> None:
    """What is no file, but has the name of one of ours, goes: a link, and not what it leads to. Raises: OSError."""
    if os.path.lexists(path) and not stat.S_ISREG(path.lstat().st_mode):
        path.unlink()


def erase(file: Path) -> None:
    """Zeros over all of it, then its name goes; on a disk that writes elsewhere each time that is no promise.

    Of a link only the name goes. Raises: StoreError `erasing_failed`.
    """
    try:
        clear_strange(file)
        with open_own(file, "r+b") as opened:
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
