"""The order of what was done, undone and done again."""

from dataclasses import replace
from datetime import UTC, datetime

from voicejournal.hearing.transcripts import KeptStretch
from voicejournal.journal.deeds import Added, Deleted, History, Retagged, Reworded
from voicejournal.journal.entries import Entry

NOW = datetime(2026, 3, 1, 5, tzinfo=UTC)
ENTRY = Entry("260301-001", NOW, NOW, "mood", "spoken", None, "words", 2.0, "en", "scripted", "written")
OTHER = replace(ENTRY, id="260301-002")
RETAGGED = Retagged(ENTRY, replace(ENTRY, tag="dream", tag_source="changed"))
STRUCK = Reworded(OTHER, KeptStretch(0, 1, "words"), KeptStretch(0, 1, "words", is_struck=True))


def test_the_last_deed_is_undone_first_and_done_again_first() -> None:
    history = History().with_done(RETAGGED).with_done(STRUCK)
    undone = history.after_undo().after_undo()
    assert (undone.done, undone.undone) == ((), (STRUCK, RETAGGED))
    assert undone.after_redo().after_redo() == history


def test_a_new_deed_ends_what_could_be_done_again_and_none_does_not() -> None:
    undone = History().with_done(RETAGGED).after_undo()
    assert undone.with_done() == undone
    assert undone.with_done(STRUCK) == History((STRUCK,))


def test_nothing_of_a_deleted_entry_is_remembered_but_that_it_was() -> None:
    added = Added(OTHER, replace(OTHER, id="260301-003"), OTHER)
    history = History((RETAGGED, STRUCK, added)).without(OTHER.id)
    assert history == History((RETAGGED, Deleted(OTHER.id)))
    assert history.after_undo() == History((RETAGGED,)), "it is passed, and can't be done again"


def test_a_deleted_part_takes_its_addition_along() -> None:
    added = Added(ENTRY, OTHER, ENTRY)
    assert History((added,)).without(OTHER.id) == History((Deleted(OTHER.id),))
