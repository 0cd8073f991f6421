"""The journal: entries, their words and their sound, in one SQLite file (design §5).

In: what was heard and recognised. Out: entries, stretches, sound. Touches: the journal's file.
Invariant: what a call keeps is on the disk when it returns, and what a call lets go can't be found there again.
"""

import json
import re
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from voicejournal.edges import journal_file
from voicejournal.errors import NotFound
from voicejournal.hearing.frames import HEARD_HERTZ
from voicejournal.hearing.transcripts import Word
from voicejournal.journal.entries import Entry, KeptStretch, Tag, TagSource

ASIDE_DAYS = 7
"""How long an entry that was set aside is kept (issue 3)."""

LONG_GONE = "0001-01-01"
"""Sorts before every `aside_at`: of an entry on its way out. Should that be cut short, the next start ends it."""

BATCH_ROWS = 512
"""Rows of sound let go in one transaction, 4 MB: deleting writes zeros over them, so without batches
three hours of sound would need as much free disk again before they could go."""

READ_ROWS = 16
"""Rows of sound read at a time, 4 s; in between no read stays open that would keep the -wal file from shrinking."""

SOUND_END = """(select position + length(pcm) / 2 from sound where sound.entry = entry.id
    order by position desc limit 1)"""
"""Samples from an entry's first kept frame to its last; null when no sound is in the file."""

FIELDS = f"""entry.id, started_at, ended_at, tag, tag_source, tag_reason, entry.text,
    case state when 'written' then seconds else coalesce({SOUND_END} / {HEARD_HERTZ}.0, seconds) end,
    language, recognizer, state, for_therapist"""
"""In the order of `Entry`. Until an entry is written its length is that of its sound, also after a crash."""


def entry_key(started_at: datetime) -> int:
    """The row id that an entry of this start gets: sixteenths of a microsecond since 1970 in UTC.

    Row ids in order of time make the newest matches of a search the first ones found, and times of
    different offsets comparable. Up to sixteen entries of one microsecond stay in the order they came in;
    more than sixteen would not fit SQLite's integers for every year that datetime knows.
    """
    return (started_at - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1) * 16


def match_expression(words: str) -> str:
    """What full-text search is asked for: every word of any text, quoted, so that none is an operator.

    Words without a letter or digit ask for nothing. Lone surrogates, which a terminal makes of bytes that
    are not UTF-8, can be in no text; a NUL would end the expression.
    """
    spelled = words.encode("utf-8", "replace").decode()
    return " ".join(f'"{word}"' for word in dict.fromkeys(re.split(r'[\s"\0]+', spelled)) if word)


