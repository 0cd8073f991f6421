"""A row that is otherwise in one of two journals, or is there once more, is noticed."""

import shutil
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from voicejournal.edges import journal_file
from voicejournal.edges.comparing import COMPARED_ROWS, Copy, compare
from voicejournal.edges.sqlcipher import sqlite3
from voicejournal.edges.store import Store
from voicejournal.hearing.transcripts import KeptStretch

NOW = datetime(2026, 11, 26, 7, 30).astimezone()


def fill(path: Path) -> None:
    """One entry with more rows of sound than are held at a time."""
    store = Store(path)
    entry_id = store.open_entry(NOW, "en", "vosk")
    for _ in range(COMPARED_ROWS + 1):
        store.keep_sound(entry_id, bytes(range(1, 251)))
    store.close_entry(entry_id, NOW + timedelta(seconds=9))
    store.keep_stretch(entry_id, KeptStretch(0.0, 1.0, "rain all day"))
    store.write_entry(entry_id, "mood", "spoken", None)
    store.close()


@pytest.fixture
def two(tmp_path: Path) -> Iterator[tuple[sqlite3.Connection, sqlite3.Connection]]:
    paths = tmp_path / "one", tmp_path / "other"
    fill(paths[0])
    shutil.copy(*paths)
    one, other = (journal_file.open_journal(str(path)) for path in paths)
    with closing(one), closing(other):
        yield one, other


def test_two_that_hold_the_same_are_the_same(two: tuple[sqlite3.Connection, sqlite3.Connection]) -> None:
    one, other = two
    assert compare(Copy(one), Copy(other))


@pytest.mark.parametrize(
    "change",
    [
        "update sound set pcm = x'00' where position = (select max(position) from sound)",
        "update entry set text = text || 'x'",
        "insert into visit (at, brought) values ('x', 'y')",
        "delete from stretch",
        "create table more (one)",
    ],
)
def test_a_row_that_is_otherwise_is_noticed(
    two: tuple[sqlite3.Connection, sqlite3.Connection], change: str
) -> None:
    one, other = two
    one.execute(change)
    assert not compare(Copy(one), Copy(other))
    assert not compare(Copy(other), Copy(one))
