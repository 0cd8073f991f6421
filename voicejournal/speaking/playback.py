"""Steps become frames: the one queue of everything that is played.

In: steps, and a voice to render sentences with. Out: one frame a tick, and which sentence began in it.
Pure but for the voice it is given. Positions are counted in samples of each step, so a frame may hold the end
of a word and the start of a rest, and no rest is ever longer or shorter than its step says; only a sentence that
is not rendered yet may be late, by whole frames of silence. A beat is counted from the first sample of its
sentence, so neither the voice nor its rate can move what follows.
"""

from array import array
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice

from voicejournal.hearing.frames import (
    PLAYED_FRAME_BYTES,
    PLAYED_HERTZ,
    SILENT_PLAYED_FRAME,
    Frame,
)
from voicejournal.speaking.cues import cue
from voicejournal.speaking.lengths import step_seconds
from voicejournal.speaking.routes import (
    Passed,
    after_skip,
    sentence_at,
    take_passed,
    take_way,
    unfold,
    ways_ahead,
    words_ahead,
)
from voicejournal.speaking.sentences import sentences
from voicejournal.speaking.steps import Beat, Cue, Pace, Quiet, Recorded, Rest, Shown, Step, Way, Words
from voicejournal.speaking.told import BrokenOff

Render = Callable[[str, float], bytes]
IsReady = Callable[[str, float], bool]
Recall = Callable[[Recorded], bytes]

AHEAD = 3
"""Sentences to render ahead: a short one takes less time to say than the long one after it takes to render."""

GAINS: dict[Quiet, float] = {"off": 1.0, "whisper": 10 ** (-20 / 20), "text": 0.0}
"""A whisper lies some 20 dB under ordinary speech (about 40 against 60 dB at a metre); in a file, at -43 dBFS."""


def spoken_frames(text: str, render: Render, quiet: Quiet = "off") -> Iterator[Frame]:
    """The text at the usual pace, with nobody to interrupt it."""
    playback = Playback(render, quiet=quiet)
    playback.add([Words(sentence) for sentence in sentences(text)])
    while not playback.is_idle:
        yield playback.next_frame().frame


@dataclass(frozen=True)
class Played:
    """One frame, and what is in it."""

    frame: Frame
    began: tuple[Words | Shown | Cue, ...] = ()
    """Steps whose first sample is in this frame."""
    is_first: bool = False
    """Nothing had been said since there was nothing to play."""
    has_words: bool = False
    """Whether any of it is the voice."""


NOTHING_PLAYED = Played(SILENT_PLAYED_FRAME)


