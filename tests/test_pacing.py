"""Ten minutes of a script through the real playback: every rest and every beat is where the script says."""

from array import array
from itertools import pairwise

import numpy
import pytest

from voicejournal.edges.speech_markdown import load_script
from voicejournal.hearing.frames import PLAYED_HERTZ
from voicejournal.speaking.playback import Playback
from voicejournal.speaking.steps import Pace

TEN_MINUTES = """---
title: Ten minutes
---
One two three. [2s] Four five. [break:"strong"]
#[repeat:"30"]
Breathe in. [beat:"4s"]
Breathe out. [beat:"6s"]
#[end]
#[optional]
Six seven eight nine. [7.777s]
#[end]
Left, or right, as you like? [8s]
#[choice:"left"]
Left. [20s]
#[choice:"right"]
Right. [50s]
#[end]
#[repeat:"23"]
Ten eleven. [9.3217s]
#[end]
#[quiet]
Quiet now. [break:"x-strong"]
That was all.
"""

VOICES = {"quick": 0.11, "slow": 0.43, "uneven": 0.3137}
"""Seconds a word; the uneven one is never a whole number of frames."""


def drone(word_seconds: float, words: str, rate: float) -> bytes:
    """Without a silent sample in it, as long as that voice needs for the words."""
    return array("h", [1000] * round(len(words.split()) * word_seconds / rate * PLAYED_HERTZ)).tobytes()


def spans(sound: "array[int]") -> list[tuple[int, int]]:
    """First sample of every voiced span, and its length."""
    loud = numpy.concatenate(([False], numpy.array(sound) != 0, [False]))
    edges = numpy.flatnonzero(loud[1:] != loud[:-1]).reshape(-1, 2)
    return [(int(start), int(end - start)) for start, end in edges]


@pytest.mark.parametrize("pace", [Pace(), Pace(0.8, 1.5)], ids=["usual", "slower"])
@pytest.mark.parametrize("word_seconds", VOICES.values(), ids=VOICES)
def test_ten_minutes_of_rests_and_beats_do_not_drift(word_seconds: float, pace: Pace) -> None:
    script = load_script(TEN_MINUTES, "ten")
    playback = Playback(lambda words, rate: drone(word_seconds, words, rate), pace)
    playback.add(script.steps)
    sound = array("h")
    while not playback.is_idle:
        sound.frombytes(playback.next_frame().frame)
    found = spans(sound)

    sentences = 2 + 60 + 1 + 1 + 1 + 23 + 2
    assert len(found) == sentences and len(sound) > 570 * PLAYED_HERTZ
    rests = [(start + length, after) for (start, length), (after, _) in pairwise(found)]
    silences = [(after - end) / PLAYED_HERTZ / pace.rest for end, after in rests]
    for index, seconds in (
        (0, 2),
        (1, 8),
        (62, 7.777),
        (63, 8),
        (64, 20),
        *((i, 9.3217) for i in range(65, 88)),
        (88, 30),
    ):
        assert silences[index] == pytest.approx(seconds, abs=1 / PLAYED_HERTZ), index

    breath = found[2:63]
    for index in range(60):
        into = index % 2 == 0
        took = breath[index + 1][0] - breath[index][0]
        assert took == round((4 if into else 6) * pace.rest * PLAYED_HERTZ), "whatever the voice, from cue to cue"
    assert breath[60][0] - breath[0][0] == round(300 * pace.rest * PLAYED_HERTZ), "five minutes do not drift"


def test_words_that_are_longer_than_a_beat_are_not_cut() -> None:
    script = load_script('---\ntitle: Long\n---\nOne two three four. [beat:"1s"]\nFive. [1s]\nSix.', "long")
    playback = Playback(lambda words, rate: drone(0.5, words, rate))
    playback.add(script.steps)
    sound = array("h")
    while not playback.is_idle:
        sound.frombytes(playback.next_frame().frame)
    assert spans(sound)[0] == (0, round(2.5 * PLAYED_HERTZ)), "what follows begins with their end"
