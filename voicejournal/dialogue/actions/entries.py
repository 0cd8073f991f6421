"""What is asked about entries that are kept.

In: nothing. Out: frozen actions. Pure.
"""

from dataclasses import dataclass

from voicejournal.hearing.transcripts import KeptStretch
from voicejournal.journal.deeds import Added
from voicejournal.journal.doubts import Doubt
from voicejournal.journal.entries import Entry, Tag, TagSource
from voicejournal.journal.searches import Asked


@dataclass(frozen=True)
class TagEntry:
    entry_id: str
    tag: Tag | None
    source: TagSource | None
    reason: str | None = None


@dataclass(frozen=True)
class RewordEntry:
    """This stretch stands in the place of the one that began there; the text follows."""

    entry_id: str
    stretch: KeptStretch


@dataclass(frozen=True)
class StrikeLast:
    """Take the last stretch out of the text of an entry that is written; `LastStruck` follows."""

    entry_id: str


@dataclass(frozen=True)
class PartEntry:
    """What was added is an entry of its own again; `EntryParted` follows."""

    added: Added


@dataclass(frozen=True)
class JoinEntry:
    """What was parted is added once more."""

    added: Added


@dataclass(frozen=True)
class MeasureSound:
    """Find out how much sound of the entry is still kept; `SoundMeasured` follows."""

    entry: Entry


@dataclass(frozen=True)
class LookUp:
    """Find the words of the entry, and whether its sound is kept; `EntryLookedUp` follows."""

    entry_id: str


@dataclass(frozen=True)
class ConfirmWord:
    """The person says that the doubted word is right; `EntryRepaired` follows, as with the next."""

    entry_id: str
    doubt: Doubt


@dataclass(frozen=True)
class RepairWord:
    """The person said this in its place."""

    entry_id: str
    doubt: Doubt
    said: str


@dataclass(frozen=True)
class MarkForTherapist:
    """To be brought to the next hour with the therapist, or not any more."""

    entry_id: str
    is_marked: bool = True


@dataclass(frozen=True)
class DeleteEntry:
    entry_id: str


@dataclass(frozen=True)
class AcceptEntries:
    """Their words are accepted: the sound may go."""

    entry_ids: tuple[str, ...]


@dataclass(frozen=True)
class LetVoicesGo:
    """The sound of every entry whose words are accepted goes at once."""

    but: tuple[str, ...]
    """Entries that are not accepted yet."""


@dataclass(frozen=True)
class FindEntries:
    """Look for entries of before; `EntriesFound` follows."""

    asked: Asked
    skip: int = 0
    """Newer ones that were named before."""


Change = (
    TagEntry
    | RewordEntry
    | StrikeLast
    | PartEntry
    | JoinEntry
    | MeasureSound
    | LookUp
    | ConfirmWord
    | RepairWord
    | MarkForTherapist
    | DeleteEntry
)
"""What is asked of one entry that is there."""

LettingGo = AcceptEntries | LetVoicesGo
"""The sound of entries is to be there no more."""

EntryAction = Change | LettingGo | FindEntries
