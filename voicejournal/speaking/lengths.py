"""About how long steps take, before any voice has spoken them.

In: steps, and a pace. Out: seconds. Pure.
Words are counted, silences are added as they are; a choice is counted along the way that silence takes.
"""

from collections.abc import Iterable

from voicejournal.speaking.cues import NOTE_SECONDS
from voicejournal.speaking.steps import Beat, Choice, Cue, Fork, Pace, Rest, Step, Words

WORDS_PER_MINUTE = 148
"""The voice's own pace, in the middle of R10's 140 to 155, which listeners understood best; English words."""

SYLLABLES_PER_MINUTE = 240
"""Korean is counted by syllables, for a word with its endings may be long (our scripts, espeak-ng: 233 to 241)."""

USUAL = Pace()


def counted_seconds(steps: Iterable[Step], pace: Pace = USUAL) -> float:
    """About how long the steps take."""
    return sum(step_seconds(steps, pace))


def step_seconds(steps: Iterable[Step], pace: Pace = USUAL) -> list[float]:
    """About how long each step takes; a choice is as long as its offer and its first way."""
    lengths: list[float] = []
    since_sentence = 0.0
    for step in steps:
        match step:
            case Words():
                seconds = spoken_seconds(step, pace)
                since_sentence = 0.0
            case Rest():
                seconds = step.seconds * pace.rest
            case Beat():
                seconds = max(0.0, step.seconds * pace.beat - since_sentence)
            case Cue():
                seconds = 2 * NOTE_SECONDS
            case Choice():
                seconds = counted_seconds((*step.offer, *step.ways[0].steps), pace)
            case Fork():
                seconds = counted_seconds(step.ways[0].steps, pace)
            case _:
                seconds = 0.0
        lengths.append(seconds)
        since_sentence += seconds
    return lengths


def spoken_seconds(words: Words, pace: Pace = USUAL) -> float:
    """About how long these words take; what was recorded is as long as it is."""
    if words.recorded is not None:
        return words.recorded.end_seconds - words.recorded.start_seconds
    hangul = sum("가" <= letter <= "힣" for letter in words.text)
    minutes = hangul / SYLLABLES_PER_MINUTE or len(words.text.split()) / WORDS_PER_MINUTE
    return 60 * minutes / pace.of(words)
