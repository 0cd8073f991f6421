"""The sound of an entry in the journal: rows of at most a quarter of a second, read and let go a few at a time.

In: a connection, an entry's id, places in samples. Out: sound. Touches: the journal's table of sound.
Invariant: what is cut short leaves sound without a gap, from its beginning on.
"""

from collections.abc import Sequence

from voicejournal.edges.sqlcipher import sqlite3

BATCH_ROWS = 512
"""Rows of sound let go in one transaction, 4 MB: deleting writes zeros over them, so without batches
three hours of sound would need as much free disk again before they could go."""

READ_ROWS = 16
"""Rows of sound read at a time, 4 s; no read stays open in between, which would let the -wal file grow."""


def samples(db: sqlite3.Connection, entry_id: str) -> int:
    """How much of it is kept."""
    (size,) = db.execute("select coalesce(sum(length(pcm)), 0) from sound where entry = ?", (entry_id,)).fetchone()
    return int(size) // 2


def cut(db: sqlite3.Connection, entry_id: str, end: int) -> None:
    """The last row ends there, if it lies across it."""
    db.execute(
        "update sound set pcm = substr(pcm, 1, (? - position) * 2) where entry = ?"
        " and position = (select max(position) from sound where entry = ?)"
        " and position + length(pcm) / 2 > ?",
        (end, entry_id, entry_id, end),
    )


def wipe(db: sqlite3.Connection, entry_id: str, start: int = 0) -> None:
    """Rows from the last one back to the first that begins at `start` or later.

    Each batch is a transaction of its own, where the caller has begun none.
    """
    rows = BATCH_ROWS
    while rows == BATCH_ROWS:
        rows = db.execute(
            "delete from sound where rowid in (select rowid from sound"
            " where entry = ? and position >= ? order by position desc limit ?)",
            (entry_id, start, BATCH_ROWS),
        ).rowcount


def between(db: sqlite3.Connection, entry_id: str, start: int, end: int) -> bytes:
    rows = db.execute(
        "select position, pcm from sound where entry = ? and position < ? and position >= coalesce("
        "(select max(position) from sound where entry = ? and position <= ?), 0) order by position",
        (entry_id, end, entry_id, start),
    ).fetchall()
    return b"".join(pcm[2 * max(0, start - at) : 2 * (end - at)] for at, pcm in rows)


def rows_after(db: sqlite3.Connection, entry_id: str, position: int) -> Sequence[tuple[int, bytes]]:
    """The next few rows, each with its place; none at the end."""
    return db.execute(
        "select position, pcm from sound where entry = ? and position > ? order by position limit ?",
        (entry_id, position, READ_ROWS),
    ).fetchall()
