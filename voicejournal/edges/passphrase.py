"""A passphrase that opens a journal: the journal's key, locked up in a small file beside it.

In: passphrases and keys. Out: keys. Touches: the file, of mode 0600; Argon2id and a secret box, through PyNaCl.
Invariant: the key lies in the file only locked up; a new passphrase takes the old one's place whole or not at all.
"""

import json
import unicodedata
from pathlib import Path

from voicejournal.edges import private_file
from voicejournal.errors import StoreError

VERSION = 1
"""Of how the key is locked up: Argon2id at libsodium's "moderate" (doc.libsodium.org/password_hashing), 256 MB and
0.7 s here for every single try."""


def is_set(path: Path) -> bool:
    return path.is_file()


def lock_up(path: Path, key: bytes, passphrase: str) -> None:
    """Keep the key under the passphrase. Raises: StoreError `passphrase_unwritable`."""
    from nacl.pwhash import argon2id
    from nacl.secret import SecretBox
    from nacl.utils import random

    salt = random(argon2id.SALTBYTES)
    sealed = SecretBox(_stretched(passphrase, salt)).encrypt(key)
    record = {"version": VERSION, "salt": salt.hex(), "key": bytes(sealed).hex()}
    try:
        private_file.put(path, json.dumps(record))
    except OSError as exc:
        raise StoreError("passphrase_unwritable", path=str(path)) from exc


def key_of(path: Path, passphrase: str) -> bytes:
    """The key. Takes as long for a wrong passphrase as for the right one.

    Raises: StoreError `passphrase_wrong`, `passphrase_file_damaged`.
    """
    from nacl.exceptions import CryptoError
    from nacl.secret import SecretBox

    try:
        record = json.loads(path.read_text(encoding="utf-8"))
        salt, sealed = bytes.fromhex(record["salt"]), bytes.fromhex(record["key"])
        if record["version"] != VERSION:
            raise StoreError("journal_newer", path=str(path))
        stretched = _stretched(passphrase, salt)
    except (OSError, ValueError, KeyError, TypeError) as exc:  # PyNaCl's own errors of form are among these
        raise StoreError("passphrase_file_damaged", path=str(path)) from exc
    try:
        return SecretBox(stretched).decrypt(sealed)
    except CryptoError as exc:
        raise StoreError("passphrase_wrong") from exc


def forget(path: Path) -> None:
    """Without it the passphrase opens nothing any more. Raises: StoreError `passphrase_unwritable`."""
    try:
        path.unlink(missing_ok=True)
    except OSError as exc:
        raise StoreError("passphrase_unwritable", path=str(path)) from exc


def _stretched(passphrase: str, salt: bytes) -> bytes:
    from nacl.pwhash import argon2id
    from nacl.secret import SecretBox

    # NFC: two keyboards may compose the same letters in two ways, Korean ones do.
    return argon2id.kdf(
        SecretBox.KEY_SIZE,
        unicodedata.normalize("NFC", passphrase).encode(),
        salt,
        opslimit=argon2id.OPSLIMIT_MODERATE,
        memlimit=argon2id.MEMLIMIT_MODERATE,
    )
