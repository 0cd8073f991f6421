"""What protects the journal, changed: a passphrase, the key store, a key file of one's own; and a way back in.

In: what was asked, settings, a way to ask for secrets. Out: lines to print.
Touches: whether files are there; all else through the edges it opens.
Invariant: at every step some key that the person has opens the journal; the old one goes last.
"""

import secrets
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

from voicejournal.dialogue.language import Language
from voicejournal.errors import JournalError, SettingsError, StoreError
from voicejournal.journal.protection import KEY_BYTES, Protection
from voicejournal.journal.recovery_code import code_of, key_of
from voicejournal.languages import language_of
from voicejournal.opening import Ask, Opened, forget_keys, open_journal, protection_line, take_in_sealed
from voicejournal.settings import Settings

SHORTEST = 8
"""Letters of a passphrase (NIST SP 800-63B, 5.1.1.1). Argon2id makes each try slow; three words are better."""


def lock(way: str | None, file: str | None, chosen: Settings, ask: Ask) -> Iterator[str | JournalError]:
    """What protects the journal now, or from now on, in printed lines. Raises: JournalError."""
    from voicejournal.edges.lock import hearing_lock
    from voicejournal.edges.places import journal_path

    path, language = journal_path(chosen.journal), language_of(chosen.language)
    with hearing_lock(path):  # whoever listens has the journal open under the key of before
        opened = open_journal(chosen, ask)
        with closing(opened.journal):
            opened = take_in_sealed(path, opened)  # with another key it could not be any more
            before = opened.key
            match way:
                case "passphrase":
                    opened = protect_with_passphrase(path, opened, _new_passphrase(ask))
                case "key-store":
                    opened = protect_with_key_store(path, opened)
                case "key-file":
                    if file is None:
                        raise SettingsError("key_file_not_named")
                    opened = protect_with_key_file(path, opened, Path(file))
                case "code":
                    yield from code_lines(opened, language)
                    return
            yield from _lines(opened, language)
            if way is not None:
                yield from code_lines(opened, language, is_new=opened.key != before)


def unlock(with_code: bool, chosen: Settings, ask: Ask) -> Iterator[str | JournalError]:
    """Whether the journal opens; by its recovery code it does, and gets another key. Raises: JournalError."""
    from voicejournal.edges.lock import hearing_lock
    from voicejournal.edges.places import journal_path

    path, language = journal_path(chosen.journal), language_of(chosen.language)
    with hearing_lock(path):
        opened = open_by_code(path, ask) if with_code else open_journal(chosen, ask)
        with closing(opened.journal):
            opened = take_in_sealed(path, opened)
            if with_code:
                opened = protect_again(path, opened)
                yield from code_lines(opened, language, is_new=True)
            yield language.printed["journal_opens"]
            yield from _lines(opened, language)


def _lines(opened: Opened, language: Language) -> Iterator[str | JournalError]:
    """What protects it now, and what of this could not be done."""
    yield protection_line(opened.protection, opened.salt, language.protection)
    if opened.trouble is not None:
        yield opened.trouble


def _new_passphrase(ask: Ask) -> str:
    """Typed twice. Raises: SettingsError."""
    first = ask("passphrase_new")
    if first is None:
        raise SettingsError("input_ended")
    if len(first) < SHORTEST:
        raise SettingsError("passphrase_short", least=str(SHORTEST))
    if ask("passphrase_again") != first:
        raise SettingsError("passphrases_differ")
    return first


def open_by_code(path: Path, ask: Ask) -> Opened:
    """Raises: SettingsError `code_wrong`; StoreError."""
    typed = ask("code_ask")
    if typed is None:
        raise SettingsError("input_ended")
    key = key_of(typed)
    if key is None:
        raise SettingsError("code_wrong")
    return open_with_key(path, key)


def code_lines(opened: Opened, language: Language, is_new: bool = False) -> Iterator[str]:
    """A new one opens nothing of before, and one of before nothing from now on."""
    if opened.key is not None:
        if is_new:
            yield language.printed["code_new"]
        yield language.printed["code_line"]
        yield code_of(opened.key)


def protect_with_passphrase(path: Path, opened: Opened, passphrase: str) -> Opened:
    """With another key: who knows the passphrase of before, and has its box, has none. Raises: StoreError; then it
    is as it was.
    """
    from voicejournal.edges import passphrase as box
    from voicejournal.edges.places import passphrase_path

    key = _next_key(opened)
    box.lock_up(passphrase_path(path), key, passphrase)
    return _changed(path, opened, key, "passphrase")


