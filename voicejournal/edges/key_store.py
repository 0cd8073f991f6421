"""The system's key store, which opens with the person's own log-in.

In: salts of journals, and their keys. Out: keys. Touches: the key store, through keyring.
Invariant: a key that `keep` returned from can be had again; whoever has no key store is told so, and never waits.
"""

import os
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

from voicejournal.errors import StoreError

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

APP = "voicejournal"

NO_STORES = ("keyring.backends.fail", "keyring.backends.null")
"""What keyring answers with where there is none."""

STORES = "keyring.backends."
"""Begins the module of each store that a system has; those of other packages may be plain files."""

CHOSEN = "PYTHON_KEYRING_BACKEND"
"""The person's own choice of a store, whichever it is."""


def is_here() -> bool:
    """Whether there is one; where there may be, its library takes 0.3 s to load."""
    return _store() is not None


def get(salt: bytes, may_wait: bool = True) -> bytes | None:
    """The key of the journal of that salt; None where there is none. Raises: StoreError `key_store_closed`.

    A store that is locked asks the person to open it, and `may_wait` allows to wait for that.
    """
    store = _store()
    if store is None:
        return None
    if not may_wait and _would_ask(store):
        raise StoreError("key_store_closed")
    from keyring.errors import KeyringError

    try:
        found = store.get_password(APP, salt.hex())
    except KeyringError as exc:
        raise StoreError("key_store_closed") from exc
    try:
        return None if found is None else bytes.fromhex(found)
    except ValueError as exc:
        raise StoreError("key_store_closed") from exc


def keep(salt: bytes, key: bytes, may_wait: bool = True) -> None:
    """Raises: StoreError `key_store_closed` unless it is there afterwards."""
    store = _store()
    if store is None or (not may_wait and _would_ask(store)):
        raise StoreError("key_store_closed")
    from keyring.errors import KeyringError

    try:
        store.set_password(APP, salt.hex(), key.hex())
    except KeyringError as exc:
        raise StoreError("key_store_closed") from exc
    if get(salt) != key:
        raise StoreError("key_store_closed")


def forget(salt: bytes) -> None:
    """Raises: StoreError `key_store_closed`; a key that is not there is forgotten already."""
    store = _store()
    if store is None:
        return
    from keyring.errors import KeyringError, PasswordDeleteError

    try:
        store.delete_password(APP, salt.hex())
    except PasswordDeleteError:
        return
    except KeyringError as exc:
        raise StoreError("key_store_closed") from exc


def _store() -> "KeyringBackend | None":
    if not _may_be_here():
        return None
    import keyring
    from keyring.backends.chainer import ChainerBackend

    found = keyring.get_keyring()
    # Where there are several, keyring asks one after the other, whatever they are.
    all_found = found.backends if isinstance(found, ChainerBackend) else (found,)
    return next((one for one in all_found if _is_store(type(one).__module__)), None)


def _is_store(module: str) -> bool:
    return module not in NO_STORES and (module.startswith(STORES) or bool(os.environ.get(CHOSEN)))


def _would_ask(store: Any) -> bool:
    """Of the stores there are only Linux's can be locked while the person is logged in, and says whether it is.

    One that is not there yet would ask as well, to be made.
    """
    if type(store).__module__ != "keyring.backends.SecretService":
        return False
    import secretstorage
    from secretstorage.exceptions import SecretStorageException

    try:
        with closing(secretstorage.dbus_init()) as bus:
            return bool(secretstorage.Collection(bus).is_locked())
    except SecretStorageException:
        return True


def _may_be_here() -> bool:
    """On Linux a key store is asked over the bus of the person's log-in: without one the library need not load."""
    if sys.platform != "linux" or os.environ.get(CHOSEN):
        return True
    bus = Path(os.environ.get("XDG_RUNTIME_DIR", "/nonexistent")) / "bus"
    return bool(os.environ.get("DBUS_SESSION_BUS_ADDRESS")) or bus.exists()
