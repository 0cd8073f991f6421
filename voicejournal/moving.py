"""The journal put into one file, to be kept elsewhere or taken to another machine; and taken out of it there.

In: a file's path, settings, a way to ask for secrets. Out: lines to print.
Touches: whether files are there; all else through the edges it opens.
Invariant: neither is ever written over something, and both are read through before they are said to be done.
"""

from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path

from voicejournal.dialogue.language import Language
from voicejournal.errors import ErrorName, NotFound, SettingsError, StoreError
from voicejournal.journal.protection import Protection
from voicejournal.languages import language_of
from voicejournal.opening import Ask, Opened, open_journal, open_there, protection_line, take_in_sealed
from voicejournal.protecting import code_lines, open_by_code, open_with_key, protect_again
from voicejournal.settings import Settings

CLOSED: tuple[ErrorName, ...] = (
    "key_missing",
    "key_wrong",
    "key_file_missing",
    "key_store_closed",
    "passphrase_wanted",
    "passphrase_wrong",
    "passphrase_file_damaged",
)
"""Why no key that is here opens a journal; its recovery code still may."""


OPENS: Mapping[Protection, str] = {"key_file": "backup_key_file", "passphrase": "backup_key_passphrase"}
"""What is said of who can open a backup; other keys stay on this machine."""


def backup(file: Path, chosen: Settings, ask: Ask) -> Iterator[str]:
    """One encrypted file of the whole journal, while another copy may go on listening. Raises: JournalError."""
    from voicejournal.edges import backup_file, journal_file, snapshot
    from voicejournal.edges.lock import MEMORY
    from voicejournal.edges.places import journal_path, passphrase_path

    path, language = journal_path(chosen.journal), language_of(chosen.language)
    if str(path) == MEMORY or journal_file.kind_of(path) == "absent":
        raise NotFound("journal_absent", path=str(path))
    if file.exists():
        raise StoreError("backup_there", path=str(file))
    box = _bytes(passphrase_path(path))
    opened = open_journal(chosen, ask)
    with closing(opened.journal):
        if opened.key is None:
            raise StoreError("backup_plain")
        yield from _with_sealed(path, opened, language)
        with backup_file.private_folder(file) as folder:
            copy = folder / backup_file.JOURNAL
            snapshot.take(path, opened.key, opened.salt, copy)
            _refuse_if_changed(path, opened.key, box)
            backup_file.pack(copy, box, file, folder)
    yield language.printed["backup_made"].format(path=file)
    yield language.printed[OPENS.get(opened.protection, "backup_key_elsewhere")]


def restore(file: Path, chosen: Settings, ask: Ask) -> Iterator[str]:
    """A backup becomes the journal, where there is none. Raises: JournalError; then there is none still."""
    from voicejournal.edges import backup_file, journal_file, snapshot
    from voicejournal.edges.lock import changing_lock, hearing_lock
    from voicejournal.edges.places import journal_path, passphrase_path

    path, language = journal_path(chosen.journal).absolute(), language_of(chosen.language)
    journal_file.make_folder(path)
    with hearing_lock(path), changing_lock(path):
        _refuse_to_replace(path)
        with backup_file.private_folder(path) as folder:
            new = backup_file.unpack(file, folder)
            box, there = _bytes(passphrase_path(new)), _bytes(passphrase_path(path))
            if there not in (None, box):
                raise StoreError("restore_over", path=str(passphrase_path(path)))
            opened, is_by_code = _opened(new, chosen, ask)
            opened.journal.close()
            assert opened.key is not None
            snapshot.verify(new, opened.key)
            if box is not None and there is None:  # first: a journal without it could not be opened
                backup_file.put(passphrase_path(new), passphrase_path(path))
            backup_file.put(new, path)
        yield language.printed["restored"].format(path=path)
        if is_by_code:
            opened = open_with_key(path, opened.key)
            opened = take_in_sealed(path, opened)  # with another key it could not be any more
            opened = protect_again(path, opened)
            opened.journal.close()
            yield from code_lines(opened, language, is_new=True)
        yield protection_line(opened.protection, opened.salt, language.protection)


def _with_sealed(path: Path, opened: Opened, language: Language) -> Iterator[str]:
    """What was said while it was locked comes along; where somebody listens, that is told."""
    from voicejournal.edges.lock import hearing_lock
    from voicejournal.edges.sealed_file import sealed_path

    if not sealed_path(path).exists():
        return
    try:
        with hearing_lock(path):
            take_in_sealed(path, opened)
    except StoreError as error:
        if error.name != "second_copy":
            raise
        yield language.printed["backup_without_sealed"]


def _opened(path: Path, chosen: Settings, ask: Ask) -> tuple[Opened, bool]:
    """With a key that is here, else by the recovery code; and whether it was by that."""
    from voicejournal.edges import journal_file

    if journal_file.kind_of(path) != "encrypted":
        raise StoreError("backup_damaged", path=str(path))
    try:
        return open_there(path, chosen, ask), False
    except StoreError as error:
        if error.name not in CLOSED:
            raise
        try:
            return open_by_code(path, ask), True
        except SettingsError as slip:
            raise error if slip.name == "input_ended" else slip from None


def _refuse_if_changed(path: Path, key: bytes, box: bytes | None) -> None:
    """Another key or passphrase while it was copied: the box might not open the copy. Raises: StoreError."""
    from voicejournal.edges.places import passphrase_path

    try:
        open_with_key(path, key).journal.close()
    except StoreError as error:
        raise StoreError("backup_changed") if error.name == "key_wrong" else error from None
    if _bytes(passphrase_path(path)) != box:
        raise StoreError("backup_changed")


def _refuse_to_replace(path: Path) -> None:
    """Raises: StoreError `restore_over` where there is a journal, or a part of one."""
    for there in (path, *(path.with_name(path.name + part) for part in ("-wal", "-journal", ".plain"))):
        if there.exists() or there.is_symlink():
            raise StoreError("restore_over", path=str(there))


def _bytes(path: Path) -> bytes | None:
    """None where there is no such file. Raises: StoreError."""
    from voicejournal.edges import disk

    try:
        return disk.read(path)
    except FileNotFoundError:
        return None
    except OSError as exc:
        raise StoreError("journal_unreachable", path=str(path)) from exc
