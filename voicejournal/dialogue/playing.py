"""What is playing, in the hands of the person: a voice that waits, slows down, and stops when asked.

In: commands and voices while ours plays or rests. Out: the next state and actions. Pure.
"Stop" is never asked twice, and after it nothing sounds for two seconds.
"""

from dataclasses import replace

from voicejournal.dialogue.actions import (
    DoubtRoom,
    GoOn,
    Hold,
    Hush,
    MeasureLeft,
    Prefer,
    Say,
    SayAgain,
    SetPace,
    Skip,
)
from voicejournal.dialogue.activity import Waiting
from voicejournal.dialogue.declaring import Command, Commands, Response
from voicejournal.dialogue.events import LeftMeasured
from voicejournal.dialogue.our_voice import VAIN_HOLDS, hears_itself
from voicejournal.dialogue.state import State
from voicejournal.dialogue.telling import speak_beside, tell
from voicejournal.dialogue.times import length
from voicejournal.speaking.steps import Cue, Pace, Rest

QUIET_SECONDS = 2.0
"""After "stop", before even the falling cue."""


def stop(state: State) -> Response:
    """Silence, in the middle of a word; an open question is left as it is, and an entry goes on."""
    if state.place == "entry":
        return replace(state, ours="silent"), (Hush(),)
    state = replace(state, activity=Waiting(), ours="playing")
    return state, (Hush(), Say((Rest(QUIET_SECONDS / state.pace.rest), Cue("falling"))))


def barge_in(state: State) -> Response:
    """Somebody speaks over what is playing: it holds at once, and their words decide.

    What is said beside something held is over with that, and what is held stays so. After some holds for nothing
    their words have to come first: it may be hearing nobody but itself.
    """
    if hears_itself(state) or state.ours not in ("playing", "held"):
        return state, ()
    if state.ours == "held":
        return state, (Hold("voice"),)
    return replace(state, ours="barged in"), (Hold("voice"),)


def go_on_if_nothing_was_said(state: State) -> Response:
    """It was a cough, or nothing that means anything here; not while somebody speaks, or may have."""
    if state.ours != "barged in" or (state.capture is not None and state.capture.is_awaited):
        return state, ()
    state = replace(state, ours="playing", vain_holds=(*state.vain_holds, state.tick)[-VAIN_HOLDS:])
    return state, (GoOn(), DoubtRoom()) if hears_itself(state) else (GoOn(),)


def hold_entry(state: State) -> Response:
    """Somebody spoke while an entry was read, perhaps not to us: it is silent until it is asked to go on.

    How to ask is told, and nothing of the entry; with nobody left to ask, it is over. Commands act meanwhile, as
    in a pause, but no other words begin an entry: the second sentence of who came in is not for us either.
    """
    if state.has_sound_ended:
        return stop(state)
    hold = () if state.ours == "barged in" else (Hold("voice"),)
    state, told = speak_beside(replace(state, ours="held", is_interrupted=True), state.language.say("entry_held"))
    return state, (*hold, *told)


def pause(state: State) -> Response:
    """Hold what is playing; with nothing to hold, or nobody to let it go on, it is taken as "stop"."""
    if not state.is_playing or state.has_sound_ended:
        return stop(state)
    return replace(state, ours="held", is_interrupted=False), (Hold("asked"),)


def go_on(state: State) -> Response:
    return state.released(), (GoOn(),)


def how_long(state: State) -> Response:
    """Nothing but what is being played knows how much of it is left."""
    if not state.is_playing:
        return state, ()
    return state, (MeasureLeft(),)


def left_measured(state: State, event: LeftMeasured) -> Response:
    """Say about how long it still takes; then it goes on, if it did before."""
    text = state.language.say("minutes_left", length=length(state.language, event.seconds))
    return speak_beside(state, text)


def say_again(state: State) -> Response:
    return replace(state, ours="playing"), (SayAgain(),)


def skip(state: State) -> Response:
    return replace(state, ours="playing"), (Skip(),)


def slower(state: State) -> Response:
    return _at_pace(state, state.pace.slower(), "slower")


def faster(state: State) -> Response:
    return _at_pace(state, state.pace.faster(), "faster")


def _at_pace(state: State, pace: Pace, name: str) -> Response:
    """Changed at once and remembered; said only when nothing else is being said."""
    actions = (SetPace(pace), Prefer("rate", str(pace.rate)), Prefer("rest", str(pace.rest)))
    state = replace(state, pace=pace)
    if state.is_playing:
        return state.released(), (*actions, GoOn())
    state, said = tell(state, name)
    return state, (*actions, *said)


COMMANDS: Commands = {
    "stop": Command(stop, also_in=("question", "speaking"), has_key_in_entry=True, is_heard_over_voice=True),
    "pause": Command(pause, also_in=("speaking",), is_heard_over_voice=True),
    "go_on": Command(go_on, also_in=("speaking",)),
    "next": Command(skip, also_in=("speaking",)),
    "say_again": Command(say_again, also_in=("speaking",)),
    "slower": Command(slower, also_in=("speaking",)),
    "faster": Command(faster, also_in=("speaking",)),
    "how_long": Command(how_long, also_in=("speaking",)),
}
