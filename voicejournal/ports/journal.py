"""Where entries are kept, with their sound and their words.

In: nothing. Out: the Protocol of the journal. Pure.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Protocol

from voicejournal.hearing.transcripts import KeptStretch
from voicejournal.journal.entries import Entry, Tag, TagSource
from voicejournal.journal.helped import Helped
from voicejournal.journal.queries import Found, Query


class Journal(Protocol):
    """Where entries are kept. Each call is on disk when it returns. Raises: StoreError, NotFound."""

    def open_entry(self, started_at: datetime, language: str, recognizer: str) -> str:
        """A new entry in state open; its id."""
        ...

    def keep_sound(self, entry_id: str, pcm: bytes) -> None:
        """More heard sound of an open entry: at most a quarter of a second of 16 kHz mono s16."""
        ...

    def close_entry(self, entry_id: str, ended_at: datetime, seconds: float | None = None) -> None:
        """From open to closed. With `seconds` what was kept after that point is dropped; None keeps all of it."""
        ...

    def sound_seconds(self, entry_id: str) -> float:
        """Length of the sound that is still kept of the entry."""
        ...

    def clear_stretches(self, entry_id: str, from_seconds: float) -> None:
        """Forget the words from there on, to recognise the kept sound anew."""
        ...

    def keep_stretch(self, entry_id: str, stretch: KeptStretch) -> None:
        """The words of one stretch, at any state of the entry; the same start replaces what was there."""
        ...

    def write_entry(self, entry_id: str, tag: Tag | None, source: TagSource | None, reason: str | None) -> Entry:
        """From closed to written: the text becomes the stretches not struck, in order, joined by spaces.

        The sound stays until `accept_entry`.
        """
        ...

    def accept_entry(self, entry_id: str) -> None:
        """The text is accepted: its sound is deleted, unless some stretch is doubtful or has no words."""
        ...

    def drop_entry(self, entry_id: str) -> None:
        """The entry was a command, or nothing: it goes, with sound and words."""
        ...

    def set_aside(self, entry_id: str, at: datetime) -> None:
        """Not listed, not lost: kept with its sound for 7 days from `at`."""
        ...

    def tag_entry(self, entry_id: str, tag: Tag | None, source: TagSource | None, reason: str | None) -> Entry: ...

    def reword_entry(self, entry_id: str, stretch: KeptStretch, at: datetime) -> Entry:
        """This stretch in the place of the one that begins there, the entry written, its text as its stretches say.

        Where none is in the text any more it is set aside; where one is again, it is listed.
        """
        ...

    def join_entry(self, entry_id: str, part_id: str) -> Entry:
        """The written part becomes the end of the written entry, with its stretches, its sound and its own times.

        There is no part by itself afterwards. All of it happens, or nothing.
        """
        ...

    def part_entry(self, before: Entry, part: Entry) -> Entry:
        """What was joined is parted: the entry as it was before, and the part, which is given back.

        The part has its id again, unless another entry was given it meanwhile. All of it happens, or nothing.
        """
        ...

    def mark_for_therapist(self, entry_id: str, is_marked: bool = True) -> None:
        """To be brought to the next hour with the therapist, or not any more."""
        ...

    def delete_entry(self, entry_id: str) -> None: ...

    def entry(self, entry_id: str) -> Entry: ...

    def stretches(self, entry_id: str) -> Sequence[KeptStretch]:
        """All kept stretches of the entry, struck ones too, by start."""
        ...

    def entries(
        self, tag: Tag | None = None, since: datetime | None = None, limit: int | None = None
    ) -> Sequence[Entry]:
        """Newest first; entries set aside are left out."""
        ...

    def find(self, query: Query, limit: int, skip: int = 0) -> Found:
        """Written entries that the query finds, newest first, after the newest `skip`; a day is the entry's own."""
        ...

    def corrected(self, limit: int) -> Sequence[Entry]:
        """Written entries whose kind the person changed, or told when asked: newest first, none too long ago."""
        ...

    def unfinished(self) -> Sequence[Entry]:
        """Entries that an earlier run left open or closed, oldest first; their `seconds` is their kept sound."""
        ...

    def sound(self, entry_id: str) -> Iterator[bytes]:
        """The kept sound of the entry in order, in the pieces it was kept in."""
        ...

    def sound_between(self, entry_id: str, start_seconds: float, end_seconds: float) -> bytes:
        """What is still kept of that part of its sound; seconds count from the entry's first kept frame."""
        ...

    def note_helped(self, note: Helped, at: datetime) -> None:
        """A private note of how strong it was before and after a script."""
        ...

    def helped(self) -> Sequence[Helped]:
        """All such notes, oldest first."""
        ...

    def forget_helped(self) -> None:
        """They go, and can't be found in the journal's files any more."""
        ...

    def accept_all(self, now: datetime, kept_days: int = 0, but: Sequence[str] = ()) -> None:
        """What was left written is accepted, what was set aside over 7 days ago goes: at start, or as it is asked.

        With `kept_days` what was spoken within so many days waits; and so do the entries `but` these.
        """
        ...

    def close(self) -> None: ...
