"""Which days are meant by "last week" or "the 3rd of march".

In: words in a language that dateparser knows, and the day of today. Out: spans of whole days. Touches: dateparser.
It is loaded when the first days are to be understood, and never before: half a second, and 17 MB.
"""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

from voicejournal.edges.customs import Customs
from voicejournal.journal.queries import Span

EARLIEST_YEAR = 1900
"""Some words come out as days of the year 1 (dateparser 1.5.0, "2025년"); nobody kept a journal then."""


class SpokenDates:
    """The `Dates` port."""

    def __init__(self, language: str, customs: Callable[[], Customs]) -> None:
        """`language`: its code, such as "en". `customs` are asked for when the first days are."""
        self._language = language
        self._customs = customs
        self._parsers: dict[date, Any] = {}
        """One for each day that was today in this run."""

    def days(self, words: str, today: date) -> Span | None:
        customs = self._customs()
        try:
            found = self._parser(today, customs).get_date_data(words)
        except (ValueError, OverflowError):  # a 31st of June, or a year that no calendar has
            return None
        if found.date_obj is None or found.date_obj.year < EARLIEST_YEAR:
            return None
        return _span(found.date_obj.date(), found.period, customs)

    def _parser(self, today: date, customs: Customs) -> Any:
        from dateparser.date import DateDataParser

        if today not in self._parsers:
            wanted = {
                "RELATIVE_BASE": datetime.combine(today, time(12)),
                "PREFER_DATES_FROM": "past",
                "DATE_ORDER": customs.date_order,
                "PREFER_LOCALE_DATE_ORDER": False,
                # Else it looks for the machine's own time zone, and warns where there is none.
                "TIMEZONE": "UTC",
                "RETURN_AS_TIMEZONE_AWARE": False,
            }
            self._parsers = {today: DateDataParser(languages=[self._language], settings=wanted)}
        return self._parsers[today]


def _span(day: date, period: str, customs: Customs) -> Span:
    """The whole of the period that the day lies in: "last week" is the calendar's week before this one."""
    match period:
        case "week":
            first = day - timedelta(days=(day.weekday() - customs.first_weekday) % 7)
            return Span(first, first + timedelta(days=6))
        case "month":
            first = day.replace(day=1)
            following = (first + timedelta(days=31)).replace(day=1)
            return Span(first, following - timedelta(days=1))
        case "year":
            return Span(day.replace(month=1, day=1), day.replace(month=12, day=31))
        case _:
            return Span(day, day)
