"""Saying a sentence of the language's own.

In: a state, and the name of a sentence. Out: the state that speaks, and the action that does it. Pure.
Nothing is said that has no place in `prompts/`, but the person's own words.
"""

from collections.abc import Callable
from dataclasses import replace

from voicejournal.dialogue.actions import Aside, Hush, Interject, Say
from voicejournal.dialogue.activity import Asking, Waiting
from voicejournal.dialogue.declaring import Response
from voicejournal.dialogue.state import State
from voicejournal.dialogue.times import day
from voicejournal.hearing.frames import seconds, ticks
from voicejournal.journal.entries import Entry
from voicejournal.speaking.sentences import sentences
from voicejournal.speaking.steps import Cue, Rest, Shown, Step, Words

PHRASE_REST_SECONDS = 0.7
"""R11: the least rest after a phrase."""

AFTER_ENTRY_TICKS = ticks(1.5)
"""R6: at least this long after the person's voice before the program speaks."""


def tell(state: State, name: str, **details: str) -> Response:
    """Say the sentence of that name."""
    return speak(state, state.language.say(name, **details))


def tell_after_entry(state: State, name: str, **details: str) -> Response:
    """The same, but not before the last voice is 1.5 s old."""
    return speak_after_entry(state, state.language.say(name, **details))


def speak_after_entry(state: State, text: str) -> Response:
    """Any text, as late as that."""
    wait = state.voice_tick + AFTER_ENTRY_TICKS - state.tick
    state, (said,) = speak(state, text)
    assert isinstance(said, Say)
    rest = (Rest(seconds(wait) / state.pace.rest),) if wait > 0 else ()
    return state, (Say((*rest, *said.steps)),)


def tell_discreetly(state: State, name: str, **details: str) -> Response:
    """Say what others in the room had better not hear; in quiet mode show it, with a question's cue (R32)."""
    if state.quiet == "off":
        return tell_after_entry(state, name, **details)
    text = state.language.say(name, **details)
    return replace(state.with_more(), said=text), (Say((Shown(text), Cue("rising"))),)


def speak(state: State, text: str) -> Response:
    """Say any text, sentence by sentence."""
    return replace(state.with_more(), said=text), (Say(_spoken(text)[:-1]),)


def speak_beside(state: State, text: str) -> Response:
    """Say it now: what plays goes on after it, and what is held stays held."""
    state = replace(state, said=f"{state.said} {text}")
    if state.ours == "held":
        return state, (Aside(_spoken(text)),)
    return state.released(), (Interject(_spoken(text)),)


def left_with(name: str) -> Callable[[State, Asking], Response]:
    """An answer that only ends the question, with the sentence of that name."""

    def leave(state: State, asking: Asking) -> Response:
        return tell(replace(state, activity=Waiting()), name)

    return leave


def hushed(state: State) -> Response:
    """Our voice ends: what it was still saying has been answered."""
    return (replace(state, ours="silent"), (Hush(),)) if state.is_playing else (state, ())


def _spoken(text: str) -> tuple[Step, ...]:
    return tuple(step for sentence in sentences(text) for step in (Words(sentence), Rest(PHRASE_REST_SECONDS)))


def entry_name(state: State, entry: Entry) -> str:
    """ "the dream from yesterday"."""
    return state.language.entry(entry.tag, entry_day(state, entry))


def entry_day(state: State, entry: Entry) -> str:
    return day(state.language, entry.started_at.date(), state.today)
