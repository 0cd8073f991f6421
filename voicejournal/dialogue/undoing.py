"""Undoing: "undo" puts back what was there before the last deed, and "redo" does it once more.

In: what was done, from the state's history. Out: the next state and actions. Pure.
What it did is said in one sentence that names the entry; a deletion can't be undone, and that is said too.
"""

from dataclasses import replace

from voicejournal.dialogue import amending, bringing
from voicejournal.dialogue.actions import JoinEntry, PartEntry, RewordEntry, TagEntry
from voicejournal.dialogue.declaring import Command, Commands, Response
from voicejournal.dialogue.reading import is_private
from voicejournal.dialogue.state import State
from voicejournal.dialogue.telling import entry_day, entry_name, tell
from voicejournal.hearing.transcripts import KeptStretch
from voicejournal.journal.deeds import Added, Deed, Deleted, Marked, Retagged, Reworded
from voicejournal.journal.doubts import one_changed
from voicejournal.journal.entries import Entry


def undo(state: State) -> Response:
    """Take back what was done last; in an entry that is what was taken out of it."""
    if state.place == "entry":
        return amending.restore(state)
    if not state.history.done:
        return tell(state, "nothing_to_undo")
    deed = state.history.done[-1]
    return _put(replace(state, history=state.history.after_undo()), deed, is_again=False)


def redo(state: State) -> Response:
    """Do once more what was undone last."""
    if not state.history.undone:
        return tell(state, "nothing_to_redo")
    deed = state.history.undone[-1]
    return _put(replace(state, history=state.history.after_redo()), deed, is_again=True)


def _put(state: State, deed: Deed, is_again: bool) -> Response:
    """As it was before the deed, or as it is after it again; a deletion can only be passed."""
    match deed:
        case Retagged(before=before, after=after):
            return _tagged(state, after if is_again else before)
        case Reworded(entry=entry, before=before, after=after):
            there, other = (after, before) if is_again else (before, after)
            return _worded(state, entry, there, other)
        case Added():
            return _joined(state, deed) if is_again else _parted(state, deed)
        case Marked(entry=entry):
            return bringing.marked(state, entry, is_again)
        case Deleted():
            return tell(state, "undo_deleted")


def _joined(state: State, deed: Added) -> Response:
    state, said = tell(state, "added", what=entry_name(state, deed.after))
    return state, (JoinEntry(deed), *said)


def _parted(state: State, deed: Added) -> Response:
    state, said = tell(state, "parted")
    return state, (PartEntry(deed), *said)


def _tagged(state: State, entry: Entry) -> Response:
    """The kind that it has here, with where that came from."""
    action = TagEntry(entry.id, entry.tag, entry.tag_source, entry.tag_reason)
    day = entry_day(state, entry)
    if entry.tag is None:
        state, said = tell(state, "kind_none_again", day=day)
    else:
        state, said = tell(state, "kind_again", day=day, tag=state.language.tag(entry.tag))
    return state, (action, *said)


def _worded(state: State, entry: Entry, stretch: KeptStretch, other: KeptStretch) -> Response:
    """These words in the place of the others; a word is named where entries may be heard."""
    what, word = entry_name(state, entry), one_changed(stretch, other)
    if stretch.is_struck:
        state, said = tell(state, "words_out", what=what)
    elif other.is_struck:
        state, said = tell(state, "words_back", what=what)
    elif word and is_private(state):
        state, said = tell(state, "word_now", what=what, word=word)
    else:
        state, said = tell(state, "words_as_before", what=what)
    return state, (RewordEntry(entry.id, stretch), *said)


COMMANDS: Commands = {
    # A key is never a part of what is said, so in an entry there is the key (design, what counts as a command).
    # "Redo" brings back what "undo" took; it takes words out itself, so it costs something.
    "undo": Command(undo, has_key_in_entry=True, is_about_that=True),
    "redo": Command(redo, is_about_that=True, wrong_costs="something"),
}