def protect_with_key_store(path: Path, opened: Opened) -> Opened:
    """Raises: StoreError `key_store_missing`, `key_store_closed`."""
    from voicejournal.edges import key_store

    if not key_store.is_here():
        raise StoreError("key_store_missing")
    if opened.protection == "key_store":
        return opened  # the key in it is the only one there is, so it is not written over
    key = _next_key(opened)
    key_store.keep(opened.salt, key)
    return _changed(path, opened, key, "key_store")


def protect_with_key_file(path: Path, opened: Opened, file: Path) -> Opened:
    """Under the bytes of that file; one that is not there is made. Raises: StoreError."""
    from voicejournal.edges import key_file

    _require_encrypted(opened)
    if not file.exists():
        key_file.make(file)
    return _changed(path, opened, key_file.key_of(file), "key_file")


def protect_again(path: Path, opened: Opened) -> Opened:
    """After a recovery: in the key store of this computer, or in a file of this account, where it has none."""
    from voicejournal.edges import key_file, key_store
    from voicejournal.edges.disk import erase
    from voicejournal.edges.places import account_key_path

    if key_store.is_here():
        return protect_with_key_store(path, opened)
    file = account_key_path(opened.salt)
    erase(file)  # one that is there opens nothing, or it would not have come to this
    key_file.make(file)
    return _changed(path, opened, key_file.key_of(file), "account")


def open_with_key(path: Path, key: bytes) -> Opened:
    """What a recovery code stands for; it counts as a key file, for it is kept elsewhere too.

    Raises: StoreError `key_wrong` and others.
    """
    from voicejournal.edges.journal_file import salt_of
    from voicejournal.edges.store import Store

    return Opened(Store(path, key), "key_file", salt_of(path), key)


def _next_key(opened: Opened) -> bytes:
    """Another one, for somebody else may have had that of before. Raises: StoreError `not_encrypted`."""
    _require_encrypted(opened)
    return secrets.token_bytes(KEY_BYTES)


def _require_encrypted(opened: Opened) -> None:
    """Without a key there is none to change. Raises: StoreError `not_encrypted`."""
    if opened.key is None:
        raise StoreError("not_encrypted")


def _changed(path: Path, opened: Opened, key: bytes, protection: Protection) -> Opened:
    """The new key lies where it belongs by now: the journal takes it, and then the others go.

    Raises: StoreError `rekey_failed`; then the key of before opens it, and `opened` is closed.
    """
    from voicejournal.edges.sealed_key import publish

    if key != opened.key:
        try:
            opened.journal.rekey(key)
            _try_key(path, key)
        except StoreError as exc:
            opened.journal.close()
            _take_back(path, opened, protection)
            raise StoreError("rekey_failed", path=str(path)) from exc
    trouble = opened.trouble
    if protection == "passphrase":
        trouble = _settled(path) or trouble
    try:
        publish(path, key, opened.salt)
    except StoreError as error:  # told, for what is said while it is locked would be sealed to the key of before
        trouble = error
    others: list[Protection] = [one for one in KEPT_HERE if one != protection]
    trouble = forget_keys(path, opened.salt, others) or trouble
    return Opened(opened.journal, protection, opened.salt, key, trouble)


def _take_back(path: Path, opened: Opened, protection: Protection) -> None:
    """The new key goes, if that of before still opens the journal; where that can't be told both stay."""
    from voicejournal.edges import passphrase
    from voicejournal.edges.places import passphrase_path

    assert opened.key is not None
    with suppress(StoreError):
        _try_key(path, opened.key)
        if protection == "passphrase":
            passphrase.take_back(passphrase_path(path))
        else:
            forget_keys(path, opened.salt, (protection,))


def _settled(path: Path) -> StoreError | None:
    """The box holds nothing of before any more; why it still does, which harms nothing but is told."""
    from voicejournal.edges import passphrase
    from voicejournal.edges.places import passphrase_path

    try:
        passphrase.settle(passphrase_path(path))
    except StoreError as error:
        return error
    return None


KEPT_HERE: tuple[Protection, ...] = ("passphrase", "key_store", "account")
"""Where this program keeps keys; a key file is the person's own."""


def _try_key(path: Path, key: bytes) -> None:
    """SQLCipher says nothing of a commit that failed (its `sqlite3_rekey_v2`): whether it happened is looked at."""
    from voicejournal.edges.store import Store

    Store(path, key).close()
