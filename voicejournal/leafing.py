"""The journal gone through by hand: entries listed, found, shown, tagged and deleted.

In: who asks, and for what. Out: lines to print; an error among them ends nothing.
Touches: nothing itself; it opens edges. Raises: JournalError when what was asked can't be had.
Invariant: an entry that is being spoken or written down at this moment is not deleted.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date, datetime

from voicejournal.browsing import as_json, entry_lines, entry_page, moment
from voicejournal.errors import JournalError, NotFound, StoreError
from voicejournal.journal.entries import Entry, Tag
from voicejournal.languages import dates_of, language_of
from voicejournal.opening import Ask, Opened, open_journal
from voicejournal.remembering import is_tidy
from voicejournal.settings import Settings

Lines = Iterator[str | JournalError]


@dataclass(frozen=True)
class Reader:
    """Who goes through the journal, and how they want to have it."""

    chosen: Settings
    ask: Ask
    """For a passphrase."""
    today: date
    is_json: bool = False
    """Entries as programs read them."""


def listed(reader: Reader, tag: Tag | None = None, since: str | None = None, limit: int | None = None) -> Lines:
    """Newest first; `since` as it was typed."""
    first = _moment(reader, since)
    with _open(reader) as opened:
        yield from _trouble(opened)
        yield from _lines(reader, opened.journal.entries(tag, first, limit))


def found(reader: Reader, words: Sequence[str], since: str | None, limit: int | None) -> Lines:
    first = _moment(reader, since)
    with _open(reader) as opened:
        yield from _trouble(opened)
        yield from _lines(reader, opened.journal.search(" ".join(words), limit, first))


def shown(reader: Reader, entry_id: str) -> Lines:
    _refuse_what_is_no_id(entry_id)
    with _open(reader) as opened:
        yield from _trouble(opened)
        entry = opened.journal.entry(entry_id)
        if reader.is_json:
            yield as_json(entry)
            return
        stretches, language = opened.journal.stretches(entry_id), language_of(reader.chosen.language)
        yield from entry_page(entry, stretches, language, reader.today, is_tidy(reader.chosen))


def tagged(reader: Reader, entry_id: str, tag: Tag) -> Lines:
    _refuse_what_is_no_id(entry_id)
    with _open(reader) as opened:
        yield from _trouble(opened)
        yield from _lines(reader, [opened.journal.tag_entry(entry_id, tag, "changed", None)])


def deleted(reader: Reader, entry_id: str, answer: Callable[[str], str] | None) -> Lines:
    """Asked first, and what goes is shown; None as `answer` does not ask."""
    _refuse_what_is_no_id(entry_id)
    words = language_of(reader.chosen.language).printed
    with _open(reader) as opened:
        yield from _trouble(opened)
        entry = opened.journal.entry(entry_id)
        yield from _lines(reader, [entry])
        with _at_rest(entry, reader.chosen):  # before anything is asked
            if answer is not None and answer(words["delete_surely"]) not in words["yes"].split():
                yield words["not_deleted"]
                return
            opened.journal.delete_entry(entry_id)
        yield words["deleted"]


def _refuse_what_is_no_id(typed: str) -> None:
    """A terminal may send bytes that are no text, which no journal can be asked for. Raises: NotFound."""
    if not typed.isascii():
        raise NotFound("entry_unknown", id=typed)


@contextmanager
def _at_rest(entry: Entry, chosen: Settings) -> Iterator[None]:
    """Raises: StoreError `entry_in_use` while another copy may still be hearing or writing this one."""
    from voicejournal.edges.lock import hearing_lock
    from voicejournal.edges.places import journal_path

    if entry.state == "written":
        yield
        return
    try:
        with hearing_lock(journal_path(chosen.journal)):
            yield
    except StoreError as error:
        if error.name == "second_copy":
            raise StoreError("entry_in_use", id=entry.id) from error
        raise


@contextmanager
def _open(reader: Reader) -> Iterator[Opened]:
    opened = open_journal(reader.chosen, reader.ask)
    with closing(opened.journal):
        yield opened


def _trouble(opened: Opened) -> Lines:
    if opened.trouble is not None:
        yield opened.trouble


def _lines(reader: Reader, entries: Sequence[Entry]) -> Lines:
    if reader.is_json:
        yield as_json(entries)
        return
    language = language_of(reader.chosen.language)
    yield from entry_lines(entries, language, reader.today, is_tidy(reader.chosen))


def _moment(reader: Reader, since: str | None) -> datetime | None:
    """From when on, in figures or in words. Raises: SettingsError."""
    if since is None:
        return None
    language = language_of(reader.chosen.language)
    return moment(since, language, dates_of(reader.chosen, language), reader.today)
