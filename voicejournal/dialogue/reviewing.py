"""Reviewing: hearing an entry again, and letting it go.

In: commands and answers about the last entry. Out: the next state and actions. Pure.
Nothing is read before asking whether it is private here; nothing is deleted before asking twice.
"""

from dataclasses import replace

from voicejournal.dialogue.actions import DeleteEntry, MeasureSound
from voicejournal.dialogue.declaring import Answer, Answers, Command, Commands
from voicejournal.dialogue.events import SoundMeasured
from voicejournal.dialogue.state import Asking, Question, Reading, State, Waiting
from voicejournal.dialogue.telling import entry_day, entry_name, speak, tell
from voicejournal.dialogue.times import length
from voicejournal.journal.entries import Entry

PRIVATE = Question("private")
DELETE = Question("delete")
DELETE_SURELY = Question("delete_surely")


def read_it_back(state: State) -> Answer:
    if state.last is None or not state.last.text:
        return tell(state, "read_nothing")
    return tell(replace(state, activity=Asking(PRIVATE, state.last)), "ask_private")


def read(state: State, asking: Asking) -> Answer:
    """It is private here: tag and day first, then the words as they were kept."""
    entry = asking.entry
    tag = state.language.tag(entry.tag)
    intro = state.language.say("read_intro", tag=tag, day=entry_day(state, entry))
    return speak(replace(state, activity=Reading(entry)), f"{intro} {entry.text}")


def not_read(state: State, asking: Asking) -> Answer:
    return tell(replace(state, activity=Waiting()), "not_read")


def delete_that(state: State) -> Answer:
    """What goes is looked up first: the journal alone knows whether sound is kept."""
    if state.last is None:
        return tell(state, "nothing_to_delete")
    return replace(state, activity=Asking(DELETE, state.last)), (MeasureSound(state.last),)


def ask(state: State, event: SoundMeasured) -> Answer:
    """Which entry, from when, with how much sound; and that nothing brings it back."""
    what = entry_name(state, event.entry)
    if not event.seconds:
        return tell(state, "ask_delete_first", what=what)
    return tell(state, "ask_delete_sound", what=what, length=length(state.language, event.seconds))


def ask_again(state: State, asking: Asking) -> Answer:
    return tell(replace(state, activity=Asking(DELETE_SURELY, asking.entry)), "ask_delete_second")


def delete(state: State, asking: Asking) -> Answer:
    gone = asking.entry.id
    kept = tuple(i for i in state.unaccepted if i != gone)
    adding = {n: to for n, to in state.adding.items() if not (isinstance(to, Entry) and to.id == gone)}
    state = replace(state, activity=Waiting(), last=None, shown=None, unaccepted=kept, offer_due=None)
    state = replace(state, adding=adding, history=state.history.without(gone))
    state, said = tell(state, "deleted")
    return state, (DeleteEntry(asking.entry.id), *said)


def not_deleted(state: State, asking: Asking) -> Answer:
    return tell(replace(state, activity=Waiting()), "not_deleted")


COMMANDS: Commands = {
    "read_it_back": Command(read_it_back),
    "delete_that": Command(delete_that),
}

ANSWERS: Answers = {
    PRIVATE: {"yes": read, "no": not_read},
    DELETE: {"yes": ask_again, "no": not_deleted, "undo": not_deleted},
    DELETE_SURELY: {"yes": delete, "no": not_deleted, "undo": not_deleted},
}
