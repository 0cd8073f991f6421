"""Entries found in the journal: by id, in lists, by words, by what a query asks, and by what is still to be done.

In: a connection, what is looked for. Out: entries, newest first unless it says otherwise. Touches: the journal's
tables, which are only read.
Invariant: any text may be looked for, and no list or search sorts the whole journal.
"""

import re
from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta

from voicejournal.edges import journal_rows
from voicejournal.edges.sqlcipher import sqlite3
from voicejournal.errors import NotFound
from voicejournal.journal.entries import Entry, Tag
from voicejournal.journal.queries import EVENING_HOUR, MOST_COUNTED, NOON_HOUR, Found, Query

CORRECTED_AMONG = 5000
"""Newest entries looked through for those whose kind the person decided: some years of them. Without an index of
their own that takes up to 30 ms, once an entry; to look through 100,000 would take a second."""

ASIDE_DAYS = 7
"""How long an entry that was set aside is kept (issue 3)."""


def entry(db: sqlite3.Connection, entry_id: str) -> Entry:
    """Raises: NotFound."""
    found = _entries(db, "from entry where id = ?", entry_id)
    if not found:
        raise NotFound("entry_unknown", id=entry_id)
    return found[0]


def entries(db: sqlite3.Connection, tag: Tag | None, since: datetime | None, limit: int | None) -> Sequence[Entry]:
    clause = "from entry where aside_at is null"
    values: list[object] = []
    if tag is not None:
        clause += " and tag = ?"
        values.append(tag)
    if since is not None:
        clause += " and key >= ?"
        values.append(journal_rows.entry_key(since))
    return _entries(db, f"{clause} order by key desc limit ?", *values, -1 if limit is None else limit)


def search(db: sqlite3.Connection, words: str, limit: int | None, since: datetime | None) -> Sequence[Entry]:
    expression = _match_expression(words)
    if not expression:
        return []
    # Cross join: SQLite keeps to this order and stops after `limit` matches instead of sorting them all.
    return _entries(
        db,
        "from entry_search cross join entry on entry.key = entry_search.rowid"
        " where entry_search match ? and aside_at is null and entry_search.rowid >= ?"
        " order by entry_search.rowid desc limit ?",
        expression,
        journal_rows.FIRST_KEY if since is None else journal_rows.entry_key(since),
        -1 if limit is None else limit,
    )


def find(db: sqlite3.Connection, query: Query, limit: int, skip: int) -> Found:
    source, key, values = _find_clause(query)
    found = _entries(db, f"{source} order by {key} desc limit ? offset ?", *values, limit, skip)
    (count,) = db.execute(
        f"select count(*) from (select 1 {source} limit ?)", (*values, MOST_COUNTED + 1)
    ).fetchone()
    return Found(query, count, tuple(found), skip)


def corrected(db: sqlite3.Connection, limit: int) -> Sequence[Entry]:
    return _entries(
        db,
        "from entry where tag_source in ('asked', 'changed') and state = 'written' and aside_at is null"
        " and key >= coalesce((select key from entry order by key desc limit 1 offset ?), ?)"
        " order by key desc limit ?",
        CORRECTED_AMONG - 1,
        journal_rows.FIRST_KEY,
        limit,
    )


def unfinished(db: sqlite3.Connection) -> Sequence[Entry]:
    """Oldest first."""
    # "+": from the small index of unfinished entries; by key alone SQLite walks through all entries, 50 ms.
    return _entries(db, "from entry where state <> 'written' and aside_at is null order by +key")


def long_aside(db: sqlite3.Connection, now: datetime) -> Sequence[str]:
    """The ids of those that were set aside long enough ago to go."""
    aside_before = journal_rows.in_utc(now - timedelta(days=ASIDE_DAYS))
    return [entry_id for (entry_id,) in db.execute("select id from entry where aside_at < ?", (aside_before,))]


def with_sound(db: sqlite3.Connection, until: datetime | None) -> Sequence[str]:
    """The ids of written entries whose sound is kept, and that began by then; None: of all."""
    # Steps from entry to entry through the index of sound: a row is a quarter of a second.
    rows = db.execute(
        "with recursive kept(id) as (select min(entry) from sound union all"
        " select (select min(entry) from sound where entry > kept.id) from kept"
        " where kept.id is not null)"
        " select id from entry join kept using (id)"
        " where state = 'written' and aside_at is null and key <= ?",
        (journal_rows.LAST_KEY if until is None else journal_rows.entry_key(until),),
    )
    return [entry_id for (entry_id,) in rows]


def _entries(db: sqlite3.Connection, clause: str, *values: object) -> Sequence[Entry]:
    return [journal_rows.entry_of(row) for row in db.execute(f"select {journal_rows.ENTRY} {clause}", values)]


def _match_expression(words: str) -> str:
    """What full-text search is asked for: every word of any text, quoted, so that none is an operator.

    A word without a letter or digit asks for nothing. Lone surrogates, which a terminal makes of bytes that
    are not UTF-8, can be in no text; a NUL would end the expression.
    """
    spelled = words.encode("utf-8", "replace").decode()
    return " ".join(f'"{word}"' for word in dict.fromkeys(re.split(r'[\s"\0]+', spelled)) if word)


def _find_clause(query: Query) -> tuple[str, str, list[object]]:
    """Where the entries of a query are, as SQL; the column that they are in order by; and the values.

    The key narrows the days down to within a day of them, fast; the entry's own date, as it was where and when it
    was spoken, decides.
    """
    words = " AND ".join(f"({' OR '.join(map(_form, forms))})" for forms in query.words)
    source, key = "from entry where", "entry.key"
    values: list[object] = []
    if words:
        # Cross join: as in `search`, newest first without sorting.
        source = (
            "from entry_search cross join entry on entry.key = entry_search.rowid where entry_search match ? and"
        )
        key = "entry_search.rowid"
        values.append(words)
    clauses = ["aside_at is null", "state = 'written'"]
    if query.tag is not None:
        clauses.append("tag = ?")
        values.append(query.tag)
    if query.for_therapist:
        clauses.append("for_therapist = 1")
    for day, sign, days in ((query.span.first, ">=", -1), (query.span.last, "<=", 2)):
        if day is not None:
            clauses += [f"{key} {sign} ?", f"substr(started_at, 1, 10) {sign} ?"]
            near = datetime.combine(day, time(), tzinfo=UTC) + timedelta(days=days)
            values += [journal_rows.entry_key(near), day.isoformat()]
    if query.span.is_night:
        clauses += ["substr(started_at, 1, 13) >= ?", "substr(started_at, 1, 13) < ?"]
        values += [f"{query.span.first}T{EVENING_HOUR}", f"{query.span.last}T{NOON_HOUR}"]
    return f"{source} {' and '.join(clauses)}", key, values


def _form(form: str) -> str:
    """One spelling of a word, quoted; with its * outside where it stands for a beginning."""
    quoted = _match_expression(form.removesuffix("*")) or '""'
    return f"{quoted}*" if form.endswith("*") else quoted
