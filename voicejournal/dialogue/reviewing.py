"""Reviewing: letting an entry go.

In: commands and answers about the last entry. Out: the next state and actions. Pure.
Nothing is deleted before asking twice.
"""

from dataclasses import replace

from voicejournal.dialogue.actions import DeleteEntry
from voicejournal.dialogue.declaring import Answer, Answers, Command, Commands
from voicejournal.dialogue.state import Asking, Question, State, Waiting
from voicejournal.dialogue.telling import entry_name, tell

DELETE = Question("delete")
DELETE_SURELY = Question("delete_surely")


def delete_that(state: State) -> Answer:
    entry = state.last
    if entry is None:
        return tell(state, "nothing_to_delete")
    state = replace(state, activity=Asking(DELETE, entry))
    return tell(state, "ask_delete_first", what=entry_name(state, entry))


def ask_again(state: State, asking: Asking) -> Answer:
    return tell(replace(state, activity=Asking(DELETE_SURELY, asking.entry)), "ask_delete_second")


def delete(state: State, asking: Asking) -> Answer:
    kept = tuple(i for i in state.unaccepted if i != asking.entry.id)
    state = replace(state, activity=Waiting(), last=None, shown=None, unaccepted=kept, offer_due=None)
    state, said = tell(state, "deleted")
    return state, (DeleteEntry(asking.entry.id), *said)


def not_deleted(state: State, asking: Asking) -> Answer:
    return tell(replace(state, activity=Waiting()), "not_deleted")


COMMANDS: Commands = {
    "delete_that": Command(delete_that),
}

ANSWERS: Answers = {
    DELETE: {"yes": ask_again, "no": not_deleted},
    DELETE_SURELY: {"yes": delete, "no": not_deleted},
}
