"""The journal: entries, their words and their sound, in one SQLite file (design §5).

In: what was heard and recognised. Out: entries, stretches, sound. Touches: the journal's file.
Invariant: what a call keeps is on the disk when it returns; what a deletion lets go can't be found there.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from voicejournal.edges import journal_file, journal_finding, journal_parts, journal_rows, journal_sound, scouring
from voicejournal.edges.sqlcipher import sqlite3
from voicejournal.errors import NotFound
from voicejournal.hearing.frames import HEARD_HERTZ
from voicejournal.hearing.transcripts import KeptStretch
from voicejournal.journal.entries import Entry, Tag, TagSource
from voicejournal.journal.helped import Helped
from voicejournal.journal.queries import Found, Query

LONG_GONE = "0001-01-01"
"""An `aside_at` before all others: of an entry on its way out. If that is cut short, the next start ends it."""


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
                self._truncate(db)
            self._connection.close()

    def rekey(self, key: bytes) -> None:
        """Encrypt all of it anew: the key of before opens it no more. All of it happens, or nothing."""
        with self._statement() as db:
            self._truncate(db)
            db.execute(f'pragma rekey = "{journal_file.key_literal(key)}"').fetchall()
            self._truncate(db)

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

    def mark_for_therapist(self, entry_id: str, is_marked: bool = True) -> None:
        self._change("update entry set for_therapist = ? where id = ?", is_marked, entry_id=entry_id)

    # Letting go

    def accept_entry(self, entry_id: str) -> None:
        found = self.entry(entry_id)
        doubts = any(kept.is_doubtful and not kept.is_struck for kept in self.stretches(entry_id))
        if found.state == "written" and found.text and not doubts:
            self._wipe_sound(entry_id)
            with self._statement() as db:
                self._truncate(db)

    def accept_all(self, now: datetime, kept_days: int = 0, but: Sequence[str] = ()) -> None:
        for entry_id in self.long_aside(now):
            self.drop_entry(entry_id)
        with self._statement() as db:
            kept = journal_finding.with_sound(db, now - timedelta(days=kept_days) if kept_days else None)
        for entry_id in kept:
            if entry_id not in but:
                self.accept_entry(entry_id)

    def long_aside(self, now: datetime) -> Sequence[str]:
        """The ids of entries that were set aside long enough ago to go."""
        with self._statement() as db:
            return journal_finding.long_aside(db, now)

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
            self._truncate(db)

    def _wipe_sound(self, entry_id: str, start: int = 0) -> None:
        with self._statement() as db:
            journal_sound.wipe(db, entry_id, start)

    def _truncate(self, db: sqlite3.Connection) -> None:
        """At `close` once more, if someone is reading now."""
        self._is_truncation_owed = scouring.truncate(db)

    # Reading

    def entry(self, entry_id: str) -> Entry:
        with self._statement() as db:
            return journal_finding.entry(db, entry_id)

    def stretches(self, entry_id: str) -> Sequence[KeptStretch]:
        self.entry(entry_id)
        with self._statement() as db:
            return journal_parts.stretches(db, entry_id)

    def entries(
        self, tag: Tag | None = None, since: datetime | None = None, limit: int | None = None
    ) -> Sequence[Entry]:
        with self._statement() as db:
            return journal_finding.entries(db, tag, since, limit)

    def search(self, words: str, limit: int | None = None, since: datetime | None = None) -> Sequence[Entry]:
        """Entries that hold all the words, newest first. Any text is a legal query."""
        with self._statement() as db:
            return journal_finding.search(db, words, limit, since)

    def find(self, query: Query, limit: int, skip: int = 0) -> Found:
        with self._statement() as db:
            return journal_finding.find(db, query, limit, skip)

    def corrected(self, limit: int) -> Sequence[Entry]:
        with self._statement() as db:
            return journal_finding.corrected(db, limit)

    def unfinished(self) -> Sequence[Entry]:
        with self._statement() as db:
            return journal_finding.unfinished(db)

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
            self._truncate(db)
