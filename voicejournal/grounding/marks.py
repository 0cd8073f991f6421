"""What stands in a script file, mark by mark.

In: nothing. Out: frozen marks, each with its line. Pure.
"""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Spoken:
    """Words between two marks of a line."""

    line: int
    """Of the file, from 1."""
    text: str
    rate: float = 1.0
    decibels: float = 0.0
    """Against the usual voice."""


@dataclass(frozen=True)
class Silence:
    """A rest."""

    line: int
    seconds: float


@dataclass(frozen=True)
class Timed:
    """A beat: what follows begins so long after the beginning of the last sentence."""

    line: int
    seconds: float


@dataclass(frozen=True)
class Opening:
    """The beginning of a section."""

    line: int
    mark: str
    """As it is written."""
    kind: Literal["repeat", "choice", "optional", "quiet"]
    names: tuple[str, ...] = ()
    """Of a choice: what the person can say to take it."""
    times: int = 1
    """Of a repeat: the first time that a person hears it."""
    later_times: int = 1


@dataclass(frozen=True)
class Closing:
    """The end of a section."""

    line: int


Said = Spoken | Silence | Timed
Mark = Said | Opening | Closing
