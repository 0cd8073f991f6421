"""The journal opened with its key, wherever that is kept; a new one given a key, a plain one encrypted.

In: settings, and a way to ask for a passphrase. Out: the journal, and what protects it.
Touches: whether files are there, and a second's wait after a wrong key; all else through the edges it opens.
Invariant: a journal that no key opens is not touched, and one is never made plain.
"""

import secrets
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from voicejournal.errors import StoreError
from voicejournal.journal.corrections import CORRECTIONS
from voicejournal.journal.entries import Entry
from voicejournal.journal.protection import KEY_BYTES, Protection
from voicejournal.settings import Settings

if TYPE_CHECKING:
    from voicejournal.edges.store import Store

Ask = Callable[[str], str | None]
"""Asks for a secret, by the name of the question in the `printed` words; None when nobody is there, or wants to."""

ALONE_SECONDS = 10.0
"""A plain journal of ten thousand entries is encrypted in less."""

SLOW_SECONDS = 1.0
"""After a key that does not open it: whoever tries key after key gets nowhere, who mistyped hardly notices."""


@dataclass(frozen=True)
class Opened:
    """A journal that is open."""

    journal: "Store"
    protection: Protection
    salt: bytes = b""
    """What the journal is known by; none in memory, and none while it is plain."""
    key: bytes | None = field(default=None, repr=False)
    trouble: StoreError | None = None
    """Why it could not be encrypted, where it is still plain."""


def open_journal(chosen: Settings, ask: Ask = lambda question: None, may_wait: bool = True) -> Opened:
    """With `may_wait` the key store may ask the person to open it first.

    Raises: StoreError; `key_wrong`, `key_missing`, `key_store_closed` and `passphrase_wrong` when it stays closed.
    """
    from voicejournal.edges import journal_file
    from voicejournal.edges.lock import MEMORY
    from voicejournal.edges.places import journal_path
    from voicejournal.edges.store import Store

    path = journal_path(chosen.journal)
    if str(path) == MEMORY:
        return Opened(Store(path), "nothing")
    if journal_file.kind_of(path) == "encrypted":
        return open_there(path, chosen, ask, may_wait)
    journal_file.make_folder(path)
    with _alone(path):  # two programs would make it under two keys, and one of them be locked out
        match journal_file.kind_of(path):
            case "encrypted":
                return open_there(path, chosen, ask, may_wait)
            case "plain":
                return _encrypted(path, chosen, may_wait)
            case "absent":
                new = _new_key(chosen, may_wait)
                journal = Store(path, new.key, new.salt)
                return _published(path, Opened(journal, new.protection, new.salt, new.key, new.trouble))


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """While no other program makes or encrypts it. Raises: StoreError `journal_locked` when that takes long."""
    from voicejournal.edges.lock import changing_lock

    try:
        with changing_lock(path, ALONE_SECONDS):
            yield
    except (TimeoutError, PermissionError) as exc:
        raise StoreError("journal_locked", path=str(path)) from exc


def open_there(path: Path, chosen: Settings, ask: Ask, may_wait: bool = True) -> Opened:
    """An encrypted journal, with the first of the keys there are that opens it. Raises: as `open_journal` does."""
    from voicejournal.edges import encrypting
    from voicejournal.edges.journal_file import salt_of
    from voicejournal.edges.store import Store

    wrong = StoreError("key_missing", path=str(path))
    for key, protection in _keys(path, chosen, ask, may_wait):
        try:
            journal = Store(path, key)
        except StoreError as error:
            if error.name != "key_wrong":
                raise
            wrong = error
            continue
        encrypting.erase_leftovers(path)
        return _published(path, Opened(journal, protection, salt_of(path), key))
    time.sleep(SLOW_SECONDS)
    raise wrong


def _keys(path: Path, chosen: Settings, ask: Ask, may_wait: bool) -> Iterator[tuple[bytes, Protection]]:
    """Those that may open this journal, those that cost nothing first; a file that was named is the only one."""
    from voicejournal.edges import key_file, key_store, passphrase
    from voicejournal.edges.journal_file import salt_of
    from voicejournal.edges.places import account_key_path, passphrase_path

    if chosen.key_file is not None:
        yield key_file.key_of(Path(chosen.key_file)), "key_file"
        return
    salt, closed = salt_of(path), None
    if account_key_path(salt).is_file():
        with suppress(StoreError):  # a damaged one opens nothing, and another key may
            yield key_file.key_of(account_key_path(salt)), "account"
    try:
        kept = key_store.get(salt, may_wait and not passphrase.is_set(passphrase_path(path)))
    except StoreError as error:
        kept, closed = None, error
    if kept is not None:
        yield kept, "key_store"
    if passphrase.is_set(passphrase_path(path)):
        said = ask("passphrase_ask")
        if said is None:
            raise StoreError("passphrase_wanted", path=str(path))
        for key in passphrase.keys_of(passphrase_path(path), said):
            yield key, "passphrase"
    if closed is not None:
        raise closed


