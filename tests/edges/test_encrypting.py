"""A plain journal becomes an encrypted one, and nothing of it is lost or left, whenever it is cut short."""

import os
import signal
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from voicejournal.edges import encrypting, journal_file
from voicejournal.edges.comparing import Copy, compare
from voicejournal.edges.sqlcipher import sqlite3
from voicejournal.edges.store import Store
from voicejournal.errors import StoreError
from voicejournal.hearing.transcripts import KeptStretch
from voicejournal.journal.entries import Entry

NOW = datetime(2026, 11, 26, 7, 30).astimezone()
KEY, SALT = bytes(range(32)), b"sixteen of salt!"
SECRET = "umbrella"
SOUND = bytes(range(1, 251)) * 30


def filled(path: Path, count: int = 30) -> list[Entry]:
    store = Store(path)
    for number in range(count):
        entry_id = store.open_entry(NOW + timedelta(minutes=number), "en", "vosk")
        store.keep_sound(entry_id, SOUND)
        store.close_entry(entry_id, NOW + timedelta(minutes=number, seconds=9))
        store.keep_stretch(entry_id, KeptStretch(0.0, 1.0, f"my {SECRET} number {number}"))
        store.write_entry(entry_id, "dream", "spoken", None)
    entries = list(store.entries())
    store.close()
    return entries


def leaks(folder: Path) -> list[str]:
    """Files that hold words or sound in the open."""
    return [
        path.name for path in folder.iterdir() if any(it in path.read_bytes() for it in (SECRET.encode(), SOUND))
    ]


def test_everything_is_there_and_nothing_of_it_in_the_open(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite3"
    entries = filled(path)
    assert leaks(tmp_path) == ["journal.sqlite3"]
    encrypting.encrypt(path, KEY, SALT)
    assert leaks(tmp_path) == []
    assert list(tmp_path.iterdir()) == [path]
    assert journal_file.salt_of(path) == SALT
    store = Store(path, KEY)
    assert list(store.entries()) == entries
    assert len(store.search(SECRET)) == len(entries)
    assert b"".join(store.sound(entries[0].id)) == SOUND
    store.check()
    entry_id = store.open_entry(NOW + timedelta(days=1), "en", "vosk")  # and it can be written to
    store.keep_sound(entry_id, SOUND)
    assert leaks(tmp_path) == []  # with the -wal file full of it
    store.close()


def test_the_plain_file_is_written_over_before_its_name_goes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "journal.sqlite3"
    filled(path)
    os.link(path, tmp_path / "seen")  # another name of the same bytes
    encrypting.encrypt(path, KEY, SALT)
    assert set((tmp_path / "seen").read_bytes()) == {0}


def test_a_link_that_somebody_left_beside_it_leads_nowhere(tmp_path: Path) -> None:
    path, precious = tmp_path / "journal.sqlite3", tmp_path / "precious"
    precious.write_text("precious")
    filled(path)
    encrypting.encrypt(path, KEY, SALT)
    for target in (precious, tmp_path / "nowhere"):
        (tmp_path / "journal.sqlite3.plain").symlink_to(target)
        encrypting.erase_leftovers(path)
        assert sorted(tmp_path.iterdir()) == [path, precious]
    assert precious.read_text() == "precious"


def test_while_another_program_reads_it_stays_as_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "journal.sqlite3"
    entries = filled(path, 3)
    monkeypatch.setattr(journal_file, "BUSY_SECONDS", 0.05)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("begin")
    other.execute("select * from entry").fetchone()
    with pytest.raises(StoreError, match="journal_locked"):
        encrypting.encrypt(path, KEY, SALT)
    other.execute("rollback")
    other.close()
    store = Store(path)
    assert list(store.entries()) == entries
    store.close()


def test_what_came_out_otherwise_stays_plain_and_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "journal.sqlite3"
    entries = filled(path, 3)

    def one_row_more(plain: Copy, encrypted: Copy) -> bool:
        encrypted.db.execute("insert into visit (at, brought) values ('x', 'y')")
        return compare(plain, encrypted)

    monkeypatch.setattr(encrypting, "compare", one_row_more)
    with pytest.raises(StoreError, match="encrypting_failed"):
        encrypting.encrypt(path, KEY, SALT)
    assert list(tmp_path.iterdir()) == [path]
    store = Store(path)
    assert list(store.entries()) == entries
    store.close()


STARVED = """
import resource, signal, sys
from pathlib import Path
from voicejournal.edges import encrypting
from voicejournal.errors import StoreError
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), int(sys.argv[2])))
try:
    encrypting.encrypt(Path(sys.argv[1]), bytes(range(32)), b"sixteen of salt!")
except StoreError as error:
    print(error.name)
"""
"""What a full disk does to the copy, a limit on the size of files does as well."""


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such limit on Windows")
@pytest.mark.parametrize("limit", [1000, 50_000, 200_000])
def test_a_full_disk_is_told_as_what_it_keeps_from_being_done(tmp_path: Path, limit: int) -> None:
    path = tmp_path / "journal.sqlite3"
    entries = filled(path)
    assert path.stat().st_size > limit
    run = subprocess.run(
        [sys.executable, "-c", STARVED, str(path), str(limit)], check=True, capture_output=True, text=True
    )
    assert run.stdout == "encrypting_failed\n"
    assert not list(tmp_path.glob("*.encrypting*"))
    store = Store(path)
    assert list(store.entries()) == entries
    store.close()


def test_what_sqlite_left_of_a_copy_that_was_cut_short_goes(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite3"
    filled(path, 3)
    encrypting.encrypt(path, KEY, SALT)
    for ending in ("", "-journal", "-wal", "-shm"):
        (tmp_path / f"journal.sqlite3.encrypting{ending}").write_bytes(bytes(30))
    encrypting.erase_leftovers(path)
    assert list(tmp_path.iterdir()) == [path]


DYING = """
import os, signal, sys
from pathlib import Path
from voicejournal.edges import encrypting
steps = int(sys.argv[2])
def dying(event, arguments):
    global steps
    if event in ("os.link", "os.rename", "os.remove", "open", "sqlite3.connect") and sys.argv[1] in str(arguments):
        steps -= 1
        if steps == 0:
            os.kill(os.getpid(), signal.SIGKILL)
sys.addaudithook(dying)
encrypting.encrypt(Path(sys.argv[1]), bytes(range(32)), b"sixteen of salt!")
"""
"""Encrypts, and is killed before the nth time that it touches a file by name."""


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL on Windows")
def test_killed_at_any_step_the_journal_is_there_whole(tmp_path: Path) -> None:
    steps, code = 0, -signal.SIGKILL
    while code == -signal.SIGKILL:
        steps += 1
        folder = tmp_path / str(steps)
        folder.mkdir()
        path = folder / "journal.sqlite3"
        entries = filled(path, 3)
        code = subprocess.run([sys.executable, "-c", DYING, str(path), str(steps)], check=False).returncode
        if journal_file.kind_of(path) == "plain":
            encrypting.encrypt(path, KEY, SALT)  # as the next start does
        encrypting.erase_leftovers(path)
        store = Store(path, KEY)
        assert list(store.entries()) == entries
        store.close()
        assert leaks(folder) == []
        assert list(folder.iterdir()) == [path]
    assert code == 0
    assert steps > 5