class Store:
    """The `Journal` port on a file, or on ":memory:". For one thread; other processes may read meanwhile."""

    def __init__(self, path: Path | str) -> None:
        """Opens the journal, or makes it. Raises: StoreError."""
        self._path = str(path)
        self._is_truncation_owed = False
        with journal_file.translated(self._path):
            self._connection = journal_file.open_journal(self._path)

    def close(self) -> None:
        with self._statement():
            if self._is_truncation_owed:
                self._truncate()
            self._connection.close()

    def check(self) -> None:
        """Reads the whole file. Raises: StoreError `journal_damaged` when SQLite finds fault with it."""
        with self._statement() as db:
            journal_file.check(db, self._path)

    @contextmanager
    def _statement(self) -> Iterator[sqlite3.Connection]:
        """For reading, and for a single change, which is a transaction by itself."""
        with journal_file.translated(self._path):
            yield self._connection

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        """Committed at the end, undone by any error."""
        with journal_file.translated(self._path):
            # Immediate: another program's change is waited for here; later SQLite would refuse instead.
            self._connection.execute("begin immediate")
            try:
                yield self._connection
                self._connection.execute("commit")
            finally:
                if self._connection.in_transaction:
                    self._connection.execute("rollback")

    def _change(self, sql: str, *values: object, entry_id: str) -> None:
        """One change to one entry, whose id is the statement's last value. Raises: NotFound."""
        with self._statement() as db:
            changed = db.execute(sql, (*values, entry_id)).rowcount
        if not changed:
            raise NotFound("entry_unknown", id=entry_id)

    # Keeping

    def open_entry(self, started_at: datetime, language: str, recognizer: str) -> str:
        day = started_at.strftime("%y%m%d-")
        key = entry_key(started_at)
        with self._transaction() as db:
            while db.execute("select 1 from entry where key = ?", (key,)).fetchone():
                key += 1
            # "." follows "-", so these are the ids of the day. As numbers, because 1000 comes after 999.
            (last,) = db.execute(
                "select coalesce(max(cast(substr(id, 8) as integer)), 0) from entry where id > ? and id < ?",
                (day, day[:-1] + "."),
            ).fetchone()
            entry_id = f"{day}{last + 1:03d}"
            db.execute(
                "insert into entry (key, id, started_at, language, recognizer) values (?, ?, ?, ?, ?)",
                (key, entry_id, started_at.isoformat(), language, recognizer),
            )
        return entry_id

    def keep_sound(self, entry_id: str, pcm: bytes) -> None:
        if len(pcm) % 2:
            raise ValueError("half a sample would put all later sound out of step")
        if pcm:
            self._change(
                "insert into sound (pcm, entry, position)"
                f" select ?, id, coalesce({SOUND_END}, cast(round(seconds * {HEARD_HERTZ}) as integer))"
                " from entry where id = ?",
                pcm,
                entry_id=entry_id,
            )

    def close_entry(self, entry_id: str, ended_at: datetime, seconds: float | None = None) -> None:
        kept = round(self.entry(entry_id).seconds * HEARD_HERTZ)
        end = kept if seconds is None else max(0, min(kept, round(seconds * HEARD_HERTZ)))
        with self._transaction() as db:
            db.execute("delete from sound where entry = ? and position >= ?", (entry_id, end))
            db.execute(
                "update sound set pcm = substr(pcm, 1, (? - position) * 2) where entry = ?"
                " and position = (select max(position) from sound where entry = ?) and position + length(pcm) / 2 > ?",
                (end, entry_id, entry_id, end),
            )
            db.execute(
                "update entry set state = 'closed', ended_at = ?, seconds = ? where id = ?",
                (ended_at.isoformat(), end / HEARD_HERTZ, entry_id),
            )

    def keep_stretch(self, entry_id: str, stretch: KeptStretch) -> None:
        self.entry(entry_id)
        with self._statement() as db:
            db.execute(
                "insert into stretch"
                " (entry, position, start_seconds, end_seconds, text, words, is_doubtful, is_struck)"
                " values (?, ?, ?, ?, ?, ?, ?, ?) on conflict (entry, position) do update set"
                " start_seconds = excluded.start_seconds, end_seconds = excluded.end_seconds, text = excluded.text,"
                " words = excluded.words, is_doubtful = excluded.is_doubtful, is_struck = excluded.is_struck",
                (
                    entry_id,
                    round(stretch.start_seconds * HEARD_HERTZ),
                    stretch.start_seconds,
                    stretch.end_seconds,
                    stretch.text,
                    json.dumps([asdict(word) for word in stretch.words], ensure_ascii=False),
                    stretch.is_doubtful,
                    stretch.is_struck,
                ),
            )

    def write_entry(
        self, entry_id: str, tag: Tag | None, source: TagSource | None, reason: str | None
    ) -> Entry:
        had_text = self.entry(entry_id).text
        text = " ".join(kept.text for kept in self.stretches(entry_id) if kept.text and not kept.is_struck)
        with self._transaction() as db:
            db.execute(
                "update entry set state = 'written', text = ?, tag = ?, tag_source = ?, tag_reason = ? where id = ?",
                (text, tag, source, reason, entry_id),
            )
            if had_text and not text:  # dropped later, this entry would no longer show that it had words
                _forget_removed_words(db)
        return self.entry(entry_id)

    def reopen_entry(self, entry_id: str) -> Entry:
        self._change(
            "update entry set state = 'open', ended_at = null, aside_at = null where id = ?",
            entry_id=entry_id,
        )
        return self.entry(entry_id)

    def set_aside(self, entry_id: str, at: datetime) -> None:
        self._change("update entry set aside_at = ? where id = ?", _in_utc(at), entry_id=entry_id)

    def tag_entry(self, entry_id: str, tag: Tag | None, source: TagSource, reason: str | None) -> Entry:
        self._change(
            "update entry set tag = ?, tag_source = ?, tag_reason = ? where id = ?",
            tag,
            source,
            reason,
            entry_id=entry_id,
        )
        return self.entry(entry_id)

    # Letting go

    def accept_entry(self, entry_id: str) -> None:
        found = self.entry(entry_id)
        doubts = any(kept.is_doubtful and not kept.is_struck for kept in self.stretches(entry_id))
        if found.state == "written" and found.text and not doubts:
            self._wipe_sound(entry_id)

    def accept_all(self, now: datetime) -> None:
        with self._statement() as db:
            old = db.execute(
                "select id from entry where aside_at < ?", (_in_utc(now - timedelta(days=ASIDE_DAYS)),)
            ).fetchall()
        for (entry_id,) in old:
            self.drop_entry(entry_id)
        with self._statement() as db:
            # Steps from entry to entry through the index of sound: a row is a quarter of a second.
            kept = db.execute(
                "with recursive kept(id) as (select min(entry) from sound union all"
                " select (select min(entry) from sound where entry > kept.id) from kept where kept.id is not null)"
                " select id from entry join kept using (id) where state = 'written' and aside_at is null"
            ).fetchall()
        for (entry_id,) in kept:
            self.accept_entry(entry_id)

    def drop_entry(self, entry_id: str) -> None:
        had_text = self.entry(entry_id).text
        with self._transaction() as db:
            db.execute("update entry set aside_at = ?, text = '' where id = ?", (LONG_GONE, entry_id))
            db.execute("delete from stretch where entry = ?", (entry_id,))
            if had_text:
                _forget_removed_words(db)
        self._wipe_sound(entry_id)
        self._change("delete from entry where id = ?", entry_id=entry_id)

    def delete_entry(self, entry_id: str) -> None:
        self.drop_entry(entry_id)
        with self._statement():
            self._truncate()

    def _wipe_sound(self, entry_id: str) -> None:
        rows = BATCH_ROWS
        while rows == BATCH_ROWS:
            with self._statement() as db:
                rows = db.execute(
                    "delete from sound where rowid in (select rowid from sound where entry = ? limit ?)",
                    (entry_id, BATCH_ROWS),
                ).rowcount

    def _truncate(self) -> None:
        """Empty the -wal file, where old words stay until then. While another program reads: again at `close`."""
        is_busy, *_ = self._connection.execute("pragma wal_checkpoint(truncate)").fetchone()
        self._is_truncation_owed = bool(is_busy)

    # Reading

    def entry(self, entry_id: str) -> Entry:
        found = self._entries("from entry where id = ?", entry_id)
        if not found:
            raise NotFound("entry_unknown", id=entry_id)
        return found[0]

    def stretches(self, entry_id: str) -> Sequence[KeptStretch]:
        self.entry(entry_id)
        with self._statement() as db:
            rows = db.execute(
                "select start_seconds, end_seconds, text, words, is_doubtful, is_struck from stretch"
                " where entry = ? order by position",
                (entry_id,),
            )
            return [
                KeptStretch(start, end, text, _words(words), bool(is_doubtful), bool(is_struck))
                for start, end, text, words, is_doubtful, is_struck in rows
            ]

    def entries(
        self, tag: Tag | None = None, since: datetime | None = None, limit: int | None = None
    ) -> Sequence[Entry]:
        clause = "from entry where aside_at is null"
        values: list[object] = []
        if tag is not None:
            clause += " and tag = ?"
            values.append(tag)
        if since is not None:
            clause += " and key >= ?"
            values.append(entry_key(since))
        return self._entries(f"{clause} order by key desc limit ?", *values, -1 if limit is None else limit)

    def search(self, words: str, limit: int | None = None) -> Sequence[Entry]:
        expression = match_expression(words)
        if not expression:
            return []
        # Cross join: SQLite keeps to this order, so it stops after `limit` matches instead of sorting them all.
        return self._entries(
            "from entry_search cross join entry on entry.key = entry_search.rowid"
            " where entry_search match ? and aside_at is null order by entry_search.rowid desc limit ?",
            expression,
            -1 if limit is None else limit,
        )

    def unfinished(self) -> Sequence[Entry]:
        return self._entries("from entry where state <> 'written' and aside_at is null order by +key")

    def sound(self, entry_id: str) -> Iterator[bytes]:
        self.entry(entry_id)
        return self._sound(entry_id)

    def _sound(self, entry_id: str) -> Iterator[bytes]:
        position = -1
        rows: list[tuple[int, bytes]] = [(position, b"")]
        while rows:
            with self._statement() as db:
                rows = db.execute(
                    "select position, pcm from sound where entry = ? and position > ? order by position limit ?",
                    (entry_id, position, READ_ROWS),
                ).fetchall()
            for position, pcm in rows:  # noqa: B007  (the next read goes on after the last one)
                yield pcm

    def _entries(self, clause: str, *values: object) -> Sequence[Entry]:
        with self._statement() as db:
            return [_entry_of(row) for row in db.execute(f"select {FIELDS} {clause}", values)]

    # What this person chose

    def preference(self, name: str) -> str | None:
        with self._statement() as db:
            found = db.execute("select value from preference where name = ?", (name,)).fetchone()
        return found[0] if found else None

    def prefer(self, name: str, value: str) -> None:
        with self._statement() as db:
            db.execute("insert or replace into preference (name, value) values (?, ?)", (name, value))


def _entry_of(row: tuple[Any, ...]) -> Entry:
    entry_id, started_at, ended_at, *rest = row
    ended = None if ended_at is None else datetime.fromisoformat(ended_at)
    tag, tag_source, tag_reason, text, seconds, language, recognizer, state, for_therapist = rest
    return Entry(
        entry_id,
        datetime.fromisoformat(started_at),
        ended,
        tag,
        tag_source,
        tag_reason,
        text,
        seconds,
        language,
        recognizer,
        state,
        bool(for_therapist),
    )


def _words(kept: str) -> tuple[Word, ...]:
    return tuple(Word(**word) for word in json.loads(kept))


def _in_utc(at: datetime) -> str:
    """Of one width and one offset, so that text compares as time."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def _forget_removed_words(db: sqlite3.Connection) -> None:
    """The full-text index only marks words as removed; merging it into one piece takes them out of the file."""
    db.execute("insert into entry_search(entry_search) values ('optimize')")
