"""Looking up an entry, and repairing a word of it, in the journal.

In: what the dialogue decided. Out: what the journal then has, as an event. Pure but for the journal it is given.
Only the one word changes; the entry's text is made of its stretches again, and its kind stays.
"""

from datetime import datetime

from voicejournal.dialogue.actions import ConfirmWord, LookUp, RepairWord
from voicejournal.dialogue.events import EntryLookedUp, EntryRepaired
from voicejournal.hearing.transcripts import KeptStretch
from voicejournal.journal import doubts
from voicejournal.journal.deeds import Reworded
from voicejournal.journal.doubts import Doubt
from voicejournal.ports.journal import Journal


def answered(
    journal: Journal, tick: int, now: datetime, action: LookUp | ConfirmWord | RepairWord
) -> EntryLookedUp | EntryRepaired:
    """Raises: StoreError; NotFound when another program deleted the entry meanwhile."""
    if isinstance(action, LookUp):
        return _looked_up(journal, tick, action)
    return _repaired(journal, tick, now, action)


def _looked_up(journal: Journal, tick: int, action: LookUp) -> EntryLookedUp:
    entry = journal.entry(action.entry_id)
    kept = journal.sound_seconds(entry.id)
    sound_from = max(0.0, entry.seconds - kept) if kept else None
    return EntryLookedUp(tick, entry, tuple(journal.stretches(entry.id)), sound_from)


def _repaired(
    journal: Journal, tick: int, now: datetime, action: ConfirmWord | RepairWord
) -> EntryLookedUp | EntryRepaired:
    """Where the word is not there any more nothing is repaired, and the answer is what there is."""
    doubt, before = action.doubt, journal.entry(action.entry_id)
    stretch = next((one for one in journal.stretches(before.id) if _holds(one, doubt)), None)
    if stretch is None:
        return _looked_up(journal, tick, LookUp(before.id))
    decided = _with_word(stretch, action)
    entry = journal.reword_entry(before.id, decided, now)
    deed = Reworded(before, stretch, decided) if decided.text != stretch.text else None
    return EntryRepaired(tick, entry, tuple(journal.stretches(entry.id)), deed)


def _holds(stretch: KeptStretch, doubt: Doubt) -> bool:
    return stretch.start_seconds == doubt.stretch_seconds and doubt.index < len(stretch.words)


def _with_word(stretch: KeptStretch, action: ConfirmWord | RepairWord) -> KeptStretch:
    match action:
        case ConfirmWord(doubt=doubt):
            return doubts.confirmed(stretch, doubt.index)
        case RepairWord(doubt=doubt, said=said):
            return doubts.repaired(stretch, doubt.index, said)
