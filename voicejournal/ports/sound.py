"""What is heard, and what is played.

In: nothing. Out: a Protocol for each edge that has to do with sound, and what it answers. Pure.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from voicejournal.hearing.frames import Frame


class Microphone(Protocol):
    """Frames of sound, in order, none left out: the clock of the whole program."""

    def listen(self) -> Frame | None:
        """Wait for the next frame (20 ms); None once, when a file has come to its end, and ever after.

        Raises: MicrophoneError when the device is gone.
        """
        ...

    def close(self) -> None: ...


class Speaker(Protocol):
    """A queue of frames to be heard."""

    def play(self, frame: Frame) -> None:
        """Take the frame of this tick (960 samples); silence is played as silence, so files keep one clock.

        Raises: SpeakerError when the device is gone.
        """
        ...

    def sounding(self) -> Frame:
        """What goes to the device in this tick, to be asked once a tick; what of it is heard comes a while later.

        Not always what was just taken: a device has a clock of its own, and a queue is now longer, now shorter.
        """
        ...

    def hush(self) -> None:
        """Drop what was taken and has not sounded yet."""
        ...

    def close(self) -> None:
        """Let what was taken sound, then close."""
        ...


@dataclass(frozen=True)
class Cleaned:
    """A heard frame without the program's own voice, as far as that can be taken out."""

    frame: Frame
    excess: float | None = None
    """dB by which it stands out of what our voice may have left in it; None when ours can't be heard there."""


class EchoCanceller(Protocol):
    """Takes the program's own voice out of what is heard."""

    def accept(self, played: Frame, heard: Frame) -> Cleaned:
        """The frames of one tick; however late the played one arrives, within a second, its echo is known."""
        ...

    def doubt_room(self) -> None:
        """What stood out was nobody: the room is known less well than it seemed."""
        ...


@dataclass(frozen=True)
class Voicing:
    """How much one frame sounds like a voice."""

    probability: float
    """0 to 1, of speech."""
    level: float
    """dBFS of the frame's root mean square; -96 for digital silence."""


class VoiceActivity(Protocol):
    """Tells voice from everything else, frame by frame."""

    def accept(self, frame: Frame) -> Voicing: ...


class Voice(Protocol):
    """A voice that renders sentences to memory."""

    def prepare(self, coming: Sequence[tuple[str, float]]) -> None:
        """Words and rates that will be rendered next, soonest first; they take the place of those told before."""
        ...

    def is_ready(self, words: str, rate: float) -> bool:
        """Whether `render` would give them within some ten milliseconds."""
        ...

    def render(self, words: str, rate: float) -> bytes:
        """Sound of the words, trimmed: 48 kHz mono s16. `rate` 1.0 is the person's normal pace.

        Empty or unspeakable words give empty bytes. Waits until they are ready; the same words and rate
        give the same bytes as long as the program runs. Raises: VoiceError.
        """
        ...
