"""The file of a journal as others see and change it, while the journal is open here."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from voicejournal.edges.sqlcipher import sqlite3


@contextmanager
def tables(path: Path) -> Iterator[sqlite3.Connection]:
    """Through a connection of its own."""
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        yield connection
    finally:
        connection.close()


def left_open(path: Path, entry_id: str) -> None:
    """A written entry as earlier versions left it, which opened it again to add to it and were cut short."""
    with tables(path) as db:
        db.execute("update entry set state = 'open', ended_at = null where id = ?", (entry_id,))


def raw_bytes(path: Path) -> bytes:
    """All that is in the journal's files at this moment."""
    return b"".join(part.read_bytes() for part in path.parent.iterdir() if part.name.startswith(path.name))
