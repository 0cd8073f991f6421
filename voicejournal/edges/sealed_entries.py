"""Entries that are spoken while the journal is locked: whoever has the key can read them, and we can't until then.

In: what is heard. Out: a file of sealed pieces beside the journal; and, with the key, the entries in it.
Touches: that file, and the public key beside it; sealed boxes, through PyNaCl.
Invariant: what a call keeps is on the disk when it returns, sealed; a piece that was cut off costs only itself.
"""

import hashlib
import json
import secrets
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

from voicejournal.edges import disk, private_file
from voicejournal.edges.journal_file import SALT_BYTES
from voicejournal.edges.journal_parts import Piece
from voicejournal.edges.store import Store
from voicejournal.errors import StoreError
from voicejournal.hearing.frames import HEARD_HERTZ

LENGTH_BYTES = 4
"""Before each sealed piece: how long it is, most significant byte first."""

SOUND_BYTES = 8000
"""Of sound in one piece, at most: a quarter of a second."""

LONGEST_BYTES = 9000
"""Of a piece: its sound, and less than 1 kB that says what it is; a length beyond this is damage.
So what is dropped, because a piece seems to be cut off there, is never more than this."""

LONGEST_SAMPLES = 7 * 24 * 3600 * HEARD_HERTZ
"""A week: no entry is longer."""


class SealedEntries(Store):
    """The `Journal` port while it is locked: what is said now in memory, without its sound, and sealed on the disk.

    It knows nothing of earlier entries. Of its own, the words are in memory only.
    """

    def __init__(self, journal: Path, public_key: bytes) -> None:
        """Raises: StoreError when the file can't be written."""
        from nacl.public import PublicKey, SealedBox

        super().__init__(":memory:")
        self._box = SealedBox(PublicKey(public_key))
        self._place = sealed_path(journal)
        self._kept: dict[str, int] = {}
        """Samples of each entry."""
        self._run = secrets.token_hex(4)
        """Entries of several runs may wait in one file."""
        try:
            disk.clear_strange(self._place)
            _cut_to_whole(journal)
            self._file = disk.open_own(self._place, "ab")
        except OSError as exc:
            raise StoreError("journal_unreachable", path=str(self._place)) from exc

    def open_entry(self, started_at: datetime, language: str, recognizer: str) -> str:
        entry_id = super().open_entry(started_at, language, recognizer)
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
        super().close_entry(entry_id, ended_at, samples / HEARD_HERTZ)
        self._seal("closed", entry_id, at=ended_at.isoformat(), samples=samples)

    def drop_entry(self, entry_id: str) -> None:
        super().drop_entry(entry_id)
        self._seal("gone", entry_id)

    def set_aside(self, entry_id: str, at: datetime) -> None:
        super().set_aside(entry_id, at)
        self._seal("aside", entry_id, at=at.isoformat())

    def close(self) -> None:
        super().close()
        self._file.close()
        if self._place.stat().st_size == 0:
            self._place.unlink()

    def _seal(self, what: str, entry_id: str, pcm: bytes = b"", **details: str | int) -> None:
        record = {"what": what, "entry": f"{self._run}/{entry_id}", **details}
        piece = bytes(self._box.encrypt(json.dumps(record).encode() + b"\n" + pcm))
        try:
            self._file.write(len(piece).to_bytes(LENGTH_BYTES) + piece)
            disk.keep(self._file)
        except OSError as exc:
            raise StoreError("disk_full", path=str(self._place)) from exc


def sealed_path(journal: Path) -> Path:
    """Where entries wait, sealed, for the journal to be unlocked."""
    return journal.with_name(f"{journal.name}.sealed")


def aside_path(journal: Path) -> Path:
    """Where what no key opened is kept, in case its key comes back; and what is damaged."""
    return journal.with_name(f"{journal.name}.sealed-for-another-key")


def public_path(journal: Path) -> Path:
    return journal.with_name(f"{journal.name}.public")


def public_key(journal: Path) -> bytes | None:
    """What can be sealed to; None where none was published, it can't be read, or is none."""
    from nacl.exceptions import CryptoError
    from nacl.public import PublicKey, SealedBox

    key = _published(journal)[0]
    try:
        if key is not None:
            SealedBox(PublicKey(key)).encrypt(b"")  # nothing can be sealed to some of all numbers, such as zero
    except CryptoError:
        return None
    return key


def published_salt(journal: Path) -> bytes | None:
    """What the journal is known by, as long as its own beginning can't be read; None where it was not published."""
    return _published(journal)[1]


def _published(journal: Path) -> tuple[bytes | None, bytes | None]:
    try:
        with disk.open_own(public_path(journal), "rb") as file:
            lines = file.read(READ_BYTES).decode("ascii").split()
        key, salt = [bytes.fromhex(line) for line in (*lines, "", "")][:2]
    except (OSError, ValueError):
        return None, None
    return (key if len(key) == PUBLIC_BYTES else None), (salt if len(salt) == SALT_BYTES else None)


PUBLIC_BYTES = 32
"""Of Curve25519."""

READ_BYTES = 200
"""Of what is published; both in hexadecimal take a hundred."""


