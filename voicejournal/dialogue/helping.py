"""Whom to call, as it is said inside a sentence.

In: a state. Out: words. Pure.
No number is made up: where none is known, the person's local one is named.
"""

from voicejournal.dialogue.state import State


def number(state: State) -> str:
    """ "your local emergency number"."""
    return state.language.call["number"]


def person(state: State) -> str:
    """ "someone you trust"."""
    return state.language.call["person"]
