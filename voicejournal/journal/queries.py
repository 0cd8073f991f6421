"""What is looked for in the journal, and what of it was found.

In: nothing. Out: `Span`, `Query`, `Found`. Pure.
A query says all that was understood, so that it can be told to whoever asked.
"""

from dataclasses import dataclass
from datetime import date

from voicejournal.journal.entries import Entry, Tag

AT_ONCE = 3
"""Entries that are named together: a list that is heard has no more (R14)."""

MOST_COUNTED = 100
"""Beyond it "more than a hundred" says as much, and counting every match of a long life takes a while."""


EVENING_HOUR = 18
"""When the night that is called after a day begins."""

NOON_HOUR = 12
"""Until when something is of the night before: a dream is told in the morning, on some days a late one [J]."""


@dataclass(frozen=True)
class Span:
    """Whole days, the first and the last one counted; None where it is open."""

    first: date | None = None
    last: date | None = None
    is_night: bool = False
    """From the evening of the first day to noon of the last, which is the day after."""


EVER = Span()


@dataclass(frozen=True)
class Query:
    """All of it has to be true of an entry."""

    tag: Tag | None = None
    for_therapist: bool = False
    words: tuple[tuple[str, ...], ...] = ()
    """Each in its forms, of which one is enough; a form that ends in * stands for all words that so begin."""
    span: Span = EVER
    about: str = ""
    """The words as they were asked for."""
    is_span_unclear: bool = False
    """Some days were named that nobody could make out, and all are searched."""


@dataclass(frozen=True)
class Found:
    """Some of what a query finds, newest first."""

    query: Query
    count: int
    """Of all that it finds, up to one more than `MOST_COUNTED`."""
    entries: tuple[Entry, ...]
    skipped: int = 0
    """Newer ones that were named before."""

    @property
    def has_older(self) -> bool:
        """There are more than those named so far."""
        return self.count > MOST_COUNTED or self.count > self.skipped + len(self.entries)
