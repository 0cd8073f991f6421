"""Everything that belongs to a journal on this machine, found by name, and how a piece of it goes.

In: the path of a journal, or of a small file of ours. Out: paths of what is there. Touches: those files.
Invariant: only names that this program gives are taken for its own; a link is never followed to what it leads to;
of a folder nothing goes but what a restoring leaves in one that it made.
"""

import os
import re
import stat
from contextlib import suppress
from pathlib import Path

from voicejournal.edges.backup_file import JOURNAL
from voicejournal.edges.disk import erase
from voicejournal.errors import StoreError

RANDOM = "[a-z0-9_]{8}"
"""What Python's `tempfile` adds to a name; files of such names are left by a run that was killed."""

SQLITE = "(-wal|-shm|-journal)?"


def keys_of(key: Path) -> list[Path]:
    """A key file of the account, and what a run that was killed left of one."""
    name = re.escape(key.name)
    return _there(key.parent, f"{name}|\\.{name}{RANDOM}")


def companions_of(journal: Path) -> list[Path]:
    """What lies beside a journal that was opened once, and beside no other file: it shows whose that is.

    A lock is none of them, for it is made before it is known what the file is; nor are preferences, which are
    named without the journal's ending, so that they lie beside its namesakes as well.
    """
    return _there(journal.parent, f"{re.escape(journal.name)}\\.(public|passphrase|sealed|sealed-for-another-key)")


def boxes_of(journal: Path) -> list[Path]:
    """What a passphrase opens."""
    name = re.escape(journal.name)
    return _there(journal.parent, f"{name}\\.passphrase|\\.?{name}\\.passphrase{RANDOM}")


def journal_and_leftovers(journal: Path) -> list[Path]:
    """The journal, what waits for it, and what an encryption, a restoring or a change left that was cut short."""
    name = re.escape(journal.name)
    whole = (
        f"{name}(\\.encrypting|\\.plain)?{SQLITE}|{name}\\.(sealed|sealed-for-another-key)"
        f"|{name}\\.public({RANDOM})?|\\.{name}\\.public|\\.{name}\\.{RANDOM}"
    )
    # What the journal is known by goes last: a run that is killed before can be ended by another.
    return sorted(_there(journal.parent, whole), key=lambda path: ".public" in path.name)


def notes_of(file: Path) -> list[Path]:
    """A small file that is replaced whole, its damaged copy, and what was left of a change."""
    name = re.escape(file.name)
    return _there(file.parent, f"{name}(\\.damaged)?|{name}(\\.damaged)?{RANDOM}")


def locks_of(file: Path) -> list[Path]:
    name = re.escape(file.name)
    return _there(file.parent, f"{name}\\.lock|\\.{name}\\.lock")


def others_of(journal: Path) -> list[Path]:
    """What begins with the journal's name and is none of ours: perhaps a copy that the person made."""
    ours = {*boxes_of(journal), *journal_and_leftovers(journal), *locks_of(journal)}
    return [path for path in _there(journal.parent, f"{re.escape(journal.name)}.+") if path not in ours]


def account_keys(folder: Path) -> list[Path]:
    return _there(folder, "journal-[0-9a-f]{8}\\.key")


def allow(path: Path) -> None:
    """Let a file be read that its own mode forbids: a journal tells which key is its own."""
    with suppress(OSError):
        if stat.S_ISREG(path.lstat().st_mode):
            path.chmod(0o600)


def let_go(path: Path) -> None:
    """Zeros over it where that can be done, and its name goes. Raises: StoreError `piece_left`."""
    try:
        mode = path.lstat().st_mode
        if stat.S_ISDIR(mode):
            for part in _restored_in(path):
                let_go(part)
            path.rmdir()  # which fails where there is anything else in it
            return
        if stat.S_ISREG(mode):
            path.chmod(0o600)
            with suppress(StoreError):  # on a disk that is full or failing its name goes all the same
                erase(path)
        path.unlink(missing_ok=True)
    except FileNotFoundError:
        return
    except OSError as exc:
        raise StoreError("piece_left", path=str(path)) from exc


def _restored_in(folder: Path) -> list[Path]:
    """What a restoring that was killed left in the folder that it made; nothing in a folder of another name."""
    if not re.fullmatch(f"\\..+\\.{RANDOM}", folder.name):
        return []
    journal = folder / JOURNAL
    return [*boxes_of(journal), *journal_and_leftovers(journal), *locks_of(journal)]


def _there(folder: Path, pattern: str) -> list[Path]:
    try:
        names = sorted(os.listdir(folder))
    except OSError:
        return []
    return [folder / name for name in names if re.fullmatch(pattern, name)]
