"""How long a silence may be: in an entry as long as the person chose, after a question as long as it needs.

In: a state; "more time", "less time". Out: the state with the alarm that fits, actions. Pure.
There is one alarm, and none while somebody speaks.
"""

from dataclasses import replace

from voicejournal.dialogue.actions import Prefer
from voicejournal.dialogue.activity import Asking, SettingUp
from voicejournal.dialogue.declaring import Command, Commands, Response
from voicejournal.dialogue.state import State
from voicejournal.dialogue.telling import tell
from voicejournal.hearing.frames import ticks
from voicejournal.hearing.patience import GRACE_SECONDS, Patience, cue_seconds, longer, shorter

LOOK_UP_SECONDS = 20.0
"""A name and a number may have to be looked up: the wait that R2 gives to who is still there."""

NUMBER_SECONDS = 3.0
"""A number is said in parts; a silence of this length after some of it is its end [J]."""


def await_silence(state: State) -> State:
    """Set the alarm that fits: of an open question, or of the silence in an entry."""
    capture = state.capture
    if capture is None:
        if state.is_playing or not isinstance(state.activity, Asking | SettingUp):
            return replace(state, alarm_tick=None)
        return replace(state, alarm_tick=state.tick + ticks(_open_seconds(state.activity)))
    if not capture.is_entry or capture.is_voiced:
        return replace(state, alarm_tick=None)
    silence = cue_seconds(state.patience)
    if capture.cue_tick is not None:
        alarm = capture.cue_tick + ticks(GRACE_SECONDS)
    elif silence is not None:
        alarm = capture.voice_end_tick + ticks(silence)
    else:
        return replace(state, alarm_tick=None)
    return replace(state, alarm_tick=max(alarm, state.tick))


def _open_seconds(asking: Asking | SettingUp) -> float:
    """How long the silence after a question may be."""
    match asking:
        case SettingUp(asks="number", number=number) if number:
            return NUMBER_SECONDS
        case SettingUp():
            return LOOK_UP_SECONDS
        case Asking(question=question):
            return question.open_seconds


def wait_longer(state: State) -> Response:
    patience = longer(state.patience)
    if patience == "never" and state.has_sound_ended:
        patience = state.patience
    name = "waits_for_ever" if patience == "never" else "longer"
    return _at_patience(state, patience, name)


def wait_less(state: State) -> Response:
    return _at_patience(state, shorter(state.patience), "shorter")


def _at_patience(state: State, patience: Patience, name: str) -> Response:
    """Changed at once, and remembered for this person."""
    state, said = tell(replace(state, patience=patience), name)
    return await_silence(state), (Prefer("patience", patience), *said)


COMMANDS: Commands = {
    "more_time": Command(wait_longer, also_in=("entry",)),
    "less_time": Command(wait_less),
}
