"""Days and lengths of time, as one person says them to another.

In: a language, dates and seconds. Out: words to fill into a sentence. Pure.
"""

from datetime import date

from voicejournal.dialogue.language import Language


def day(language: Language, then: date, today: date) -> str:
    """ "today", "yesterday", "Monday", "the third of May", and the year when it is another one."""
    days = (today - then).days
    time, calendar = language.time, language.calendar
    if days == 0:
        return time["today"]
    if days == 1:
        return time["yesterday"]
    weekday = calendar.weekdays[then.weekday()]
    if 1 < days < 7:
        return time["weekday"].format(weekday=weekday)
    key = "date" if then.year == today.year else "date_year"
    month, ordinal = calendar.months[then.month - 1], calendar.ordinals[then.day - 1]
    return time[key].format(weekday=weekday, month=month, ordinal=ordinal, year=then.year)


def length(language: Language, seconds: float) -> str:
    """ "less than a minute", "four minutes", "two hours and five minutes"; whole minutes, rounded."""
    if seconds < 60:
        return language.time["moment"]
    hours, minutes = divmod(round(seconds / 60), 60)
    if hours == 0:
        return _minutes(language, minutes)
    spoken_hours = _hours(language, hours)
    if minutes == 0:
        return spoken_hours
    return language.time["hours_minutes"].format(hours=spoken_hours, minutes=_minutes(language, minutes))


def number(language: Language, count: int) -> str:
    """In words as far as the language's list goes, then in figures."""
    numbers = language.calendar.numbers
    return numbers[count] if 0 <= count < len(numbers) else str(count)


def _hours(language: Language, count: int) -> str:
    return language.time["one_hour"] if count == 1 else _counted(language, "hours", count)


def _minutes(language: Language, count: int) -> str:
    return language.time["one_minute"] if count == 1 else _counted(language, "minutes", count)


def _counted(language: Language, key: str, count: int) -> str:
    return language.time[key].format(count=number(language, count))
