"""Steps become frames: the one queue of everything that is played.

In: steps, and a voice to render sentences with. Out: one frame a tick, and which sentence began in it.
Pure but for the voice it is given. Positions are counted in samples of each step, so a frame may hold the end
of a word and the start of a rest, and no rest is ever longer or shorter than its step says.
"""

from array import array
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from voicejournal.hearing.frames import (
    PLAYED_FRAME_BYTES,
    PLAYED_HERTZ,
    SILENT_PLAYED_FRAME,
    Frame,
)
from voicejournal.speaking.cues import cue
from voicejournal.speaking.steps import Cue, Pace, Rest, Step, Words

Render = Callable[[str, float], bytes]


@dataclass(frozen=True)
class Played:
    """One frame, and what is in it."""

    frame: Frame
    began: tuple[Words | Cue, ...] = ()
    """Steps whose first sample is in this frame."""
    has_words: bool = False
    """Whether any of it is the voice."""


NOTHING_PLAYED = Played(SILENT_PLAYED_FRAME)


class Playback:
    """A queue of steps."""

    def __init__(self, render: Render, pace: Pace | None = None) -> None:
        self.pace = pace or Pace()
        self._render = render
        self._steps: list[Step] = []
        self._at = 0
        """Index of the step being played."""
        self._sound = b""
        """What is left of the current words or cue."""
        self._rested_bytes = 0
        """How much of the current rest is over."""
        self._has_begun = False
        self._is_held = False
        self._is_fading = False
        self._is_fresh = True
        """No sentence has begun since there was nothing to play."""

    @property
    def is_idle(self) -> bool:
        """Nothing is left to play."""
        return self._at >= len(self._steps) and not self._is_fading

    @property
    def is_held(self) -> bool:
        return self._is_held

    def add(self, steps: Iterable[Step]) -> None:
        """Play these after what is queued already."""
        if self.is_idle:
            self._restart_at(0)
            self._steps.clear()
            self._is_fresh = True
        self._steps.extend(steps)

    def stop(self) -> None:
        """Drop everything; words that are sounding fade out within this frame."""
        self._is_fading = bool(self._sound) and not self._is_held
        faded = self._sound[:PLAYED_FRAME_BYTES] if self._is_fading else b""
        self._steps.clear()
        self._restart_at(0)
        self._sound = faded
        self._is_held = False

    def hold(self) -> None:
        """Fall silent and keep the place."""
        self._is_fading = bool(self._sound) and not self._is_held
        self._is_held = True

    def go_on(self) -> None:
        """Play on, from the start of the sentence that was held."""
        if self._is_held:
            self._is_held = self._is_fading = False
            self._restart_at(self._sentence_at(self._at))

    def say_again(self) -> None:
        """Back to the start of this sentence; in a rest, of the one before it."""
        self._is_held = False
        self._restart_at(self._sentence_at(self._at))

    def interject(self, steps: Iterable[Step]) -> None:
        """Play these now; then go on from the start of the sentence they interrupt."""
        self._is_held = False
        at = self._sentence_at(self._at)
        self._steps[at:at] = list(steps)
        self._restart_at(at)

    def skip(self) -> None:
        """On to the next sentence."""
        after = [i for i in range(self._at + 1, len(self._steps)) if isinstance(self._steps[i], Words)]
        self._is_held = False
        self._restart_at(after[0] if after else len(self._steps))

    def seconds_left(self, words_seconds: Callable[[str], float]) -> float:
        """About how long what is queued will take, given how long words take."""
        rest = self._steps[self._at :]
        return sum(
            step.seconds * self.pace.rest if isinstance(step, Rest) else words_seconds(step.text)
            for step in rest
            if not isinstance(step, Cue)
        )

    def next_frame(self, may_begin: bool = True) -> Played:
        """The frame of this tick: silence when there is nothing to play. Raises: VoiceError.

        With `may_begin` False the first sentence waits: somebody is speaking, and is not talked over.
        """
        if self._is_fading:
            return self._fade()
        if self._is_held or self.is_idle:
            return NOTHING_PLAYED
        frame = bytearray()
        began: list[Words | Cue] = []
        has_words = False
        while len(frame) < PLAYED_FRAME_BYTES and self._at < len(self._steps):
            step = self._steps[self._at]
            if self._is_fresh and isinstance(step, Words) and not may_begin:
                break
            if not self._has_begun:
                self._has_begun = True
                self._is_fresh = self._is_fresh and not isinstance(step, Words)
                if not isinstance(step, Rest):
                    self._sound = self._sound_of(step)
                    began.append(step)
            room = PLAYED_FRAME_BYTES - len(frame)
            piece = self._rest(step, room) if isinstance(step, Rest) else self._take(room)
            frame += piece
            has_words = has_words or (isinstance(step, Words) and bool(piece))
            if len(frame) < PLAYED_FRAME_BYTES:
                self._restart_at(self._at + 1)
        return Played(bytes(frame.ljust(PLAYED_FRAME_BYTES, b"\0")), tuple(began), has_words)

    def _sound_of(self, step: Words | Cue) -> bytes:
        if isinstance(step, Cue):
            return cue(step.name)
        return self._render(step.text, step.rate * self.pace.rate)

    def _take(self, room: int) -> bytes:
        piece, self._sound = self._sound[:room], self._sound[room:]
        return piece

    def _rest(self, step: Rest, room: int) -> bytes:
        whole = 2 * round(step.seconds * self.pace.rest * PLAYED_HERTZ)
        piece = bytes(max(0, min(room, whole - self._rested_bytes)))
        self._rested_bytes += len(piece)
        return piece

    def _fade(self) -> Played:
        samples = array("h", self._sound[:PLAYED_FRAME_BYTES])
        count = len(samples)
        faded = array("h", (round(s * (count - i) / count) for i, s in enumerate(samples)))
        self._is_fading = False
        self._sound = b""
        return Played(faded.tobytes().ljust(PLAYED_FRAME_BYTES, b"\0"), has_words=True)

    def _restart_at(self, index: int) -> None:
        self._at = index
        self._sound = b""
        self._rested_bytes = 0
        self._has_begun = False

    def _sentence_at(self, index: int) -> int:
        """The last sentence at or before this step; the step itself if there is none."""
        before = [i for i in range(min(index, len(self._steps) - 1), -1, -1) if isinstance(self._steps[i], Words)]
        return before[0] if before else index
