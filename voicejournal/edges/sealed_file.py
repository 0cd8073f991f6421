"""The file in which sealed pieces wait for the journal to be unlocked, each behind its length.

In: sealed pieces. Out: the same ones. Touches: that file beside the journal, and another for what no key opens.
Invariant: a piece that was cut off costs only itself, and damage is put aside with all that comes after it.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import IO

from voicejournal.edges import disk
from voicejournal.errors import StoreError

LENGTH_BYTES = 4
"""Before each sealed piece: how long it is, most significant byte first."""

LONGEST_BYTES = 9000
"""Of a piece: its sound, and less than 1 kB that says what it is; a length beyond this is damage.
So what is dropped, because a piece seems to be cut off there, is never more than this."""


def sealed_path(journal: Path) -> Path:
    """Where entries wait, sealed, for the journal to be unlocked."""
    return journal.with_name(f"{journal.name}.sealed")


def aside_path(journal: Path) -> Path:
    """Where what no key opened is kept, in case its key comes back; and what is damaged."""
    return journal.with_name(f"{journal.name}.sealed-for-another-key")


def open_to_add(journal: Path) -> IO[bytes]:
    """At its end, which is whole. Raises: StoreError when it can't be written."""
    place = sealed_path(journal)
    try:
        disk.clear_strange(place)
        _cut_to_whole(journal)
        return disk.open_own(place, "ab")
    except OSError as exc:
        raise StoreError("journal_unreachable", path=str(place)) from exc


def add(file: IO[bytes], sealed: bytes) -> None:
    """It is on the disk then. Raises: OSError."""
    file.write(len(sealed).to_bytes(LENGTH_BYTES) + sealed)
    disk.keep(file)


def is_there(journal: Path) -> bool:
    """Whether anything waits; what has its name, and is no file, goes. Raises: StoreError."""
    place = sealed_path(journal)
    try:
        disk.clear_strange(place)
    except OSError as exc:
        raise StoreError("journal_unreachable", path=str(place)) from exc
    return place.exists()


def pieces(journal: Path) -> Iterator[bytes]:
    """All that wait, in order; what is damaged is the last of them. Raises: StoreError."""
    place = sealed_path(journal)
    try:
        with disk.open_own(place, "rb") as file:
            while (sealed := _next(file)) is not None:
                yield sealed
    except FileNotFoundError:
        return
    except OSError as exc:
        raise StoreError("journal_unreachable", path=str(place)) from exc


def remove(journal: Path, is_put_aside: bool) -> None:
    """The file goes; `is_put_aside`: what is in it stays aside. Raises: StoreError."""
    place = sealed_path(journal)
    try:
        if is_put_aside:
            with disk.open_own(place, "rb") as file:
                _put_aside(journal, file.read())
        place.unlink()
        disk.settle(place.parent)
    except OSError as exc:
        raise StoreError("journal_unreachable", path=str(place)) from exc


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


def _put_aside(journal: Path, sealed: bytes) -> None:
    """After what lies there already. Raises: OSError."""
    disk.clear_strange(aside_path(journal))
    with disk.open_own(aside_path(journal), "ab") as file:
        file.write(sealed)
        disk.keep(file)
