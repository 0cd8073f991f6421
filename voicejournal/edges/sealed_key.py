"""The key that something can be sealed to while the journal is locked, and that its own key opens.

In: the journal's key, and what it is known by. Out: what is sealed, and opened. Touches: the public key beside the
journal; sealed boxes, through PyNaCl.
Invariant: what is published opens nothing.
"""

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from voicejournal.edges import disk, private_file
from voicejournal.edges.journal_file import SALT_BYTES
from voicejournal.errors import StoreError

PUBLIC_BYTES = 32
"""Of Curve25519."""

READ_BYTES = 200
"""Of what is published; both in hexadecimal take a hundred."""


def public_path(journal: Path) -> Path:
    return journal.with_name(f"{journal.name}.public")


def public_key(journal: Path) -> bytes | None:
    """What can be sealed to; None where none was published, it can't be read, or is none."""
    from nacl.exceptions import CryptoError

    key = _published(journal)[0]
    try:
        if key is not None:
            sealing(key)(b"")  # nothing can be sealed to some of all numbers, such as zero
    except CryptoError:
        return None
    return key


def published_salt(journal: Path) -> bytes | None:
    """What the journal is known by, as long as its own beginning can't be read; None where it was not published."""
    return _published(journal)[1]


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


def sealing(public: bytes) -> Callable[[bytes], bytes]:
    """Seals bytes for whoever has the journal's key."""
    from nacl.public import PublicKey, SealedBox

    box = SealedBox(PublicKey(public))
    return lambda plain: bytes(box.encrypt(plain))


def opening(key: bytes) -> Callable[[bytes], bytes | None]:
    """Opens what was sealed for the journal's key; None when it was sealed for another, or is damaged."""
    from nacl.exceptions import CryptoError
    from nacl.public import SealedBox

    box = SealedBox(_private_key(key))

    def opened(sealed: bytes) -> bytes | None:
        try:
            return bytes(box.decrypt(sealed))
        except CryptoError:
            return None

    return opened


def _published(journal: Path) -> tuple[bytes | None, bytes | None]:
    try:
        with disk.open_own(public_path(journal), "rb") as file:
            lines = file.read(READ_BYTES).decode("ascii").split()
        key, salt = [bytes.fromhex(line) for line in (*lines, "", "")][:2]
    except (OSError, ValueError):
        return None, None
    return (key if len(key) == PUBLIC_BYTES else None), (salt if len(salt) == SALT_BYTES else None)


def _private_key(key: bytes) -> Any:
    from nacl.public import PrivateKey

    return PrivateKey(hashlib.blake2b(key, digest_size=PUBLIC_BYTES, person=b"voicejournal box").digest())
