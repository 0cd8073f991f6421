"""What can be played: words, rests, beats and cues, and the places where a script can go one way or another.

In: nothing. Out: frozen steps, and the pace they are played at. Pure.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from voicejournal.speaking.cues import CueName

SENTENCE_REST_SECONDS = 1.5
"""R11: 1.5 to 2 s after a sentence, where nothing else is said; between a breath's cues it is longer anyway."""


@dataclass(frozen=True)
class Recorded:
    """A part of the sound that is kept of an entry; seconds count from the entry's first kept frame."""

    entry_id: str
    start_seconds: float
    end_seconds: float


@dataclass(frozen=True)
class Words:
    """One sentence."""

    text: str
    rate: float = 1.0
    """Times the person's own pace."""
    follows: bool = False
    """It is a part of the sentence before it, with a rest between them: "say again" goes back to its beginning."""
    decibels: float = 0.0
    """Against the usual voice; less than 0 is softer."""
    recorded: Recorded | None = None
    """The person's own voice sounds in place of ours, and `text` is what is shown of it."""


@dataclass(frozen=True)
class Shown:
    """Words to be read and not heard: others may be in the room (R32). Takes no time."""

    text: str


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


Step = Words | Shown | Rest | Beat | Cue | OptionalBegins | OptionalEnds | Choice | Fork


def text_of(steps: Iterable[Step]) -> str:
    """The words of these steps, one after the other; what a choice would say is not looked into."""
    return " ".join(step.text for step in steps if isinstance(step, Words))


SLOWEST, FASTEST = 0.8, 1.3
"""Times the usual rate: stretching synthetic speech further makes words harder to tell (F2.4, R10)."""

SHORTEST, LONGEST = 0.5, 3.0
"""Times the rests as written (R11)."""

LONGEST_BEAT = 1.5
"""Times the beats as written: a breath of 4 s in and 6 s out becomes 6 and 9; a longer one would be held (R17)."""

Quiet = Literal["off", "whisper", "text"]
"""As usual, as softly as a whisper, or nothing to hear at all."""


@dataclass(frozen=True)
class Pace:
    """How fast this person likes to be spoken to."""

    rate: float = 1.0
    """`SLOWEST` to `FASTEST`."""
    rest: float = 1.0
    """`SHORTEST` to `LONGEST`: rests carry most of "slower" (R10, R11)."""

    @property
    def beat(self) -> float:
        """What beats are multiplied by: like rests, but a breath has its limits."""
        return min(LONGEST_BEAT, self.rest)

    def slower(self) -> "Pace":
        return _within(self.rate - 0.1, self.rest * 1.5)

    def faster(self) -> "Pace":
        return _within(self.rate + 0.1, self.rest / 1.5)

    def of(self, words: Words) -> float:
        """The rate of these words; a slow sentence and a slow pace together never stretch them further (R10)."""
        return min(FASTEST, max(SLOWEST, self.rate * words.rate))


def pace_of(rate: str | None, rest: str | None) -> Pace:
    """The pace as it was written down; what is no number, or none that is possible, means the usual."""
    return _within(_number(rate), _number(rest))


def _within(rate: float, rest: float) -> Pace:
    return Pace(min(FASTEST, max(SLOWEST, round(rate, 2))), min(LONGEST, max(SHORTEST, round(rest, 2))))


def is_finite(text: str) -> bool:
    """Whether a pace could be made of it."""
    try:
        return math.isfinite(float(text))
    except ValueError:
        return False


def _number(text: str | None) -> float:
    return float(text) if text is not None and is_finite(text) else 1.0