class Playback:
    """A queue of steps."""

    def __init__(
        self,
        render: Render,
        pace: Pace | None = None,
        quiet: Quiet = "off",
        is_ready: IsReady | None = None,
        recall: Recall | None = None,
    ) -> None:
        """`is_ready`: whether a sentence can be rendered within the frame; without it every one is waited for.

        `recall`: kept sound as it is played; it is at hand within the frame, and empty where it is gone.
        """
        self.pace = pace or Pace()
        self.quiet = quiet
        self._gain = GAINS[quiet]
        """Of the last frame."""
        self._sentence_gain = 1.0
        """What makes the sentence that sounds softer than others; cues are as they are."""
        self._render = render
        self._is_ready = is_ready or (lambda words, rate: True)
        self._recall = recall or (lambda recorded: b"")
        self._steps: list[Step] = []
        self._at = 0
        """Index of the step being played."""
        self._sound = b""
        """The current words or cue, whole."""
        self._sounded_bytes = 0
        """How much of that has been played."""
        self._sentence_bytes = 0
        """How long the sentence that began last is as a whole."""
        self._rested_bytes = 0
        """How much of the current rest or beat is over."""
        self._since_sentence_bytes = 0
        """How much has been played since the last sentence began: what beats are counted by."""
        self._passed: Passed | None = None
        """The offer that was over last."""
        self._has_begun = False
        self._is_held = False
        self._aside: Playback | None = None
        """What is said while the rest is held."""
        self._fading: Played | None = None
        """The next frame, when what was sounding was broken off: a sudden end would click."""
        self._is_fresh = True
        """No sentence has begun since there was nothing to play."""
        self.broken_off: BrokenOff | None = None
        """The sentence that began last, where it was left in the middle for good."""

    @property
    def is_idle(self) -> bool:
        """Nothing is left to play."""
        return self._at >= len(self._steps) and self._fading is None

    @property
    def is_held(self) -> bool:
        return self._is_held

    @property
    def offered(self) -> tuple[Way, ...]:
        """The ways that can be taken now: from the first word of an offer until one of them is."""
        return ways_ahead(self._steps, self._at)

    @property
    def left_seconds(self) -> float:
        """About how long all that is left to play will take."""
        lengths = step_seconds(self._steps, self.pace)
        played = (self._sounded_bytes + self._rested_bytes) / (2 * PLAYED_HERTZ)
        return max(0.0, sum(lengths[self._at :]) - played)

    def coming(self) -> tuple[tuple[str, float], ...]:
        """Words and rates of the sentences that begin next, soonest first."""
        if self._aside is not None:
            return self._aside.coming()
        following = words_ahead(self._steps[self._at + self._has_begun :])
        return tuple((step.text, self.pace.of(step)) for step in islice(following, AHEAD))

    def add(self, steps: Iterable[Step]) -> None:
        """Play these after what is queued already."""
        if self._at >= len(self._steps):
            self._restart_at(0)
            self._steps.clear()
            self._is_fresh = True
        self._passed = None
        self._steps.extend(steps)

    def stop(self) -> None:
        """Drop everything; words that are sounding fade out within the next frame."""
        self._leave_aside()
        self._leave_sentence()
        self._restart_at(0)
        self._steps.clear()
        self._passed = None
        self._is_held = False

    def hold(self) -> None:
        """Fall silent and keep the place; with nothing to play there is none to keep."""
        if self._at < len(self._steps):
            self._leave_aside()
            self._is_held = True
            self._break_off()

    def say_aside(self, steps: Iterable[Step]) -> None:
        """Play these while the rest is held, and stays so; with nothing held, now."""
        if not self._is_held:
            self.interject(steps)
            return
        if self._aside is None:
            self._aside = Playback(self._render, self.pace, self.quiet, self._is_ready, self._recall)
        self._aside.add(steps)

    def go_on(self) -> None:
        """Play on: from the start of the sentence that was held, or from where the rest was."""
        self._leave_aside()
        if self._at < len(self._steps) and isinstance(self._steps[self._at], Rest | Beat):
            self._is_held = False
        elif self._is_held:
            self.say_again()

    def say_again(self) -> None:
        """Back to the start of this sentence; in a rest, of the one before it."""
        self._leave_aside()
        self._is_held = False
        self._restart_at(sentence_at(self._steps, self._at))

    def interject(self, steps: Iterable[Step]) -> None:
        """Play these now; then go on from the start of the sentence they interrupt, or from where the rest was."""
        if self._at >= len(self._steps):
            self.add(steps)
            return
        self._leave_aside()
        self._is_held = False
        step = self._steps[self._at]
        if isinstance(step, Rest):
            rested = self._rested_bytes / (2 * PLAYED_HERTZ * self.pace.rest)
            self._steps[self._at] = Rest(max(0.0, step.seconds - rested))
            at = self._at
        else:
            at = sentence_at(self._steps, self._at)
        self._leave_sentence()
        self._restart_at(at)
        self._steps[at:at] = list(steps)

    def skip(self) -> None:
        """On to the next sentence; out of an optional part, to the first one after it."""
        self._leave_aside()
        self._is_held = False
        self._leave_sentence()
        self._restart_at(after_skip(self._steps, self._at))

    def take(self, way: int) -> None:
        """Leave the offer for the way of this number, counted from 0; with nothing offered, just go on.

        An offer that is just over may still be decided; then the first way, which has begun, is left.
        """
        self._leave_aside()
        self._leave_sentence()
        at = take_way(self._steps, self._at, way)
        if at is None and self._passed is not None:
            at = take_passed(self._steps, self._passed, way)
        self._passed = None
        if at is None:
            self.go_on()
        else:
            self._is_held = False
            self._restart_at(at)

    def next_frame(self, may_begin: bool = True) -> Played:
        """The frame of this tick: silence when there is nothing to play. Raises: VoiceError.

        With `may_begin` False the first sentence waits: somebody is speaking, and is not talked over.
        """
        if self._aside is not None and self._fading is None:
            return self._next_aside(self._aside, may_begin)
        played = self._next_frame(may_begin)
        before, self._gain = self._gain, GAINS[self.quiet] * self._sentence_gain
        if before == self._gain == 1.0 or played.frame == SILENT_PLAYED_FRAME:
            return played
        has_words = played.has_words and (before, self._gain) != (0.0, 0.0)
        return replace(played, frame=_softened(played.frame, before, self._gain), has_words=has_words)

    def _next_aside(self, aside: "Playback", may_begin: bool) -> Played:
        """As soft and as fast as all else, also from now on where that was just changed."""
        aside.quiet, aside.pace = self.quiet, self.pace
        played = aside.next_frame(may_begin)
        self._gain = aside._gain
        if aside.is_idle:
            self._aside = None
        return played

    def _next_frame(self, may_begin: bool) -> Played:
        if self._fading is not None:
            played, self._fading = self._fading, None
            return played
        if self._is_held or self.is_idle:
            return NOTHING_PLAYED
        frame = bytearray()
        began: list[Words | Shown | Cue] = []
        has_words = is_first = False
        while len(frame) < PLAYED_FRAME_BYTES and self._at < len(self._steps):
            self._passed = unfold(self._steps, self._at) or self._passed
            step = self._steps[self._at]
            if self._is_fresh and isinstance(step, Words) and not may_begin:
                break
            if not self._has_begun:
                if isinstance(step, Words) and not self._is_at_hand(step):
                    break
                is_first = is_first or (self._is_fresh and isinstance(step, Words | Shown))
                self._begin(step)
                if isinstance(step, Words | Shown | Cue):
                    began.append(step)
            piece = self._piece(step, PLAYED_FRAME_BYTES - len(frame))
            frame += piece
            has_words = has_words or (isinstance(step, Words) and bool(piece))
            if len(frame) < PLAYED_FRAME_BYTES:
                self._restart_at(self._at + 1)
        if self._at == len(self._steps) - 1 and self._is_over(self._steps[-1]):
            self._restart_at(len(self._steps))
        return Played(bytes(frame.ljust(PLAYED_FRAME_BYTES, b"\0")), tuple(began), is_first, has_words)

    def _begin(self, step: Step) -> None:
        self._has_begun = True
        if isinstance(step, Words | Shown):
            self._is_fresh = False
            self.broken_off = None
        if isinstance(step, Words):
            self._since_sentence_bytes = 0
            self._sound = self._sound_of(step)
            self._sentence_bytes = len(self._sound)
            self._sentence_gain = 10 ** (step.decibels / 20)
        elif isinstance(step, Cue):
            self._sound = cue(step.name)
            self._sentence_gain = 1.0

    def _is_at_hand(self, words: Words) -> bool:
        return words.recorded is not None or self._is_ready(words.text, self.pace.of(words))

    def _sound_of(self, words: Words) -> bytes:
        """Our voice at its pace, or the person's own as it was."""
        if words.recorded is not None:
            return self._recall(words.recorded)
        return self._render(words.text, self.pace.of(words))

    def _piece(self, step: Step, room: int) -> bytes:
        """What comes next of this step, and fits; less than fits only with its end."""
        if isinstance(step, Words | Cue):
            piece = self._take(room)
        else:
            piece = bytes(max(0, min(room, self._silence_bytes(step) - self._rested_bytes)))
            self._rested_bytes += len(piece)
        self._since_sentence_bytes += len(piece)
        return piece

    def _silence_bytes(self, step: Step) -> int:
        """All of the silence that this step is, at the pace of now."""
        match step:
            case Rest(seconds):
                return 2 * round(seconds * self.pace.rest * PLAYED_HERTZ)
            case Beat(seconds):
                before = self._since_sentence_bytes - self._rested_bytes
                return 2 * round(seconds * self.pace.beat * PLAYED_HERTZ) - before
            case _:
                return 0

    def _is_over(self, step: Step) -> bool:
        """Whether all of the current step has been played."""
        if isinstance(step, Words | Cue):
            return self._has_begun and self._sounded_bytes >= len(self._sound)
        return self._has_begun and self._rested_bytes >= self._silence_bytes(step)

    def _take(self, room: int) -> bytes:
        piece = self._sound[self._sounded_bytes : self._sounded_bytes + room]
        self._sounded_bytes += len(piece)
        return piece

    def _leave_sentence(self) -> None:
        """What is sounding, or held, won't be said to its end."""
        step = self._steps[self._at] if self._at < len(self._steps) else None
        if isinstance(step, Words) and self._has_begun and self._sounded_bytes < self._sentence_bytes:
            self.broken_off = BrokenOff(step.text, self._sounded_bytes / self._sentence_bytes)

    def _leave_aside(self) -> None:
        """What was said beside what is held is over; it fades out as all that is broken off."""
        if self._aside is not None:
            self._aside.stop()
            self._fading, self.broken_off = self._aside._fading, self._aside.broken_off
            self._aside = None

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


def _softened(frame: Frame, before: float, gain: float) -> Frame:
    """From one gain to the other within the frame: a sudden change would click."""
    samples = array("h", frame)
    change = (gain - before) / len(samples)
    if change == 0:
        return array("h", (round(sample * gain) for sample in samples)).tobytes()
    softened = (round(sample * (before + change * i)) for i, sample in enumerate(samples, start=1))
    return array("h", softened).tobytes()
