"""A journal written by any earlier version opens with nothing lost; those of others are left alone."""

import hashlib
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlite_utils import Database, Migrations

from voicejournal.edges import migrations
from voicejournal.edges.store import Store
from voicejournal.errors import StoreError
from voicejournal.hearing.transcripts import KeptStretch, Word
from voicejournal.journal.helped import Helped

VERSIONS = range(1, len(migrations.STEPS) + 1)

RELEASED = {1: "48bcf09e", 2: "0f2d4ece", 3: "650b0e94"}
"""The first letters of the sum of each version's schema. A sum that no longer fits means that a released step
was edited: journals already written would then differ from what the code expects. Make a new step instead."""

ROWS = """
insert into entry values (29008800000000000, '261122-001', '2026-11-22T09:00:00+01:00',
    '2026-11-22T09:01:00+01:00', 'dream', 'spoken', 'you said: dream', 60.5, 'en', 'vosk', 'written', 1, null,
    'dream I was on a train');
insert into entry (key, id, started_at, language, recognizer)
    values (29008800000000016, '261122-002', '2026-11-22T10:00:00+01:00', 'ko', 'whisper');
insert into stretch values ('261122-001', 8000, 0.5, 2.25, 'dream I was on a train',
    '[{"text": "dream", "start_seconds": 0.5, "end_seconds": 1.0, "confidence": 0.9}]', 0, 0);
insert into sound values ('261122-002', 0, zeroblob(8000)), ('261122-002', 4000, zeroblob(4000));
insert into preference values ('patience', '20');
insert into visit (at, brought) values ('2026-11-20T10:00:00+01:00', '[]');
"""
"""What a person had on the disk, as version 1 wrote it. Never edited: rows of later versions go below it."""

LATER_ROWS = {
    2: "insert into helped (script, at, before, after) values ('water', '2026-11-22T11:00:00+01:00', 7, 4);",
    3: "insert into addition values ('261122-001', 480000, '2026-11-22T12:00:00+01:00', null);",
}
"""What each later version wrote on top, by version."""


def write_version(path: Path, version: int) -> None:
    """A journal as that version left it: its tables, with the rows of version 1 carried along."""
    connection = sqlite3.connect(path, isolation_level=None)
    db = Database(connection, execute_plugins=False)
    steps = Migrations(migrations.SET_NAME)
    steps()(migrations.STEPS[0])
    steps.apply(db)
    connection.executescript(ROWS)
    for number, step in enumerate(migrations.STEPS[1:version], start=2):
        steps()(step)
        steps.apply(db)
        connection.executescript(LATER_ROWS[number])
    connection.close()


@pytest.mark.parametrize("version", VERSIONS)
def test_upgrade_loses_nothing(tmp_path: Path, version: int) -> None:
    path = tmp_path / "journal.db"
    write_version(path, version)
    store = Store(path)
    written, opened = store.entry("261122-001"), store.entry("261122-002")
    assert (written.text, written.tag, written.tag_source, written.seconds, written.for_therapist) == (
        "dream I was on a train",
        "dream",
        "spoken",
        60.5,
        True,
    )
    assert written.started_at == datetime(2026, 11, 22, 8, tzinfo=UTC)
    assert (opened.state, opened.language, opened.seconds) == ("open", "ko", 0.375)
    assert store.stretches("261122-001") == [
        KeptStretch(0.5, 2.25, "dream I was on a train", (Word("dream", 0.5, 1.0, 0.9),))
    ]
    assert [len(pcm) for pcm in store.sound("261122-002")] == [8000, 4000]
    assert [entry.id for entry in store.search("TRAIN")] == ["261122-001"]
    assert store.older_preferences() == {"patience": "20"}
    assert store.helped() == ([Helped("water", 7, 4)] if version > 1 else [])
    store.note_helped(Helped("slow-breath", 5, 5), datetime(2026, 11, 23, 9, tzinfo=UTC))
    assert store.helped()[-1] == Helped("slow-breath", 5, 5)
    store.check()
    assert store.open_entry(datetime(2026, 11, 22, 23, tzinfo=UTC), "en", "vosk") == "261122-003"
    store.close()


@pytest.mark.parametrize("version", VERSIONS)
def test_released_steps_are_never_edited(tmp_path: Path, version: int) -> None:
    write_version(tmp_path / "journal.db", version)
    connection = sqlite3.connect(tmp_path / "journal.db")
    tables = connection.execute("select sql from sqlite_master where name not like 'entry_search_%' order by name")
    schema = " ".join(" ".join(sql for (sql,) in tables if sql).split())
    connection.close()
    assert hashlib.sha256(schema.encode()).hexdigest()[:8] == RELEASED[version], schema


def test_a_new_journal_equals_an_upgraded_one(tmp_path: Path) -> None:
    write_version(tmp_path / "old.db", 1)
    schemas = []
    for name in ("old.db", "new.db"):
        Store(tmp_path / name).close()
        connection = sqlite3.connect(tmp_path / name)
        schemas.append(set(connection.execute("select type, name, sql from sqlite_master")))
        connection.close()
    assert schemas[0] == schemas[1]


def test_sqlite_utils_knows_tables_steps_and_index(tmp_path: Path) -> None:
    Store(tmp_path / "journal.db").close()
    with Database(sqlite3.connect(tmp_path / "journal.db"), execute_plugins=False) as db:
        names = {"entry", "stretch", "sound", "visit", "preference", "helped", "entry_search"}
        assert names <= set(db.table_names())
        applied = Migrations(migrations.SET_NAME).applied(db)
        assert [step.name for step in applied] == list(migrations.NAMES)
        assert db.table("entry").detect_fts() == "entry_search"
        assert all((step.__doc__ or "").strip() for step in migrations.STEPS)


def test_a_later_version_is_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "journal.db"
    write_version(path, len(migrations.STEPS))
    connection = sqlite3.connect(path)
    connection.execute(
        "insert into _sqlite_migrations (migration_set, name, applied_at) values (?, 'm999_from_later', '')",
        (migrations.SET_NAME,),
    )
    connection.commit()
    connection.close()
    before = path.read_bytes()
    with pytest.raises(StoreError) as told:
        Store(path)
    assert (told.value.name, told.value.details) == ("journal_newer", {"path": str(path)})
    assert (path.read_bytes(), list(tmp_path.iterdir())) == (before, [path])


@pytest.mark.parametrize("migrated_by", [None, "another program"])
def test_another_database_is_not_touched(tmp_path: Path, migrated_by: str | None) -> None:
    path = tmp_path / "bookmarks.db"
    with Database(sqlite3.connect(path), execute_plugins=False) as db:
        db.table("bookmark").insert({"address": "about:blank"})
        if migrated_by:
            Migrations(migrated_by).ensure_migrations_table(db)
    before = path.read_bytes()
    with pytest.raises(StoreError) as told:
        Store(path)
    assert told.value.name == "not_a_journal"
    assert (path.read_bytes(), list(tmp_path.iterdir())) == (before, [path])


def test_a_step_that_fails_leaves_nothing_behind(tmp_path: Path) -> None:
    path = tmp_path / "journal.db"
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("pragma max_page_count = 12")  # of 23: the disk is full half way
    with pytest.raises(sqlite3.OperationalError, match="full"):
        migrations.upgrade(connection, str(path))
    assert connection.execute("select count(*) from sqlite_master").fetchone() == (0,)
    connection.close()
    Store(path).close()
