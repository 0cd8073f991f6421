"""What a conversation file can't show, because its recogniser answers at once: words that take long."""

from dataclasses import replace
from datetime import date

from voicejournal.dialogue.actions import CloseEntry, Say
from voicejournal.dialogue.activity import Journalling
from voicejournal.dialogue.events import FellSilent, TimePassed
from voicejournal.dialogue.journalling import WRITING_TICKS, close
from voicejournal.dialogue.respond import respond
from voicejournal.dialogue.state import Capture, State
from voicejournal.languages import language_of
from voicejournal.speaking.steps import Words

STILL_WRITING = "I am still writing it down."


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
