"""How strong it is: asked only where that is wanted, and nothing waits for an answer."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from voicejournal.absent import FleetingCare, FleetingPreferences
from voicejournal.beginning import Kept, Situation, first_state
from voicejournal.dialogue.actions import Action, NoteHelped, Say
from voicejournal.dialogue.activity import Asking, Grounding, Waiting
from voicejournal.dialogue.awaiting import of_key
from voicejournal.dialogue.care import Care
from voicejournal.dialogue.events import FellSilent, Pressed, TimePassed
from voicejournal.dialogue.feeling import AFTER, BEFORE, ROSE
from voicejournal.dialogue.respond import respond
from voicejournal.dialogue.state import State
from voicejournal.edges.store import Store
from voicejournal.journal.helped import Helped
from voicejournal.languages import language_of
from voicejournal.settings import Settings
from voicejournal.shelf import shelf_of
from voicejournal.speaking.steps import Words

NOW = datetime(2026, 3, 1, 9, tzinfo=UTC)
STATE = State(
    language=language_of("en"), scripts=shelf_of("en").scripts, today=date(2026, 3, 1), asks_strength=True
)


def pressed(state: State, *keys: str) -> tuple[State, tuple[Action, ...]]:
    actions: tuple[Action, ...] = ()
    for key in keys:
        command = of_key(state, key)
        assert command is not None
        state, actions = respond(state, Pressed(state.tick + 1, command))
    return state, actions


def said(actions: tuple[Action, ...]) -> str:
    steps = [step for action in actions if isinstance(action, Say) for step in action.steps]
    return " ".join(step.text for step in steps if isinstance(step, Words))


def test_not_asked_unless_wanted() -> None:
    state, _ = pressed(replace(STATE, asks_strength=False), "g")
    assert isinstance(state.activity, Grounding) and state.activity.before is None
    state, actions = respond(state, FellSilent(900))
    assert isinstance(state.activity, Waiting) and not said(actions)


def test_help_me_now_asks_nothing() -> None:
    state, _ = pressed(STATE, "h")
    assert isinstance(state.activity, Grounding)
    state, _ = pressed(STATE, "g", "h")
    assert isinstance(state.activity, Grounding), "nor does it wait for the answer to a question"


def test_before_and_after_by_key_are_noted() -> None:
    state, _ = pressed(STATE, "g", "7")
    assert isinstance(state.activity, Grounding) and state.activity.before == 7
    state, _ = respond(state, FellSilent(900))
    assert isinstance(state.activity, Asking) and state.activity.question == AFTER
    state, actions = pressed(state, "4")
    assert NoteHelped(Helped("something-solid", 7, 4)) in actions and state.helped == (
        Helped("something-solid", 7, 4),
    )


@pytest.mark.parametrize("key", [" ", "n", "k", "y"])
def test_any_other_key_goes_on(key: str) -> None:
    state, _ = pressed(STATE, "g", key)
    assert isinstance(state.activity, Grounding) and state.activity.before is None
    state, _ = respond(state, FellSilent(900))
    assert isinstance(state.activity, Waiting)


def test_silence_goes_on_too_and_only_counts_once_the_question_is_asked() -> None:
    state, _ = pressed(STATE, "g")
    state, actions = respond(state, TimePassed(500))
    assert isinstance(state.activity, Asking) and not actions
    state, _ = respond(state, FellSilent(600))
    state, _ = respond(state, TimePassed(state.alarm_tick or 0))
    assert isinstance(state.activity, Grounding)


def test_if_it_rose_another_way_is_offered_and_what_helped_comes_first() -> None:
    helped = (Helped("slow-breath", 6, 2), Helped("water", 6, 4))
    state, _ = pressed(replace(STATE, helped=helped), "g", "3")
    state, _ = respond(state, FellSilent(900))
    state, actions = pressed(state, "x")
    assert isinstance(state.activity, Asking) and state.activity.question == ROSE
    assert said(actions).startswith("It is stronger than before.")
    state, _ = pressed(state, "1")
    assert state.activity == Grounding("slow-breath", before=10)


def test_stop_ends_it_and_nothing_is_asked_after() -> None:
    state, _ = pressed(STATE, "g", "3", "s")
    state, actions = respond(state, FellSilent(900))
    assert isinstance(state.activity, Waiting) and not said(actions)


@pytest.mark.parametrize(
    ("helped", "words"),
    [
        ((), "There is no note of that yet."),
        ((Helped("water", 5, 8),), "There is no note of that yet."),
        ((Helped("slow-breath", 5, 3), Helped("gone", 9, 1)), "A slow breath."),
        ((Helped("water", 5, 4), Helped("slow-breath", 5, 3)), "A slow breath, and after that water."),
    ],
)
def test_what_helped_me_names_scripts_and_no_numbers(helped: tuple[Helped, ...], words: str) -> None:
    _, actions = pressed(replace(STATE, helped=helped), "b")
    assert said(actions).startswith(words) and not any(letter.isdigit() for letter in said(actions))


def by_voice() -> FleetingPreferences:
    preferences = FleetingPreferences()
    preferences.prefer("before_after", "on")
    preferences.prefer("offers", "off")
    return preferences


def test_what_is_noted_is_there_at_the_next_start_and_gone_when_forgotten(tmp_path: Path) -> None:
    store = Store(tmp_path / "journal.db")
    store.note_helped(Helped("wandering-script", 7, 4), NOW)
    state = first_state(
        Settings(), language_of("en"), Situation(now=lambda: NOW), Kept(store, by_voice(), FleetingCare(Care()))
    )
    assert state.helped == (Helped("wandering-script", 7, 4),)
    assert (state.asks_strength, state.makes_offers) == (True, False)
    store.forget_helped()
    assert store.helped() == []
    files = b"".join(part.read_bytes() for part in tmp_path.iterdir())
    assert b"wandering-script" not in files
    store.close()


def test_settings_win_over_what_was_said_but_never_turn_offers_on_again(tmp_path: Path) -> None:
    store = Store(":memory:")
    chosen = Settings(offers=True, before_after=False)
    situation = Situation(now=lambda: NOW)
    state = first_state(chosen, language_of("en"), situation, Kept(store, by_voice(), FleetingCare(Care())))
    assert (state.asks_strength, state.makes_offers) == (False, False)
    store.close()


def test_before_is_left_by_any_key_but_never_by_help() -> None:
    assert of_key(replace(STATE, activity=Asking(BEFORE)), "h") == "help_me_now"
    assert of_key(replace(STATE, activity=Asking(BEFORE)), "?") == "no"
