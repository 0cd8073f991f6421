"""Whether two journals hold the same, row by row.

In: two open journals, or two that are attached to one connection. Out: a verdict. Touches: both, reading.
"""

from dataclasses import dataclass

from voicejournal.edges.sqlcipher import sqlite3

COMPARED_ROWS = 64
"""Held at a time, of each of the two: 0.5 MB of sound."""


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
