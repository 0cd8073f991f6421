"""A key file: whatever is in it is the key.

In: paths. Out: keys of 32 bytes. Touches: the files; makes one where that is asked.
Invariant: the same bytes make the same key, wherever the file lies and whatever it is called.
"""

import hashlib
import os
import secrets
import stat
import tempfile
from contextlib import suppress
from pathlib import Path

from voicejournal.edges import disk
from voicejournal.errors import StoreError

LEAST_BYTES = 16
"""With fewer, somebody could try them all (the issue that asked for it)."""

READ_BYTES = 1 << 20
"""Read at a time: a photograph or a film may be somebody's key."""

PURPOSE = b"voicejournal key"
"""Sixteen bytes that keep this key from being that of any other program that hashes the same file."""


def key_of(path: Path) -> bytes:
    """The key that the file's bytes make, all of them.

    Raises: StoreError `key_file_missing`, `key_file_short`, `key_file_unreadable`.
    """
    try:
        if not stat.S_ISREG(path.stat().st_mode):  # a device may have no end
            raise StoreError("key_file_unreadable", path=str(path))
        size, digest = 0, hashlib.blake2b(digest_size=32, person=PURPOSE)
        with path.open("rb") as file:
            while piece := file.read(READ_BYTES):
                size += len(piece)
                digest.update(piece)
    except FileNotFoundError as exc:
        raise StoreError("key_file_missing", path=str(path)) from exc
    except OSError as exc:
        raise StoreError("key_file_unreadable", path=str(path)) from exc
    if size < LEAST_BYTES:
        raise StoreError("key_file_short", path=str(path), least=str(LEAST_BYTES))
    return digest.digest()


def make(path: Path) -> None:
    """A new key file, of mode 0600, whole or not there. Raises: StoreError `key_file_unwritable`."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}") as file:  # mode 0600
            file.write(secrets.token_bytes(32))
            disk.keep(file)
            with suppress(FileExistsError):
                _give_name(Path(file.name), path)
    except OSError as exc:
        raise StoreError("key_file_unwritable", path=str(path)) from exc


def _give_name(made: Path, path: Path) -> None:
    """Unlike a renaming, it never takes the place of what another copy made. Raises: OSError."""
    try:
        os.link(made, path)
    except FileExistsError:
        raise
    except OSError:  # on a stick with FAT or exFAT a file has one name only
        _copy(made, path)


def _copy(made: Path, path: Path) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with open(descriptor, "wb") as file:
            file.write(made.read_bytes())
            disk.keep(file)
    except OSError:
        path.unlink()
        raise
