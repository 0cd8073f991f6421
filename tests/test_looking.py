"""What was looked for is told whole, so that a day or a word that was misheard is noticed."""

from datetime import date

import pytest

from voicejournal.dialogue.looking import looked_for
from voicejournal.finding import language_of
from voicejournal.journal.queries import Query, Span

TODAY = date(2026, 11, 26)
MONDAY, SUNDAY = date(2026, 11, 16), date(2026, 11, 22)
MARCH = date(2025, 3, 1)


@pytest.mark.parametrize(
    ("query", "told"),
    [
        (Query(), "entries"),
        (
            Query("dream", span=Span(MONDAY, SUNDAY)),
            "dreams from Monday the sixteenth to Sunday the twenty-second of November",
        ),
        (Query("mood", span=Span(MONDAY, MONDAY)), "mood entries from Monday the sixteenth of November"),
        (Query("experiment", span=Span(MONDAY)), "experiments since Monday the sixteenth of November"),
        (Query(span=Span(None, SUNDAY)), "entries up to Sunday the twenty-second of November"),
        (
            Query(span=Span(MARCH, date(2025, 3, 31))),
            "entries from Saturday the first to Monday the thirty-first of March 2025",
        ),
        (
            Query(span=Span(date(2026, 10, 31), MONDAY)),
            "entries from Saturday the thirty-first of October to Monday the sixteenth of November",
        ),
        (
            Query(for_therapist=True, about="my mother", span=Span(MARCH)),
            "entries for your therapist with the words my mother since Saturday the first of March 2025",
        ),
    ],
)
def test_all_that_was_understood_is_told(query: Query, told: str) -> None:
    assert looked_for(language_of("en"), query, TODAY) == told


def test_it_is_told_in_korean() -> None:
    query = Query("dream", about="엄마", span=Span(MONDAY, SUNDAY))
    assert (
        looked_for(language_of("ko"), query, TODAY)
        == "11월 16일 월요일부터 11월 22일 일요일까지의 “엄마” 들어간 꿈 일기를"
    )
