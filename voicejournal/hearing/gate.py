"""A cheap level gate, so that the costly ear only wakes when something sounds.

In: the level of each frame. Out: whether this frame is worth a closer look. Pure.
It follows the quietest of the last seconds; a level near that is the room, anything above it may be a voice.
"""

from collections import deque

from voicejournal.hearing.frames import ticks

MARGIN = 3.0
"""dB over the room's own level. Steady noise strays 1 to 2 dB from frame to frame; a whisper by more."""

FLOOR = -72.0
"""dBFS; below this even a whisper close to a phone's microphone can't be (whispers measured: -46 dBFS)."""

SECTION_TICKS = ticks(1)
SECTIONS = 8
"""The room's level is the lowest smoothed level of the last 8 s: longer than anyone speaks without a gap."""

SMOOTHING = 0.2
"""Share of a new frame in the smoothed level: about 0.1 s, the length of a syllable's gap."""

HOLD_TICKS = ticks(1.5)
"""Once open it stays open: longer than the 0.7 s that end a stretch, so every stretch ends with it open."""


class LevelGate:
    """Feed it one level a tick."""

    def __init__(self) -> None:
        self._smoothed: float | None = None
        self._section: list[float] = []
        self._quietest: deque[float] = deque(maxlen=SECTIONS)
        self._open_ticks = HOLD_TICKS
        """Ticks that it will still be open; it begins open, for a voice may be there from the first frame."""

    def feed(self, level: float) -> bool:
        """Whether to look closer at this frame. `level` is in dBFS."""
        room = min(self._quietest) if self._quietest else FLOOR
        self._follow(level)
        if level > max(room + MARGIN, FLOOR):
            self._open_ticks = HOLD_TICKS
        elif self._open_ticks:
            self._open_ticks -= 1
        return self._open_ticks > 0

    def _follow(self, level: float) -> None:
        last = level if self._smoothed is None else self._smoothed
        self._smoothed = last + SMOOTHING * (level - last)
        self._section.append(self._smoothed)
        if len(self._section) == SECTION_TICKS:
            self._quietest.append(min(self._section))
            self._section.clear()
