"""Grounding: a script that is spoken at once, with whom to call before that of "help me now".

In: what was asked for, ways that were named, the end of a script. Out: the next state and actions. Pure.
"Help me now" is answered in every state, and an entry in hand is kept first.
"""

from dataclasses import replace

from voicejournal.dialogue import journalling
from voicejournal.dialogue.actions import (
    CloseEntry,
    Hush,
    Prefer,
    Say,
    TakeWay,
)
from voicejournal.dialogue.activity import Grounding, Reading, Waiting
from voicejournal.dialogue.declaring import Command, Commands, Response
from voicejournal.dialogue.events import WaysOffered
from voicejournal.dialogue.helping import help_steps
from voicejournal.dialogue.playing import QUIET_SECONDS
from voicejournal.dialogue.state import PastOffer, State
from voicejournal.speaking.steps import Rest, text_of

HELP = "help-me-now"
"""The script of "help me now"."""


def ground(state: State, name: str) -> Response:
    """Speak the script at once; before the one of "help me now", whom to call."""
    if name == HELP:
        return help_me_now(state)
    script = state.scripts[name]
    steps = script.later_steps if name in state.known_scripts else script.steps
    state = replace(state, activity=Grounding(name), ours="playing", alarm_tick=None)
    return state, (Hush(), Say(steps))


def help_me_now(state: State) -> Response:
    """In every state: an entry in hand is kept, then help is named, then the voice grounds."""
    state, kept = _kept(replace(state, alarm_tick=None))
    calls = help_steps(state.language, state.care)
    # A script of the person's own that has a mistake is not there: then ours, and then the numbers alone.
    name = next((name for name in (HELP, state.language.grounding) if name in state.scripts), HELP)
    script = state.scripts[name].steps if name in state.scripts else ()
    state = replace(
        state,
        activity=Grounding(name, is_help=True),
        said=text_of(calls),
        ours="playing",
    )
    return state, (*kept, Hush(), Say((*calls, Rest(QUIET_SECONDS), *script)))


def _kept(state: State) -> Response:
    """Close the entry in hand; one that was asked for and has nothing in it goes."""
    capture = state.capture
    if capture is None or not capture.is_entry:
        return state, ()
    if not (capture.has_content or capture.is_awaited):
        return replace(state, capture=None), (journalling.let_go(capture),)
    end_tick = journalling.last_voice_tick(state, capture)
    state = journalling.closing(state, capture)
    state, more = journalling.go_on_with_voice(state, capture)
    return state, (CloseEntry(capture.number, end_tick), *more)


def ended(state: State) -> Response:
    """The script, or the reading, is over; a script that grows is longer from the next time on."""
    growing = {name for name, script in state.scripts.items() if script.grows}
    match state.activity:
        case Grounding(name) if name in growing - state.known_scripts:
            known = state.known_scripts | {name}
            state = replace(state, activity=Waiting(), known_scripts=known)
            return state, (Prefer("known_scripts", ",".join(sorted(known))),)
        case Grounding() | Reading():
            return replace(state, activity=Waiting()), ()
    return state, ()


def known_scripts(preferred: str | None) -> frozenset[str]:
    """The names in the preference of that name."""
    return frozenset((preferred or "").split(",")) - {""}


def ways_offered(state: State, event: WaysOffered) -> Response:
    """The script has come to an offer, or is past it: whoever began to answer before its end is still in time."""
    is_over = state.ways and not event.ways
    past = PastOffer(state.ways, event.tick) if is_over else None
    return replace(state, ways=event.ways, past_offer=past), ()


def take_way(state: State, number: int) -> Response:
    """The person said which way, or pressed its number."""
    return replace(state, ours="playing", ways=(), past_offer=None), (TakeWay(number),)


COMMANDS: Commands = {
    "help_me_now": Command(
        help_me_now, also_in=("entry", "question", "speaking"), is_heard_over_voice=True, wrong_costs="no help"
    ),
}
