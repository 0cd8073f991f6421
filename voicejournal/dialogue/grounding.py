"""Grounding and being read to: a voice that waits, slows down, and stops when asked.

In: commands while the voice plays or rests. Out: the next state and actions. Pure.
"Stop" is never asked twice, and after it nothing sounds for two seconds.
"""

from dataclasses import replace

from voicejournal.dialogue import journalling
from voicejournal.dialogue.actions import (
    CloseEntry,
    DropEntry,
    GoOn,
    Hold,
    Hush,
    Interject,
    MeasureLeft,
    Prefer,
    Say,
    SayAgain,
    SetPace,
    Skip,
    TakeWay,
)
from voicejournal.dialogue.declaring import Answer, Command, Commands
from voicejournal.dialogue.events import LeftMeasured, VoiceBegan
from voicejournal.dialogue.helping import help_steps
from voicejournal.dialogue.state import Grounding, Reading, State, Waiting
from voicejournal.dialogue.telling import PHRASE_REST_SECONDS, tell
from voicejournal.dialogue.times import length
from voicejournal.speaking.steps import Cue, Pace, Rest, Words

KNOWN_SCRIPTS = "known_scripts"
"""The preference that holds the names of scripts heard to their end, between commas."""

HELP = "help-me-now"
"""The script of "help me now"."""

QUIET_SECONDS = 2.0
"""After "stop", before even the falling cue."""


def ground(state: State, name: str) -> Answer:
    """Speak the script at once; before the one of "help me now", whom to call."""
    if name == HELP:
        return help_me_now(state)
    script = state.scripts[name]
    steps = script.later_steps if name in state.known_scripts else script.steps
    state = replace(state, activity=Grounding(name), is_playing=True, is_held=False, alarm_tick=None)
    return state, (Hush(), Say(steps))


def help_me_now(state: State) -> Answer:
    """In every state: an entry in hand is kept, then help is named, then the voice grounds."""
    state, kept = _kept(replace(state, alarm_tick=None))
    calls = help_steps(state.language, state.care)
    # A script of the person's own that has a mistake is not there: then ours, and then the numbers alone.
    name = next((name for name in (HELP, state.language.grounding) if name in state.scripts), HELP)
    script = state.scripts[name].steps if name in state.scripts else ()
    state = replace(
        state,
        activity=Grounding(name, is_help=True),
        said=" ".join(step.text for step in calls if isinstance(step, Words)),
        is_playing=True,
        is_held=False,
        is_barged_in=False,
    )
    return state, (*kept, Hush(), Say((*calls, Rest(QUIET_SECONDS), *script)))


def _kept(state: State) -> Answer:
    """Close the entry in hand; one that was asked for and has nothing in it goes."""
    capture = state.capture
    if capture is None or not capture.is_entry:
        return state, ()
    if not (capture.has_content or capture.undecided or capture.is_voiced):
        return replace(state, capture=None), (DropEntry(capture.number),)
    state = journalling.closing(state, capture)
    state, more = journalling.go_on_with_voice(state, capture)
    return state, (CloseEntry(capture.number, capture.voice_end_tick), *more)


def stop(state: State) -> Answer:
    """Silence, in the middle of a word; an open question is left as it is."""
    state = replace(state, activity=Waiting(), is_playing=True, is_held=False)
    return state, (Hush(), Say((Rest(QUIET_SECONDS / state.pace.rest), Cue("falling"))))


def barge_in(state: State, event: VoiceBegan) -> Answer:
    """Somebody speaks over what is playing: it holds at once, and their words decide."""
    if not (state.is_playing and event.is_theirs) or state.is_held or state.is_barged_in:
        return state, ()
    return replace(state, is_barged_in=True), (Hold("voice"),)


def go_on_if_nothing_was_said(state: State) -> Answer:
    """It was a cough, or nothing that means anything here."""
    if not state.is_barged_in or state.capture is not None:
        return state, ()
    return replace(state, is_barged_in=False), (GoOn(),)


def pause(state: State) -> Answer:
    """Hold what is playing; with nothing to hold, or nobody to let it go on, it is taken as "stop"."""
    if not state.is_playing or state.has_sound_ended:
        return stop(state)
    return replace(state, is_held=True), (Hold("asked"),)


def go_on(state: State) -> Answer:
    return replace(state, is_held=False), (GoOn(),)


def ended(state: State) -> Answer:
    """The script, or the reading, is over; a script that grows is longer from the next time on."""
    match state.activity:
        case Grounding(name) if state.scripts[name].grows and name not in state.known_scripts:
            known = state.known_scripts | {name}
            state = replace(state, activity=Waiting(), known_scripts=known)
            return state, (Prefer(KNOWN_SCRIPTS, ",".join(sorted(known))),)
        case Grounding() | Reading():
            return replace(state, activity=Waiting()), ()
    return state, ()


def known_scripts(preferred: str | None) -> frozenset[str]:
    """The names in the preference of that name."""
    return frozenset((preferred or "").split(",")) - {""}


def how_long(state: State) -> Answer:
    """Nothing but what is being played knows how much of it is left."""
    if not state.is_playing:
        return state, ()
    return state, (MeasureLeft(),)


def left_measured(state: State, event: LeftMeasured) -> Answer:
    """Say about how long it still takes; then it goes on."""
    text = state.language.say("minutes_left", length=length(state.language, event.seconds))
    return replace(state, is_held=False), (Interject((Words(text), Rest(PHRASE_REST_SECONDS))),)


def take_way(state: State, number: int) -> Answer:
    """The person said which way, or pressed its number."""
    return replace(state, is_held=False, is_playing=True, ways=()), (TakeWay(number),)


def say_again(state: State) -> Answer:
    return replace(state, is_held=False, is_playing=True), (SayAgain(),)


def skip(state: State) -> Answer:
    return replace(state, is_held=False, is_playing=True), (Skip(),)


def slower(state: State) -> Answer:
    return _at_pace(state, state.pace.slower(), "slower")


def faster(state: State) -> Answer:
    return _at_pace(state, state.pace.faster(), "faster")


def _at_pace(state: State, pace: Pace, name: str) -> Answer:
    """Changed at once and remembered; said only when nothing else is being said."""
    actions = (SetPace(pace), Prefer("rate", str(pace.rate)), Prefer("rest", str(pace.rest)))
    state = replace(state, pace=pace)
    if state.is_playing:
        return replace(state, is_held=False), (*actions, GoOn())
    state, said = tell(state, name)
    return state, (*actions, *said)


COMMANDS: Commands = {
    "stop": Command(stop, also_in=("question", "speaking"), is_heard_over_voice=True),
    "pause": Command(pause, also_in=("speaking",), is_heard_over_voice=True),
    "go_on": Command(go_on, also_in=("speaking",)),
    "next": Command(skip, also_in=("speaking",)),
    "say_again": Command(say_again, also_in=("speaking",)),
    "slower": Command(slower, also_in=("speaking",)),
    "faster": Command(faster, also_in=("speaking",)),
    "how_long": Command(how_long, also_in=("speaking",)),
    "help_me_now": Command(help_me_now, also_in=("entry", "question", "speaking"), is_heard_over_voice=True),
}
