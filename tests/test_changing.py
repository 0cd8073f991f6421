"""What is asked of an entry that is gone is answered so, and what is to be gone may be gone already."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from voicejournal.changing import answered, let_go
from voicejournal.dialogue.actions import (
    AcceptEntries,
    Change,
    ConfirmWord,
    DeleteEntry,
    JoinEntry,
    LetVoicesGo,
    LookUp,
    MarkForTherapist,
    MeasureSound,
    PartEntry,
    RepairWord,
    RewordEntry,
    StrikeLast,
    TagEntry,
)
from voicejournal.dialogue.events import EntryChanged, EntryDeleted, EntryGone, LastStruck
from voicejournal.edges.store import Store
from voicejournal.hearing.transcripts import KeptStretch, Word
from voicejournal.journal.deeds import Added, Reworded
from voicejournal.journal.doubts import Doubt
from voicejournal.journal.entries import Entry

NOW = datetime(2026, 3, 1, 5, tzinfo=UTC)
DOUBT = Doubt(1.0, 0, Word("mudder", 1.0, 1.5, 0.1))
STRETCHES = (KeptStretch(0.0, 0.5, "my mother"), KeptStretch(1.0, 1.5, "came by"))
ENTRY = Entry("260301-001", NOW, NOW, None, None, None, "my mother came by", 2.0, "en", "whisper", "written")
ADDED = Added(ENTRY, ENTRY, ENTRY)


@pytest.fixture
def store() -> Iterator[Store]:
    store = Store(":memory:")
    yield store
    store.close()


def written(store: Store) -> Entry:
    entry_id = store.open_entry(NOW, "en", "whisper")
    store.keep_sound(entry_id, bytes(8000))
    store.close_entry(entry_id, NOW)
    for stretch in STRETCHES:
        store.keep_stretch(entry_id, stretch)
    return store.write_entry(entry_id, None, None, None)


@pytest.mark.parametrize(
    "action",
    [
        TagEntry(ENTRY.id, "dream", "changed"),
        RewordEntry(ENTRY.id, STRETCHES[0]),
        StrikeLast(ENTRY.id),
        MarkForTherapist(ENTRY.id),
        JoinEntry(ADDED),
        PartEntry(ADDED),
        MeasureSound(ENTRY),
        LookUp(ENTRY.id),
        ConfirmWord(ENTRY.id, DOUBT),
        RepairWord(ENTRY.id, DOUBT, "mother"),
    ],
    ids=lambda action: type(action).__name__,
)
def test_an_entry_that_is_gone_is_told_to_be_gone(store: Store, action: Change) -> None:
    assert answered(store, 7, NOW, action) == EntryGone(7, ENTRY.id)


def test_what_is_to_be_deleted_may_be_gone_already(store: Store) -> None:
    other = written(store)
    assert answered(store, 7, NOW, DeleteEntry("260301-999")) == EntryDeleted(7, "260301-999", other)
    assert answered(store, 8, NOW, DeleteEntry(other.id)) == EntryDeleted(8, other.id, None)


def test_no_voice_need_be_there_to_let_all_go(store: Store) -> None:
    let_go(store, NOW, LetVoicesGo(()))
    assert list(store.entries()) == []


def test_one_that_is_gone_keeps_no_other_from_being_accepted(store: Store) -> None:
    entry = written(store)
    let_go(store, NOW, AcceptEntries(("260301-999", entry.id)))
    assert store.sound_seconds(entry.id) == 0.0


def test_the_last_words_are_struck_until_none_are_left(store: Store) -> None:
    entry = written(store)
    first = answered(store, 1, NOW, StrikeLast(entry.id))
    assert isinstance(first, LastStruck) and first.entry.text == "my mother"
    assert first.deed == Reworded(entry, STRETCHES[1], replace(STRETCHES[1], is_struck=True))
    second = answered(store, 2, NOW, StrikeLast(entry.id))
    assert isinstance(second, LastStruck) and second.entry.text == ""
    assert answered(store, 3, NOW, StrikeLast(entry.id)) == LastStruck(3, None, second.entry)


def test_what_the_person_called_others_comes_with_an_entry_that_has_no_kind(store: Store) -> None:
    other = written(store)
    called = store.tag_entry(other.id, "dream", "changed", None)
    entry = written(store)
    untold = answered(store, 1, NOW, RewordEntry(entry.id, STRETCHES[0]))
    assert untold == EntryChanged(1, entry, (called,), STRETCHES)
    told = answered(store, 2, NOW, TagEntry(entry.id, "mood", "changed"))
    assert isinstance(told, EntryChanged) and told.corrected == ()
