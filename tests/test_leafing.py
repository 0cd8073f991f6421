"""What is asked of the journal by hand, and what is refused."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from voicejournal.edges.lock import hearing_lock
from voicejournal.edges.store import Store
from voicejournal.errors import StoreError
from voicejournal.hearing.transcripts import KeptStretch
from voicejournal.leafing import Reader, deleted, listed
from voicejournal.opening import open_journal
from voicejournal.settings import Settings

NOW = datetime(2026, 11, 26, 7, 30).astimezone()


@pytest.fixture
def reader(tmp_path: Path, no_key_store: None) -> Reader:
    """Of a journal with one entry that is written and one that is being spoken."""
    chosen = Settings(journal=str(tmp_path / "journal.sqlite3"))
    journal = open_journal(chosen).journal
    written = journal.open_entry(NOW, "en", "vosk")
    journal.close_entry(written, NOW + timedelta(seconds=9))
    journal.keep_stretch(written, KeptStretch(0.0, 1.0, "rain all day"))
    journal.write_entry(written, "mood", "spoken", None)
    journal.keep_sound(journal.open_entry(NOW + timedelta(minutes=1), "en", "vosk"), bytes(16_000))
    journal.close()
    return Reader(chosen, lambda question: None, NOW.date())


def ids(reader: Reader) -> list[str]:
    journal = open_journal(reader.chosen).journal
    assert isinstance(journal, Store)
    found = [entry.id for entry in journal.entries()]
    journal.close()
    return found


def test_an_entry_that_is_being_spoken_is_not_deleted(reader: Reader) -> None:
    spoken, written = ids(reader)
    with hearing_lock(Path(reader.chosen.journal or "")):
        with pytest.raises(StoreError, match="entry_in_use"):
            list(deleted(reader, spoken, None))
        assert ids(reader) == [spoken, written]
        list(deleted(reader, written, None))
    assert ids(reader) == [spoken]


def test_what_a_crash_left_is_deleted_when_nobody_listens(reader: Reader) -> None:
    spoken, written = ids(reader)
    list(deleted(reader, spoken, None))
    assert ids(reader) == [written]


def test_asked_and_declined_it_stays(reader: Reader) -> None:
    before, questions = ids(reader), []

    def answer(question: str) -> str:
        questions.append(question)
        return "no"

    lines = list(deleted(reader, before[1], answer))
    assert len(questions) == 1 and "Nothing was deleted." in lines
    assert ids(reader) == before


def test_none_of_a_day_is_said(reader: Reader) -> None:
    assert list(listed(reader, since="2027-01-01")) == ["There are no entries here."]
