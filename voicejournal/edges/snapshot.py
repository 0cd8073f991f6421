"""A copy of an encrypted journal as it was at one moment, under the same key, while others may go on writing to it.

In: the path of a journal, its key and salt. Out: another file. Touches: both.
Invariant: a copy that `take` returned from has every row of that moment, and its index finds them.
"""

import os
from contextlib import closing
from pathlib import Path

from voicejournal.edges import journal_file
from voicejournal.edges.comparing import Copy, compare
from voicejournal.errors import StoreError


def take(path: Path, key: bytes, salt: bytes, to: Path) -> None:
    """Raises: StoreError."""
    with journal_file.translated(str(path)), closing(journal_file.open_journal(str(path), key)) as db:
        os.close(os.open(to, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
        db.execute("pragma cipher_log_level = none")
        db.execute("attach ? as copy key ?", (os.fsencode(to), journal_file.key_literal(key, salt)))
        db.execute("begin")
        db.execute("select count(*) from entry").fetchone()  # from here on it is this moment, whoever writes
        db.execute("select sqlcipher_export('copy')").fetchone()
        if not compare(Copy(db), Copy(db, "copy")):
            raise StoreError("backup_failed", path=str(to))
        db.execute("commit")
        db.execute("detach copy")
    verify(to, key)


def verify(path: Path, key: bytes) -> None:
    """Raises: StoreError unless it opens with this key, and is whole with its index."""
    with journal_file.translated(str(path)), closing(journal_file.open_journal(str(path), key)) as db:
        journal_file.check(db, str(path))
        db.execute("insert into entry_search(entry_search, rank) values ('integrity-check', 1)")
