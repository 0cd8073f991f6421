"""About how long steps take, counted before they are spoken."""

import pytest

from voicejournal.speaking.lengths import counted_seconds, step_seconds
from voicejournal.speaking.steps import Beat, Choice, Cue, Fork, OptionalBegins, Pace, Recorded, Rest, Way, Words

MINUTE = Words("one two three four " * 37)


def test_words_and_syllables_are_counted_and_rests_added() -> None:
    assert counted_seconds([MINUTE, Rest(30)]) == pytest.approx(90)
    assert counted_seconds([Words("가나다라마 " * 48)]) == pytest.approx(60)
    assert counted_seconds([Words("one " * 148, 0.8)]) == pytest.approx(75)


def test_what_was_recorded_is_as_long_as_it_is() -> None:
    assert counted_seconds([Words("one", recorded=Recorded("e", 1.5, 4.0))], Pace(0.8)) == 2.5


def test_a_beat_is_what_is_left_of_it_after_the_words() -> None:
    assert step_seconds([MINUTE, Beat(100)]) == pytest.approx([60, 40])
    assert step_seconds([MINUTE, Rest(10), Beat(100), Beat(120)]) == pytest.approx([60, 10, 30, 20])
    assert step_seconds([MINUTE, Beat(30)]) == pytest.approx([60, 0])


def test_pace_stretches_words_and_silences() -> None:
    assert counted_seconds([MINUTE, Rest(30), Beat(100)], Pace(0.8, 2)) == pytest.approx(75 + 60 + 15)


def test_a_choice_is_as_long_as_the_way_that_silence_takes() -> None:
    ways = (Way(("a",), (Rest(20),)), Way(("b",), (Rest(50),)))
    assert counted_seconds([Choice((Rest(8),), ways), OptionalBegins()]) == 28
    assert counted_seconds([Fork(ways), Cue("falling")]) == pytest.approx(20.22)