def corrected_in(chosen: Settings) -> Sequence[Entry]:
    """Entries whose kind the person decided; none where there is no journal, or only a passphrase opens it.

    What a text seems to be is told without a journal as well, so nothing about one keeps it from being told.
    """
    from voicejournal.edges.places import journal_path

    path = journal_path(chosen.journal)
    if not path.is_file():
        return ()
    with suppress(StoreError):
        journal = open_journal(chosen).journal
        try:
            return journal.corrected(CORRECTIONS)
        finally:
            journal.close()
    return ()


def protection_line(protection: Protection, salt: bytes, words: Mapping[str, str]) -> str:
    """What protects a journal, as a printed line; `words` are the language's table of that name."""
    from voicejournal.edges.places import account_key_path

    return words[protection].format(key_file=account_key_path(salt))


@dataclass(frozen=True)
class NewKey:
    """A key for a journal to come, and where it lies by now; none where nothing would keep it."""

    protection: Protection
    salt: bytes
    key: bytes | None = field(default=None, repr=False)
    trouble: StoreError | None = None


def _new_key(chosen: Settings, may_wait: bool) -> NewKey:
    """Raises: StoreError when the key file that was named can't be used."""
    from voicejournal.edges import key_file, key_store
    from voicejournal.edges.journal_file import SALT_BYTES
    from voicejournal.edges.places import account_key_path

    salt = secrets.token_bytes(SALT_BYTES)
    if chosen.key_file is not None:
        return NewKey("key_file", salt, key_file.key_of(Path(chosen.key_file)))
    if key_store.is_here():
        key = secrets.token_bytes(KEY_BYTES)
        # Where it is closed, or refuses, a file of this account will do until the person chooses.
        with suppress(StoreError):
            key_store.keep(salt, key, may_wait)
            return NewKey("key_store", salt, key)
    try:
        key_file.make(account_key_path(salt))
        return NewKey("account", salt, key_file.key_of(account_key_path(salt)))
    except StoreError as error:
        return NewKey("nothing", salt, trouble=error)


def _encrypted(path: Path, chosen: Settings, may_wait: bool) -> Opened:
    """What was plain until now. Where it can't be encrypted it is opened as it is: nobody is kept from speaking."""
    from voicejournal.edges import encrypting, journal_file
    from voicejournal.edges.store import Store

    Store(path).close()  # brought up to date first; what is no journal, or a damaged one, is told and left alone
    new = _new_key(chosen, may_wait)
    if new.key is None:
        return Opened(Store(path), "nothing", trouble=new.trouble)
    try:
        encrypting.encrypt(path, new.key, new.salt)
    except StoreError as error:
        if journal_file.kind_of(path) == "encrypted":  # all went well but for erasing the plain one
            return _published(path, Opened(Store(path, new.key), new.protection, new.salt, new.key, error))
        forget_keys(path, new.salt, (new.protection,))
        return Opened(Store(path), "nothing", trouble=error)
    return _published(path, Opened(Store(path, new.key), new.protection, new.salt, new.key))


def forget_keys(path: Path, salt: bytes, protections: Iterable[Protection]) -> StoreError | None:
    """Those keys go; one that can't be let go keeps none of the others, and is told. A person's own file stays."""
    from voicejournal.edges import key_store, passphrase
    from voicejournal.edges.disk import erase
    from voicejournal.edges.places import account_key_path, passphrase_path

    trouble = None
    for protection in protections:
        try:
            match protection:
                case "passphrase":
                    passphrase.forget(passphrase_path(path))
                case "key_store":
                    key_store.forget(salt)
                case "account":
                    erase(account_key_path(salt))
        except StoreError as error:
            trouble = error
    return trouble


def _published(path: Path, opened: Opened) -> Opened:
    """With what is needed to keep an entry while it is locked; if that can't be written it is open all the same."""
    from voicejournal.edges import sealed_key

    if opened.key is not None:
        with suppress(StoreError):
            sealed_key.publish(path, opened.key, opened.salt)
    return opened


def take_in_sealed(path: Path, opened: Opened) -> Opened:
    """What was said while it was locked moves in; for whoever holds the hearing lock.

    With trouble where some of it needs another key. Raises: StoreError.
    """
    from voicejournal.edges import sealed_entries

    if opened.key is None:
        return opened
    try:
        sealed_entries.take_in(opened.journal, path, opened.key)
    except StoreError as error:
        if error.name != "sealed_aside":
            raise
        return replace(opened, trouble=error)
    return opened
