"""Entries that are spoken while the journal is locked: whoever has the key can read them, and we can't until then.

In: what is heard. Out: sealed pieces in a file; and, with the key, the entries in them.
Touches: that file, through `sealed_file`; and a journal in memory.
Invariant: what a call keeps is on the disk when it returns, sealed.
"""

import secrets
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from voicejournal.edges import sealed_file, sealed_key, sealed_pieces
from voicejournal.edges.journal_parts import Piece
from voicejournal.edges.lock import MEMORY
from voicejournal.edges.store import Store
from voicejournal.errors import StoreError
from voicejournal.hearing.frames import HEARD_HERTZ
from voicejournal.hearing.transcripts import KeptStretch
from voicejournal.journal.entries import Entry, Tag, TagSource
from voicejournal.journal.helped import Helped
from voicejournal.journal.queries import Found, Query

SOUND_BYTES = 8000
"""Of sound in one piece, at most: a quarter of a second."""


class SealedEntries:
    """The `Journal` port while it is locked: what is said now in memory, without its sound, and sealed on the disk.

    It knows nothing of earlier entries. Of its own, the words are in memory only.
    """

    def __init__(self, journal: Path, public_key: bytes) -> None:
        """Raises: StoreError when the file can't be written."""
        self._memory = Store(MEMORY)
        self._sealed = sealed_key.sealing(public_key)
        self._place = sealed_file.sealed_path(journal)
        self._kept: dict[str, int] = {}
        """Samples of each entry."""
        self._run = secrets.token_hex(4)
        """Entries of several runs may wait in one file."""
        self._file = sealed_file.open_to_add(journal)

    # Sealed too

    def open_entry(self, started_at: datetime, language: str, recognizer: str) -> str:
        entry_id = self._memory.open_entry(started_at, language, recognizer)
        self._kept[entry_id] = 0
        self._seal("opened", entry_id, at=started_at.isoformat(), language=language, recognizer=recognizer)
        return entry_id

    def keep_sound(self, entry_id: str, pcm: bytes) -> None:
        for start in range(0, len(pcm), SOUND_BYTES):
            part = pcm[start : start + SOUND_BYTES]
            self._seal("sound", entry_id, part)
            self._kept[entry_id] += len(part) // 2

    def close_entry(self, entry_id: str, ended_at: datetime, seconds: float | None = None) -> None:
        samples = self._kept[entry_id]
        samples = samples if seconds is None else max(0, min(samples, round(seconds * HEARD_HERTZ)))
        self._memory.close_entry(entry_id, ended_at, samples / HEARD_HERTZ)
        self._seal("closed", entry_id, at=ended_at.isoformat(), samples=samples)

    def set_aside(self, entry_id: str, at: datetime) -> None:
        self._memory.set_aside(entry_id, at)
        self._seal("aside", entry_id, at=at.isoformat())

    def drop_entry(self, entry_id: str) -> None:
        self._memory.drop_entry(entry_id)
        self._seal("gone", entry_id)

    def delete_entry(self, entry_id: str) -> None:
        self._memory.delete_entry(entry_id)
        self._seal("gone", entry_id)

    def accept_all(self, now: datetime, kept_days: int = 0, but: Sequence[str] = ()) -> None:
        for entry_id in self._memory.long_aside(now):
            self.drop_entry(entry_id)
        self._memory.accept_all(now, kept_days, but)

    def close(self) -> None:
        self._memory.close()
        self._file.close()
        if self._place.stat().st_size == 0:
            self._place.unlink()

    def _seal(self, what: str, entry_id: str, pcm: bytes = b"", **details: str | int) -> None:
        record = {"what": what, "entry": f"{self._run}/{entry_id}", **details}
        piece = self._sealed(sealed_pieces.plain_of(record, pcm))
        try:
            sealed_file.add(self._file, piece)
        except OSError as exc:
            raise StoreError("disk_full", path=str(self._place)) from exc

    # In memory only

    def sound_seconds(self, entry_id: str) -> float:
        return self._memory.sound_seconds(entry_id)

    def clear_stretches(self, entry_id: str, from_seconds: float) -> None:
        self._memory.clear_stretches(entry_id, from_seconds)

    def keep_stretch(self, entry_id: str, stretch: KeptStretch) -> None:
        self._memory.keep_stretch(entry_id, stretch)

    def write_entry(self, entry_id: str, tag: Tag | None, source: TagSource | None, reason: str | None) -> Entry:
        return self._memory.write_entry(entry_id, tag, source, reason)

    def accept_entry(self, entry_id: str) -> None:
        self._memory.accept_entry(entry_id)

    def tag_entry(self, entry_id: str, tag: Tag | None, source: TagSource | None, reason: str | None) -> Entry:
        return self._memory.tag_entry(entry_id, tag, source, reason)

    def reword_entry(self, entry_id: str, stretch: KeptStretch, at: datetime) -> Entry:
        return self._memory.reword_entry(entry_id, stretch, at)

    def join_entry(self, entry_id: str, part_id: str) -> Entry:
        return self._memory.join_entry(entry_id, part_id)

    def part_entry(self, before: Entry, part: Entry) -> Entry:
        return self._memory.part_entry(before, part)

    def mark_for_therapist(self, entry_id: str, is_marked: bool = True) -> None:
        self._memory.mark_for_therapist(entry_id, is_marked)

    def entry(self, entry_id: str) -> Entry:
        return self._memory.entry(entry_id)

    def stretches(self, entry_id: str) -> Sequence[KeptStretch]:
        return self._memory.stretches(entry_id)

    def entries(
        self, tag: Tag | None = None, since: datetime | None = None, limit: int | None = None
    ) -> Sequence[Entry]:
        return self._memory.entries(tag, since, limit)

    def find(self, query: Query, limit: int, skip: int = 0) -> Found:
        return self._memory.find(query, limit, skip)

    def corrected(self, limit: int) -> Sequence[Entry]:
        return self._memory.corrected(limit)

    def unfinished(self) -> Sequence[Entry]:
        return self._memory.unfinished()

    def sound(self, entry_id: str) -> Iterator[bytes]:
        return self._memory.sound(entry_id)

    def sound_between(self, entry_id: str, start_seconds: float, end_seconds: float) -> bytes:
        return self._memory.sound_between(entry_id, start_seconds, end_seconds)

    def note_helped(self, note: Helped, at: datetime) -> None:
        self._memory.note_helped(note, at)

    def helped(self) -> Sequence[Helped]:
        return self._memory.helped()

    def forget_helped(self) -> None:
        self._memory.forget_helped()


