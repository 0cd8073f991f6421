"""Reviewing: letting an entry go.

In: commands and answers about the last entry. Out: the next state and actions. Pure.
Nothing is deleted before asking twice, and hearing a "yes" to each.
"""

from dataclasses import replace

from voicejournal.dialogue import playing
from voicejournal.dialogue.actions import DeleteEntry, MeasureSound
from voicejournal.dialogue.activity import Asking, Question, Waiting
from voicejournal.dialogue.declaring import Answers, Command, Commands, Response
from voicejournal.dialogue.events import EntryDeleted, SoundMeasured
from voicejournal.dialogue.state import State
from voicejournal.dialogue.telling import entry_name, left_with, tell
from voicejournal.dialogue.times import length

DELETE = Question("delete", own_answers="delete", yes_costs="something")
DELETE_SURELY = Question("delete_surely", own_answers="delete", yes_costs="something")


def delete_that(state: State) -> Response:
    """What goes is looked up first: the journal alone knows whether sound is kept."""
    if state.last is None:
        return tell(state, "nothing_to_delete")
    return replace(state, activity=Asking(DELETE, state.last)), (MeasureSound(state.last),)


def ask(state: State, event: SoundMeasured) -> Response:
    """Which entry, from when, with how much sound; and that nothing brings it back."""
    what = entry_name(state, event.entry)
    if not event.seconds:
        return tell(state, "ask_delete_first", what=what)
    return tell(state, "ask_delete_sound", what=what, length=length(state.language, event.seconds))


def ask_again(state: State, asking: Asking) -> Response:
    return tell(replace(state, activity=Asking(DELETE_SURELY, asking.entry)), "ask_delete_second")


def is_hasty(state: State, name: str, began_tick: int) -> bool:
    """A "yes" before a question was spoken to its end is none to it: who is nervous says it twice.

    Nor is the command itself, and it takes no question's place.
    """
    is_asked = isinstance(state.activity, Asking) and state.activity.question in (DELETE, DELETE_SURELY)
    is_early = state.is_playing or began_tick < state.silent_tick
    return is_asked and is_early and name in ("yes", "delete_that")


def heard_out(state: State) -> Response:
    """The question goes on; once it is over it is asked anew."""
    if state.is_playing:
        return playing.go_on(state)
    asking = state.activity
    return ask_anew(state, asking) if isinstance(asking, Asking) else (state, ())


def ask_anew(state: State, asking: Asking) -> Response:
    """ "Delete that" once more may be said by who was not understood, or is beside themselves: it is no "yes"."""
    if asking.question == DELETE:
        return state, (MeasureSound(asking.entry),)
    return tell(state, "ask_delete_second")


def delete(state: State, asking: Asking) -> Response:
    return state, (DeleteEntry(asking.entry.id),)


def deleted(state: State, event: EntryDeleted) -> Response:
    return tell(replace(state.without(event.entry_id, event.newest), activity=Waiting()), "deleted")


COMMANDS: Commands = {
    "delete_that": Command(delete_that, opens_journal=True, is_about_that=True, wrong_costs="something"),
}

_STAYS = left_with("not_deleted")

ANSWERS: Answers = {
    DELETE: {"yes": ask_again, "no": _STAYS, "undo": _STAYS, "delete_that": ask_anew},
    DELETE_SURELY: {"yes": delete, "no": _STAYS, "undo": _STAYS, "delete_that": ask_anew},
}
