"""The journal's tables, and the numbered steps that bring an older journal up to them (design §5).

In: a connection to a journal. Out: the same journal with today's tables. Touches: its schema.
Invariant: a released step is never edited; a change is a new step at the end, and each has its upgrade test.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from voicejournal.edges.sqlcipher import sqlite3
from voicejournal.errors import StoreError

if TYPE_CHECKING:
    from sqlite_utils import Database

SET_NAME = "voicejournal"
"""Under this name sqlite-utils records in `_sqlite_migrations` which steps a journal has had."""


def m001_entries_stretches_sound(db: "Database") -> None:
    """The first journal: entries with their stretches and sound, visits, preferences and the full-text index.

    `entry.key` is the moment of the start (`journal_rows.entry_key`). It is the row id, there and in the full-text
    index, so matches are found newest first whatever order they went in: imports bring old entries late. It
    costs 45 MB of index in 100,000 entries against row ids counted up. It survives VACUUM; a row id without a
    column does not. `position` counts samples from the entry's first kept frame, in `sound` and in `stretch`.
    `text` is the last column of `entry`: reading those before it never loads a long text.
    """
    db.table("entry").create(
        {
            "key": int,
            "id": str,
            "started_at": str,
            "ended_at": str,
            "tag": str,
            "tag_source": str,
            "tag_reason": str,
            "seconds": float,
            "language": str,
            "recognizer": str,
            "state": str,
            "for_therapist": int,
            "aside_at": str,
            "text": str,
        },
        pk="key",
        not_null={"id", "started_at", "seconds", "language", "recognizer", "state", "for_therapist", "text"},
        defaults={"seconds": 0.0, "state": "open", "for_therapist": 0, "text": ""},
    )
    db.table("entry").create_index(["id"], unique=True)
    db.table("entry").create_index(["tag"])
    # Partial, which create_index can't say: nearly all entries are written and listed; these find the others.
    db.execute("create index idx_entry_unfinished on entry(state) where state <> 'written'")
    db.execute("create index idx_entry_aside on entry(aside_at) where aside_at is not null")
    db.table("stretch").create(
        {
            "entry": str,
            "position": int,
            "start_seconds": float,
            "end_seconds": float,
            "text": str,
            "words": str,
            "is_doubtful": int,
            "is_struck": int,
        },
        pk=("entry", "position"),
        foreign_keys=[("entry", "entry", "id")],
        not_null={
            "entry",
            "position",
            "start_seconds",
            "end_seconds",
            "text",
            "words",
            "is_doubtful",
            "is_struck",
        },
    )
    db.table("sound").create(
        {"entry": str, "position": int, "pcm": bytes},
        pk=("entry", "position"),
        foreign_keys=[("entry", "entry", "id")],
        not_null={"entry", "position", "pcm"},
    )
    db.table("visit").create({"id": int, "at": str, "brought": str}, pk="id", not_null={"at", "brought"})
    db.table("preference").create({"name": str, "value": str}, pk="name", not_null={"value"})
    # Written out, because enable_fts would name it entry_fts; sqlite-utils finds this one all the same.
    # remove_diacritics 2: "cafe" finds "café", which one recogniser writes and the other does not.
    db.execute(
        "create virtual table entry_search"
        ' using fts5(text, tokenize=\'unicode61 remove_diacritics 2\', content="entry", content_rowid="key")'
    )
    remove = "insert into entry_search(entry_search, rowid, text) values ('delete', old.key, old.text);"
    add = "insert into entry_search(rowid, text) values (new.key, new.text);"
    db.execute(f"create trigger entry_added after insert on entry begin {add} end")
    db.execute(f"create trigger entry_removed after delete on entry begin {remove} end")
    db.execute(f"create trigger entry_reworded after update of key, text on entry begin {remove} {add} end")


def m002_helped(db: "Database") -> None:
    """Private notes of what helped: how strong it was before and after a script, from none (0) to ten."""
    db.table("helped").create(
        {"id": int, "script": str, "at": str, "before": int, "after": int},
        pk="id",
        not_null={"script", "at", "before", "after"},
    )


def m003_additions(db: "Database") -> None:
    """When each part was said that was added to an entry later; `position` is where it begins in the entry."""
    db.table("addition").create(
        {"entry": str, "position": int, "started_at": str, "ended_at": str},
        pk=("entry", "position"),
        foreign_keys=[("entry", "entry", "id")],
        not_null={"entry", "position", "started_at"},
    )


STEPS: tuple[Callable[["Database"], None], ...] = (
    m001_entries_stretches_sound,
    m002_helped,
    m003_additions,
)
NAMES = tuple(step.__name__ for step in STEPS)


def pending(connection: sqlite3.Connection, path: str) -> bool:
    """True when steps are still to be applied. Only reads, without sqlite-utils, whose import takes 0.2 s.

    Raises: StoreError `journal_newer` for a journal of a later version, `not_a_journal` for another database.
    """
    tables = {name for (name,) in connection.execute("select name from sqlite_master where type = 'table'")}
    if not tables:
        return True
    if "_sqlite_migrations" not in tables:
        raise StoreError("not_a_journal", path=path)
    rows = connection.execute("select name from _sqlite_migrations where migration_set = ?", (SET_NAME,))
    applied = {name for (name,) in rows}
    if not applied:
        raise StoreError("not_a_journal", path=path)
    if not applied.issubset(NAMES):
        raise StoreError("journal_newer", path=path)
    return applied != set(NAMES)


def upgrade(connection: sqlite3.Connection, path: str) -> None:
    """Apply what is pending, all of it or nothing, also when two programs start on one journal at once.

    The connection is in autocommit and does not enforce foreign keys yet: a step may have to rebuild a table.
    """
    from sqlite_utils import Database, Migrations

    steps = Migrations(SET_NAME)
    for step in STEPS:
        steps()(step)
    db = Database(connection, execute_plugins=False)
    connection.execute("begin immediate")
    try:
        if pending(connection, path):
            steps.apply(db)
        connection.execute("commit")
    finally:
        if connection.in_transaction:
            connection.execute("rollback")
