"""A backup: one file that holds an encrypted journal, and the passphrase's box where there is one; nothing else.

In: paths. Out: paths. Touches: the backup, and a private folder beside what is being made.
Invariant: nothing is ever written over, and a backup has its name only when it was read back whole. Of one that is
read only two names are taken, from a file that anybody may have made, and never more bytes than it has.

A zip, so that it can be opened without this program; stored, because encrypted bytes don't get any smaller.
"""

import errno
import os
import shutil
import stat
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from voicejournal.edges.disk import keep, settle
from voicejournal.errors import NotFound, StoreError

JOURNAL = "journal.sqlite3"
BOX = f"{JOURNAL}.passphrase"
"""Named so that it lies beside the journal as the journal expects it."""

BOX_BYTES = 10_000
"""Fifty times what a passphrase's box takes."""

PIECE_BYTES = 1 << 20
"""Copied at a time."""

READ_BYTES = 2 * PIECE_BYTES
"""No reading is larger: what a zip says of itself may be a lie. Its list of two names takes some 150 bytes."""


@contextmanager
def private_folder(beside: Path) -> Iterator[Path]:
    """A folder of mode 0700 beside this file, gone afterwards. Raises: StoreError."""
    with (
        _translated(beside),
        tempfile.TemporaryDirectory(dir=beside.absolute().parent, prefix=f".{beside.name}.") as it,
    ):
        yield Path(it)


def pack(journal: Path, box: bytes | None, file: Path, folder: Path) -> None:
    """Both into one file of mode 0600, by way of this folder beside it. Raises: StoreError."""
    new = folder / "backup"
    with _translated(file):
        with new.open("xb") as opened:
            os.chmod(new, 0o600)
            with zipfile.ZipFile(opened, "w", zipfile.ZIP_STORED) as archive:
                with journal.open("rb") as source, archive.open(_named(JOURNAL, journal.stat().st_size), "w") as to:
                    shutil.copyfileobj(source, to, PIECE_BYTES)
                if box is not None:
                    archive.writestr(_named(BOX, len(box)), box)
            keep(opened)
        read_back = folder / "read back"
        read_back.mkdir(mode=0o700)
        unpack(new, read_back)
        if not _same(journal, read_back / JOURNAL):
            raise StoreError("backup_failed", path=str(file))
        put(new, file)


def unpack(file: Path, folder: Path) -> Path:
    """The journal in it, and beside it the box, if it has one. Raises: StoreError `backup_damaged`, NotFound."""
    try:
        if not stat.S_ISREG(file.stat().st_mode):
            raise StoreError("backup_damaged", path=str(file))
        size = file.stat().st_size
        with file.open("rb") as opened, zipfile.ZipFile(_Bounded(opened)) as archive:
            for one in _contents(archive, size, file):
                with archive.open(one) as source, _private(folder / one.filename) as to:
                    shutil.copyfileobj(source, to, PIECE_BYTES)
                    keep(to)
    except FileNotFoundError as exc:
        raise NotFound("file_missing", path=str(file)) from exc
    except PermissionError as exc:
        raise StoreError("backup_unreadable", path=str(file)) from exc
    except OSError as exc:
        if exc.errno != errno.EINVAL:  # which comes of a place in the file that can't be
            raise
        raise StoreError("backup_damaged", path=str(file)) from exc
    # What is no OSError is zipfile's: its own errors, and those of numbers and names that mean nothing.
    except (zipfile.BadZipFile, EOFError, ValueError, RuntimeError, NotImplementedError, OverflowError) as exc:
        raise StoreError("backup_damaged", path=str(file)) from exc
    return folder / JOURNAL


def put(new: Path, file: Path) -> None:
    """The file gets its name, which nothing has. Raises: StoreError `backup_there`, OSError."""
    # The name is taken first, and then written over: unlike a link, that also works on a stick.
    try:
        os.close(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    except FileExistsError as exc:
        raise StoreError("backup_there", path=str(file)) from exc
    os.replace(new, file)
    settle(file.absolute().parent)


class _Bounded:
    """A file of which never more is read at once than `READ_BYTES`."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file

    def read(self, size: int = -1) -> bytes:
        found = self._file.read(READ_BYTES + 1 if size < 0 else min(size, READ_BYTES + 1))
        if len(found) > READ_BYTES:
            raise zipfile.BadZipFile("absurdly large")
        return found

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)


def _contents(archive: zipfile.ZipFile, size: int, file: Path) -> list[zipfile.ZipInfo]:
    """The one or two that a backup holds. Raises: StoreError for anything else."""
    there = archive.infolist()
    if sorted(one.filename for one in there) not in ([JOURNAL], [JOURNAL, BOX]):
        raise StoreError("backup_damaged", path=str(file))
    for one in there:
        is_plain = one.compress_type == zipfile.ZIP_STORED and not one.flag_bits & 1
        is_file = not one.external_attr or stat.S_ISREG(one.external_attr >> 16)
        most = BOX_BYTES if one.filename == BOX else size
        if not is_plain or not is_file or one.file_size != one.compress_size or one.file_size > most:
            raise StoreError("backup_damaged", path=str(file))
    return there


def _named(name: str, size: int) -> zipfile.ZipInfo:
    """Its date is the first that a zip knows: when a backup was made is nobody's business."""
    one = zipfile.ZipInfo(name)
    one.external_attr = (stat.S_IFREG | 0o600) << 16
    one.file_size = size  # so that the zip is made for large files where it is one
    return one


def _private(file: Path) -> IO[bytes]:
    return os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")


def _same(one: Path, other: Path) -> bool:
    with one.open("rb") as first, other.open("rb") as second:
        while piece := first.read(PIECE_BYTES):
            if piece != second.read(PIECE_BYTES):
                return False
        return not second.read(1)


@contextmanager
def _translated(file: Path) -> Iterator[None]:
    """Raises: StoreError where it can't be."""
    try:
        yield
    except OSError as exc:
        raise StoreError("backup_failed", path=str(file)) from exc
