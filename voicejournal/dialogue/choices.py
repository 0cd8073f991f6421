"""What a person chose, and what became of it.

In: a choice that could not be kept, trouble from the start. Out: the next state and actions. Pure.
Told once, calmly, and never over anything that is being spoken.
"""

from dataclasses import replace

from voicejournal.dialogue.actions import Interject
from voicejournal.dialogue.events import ChoiceLost
from voicejournal.dialogue.state import Grounding, Reading, State
from voicejournal.dialogue.telling import PHRASE_REST_SECONDS, Answer, speak
from voicejournal.errors import JournalError
from voicejournal.speaking.steps import Rest, Words


def lost(state: State, event: ChoiceLost) -> Answer:
    """It holds for now; that it can't be remembered is said once, between two sentences if need be."""
    if state.is_loss_told or state.is_muted:
        return state, ()
    state = replace(state, is_loss_told=True)
    text = state.language.aloud(event.error)
    if isinstance(state.activity, Grounding | Reading):
        return state, (Interject((Words(text), Rest(PHRASE_REST_SECONDS))),)
    return speak(state, text)


def speak_of_trouble(state: State, trouble: JournalError) -> Answer:
    return speak(replace(state, trouble=None), state.language.aloud(trouble))