def publish(journal: Path, key: bytes, salt: bytes) -> None:
    """Leave beside the journal what it takes to seal something for who has its key, and what its key is known by.

    Raises: StoreError.
    """
    wanted = bytes(_private_key(key).public_key)
    if _published(journal) == (wanted, salt):
        return
    path = public_path(journal)
    try:
        private_file.put(path, f"{wanted.hex()}\n{salt.hex()}\n")
    except OSError as exc:
        raise StoreError("journal_unreachable", path=str(path)) from exc


def take_in(journal: Store, path: Path, key: bytes) -> None:
    """What waited moves into the journal of that path, all of it or nothing, and then out of its file.

    What this key does not open, or what makes no sense, stays in a file of its own, and stops nothing.
    Raises: StoreError `sealed_aside` then, when all else is in; and as the journal does.
    """
    place = sealed_path(path)
    try:
        disk.clear_strange(place)
    except OSError as exc:
        raise StoreError("journal_unreachable", path=str(place)) from exc
    if not place.exists():
        return
    strange: list[bytes] = []
    journal.take_in(_pieces(place, key, strange))
    try:
        if strange:
            with disk.open_own(place, "rb") as file:
                _put_aside(path, file.read())
        place.unlink()
        disk.settle(place.parent)
    except OSError as exc:
        raise StoreError("journal_unreachable", path=str(place)) from exc
    if strange:
        raise StoreError("sealed_aside", path=str(aside_path(path)))


def _pieces(path: Path, key: bytes, strange: list[bytes]) -> Iterator[Piece]:
    from nacl.exceptions import CryptoError
    from nacl.public import SealedBox

    box = SealedBox(_private_key(key))
    gone: set[str] = set()
    try:
        with disk.open_own(path, "rb") as file:
            while (sealed := _next(file)) is not None:
                try:
                    piece = _piece(box.decrypt(sealed))
                except CryptoError:
                    piece = None
                if piece is None or _comes_too_late(piece[0], gone):
                    strange.append(sealed)
                else:
                    yield piece
    except FileNotFoundError:
        return
    except OSError as exc:
        raise StoreError("journal_unreachable", path=str(path)) from exc


def _piece(plain: bytes) -> Piece | None:
    """None when it makes no sense: who can write to the file can seal rubbish, which must not stop the rest."""
    line, _, pcm = plain.partition(b"\n")
    try:
        record = json.loads(line)
        json.dumps(record, ensure_ascii=False).encode()  # half a surrogate pair could not be kept
    except (ValueError, RecursionError):
        return None
    match record:
        case {"what": "opened", "entry": str(), "at": str(at), "language": str(), "recognizer": str()}:
            makes_sense = _is_time(at)
        case {"what": "closed", "entry": str(), "at": str(at), "samples": int(samples)}:
            makes_sense = _is_time(at) and type(samples) is int and 0 <= samples <= LONGEST_SAMPLES
        case {"what": "aside", "entry": str(), "at": str(at)}:
            makes_sense = _is_time(at)
        case {"what": "sound", "entry": str()}:
            makes_sense = len(pcm) > 0 and len(pcm) % 2 == 0
        case {"what": "gone", "entry": str()}:
            makes_sense = True
        case _:
            makes_sense = False
    return (record, pcm) if makes_sense else None


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


def _is_time(at: str) -> bool:
    """Of an offset that is told, and in UTC no earlier than the year 1 and no later than 9999."""
    try:
        time = datetime.fromisoformat(at)
        time.astimezone(UTC)
    except (ValueError, OverflowError):
        return False
    return time.tzinfo is not None


def _put_aside(journal: Path, sealed: bytes) -> None:
    """After what lies there already. Raises: OSError."""
    disk.clear_strange(aside_path(journal))
    with disk.open_own(aside_path(journal), "ab") as file:
        file.write(sealed)
        disk.keep(file)


def _next(file: IO[bytes]) -> bytes | None:
    """None at the end, and where the last piece was cut off. From damage on nothing is a piece: all the rest."""
    at = file.tell()
    start = file.read(LENGTH_BYTES)
    length = int.from_bytes(start)
    if len(start) == LENGTH_BYTES and not 0 < length <= LONGEST_BYTES:
        file.seek(at)
        return file.read()
    sealed = file.read(length) if len(start) == LENGTH_BYTES else b""
    return sealed if sealed and len(sealed) == length else None


def _cut_to_whole(journal: Path) -> None:
    """A piece that was cut off would hide all that come after it, and so would damage, which is put aside."""
    path = sealed_path(journal)
    if not path.exists():
        return
    with disk.open_own(path, "r+b") as file:
        end = 0
        while (piece := _next(file)) is not None:
            if end + LENGTH_BYTES + len(piece) != file.tell():
                _put_aside(journal, piece)
                break
            end = file.tell()
        file.truncate(end)


def _private_key(key: bytes) -> Any:
    from nacl.public import PrivateKey

    return PrivateKey(hashlib.blake2b(key, digest_size=PUBLIC_BYTES, person=b"voicejournal box").digest())
