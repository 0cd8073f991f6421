"""Entries that are kept: changed, looked up, measured or let go, in the journal.

In: what the dialogue decided. Out: what the journal then has, as an event. Pure but for the journal it is given.
Invariant: what another program deleted meanwhile can't be changed, and costs nothing else.
"""

from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from typing import assert_never

from voicejournal import repairing
from voicejournal.dialogue.actions import (
    AcceptEntries,
    Change,
    ConfirmWord,
    DeleteEntry,
    JoinEntry,
    LettingGo,
    LetVoicesGo,
    LookUp,
    MarkForTherapist,
    MeasureSound,
    PartEntry,
    RepairWord,
    RewordEntry,
    StrikeLast,
    TagEntry,
)
from voicejournal.dialogue.events import (
    EntryChanged,
    EntryDeleted,
    EntryGone,
    EntryParted,
    Event,
    LastStruck,
    SoundMeasured,
)
from voicejournal.errors import NotFound
from voicejournal.journal.corrections import CORRECTIONS
from voicejournal.journal.deeds import Reworded
from voicejournal.journal.entries import Entry
from voicejournal.newest import newest
from voicejournal.ports.journal import Journal


def answered(journal: Journal, tick: int, now: datetime, action: Change) -> Event | None:
    """Raises: StoreError."""
    try:
        return _answered(journal, tick, now, action)
    except NotFound:
        happened = EntryDeleted if isinstance(action, DeleteEntry) else EntryGone
        return happened(tick, _about(action), newest(journal))


def let_go(journal: Journal, now: datetime, action: LettingGo) -> None:
    """Whatever is not there is gone as it should be. Raises: StoreError."""
    match action:
        case AcceptEntries(entry_ids=entry_ids):
            for entry_id in entry_ids:
                with suppress(NotFound):  # the others are there
                    journal.accept_entry(entry_id)
        case LetVoicesGo(but=but):
            with suppress(NotFound):
                journal.accept_all(now, but=but)
        case _:
            assert_never(action)


def corrected(journal: Journal) -> tuple[Entry, ...]:
    """What the person called others, by which one that they say nothing of may be given a kind."""
    return tuple(journal.corrected(CORRECTIONS))


def _answered(  # noqa: PLR0911 - one answer each
    journal: Journal, tick: int, now: datetime, action: Change
) -> Event | None:
    match action:
        case TagEntry(entry_id=entry_id, tag=tag, source=source, reason=reason):
            return _changed(journal, tick, journal.tag_entry(entry_id, tag, source, reason))
        case RewordEntry(entry_id=entry_id, stretch=stretch):
            return _changed(journal, tick, journal.reword_entry(entry_id, stretch, now))
        case JoinEntry(added=added):
            journal.join_entry(added.before.id, added.part.id)
            whole = added.after
            tagged = journal.tag_entry(whole.id, whole.tag, whole.tag_source, whole.tag_reason)
            return _changed(journal, tick, tagged)
        case PartEntry(added=added):
            part = journal.part_entry(added.before, added.part)
            return EntryParted(tick, replace(added, part=part), _corrected_for(journal, part))
        case StrikeLast(entry_id=entry_id):
            return _last_struck(journal, tick, now, entry_id)
        case MarkForTherapist(entry_id=entry_id, is_marked=is_marked):
            journal.mark_for_therapist(entry_id, is_marked)
            return None
        case DeleteEntry(entry_id=entry_id):
            journal.delete_entry(entry_id)
            return EntryDeleted(tick, entry_id, newest(journal))
        case MeasureSound(entry=entry):
            return SoundMeasured(tick, entry, journal.sound_seconds(entry.id))
        case LookUp() | ConfirmWord() | RepairWord():
            return repairing.answered(journal, tick, now, action)
        case _:
            assert_never(action)


def _changed(journal: Journal, tick: int, entry: Entry) -> EntryChanged:
    return EntryChanged(tick, entry, _corrected_for(journal, entry), tuple(journal.stretches(entry.id)))


def _corrected_for(journal: Journal, entry: Entry) -> tuple[Entry, ...]:
    """None where this one has a kind that was told, or no words to be given one by."""
    is_untold = entry.tag_source is None and entry.text
    return corrected(journal) if is_untold else ()


def _last_struck(journal: Journal, tick: int, now: datetime, entry_id: str) -> LastStruck:
    """Of those that are still in the text; what has no words, and no doubt, is nothing to take out."""
    entry = journal.entry(entry_id)
    there = [one for one in journal.stretches(entry_id) if one.is_in_text]
    if not there:
        return LastStruck(tick, None, entry)
    struck = replace(there[-1], is_struck=True)
    after = journal.reword_entry(entry_id, struck, now)
    return LastStruck(tick, Reworded(entry, there[-1], struck), after)


def _about(action: Change) -> str:
    match action:
        case JoinEntry(added=added) | PartEntry(added=added):
            return added.before.id
        case MeasureSound(entry=entry):
            return entry.id
        case _:
            return action.entry_id
