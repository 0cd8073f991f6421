"""Remembers just enough sound to give every stretch of voice its whole beginning and end.

In: a frame and its probability of speech, each tick. Out: `VoiceStarted`, `StretchEnded`, and recent sound.
Pure. Holds at most the pre-roll and one stretch, however long it listens.
"""

from collections import deque
from itertools import islice

from voicejournal.hearing.frames import Frame, ticks
from voicejournal.hearing.joining import Piece
from voicejournal.hearing.stretches import (
    LONGEST_TICKS,
    SILENCE_TICKS,
    Stretch,
    StretchEnded,
    StretchFinder,
    VoiceStarted,
)

PRE_ROLL_TICKS = ticks(1.2)
"""Quiet onsets are confirmed late: sound at 0.37 s, speech certain at 0.99 s seen (design §3)."""

PADDING_TICKS = ticks(0.5)
"""Left on each side of a stretch: the best of the paddings tried for Whisper (design §4)."""

HELD_TICKS = PRE_ROLL_TICKS + LONGEST_TICKS + SILENCE_TICKS


class Ear:
    """Feed it one frame a tick."""

    def __init__(self) -> None:
        self._finder = StretchFinder()
        self._frames: deque[Frame] = deque(maxlen=HELD_TICKS)
        self._last_end = 0
        """First tick that no earlier stretch's padding has used."""

    @property
    def tick(self) -> int:
        """Frames heard so far."""
        return self._finder.tick

    @property
    def is_in_voice(self) -> bool:
        return self._finder.voice_start is not None

    @property
    def voice_onset(self) -> int | None:
        """The tick from which a recogniser is to hear the voice that is there now; None in silence."""
        start = self._finder.voice_start
        return None if start is None else self._onset(start)

    @property
    def pre_roll_tick(self) -> int:
        """From where a new entry keeps sound: the pre-roll, all of a voice that is there, no earlier stretch."""
        earliest = max(self._last_end, self.tick - PRE_ROLL_TICKS)
        onset = self.voice_onset
        return earliest if onset is None else min(earliest, onset)

    def end_now(self) -> StretchEnded | None:
        """End the stretch in hand without waiting for silence; None when there is none."""
        return self._finder.end_now()

    def hear(
        self, frame: Frame, probability: float, is_clear: bool = True, is_quiet: bool = True
    ) -> VoiceStarted | StretchEnded | None:
        self._frames.append(frame)
        return self._finder.feed(probability, is_clear, is_quiet)

    def _onset(self, start_tick: int) -> int:
        return max(self._last_end, start_tick - PADDING_TICKS, self.tick - len(self._frames))

    def piece(self, stretch: Stretch) -> Piece:
        """A stretch that just ended, with padding around it.

        To be asked once for each stretch, in order: no sound is given to two stretches.
        """
        goes_on = self.is_in_voice
        first = self._onset(stretch.start_tick)
        self._last_end = min(self.tick, stretch.end_tick + (0 if goes_on else PADDING_TICKS))
        following = self.sound(self._last_end) if goes_on else b""
        return Piece(stretch, first, self.sound(first, self._last_end), following)

    def sound(self, first_tick: int, end_tick: int | None = None) -> bytes:
        """The sound of these ticks, as far as it is still held; `end_tick` None means up to now."""
        oldest = self.tick - len(self._frames)
        end = self.tick if end_tick is None else end_tick
        return b"".join(islice(self._frames, max(0, first_tick - oldest), max(0, end - oldest)))
