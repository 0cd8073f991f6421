"""What can happen.

In: nothing. Out: frozen events, each with the tick it happened in. Pure.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from voicejournal.dialogue.care import Care
from voicejournal.errors import JournalError
from voicejournal.grounding.scripts import Script
from voicejournal.hearing.stretches import Stretch
from voicejournal.hearing.transcripts import KeptStretch, Transcript
from voicejournal.journal.deeds import Added, Reworded
from voicejournal.journal.entries import Entry
from voicejournal.journal.queries import Found
from voicejournal.journal.searches import Asked
from voicejournal.speaking.steps import Way


@dataclass(frozen=True)
class SoundBegan:
    """The first frame is here: the microphone really hears."""

    tick: int


@dataclass(frozen=True)
class ScriptsRead:
    """What can be spoken; it comes before the first words, the first key and the end of the first sound of ours."""

    tick: int
    scripts: Mapping[str, Script]


@dataclass(frozen=True)
class VoiceBegan:
    """Somebody is speaking."""

    tick: int


@dataclass(frozen=True)
class VoicePaused:
    """A stretch of voice is over, or was cut for length while the voice goes on."""

    tick: int
    stretch: Stretch
    goes_on: bool = False


@dataclass(frozen=True)
class StretchJudged:
    """There are words to tell a command by; None when the stretch is too long to be one."""

    tick: int
    capture: int
    stretch: Stretch
    transcript: Transcript | None


@dataclass(frozen=True)
class EntryHeard:
    """All stretches of a closed entry have their words."""

    tick: int
    capture: int
    texts: tuple[str, ...]
    """Of the stretches that are part of the text, in order; some may be empty."""
    is_doubtful: bool
    """Most of the voice in it could not be trusted to its words."""
    entry: Entry
    """As the journal has it so far; it has a tag only if it was written once and opened again."""
    is_recovered: bool = False
    """An earlier run left it unwritten."""
    struck: tuple[KeptStretch, ...] = ()
    """What was taken out of it, in the order in which it was."""
    corrected: tuple[Entry, ...] = ()
    """Others whose kind the person decided, newest first: this one may be like them."""


@dataclass(frozen=True)
class EntryWritten:
    """The journal has it."""

    tick: int
    capture: int
    entry: Entry
    is_doubtful: bool = False
    is_recovered: bool = False
    earlier: tuple[Entry, ...] = ()
    """Entries before it, newest first: what is usual for this person, and what else they said today."""
    struck: tuple[KeptStretch, ...] = ()
    """What was taken out of it, in the order in which it was."""
    added: Added | None = None
    """It was said as a part of an earlier entry, which `entry` then is."""
    stretches: tuple[KeptStretch, ...] = ()
    """Its words, with how sure the recogniser was of each."""


@dataclass(frozen=True)
class EntryChanged:
    """The journal has it with another tag, or other words."""

    tick: int
    entry: Entry
    corrected: tuple[Entry, ...] = ()
    """As in `EntryHeard`, where it is still to be given a kind."""
    stretches: tuple[KeptStretch, ...] = ()
    """As in `EntryWritten`."""


@dataclass(frozen=True)
class LastStruck:
    """The last stretch of a written entry is out of its text; None when there was none left in it."""

    tick: int
    deed: Reworded | None
    entry: Entry
    """As it is now; without any words it is set aside."""


@dataclass(frozen=True)
class EntryParted:
    """What had been added is an entry of its own."""

    tick: int
    added: Added
    """With the part as it is now."""
    corrected: tuple[Entry, ...] = ()
    """As in `EntryChanged`."""


@dataclass(frozen=True)
class SoundMeasured:
    """How much sound of the entry is still kept."""

    tick: int
    entry: Entry
    seconds: float


@dataclass(frozen=True)
class EntryLookedUp:
    """What the journal has of an entry."""

    tick: int
    entry: Entry
    stretches: tuple[KeptStretch, ...]
    """By start; struck ones too."""
    sound_from_seconds: float | None
    """Where its kept sound begins, which then goes on to its end; None when no sound is kept any more."""


@dataclass(frozen=True)
class EntryGone:
    """The journal has no such entry any more: another program has deleted it."""

    tick: int
    entry_id: str
    newest: Entry | None = None
    """What is left; as in the next."""


@dataclass(frozen=True)
class EntryDeleted:
    """It is gone, as the person asked."""

    tick: int
    entry_id: str
    newest: Entry | None = None


@dataclass(frozen=True)
class EntryRepaired:
    """The journal has what the person decided about a word."""

    tick: int
    entry: Entry
    stretches: tuple[KeptStretch, ...]
    deed: Reworded | None = None
    """What can be undone: the words are others now."""


@dataclass(frozen=True)
class WaysOffered:
    """A script has come to a choice; without ways, it is past it."""

    tick: int
    ways: tuple[Way, ...]


@dataclass(frozen=True)
class LeftMeasured:
    """About how long all that is being played still takes."""

    tick: int
    seconds: float


@dataclass(frozen=True)
class ChoiceLost:
    """What the person chose holds now, and could not be kept for the next time."""

    tick: int
    error: JournalError


@dataclass(frozen=True)
class CareKept:
    """Whom to call is on disk; or, with an error, it is not, and nothing has changed."""

    tick: int
    care: Care
    error: JournalError | None = None


@dataclass(frozen=True)
class EntriesFound:
    """What the journal has of what was asked for."""

    tick: int
    asked: Asked
    found: Found


@dataclass(frozen=True)
class FellSilent:
    """Nothing is left to play."""

    tick: int


@dataclass(frozen=True)
class TimePassed:
    """The tick that the state asked to be woken at has come."""

    tick: int


@dataclass(frozen=True)
class Pressed:
    """A key was pressed; `command` is what it means here: the name of a command, an answer or a way, or "space"."""

    tick: int
    command: str


@dataclass(frozen=True)
class SoundEnded:
    """The file that stands for the microphone is over: nobody will say anything more."""

    tick: int


Outcome = Literal["opened", "wrong", "again", "set", "differ", "short", "failed", "given up"]


@dataclass(frozen=True)
class SecretTyped:
    """What came of what was typed unseen; the secret itself is not told."""

    tick: int
    outcome: Outcome
    """again: the first of two was typed. set: the new one holds. failed: it could not be kept."""


@dataclass(frozen=True)
class QuietPassed:
    """It was quiet for as long as the guard had said."""

    tick: int


@dataclass(frozen=True)
class Slept:
    """The computer was asleep until now."""

    tick: int


@dataclass(frozen=True)
class Interrupted:
    """Ctrl-C: keep everything and leave."""

    tick: int


Event = (
    SoundBegan
    | ScriptsRead
    | VoiceBegan
    | VoicePaused
    | StretchJudged
    | EntryHeard
    | EntryWritten
    | EntryChanged
    | LastStruck
    | EntryParted
    | SoundMeasured
    | EntryLookedUp
    | EntryGone
    | EntryDeleted
    | EntryRepaired
    | WaysOffered
    | LeftMeasured
    | ChoiceLost
    | CareKept
    | EntriesFound
    | FellSilent
    | TimePassed
    | Pressed
    | SoundEnded
    | SecretTyped
    | QuietPassed
    | Slept
    | Interrupted
)
