"""After a deletion: what SQLite leaves of deleted words in pages that it has in use, and how that goes.

In: a connection to a journal. Out: a file built anew of what is still in it. Touches: the journal's file.
Invariant: a deletion that still owes this says so in the file, before it begins, however the run ends.

`secure_delete` writes zeros over what is freed. But a row that moved to another page leaves a copy of it behind,
and the full-text index keeps words of which it has no entry any more: both were met in two of 25 small journals, by
searching their raw bytes. Only an index built anew and a file built anew have none of them.
"""

from voicejournal.edges import journal_file
from voicejournal.edges.sqlcipher import sqlite3
from voicejournal.errors import ErrorName, StoreError

AT_ONCE_BYTES = 10_000_000
"""Up to this size, some 1,500 entries, it is done while the person waits: 0.3 s. A larger journal is built anew
when the run ends: 3 s for 10,000 entries."""

MOST_BYTES = 150_000_000
"""SQLite builds the new file in memory first, and who starts meanwhile waits up to 5 s: what is larger, some 20,000
entries, keeps such traces, under its key."""

OTHERS_MILLISECONDS = 200
"""Whoever has the journal open is waited for so long."""

READER_MILLISECONDS = 200
"""Whoever reads the journal is waited for so long before old words go, and no longer: we may be listening."""

PASSING: tuple[ErrorName, ...] = ("journal_locked", "disk_full", "journal_read_only")
"""What may be over when it is tried again."""


def forget_removed_words(db: sqlite3.Connection) -> None:
    """The full-text index only marks words as removed; merged into one piece it has nearly none of them."""
    db.execute("insert into entry_search(entry_search) values ('optimize')")


def owe(db: sqlite3.Connection) -> None:
    """Before something is deleted. The number is the file's own, and nothing else uses it."""
    db.execute("pragma user_version = 1")


def is_owed(db: sqlite3.Connection) -> bool:
    return bool(db.execute("pragma user_version").fetchone()[0])


def scour_at_the_end(db: sqlite3.Connection, path: str) -> None:
    """What is owed by whichever program deleted something. What can't be read any more can only be closed."""
    try:
        with journal_file.translated(path):
            owed = is_owed(db)
    except StoreError:
        return
    if owed:
        scour(db, path, is_ending=True)


def scour(db: sqlite3.Connection, path: str, is_ending: bool = False) -> bool:
    """Build it anew; True when that is owed still, because it can't be done just now.

    At the end of a run a larger journal may be built anew too, where no other program has it open: somebody who
    listens would not wait for seconds.
    """
    size = _size(db)
    if size > (MOST_BYTES if is_ending else AT_ONCE_BYTES):
        return True
    try:
        with journal_file.translated(path):
            if size > AT_ONCE_BYTES:
                _try_to_be_alone(db)
            db.execute("insert into entry_search(entry_search) values ('rebuild')")
            db.execute("vacuum")
            db.execute("pragma user_version = 0")
    except StoreError as error:
        if error.name not in PASSING:
            raise
        return True
    return False


def truncate(db: sqlite3.Connection) -> bool:
    """Empty the -wal file, where old words and sound stay until then; True when someone reads, and it is owed."""
    db.execute(f"pragma busy_timeout = {READER_MILLISECONDS}")
    is_busy, *_ = db.execute("pragma wal_checkpoint(truncate)").fetchone()
    db.execute(f"pragma busy_timeout = {round(1000 * journal_file.BUSY_SECONDS)}")
    return bool(is_busy)


def _try_to_be_alone(db: sqlite3.Connection) -> None:
    """Raises: an error of SQLite when another program has it open: only alone the -wal file can be given up."""
    db.execute(f"pragma busy_timeout = {OTHERS_MILLISECONDS}")
    try:
        db.execute("pragma journal_mode = delete").fetchone()
    finally:
        db.execute("pragma journal_mode = wal").fetchone()


def _size(db: sqlite3.Connection) -> int:
    (pages,), (size,) = (db.execute(f"pragma {name}").fetchone() for name in ("page_count", "page_size"))
    return int(pages) * int(size)
