"""Entries that become one, and two again, or come from elsewhere: how their rows move.

In: a connection inside a transaction, entries. Out: changed rows. Touches: the journal's tables.
Invariant: joining and parting give back the same stretches, sound and times; nothing of them is lost in between.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from voicejournal.edges import journal_rows, journal_sound
from voicejournal.edges.sqlcipher import sqlite3
from voicejournal.hearing.frames import HEARD_HERTZ
from voicejournal.hearing.transcripts import KeptStretch
from voicejournal.journal.entries import Entry


def opened(
    db: sqlite3.Connection, started_at: datetime, language: str, recognizer: str, wanted_id: str | None = None
) -> str:
    """A new entry in state open: with the id that is wanted, if no other has it, else with the day's next."""
    key = journal_rows.entry_key(started_at)
    while db.execute("select 1 from entry where key = ?", (key,)).fetchone():
        key += 1
    is_taken = wanted_id is None or db.execute("select 1 from entry where id = ?", (wanted_id,)).fetchone()
    entry_id = _next_id(db, started_at) if wanted_id is None or is_taken else wanted_id
    db.execute(
        "insert into entry (key, id, started_at, language, recognizer) values (?, ?, ?, ?, ?)",
        (key, entry_id, started_at.isoformat(), language, recognizer),
    )
    return entry_id


def _next_id(db: sqlite3.Connection, started_at: datetime) -> str:
    day = started_at.strftime("%y%m%d-")
    # "." follows "-", so these are the ids of the day. As numbers, because 1000 comes after 999.
    (last,) = db.execute(
        "select coalesce(max(cast(substr(id, 8) as integer)), 0) from entry where id > ? and id < ?",
        (day, day[:-1] + "."),
    ).fetchone()
    return f"{day}{last + 1:03d}"


def stretches(db: sqlite3.Connection, entry_id: str) -> Sequence[KeptStretch]:
    """All of an entry, struck ones too, by start."""
    rows = db.execute(f"select {journal_rows.STRETCH} from stretch where entry = ? order by position", (entry_id,))
    return [journal_rows.stretch_of(row) for row in rows]


def join(db: sqlite3.Connection, entry: Entry, part: Entry) -> None:
    """The part becomes the end of the entry; when it was said is kept beside it."""
    start = round(entry.seconds * HEARD_HERTZ)
    _move(db, part.id, 0, entry.id, start)
    db.execute(
        "insert into addition (entry, position, started_at, ended_at) values (?, ?, ?, ?)",
        (entry.id, start, part.started_at.isoformat(), _iso(part.ended_at)),
    )
    db.execute("delete from entry where id = ?", (part.id,))
    _end_at(db, entry.id, part.ended_at, start + round(part.seconds * HEARD_HERTZ))


def part(db: sqlite3.Connection, before: Entry, part: Entry) -> str:
    """What was joined is parted, the entry as it was before; the id that the part has now."""
    start = round(before.seconds * HEARD_HERTZ)
    part_id = opened(db, part.started_at, part.language, part.recognizer, part.id)
    db.execute("update entry set state = 'written' where id = ?", (part_id,))
    db.execute("delete from addition where entry = ? and position = ?", (before.id, start))
    _move(db, before.id, start, part_id, 0)
    _end_at(db, part_id, part.ended_at, round(part.seconds * HEARD_HERTZ))
    _end_at(db, before.id, before.ended_at, start)
    db.execute(
        "update entry set tag = ?, tag_source = ?, tag_reason = ? where id = ?",
        (before.tag, before.tag_source, before.tag_reason, before.id),
    )
    return part_id


Piece = tuple[Mapping[str, Any], bytes]
"""What happened to an entry while the journal was locked, in order, and the sound that was kept with it."""


def take_in(db: sqlite3.Connection, pieces: Iterable[Piece]) -> None:
    """Entries kept elsewhere. One that began in the same microsecond is there already: a move was cut short."""
    ids: dict[str, str] = {}
    ends: dict[str, int] = {}
    for record, pcm in pieces:
        name = record["entry"]
        if record["what"] == "opened":
            ids.pop(name, None)  # the name of one that was nothing is given again
            if not db.execute("select 1 from entry where started_at = ?", (record["at"],)).fetchone():
                started_at = datetime.fromisoformat(record["at"])
                ids[name] = opened(db, started_at, record["language"], record["recognizer"])
                ends[name] = 0
        elif name in ids:
            ends[name] = _take_piece(db, ids[name], record, pcm, ends[name])


def _take_piece(db: sqlite3.Connection, entry_id: str, record: Mapping[str, Any], pcm: bytes, end: int) -> int:
    """Where the entry's sound ends after it, in samples."""
    match record["what"]:
        case "sound":
            db.execute("insert into sound (entry, position, pcm) values (?, ?, ?)", (entry_id, end, pcm))
            return end + len(pcm) // 2
        case "closed":
            samples = record["samples"]
            journal_sound.wipe(db, entry_id, samples)
            journal_sound.cut(db, entry_id, samples)
            db.execute(
                "update entry set state = 'closed', ended_at = ?, seconds = ? where id = ?",
                (record["at"], samples / HEARD_HERTZ, entry_id),
            )
            return int(samples)
        case "aside":
            aside_at = journal_rows.in_utc(datetime.fromisoformat(record["at"]))
            db.execute("update entry set aside_at = ? where id = ?", (aside_at, entry_id))
        case "gone":
            journal_sound.wipe(db, entry_id)
            db.execute("delete from entry where id = ?", (entry_id,))
    return end


def _move(db: sqlite3.Connection, entry_id: str, start: int, to_id: str, to: int) -> None:
    """Everything from this sample of one entry on, to that sample of the other."""
    for stretch in stretches(db, entry_id):
        if round(stretch.start_seconds * HEARD_HERTZ) >= start:
            moved = stretch.moved((to - start) / HEARD_HERTZ)
            db.execute(journal_rows.KEEP_STRETCH, journal_rows.stretch_row(to_id, moved))
    db.execute("delete from stretch where entry = ? and position >= ?", (entry_id, start))
    for table in ("sound", "addition"):
        db.execute(
            f"update {table} set entry = ?, position = position + ? where entry = ? and position >= ?",
            (to_id, to - start, entry_id, start),
        )


def _end_at(db: sqlite3.Connection, entry_id: str, ended_at: datetime | None, end: int) -> None:
    """With the text that its stretches make now."""
    text = journal_rows.text_of(stretches(db, entry_id))
    db.execute(
        "update entry set ended_at = ?, seconds = ?, text = ? where id = ?",
        (_iso(ended_at), end / HEARD_HERTZ, text, entry_id),
    )


def _iso(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat()
