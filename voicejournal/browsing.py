"""The journal as lines of text, for a terminal.

In: entries and their stretches, and texts that may become entries. Out: lines to print.
Pure but for the machine's time zone, which a typed day is in.
The person's words are shown as they were kept; only what could harm a terminal is made harmless.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import date, datetime, time

from voicejournal.dialogue.guessing import guessed, learned
from voicejournal.dialogue.language import Language
from voicejournal.dialogue.times import day, length
from voicejournal.errors import SettingsError
from voicejournal.hearing.transcripts import KeptStretch
from voicejournal.journal.doubts import marked
from voicejournal.journal.entries import Entry
from voicejournal.journal.labels import begins_with_kind, spoken_label
from voicejournal.journal.plain_text import one_line, safe_json
from voicejournal.journal.records import as_json as record
from voicejournal.journal.tagging import Guess
from voicejournal.journal.tidying import BREAK, tidied
from voicejournal.journal.time_words import is_time, span, unmarked
from voicejournal.ports.person import Dates

FIRST_WORDS_CHARACTERS = 60
"""Enough to know an entry by, on a line of 100."""

LOOKED_AT_CHARACTERS = 20 * FIRST_WORDS_CHARACTERS
"""More than enough for those, whatever is left out or joined; an entry may be very long."""


def moment(text: str, language: Language, dates: Dates, today: date) -> datetime:
    """A day, or a day and a time, as it was typed, or as one would say it: when it began. Raises: SettingsError."""
    with suppress(ValueError):
        return datetime.fromisoformat(text).astimezone()
    known, words = language.searches.time, unmarked(text)
    found = span(known, words, lambda inner: dates.days(inner, today), today) if is_time(known, words) else None
    if found is None or found.first is None:
        raise SettingsError("date_unreadable", given=text)
    return datetime.combine(found.first, time()).astimezone()


def as_json(found: Entry | Sequence[Entry]) -> str:
    """One entry, or an array of them, for programs (design §6)."""
    records = record(found) if isinstance(found, Entry) else [record(entry) for entry in found]
    return safe_json(records)


def guess_lines(texts: Iterable[str], language: Language, corrected: Sequence[Entry]) -> Iterator[str]:
    """What each text is called or seems to be, for programs (design §6), as `listen` would tag it.

    `corrected`: those whose kind the person decided.
    """
    known = learned(language, corrected)
    for text in texts:
        label = spoken_label([text], language.labels)
        if label is None:
            found = guessed(text.rstrip("\n"), language, known)
        else:
            found = Guess(label, 1.0, language.say("tag_named", tag=language.tag(label)))
        yield safe_json({"tag": found.tag, "confidence": found.confidence, "reason": found.reason})


def entry_lines(entries: Sequence[Entry], language: Language, today: date, is_tidy: bool = False) -> list[str]:
    """An entry a line; where there are none, that."""
    lines = [entry_line(entry, language, today, is_tidy) for entry in entries]
    return lines or [language.printed["no_entries"]]


def entry_line(entry: Entry, language: Language, today: date, is_tidy: bool = False) -> str:
    """One entry in one line: its head, and its first words."""
    begins = entry.text[:LOOKED_AT_CHARACTERS]
    text = one_line(tidied(begins, language.tidiness) if is_tidy else begins)
    first = text if len(text) <= FIRST_WORDS_CHARACTERS else text[: FIRST_WORDS_CHARACTERS - 1] + "…"
    return f"{_head(entry, language, today)}  {first}".rstrip()


def _head(entry: Entry, language: Language, today: date) -> str:
    """Id, day and time, kind, length."""
    when = f"{day(language, entry.started_at.date(), today)} {entry.started_at:%H:%M}"
    return f"{entry.id}  {when}  {language.tag(entry.tag)}  {length(language, entry.seconds)}"


def entry_page(
    entry: Entry, stretches: Sequence[KeptStretch], language: Language, today: date, is_tidy: bool = False
) -> list[str]:
    """One entry whole, with its doubtful words marked."""
    reason = [entry.tag_reason] if entry.tag_reason else []
    text = marked(stretches, entry.recognizer, begins_with_kind(entry, language.labels)) or entry.text
    shown = tidied(text, language.tidiness).split(BREAK) if is_tidy else [text]
    return [_head(entry, language, today), *map(one_line, reason), "", *map(one_line, shown)]
