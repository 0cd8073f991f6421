"""What a person chose holds at once; what can't be kept is told once, and costs nothing else."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from voicejournal.dialogue.actions import Aside, GoOn, Interject, Prefer, Say, SetQuiet
from voicejournal.dialogue.activity import Grounding, Journalling, SettingUp, Waiting
from voicejournal.dialogue.events import CareKept, ChoiceLost, FellSilent, Pressed
from voicejournal.dialogue.respond import respond
from voicejournal.dialogue.state import Capture, State
from voicejournal.errors import SettingsError
from voicejournal.languages import language_of
from voicejournal.speaking.steps import Words

ENGLISH = language_of("en")
BASE = State(ENGLISH, {}, datetime(2026, 3, 1, tzinfo=UTC).date(), tick=500)
LOST = SettingsError("preference_not_kept", path="/full")


@pytest.mark.parametrize(
    ("command", "quiet"), [("quiet_mode", "whisper"), ("text_only", "text"), ("normal_voice", "off")]
)
def test_how_softly_is_chosen_at_once_and_remembered(command: str, quiet: str) -> None:
    state, actions = respond(BASE, Pressed(500, command))
    assert state.quiet == quiet
    assert [action for action in actions if isinstance(action, SetQuiet | Prefer)] == [
        SetQuiet(state.quiet),
        Prefer("quiet", quiet),
    ]
    assert isinstance(actions[-1], Say), "the first thing to be heard that way"


def test_a_script_goes_on_and_into_an_entry_nothing_is_said() -> None:
    playing = replace(BASE, activity=Grounding("water"), ours="playing")
    state, actions = respond(playing, Pressed(500, "quiet_mode"))
    assert isinstance(actions[-1], GoOn) and state.ours == "playing"
    state, actions = respond(replace(playing, ours="held"), Pressed(500, "quiet_mode"))
    assert isinstance(actions[-1], Aside) and state.ours == "held", "it goes on when it is asked to"
    speaking = replace(BASE, activity=Journalling(), capture=Capture(1, is_entry=True, has_content=True))
    state, actions = respond(speaking, Pressed(500, "text_only"))
    assert state.quiet == "text" and state.capture == speaking.capture
    assert not any(isinstance(action, Say) for action in actions)


def test_a_choice_that_cannot_be_kept_is_told_once() -> None:
    state, actions = respond(BASE, ChoiceLost(500, LOST))
    (said,) = actions
    assert isinstance(said, Say) and said.steps[0] == Words("I do it now, but can't remember it for later.")
    assert respond(state, ChoiceLost(600, LOST)) == (replace(state, tick=600), ())


def test_in_a_script_it_is_told_between_two_sentences() -> None:
    state, actions = respond(replace(BASE, activity=Grounding("water"), ours="playing"), ChoiceLost(500, LOST))
    assert isinstance(actions[0], Interject) and isinstance(state.activity, Grounding)


def test_a_damaged_file_is_told_once_nobody_is_speaking() -> None:
    damaged = SettingsError("preferences_damaged", path="/aside")
    state = replace(BASE, troubles=(damaged,), ours="playing")
    state, actions = respond(state, FellSilent(500))
    assert isinstance(actions[0], Say) and not state.troubles


def test_whom_to_call_that_cannot_be_kept_changes_nothing() -> None:
    setting = SettingUp("contact", "keep", "Sam", "112")
    error = SettingsError("care_not_kept", path=str(Path("/full")))
    state, actions = respond(replace(BASE, activity=setting), CareKept(500, BASE.care, error))
    assert state.activity == Waiting() and state.care == BASE.care
    assert isinstance(actions[0], Say) and "nothing changed" in str(actions[0].steps)
