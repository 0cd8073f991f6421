"""What is asked of the voice, and of what it plays.

In: nothing. Out: frozen actions. Pure.
"""

from dataclasses import dataclass
from typing import Literal

from voicejournal.speaking.steps import Pace, Quiet, Step


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


PlayAction = (
    Say
    | Interject
    | Aside
    | Hush
    | Hold
    | DoubtRoom
    | GoOn
    | SayAgain
    | Skip
    | TakeWay
    | MeasureLeft
    | SetPace
    | SetQuiet
)
