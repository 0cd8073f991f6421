"""What can be played: words, rests, beats and cues, and the places where a script can go one way or another.

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
class Beat:
    """Silence until so long after the beginning of the last sentence, however long its words were.

    Words that are longer than the beat are never cut: then there is no silence at all.
    """

    seconds: float


@dataclass(frozen=True)
class Cue:
    """One of the two soft sounds."""

    name: CueName


@dataclass(frozen=True)
class OptionalBegins:
    """From here on, "next" leaves out all of it. Takes no time."""


@dataclass(frozen=True)
class OptionalEnds:
    """To here. Takes no time."""


@dataclass(frozen=True)
class Way:
    """One of the ways that a choice can go."""

    names: tuple[str, ...]
    """What the person can say to take it; the first is the one that is offered."""
    steps: tuple["Step", ...]


@dataclass(frozen=True)
class Choice:
    """Ways are offered; who says none of their names is taken the first one."""

    offer: tuple["Step", ...]
    """Words and rests; while they last, the names of the ways act."""
    ways: tuple[Way, ...]


@dataclass(frozen=True)
class Fork:
    """The end of an offer: here the first way is taken, unless another was. Takes no time."""

    ways: tuple[Way, ...]


Step = Words | Rest | Beat | Cue | OptionalBegins | OptionalEnds | Choice | Fork


SLOWEST, FASTEST = 0.8, 1.3
"""Times the usual rate: stretching synthetic speech further makes words harder to tell (F2.4, R10)."""

SHORTEST, LONGEST = 0.5, 3.0
"""Times the rests as written (R11)."""


@dataclass(frozen=True)
class Pace:
    """How fast this person likes to be spoken to."""

    rate: float = 1.0
    """`SLOWEST` to `FASTEST`."""
    rest: float = 1.0
    """`SHORTEST` to `LONGEST`: rests carry most of "slower" (R10, R11)."""

    def slower(self) -> "Pace":
        return Pace(max(SLOWEST, round(self.rate - 0.1, 2)), min(LONGEST, round(self.rest * 1.5, 2)))

    def faster(self) -> "Pace":
        return Pace(min(FASTEST, round(self.rate + 0.1, 2)), max(SHORTEST, round(self.rest / 1.5, 2)))

    def of(self, words: Words) -> float:
        """The rate of these words; a slow sentence and a slow pace together never stretch them further (R10)."""
        return min(FASTEST, max(SLOWEST, self.rate * words.rate))
