"""A plain journal becomes an encrypted one: copied, compared, put in its place, and the plain one erased.

In: the path of a plain journal, a key and a salt. Out: an encrypted journal there.
Touches: the file, and two beside it while it is at work.
Invariant: at every moment a whole journal lies at the path; the plain one goes only after every row was compared.
"""

import os
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from voicejournal.edges import journal_file
from voicejournal.edges.sqlcipher import sqlite3
from voicejournal.errors import StoreError

ZEROS = bytes(1 << 20)
"""Written over the plain file, this many at a time."""

COMPARED_ROWS = 64
"""Held at a time, of each of the two: 0.5 MB of sound."""


def encrypt(path: Path, key: bytes, salt: bytes) -> None:
    """For whoever holds the journal's lock for changes. Raises: StoreError; then the plain one is as it was."""
    file = path.absolute()
    new, old = _new(file), _old(file)
    with journal_file.translated(str(file)):
        try:
            _remove(new)
            with closing(journal_file.open_journal(str(file))) as plain:
                _hold(plain, str(file))
                _create_private(new)
                literal = journal_file.key_literal(key, salt)
                plain.execute("pragma cipher_log_level = none")
                plain.execute("attach ? as encrypted key ?", (str(new), literal))
                plain.execute("select sqlcipher_export('encrypted')").fetchone()
                plain.execute("detach encrypted")
                with closing(journal_file.open_journal(str(new), key)) as encrypted:
                    journal_file.check(encrypted, str(new))
                    if not compare(Copy(plain), Copy(encrypted)):
                        raise StoreError("encrypting_failed", path=str(file))
                    encrypted.execute("insert into entry_search(entry_search, rank) values ('integrity-check', 1)")
            _sync(new)
            with suppress(FileNotFoundError):
                old.unlink()
            os.link(file, old)
            os.replace(new, file)
        except OSError as exc:
            raise StoreError("encrypting_failed", path=str(file)) from exc
        finally:
            with suppress(OSError):
                _remove(new)
    erase_leftovers(file)


def erase_leftovers(path: Path) -> None:
    """What a run that was killed in the midst of it left behind. Raises: StoreError."""
    file = path.absolute()
    with suppress(OSError):  # encrypted, so it may stay
        _remove(_new(file))
    if _old(file).exists() and journal_file.kind_of(file) == "encrypted":
        erase(_old(file))


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


def _hold(plain: sqlite3.Connection, path: str) -> None:
    """For this connection alone, with nothing left in its -wal. Raises: an error when others read it."""
    plain.execute("pragma wal_checkpoint(truncate)")
    if plain.execute("pragma journal_mode = delete").fetchone() != ("delete",):
        raise StoreError("journal_locked", path=path)
    plain.execute("pragma locking_mode = exclusive")
    plain.execute("begin exclusive")
    plain.execute("commit")


def _remove(new: Path) -> None:
    """With what SQLite keeps beside it."""
    for ending in ("", "-wal", "-shm"):
        new.with_name(new.name + ending).unlink(missing_ok=True)


def _create_private(file: Path) -> None:
    os.close(os.open(file, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))


@dataclass(frozen=True)
class Copy:
    """A journal that is open: by itself, or attached to another under this name."""

    db: sqlite3.Connection
    name: str = "main"


def compare(one: Copy, other: Copy) -> bool:
    """Whether every row of every table of the one is in the other, and nothing else is.

    The index is made of them, and is checked by itself.
    """
    tables = one.db.execute(
        f"select name from {one.name}.sqlite_master where type = 'table' and name not like 'entry_search%'"
        " and name not like 'sqlite\\_%' escape '\\'"
    ).fetchall()
    for (table,) in tables:
        rows, others = (it.db.execute(f'select * from {it.name}."{table}" order by rowid') for it in (one, other))
        while some := rows.fetchmany(COMPARED_ROWS):
            if some != others.fetchmany(COMPARED_ROWS):
                return False
        if others.fetchone() is not None:
            return False
    return True


def _sync(file: Path) -> None:
    number = os.open(file, os.O_RDWR)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def _new(file: Path) -> Path:
    return file.with_name(f"{file.name}.encrypting")


def _old(file: Path) -> Path:
    return file.with_name(f"{file.name}.plain")
