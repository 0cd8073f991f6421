"""Opens the journal's file safely, and says in our words what can go wrong with it.

In: a path, and the key of an encrypted journal. Out: an SQLite connection with today's tables.
Touches: the file, its -wal and -shm, its folder.
Invariant: a file that is damaged, newer, not a journal, not ours or under another key is only looked at, never
written to.
"""

import os
import shutil
import stat
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Literal

from voicejournal.edges import disk, migrations
from voicejournal.edges.lock import MEMORY
from voicejournal.edges.sqlcipher import sqlite3
from voicejournal.errors import ErrorName, StoreError

BUSY_SECONDS = 5.0
"""Wait for another program's change; the longest there is, a deletion among 100,000 entries, takes about 2 s."""

CHECKED_BYTES = 4_000_000
"""Up to this size, some 2,000 entries, a journal is checked whole at every start: 8 ms, and 39 ms when it has
to come from the disk. A larger one is checked by `doctor`, and damage in it is told when it is met."""

WAL_BYTES = 8_000_000
"""The -wal file is cut back to this after a big change; day by day SQLite keeps it at 4 MB, 1,000 pages."""

NEARLY_FULL_BYTES = 1_000_000
"""With less free than this, what SQLite calls an input or output error is a full disk (its -shm, 32 kB)."""

PLAIN = b"SQLite format 3\0"
"""How a file of SQLite begins that is not encrypted; SQLCipher has its salt there."""

SALT_BYTES = 16
"""Of SQLCipher, at the beginning of its file, in the open (zetetic.net/sqlcipher/design)."""

READ_BYTES = 32
"""Enough of the beginning to tell what a file is."""

NAMES: Mapping[int, ErrorName] = {
    sqlite3.SQLITE_CORRUPT: "journal_damaged",
    sqlite3.SQLITE_NOTADB: "journal_damaged",
    sqlite3.SQLITE_BUSY: "journal_locked",
    sqlite3.SQLITE_LOCKED: "journal_locked",
    sqlite3.SQLITE_READONLY: "journal_read_only",
    sqlite3.SQLITE_PERM: "journal_read_only",
    sqlite3.SQLITE_FULL: "disk_full",
}
"""Our errors by SQLite's primary result codes (sqlite.org/rescode.html)."""


@contextmanager
def translated(path: str) -> Iterator[None]:
    """The one place where errors of SQLite become ours; those of its misuse stay what they are: bugs.

    A ValueError is a date or JSON in the file that can't be read, so it is damage as well, except for
    UnicodeEncodeError: that is text from the caller which no file could hold.
    """
    try:
        yield
    except (sqlite3.ProgrammingError, sqlite3.IntegrityError, UnicodeEncodeError):
        raise
    except sqlite3.Error as exc:
        raise StoreError(_name_of(exc, path), path=path) from exc
    except ValueError as exc:
        raise StoreError("journal_damaged", path=path) from exc


def _name_of(error: sqlite3.Error, path: str) -> ErrorName:
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:  # only Python's own module raises these: text in the file that is not UTF-8
        return "journal_damaged"
    # Extended codes carry the primary one in their low byte.
    name = NAMES.get(code & 0xFF, "journal_unreachable")
    return "disk_full" if name == "journal_unreachable" and _nearly_full(path) else name


def _nearly_full(path: str) -> bool:
    folder = Path(path).absolute().parent
    return folder.is_dir() and shutil.disk_usage(folder).free < NEARLY_FULL_BYTES


Kind = Literal["absent", "plain", "encrypted"]


def kind_of(path: Path) -> Kind:
    """What lies there, by its first bytes; to be asked before this process has opened it.

    Raises: StoreError `not_a_journal`, `journal_not_yours`, `journal_read_only`, `journal_unreachable`.
    """
    file = path.absolute()
    _guard(file)
    beginning = _beginning(file)
    if len(beginning) <= 1:  # not there, or what SQLite takes for an empty file
        return "absent"
    if beginning.startswith(PLAIN):
        return "plain"
    if beginning.isascii():  # of random bytes as many as these, no two in a million files are
        raise StoreError("not_a_journal", path=str(file))
    return "encrypted"


