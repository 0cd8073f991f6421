"""The journal: entries, their words and their sound, in one SQLite file (design §5).

In: what was heard and recognised. Out: entries, stretches, sound. Touches: the journal's file.
Invariant: what a call keeps is on the disk when it returns; what a deletion lets go can't be found there.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from voicejournal.edges import journal_file, journal_parts, journal_rows, journal_sound, scouring
from voicejournal.edges.sqlcipher import sqlite3
from voicejournal.errors import NotFound
from voicejournal.hearing.frames import HEARD_HERTZ
from voicejournal.journal.entries import Entry, KeptStretch, Tag, TagSource
from voicejournal.journal.helped import Helped
from voicejournal.journal.queries import MOST_COUNTED, Found, Query

ASIDE_DAYS = 7
"""How long an entry that was set aside is kept (issue 3)."""

LONG_GONE = "0001-01-01"
"""An `aside_at` before all others: of an entry on its way out. If that is cut short, the next start ends it."""

CORRECTED_AMONG = 5000
"""Newest entries looked through for those whose kind the person decided: some years of them. Without an index of
their own that takes up to 30 ms, once an entry; to look through 100,000 would take a second."""

READER_MILLISECONDS = 200
"""Whoever reads the journal is waited for so long before old words go, and no longer: we may be listening."""


class Store:
    """The `Journal` port on a file, or on ":memory:". For one thread; other processes may read meanwhile."""

    def __init__(self, path: Path | str, key: bytes | None = None, salt: bytes | None = None) -> None:
        """Opens the journal, or makes it; `key` and `salt` are those of `open_journal`. Raises: StoreError."""
        self._path = str(path)
        self._is_closed = self._is_truncation_owed = False
        with journal_file.translated(self._path):
            self._connection = journal_file.open_journal(self._path, key, salt)

    def close(self) -> None:
        if self._is_closed:
            return
        self._is_closed = True
        with self._statement() as db:
            scouring.scour_at_the_end(db, self._path)
            if self._is_truncation_owed:
                self._truncate()
            self._connection.close()

    def rekey(self, key: bytes) -> None:
        """Encrypt all of it anew: the key of before opens it no more. All of it happens, or nothing."""
        with self._statement() as db:
            self._truncate()
            db.execute(f'pragma rekey = "{journal_file.key_literal(key)}"').fetchall()
            self._truncate()

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
        with self._transaction() as db:
            return journal_parts.opened(db, started_at, language, recognizer)

    def keep_sound(self, entry_id: str, pcm: bytes) -> None:
        if len(pcm) % 2:
            raise ValueError("half a sample would put all later sound out of step")
        if pcm:
            self._change(
                "insert into sound (pcm, entry, position)"
                f" select ?, id, {journal_rows.END} from entry where id = ?",
                pcm,
                entry_id=entry_id,
            )

    def close_entry(self, entry_id: str, ended_at: datetime, seconds: float | None = None) -> None:
        kept = round(self.entry(entry_id).seconds * HEARD_HERTZ)
        end = kept if seconds is None else max(0, min(kept, round(seconds * HEARD_HERTZ)))
        self._wipe_sound(entry_id, start=end)
        with self._transaction() as db:
            journal_sound.cut(db, entry_id, end)
            db.execute(
                "update entry set state = 'closed', ended_at = ?, seconds = ? where id = ?",
                (ended_at.isoformat(), end / HEARD_HERTZ, entry_id),
            )

    def sound_seconds(self, entry_id: str) -> float:
        self.entry(entry_id)
        with self._statement() as db:
            return journal_sound.samples(db, entry_id) / HEARD_HERTZ

    def clear_stretches(self, entry_id: str, from_seconds: float) -> None:
        self.entry(entry_id)
        with self._statement() as db:
            db.execute(
                "delete from stretch where entry = ? and position >= ?",
                (entry_id, round(from_seconds * HEARD_HERTZ)),
            )

    def keep_stretch(self, entry_id: str, stretch: KeptStretch) -> None:
        self.entry(entry_id)
        with self._statement() as db:
            db.execute(journal_rows.KEEP_STRETCH, journal_rows.stretch_row(entry_id, stretch))

    def write_entry(self, entry_id: str, tag: Tag | None, source: TagSource | None, reason: str | None) -> Entry:
        had_text = self.entry(entry_id).text
        text = journal_rows.text_of(self.stretches(entry_id))
        with self._transaction() as db:
            db.execute(
                "update entry set state = 'written', text = ?, tag = ?, tag_source = ?, tag_reason = ?"
                " where id = ?",
                (text, tag, source, reason, entry_id),
            )
            if had_text and not text:  # dropped later, this entry would no longer show that it had words
                scouring.forget_removed_words(db)
        return self.entry(entry_id)

    def reword_entry(self, entry_id: str, stretch: KeptStretch, at: datetime) -> Entry:
        had_text = self.entry(entry_id).text
        with self._transaction() as db:
            db.execute(journal_rows.KEEP_STRETCH, journal_rows.stretch_row(entry_id, stretch))
            kept = journal_parts.stretches(db, entry_id)
            aside_at = None if any(one.is_in_text for one in kept) else journal_rows.in_utc(at)
            text = journal_rows.text_of(kept)
            db.execute(
                "update entry set state = 'written', text = ?, aside_at = ? where id = ?",
                (text, aside_at, entry_id),
            )
            if had_text and not text:
                scouring.forget_removed_words(db)
        return self.entry(entry_id)

    def join_entry(self, entry_id: str, part_id: str) -> Entry:
        entry, part = self.entry(entry_id), self.entry(part_id)
        with self._transaction() as db:
            journal_parts.join(db, entry, part)
        return self.entry(entry_id)

    def part_entry(self, before: Entry, part: Entry) -> Entry:
        self.entry(before.id)
        with self._transaction() as db:
            part_id = journal_parts.part(db, before, part)
        return self.entry(part_id)

    def take_in(self, pieces: Iterable[journal_parts.Piece]) -> None:
        """Entries that were kept elsewhere while this journal was locked: all of them, or nothing."""
        with self._transaction() as db:
            journal_parts.take_in(db, pieces)

    def set_aside(self, entry_id: str, at: datetime) -> None:
        self._change("update entry set aside_at = ? where id = ?", journal_rows.in_utc(at), entry_id=entry_id)

    def tag_entry(self, entry_id: str, tag: Tag | None, source: TagSource | None, reason: str | None) -> Entry:
        self._change(
            "update entry set tag = ?, tag_source = ?, tag_reason = ? where id = ?",
            tag,
            source,
            reason,
            entry_id=entry_id,
        )
        return self.entry(entry_id)

    def mark_for_therapist(self, entry_id: str) -> None:
        self._change("update entry set for_therapist = 1 where id = ?", entry_id=entry_id)

    # Letting go

    def accept_entry(self, entry_id: str) -> None:
        found = self.entry(entry_id)
        doubts = any(kept.is_doubtful and not kept.is_struck for kept in self.stretches(entry_id))
        if found.state == "written" and found.text and not doubts:
            self._wipe_sound(entry_id)
            with self._statement():
                self._truncate()

    def accept_all(self, now: datetime, kept_days: int = 0, but: Sequence[str] = ()) -> None:
        for entry_id in self.long_aside(now):
            self.drop_entry(entry_id)
        with self._statement() as db:
            # Steps from entry to entry through the index of sound: a row is a quarter of a second.
            kept = db.execute(
                "with recursive kept(id) as (select min(entry) from sound union all"
                " select (select min(entry) from sound where entry > kept.id) from kept"
                " where kept.id is not null)"
                " select id from entry join kept using (id)"
                " where state = 'written' and aside_at is null and key <= ?",
                (journal_rows.entry_key(now - timedelta(days=kept_days)) if kept_days else journal_rows.LAST_KEY,),
            ).fetchall()
        for (entry_id,) in kept:
            if entry_id not in but:
                self.accept_entry(entry_id)

    def long_aside(self, now: datetime) -> Sequence[str]:
        """Entries that were set aside long enough ago to go."""
        aside_before = journal_rows.in_utc(now - timedelta(days=ASIDE_DAYS))
        with self._statement() as db:
            return [
                entry_id for (entry_id,) in db.execute("select id from entry where aside_at < ?", (aside_before,))
            ]

    def drop_entry(self, entry_id: str) -> None:
        had_text = self.entry(entry_id).text
        with self._transaction() as db:
            db.execute("update entry set aside_at = ?, text = '' where id = ?", (LONG_GONE, entry_id))
            db.execute("delete from stretch where entry = ?", (entry_id,))
            db.execute("delete from addition where entry = ?", (entry_id,))
            if had_text:
                scouring.forget_removed_words(db)
        self._wipe_sound(entry_id)
        self._change("delete from entry where id = ?", entry_id=entry_id)

    def delete_entry(self, entry_id: str) -> None:
        with self._statement() as db:
            scouring.owe(db)
            self.drop_entry(entry_id)
            scouring.scour(db, self._path)
            self._truncate()

    def _wipe_sound(self, entry_id: str, start: int = 0) -> None:
        with self._statement() as db:
            journal_sound.wipe(db, entry_id, start)

    def _truncate(self) -> None:
        """Empty the -wal file, where old words and sound stay until then; at `close` if someone is reading now."""
        self._connection.execute(f"pragma busy_timeout = {READER_MILLISECONDS}")
        is_busy, *_ = self._connection.execute("pragma wal_checkpoint(truncate)").fetchone()
        self._connection.execute(f"pragma busy_timeout = {round(1000 * journal_file.BUSY_SECONDS)}")
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
            return journal_parts.stretches(db, entry_id)

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
            values.append(journal_rows.entry_key(since))
        return self._entries(f"{clause} order by key desc limit ?", *values, -1 if limit is None else limit)

    def search(self, words: str, limit: int | None = None, since: datetime | None = None) -> Sequence[Entry]:
        expression = journal_rows.match_expression(words)
        if not expression:
            return []
        # Cross join: SQLite keeps to this order and stops after `limit` matches instead of sorting them all.
        return self._entries(
            "from entry_search cross join entry on entry.key = entry_search.rowid"
            " where entry_search match ? and aside_at is null and entry_search.rowid >= ?"
            " order by entry_search.rowid desc limit ?",
            expression,
            journal_rows.FIRST_KEY if since is None else journal_rows.entry_key(since),
            -1 if limit is None else limit,
        )

    def find(self, query: Query, limit: int, skip: int = 0) -> Found:
        source, key, values = journal_rows.find_clause(query)
        entries = self._entries(f"{source} order by {key} desc limit ? offset ?", *values, limit, skip)
        with self._statement() as db:
            (count,) = db.execute(
                f"select count(*) from (select 1 {source} limit ?)", (*values, MOST_COUNTED + 1)
            ).fetchone()
        return Found(query, count, tuple(entries), skip)

    def corrected(self, limit: int) -> Sequence[Entry]:
        return self._entries(
            "from entry where tag_source in ('asked', 'changed') and state = 'written' and aside_at is null"
            " and key >= coalesce((select key from entry order by key desc limit 1 offset ?), ?)"
            " order by key desc limit ?",
            CORRECTED_AMONG - 1,
            journal_rows.FIRST_KEY,
            limit,
        )

    def unfinished(self) -> Sequence[Entry]:
        # "+": from the small index of unfinished entries; by key alone SQLite walks through all entries, 50 ms.
        return self._entries("from entry where state <> 'written' and aside_at is null order by +key")

    def sound(self, entry_id: str) -> Iterator[bytes]:
        self.entry(entry_id)
        return self._sound(entry_id)

    def sound_between(self, entry_id: str, start_seconds: float, end_seconds: float) -> bytes:
        self.entry(entry_id)
        start, end = (max(0, round(at * HEARD_HERTZ)) for at in (start_seconds, end_seconds))
        with self._statement() as db:
            return journal_sound.between(db, entry_id, start, end)

    def _sound(self, entry_id: str) -> Iterator[bytes]:
        position = -1
        while True:
            with self._statement() as db:
                rows = journal_sound.rows_after(db, entry_id, position)
            if not rows:
                return
            yield from (pcm for _, pcm in rows)
            position = rows[-1][0]

    def _entries(self, clause: str, *values: object) -> Sequence[Entry]:
        with self._statement() as db:
            return [
                journal_rows.entry_of(row) for row in db.execute(f"select {journal_rows.ENTRY} {clause}", values)
            ]

    def older_preferences(self) -> dict[str, str]:
        """What versions before the file of preferences kept in here; nothing is written to it any more."""
        with self._statement() as db:
            return dict(db.execute("select name, value from preference"))

    # What helped this person

    def note_helped(self, note: Helped, at: datetime) -> None:
        with self._statement() as db:
            db.execute(
                "insert into helped (script, at, before, after) values (?, ?, ?, ?)",
                (note.script, at.isoformat(), note.before, note.after),
            )

    def helped(self) -> Sequence[Helped]:
        with self._statement() as db:
            return [Helped(*row) for row in db.execute("select script, before, after from helped order by id")]

    def forget_helped(self) -> None:
        with self._statement() as db:
            db.execute("delete from helped")
            self._truncate()
