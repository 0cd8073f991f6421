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
    """Whether both have the same tables, and every row of each in the same order, and nothing else.

    The index is made of them, and is checked by itself.
    """
    tables = _tables(one)
    return tables == _tables(other) and all(_is_same(table, one, other) for table in tables)


def _tables(copy: Copy) -> list[str]:
    found = copy.db.execute(
        f"select name from {copy.name}.sqlite_master where type = 'table' and name not like 'entry_search%'"
        " and name not like 'sqlite\\_%' escape '\\' order by name"
    )
    return [name for (name,) in found]


def _is_same(table: str, one: Copy, other: Copy) -> bool:
    rows, others = (it.db.execute(f'select * from {it.name}."{table}" order by rowid') for it in (one, other))
    while some := rows.fetchmany(COMPARED_ROWS):
        if some != others.fetchmany(COMPARED_ROWS):
            return False
    return others.fetchone() is None
