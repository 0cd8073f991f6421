"""The journal as lines of text, for a terminal.

In: entries and their stretches. Out: lines to print. Pure.
The person's words are shown as they were kept; only what could harm a terminal is made harmless.
"""

import json
from collections.abc import Sequence
from datetime import date, datetime

from voicejournal.dialogue.language import Language
from voicejournal.dialogue.times import day, length
from voicejournal.errors import SettingsError
from voicejournal.journal.doubts import marked
from voicejournal.journal.entries import Entry, KeptStretch
from voicejournal.journal.plain_text import one_line
from voicejournal.journal.records import as_json as record

FIRST_WORDS_CHARACTERS = 60
"""Enough to know an entry by, on a line of 100."""


def moment(text: str | None) -> datetime | None:
    """A day, or a day and a time, as it was typed. Raises: SettingsError."""
    if text is None:
        return None
    try:
        return datetime.fromisoformat(text).astimezone()
    except ValueError as exc:
        raise SettingsError("date_unreadable", given=text) from exc


def as_json(found: Entry | Sequence[Entry]) -> str:
    """One entry, or an array of them, for programs (design §6)."""
    records = record(found) if isinstance(found, Entry) else [record(entry) for entry in found]
    return json.dumps(records, ensure_ascii=False)


def entry_lines(entries: Sequence[Entry], language: Language, today: date) -> list[str]:
    """An entry a line; where there are none, that."""
    return [entry_line(entry, language, today) for entry in entries] or [language.printed["no_entries"]]


def entry_line(entry: Entry, language: Language, today: date) -> str:
    """One entry in one line: id, day and time, kind, length, first words."""
    when = f"{day(language, entry.started_at.date(), today)} {entry.started_at:%H:%M}"
    kind = language.tags[entry.tag or "none"]
    text = one_line(entry.text)
    first = text if len(text) <= FIRST_WORDS_CHARACTERS else text[: FIRST_WORDS_CHARACTERS - 1] + "…"
    return f"{entry.id}  {when}  {kind}  {length(language, entry.seconds)}  {first}".rstrip()


def entry_page(entry: Entry, stretches: Sequence[KeptStretch], language: Language, today: date) -> list[str]:
    """One entry whole, with its doubtful words marked."""
    lines = [entry_line(entry, language, today).split("  ")]
    head = "  ".join(lines[0][:4])
    reason = [entry.tag_reason] if entry.tag_reason else []
    text = marked(stretches, entry.recognizer, is_kind_named=entry.tag_source == "spoken")
    return [head, *map(one_line, reason), "", one_line(text or entry.text)]