def is_plain_journal(path: Path) -> bool:
    """Whether a journal of this program lies there that was never encrypted; no other program's database is one."""
    with suppress(StoreError), translated(str(path)):
        if kind_of(path) == "plain":
            _look(path.absolute(), None)
            return True
    return False


def salt_of(path: Path) -> bytes:
    """What an encrypted journal is known by, whatever it is called and wherever it lies: its salt."""
    return _beginning(path.absolute())[:SALT_BYTES]


def _beginning(file: Path) -> bytes:
    try:
        with disk.open_own(file, "rb") as opened:
            return bytes(opened.read(READ_BYTES))
    except FileNotFoundError:
        return b""
    except OSError as exc:
        raise StoreError("journal_unreachable", path=str(file)) from exc


def open_journal(path: str, key: bytes | None = None, salt: bytes | None = None) -> sqlite3.Connection:
    """A connection in autocommit to the journal at `path`, which is made when it is not there.

    With `key`, of 32 bytes, it is encrypted, and one that is made gets this `salt` of 16; without it is plain.
    Raises: StoreError `journal_damaged`, `journal_newer`, `not_a_journal`, `journal_not_yours`, `key_wrong`,
    `journal_read_only`, `journal_locked`, `disk_full`, `journal_unreachable`.
    """
    if path == MEMORY:
        return _prepared(sqlite3.connect(MEMORY, isolation_level=None), path)
    file = Path(path).absolute()
    _guard(file)
    if file.exists():
        _look(file, key)
        _keep_private(file)
    else:
        _create(file)
    return _prepared(_connect(file, "mode=rw", key, salt), path)


def _guard(file: Path) -> None:
    """Raises: StoreError when the name does not lead to a file of this person that can be written."""
    # lstat, and never a descriptor of our own on a journal: closing one drops the locks that SQLite holds
    # for every connection of this process (sqlite.org/howtocorrupt.html, 2.2).
    try:
        found = os.lstat(file)
    except FileNotFoundError:
        return
    except NotADirectoryError as exc:
        raise StoreError("not_a_journal", path=str(file)) from exc
    except PermissionError as exc:
        raise StoreError("journal_read_only", path=str(file)) from exc
    except (OSError, ValueError) as exc:  # a name that no file can have
        raise StoreError("journal_unreachable", path=str(file)) from exc
    if stat.S_ISLNK(found.st_mode) or (sys.platform != "win32" and found.st_uid != os.geteuid()):
        raise StoreError("journal_not_yours", path=str(file))
    if not stat.S_ISREG(found.st_mode):
        raise StoreError("not_a_journal", path=str(file))
    as_who_we_act = os.access in os.supports_effective_ids
    if not all(os.access(part, os.W_OK, effective_ids=as_who_we_act) for part in (file, file.parent)):
        raise StoreError("journal_read_only", path=str(file))


def make_folder(file: Path) -> None:
    """The journal's folder: one that is made is private; one that was there may be shared. Raises: StoreError."""
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    except FileExistsError as exc:
        raise StoreError("not_a_journal", path=str(file)) from exc
    except OSError as exc:
        raise StoreError("disk_full" if _nearly_full(str(file)) else "journal_read_only", path=str(file)) from exc


