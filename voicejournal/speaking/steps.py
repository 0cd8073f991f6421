"""What can be played: words, rests and cues.

In: nothing. Out: frozen steps, and the pace they are played at. Pure.
"""

from dataclasses import dataclass

from voicejournal.speaking.cues import CueName


@dataclass(frozen=True)
class Words:
    """One sentence."""

    text: str
    rate: float = 1.0
    """Times the person's own pace."""


@dataclass(frozen=True)
class Rest:
    """Silence; the program listens for that long."""

    seconds: float


@dataclass(frozen=True)
class Cue:
    """One of the two soft sounds."""

    name: CueName


Step = Words | Rest | Cue


@dataclass(frozen=True)
class Pace:
    """How fast this person likes to be spoken to."""

    rate: float = 1.0
    """0.8 to 1.3: stretching synthetic speech further makes words harder to tell (F2.4)."""
    rest: float = 1.0
    """0.5 to 3: rests carry most of "slower" (R10, R11)."""

    def slower(self) -> "Pace":
        return Pace(max(0.8, round(self.rate - 0.1, 2)), min(3.0, round(self.rest * 1.5, 2)))

    def faster(self) -> "Pace":
        return Pace(min(1.3, round(self.rate + 0.1, 2)), max(0.5, round(self.rest / 1.5, 2)))
