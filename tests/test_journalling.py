"""What a conversation file can't show, because its recogniser answers at once: words that take long."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from voicejournal.dialogue.actions import CloseEntry, Say
from voicejournal.dialogue.activity import Asking, Journalling
from voicejournal.dialogue.events import EntryWritten, FellSilent, Pressed, StretchJudged, TimePassed
from voicejournal.dialogue.journalling import WRITING_TICKS, close
from voicejournal.dialogue.keeping import CHANGE
from voicejournal.dialogue.reading import PRIVATE
from voicejournal.dialogue.respond import respond
from voicejournal.dialogue.state import Capture, State
from voicejournal.hearing.stretches import Stretch
from voicejournal.hearing.transcripts import Transcript
from voicejournal.journal.deeds import History, Retagged
from voicejournal.journal.entries import Entry
from voicejournal.languages import language_of
from voicejournal.speaking.steps import Words

STILL_WRITING = "I am still writing it down."
NOT_YET = "I am still writing it down. Ask me again in a moment."

NOW = datetime(2026, 3, 1, tzinfo=UTC)
BEFORE = Entry("260301-001", NOW, NOW, "mood", "spoken", None, "mood i am tired", 2.0, "en", "whisper", "written")
NEW = replace(BEFORE, id="260301-002", text="mood i slept")


def closed_entry() -> State:
    """An entry that was just closed at tick 1000, and the falling cue is over."""
    state = State(language=language_of("en"), scripts={}, today=date(2026, 3, 1))
    capture = Capture(1, is_entry=True, has_content=True, voice_end_tick=900)
    state, actions = close(replace(state, tick=1000, capture=capture, captures=1, activity=Journalling()))
    assert isinstance(actions[0], CloseEntry)
    state, _ = respond(state, FellSilent(1020))
    return state


def said(state: State, tick: int) -> tuple[State, list[str]]:
    """What the alarm at that tick brings."""
    state, actions = respond(state, TimePassed(tick))
    steps = [step for action in actions if isinstance(action, Say) for step in action.steps]
    return state, [step.text for step in steps if isinstance(step, Words)]


def test_who_waits_four_seconds_for_the_words_is_told_once() -> None:
    state = closed_entry()
    assert state.alarm_tick == 1000 + WRITING_TICKS
    state, words = said(state, 1000 + WRITING_TICKS)
    assert words == [STILL_WRITING] and state.alarm_tick is None


def test_nothing_is_said_of_it_once_the_words_are_there_or_something_else_is_spoken() -> None:
    assert said(replace(closed_entry(), closing={}), 1200)[1] == []
    assert said(replace(closed_entry(), ours="playing"), 1200)[1] == []


def test_while_it_is_locked_the_words_that_took_something_out_are_kept_as_sound_too() -> None:
    """They are heard once more when it is open, and take it out again."""
    state = State(language=language_of("en"), scripts={}, today=date(2026, 3, 1), voice_tick=990)
    taken = Stretch(600, 800, 700, 700)
    capture = Capture(1, is_entry=True, has_content=True, voice_end_tick=500, struck=(taken,))
    state = replace(state, tick=1000, capture=capture, captures=1, activity=Journalling())
    locked = replace(state, guard=replace(state.guard, watch="locked"))
    assert [close(one)[1][0] for one in (state, locked)] == [CloseEntry(1, 500), CloseEntry(1, 990)]


def being_written() -> State:
    """The same, and there is an entry before it to which something was done."""
    done = History((Retagged(replace(BEFORE, tag=None), BEFORE),))
    return replace(closed_entry(), last=BEFORE, history=done, private_tick=1000)


def heard(state: State, text: str) -> tuple[State, list[str]]:
    """What is done when that is said by itself: the names of the actions, but for those of its own sound."""
    number = state.captures + 1
    state = replace(state, capture=Capture(number, undecided=1), captures=number)
    state, actions = respond(state, StretchJudged(1100, number, Stretch(1040, 1080, 40, 40), Transcript(text)))
    return state, [
        type(action).__name__ for action in actions if type(action).__name__ not in ("LeaveOut", "DropEntry")
    ]


ABOUT_THAT = {
    "scratch_that": "Scratch that.",
    "undo": "Undo.",
    "change": "Change.",
    "read_it_back": "Read it back.",
    "play_my_voice": "Play my voice.",
    "check_words": "Check the words.",
    "delete_that": "Delete that.",
    "redo": "Redo.",
}


@pytest.mark.parametrize("text", [*ABOUT_THAT.values(), "Change it to dream."])
def test_what_is_said_of_an_entry_without_words_yet_is_not_done_to_the_one_before(text: str) -> None:
    state, done = heard(being_written(), text)
    assert (state.said, done, state.activity) == (NOT_YET, ["Say"], being_written().activity)


@pytest.mark.parametrize("key", ABOUT_THAT)
def test_a_key_does_nothing_to_the_one_before_either_and_it_is_told_once(key: str) -> None:
    state, actions = respond(being_written(), Pressed(1100, key))
    assert (state.said, len(actions), state.history) == (NOT_YET, 1, being_written().history)
    assert state.alarm_tick is None
    written, _ = respond(state, EntryWritten(1200, 1, NEW))
    assert respond(written, Pressed(1300, key))[0].said != NOT_YET


def test_what_is_added_to_an_entry_without_words_yet_has_none_to_take_out() -> None:
    adding, _ = respond(being_written(), Pressed(1100, "not_done"))
    assert respond(adding, Pressed(1150, "scratch_that"))[0].said == NOT_YET


def test_a_question_about_another_entry_is_still_answered() -> None:
    asked, actions = respond(replace(being_written(), activity=Asking(CHANGE, BEFORE)), Pressed(1100, "undo"))
    assert asked.said == "Kept as it is." and len(actions) == 1


def test_it_was_a_dream_is_no_correction_of_the_entry_before() -> None:
    """Its kind was told a moment ago, and then more was said."""
    speaking = Capture(1, is_entry=True, has_content=True, voice_end_tick=900)
    told = State(language_of("en"), {}, date(2026, 3, 1), last=BEFORE, kind_told_tick=800, tick=1000)
    closed, _ = close(replace(told, capture=speaking, captures=1, activity=Journalling()))
    state, done = heard(closed, "It was a dream.")
    assert "KeepStretch" in done and state.place == "entry"


@pytest.mark.parametrize("tag", ["mood", None])
def test_while_something_else_is_asked_it_is_only_said_to_be_kept(tag: str | None) -> None:
    new = NEW if tag else replace(NEW, tag=None, tag_source=None)
    asking = replace(closed_entry(), activity=Asking(PRIVATE, BEFORE))
    state, _ = respond(asking, EntryWritten(1100, 1, new))
    assert (state.said, state.activity) == ("Kept.", asking.activity)


def test_of_an_entry_that_another_has_followed_nothing_is_asked() -> None:
    """What is answered would be meant for the one that was said last."""
    following = replace(closed_entry(), closing={1: None, 2: None})
    state, _ = respond(following, EntryWritten(1100, 1, replace(NEW, tag=None, tag_source=None)))
    assert (state.said, state.activity) == ("Kept.", following.activity)