def take_in(journal: Store, path: Path, key: bytes) -> None:
    """What waited moves into the journal of that path, all of it or nothing, and then out of its file.

    What this key does not open, or what makes no sense, stays in a file of its own, and stops nothing.
    Raises: StoreError `sealed_aside` then, when all else is in; and as the journal does.
    """
    if not sealed_file.is_there(path):
        return
    strange: list[bytes] = []
    journal.take_in(_pieces(path, key, strange))
    sealed_file.remove(path, is_put_aside=bool(strange))
    if strange:
        raise StoreError("sealed_aside", path=str(sealed_file.aside_path(path)))


def _pieces(journal: Path, key: bytes, strange: list[bytes]) -> Iterator[Piece]:
    """Those that the key opens and that make sense; the others are added to `strange`."""
    opened = sealed_key.opening(key)
    gone: set[str] = set()
    for sealed in sealed_file.pieces(journal):
        plain = opened(sealed)
        piece = None if plain is None else sealed_pieces.piece_of(plain)
        if piece is None or _comes_too_late(piece[0], gone):
            strange.append(sealed)
        else:
            yield piece


def _comes_too_late(record: Mapping[str, Any], gone: set[str]) -> bool:
    """Whether its entry is gone; `gone` is kept up to date. A name that is gone can be given again."""
    what, entry = record["what"], record["entry"]
    if what == "opened":
        gone.discard(entry)
    elif entry in gone:
        return True
    elif what == "gone":
        gone.add(entry)
    return False
