"""After a script that was offered for an entry: rest, one concrete thing, or keep it for therapy (R24).

In: the end of a script, answers. Out: the next state and actions. Pure.
None of the three is better than the others, and silence is rest.
"""

from dataclasses import replace

from voicejournal.dialogue import bringing, journalling
from voicejournal.dialogue.activity import Asking, Grounding, Question, Waiting
from voicejournal.dialogue.declaring import Answers, Response
from voicejournal.dialogue.state import State
from voicejournal.dialogue.telling import left_with, tell

WHAT_NEXT = Question("what_next", keys="keys_what_next", open_seconds=30.0, own_answers="what_next")
"""It may take a while to come back; the silence after a script belongs to the person."""

WHAT_NEXT_LOCKED = Question("what_next_locked", keys="keys_what_next_locked", open_seconds=30.0)


def what_next(state: State, done: Grounding) -> Response:
    """The choice, where the script was for an entry."""
    if done.about is None:
        return state, ()
    if state.guard.watch == "locked":  # nothing can be marked for the therapist then
        return tell(replace(state, activity=Asking(WHAT_NEXT_LOCKED, done.about)), "what_next_locked")
    return tell(replace(state, activity=Asking(WHAT_NEXT, done.about)), "what_next")


def note_one_thing(state: State, asking: Asking) -> Response:
    """An entry of its own, for one concrete thing."""
    state, said = tell(replace(state, activity=Waiting()), "note_now")
    state, begun = journalling.begin(state)
    return state, (*said, *begun)


_ANSWERS_LOCKED = {"rest": left_with("rest_now"), "note": note_one_thing, "no": left_with("let_be")}

ANSWERS: Answers = {
    WHAT_NEXT: {**_ANSWERS_LOCKED, "for_my_therapist": bringing.answered},
    WHAT_NEXT_LOCKED: _ANSWERS_LOCKED,
}
