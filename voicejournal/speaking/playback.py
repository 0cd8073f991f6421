"""Steps become frames: the one queue of everything that is played.

In: steps, and a voice to render sentences with. Out: one frame a tick, and which sentence began in it.
Pure but for the voice it is given. Positions are counted in samples of each step, so a frame may hold the end
of a word and the start of a rest, and no rest is ever longer or shorter than its step says; only a sentence that
is not rendered yet may be late, by whole frames of silence.
"""

from array import array
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from voicejournal.hearing.frames import (
    PLAYED_FRAME_BYTES,
    PLAYED_HERTZ,
    SILENT_PLAYED_FRAME,
    Frame,
)
from voicejournal.speaking.cues import cue
from voicejournal.speaking.sentences import sentences
from voicejournal.speaking.steps import Cue, Pace, Rest, Step, Words

Render = Callable[[str, float], bytes]
IsReady = Callable[[str, float], bool]

AHEAD = 3
"""Sentences to render ahead: a short one takes less time to say than the long one after it takes to render."""


def spoken_frames(text: str, render: Render) -> Iterator[Frame]:
    """The text at the usual pace, with nobody to interrupt it."""
    playback = Playback(render)
    playback.add([Words(sentence) for sentence in sentences(text)])
    while not playback.is_idle:
        yield playback.next_frame().frame


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

    def __init__(self, render: Render, pace: Pace | None = None, is_ready: IsReady | None = None) -> None:
        """`is_ready`: whether a sentence can be rendered within the frame; without it every one is waited for."""
        self.pace = pace or Pace()
        self._render = render
        self._is_ready = is_ready or (lambda words, rate: True)
        self._steps: list[Step] = []
        self._at = 0
        """Index of the step being played."""
        self._sound = b""
        """The current words or cue, whole."""
        self._sounded_bytes = 0
        """How much of that has been played."""
        self._rested_bytes = 0
        """How much of the current rest is over."""
        self._has_begun = False
        self._is_held = False
        self._fading: Played | None = None
        """The next frame, when what was sounding was broken off: a sudden end would click."""
        self._is_fresh = True
        """No sentence has begun since there was nothing to play."""

    @property
    def is_idle(self) -> bool:
        """Nothing is left to play."""
        return self._at >= len(self._steps) and self._fading is None

    @property
    def is_held(self) -> bool:
        return self._is_held

    def coming(self) -> tuple[tuple[str, float], ...]:
        """Words and rates of the sentences that begin next, soonest first."""
        following = self._steps[self._at + self._has_begun :]
        words = (step for step in following if isinstance(step, Words))
        return tuple((step.text, self._rate(step)) for step in islice(words, AHEAD))

    def add(self, steps: Iterable[Step]) -> None:
        """Play these after what is queued already."""
        if self._at >= len(self._steps):
            self._restart_at(0)
            self._steps.clear()
            self._is_fresh = True
        self._steps.extend(steps)

    def stop(self) -> None:
        """Drop everything; words that are sounding fade out within the next frame."""
        self._restart_at(0)
        self._steps.clear()
        self._is_held = False

    def hold(self) -> None:
        """Fall silent and keep the place; with nothing to play there is none to keep."""
        if self._at < len(self._steps):
            self._is_held = True
            self._break_off()

    def go_on(self) -> None:
        """Play on: from the start of the sentence that was held, or from where the rest was."""
        if self._at < len(self._steps) and isinstance(self._steps[self._at], Rest):
            self._is_held = False
        elif self._is_held:
            self.say_again()

    def say_again(self) -> None:
        """Back to the start of this sentence; in a rest, of the one before it."""
        self._is_held = False
        self._restart_at(self._sentence_at(self._at))

    def interject(self, steps: Iterable[Step]) -> None:
        """Play these now; then go on from the start of the sentence they interrupt."""
        if self._at >= len(self._steps):
            self.add(steps)
            return
        self._is_held = False
        at = self._sentence_at(self._at)
        self._restart_at(at)
        self._steps[at:at] = list(steps)

    def skip(self) -> None:
        """On to the next sentence."""
        following = range(self._at + 1, len(self._steps))
        after = next((i for i in following if isinstance(self._steps[i], Words)), len(self._steps))
        self._is_held = False
        self._restart_at(after)

    def next_frame(self, may_begin: bool = True) -> Played:
        """The frame of this tick: silence when there is nothing to play. Raises: VoiceError.

        With `may_begin` False the first sentence waits: somebody is speaking, and is not talked over.
        """
        if self._fading is not None:
            played, self._fading = self._fading, None
            return played
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
                if isinstance(step, Words) and not self._is_ready(step.text, self._rate(step)):
                    break
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
        if self._at == len(self._steps) - 1 and self._is_over(self._steps[-1]):
            self._restart_at(len(self._steps))
        return Played(bytes(frame.ljust(PLAYED_FRAME_BYTES, b"\0")), tuple(began), has_words)

    def _sound_of(self, step: Words | Cue) -> bytes:
        if isinstance(step, Cue):
            return cue(step.name)
        return self._render(step.text, self._rate(step))

    def _rate(self, step: Words) -> float:
        return step.rate * self.pace.rate

    def _take(self, room: int) -> bytes:
        piece = self._sound[self._sounded_bytes : self._sounded_bytes + room]
        self._sounded_bytes += len(piece)
        return piece

    def _rest(self, step: Rest, room: int) -> bytes:
        piece = bytes(max(0, min(room, self._rest_bytes(step) - self._rested_bytes)))
        self._rested_bytes += len(piece)
        return piece

    def _rest_bytes(self, step: Rest) -> int:
        return 2 * round(step.seconds * self.pace.rest * PLAYED_HERTZ)

    def _is_over(self, step: Step) -> bool:
        """Whether all of the current step has been played."""
        if isinstance(step, Rest):
            return self._has_begun and self._rested_bytes >= self._rest_bytes(step)
        return self._has_begun and self._sounded_bytes >= len(self._sound)

    def _break_off(self) -> None:
        """Let what is sounding fade out in the next frame."""
        samples = array("h", self._take(PLAYED_FRAME_BYTES))
        if samples:
            count = len(samples)
            faded = array("h", (round(s * (count - i) / count) for i, s in enumerate(samples)))
            frame = faded.tobytes().ljust(PLAYED_FRAME_BYTES, b"\0")
            self._fading = Played(frame, has_words=isinstance(self._steps[self._at], Words))
        self._sound = b""

    def _restart_at(self, index: int) -> None:
        """Go to the beginning of that step."""
        self._break_off()
        self._at = index
        self._sounded_bytes = 0
        self._rested_bytes = 0
        self._has_begun = False

    def _sentence_at(self, index: int) -> int:
        """The last sentence at or before this step; the step itself if there is none."""
        backwards = range(min(index, len(self._steps) - 1), -1, -1)
        return next((i for i in backwards if isinstance(self._steps[i], Words)), index)
