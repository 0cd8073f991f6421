"""A passphrase that opens a journal: the journal's key, locked up in a small file beside it.

In: passphrases and keys. Out: keys. Touches: the file, of mode 0600; Argon2id and a secret box, through PyNaCl.
Invariant: the key lies in the file only locked up; while the journal gets another key both open what they did, each
under its own passphrase.
"""

import json
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from voicejournal.edges import disk, private_file
from voicejournal.errors import StoreError

VERSION = 1
"""Of how the key is locked up: Argon2id at libsodium's "moderate" (doc.libsodium.org/password_hashing), 256 MB and
0.7 s here for every single try."""

EARLIER = "earlier"
"""In the record, those of before it."""


def is_set(path: Path) -> bool:
    return path.is_file()


def lock_up(path: Path, key: bytes, passphrase: str) -> None:
    """Keep the key under the passphrase, and those of before under theirs until `settle` or `take_back`.

    Raises: StoreError `passphrase_unwritable`, `journal_newer`.
    """
    from nacl.pwhash import argon2id
    from nacl.secret import SecretBox
    from nacl.utils import random

    salt = random(argon2id.SALTBYTES)
    sealed = SecretBox(_stretched(passphrase, salt)).encrypt(key)
    _put(path, [{"version": VERSION, "salt": salt.hex(), "key": bytes(sealed).hex()}, *_there(path)])


def settle(path: Path) -> None:
    """The journal has its new key: those of before go. Raises: StoreError `passphrase_unwritable`."""
    _put(path, _there(path)[:1])


def take_back(path: Path) -> None:
    """The journal did not get the new key: that one goes. Raises: StoreError `passphrase_unwritable`."""
    before = _there(path)[1:]
    if before:
        _put(path, before)
    else:
        forget(path)


def keys_of(path: Path, passphrase: str) -> Iterator[bytes]:
    """The key; where the journal was about to get another one, perhaps several. Each try takes as long as any.

    Raises: StoreError `passphrase_wrong` when there is none, `passphrase_file_damaged`, `journal_newer`.
    """
    from nacl.exceptions import CryptoError
    from nacl.secret import SecretBox

    is_wrong = True
    for record in _records(path):
        try:
            salt, sealed = bytes.fromhex(record["salt"]), bytes.fromhex(record["key"])
            stretched = _stretched(passphrase, salt)
        except (ValueError, KeyError, TypeError) as exc:  # PyNaCl's own errors of form are among these
            raise StoreError("passphrase_file_damaged", path=str(path)) from exc
        try:
            key = SecretBox(stretched).decrypt(sealed)
        except CryptoError:
            continue
        is_wrong = False
        yield key
    if is_wrong:
        raise StoreError("passphrase_wrong")


def forget(path: Path) -> None:
    """Without it the passphrase opens nothing any more. Raises: StoreError `passphrase_unwritable`."""
    try:
        path.unlink(missing_ok=True)
    except OSError as exc:
        raise StoreError("passphrase_unwritable", path=str(path)) from exc


def _records(path: Path) -> list[Mapping[str, Any]]:
    """The newest first. Raises: StoreError `passphrase_file_damaged`, `journal_newer`."""
    try:
        record = json.loads(disk.read(path))
        if record["version"] != VERSION:
            raise StoreError("journal_newer", path=str(path))
        return [record, *({**one} for one in record.get(EARLIER, ()))]
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as exc:
        raise StoreError("passphrase_file_damaged", path=str(path)) from exc


def _there(path: Path) -> list[Mapping[str, Any]]:
    """Empty where there is no file, or a damaged one: nothing opens that.

    Raises: StoreError `journal_newer`; `passphrase_unwritable` where a file that can't be read just now would go.
    """
    try:
        return _records(path)
    except StoreError as error:
        if error.name != "passphrase_file_damaged":
            raise
        if isinstance(error.__cause__, OSError) and not isinstance(error.__cause__, FileNotFoundError):
            raise StoreError("passphrase_unwritable", path=str(path)) from error
        return []


def _put(path: Path, records: Sequence[Mapping[str, Any]]) -> None:
    newest, *others = [{name: it for name, it in one.items() if name != EARLIER} for one in records]
    try:
        private_file.put(path, json.dumps({**newest, EARLIER: others} if others else newest))
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
