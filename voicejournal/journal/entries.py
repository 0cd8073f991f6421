"""One journal entry, as the store keeps it and the person sees it.

In: nothing. Out: `Entry`, `KeptStretch` and the words that describe them. Pure.
An entry's text is the person's own words; nothing here rewrites them.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from voicejournal.hearing.transcripts import Word

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


@dataclass(frozen=True)
class KeptStretch:
    """Words of one stretch of voice inside an entry; seconds count from the entry's first kept frame."""

    start_seconds: float
    end_seconds: float
    text: str
    words: tuple[Word, ...] = ()
    is_doubtful: bool = False
    is_struck: bool = False
    """Taken back with "scratch that": kept, but not part of the text."""

    @property
    def is_in_text(self) -> bool:
        """It has words, or a voice whose words are in doubt, and was not taken back."""
        return not self.is_struck and (bool(self.text) or self.is_doubtful)

    def moved(self, by_seconds: float) -> "KeptStretch":
        """The same, of an entry that began so much earlier."""
        words = tuple(
            replace(word, start_seconds=word.start_seconds + by_seconds, end_seconds=word.end_seconds + by_seconds)
            for word in self.words
        )
        start, end = self.start_seconds + by_seconds, self.end_seconds + by_seconds
        return replace(self, start_seconds=start, end_seconds=end, words=words)
