"""Days and lengths as a person says them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicejournal.dialogue import times
from voicejournal.languages import language_of

ENGLISH, KOREAN = (language_of(code) for code in ("en", "ko"))
SUNDAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("days", "english", "korean"),
    [
        (0, "today", "오늘"),
        (1, "yesterday", "어제"),
        (6, "Monday", "지난 월요일"),
        (7, "the fifteenth of November", "11월 15일"),
        (365, "the twenty-second of November 2025", "2025년 11월 22일"),
    ],
)
def test_days(days: int, english: str, korean: str) -> None:
    then = SUNDAY - timedelta(days=days)
    assert times.day(ENGLISH, then, SUNDAY) == english
    assert times.day(KOREAN, then, SUNDAY) == korean


def test_a_day_that_has_not_come_yet_is_a_date() -> None:
    """A clock may have been put right between two runs."""
    assert times.day(ENGLISH, SUNDAY + timedelta(days=2), SUNDAY) == "the twenty-fourth of November"


@pytest.mark.parametrize(
    ("seconds", "english", "korean"),
    [
        (0, "less than a minute", "1분 미만"),
        (59.9, "less than a minute", "1분 미만"),
        (60, "one minute", "1분"),
        (240, "four minutes", "4분"),
        (25 * 60, "25 minutes", "25분"),
        (3599, "one hour", "1시간"),
        (2 * 3600 + 60, "two hours and one minute", "2시간 1분"),
    ],
)
def test_lengths(seconds: float, english: str, korean: str) -> None:
    assert times.length(ENGLISH, seconds) == english
    assert times.length(KOREAN, seconds) == korean


@given(st.floats(0, 10**6), st.integers(-4000, 4000))
def test_any_length_and_day_can_be_said(seconds: float, days: int) -> None:
    for language in (ENGLISH, KOREAN):
        assert times.length(language, seconds).strip()
        assert times.day(language, SUNDAY - timedelta(days=days), SUNDAY).strip()
