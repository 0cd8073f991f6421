"""Amending: more is said to an entry, or what was said last is taken out of it and put back.

In: "add to my last entry", "scratch that", "undo" in an entry. Out: the next state and actions. Pure.
What is taken out is still kept, and an entry that is added to is whole at every moment.
"""

from dataclasses import replace

from voicejournal.dialogue.actions import Action, RestoreStretch, StrikeLast, StrikeStretch
from voicejournal.dialogue.declaring import Command, Commands, Response
from voicejournal.dialogue.events import LastStruck
from voicejournal.dialogue.journalling import begin
from voicejournal.dialogue.silence import await_silence
from voicejournal.dialogue.state import Capture, State
from voicejournal.dialogue.telling import entry_name, tell
from voicejournal.journal.entries import Entry


def add(state: State) -> Response:
    """ "Add to my last entry", "I wasn't done": what is said next will be the end of it.

    It is an entry of its own until its words are there, so that the last one is whole at every moment.
    """
    target = state.last if state.being_written is None else state.being_written
    if target is None:
        return tell(state, "nothing_to_add_to")
    said: tuple[Action, ...] = ()
    if isinstance(target, Entry) and target.started_at.date() != state.today:
        state, said = tell(state, "adding_to", what=entry_name(state, target))
    state, begun = begin(state)
    assert state.capture is not None
    return replace(state, adding={**state.adding, state.capture.number: target}), (*said, *begun)


def scratch(state: State) -> Response:
    """ "Scratch that": the last stretch leaves the text; its words are still kept."""
    capture = state.capture
    if capture is not None and capture.kept:
        return _struck(state, capture)
    last = state.last if capture is None or not capture.is_entry else state.adding.get(capture.number)
    if isinstance(last, int):
        return tell(state, "not_yet")
    if last is None or not last.text:
        return tell(state, "nothing_to_strike")
    state, said = tell(state, "struck_last", what=entry_name(state, last))
    return await_silence(state), (StrikeLast(last.id), *said)


def _struck(state: State, capture: Capture) -> Response:
    """In the entry that is being spoken; how it comes back is said once in it."""
    name = "struck_more" if capture.struck else "struck"
    *kept, struck = capture.kept
    capture = replace(capture, kept=tuple(kept), struck=(*capture.struck, struck))
    state, said = tell(replace(state, capture=capture), name)
    return await_silence(state), (StrikeStretch(capture.number, struck), *said)


def last_struck(state: State, event: LastStruck) -> Response:
    """In an entry that was kept already; without any words now, it is set aside until they are back."""
    return state.with_changed(event.entry).with_done(event.deed), ()


def restore(state: State) -> Response:
    """What was taken out last is a part of the entry again; by key, for "undo" is the person's own word here."""
    capture = state.capture
    assert capture is not None
    if not capture.struck:
        return tell(state, "nothing_to_undo")
    *struck, back = capture.struck
    kept = sorted((*capture.kept, back), key=lambda stretch: stretch.start_tick)
    capture = replace(capture, kept=tuple(kept), struck=tuple(struck))
    state, said = tell(replace(state, capture=capture), "restored")
    return await_silence(state), (RestoreStretch(capture.number, back), *said)


COMMANDS: Commands = {
    "not_done": Command(add, opens_journal=True),
    "add_to_last": Command(add, opens_journal=True),
    # What it takes out is what was said last, so that can't be its own words.
    "scratch_that": Command(
        scratch, also_in=("entry",), is_about_that=True, wrong_costs="a stretch", stays_when_unsure=False
    ),
}