def _create(file: Path) -> None:
    """An empty file of mode 0600."""
    make_folder(file)
    try:
        os.close(os.open(file, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    except FileExistsError:
        return  # another copy was a moment faster; it makes the same file
    except OSError as exc:
        raise StoreError("disk_full" if _nearly_full(str(file)) else "journal_read_only", path=str(file)) from exc


def _look(file: Path, key: bytes | None) -> None:
    """Read what is there without changing a byte of it. Raises: StoreError."""
    wal = file.with_name(file.name + "-wal")
    size = file.stat().st_size
    if size <= 1:
        # SQLite takes one byte for an empty file too, and deletes the -wal of an empty file with all that is in it.
        if size or (wal.exists() and wal.stat().st_size):
            raise StoreError("journal_damaged", path=str(file))
        return
    # Immutable: no lock, and no -wal or -shm is made. A -wal that is there is part of the journal and has to
    # be read with it; being read-only, this connection never writes it back.
    with closing(_connect(file, "mode=ro" if wal.exists() else "mode=ro&immutable=1", key)) as connection:
        if key is not None:
            _try_key(connection, file)
        migrations.pending(connection, str(file))
        if size <= CHECKED_BYTES:
            check(connection, str(file))


def _try_key(connection: sqlite3.Connection, file: Path) -> None:
    """Raises: StoreError `key_wrong`; a journal whose first page is damaged looks just like that."""
    try:
        connection.execute("select count(*) from sqlite_master").fetchone()
    except sqlite3.DatabaseError as exc:
        if exc.sqlite_errorcode != sqlite3.SQLITE_NOTADB:
            raise
        raise StoreError("key_wrong", path=str(file)) from exc


def check(connection: sqlite3.Connection, path: str) -> None:
    """Raises: StoreError `journal_damaged` unless SQLite finds the whole file sound; 1 s for 1 GB."""
    if connection.execute("pragma quick_check(1)").fetchall() != [("ok",)]:
        raise StoreError("journal_damaged", path=path)


def _keep_private(file: Path) -> None:
    """Mode 0600, also when a copy made it wider; SQLite gives new -wal and -shm files the same mode."""
    for part in (file, file.with_name(file.name + "-wal"), file.with_name(file.name + "-shm")):
        if part.exists() and stat.S_IMODE(part.stat().st_mode) != 0o600:
            part.chmod(0o600)


def _connect(file: Path, mode: str, key: bytes | None = None, salt: bytes | None = None) -> sqlite3.Connection:
    connection = sqlite3.connect(f"{file.as_uri()}?{mode}", uri=True, isolation_level=None, timeout=BUSY_SECONDS)
    if key is not None:
        # Its log would go to the terminal; what it says there comes to us as an error as well.
        connection.execute("pragma cipher_log_level = none")
        connection.execute(f'pragma key = "{key_literal(key, salt)}"')
    return connection


def key_literal(key: bytes, salt: bytes | None = None) -> str:
    """The key as SQLCipher takes one that is to be used as it is (zetetic.net/sqlcipher/sqlcipher-api, key)."""
    return f"x'{key.hex()}{(salt or b'').hex()}'"


def _prepared(connection: sqlite3.Connection, path: str) -> sqlite3.Connection:
    try:
        _enable_wal(connection)
        # FULL: what is committed survives a power cut, not only a crash. For a quarter of a second of sound on
        # ext4 it takes 0.12 ms of processor and 0.9 ms in all; NORMAL takes 0.06 and 0.14, but may lose all
        # since the last checkpoint, which is some 40 s here.
        connection.execute("pragma synchronous = full")
        # On macOS a plain fsync ends in the disk's own cache; everywhere else this does nothing.
        connection.execute("pragma fullfsync = on")
        connection.execute("pragma secure_delete = on")
        connection.execute(f"pragma journal_size_limit = {WAL_BYTES}")
        # Sorting and undoing happen in memory: nothing of the journal reaches the folder of temporary files.
        connection.execute("pragma temp_store = memory")
        if migrations.pending(connection, path):
            migrations.upgrade(connection, path)
        connection.execute("pragma foreign_keys = on")
    except BaseException:
        connection.close()
        raise
    return connection


def _enable_wal(connection: sqlite3.Connection) -> None:
    """SQLite waits for every lock but this one: two copies that make one journal at once (seen in 3 of 15)."""
    deadline = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            connection.execute("pragma journal_mode = wal")
            return
        except sqlite3.OperationalError as exc:
            if exc.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
        time.sleep(0.01)  # the other copy is done within some 10 ms
