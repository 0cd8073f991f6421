"""Where am I, what can I say, and how do I leave.

In: "help", "goodbye", Ctrl-C, the end of a file. Out: the next state and actions. Pure.
Leaving never loses anything: the entry in hand is kept and written first.
"""

from dataclasses import replace

from voicejournal.dialogue import journalling, silence
from voicejournal.dialogue.actions import Action, CloseEntry, Hush, Leave, SetAside
from voicejournal.dialogue.activity import Asking, SettingUp, Waiting
from voicejournal.dialogue.declaring import BESIDE, NOTHING_BEGINS, Command, Commands, Response
from voicejournal.dialogue.state import Leaving, State
from voicejournal.dialogue.telling import speak, speak_beside, tell
from voicejournal.hearing.patience import USUAL


def help_here(state: State) -> Response:
    """Where you are, and at most three things to say; what plays goes on after it."""
    text = state.language.help[state.place]
    return speak_beside(state, text) if state.place in BESIDE else speak(state, text)


def goodbye(state: State) -> Response:
    state, said = tell(replace(state, leaving="in silence", activity=Waiting()), "goodbye")
    return state, (Hush(), *said)


def interrupted(state: State) -> Response:
    """Nothing more is said; what was heard is kept and written, then the program ends."""
    capture = state.capture
    is_between = state.place in NOTHING_BEGINS
    actions: list[Action] = [Hush()]
    state = replace(
        state,
        leaving="in silence",
        ours="silent",
        activity=Waiting(),
        alarm_tick=None,
    )
    if capture is not None and is_between:
        state = replace(state, capture=None)
        actions.append(SetAside(capture.number))
    elif capture is not None:
        state = journalling.closing(state, capture)
        actions.append(CloseEntry(capture.number, max(capture.voice_end_tick, state.voice_tick)))
    return state, tuple(actions)


def sound_ended(state: State) -> Response:
    """Nobody will speak any more: even endless patience ends, and nothing is held for ever."""
    patience = USUAL if state.patience == "never" else state.patience
    leaving: Leaving = "in silence" if state.is_muted else "when all is said"
    state = replace(state, patience=patience, leaving=leaving, has_sound_ended=True)
    if state.ours == "held":
        return replace(state, ours="silent", activity=Waiting()), (Hush(),)
    # What was waited for without end is waited for as usual from now on.
    return (silence.await_silence(state) if state.place == "entry" else state), ()


def left_when_done(state: State) -> Response:
    """Leave as soon as nothing is left to write, to ask or to say.

    What an earlier run left (its numbers lie below zero) may wait for the next start, if a person wants to go.
    """
    unwritten = [number for number in state.closing if number > 0 or not state.is_muted]
    is_busy = state.capture is not None or unwritten or state.is_playing or state.recovered
    is_due = state.offer_due is not None and not state.is_muted
    if state.leaving == "not" or is_busy or is_due or isinstance(state.activity, Asking | SettingUp):
        return state, ()
    return state, (Leave(),)


COMMANDS: Commands = {
    "help": Command(help_here, also_in=("question",), has_key_in_entry=True, is_beside_voice=True),
    "goodbye": Command(goodbye, wrong_costs="something"),
}
