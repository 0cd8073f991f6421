"""Which words name days, and how they are put to somebody who knows dates.

In: a table of words, words that were heard, and a function that knows dates. Out: spans of days. Pure.
Words are asked about only if each of them is a word for time: "may" and "sun" alone are names, or nothing.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from voicejournal.journal.queries import Span

Days = Callable[[str], Span | None]
"""Knows the days that are meant by words in the library's own wording; None when they mean none."""

DAY = timedelta(days=1)

_MARKS = ".,?!;:…\"“”‘’'()"
_NUMBER = re.compile(r"\d{1,4}(?:[-/.]\d{1,4}){0,2}")
"""A day, a year, or a date in figures."""


@dataclass(frozen=True)
class TimeWords:
    """The `time` table of `search.toml`."""

    names: frozenset[str]
    """Words that name days; a time has at least one of them, or a number."""
    more: frozenset[str]
    """Words that may stand beside them."""
    never_alone: frozenset[str]
    """Names that mean something else as well: "may", "march"."""
    just_over: frozenset[str]
    """Times of which a question is how a person begins to tell."""
    endings: tuple[str, ...]
    """What may hang at the end of such a word: "3rd", "2주"."""
    since: tuple[str, ...]
    """Frames for those days and all after; {} stands for the days."""
    within: tuple[str, ...]
    """Frames for a length of time until now, and..."""
    ago: str
    """...how the library is asked when it began."""
    before: tuple[str, ...]
    until: tuple[str, ...]
    """Frames for those days and all before, as said: "until yesterday" has yesterday in it."""
    between: tuple[str, ...]
    """Frames with two days in them."""
    at: tuple[str, ...]
    """Frames for the days themselves; the first that fits and is understood counts, as in each of these."""
    instead: Mapping[str, str]
    """Words that the library does not know, in words that it does."""
    in_last_week: tuple[str, ...]
    """Frames for one day of the week before this one, and..."""
    last_week: str
    """...how the library is asked for that week."""
    nights: Mapping[str, str]
    """Frames for a night, and the day in whose evening it begins."""
    nights_to: tuple[str, ...]
    """Frames for a night, of which the last {} stands for the day that it ends on."""
    weekends: frozenset[str]
    """Words for two days, of which the library is asked for..."""
    saturday: str
    """...the first."""


@dataclass(frozen=True)
class CalendarWords:
    """What a language calls the parts of its calendar."""

    names: Sequence[str]
    """Weekdays and months."""
    ordinals: Sequence[str]
    """Days of a month, from the first."""
    numbers: Sequence[str]


def read_time_words(calendar: CalendarWords, table: Mapping[str, Any]) -> TimeWords:
    """Raises: KeyError."""
    counted = enumerate(calendar.ordinals, start=1) if table["ordinal"] else ()
    instead = {unmarked(word): table["ordinal"].format(number) for number, word in counted} | table["instead"]
    named = " ".join((*calendar.names, *instead, table["names"], *table["weekends"]))
    more = frozenset((*table["more"].split(), *calendar.numbers))
    frames = {
        name: tuple(table[name])
        for name in ("since", "within", "before", "until", "between", "at", "in_last_week", "nights_to", "endings")
    }
    return TimeWords(
        names=frozenset(unmarked(named).split()) - more,
        more=more,
        never_alone=frozenset(table["never_alone"].split()),
        ago=table["ago"],
        instead=instead,
        just_over=frozenset(table["just_over"]),
        last_week=table["last_week"],
        nights=table["nights"],
        weekends=frozenset(table["weekends"]),
        saturday=table["saturday"],
        **frames,
    )


def unmarked(text: str) -> str:
    """Lower case words, one space between them, without the marks that a recogniser may or may not write."""
    parted = re.sub(r"(?<=[^\W\d])-(?=[^\W\d])", " ", text.lower())
    bare = (re.sub(r"['’]", "", word.strip(_MARKS)) for word in parted.split())
    return " ".join(word for word in bare if word)


def is_time(time: TimeWords, text: str) -> bool:
    """Whether these words, all of them, are of those that name days."""
    words = [_bare(time, word) for word in text.split()]
    if len(words) == 1 and words[0] in time.never_alone:
        return False
    names = [word for word in words if word in time.names or _NUMBER.fullmatch(word)]
    return bool(names) and len(names) + sum(word in time.more for word in words) == len(words)


def _bare(time: TimeWords, word: str) -> str:
    """The word without what hangs at its end."""
    while word not in time.names and word not in time.more:
        ending = next((end for end in time.endings if word.endswith(end) and word != end), None)
        if ending is None:
            break
        word = word.removesuffix(ending)
    return word


