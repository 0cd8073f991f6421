"""Journalling: sound that may be an entry, until the journal has it.

In: voice beginning and pausing, judged stretches, the passing of time. Out: the next state and actions. Pure.
Every accepted stretch is kept exactly once, and only silence or the person ends an entry.
"""

from dataclasses import replace

from voicejournal.dialogue import our_voice
from voicejournal.dialogue.actions import (
    Action,
    CloseEntry,
    DropEntry,
    Hush,
    KeepStretch,
    LeaveOut,
    OpenEntry,
    Say,
    SetAside,
)
from voicejournal.dialogue.activity import Journalling, Waiting
from voicejournal.dialogue.declaring import NOTHING_BEGINS, Command, Commands, Response
from voicejournal.dialogue.events import StretchJudged, VoicePaused
from voicejournal.dialogue.silence import await_silence
from voicejournal.dialogue.state import LONG_AGO, Capture, State
from voicejournal.dialogue.telling import tell
from voicejournal.hearing.frames import ticks
from voicejournal.hearing.stretches import NOBODY_SECONDS
from voicejournal.journal.labels import spoken_label
from voicejournal.speaking.steps import Cue

WRITING_TICKS = ticks(4)
"""R6: who waits this long for the words hears that they are being written."""

UNDECIDED_TICKS = ticks(0.5)
"""How soon to look again when the words of a stretch are still on their way."""


def voice_began(state: State) -> Response:
    """Keep sound from now on, whatever this turns out to be; nobody is talked over."""
    state = replace(state, voice_tick=state.tick)
    if state.capture is not None:
        capture = replace(state.capture, is_voiced=True)
        return replace(state, capture=capture, alarm_tick=None), ()
    if state.guard.then == "hidden":  # it may be somebody else's by now
        return state, ()
    number = state.captures + 1
    capture = Capture(number, is_voiced=True, voice_end_tick=state.tick)
    return replace(state, capture=capture, captures=number, alarm_tick=None), (OpenEntry(number),)


def voice_paused(state: State, event: VoicePaused) -> Response:
    """A stretch is over: how long a silence may now be is counted from its end."""
    if state.capture is None:
        return state, ()
    capture = replace(state.capture, is_voiced=event.goes_on, undecided=state.capture.undecided + 1)
    return replace(state, capture=capture, voice_tick=event.stretch.end_tick), ()


def content(state: State, event: StretchJudged) -> Response:
    """The stretch is no command: the person's words, unless there is reason to doubt even that."""
    capture = state.capture
    assert capture is not None and capture.number == event.capture
    if state.place in NOTHING_BEGINS or not is_theirs(state, event):
        return left_out(state, event, aside=True)
    return _kept(state, capture, event)


def is_theirs(state: State, event: StretchJudged) -> bool:
    """Somebody's words, as far as can be told: neither a cough nor our own voice."""
    if _is_ghost(event) or _is_echo(state, event):
        return False
    return state.place == "entry" or not our_voice.may_be_ours(state, event.stretch)


def _is_ghost(event: StretchJudged) -> bool:
    """No words, and too little voice to be anyone's, or none that the recogniser would call speech."""
    heard = event.transcript
    if heard is None:
        return False
    if heard.text:
        return heard.is_doubtful and event.stretch.seconds < NOBODY_SECONDS
    return not heard.is_doubtful or event.stretch.certain_seconds < NOBODY_SECONDS


def _is_echo(state: State, event: StretchJudged) -> bool:
    """Our own sentence, come back from the room."""
    heard = event.transcript
    return (
        heard is not None and our_voice.is_over_voice(event.stretch) and our_voice.resembles(heard.text, state.said)
    )


def _kept(state: State, capture: Capture, event: StretchJudged) -> Response:
    stretch = event.stretch
    label = capture.label
    if not capture.has_content and event.transcript is not None:
        label = spoken_label([event.transcript.text], state.language.labels)
    actions: list[Action] = [KeepStretch(capture.number, stretch)]
    if state.is_playing:
        actions.append(Hush())
    capture = replace(
        capture,
        is_entry=True,
        has_content=True,
        label=label,
        undecided=capture.undecided - 1,
        kept=(*capture.kept, stretch),
        voice_end_tick=stretch.end_tick,
        cue_tick=None,
    )
    state = replace(state, capture=capture, activity=Journalling(), ours="silent")
    return await_silence(state), tuple(actions)


