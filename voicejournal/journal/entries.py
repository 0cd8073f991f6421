"""One journal entry, as the store keeps it and the person sees it.

In: nothing. Out: `Entry` and the words that describe it. Pure.
An entry's text is the person's own words; nothing here rewrites them.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Tag = Literal["mood", "dream", "experiment"]
TAGS: tuple[Tag, ...] = ("mood", "dream", "experiment")
TagSource = Literal["spoken", "inferred", "asked", "changed"]
EntryState = Literal["open", "closed", "written"]
"""open: being spoken. closed: all sound kept, words still missing. written: words kept too."""


@dataclass(frozen=True)
class Entry:
    """One entry. Datetimes are aware."""

    id: str
    """Sortable and short enough to say or type: `261122-001` is the first of 22 November 2026."""
    started_at: datetime
    ended_at: datetime | None
    tag: Tag | None
    tag_source: TagSource | None
    tag_reason: str | None
    """In plain words, such as: you said: I dreamt."""
    text: str
    seconds: float
    """Length of the kept sound from first to last kept frame, pauses included."""
    language: str
    recognizer: str
    state: EntryState
    for_therapist: bool = False
