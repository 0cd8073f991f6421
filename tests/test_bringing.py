"""What is for the therapist is marked as soon as it is written, and nobody who speaks is spoken over for that."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from voicejournal.dialogue.actions import MarkForTherapist, Say, SetAside
from voicejournal.dialogue.activity import Journalling, Waiting
from voicejournal.dialogue.events import EntryHeard, EntryWritten, Pressed
from voicejournal.dialogue.respond import respond
from voicejournal.dialogue.state import Capture, State
from voicejournal.hearing.transcripts import KeptStretch
from voicejournal.journal.entries import Entry
from voicejournal.languages import language_of
from voicejournal.shelf import shelf_of

NOW = datetime(2026, 3, 1, tzinfo=UTC)
ENTRY = Entry("260301-001", NOW, NOW, "mood", "spoken", None, "mood i am tired", 2.0, "en", "whisper", "written")
WISHED = State(
    language_of("en"),
    shelf_of("en").scripts,
    date(2026, 3, 1),
    closing={1: None},
    bringing=frozenset({1}),
    alarm_tick=900,
)
SPEAKING = replace(WISHED, activity=Journalling(), capture=Capture(2, is_entry=True, has_content=True))


@pytest.mark.parametrize(("state", "is_told"), [(WISHED, True), (SPEAKING, False)], ids=["waiting", "in an entry"])
def test_it_is_marked_once_it_is_written_and_told_where_nobody_speaks(state: State, is_told: bool) -> None:
    after, actions = respond(state, EntryWritten(700, 1, ENTRY, False))
    assert MarkForTherapist(ENTRY.id) in actions
    assert any(isinstance(action, Say) for action in actions) == is_told
    assert not after.bringing and after.last == replace(ENTRY, for_therapist=True)


def test_the_silence_of_an_entry_that_is_being_spoken_still_ends_it() -> None:
    after, _ = respond(SPEAKING, EntryWritten(700, 1, ENTRY, False))
    assert after.alarm_tick == SPEAKING.alarm_tick


def test_what_is_being_written_is_what_is_meant_and_not_what_an_earlier_run_left() -> None:
    assert WISHED.being_written == 1
    assert replace(WISHED, closing={-1: None}).being_written is None
    assert replace(WISHED, activity=Waiting(), closing={-1: None, 3: None, 2: None}).being_written == 3


def test_who_asks_for_it_hears_that_the_words_are_still_on_their_way() -> None:
    state, _ = respond(replace(WISHED, bringing=frozenset()), Pressed(600, "for_my_therapist"))
    assert (state.said, state.bringing) == ("I am still writing it down. Then I mark it.", frozenset({1}))


def test_of_two_that_are_asked_for_both_are_marked() -> None:
    state = replace(WISHED, closing={1: None, 2: None})
    state, _ = respond(state, Pressed(600, "for_my_therapist"))
    for number, entry in ((1, ENTRY), (2, replace(ENTRY, id="260301-002"))):
        state, actions = respond(state, EntryWritten(700, number, entry))
        assert MarkForTherapist(entry.id) in actions
    assert not state.bringing


STRUCK = (KeptStretch(0.0, 2.0, "mood i am tired", is_struck=True),)


@pytest.mark.parametrize("struck", [(), STRUCK], ids=["nobody's words", "all is taken out"])
def test_where_no_words_are_left_there_is_nothing_to_mark_and_that_is_told(struck: tuple[KeptStretch, ...]) -> None:
    state, actions = respond(WISHED, EntryHeard(700, 1, (), False, ENTRY, struck=struck))
    assert actions[0] == SetAside(1) and not state.bringing
    assert state.said.endswith("There is no entry to mark.") and ("bring it back" in state.said) == bool(struck)


def test_who_speaks_is_not_told_that_there_is_nothing_to_mark() -> None:
    state, actions = respond(SPEAKING, EntryHeard(700, 1, (), False, ENTRY))
    assert actions == (SetAside(1),) and not state.bringing
