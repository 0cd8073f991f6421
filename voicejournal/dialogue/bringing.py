"""Bringing it back: an entry is marked for the therapist, whenever the person asks for it.

In: a command, or the end of a choice. Out: the next state and actions. Pure.
The journal holds what is to be spoken of; the therapist holds the structure.
"""

from voicejournal.dialogue.actions import MarkForTherapist
from voicejournal.dialogue.declaring import Answer, Command, Commands
from voicejournal.dialogue.state import State
from voicejournal.dialogue.telling import entry_name, tell
from voicejournal.journal.deeds import Marked
from voicejournal.journal.entries import Entry


def for_my_therapist(state: State) -> Answer:
    if state.last is None:
        return tell(state, "nothing_to_mark")
    return mark(state, state.last)


def mark(state: State, entry: Entry) -> Answer:
    """It is named: the last entry may be of another day."""
    state, said = tell(state.with_done(Marked(entry)), "marked", what=entry_name(state, entry))
    return state, (MarkForTherapist(entry.id), *said)


COMMANDS: Commands = {
    "for_my_therapist": Command(for_my_therapist, opens_journal=True, wrong_costs="something"),
}
