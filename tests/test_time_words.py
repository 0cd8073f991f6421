"""Which words are for time, and what is made of them with somebody who knows dates."""

from datetime import date

import pytest

from voicejournal.journal.queries import Span
from voicejournal.journal.time_words import is_time, span, unmarked
from voicejournal.languages import language_of

TIME = language_of("en").searches.time
TODAY = date(2026, 11, 26)


def asked_of(words: str) -> list[str]:
    """What the library is asked, when it knows nothing."""
    asked: list[str] = []
    span(TIME, words, lambda text: asked.append(text), TODAY)
    return asked


@pytest.mark.parametrize(
    "words",
    ["last week", "on the twenty first of may", "since christmas", "two weeks ago", "3/4/2026", "2025", "the 3rd"],
)
def test_words_for_time_are_known(words: str) -> None:
    assert is_time(TIME, words)


@pytest.mark.parametrize(
    "words",
    [
        "",
        "may",
        "march",
        "second",
        "the",
        "last",
        "two",
        "last week she called",
        "mother",
        "sun",
        "my mother last week",
    ],
)
def test_other_words_are_never_taken_for_time(words: str) -> None:
    assert not is_time(TIME, words)


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        ("since christmas", "25 december"),
        ("on the third of march", "the 3th of march"),
        ("the twenty first of may", "the 21th of may"),
        ("in the last two weeks", "two weeks ago"),
        ("the past week", "1 week ago"),
        ("a week ago", "1 week ago"),
        ("last weekend", "saturday"),
    ],
)
def test_the_library_is_asked_in_words_that_it_knows(words: str, asked: str) -> None:
    assert asked in asked_of(words)


def test_days_to_come_are_none_and_days_that_go_on_are_open() -> None:
    tomorrow, monday = Span(date(2026, 11, 27), date(2026, 11, 27)), date(2026, 11, 23)
    assert span(TIME, "friday", lambda text: tomorrow, TODAY) is None
    assert span(TIME, "this week", lambda text: Span(monday, date(2026, 11, 29)), TODAY) == Span(monday)
    assert span(TIME, "today", lambda text: Span(TODAY, TODAY), TODAY) == Span(TODAY, TODAY)


def test_marks_of_a_recogniser_do_not_count() -> None:
    assert unmarked("What's that,  Twenty-First? 2026-11-01!") == "whats that twenty first 2026-11-01"
