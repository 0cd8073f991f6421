"""What was looked for, inside a sentence, and on which days, as one: "From Monday the first to Sunday the seventh."

In: a language and a query. Out: words. Pure.
"""

from datetime import date

from voicejournal.dialogue.language import Language
from voicejournal.journal.queries import Query, Span


def looked_for(language: Language, query: Query) -> str:
    """All that was understood but the days, so that a word that was misheard is noticed."""
    named = language.searches.named
    what = named[query.tag or "none"]
    if query.for_therapist:
        what = named["for_therapist"].format(what=what)
    return named["about"].format(what=what, about=query.about) if query.about else what


def looked_on(language: Language, span: Span, today: date) -> str:
    """The days, as a sentence; nothing where all of them were looked at."""
    named, first, last = language.searches.named, span.first, span.last
    if first is None:
        return "" if last is None else named["until"].format(last=_day(language, last, today))
    if last is None:
        return named["since"].format(first=_day(language, first, today))
    if span.is_night:
        return named["night"].format(first=_day(language, first, today))
    if first == last:
        return named["on"].format(first=_day(language, first, today))
    is_one_month = (first.year, first.month) == (last.year, last.month)
    begun = _day(language, first, today, "day" if is_one_month else "day_month")
    return named["between"].format(first=begun, last=_day(language, last, today))


def _day(language: Language, day: date, today: date, key: str = "day_month") -> str:
    """With its year, where that is another one."""
    calendar = language.calendar
    return language.searches.named[key if day.year == today.year else f"{key}_year"].format(
        weekday=calendar.weekdays[day.weekday()],
        ordinal=calendar.ordinals[day.day - 1],
        month=calendar.months[day.month - 1],
        year=day.year,
    )
