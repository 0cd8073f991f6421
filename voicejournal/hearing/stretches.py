"""Where voice begins and ends in a row of ticks.

In: for each tick, how probable speech is. Out: `VoiceStarted` and `StretchEnded`. Pure.
Counts ticks only: the same probabilities give the same stretches, and no tick is in two of them.
"""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field

from voicejournal.hearing.frames import seconds, ticks

ON_PROBABILITY = 0.5
"""Silero's own threshold; on kitchens and machines v6.2 passes it for at most 0.1 s at a time (measured)."""

OFF_PROBABILITY = 0.2
"""Below Silero's advice of 0.35: with 0.7 s to wait it costs nothing, and a fading whisper is heard to its end."""

FAINT_PROBABILITY = 0.2
FAINT_WEIGHT = 0.2
"""A whisper hovers below the threshold: 0.6 s of that begin a stretch as well. Of 14 made whispers all were
heard (without this, not all), at the price of one stretch of 0.5 s in ten minutes of recorded noise."""

RISING_PROBABILITY = 0.15
"""A quiet onset climbs for a while before it is certain; the stretch begins where the climb began."""

CONFIRM_TICKS = ticks(0.12)
"""Four windows of Silero: one more than the longest false alarm on recorded noise (0.1 s)."""

NOBODY_SECONDS = 0.5
"""Without words, and with less certain voice than this, it was a cough, a door or a machine, and nobody spoke."""

ROUNDING = 1e-6
"""Faint ticks add up in floating point."""

SILENCE_TICKS = ticks(0.7)
"""A command has this much silence on both sides (design §6), so this is what parts two stretches."""

LONGEST_TICKS = ticks(26)
"""With half a second on each side a stretch stays under Whisper's window (28 s of 30)."""

CUT_SEARCH_TICKS = ticks(6)
"""A voice that never pauses is cut in the longest gap of its last six seconds."""

EARLIEST_ONSET_TICKS = ticks(0.7)
"""How far back a rising onset may reach; with its padding this fits the pre-roll of 1.2 s."""


@dataclass(frozen=True)
class Stretch:
    """Ticks of voice, with silence around them. `end_tick` is the first one after the voice."""

    start_tick: int
    end_tick: int
    voiced_ticks: int
    """Ticks of it in which voice was more likely than its fading."""
    clear_ticks: int
    """Voiced ticks in which the program itself was not speaking, nor just had been."""
    is_cut: bool = False
    """True when the voice does not pause at one of the ends: part of something longer, so never a command."""
    certain_ticks: int = field(default=0, compare=False)
    """Voiced ticks that were above the threshold; a whisper may have few, noise has fewer."""

    @property
    def seconds(self) -> float:
        return seconds(self.end_tick - self.start_tick)

    @property
    def certain_seconds(self) -> float:
        return seconds(self.certain_ticks)


@dataclass(frozen=True)
class VoiceStarted:
    """Somebody is speaking, since `start_tick`."""

    start_tick: int


@dataclass(frozen=True)
class StretchEnded:
    """The voice paused long enough, or was cut for length."""

    stretch: Stretch


@dataclass(frozen=True)
class Counts:
    """How many ticks were what; see `Stretch`."""

    voiced: int = 0
    clear: int = 0
    certain: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(self.voiced + other.voiced, self.clear + other.clear, self.certain + other.certain)

    def __sub__(self, other: "Counts") -> "Counts":
        return Counts(self.voiced - other.voiced, self.clear - other.clear, self.certain - other.certain)


