"""What can be played: words, rests and cues.

In: nothing. Out: frozen steps, and the pace they are played at. Pure.
"""

import math
from dataclasses import dataclass
from typing import Literal

from voicejournal.speaking.cues import CueName


@dataclass(frozen=True)
class Words:
    """One sentence."""

    text: str
    rate: float = 1.0
    """Times the person's own pace."""
    follows: bool = False
    """It is a part of the sentence before it, with a rest between them: "say again" goes back to its beginning."""


@dataclass(frozen=True)
class Rest:
    """Silence; the program listens for that long."""

    seconds: float


@dataclass(frozen=True)
class Cue:
    """One of the two soft sounds."""

    name: CueName


Step = Words | Rest | Cue

Quiet = Literal["off", "whisper", "text"]
"""As usual, as softly as a whisper, or nothing to hear at all."""


@dataclass(frozen=True)
class Pace:
    """How fast this person likes to be spoken to."""

    rate: float = 1.0
    """0.8 to 1.3: stretching synthetic speech further makes words harder to tell (F2.4)."""
    rest: float = 1.0
    """0.5 to 3: rests carry most of "slower" (R10, R11)."""

    def slower(self) -> "Pace":
        return _within(self.rate - 0.1, self.rest * 1.5)

    def faster(self) -> "Pace":
        return _within(self.rate + 0.1, self.rest / 1.5)


def pace_of(rate: str | None, rest: str | None) -> Pace:
    """The pace as it was written down; what is no number, or none that is possible, means the usual."""
    return _within(_number(rate), _number(rest))


def _within(rate: float, rest: float) -> Pace:
    return Pace(min(1.3, max(0.8, round(rate, 2))), min(3.0, max(0.5, round(rest, 2))))


def _number(text: str | None) -> float:
    try:
        number = float(text or 1.0)
    except ValueError:
        return 1.0
    return number if math.isfinite(number) else 1.0