def left_out(state: State, event: StretchJudged, aside: bool = False) -> Response:
    """The stretch is no part of any text; what held nothing else goes, or is set aside for a week."""
    capture = state.capture
    assert capture is not None
    capture = replace(capture, undecided=capture.undecided - 1, is_aside=capture.is_aside or aside)
    actions: tuple[Action, ...] = (LeaveOut(capture.number, event.stretch),)
    if capture.is_entry or capture.is_awaited:
        return await_silence(replace(state, capture=capture)), actions
    return await_silence(replace(state, capture=None)), (*actions, let_go(capture))


def let_go(capture: Capture) -> SetAside | DropEntry:
    """The end of one that is no entry."""
    return SetAside(capture.number) if capture.is_aside else DropEntry(capture.number)


def silence_lasted(state: State) -> Response:
    """The alarm rang in an entry: first one soft cue, then, much later, the end."""
    capture = state.capture
    assert capture is not None
    if capture.undecided:
        return replace(state, alarm_tick=state.tick + UNDECIDED_TICKS), ()
    if capture.cue_tick is None:
        state = replace(state.with_more(), capture=replace(capture, cue_tick=state.tick))
        return await_silence(state), (Say((Cue("rising"),)),)
    return close(state)


def close(state: State) -> Response:
    """The entry is over: keep it. One that was asked for and never spoken leaves nothing."""
    capture = state.capture
    assert capture is not None
    state = replace(state, capture=None, activity=Waiting(), alarm_tick=None)
    if not (capture.has_content or capture.undecided):
        state, said = tell(state, "nothing_added" if capture.number in state.adding else "nothing_kept")
        return state, (let_go(capture), *said)
    state = replace(closing(state, capture).with_more(), alarm_tick=state.tick + WRITING_TICKS)
    end_tick = last_voice_tick(state, capture)
    state, more = go_on_with_voice(state, capture)
    return state, (CloseEntry(capture.number, end_tick), *more, Say((Cue("falling"),)))


def last_voice_tick(state: State, capture: Capture) -> int:
    """Where the sound of an entry ends: behind what is still to be heard, or once more when it is unlocked."""
    is_heard_later = capture.undecided or (state.guard.watch == "locked" and capture.struck)
    return state.voice_tick if is_heard_later else capture.voice_end_tick


def still_writing(state: State) -> Response:
    """The words of an entry take long; once, and only into silence."""
    is_waited_for = state.closing and isinstance(state.activity, Waiting)
    if not is_waited_for or state.capture is not None or state.is_playing or state.is_muted:
        return state, ()
    return tell(state, "still_writing")


def closing(state: State, capture: Capture) -> State:
    """The entry waits for its words; the kind it was named is not forgotten, and what was told is another's."""
    told_tick = state.kind_told_tick if capture.number in state.adding else LONG_AGO
    closing = {**state.closing, capture.number: capture.label}
    return replace(state, capture=None, closing=closing, kind_told_tick=told_tick)


def go_on_with_voice(state: State, closed: Capture) -> Response:
    """Who speaks on while the end of an entry is still being understood begins a new one with that."""
    return voice_began(state) if closed.is_voiced else (state, ())


def finish(state: State) -> Response:
    """ "Finish my entry"; said once more, or where there is none, it says how things stand."""
    if state.place == "entry":
        return close(state)
    if state.being_written is not None:
        return tell(state, "still_writing")
    return tell(state, "nothing_open" if state.shown is None else "last_is_kept")


def begin(state: State) -> Response:
    """The person asked for an entry: it is one from now on, whatever is said in it."""
    if state.capture is not None:
        capture = replace(state.capture, is_entry=True, voice_end_tick=state.tick, cue_tick=None)
        return await_silence(replace(state, capture=capture, activity=Journalling())), ()
    number = state.captures + 1
    capture = Capture(number, is_entry=True, voice_end_tick=state.tick)
    state = replace(state.with_more(), capture=capture, captures=number, activity=Journalling())
    return await_silence(state), (OpenEntry(number), Say((Cue("rising"),)))


COMMANDS: Commands = {
    "journal_entry": Command(begin),
    "finish": Command(finish, also_in=("entry",), wrong_costs="the end"),
}