def span(time: TimeWords, when: str, days: Days, today: date) -> Span | None:
    """The days that are meant; None when nobody can tell, or they are still to come."""
    found = _span(time, unmarked(when), lambda text: _days(time, text, days))
    if found is None or (found.first is not None and found.first > today):
        return None
    if found.is_night:
        # One that begins today may have begun yesterday: before dawn that is tonight as well.
        return Span(today, today) if found.first == today else found
    is_running = found.first != today and found.last is not None and found.last >= today
    return Span(found.first, None) if is_running else found


def _span(time: TimeWords, when: str, days: Days) -> Span | None:
    """By the first frame that fits and is understood; the narrower ones come before."""

    def began(length: str) -> Span | None:
        return days(time.ago.format(length))

    def ends_at(text: str) -> Span | None:
        return _night_to(time, text, days)

    meanings: tuple[tuple[tuple[str, ...], Days, Callable[..., Span | None]], ...] = (
        (time.at, ends_at, lambda found: found),  # "from the night to Monday" is no time between two
        (time.between, days, _between),
        (time.since, days, lambda found: Span(found.first)),
        (time.within, began, lambda found: Span(found.first)),
        (time.until, days, _until),  # in Korean "two weeks ago" ends as "before" does
        (time.before, days, lambda found: Span(None, found.first - DAY)),
        (time.at, days, lambda found: found),
    )
    for frames, known, meaning in meanings:
        for frame in frames:
            found = _inside(frame, when, known)
            meant = meaning(*found) if found else None
            if meant is not None:
                return meant
    return None


def _until(found: Span) -> Span:
    """With its last day; with the evening of a night."""
    return Span(None, found.first if found.is_night else found.last)


def _between(earlier: Span, later: Span) -> Span | None:
    """None where it would end before it begins: the day that was last of that name is not the one that is meant."""
    is_reversed = earlier.first is not None and later.last is not None and earlier.first > later.last
    return None if is_reversed else Span(earlier.first, later.last)


def _inside(frame: str, when: str, days: Days) -> list[Span]:
    """What each {} of the frame stands for; nothing when it does not fit, or one of them means no day."""
    fits = _fits(frame, when)
    spans = [days(inner) for inner in fits.groups()] if fits else []
    found = [one for one in spans if one is not None]
    return found if len(found) == len(spans) else []


def _fits(frame: str, words: str) -> re.Match[str] | None:
    return re.fullmatch(re.escape(frame).replace(r"\{\}", "(.+?)"), words)


def _days(time: TimeWords, text: str, days: Days) -> Span | None:
    """A weekend, a night, a day of last week; or what the library makes of it."""
    if text in time.weekends:
        saturday = days(time.saturday)
        return None if saturday is None or saturday.first is None else Span(saturday.first, saturday.first + DAY)

    def known(words: str) -> Span | None:
        return days(_in_known_words(time, words))

    def of_last_week(words: str) -> Span | None:
        return _day_of_last_week(time, words, known) or known(words)

    return _night(time, text, of_last_week) or of_last_week(text)


def _in_known_words(time: TimeWords, text: str) -> str:
    # Longest first: "twenty first" is not "twenty" and "first".
    known = "|".join(map(re.escape, sorted(time.instead, key=len, reverse=True)))
    return re.sub(rf"(?<!\S)(?:{known})(?!\S)", lambda found: time.instead[found.group()], text)


def _night(time: TimeWords, text: str, days: Days) -> Span | None:
    """From the evening of the day that is named; None when this is no night."""
    for frame, evening in time.nights.items():
        fits = _fits(frame, text)
        day = _one_day(_span(time, evening.format(*fits.groups()), days)) if fits else None
        if day is not None:
            return Span(day, day + DAY, is_night=True)
    return None


def _night_to(time: TimeWords, text: str, days: Days) -> Span | None:
    """Until the day that is named; None when this is no night."""
    for frame in time.nights_to:
        fits = _fits(frame, text)
        day = _one_day(_span(time, fits.groups()[-1], days)) if fits else None
        if day is not None:
            return Span(day - DAY, day, is_night=True)
    return None


def _day_of_last_week(time: TimeWords, text: str, days: Days) -> Span | None:
    """The Tuesday of last week: the library knows only the Tuesday that was last."""
    for frame in time.in_last_week:
        named = _inside(frame, text, days)
        day = _one_day(named[0]) if named else None
        week = days(time.last_week) if day else None
        if day is not None and week is not None and week.first is not None:
            found = week.first + (day - week.first) % (7 * DAY)
            return Span(found, found)
    return None


def _one_day(found: Span | None) -> date | None:
    return found.first if found is not None and found.first == found.last else None
