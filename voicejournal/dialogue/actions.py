"""What the dialogue can ask the loop to do.

In: nothing. Out: frozen actions. Pure.
A capture is sound being kept that may become an entry; its number lives only as long as this run.
"""

from dataclasses import dataclass
from typing import Literal

from voicejournal.dialogue.care import Care
from voicejournal.dialogue.guard import Secret
from voicejournal.dialogue.preferences import PreferenceName
from voicejournal.hearing.stretches import Stretch
from voicejournal.journal.deeds import Added
from voicejournal.journal.doubts import Doubt
from voicejournal.journal.entries import Entry, KeptStretch, Tag, TagSource
from voicejournal.journal.helped import Helped
from voicejournal.journal.searches import Asked
from voicejournal.speaking.steps import Pace, Quiet, Step


@dataclass(frozen=True)
class OpenEntry:
    """Begin to keep sound, pre-roll included."""

    capture: int


@dataclass(frozen=True)
class KeepStretch:
    """It is the person's words."""

    capture: int
    stretch: Stretch


@dataclass(frozen=True)
class LeaveOut:
    """It is a command, or nothing: no part of the text."""

    capture: int
    stretch: Stretch


@dataclass(frozen=True)
class StrikeStretch:
    """It was kept and is taken back: kept still, but out of the text."""

    capture: int
    stretch: Stretch


@dataclass(frozen=True)
class RestoreStretch:
    """It was struck, and is a part of the text again."""

    capture: int
    stretch: Stretch


@dataclass(frozen=True)
class DropEntry:
    """There was nothing in it but a command."""

    capture: int


@dataclass(frozen=True)
class SetAside:
    """Not an entry, as far as we can tell: kept for a week, unlisted."""

    capture: int


@dataclass(frozen=True)
class CloseEntry:
    """Nothing more will be said in it; `voice_end_tick` is where its last voice ended."""

    capture: int
    voice_end_tick: int


@dataclass(frozen=True)
class WriteEntry:
    capture: int
    tag: Tag | None
    source: TagSource | None
    reason: str | None
    is_doubtful: bool = False
    is_recovered: bool = False
    adds_to: str | None = None
    """The entry that it is to be the end of; the tag is then of the whole."""


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
class Say:
    """Play these after what is being played."""

    steps: tuple[Step, ...]


@dataclass(frozen=True)
class Interject:
    """Play these now, then the sentence they interrupt from its start."""

    steps: tuple[Step, ...]


@dataclass(frozen=True)
class Aside:
    """Play these while the rest is held, and stays so."""

    steps: tuple[Step, ...]


@dataclass(frozen=True)
class Hush:
    """Stop playing, in the middle of a word."""


@dataclass(frozen=True)
class Hold:
    """Fall silent and keep the place."""

    why: Literal["voice", "asked"]
    """Somebody speaks, and their words will decide; or it was asked for."""


@dataclass(frozen=True)
class DoubtRoom:
    """What was taken for somebody was nobody, again and again: it was our own voice."""


@dataclass(frozen=True)
class GoOn:
    """Play on from the start of the sentence that was held."""


@dataclass(frozen=True)
class SayAgain:
    pass


@dataclass(frozen=True)
class Skip:
    """On to the next sentence, or out of an optional part."""


@dataclass(frozen=True)
class TakeWay:
    """Of the ways that are offered, the one of this number, from 0."""

    number: int


@dataclass(frozen=True)
class MeasureLeft:
    """Find out how long all that is being played still takes; `LeftMeasured` follows."""


@dataclass(frozen=True)
class SetPace:
    pace: Pace


@dataclass(frozen=True)
class SetQuiet:
    """How softly to play, from the next frame on."""

    quiet: Quiet


@dataclass(frozen=True)
class KeepCare:
    """Whom to call, from now on."""

    care: Care


@dataclass(frozen=True)
class Prefer:
    """Remember this for the person."""

    name: PreferenceName
    value: str


@dataclass(frozen=True)
class NoteHelped:
    """A private note of how strong it was before and after a script."""

    note: Helped


@dataclass(frozen=True)
class ForgetHelped:
    """All such notes go."""


@dataclass(frozen=True)
class Seal:
    """The entry of this capture stays as sound, for when the journal is unlocked; its words are forgotten."""

    capture: int


@dataclass(frozen=True)
class AskSecret:
    """What is typed from now on is a passphrase; `SecretTyped` tells what came of it."""

    secret: Secret


@dataclass(frozen=True)
class FindEntries:
    """Look for entries of before; `EntriesFound` follows."""

    asked: Asked
    skip: int = 0
    """Newer ones that were named before."""


@dataclass(frozen=True)
class Leave:
    """End the program."""


Action = (
    OpenEntry
    | KeepStretch
    | LeaveOut
    | StrikeStretch
    | RestoreStretch
    | DropEntry
    | SetAside
    | CloseEntry
    | WriteEntry
    | Seal
    | AskSecret
    | TagEntry
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
    | AcceptEntries
    | LetVoicesGo
    | Say
    | Interject
    | Aside
    | Hush
    | Hold
    | GoOn
    | DoubtRoom
    | SayAgain
    | Skip
    | TakeWay
    | MeasureLeft
    | SetPace
    | SetQuiet
    | KeepCare
    | Prefer
    | NoteHelped
    | ForgetHelped
    | FindEntries
    | Leave
)
Actions = tuple[Action, ...]
