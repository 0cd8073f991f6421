"""Bringing it back: an entry is marked for the therapist, whenever the person asks for it.

In: a command, or the end of a choice. Out: the next state and actions. Pure.
The journal holds what is to be spoken of; the therapist holds the structure.
"""

from dataclasses import replace

from voicejournal.dialogue.actions import MarkForTherapist
from voicejournal.dialogue.activity import Asking, Waiting
from voicejournal.dialogue.declaring import Command, Commands, Response
from voicejournal.dialogue.state import State
from voicejournal.dialogue.telling import entry_name, tell
from voicejournal.journal.deeds import Marked
from voicejournal.journal.entries import Entry


def for_my_therapist(state: State) -> Response:
    """The last entry, or the one that is still being written down: that is marked when it has its words."""
    if state.being_written is not None:
        state = replace(state, bringing=state.bringing | {state.being_written}, alarm_tick=None)
        return tell(state, "marked_then")
    if state.last is None:
        return tell(state, "nothing_to_mark")
    return mark(state, state.last)


def answered(state: State, asking: Asking) -> Response:
    """Said to a question about an entry, which is left so."""
    return mark(replace(state, activity=Waiting()), asking.entry)


def mark(state: State, entry: Entry, is_told: bool = True) -> Response:
    """One that is marked already is not marked anew."""
    deed = None if entry.for_therapist else Marked(entry)
    return marked(state.with_done(deed), entry, is_marked=True, is_told=is_told)


def marked(state: State, entry: Entry, is_marked: bool, is_told: bool = True) -> Response:
    """It is marked from now on, or it is not any more. Where that is told it is named: it may be of another day."""
    if state.last is not None and state.last.id == entry.id:
        state = state.with_known(replace(state.last, for_therapist=is_marked))
    action = MarkForTherapist(entry.id, is_marked)
    if not is_told:
        return state, (action,)
    state, said = tell(state, "marked" if is_marked else "not_marked", what=entry_name(state, entry))
    return state, (action, *said)


COMMANDS: Commands = {
    # Not hinted: with one hint more, others were understood less often, and Whisper writes these words anyway.
    "for_my_therapist": Command(for_my_therapist, opens_journal=True, is_hinted=False),
}
