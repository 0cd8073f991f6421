"""A plain journal becomes an encrypted one: copied, compared, put in its place, and the plain one erased.

In: the path of a plain journal, a key and a salt. Out: an encrypted journal there.
Touches: the file, and two beside it while it is at work.
Invariant: at every moment a whole journal lies at the path; the plain one goes only after every row was compared.
"""

import os
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from voicejournal.edges import disk, journal_file
from voicejournal.edges.comparing import Copy, compare
from voicejournal.edges.sqlcipher import sqlite3
from voicejournal.errors import ErrorName, StoreError

NO_SPACE: tuple[ErrorName, ...] = ("journal_unreachable", "disk_full")
"""A disk that was full in the midst of it has room again afterwards, and looks like one that is broken."""


def encrypt(path: Path, key: bytes, salt: bytes) -> None:
    """For whoever holds the journal's lock for changes. Raises: StoreError; then the plain one is as it was."""
    file = path.absolute()
    new, old = _new(file), _old(file)
    with _told_of_space(file), journal_file.translated(str(file)):
        try:
            _remove(new)
            with closing(journal_file.open_journal(str(file))) as plain:
                _hold(plain, str(file))
                _create_private(new)
                literal = journal_file.key_literal(key, salt)
                plain.execute("pragma cipher_log_level = none")
                plain.execute("attach ? as encrypted key ?", (os.fsencode(new), literal))
                plain.execute("select sqlcipher_export('encrypted')").fetchone()
                plain.execute("detach encrypted")
                with closing(journal_file.open_journal(str(new), key)) as encrypted:
                    journal_file.check(encrypted, str(new))
                    if not compare(Copy(plain), Copy(encrypted)):
                        raise StoreError("encrypting_failed", path=str(file))
                    encrypted.execute("insert into entry_search(entry_search, rank) values ('integrity-check', 1)")
            disk.sync(new)
            with suppress(FileNotFoundError):
                old.unlink()
            os.link(file, old)
            os.replace(new, file)
            disk.settle(file.parent)
        except OSError as exc:
            raise StoreError("encrypting_failed", path=str(file)) from exc
        finally:
            with suppress(OSError):
                _remove(new)
    erase_leftovers(file)


@contextmanager
def _told_of_space(file: Path) -> Iterator[None]:
    try:
        yield
    except StoreError as error:
        if error.name not in NO_SPACE:
            raise
        raise StoreError("encrypting_failed", path=str(file)) from error


def erase_leftovers(path: Path) -> None:
    """What a run that was killed in the midst of it left behind. Raises: StoreError."""
    file = path.absolute()
    with suppress(OSError):  # encrypted, so it may stay
        _remove(_new(file))
    if os.path.lexists(_old(file)) and journal_file.kind_of(file) == "encrypted":
        disk.erase(_old(file))


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
    for ending in ("", "-wal", "-shm", "-journal"):
        new.with_name(new.name + ending).unlink(missing_ok=True)


def _create_private(file: Path) -> None:
    os.close(os.open(file, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))


def _new(file: Path) -> Path:
    return file.with_name(f"{file.name}.encrypting")


def _old(file: Path) -> Path:
    return file.with_name(f"{file.name}.plain")
