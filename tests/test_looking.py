"""What was looked for is told whole, so that a day or a word that was misheard is noticed."""

from datetime import date

import pytest

from voicejournal.dialogue.looking import looked_for, looked_on
from voicejournal.journal.queries import EVER, Query, Span
from voicejournal.languages import language_of

ENGLISH, KOREAN = language_of("en"), language_of("ko")
TODAY = date(2026, 11, 26)
MONDAY, TUESDAY, SUNDAY = date(2026, 11, 16), date(2026, 11, 17), date(2026, 11, 22)
MARCH = date(2025, 3, 1)


@pytest.mark.parametrize(
    ("query", "told"),
    [
        (Query(), "entries"),
        (Query("dream", span=Span(MONDAY, SUNDAY)), "dreams"),
        (Query("mood", about="my mother"), "moods with the words my mother"),
        (Query(for_therapist=True), "entries for your therapist"),
    ],
)
def test_kind_and_words_are_told(query: Query, told: str) -> None:
    assert looked_for(ENGLISH, query) == told


@pytest.mark.parametrize(
    ("span", "told"),
    [
        (EVER, ""),
        (Span(MONDAY, SUNDAY), "From Monday the sixteenth to Sunday the twenty-second of November."),
        (Span(MONDAY, MONDAY), "On Monday the sixteenth of November."),
        (Span(MONDAY, TUESDAY, is_night=True), "On the night of Monday the sixteenth of November, until noon."),
        (Span(MONDAY), "Since Monday the sixteenth of November."),
        (Span(None, SUNDAY), "Up to Sunday the twenty-second of November."),
        (Span(MARCH), "Since the first of March 2025."),
        (Span(MARCH, date(2025, 3, 31)), "From the first to the thirty-first of March 2025."),
        (
            Span(date(2026, 10, 31), MONDAY),
            "From Saturday the thirty-first of October to Monday the sixteenth of November.",
        ),
        (Span(MARCH, MONDAY), "From the first of March 2025 to Monday the sixteenth of November."),
    ],
)
def test_the_days_are_told_in_a_sentence_of_their_own(span: Span, told: str) -> None:
    assert looked_on(ENGLISH, span, TODAY) == told


def test_it_is_told_in_korean() -> None:
    assert looked_for(KOREAN, Query("dream", about="엄마")) == "“엄마” 들어간 꿈 일기를"
    assert looked_on(KOREAN, Span(MONDAY, SUNDAY), TODAY) == "11월 16일 월요일부터 11월 22일 일요일까지요."
    night = Span(MONDAY, TUESDAY, is_night=True)
    assert looked_on(KOREAN, night, TODAY) == "11월 16일 월요일 밤부터 다음 날 낮 열두 시까지요."
