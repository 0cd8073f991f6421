"""What happens to an entry once its words are there: its tag, and the one sentence about it.

In: entries heard, written and tagged. Out: the next state and actions. Pure.
A spoken label wins, else a guess, else one short question; silence leaves the entry untagged. Of entries that the
person gave no kind again and again, it is not asked.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TypeVar

from voicejournal.dialogue import bringing, doubting, offering
from voicejournal.dialogue.actions import Action, Prefer, Seal, SetAside, TagEntry, WriteEntry
from voicejournal.dialogue.activity import Asking, Grounding, Question, SettingUp, Waiting
from voicejournal.dialogue.declaring import Answers, Command, Commands, Response
from voicejournal.dialogue.events import EntryChanged, EntryHeard, EntryParted, EntryWritten
from voicejournal.dialogue.guessing import guessed, learned
from voicejournal.dialogue.language import Language
from voicejournal.dialogue.state import State
from voicejournal.dialogue.telling import entry_day, entry_name, speak_after_entry, tell, tell_after_entry
from voicejournal.dialogue.times import length, number
from voicejournal.hearing.transcripts import KeptStretch
from voicejournal.journal.deeds import Retagged, Reworded
from voicejournal.journal.entries import TAGS, Entry, Tag, TagSource
from voicejournal.journal.labels import spoken_label

TAG = Question("tag", keys="keys_question")
CHANGE = Question("change", keys="keys_question")

Waits = TypeVar("Waits")


def entry_heard(state: State, event: EntryHeard) -> Response:
    """Write it, with the tag the person gave it or its words give; without words or doubt it is set aside."""
    texts = [text for text in event.texts if text]
    if not texts and not event.is_doubtful:
        return _nothing_left(replace(state, closing=_without(state.closing, event.capture)), event)
    if state.guard.watch == "locked":
        return _sealed(state, event, texts)
    target = state.adding.get(event.capture)
    before = target if isinstance(target, Entry) else event.entry
    if before.text:  # it is added to
        texts = [before.text, *texts]
    tag, source, reason = before.tag, before.tag_source, before.tag_reason
    if source is None:  # a kind that was told stays, whoever told it
        tag, source, reason = _tag(state, texts, event.corrected, event.capture)
    write = WriteEntry(
        event.capture,
        tag,
        source,
        reason,
        is_doubtful=event.is_doubtful,
        is_recovered=event.is_recovered,
        adds_to=target.id if isinstance(target, Entry) else None,
    )
    return state, (write,)


def _sealed(state: State, event: EntryHeard, texts: list[str]) -> Response:
    """It waits as sound for the journal to be unlocked; what it may be good to offer is offered all the same."""
    entry = replace(event.entry, text=" ".join(texts))
    state = replace(state, closing=_without(state.closing, event.capture), alarm_tick=None)
    state = offering.note_due(state, EntryWritten(event.tick, event.capture, entry, event.is_doubtful))
    state, said = tell_after_entry(state, "kept_locked") if _may_speak(state) else (state, ())
    return state, (Seal(event.capture), *said)


def _nothing_left(state: State, event: EntryHeard) -> Response:
    """Nobody's words, or all of them were taken out: what can come back, and what can't be marked, is said."""
    aside, is_brought = SetAside(event.capture), event.capture in state.bringing
    adding, others = _without(state.adding, event.capture), state.bringing - {event.capture}
    state = replace(state, adding=adding, bringing=others).with_done(*_strikes(event.entry, event.struck))
    told = [name for name, is_so in (("struck_all", event.struck), ("nothing_to_mark", is_brought)) if is_so]
    if not told or not _may_speak(state):
        return state, (aside,)
    text = " ".join(state.language.say(name) for name in told)
    state, said = speak_after_entry(replace(state, alarm_tick=None), text)
    return state, (aside, *said)


def _strikes(entry: Entry, struck: tuple[KeptStretch, ...]) -> list[Reworded]:
    return [Reworded(entry, replace(stretch, is_struck=False), stretch) for stretch in struck]


def _may_speak(state: State) -> bool:
    """Nobody says more already, and nobody has asked for silence."""
    is_busy = isinstance(state.activity, Grounding | SettingUp)
    return state.capture is None and not state.is_muted and state.ours != "held" and not is_busy


def _without(waiting: Mapping[int, Waits], capture: int) -> Mapping[int, Waits]:
    """What is still waiting for its words."""
    return {number: what for number, what in waiting.items() if number != capture}


def _tag(
    state: State, texts: list[str], corrected: Sequence[Entry], capture: int | None = None
) -> tuple[Tag | None, TagSource | None, str | None]:
    named = None if capture is None else state.closing.get(capture)
    label = spoken_label(texts, state.language.labels) or named
    if label is not None:
        return label, "spoken", state.language.say("tag_named", tag=state.language.tag(label))
    found = guessed(" ".join(texts), state.language, learned(state.language, corrected))
    is_open = found.tag is None and not found.is_called
    return (None, None, None) if is_open else (found.tag, "inferred", found.reason)


def entry_written(state: State, event: EntryWritten) -> Response:
    """Say what was kept, unless the person is already saying more, or has asked for silence."""
    is_brought = event.capture in state.bringing
    state = _known(state, event)
    if event.is_recovered:
        return replace(state, recovered=(*state.recovered, event.entry)), ()
    state = offering.note_due(state, event)
    may_speak = _may_speak(state)
    state = replace(state, alarm_tick=None) if may_speak else state
    if is_brought:
        return bringing.mark(state, event.entry, is_told=may_speak)
    return _spoken_of(state, event) if may_speak else (state, ())


def _known(state: State, event: EntryWritten) -> State:
    """It is what "that" means now, and what was done to it can be undone."""
    entry, adding = event.entry, _without(state.adding, event.capture)
    state = replace(
        state,
        closing=_without(state.closing, event.capture),
        unaccepted=(*state.unaccepted, entry.id),
        adding={number: entry if to == event.capture else to for number, to in adding.items()},
        bringing=state.bringing - {event.capture},
        shown=state.shown if event.is_recovered else entry,
    ).with_changed(entry)
    state = doubting.noted(state, entry, event.stretches)
    return state.with_done(event.added, *_strikes(entry, event.struck))


def _spoken_of(state: State, event: EntryWritten) -> Response:
    entry = event.entry
    if event.is_doubtful and (entry.tag is None or _is_brief(state)):
        return _greet(*tell_after_entry(state, "kept_doubtful"))
    if _is_brief(state):
        return tell_after_entry(state, "kept")
    added = event.added
    if added is None and entry.tag_source is None:
        state = replace(state, activity=Asking(TAG, entry))
        return tell_after_entry(state, "ask_tag")
    texts = () if added is None else (state.language.say("added", what=entry_name(state, added.before)),)
    if added is None or added.before.tag_source != entry.tag_source:
        state = replace(state, kind_told_tick=state.tick)
        texts = (*texts, _kind_told(state.language, entry))
    state, actions = _with_doubt(*speak_after_entry(state, " ".join(texts)), event)
    return _greet(state, actions) if added is None else (state, actions)


def _kind_told(language: Language, entry: Entry) -> str:
    if entry.tag is None:
        return language.say("kept_no_kind")
    return language.say("kept_tagged", tag=language.tag(entry.tag))


def _is_brief(state: State) -> bool:
    """One question after an entry, no more; and "change" is not named where it is not about this one."""
    return state.offer_due is not None or state.being_written is not None or isinstance(state.activity, Asking)


def _with_doubt(state: State, actions: tuple[Action, ...], event: EntryWritten) -> Response:
    if not event.is_doubtful:
        return state, actions
    state, doubt = tell(state, "kept_doubtful")
    return state, (*actions, *doubt)


def _greet(state: State, actions: tuple[Action, ...]) -> Response:
    """After the very first entry, and never before it: what this is not, and what to do in danger (R26)."""
    if not state.greets or _is_brief(state):
        return state, actions
    said_before = state.said
    state, greeting = tell(state, "first_words", number=state.language.call["number"])
    state = replace(state, greets=False, said=f"{said_before} {state.said}")
    return state, (*actions, *greeting, Prefer("greeted", "yes"))


def tag_answered(state: State, asking: Asking, tag: Tag | None) -> Response:
    """The person named a kind, or said that it is none of them."""
    source: TagSource = "asked" if asking.question == TAG else "changed"
    return _retag(replace(state, activity=Waiting()), asking.entry, tag, source)


def _retag(state: State, entry: Entry, tag: Tag | None, source: TagSource) -> Response:
    after = replace(entry, tag=tag, tag_source=source, tag_reason=None)
    state = replace(state, kind_told_tick=state.tick).with_done(Retagged(entry, after))
    if tag is None:
        state, said = tell(state, "kept_untagged" if source == "asked" else "changed_none")
    else:
        state, said = tell(state, "changed", tag=state.language.tag(tag))
    return state, (TagEntry(entry.id, tag, source), *said)


def tag_declined(state: State, asking: Asking) -> Response:
    """ "No", or "undo" before anything was changed: it stays as it is."""
    return tell(replace(state, activity=Waiting()), "kept_untagged")


def entry_changed(state: State, event: EntryChanged) -> Response:
    """It is the last one spoken of; words that never had a kind, for all were taken out, may name one."""
    entry = event.entry
    state = state.with_changed(entry)
    if entry.id in state.unaccepted and state.unrepaired in (None, entry.id):  # an older one's voice is gone
        state = doubting.noted(state, entry, event.stretches)
    if entry.tag_source is not None or not entry.text:
        return state, ()
    tag, source, reason = _tag(state, [entry.text], event.corrected)
    return state, () if source is None else (TagEntry(entry.id, tag, source, reason),)


def entry_parted(state: State, event: EntryParted) -> Response:
    """The part is what was said last, so it is what "that" means; its kind is its own."""
    state = state.with_known(event.added.before)
    state = replace(state, history=state.history.with_last_undone(event.added))
    return entry_changed(state, EntryChanged(event.tick, event.added.part, event.corrected))


def change(state: State) -> Response:
    """ "Change": ask for the kind of the last entry once more; of another day it is named first."""
    entry = state.last
    if entry is None:
        return tell(state, "nothing_to_change")
    state = replace(state, activity=Asking(CHANGE, entry))
    if entry.started_at.date() == state.today:
        return tell(state, "ask_change")
    return tell(state, "ask_change_of", what=entry_name(state, entry))


def change_to(state: State, tag: Tag) -> Response:
    """ "Change it to dream": nothing is left to ask."""
    if state.last is None:
        return tell(state, "nothing_to_change")
    return _retag(state, state.last, tag, "changed")


def speak_of_recovered(state: State) -> Response:
    """One sentence about what an earlier run had left unwritten."""
    *_, entry = state.recovered
    many = len(state.recovered)
    state = replace(state, recovered=(), last=entry)
    if many > 1:
        return tell(state, "recovered_many", count=number(state.language, many))
    spoken_length = length(state.language, entry.seconds)
    return tell(state, "recovered", length=spoken_length, day=entry_day(state, entry))


COMMANDS: Commands = {"change": Command(change, opens_journal=True, is_about_that=True)}

_KINDS: dict[str, Callable[[State, Asking], Response]] = {
    **{tag: partial(tag_answered, tag=tag) for tag in TAGS},
    "none_of_these": partial(tag_answered, tag=None),
    "no": tag_declined,
}

ANSWERS: Answers = {
    TAG: {**_KINDS, "for_my_therapist": bringing.answered},
    CHANGE: {**_KINDS, "undo": tag_declined, "for_my_therapist": bringing.answered},
}
