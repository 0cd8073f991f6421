"""What was looked for, inside a sentence: "dreams from Monday the sixteenth to Sunday the twenty-second".

In: a language and a query. Out: words. Pure.
"""

from datetime import date

from voicejournal.dialogue.language import Language
from voicejournal.journal.queries import Query, Span


def looked_for(language: Language, query: Query, today: date) -> str:
    """All that was understood, so that a word that was misheard is noticed."""
    named = language.searches.named
    what = named[query.tag or "none"]
    if query.for_therapist:
        what = named["for_therapist"].format(what=what)
    if query.about:
        what = named["about"].format(what=what, about=query.about)
    return _with_days(language, what, query.span, today)


def _with_days(language: Language, what: str, span: Span, today: date) -> str:
    named, first, last = language.searches.named, span.first, span.last
    if first is None:
        return what if last is None else named["until"].format(what=what, last=_day(language, last, today))
    if last is None:
        return named["since"].format(what=what, first=_day(language, first, today))
    if span.is_night:
        return named["night"].format(what=what, first=_day(language, first, today))
    if first == last:
        return named["on"].format(what=what, first=_day(language, first, today))
    is_one_month = (first.year, first.month) == (last.year, last.month)
    begun = _day(language, first, last if is_one_month else today, "day" if is_one_month else "day_month")
    return named["between"].format(what=what, first=begun, last=_day(language, last, today))


def _day(language: Language, day: date, today: date, key: str = "day_month") -> str:
    """With its year, where that is another one."""
    calendar = language.calendar
    return language.searches.named[key if day.year == today.year else "day_year"].format(
        weekday=calendar.weekdays[day.weekday()],
        ordinal=calendar.ordinals[day.day - 1],
        month=calendar.months[day.month - 1],
        year=day.year,
    )
