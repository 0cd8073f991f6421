"""How entries and stretches stand in the rows of the journal's tables.

In: rows of SQLite. Out: `Entry` and `KeptStretch`, and the other way round. Pure.
Invariant: what was put in comes back equal, whatever the text.
"""

import json
from collections.abc import Iterable
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from typing import Any

from voicejournal.hearing.frames import HEARD_HERTZ
from voicejournal.hearing.transcripts import KeptStretch, Word
from voicejournal.journal.entries import Entry

END = f"""max(cast(round(seconds * {HEARD_HERTZ}) as integer), coalesce((select position + length(pcm) / 2
    from sound where sound.entry = entry.id order by position desc limit 1), 0))"""
"""Samples from the entry's first kept frame to its last. Sound that was accepted is gone, but `seconds` stays;
sound of an open entry is ahead of `seconds`, which is written when the entry is closed."""

ENTRY = f"""entry.id, started_at, ended_at, tag, tag_source, tag_reason, entry.text,
    case state when 'written' then seconds else {END} / {HEARD_HERTZ}.0 end,
    language, recognizer, state, for_therapist"""
"""What `entry_of` reads, in the order of `Entry`."""

STRETCH = "start_seconds, end_seconds, text, words, is_doubtful, is_struck"
"""What `stretch_of` reads, in the order of `KeptStretch`."""

KEEP_STRETCH = f"""insert into stretch (entry, position, {STRETCH}) values (?, ?, ?, ?, ?, ?, ?, ?)
    on conflict (entry, position) do update set start_seconds = excluded.start_seconds,
    end_seconds = excluded.end_seconds, text = excluded.text, words = excluded.words,
    is_doubtful = excluded.is_doubtful, is_struck = excluded.is_struck"""
"""Takes `stretch_row`."""


def entry_of(row: tuple[Any, ...]) -> Entry:
    """Raises: ValueError when a time can't be read."""
    entry_id, started_at, ended_at, *others, for_therapist = row
    tag, tag_source, tag_reason, text, seconds, language, recognizer, state = others
    return Entry(
        id=entry_id,
        started_at=datetime.fromisoformat(started_at),
        ended_at=None if ended_at is None else datetime.fromisoformat(ended_at),
        tag=tag,
        tag_source=tag_source,
        tag_reason=tag_reason,
        text=text,
        seconds=seconds,
        language=language,
        recognizer=recognizer,
        state=state,
        for_therapist=bool(for_therapist),
    )


def stretch_of(row: tuple[Any, ...]) -> KeptStretch:
    """Raises: ValueError when the words can't be read."""
    start, end, text, words, is_doubtful, is_struck = row
    kept = tuple(Word(**word) for word in json.loads(words))
    return KeptStretch(start, end, text, kept, bool(is_doubtful), bool(is_struck))


def stretch_row(entry_id: str, stretch: KeptStretch) -> tuple[object, ...]:
    """Two stretches that start within one sample are the same one."""
    return (
        entry_id,
        round(stretch.start_seconds * HEARD_HERTZ),
        stretch.start_seconds,
        stretch.end_seconds,
        stretch.text,
        json.dumps([_word_record(word) for word in stretch.words], ensure_ascii=False),
        stretch.is_doubtful,
        stretch.is_struck,
    )


def text_of(stretches: Iterable[KeptStretch]) -> str:
    """What an entry says: its stretches but those that were taken out, in order."""
    return " ".join(kept.text for kept in stretches if kept.text and not kept.is_struck)


def _word_record(word: Word) -> dict[str, str | float | None]:
    """Only a word that the person decided on says whose it is: long entries hold some 30,000 others."""
    record = asdict(word)
    return record if word.by == "person" else {key: record[key] for key in record if key not in ("by", "was")}


def entry_key(started_at: datetime) -> int:
    """The row id that an entry of this start gets: sixteenths of a microsecond since 1970 in UTC.

    Row ids in order of time make the newest matches of a search the first ones found, and times of
    different offsets comparable. Up to sixteen entries of one microsecond stay in the order they came in;
    more than sixteen would not fit SQLite's integers for every year that datetime knows.
    """
    return (started_at - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1) * 16


FIRST_KEY = entry_key(datetime.min.replace(tzinfo=UTC))
"""No entry comes before it."""

LAST_KEY = entry_key(datetime.max.replace(tzinfo=UTC))
"""Nor any after this one."""


def in_utc(at: datetime) -> str:
    """ISO 8601 of one width and one offset, so that text compares as time."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")
