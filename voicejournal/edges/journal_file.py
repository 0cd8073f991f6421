"""Opens the journal's file safely, and says in our words what can go wrong with it.

In: a path. Out: an SQLite connection with today's tables. Touches: the file, its -wal and -shm, its own folder.
Invariant: a file that is damaged, newer, not a journal or not ours is only looked at, never written to.
"""

import os
import shutil
import sqlite3
import stat
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from voicejournal.edges import migrations
from voicejournal.errors import StoreError

MEMORY = ":memory:"

BUSY_SECONDS = 5.0
"""How long to wait for another program's write: the longest here, deleting among 100,000 entries, took 2 s."""

CHECKED_BYTES = 8_000_000
"""A journal up to this size is checked whole at every start: 8 MB is about 3,000 entries and took 12 ms."""

WAL_BYTES = 8_000_000
"""What the -wal file is cut back to after a big change; at rest SQLite keeps it at 4 MB (1,000 pages)."""

NEARLY_FULL_BYTES = 1_000_000
"""Free space under which a failed write is a full disk: SQLite needs 32 kB at once for its -shm file."""


@contextmanager
def translated(path: str) -> Iterator[None]:
    """The one place where errors of SQLite and of the file system become ours.

    A ValueError is a date or JSON in a row that can't be read, so it is damage too, except for
    UnicodeEncodeError: that is text from the caller which no file could hold.
    """
    try:
        yield
    except sqlite3.ProgrammingError:
        raise
    except sqlite3.Error as exc:
        raise StoreError(_name_of(exc, path), path=path) from exc
    except UnicodeEncodeError:
        raise
    except ValueError as exc:
        raise StoreError("journal_damaged", path=path) from exc


def _name_of(error: sqlite3.Error, path: str) -> str:
    """Which of our errors this is. SQLite's extended codes carry the plain one in their low byte."""
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:  # raised by Python's own module: text in the file that is not UTF-8
        return "journal_damaged"
    match code & 0xFF:
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB:
            return "journal_damaged"
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return "journal_locked"
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_PERM:
            return "journal_read_only"
        case sqlite3.SQLITE_FULL:
            return "disk_full"
        case sqlite3.SQLITE_IOERR | sqlite3.SQLITE_CANTOPEN if _nearly_full(path):
            return "disk_full"
    return "journal_unreachable"


def _nearly_full(path: str) -> bool:
    folder = Path(path).parent
    return path != MEMORY and folder.is_dir() and shutil.disk_usage(folder).free < NEARLY_FULL_BYTES


def open_journal(path: str) -> sqlite3.Connection:
    """A connection in autocommit to the journal at `path`, which is made when it is not there.

    Raises: StoreError, see `_guard`, `_look` and `_name_of`.
    """
    if path == MEMORY:
        return _prepared(sqlite3.connect(MEMORY, isolation_level=None), path)
    file = Path(path).absolute()
    _guard(file)
    if file.exists():
        _look(file)
        _keep_private(file)
    else:
        _create(file)
    return _prepared(_connect(file, "mode=rw"), path)


def _guard(file: Path) -> None:
    """Raises: StoreError `journal_not_yours`, `not_a_journal` or `journal_read_only`."""
    # lstat, and no descriptor of our own on a journal: closing one would drop the POSIX locks that
    # SQLite holds for other connections of this process (sqlite.org/howtocorrupt.html, 2.2).
    try:
        found = os.lstat(file)
    except FileNotFoundError:
        return
    except NotADirectoryError as exc:
        raise StoreError("not_a_journal", path=str(file)) from exc
    except PermissionError as exc:
        raise StoreError("journal_not_yours", path=str(file)) from exc
    if stat.S_ISLNK(found.st_mode) or (sys.platform != "win32" and found.st_uid != os.geteuid()):
        raise StoreError("journal_not_yours", path=str(file))
    if not stat.S_ISREG(found.st_mode):
        raise StoreError("not_a_journal", path=str(file))
    if not os.access(file, os.W_OK) or not os.access(file.parent, os.W_OK):
        raise StoreError("journal_read_only", path=str(file))


def _create(file: Path) -> None:
    """Only the leaf folder is made private; one that is there already may be shared and is left as it is."""
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(file, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    except FileExistsError:
        if not file.is_file():  # the folder is a file; otherwise another copy was a moment faster
            raise StoreError("not_a_journal", path=str(file)) from None
    except NotADirectoryError as exc:
        raise StoreError("not_a_journal", path=str(file)) from exc
    except OSError as exc:
        name = "disk_full" if _nearly_full(str(file)) else "journal_read_only"
        raise StoreError(name, path=str(file)) from exc


def _look(file: Path) -> None:
    """Read the file without touching it. Raises: StoreError `journal_damaged` and those of `migrations.pending`."""
    wal = file.with_name(file.name + "-wal")
    if file.stat().st_size == 0:
        if (
            wal.exists() and wal.stat().st_size
        ):  # SQLite would delete the -wal of an empty file, words and all
            raise StoreError("journal_damaged", path=str(file))
        return
    # Immutable: no -wal and no -shm is made, no lock is taken. A -wal that is there is part of the journal
    # and has to be read with it; a read-only connection never writes it back.
    with closing(_connect(file, "mode=ro" if wal.exists() else "mode=ro&immutable=1")) as connection:
        migrations.pending(connection, str(file))
        if file.stat().st_size <= CHECKED_BYTES:
            check(connection, str(file))


def check(connection: sqlite3.Connection, path: str) -> None:
    """Raises: StoreError `journal_damaged` unless SQLite finds the whole file sound."""
    with closing(connection.execute("pragma quick_check(1)")) as found:
        if found.fetchone() != ("ok",):
            raise StoreError("journal_damaged", path=path)


def _keep_private(file: Path) -> None:
    """Mode 0600, also after a copy or a restore made it wider; SQLite gives new -wal and -shm files the same."""
    for name in (file.name, file.name + "-wal", file.name + "-shm"):
        part = file.with_name(name)
        if part.exists() and stat.S_IMODE(part.stat().st_mode) != 0o600:
            part.chmod(0o600)


def _connect(file: Path, mode: str) -> sqlite3.Connection:
    return sqlite3.connect(f"{file.as_uri()}?{mode}", uri=True, isolation_level=None, timeout=BUSY_SECONDS)


def _prepared(connection: sqlite3.Connection, path: str) -> sqlite3.Connection:
    try:
        connection.execute("pragma journal_mode = wal")
        # FULL: a commit is on the disk before it returns, so a power cut loses no more than a crash. Measured on
        # ext4, a quarter of a second of sound: 0.12 ms of processor and 0.9 ms in all, against 0.06 and 0.14 for
        # NORMAL, which may lose everything since the last checkpoint, here some 40 s.
        connection.execute("pragma synchronous = full")
        # On macOS only, where a plain fsync stops at the disk's own cache; nothing elsewhere.
        connection.execute("pragma fullfsync = on")
        connection.execute("pragma secure_delete = on")
        connection.execute(f"pragma journal_size_limit = {WAL_BYTES}")
        # Sorting and undoing happen in memory: nothing of the journal reaches the folder for temporary files.
        connection.execute("pragma temp_store = memory")
        if migrations.pending(connection, path):
            migrations.upgrade(connection, path)
        connection.execute("pragma foreign_keys = on")
    except BaseException:
        connection.close()
        raise
    return connection