class StretchFinder:
    """Feed it one probability a tick."""

    def __init__(self) -> None:
        self.tick = 0
        self._in_voice = False
        self._evidence = 0.0
        """Ticks of voice over ticks of none, until it is enough to believe."""
        self._start = 0
        """First tick of the voice; in silence, of the ticks that are the evidence for one."""
        self._rising_since: int | None = None
        self._last_voiced = 0
        self._counts = Counts()
        """Of the voice that is there now."""
        self._continues_cut = False
        self._recent: deque[tuple[float, bool]] = deque(maxlen=CUT_SEARCH_TICKS)
        """Probability of each of the last ticks, and whether the tick was clear."""

    @property
    def voice_start(self) -> int | None:
        """Where the voice that is there now began; None in silence."""
        return self._start if self._in_voice else None

    def end_now(self) -> StretchEnded | None:
        """Somebody pressed a key: do not wait for the silence after the voice; None without a voice."""
        return self._end() if self._in_voice else None

    def feed(
        self, probability: float, is_clear: bool = True, is_quiet: bool = True
    ) -> VoiceStarted | StretchEnded | None:
        """One tick more. `is_clear` is False while the program's own voice may be what is heard; `is_quiet` also
        while a cue may be: its echo is faintly like a voice, so nothing faint begins a stretch then.
        """
        self._recent.append((probability, is_clear))
        event = self._go_on(probability, is_clear) if self._in_voice else self._wait(probability, is_quiet)
        self.tick += 1
        return event

    def _wait(self, probability: float, is_quiet: bool) -> VoiceStarted | None:
        if probability < RISING_PROBABILITY:
            self._rising_since = None
        elif self._rising_since is None:
            self._rising_since = self.tick
        if probability >= (FAINT_PROBABILITY if is_quiet else ON_PROBABILITY):
            if self._evidence == 0:
                self._start = self.tick
            self._evidence += 1 if probability >= ON_PROBABILITY else FAINT_WEIGHT
        else:
            self._evidence = max(0.0, self._evidence - 1)
        if self._evidence < CONFIRM_TICKS - ROUNDING:
            return None
        onset = self._start if self._rising_since is None else min(self._start, self._rising_since)
        self._start = max(onset, self.tick - EARLIEST_ONSET_TICKS)
        self._counts = _counted(list(self._recent)[self._start - self.tick - 1 :])
        self._in_voice = True
        self._last_voiced = self.tick
        return VoiceStarted(self._start)

    def _go_on(self, probability: float, is_clear: bool) -> StretchEnded | None:
        if probability < OFF_PROBABILITY:
            return self._end() if self.tick - self._last_voiced >= SILENCE_TICKS else None
        self._last_voiced = self.tick
        self._counts += _counted([(probability, is_clear)])
        # Only cut while there is voice: a gap at the very end may still turn out to be the end of the stretch.
        return self._cut() if self.tick + 1 - self._start >= LONGEST_TICKS else None

    def _end(self) -> StretchEnded:
        stretch = _stretch(self._start, self._last_voiced + 1, self._counts, self._continues_cut)
        self._in_voice = False
        self._evidence = 0.0
        self._rising_since = None
        self._continues_cut = False
        return StretchEnded(stretch)

    def _cut(self) -> StretchEnded:
        """End the stretch where a word is least likely to be; what came after that begins the next one."""
        recent = list(self._recent)
        after = recent[_place_to_cut([probability for probability, _ in recent]) :]
        counts_after, cut_tick = _counted(after), self.tick + 1 - len(after)
        stretch = _stretch(self._start, cut_tick, self._counts - counts_after, is_cut=True)
        self._start, self._counts = cut_tick, counts_after
        self._continues_cut = True
        return StretchEnded(stretch)


def _counted(ticks_of_voice: Sequence[tuple[float, bool]]) -> Counts:
    """What these ticks are, by their probability and whether they are clear."""
    voiced = [is_clear for probability, is_clear in ticks_of_voice if probability >= OFF_PROBABILITY]
    certain = sum(probability >= ON_PROBABILITY for probability, _ in ticks_of_voice)
    return Counts(len(voiced), sum(voiced), certain)


def _stretch(start_tick: int, end_tick: int, counts: Counts, is_cut: bool) -> Stretch:
    return Stretch(start_tick, end_tick, counts.voiced, counts.clear, is_cut, counts.certain)


def _place_to_cut(probabilities: Sequence[float]) -> int:
    """The middle of the longest gap; without a gap, after the quietest tick. The last tick is voice, and stays."""
    gaps, start = [], 0
    for end, probability in enumerate(probabilities):
        if probability >= OFF_PROBABILITY:
            gaps.append((start, end))
            start = end + 1
    first, end = max(gaps, key=lambda gap: gap[1] - gap[0])
    if end > first:
        return (first + end + 1) // 2
    return 1 + min(range(len(probabilities) - 1), key=probabilities.__getitem__)
