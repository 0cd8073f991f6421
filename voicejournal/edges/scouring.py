"""After a deletion: what SQLite leaves of deleted words in pages that it has in use, and how that goes.

In: a connection to a journal. Out: a file built anew of what is still in it. Touches: the journal's file.
Invariant: a deletion that still owes this says so in the file, before it begins, however the run ends.

`secure_delete` writes zeros over what is freed. But a row that moved to another page leaves a copy of it behind,
and the full-text index keeps words of which it has no entry any more: both were met in two of 25 small journals, by
searching their raw bytes. Only an index built anew and a file built anew have none of them.
"""

from voicejournal.edges import journal_file
from voicejournal.edges.sqlcipher import sqlite3
from voicejournal.errors import StoreError

AT_ONCE_BYTES = 10_000_000
"""Up to this size, some 1,500 entries, it is done while the person waits: 0.3 s. A larger journal is built anew
when the run ends: 3 s for 10,000 entries."""

MOST_BYTES = 500_000_000
"""SQLite builds the new file in memory first; what is larger keeps such traces, under its key."""


def owe(db: sqlite3.Connection) -> None:
    """Before something is deleted. The number is the file's own, and nothing else uses it."""
    db.execute("pragma user_version = 1")


def is_owed(db: sqlite3.Connection) -> bool:
    return bool(db.execute("pragma user_version").fetchone()[0])


def scour(db: sqlite3.Connection, path: str, most_bytes: int) -> bool:
    """Build it anew where it is no larger; True when that is owed still: too large, or impossible just now."""
    if _size(db) > min(most_bytes, MOST_BYTES):
        return True
    try:
        with journal_file.translated(path):
            db.execute("insert into entry_search(entry_search) values ('rebuild')")
            db.execute("vacuum")
            db.execute("pragma user_version = 0")
    except StoreError as error:
        if error.name not in ("journal_locked", "disk_full", "journal_read_only"):
            raise
        return True
    return False


def _size(db: sqlite3.Connection) -> int:
    (pages,), (size,) = (db.execute(f"pragma {name}").fetchone() for name in ("page_count", "page_size"))
    return int(pages) * int(size)
