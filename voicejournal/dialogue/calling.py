"""Calling: the number, or the person, that somebody asked for.

In: an answer. Out: the state that says it, or in quiet mode shows it, and the actions that do. Pure.
What was set up is said figure by figure; where nothing is, it is named as plainly as can be.
"""

from dataclasses import replace

from voicejournal.dialogue import helping
from voicejournal.dialogue.actions import Say
from voicejournal.dialogue.activity import Asking, Waiting
from voicejournal.dialogue.declaring import Response
from voicejournal.dialogue.state import State
from voicejournal.dialogue.telling import tell_discreetly
from voicejournal.speaking.steps import Cue, Shown, Step, text_of


def number(state: State, asking: Asking) -> Response:
    return _call(state, helping.helpline_steps(state.language, state.care), "call_number")


def person(state: State, asking: Asking) -> Response:
    return _call(state, helping.contact_steps(state.language, state.care), "call_person")


def _call(state: State, steps: tuple[Step, ...], otherwise: str) -> Response:
    """The question that it answers is closed."""
    state = replace(state, activity=Waiting())
    if not steps:
        words = {"person": state.language.call["person"], "number": state.language.call["number"]}
        return tell_discreetly(state, otherwise, **words)
    text = text_of(steps)
    state = replace(state.with_more(), said=text)
    return state, (Say(steps if state.quiet == "off" else (Shown(text), Cue("rising"))),)
