"""What is asked about a capture: sound being kept that may become an entry.

In: nothing. Out: frozen actions. Pure.
Its number lives only as long as this run.
"""

from dataclasses import dataclass

from voicejournal.hearing.stretches import Stretch
from voicejournal.journal.entries import Tag, TagSource


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
class Seal:
    """The entry of this capture stays as sound, for when the journal is unlocked; its words are forgotten."""

    capture: int


CaptureAction = (
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
)
