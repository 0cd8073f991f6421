"""A word of an entry is repaired in the journal: that word, and nothing else."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tables import left_open

from voicejournal.dialogue.actions import ConfirmWord, LookUp, RepairWord
from voicejournal.dialogue.events import EntryLookedUp, EntryRepaired
from voicejournal.edges.sqlcipher import sqlite3
from voicejournal.edges.store import Store
from voicejournal.errors import NotFound
from voicejournal.hearing.transcripts import KeptStretch, Word
from voicejournal.journal.deeds import Reworded
from voicejournal.journal.doubts import Doubt
from voicejournal.repairing import answered

NOW = datetime(2026, 3, 1, 5, tzinfo=UTC)
WORDS = (Word("my", 1.0, 1.2, 0.9), Word("mudder", 1.2, 1.5, 0.1))
STRETCHES = (KeptStretch(0.0, 0.5, "dream"), KeptStretch(1.0, 1.5, "my mudder", WORDS))
DOUBT = Doubt(1.0, 1, WORDS[1])


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "journal.db"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    store = Store(path)
    yield store
    store.close()


def written(store: Store) -> str:
    entry_id = store.open_entry(NOW, "en", "whisper")
    for _ in range(8):
        store.keep_sound(entry_id, bytes(8000))
    store.close_entry(entry_id, NOW)
    for stretch in STRETCHES:
        store.keep_stretch(entry_id, stretch)
    store.write_entry(entry_id, "dream", "spoken", "You said it is a dream.")
    return entry_id


def test_an_entry_is_looked_up_with_where_its_sound_begins(store: Store, path: Path) -> None:
    entry_id = written(store)
    assert answered(store, 7, NOW, LookUp(entry_id)) == EntryLookedUp(7, store.entry(entry_id), STRETCHES, 0.0)
    store.accept_entry(entry_id)
    assert answered(store, 7, NOW, LookUp(entry_id)) == EntryLookedUp(7, store.entry(entry_id), STRETCHES, None)
    left_open(path, entry_id)
    store.keep_sound(entry_id, bytes(8000))
    store.close_entry(entry_id, NOW)
    found = answered(store, 7, NOW, LookUp(entry_id))
    assert isinstance(found, EntryLookedUp) and found.sound_from_seconds == 2.0


def test_a_word_is_confirmed_and_repaired(store: Store) -> None:
    entry_id = written(store)
    before = store.entry(entry_id)
    confirmed = answered(store, 1, NOW, ConfirmWord(entry_id, DOUBT))
    assert isinstance(confirmed, EntryRepaired) and confirmed.entry == before and confirmed.deed is None
    assert confirmed.stretches[1].words[1].by == "person"
    repaired = answered(store, 1, NOW, RepairWord(entry_id, DOUBT, "Mother."))
    assert isinstance(repaired, EntryRepaired) and repaired.entry.text == "dream my mother"
    assert (repaired.entry.tag, repaired.entry.tag_reason) == (before.tag, before.tag_reason)
    assert repaired.stretches[0] == STRETCHES[0] and repaired.stretches[1].words[0] == WORDS[0]
    assert repaired.deed == Reworded(before, confirmed.stretches[1], repaired.stretches[1])


def test_a_word_that_is_not_there_any_more_is_not_said_to_be_repaired(store: Store) -> None:
    entry_id = written(store)
    there = store.reword_entry(entry_id, KeptStretch(1.0, 1.5, "my", WORDS[:1]), NOW)
    found = answered(store, 1, NOW, RepairWord(entry_id, DOUBT, "mother"))
    assert isinstance(found, EntryLookedUp) and found.entry == there == store.entry(entry_id)


def test_a_word_is_repaired_in_text_and_stretch_or_in_neither(store: Store) -> None:
    entry_id = written(store)
    store._connection.execute(
        "create temp trigger halt before update on entry begin select raise(abort, 'killed'); end"
    )
    with pytest.raises(sqlite3.IntegrityError, match="killed"):
        answered(store, 1, NOW, RepairWord(entry_id, DOUBT, "mother"))
    assert tuple(store.stretches(entry_id)) == STRETCHES


def test_an_entry_that_is_gone_says_so(store: Store) -> None:
    entry_id = written(store)
    store.delete_entry(entry_id)
    for action in (LookUp(entry_id), RepairWord(entry_id, DOUBT, "mother")):
        with pytest.raises(NotFound):
            answered(store, 1, NOW, action)
