"""What happens to an entry once its words are there: its tag, and the one sentence about it.

In: entries heard, written and tagged. Out: the next state and actions. Pure.
A spoken label wins, else a guess, else one short question; silence leaves the entry untagged.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial

from voicejournal.dialogue import doubting, offering
from voicejournal.dialogue.actions import Action, Prefer, SetAside, TagEntry, WriteEntry
from voicejournal.dialogue.declaring import Answer, Answers, Command, Commands
from voicejournal.dialogue.events import EntryHeard, EntryTagged, EntryWritten
from voicejournal.dialogue.state import Asking, Grounding, Question, SettingUp, State, Waiting
from voicejournal.dialogue.telling import entry_day, tell, tell_after_entry
from voicejournal.dialogue.times import length, number
from voicejournal.journal.entries import TAGS, Tag, TagSource
from voicejournal.journal.tagging import guess, spoken_label

TAG = Question("tag", keys="keys_question")
CHANGE = Question("change", keys="keys_question")


def entry_heard(state: State, event: EntryHeard) -> Answer:
    """Write it, with the tag the person gave it or its words give; without words or doubt it is set aside."""
    texts = [text for text in event.texts if text]
    if not texts and not event.is_doubtful:
        return replace(state, closing=_without(state, event.capture)), (SetAside(event.capture),)
    before = event.entry
    is_theirs = before.tag_source in ("spoken", "asked", "changed")
    found = (before.tag, before.tag_source, before.tag_reason) if is_theirs else _tag(state, texts, event.capture)
    tag, source, reason = found
    write = WriteEntry(
        event.capture,
        tag,
        source,
        reason,
        is_doubtful=event.is_doubtful,
        is_recovered=event.is_recovered,
    )
    return state, (write,)


def _without(state: State, capture: int) -> Mapping[int, Tag | None]:
    """What is still waiting for its words."""
    return {number: tag for number, tag in state.closing.items() if number != capture}


def _tag(state: State, texts: list[str], capture: int) -> tuple[Tag | None, TagSource | None, str | None]:
    label = spoken_label(texts, state.language.labels) or state.closing.get(capture)
    if label is not None:
        return label, "spoken", state.language.say("tag_named", tag=state.language.tag(label))
    guessed = guess(" ".join(texts), state.language.cues)
    return (guessed.tag, "inferred", guessed.reason) if guessed.tag else (None, None, None)


def entry_written(state: State, event: EntryWritten) -> Answer:
    """Say what was kept, unless the person is already saying more, or has asked for silence."""
    entry = event.entry
    state = replace(
        state,
        closing=_without(state, event.capture),
        last=entry,
        shown=entry,
        unaccepted=(*state.unaccepted, entry.id),
    )
    state = doubting.noted(state, entry, event.stretches)
    if event.is_recovered:
        return replace(state, recovered=(*state.recovered, entry)), ()
    state = offering.note_due(state, event)
    is_busy = isinstance(state.activity, Grounding | SettingUp)
    if state.capture is not None or state.is_muted or state.ours == "held" or is_busy:
        return state, ()
    state = replace(state, alarm_tick=None)
    if event.is_doubtful and (entry.tag is None or state.offer_due is not None):
        return _greet(*tell_after_entry(state, "kept_doubtful"))
    if state.offer_due is not None:
        # One question after an entry, no more; and "change" is not named while something else is asked.
        return tell_after_entry(state, "kept")
    if entry.tag is None:
        state = replace(state, activity=Asking(TAG, entry))
        return tell_after_entry(state, "ask_tag")
    state, actions = tell_after_entry(state, "kept_tagged", tag=state.language.tag(entry.tag))
    if event.is_doubtful:
        state, doubt = tell(state, "kept_doubtful")
        actions = (*actions, *doubt)
    return _greet(state, actions)


def _greet(state: State, actions: tuple[Action, ...]) -> Answer:
    """After the very first entry, and never before it: what this is not, and what to do in danger (R26)."""
    if not state.greets or state.offer_due is not None:
        return state, actions
    said_before = state.said
    state, greeting = tell(state, "first_words", number=state.language.call["number"])
    state = replace(state, greets=False, said=f"{said_before} {state.said}")
    return state, (*actions, *greeting, Prefer("greeted", "yes"))


def tag_answered(state: State, asking: Asking, tag: Tag) -> Answer:
    """The person named a tag."""
    source: TagSource = "asked" if asking.question == TAG else "changed"
    state, said = tell(replace(state, activity=Waiting()), "changed", tag=state.language.tag(tag))
    return state, (TagEntry(asking.entry.id, tag, source), *said)


def tag_declined(state: State, asking: Asking) -> Answer:
    """ "No": it stays as it is."""
    return tell(replace(state, activity=Waiting()), "kept_untagged")


def entry_tagged(state: State, event: EntryTagged) -> Answer:
    return replace(state, last=event.entry, shown=event.entry), ()


def change(state: State) -> Answer:
    """ "Change": ask for the tag of the last entry once more."""
    if state.last is None:
        return tell(state, "nothing_to_change")
    return tell(replace(state, activity=Asking(CHANGE, state.last)), "ask_change")


def speak_of_recovered(state: State) -> Answer:
    """One sentence about what an earlier run had left unwritten."""
    *_, entry = state.recovered
    many = len(state.recovered)
    state = replace(state, recovered=(), last=entry)
    if many > 1:
        return tell(state, "recovered_many", count=number(state.language, many))
    spoken_length = length(state.language, entry.seconds)
    return tell(state, "recovered", length=spoken_length, day=entry_day(state, entry))


COMMANDS: Commands = {"change": Command(change)}

_TAGS: dict[str, Callable[[State, Asking], Answer]] = {tag: partial(tag_answered, tag=tag) for tag in TAGS}
ANSWERS: Answers = {question: {**_TAGS, "no": tag_declined} for question in (TAG, CHANGE)}
