"""The silences of a script as they are heard, against those it asks for.

In: steps, and the sound that was made of them. Out: seconds. Pure but for numpy.
Rests that follow each other are one silence to the ear; a beat is heard from one beginning of words to the next.
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any

import numpy

from voicejournal.speaking.routes import unfold
from voicejournal.speaking.steps import Beat, Rest, Step, Words

AUDIBLE = 10 ** (-50 / 20)
"""Where a sound begins and ends (design §7)."""

PEAK_SECONDS = 0.001
"""A window this short is judged by its peak, longer ones by their root mean square."""

EXACT = 6
"""Places behind the point: a difference of whole windows is one."""

LEAST_SECONDS = 0.9
"""Shorter silences may be inside a sentence: the natural voice rests 0.8 s at a comma. Ours last 1 s or more."""


def unfolded(steps: Iterable[Step]) -> list[Step]:
    """What is played of them to somebody who says nothing: each choice goes its first way."""
    queue = list(steps)
    index = 0
    while index < len(queue):
        unfold(queue, index)
        index += 1
    return queue


def silences(sound: Any, hertz: int, window_seconds: float) -> list[tuple[float, float]]:
    """Beginning and end, in seconds, of every silence between two sounds that is long enough for a rest."""
    size = round(window_seconds * hertz)
    windows = sound[: len(sound) // size * size].reshape(-1, size)
    is_peak = window_seconds <= PEAK_SECONDS
    heights = abs(windows).max(axis=1) if is_peak else numpy.sqrt(numpy.mean(windows**2, axis=1))
    audible = numpy.flatnonzero(heights > AUDIBLE)
    gaps = [((one + 1) * window_seconds, other * window_seconds) for one, other in pairwise(audible)]
    return [(float(begin), float(end)) for begin, end in gaps if end - begin >= LEAST_SECONDS]


def rests_off(steps: Iterable[Step], sound: Any, hertz: int, window_seconds: float) -> list[float] | None:
    """For what lies between every two sentences, by how many seconds it differs from the script, as heard.

    None when there are not as many silences as there are places for them.
    """
    played = unfolded(steps)
    sentences = [index for index, step in enumerate(played) if isinstance(step, Words)]
    between = [played[one + 1 : other] for one, other in pairwise(sentences)]
    heard = silences(sound, hertz, window_seconds)
    if len(heard) != len(between):
        return None
    begins = [0.0, *(end for _, end in heard)]
    return [
        _off(steps_between, heard[number], begins[number + 1] - begins[number])
        for number, steps_between in enumerate(between)
    ]


def _off(between: Sequence[Step], silence: tuple[float, float], from_cue_to_cue: float) -> float:
    beats = [step.seconds for step in between if isinstance(step, Beat)]
    if beats:
        return round(abs(from_cue_to_cue - beats[0]), EXACT)
    wanted = sum(step.seconds for step in between if isinstance(step, Rest))
    return round(abs(silence[1] - silence[0] - wanted), EXACT)
