"""Locks: one copy at a time hears, and one program at a time changes a small file.

In: the path of a journal or of a file. Out: a context. Touches: a lock file of mode 0600 beside it.
Invariant: the system holds the lock, not the file's existence, so a killed copy never locks the next one out.
"""

import errno
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from voicejournal.errors import ErrorName, StoreError

MEMORY = ":memory:"
"""In the place of a path: a journal that is gone when it is closed."""

NAMES: Mapping[int, ErrorName] = {
    errno.EACCES: "journal_read_only",
    errno.EPERM: "journal_read_only",
    errno.EROFS: "journal_read_only",
    errno.ENOSPC: "disk_full",
    errno.EDQUOT: "disk_full",
    errno.ELOOP: "journal_not_yours",  # filelock follows no symlink
    errno.ENOTDIR: "not_a_journal",
    errno.EEXIST: "not_a_journal",  # the folder is a file
    errno.EISDIR: "not_a_journal",
}

CHANGE_SECONDS = 1.0
"""A small file is changed within milliseconds: who holds its lock for longer hangs, and is not waited for."""


@contextmanager
def changing_lock(path: Path, seconds: float = CHANGE_SECONDS) -> Iterator[None]:
    """Hold the lock of a small file while it is read and replaced. Raises: OSError when that takes too long."""
    from filelock import FileLock

    name = str(path.with_name(f".{path.name}.lock"))
    with FileLock(name, mode=0o600, timeout=seconds, fallback_to_soft=False):
        yield


@contextmanager
def hearing_lock(journal_path: Path | str) -> Iterator[None]:
    """Hold the lock while the body runs; never waits for another copy to end.

    Raises: StoreError `second_copy` when another process has it, and those of `NAMES` when it can't be made.
    """
    if str(journal_path) == MEMORY:  # nobody else can reach it
        yield
        return
    from filelock import FileLock, Timeout

    file = Path(journal_path).absolute()
    # No fall-back to a soft lock, whose file outlives a killed copy: a disk without locks is an error.
    lock = FileLock(file.with_name(file.name + ".lock"), mode=0o600, blocking=False, fallback_to_soft=False)
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock.acquire()
    except Timeout as exc:
        raise StoreError("second_copy", path=str(file)) from exc
    except OSError as exc:
        raise StoreError(NAMES.get(exc.errno or 0, "journal_unreachable"), path=str(file)) from exc
    try:
        yield
    finally:
        lock.release()
