"""Opening a journal: made privately, and left alone byte for byte when something is wrong with it."""

import os
import stat
import subprocess
import sys
import tempfile
import threading
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from voicejournal.edges.journal_file import CHECKED_BYTES, NAMES
from voicejournal.edges.sqlcipher import sqlite3
from voicejournal.edges.store import Store
from voicejournal.errors import StoreError
from voicejournal.hearing.transcripts import KeptStretch

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
NOBODY = 65534  # the user of that name on Linux
PAGE = 4096
PROMPTS = Path(__file__).parents[2] / "prompts"

posix = pytest.mark.skipif(os.name != "posix", reason="owners and modes are POSIX")
root = pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="needs root")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Of a journal with one written entry and some sound, closed."""
    path = tmp_path / "journal.db"
    store = Store(path)
    entry_id = store.open_entry(NOW, "en", "vosk")
    for _ in range(4):
        store.keep_sound(entry_id, bytes(8000))
    store.close_entry(entry_id, NOW)
    store.keep_stretch(entry_id, KeptStretch(0.0, 1.0, "I was on a train"))
    store.write_entry(entry_id, "dream", "spoken", None)
    store.close()
    return path


@contextmanager
def ordinary_person() -> Iterator[None]:
    """Not root meanwhile, who may write anywhere."""
    was = os.geteuid()
    if was == 0:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(was)


@pytest.fixture
def own_folder(path: Path) -> Iterator[Path]:
    """A folder with a journal, both of an ordinary person, whom tmp_path would not let in."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "journal.db").write_bytes(path.read_bytes())
        (folder / "journal.db").chmod(0o600)
        if os.geteuid() == 0:
            os.chown(folder, NOBODY, NOBODY)
            os.chown(folder / "journal.db", NOBODY, NOBODY)
        yield folder


def files(folder: Path) -> dict[str, bytes]:
    return {part.name: part.read_bytes() for part in folder.iterdir()}


def refusal(path: Path) -> StoreError:
    with pytest.raises(StoreError) as told:
        Store(path)
    assert told.value.details == {"path": str(path)}
    return told.value


# Made and kept private


@posix
def test_all_files_are_private(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "folder" / "journal.db"
    store = Store(path)
    store.keep_sound(store.open_entry(NOW, "en", "vosk"), bytes(8000))
    modes = {part.name: stat.S_IMODE(part.stat().st_mode) for part in path.parent.iterdir()}
    assert modes == {"journal.db": 0o600, "journal.db-wal": 0o600, "journal.db-shm": 0o600}
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    store.close()


@posix
def test_a_copy_that_became_readable_is_made_private(path: Path) -> None:
    path.chmod(0o644)
    folder_mode = path.parent.stat().st_mode
    Store(path).close()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert path.parent.stat().st_mode == folder_mode  # it may be a folder that others share


def test_settings_of_the_connection(path: Path) -> None:
    store = Store(path)
    asked = ("journal_mode", "synchronous", "secure_delete", "foreign_keys", "busy_timeout", "temp_store")
    found = [store._connection.execute(f"pragma {name}").fetchone()[0] for name in asked]
    assert found == ["wal", 2, 1, 1, 5000, 2]
    store.close()


def test_an_existing_journal_opens_at_once_and_without_sqlite_utils(path: Path) -> None:
    code = """if True:
        import sys, time
        from voicejournal.edges.store import Store
        took = []
        for _ in range(5):  # the quickest: other programs of this machine only make it slower
            start = time.perf_counter()
            Store(sys.argv[1]).close()
            took.append(time.perf_counter() - start)
        print(min(took), "sqlite_utils" in sys.modules)
    """
    ran = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True)
    seconds, is_imported = ran.stdout.split()
    assert float(seconds) < 0.06 and is_imported == "False"


def test_odd_names(tmp_path: Path) -> None:
    for name in ("a b?mode=memory#c%20.db", "일기.db", "quote'.db"):
        Store(tmp_path / name).close()
        assert (tmp_path / name).stat().st_size > 0


def test_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    store = Store(":memory:")
    assert store.open_entry(NOW, "en", "vosk") == "261122-001"
    store.check()
    store.close()
    assert list(tmp_path.iterdir()) == []


def test_copies_that_start_at_once_make_one_journal(tmp_path: Path) -> None:
    code = "import sys; from voicejournal.edges.store import Store; Store(sys.argv[1]).entries(); print('ok')"
    copies = [
        subprocess.Popen(
            [sys.executable, "-c", code, str(tmp_path / "journal.db")],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(3)
    ]
    assert [copy.communicate() for copy in copies] == [("ok\n", "")] * 3


def test_a_journal_being_made_by_another_copy_is_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "journal.db"
    other = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    other.execute("create table not_yet (visible)")
    other.execute("drop table not_yet")
    other.execute("begin immediate")  # SQLite itself does not wait for this one before it makes a -wal
    threading.Timer(0.1, other.execute, ("rollback",)).start()
    Store(path).close()
    other.close()


# Damage


def garbled(whole: bytes, at: int, length: int) -> bytes:
    return whole[:at] + b"\xa5" * length + whole[at + length :]


def test_no_damaged_page_is_overlooked_and_nothing_is_touched(path: Path) -> None:
    whole = path.read_bytes()
    assert len(whole) % PAGE == 0
    damaged = {f"page {at // PAGE}": garbled(whole, at, PAGE) for at in range(0, len(whole), PAGE)}
    damaged |= {
        "not SQLite": b"Dear diary, " * 1000,
        "only the name": b"SQLite format 3\0" + os.urandom(9000),
        "tables unreadable": garbled(whole, 150, 1500),
        "half": whole[: len(whole) // 2],
        "cut in a page": whole[:5000],
        "the last page": whole[:-PAGE],
        "one byte": b"S",
    }
    for what, content in damaged.items():
        path.write_bytes(content)
        print(what)  # pytest shows it when one is overlooked
        assert refusal(path).name == "journal_damaged"
        assert files(path.parent) == {"journal.db": content}


def test_a_damaged_journal_keeps_its_wal(path: Path) -> None:
    store = Store(path)
    store.open_entry(NOW, "en", "vosk")
    wal = Path(f"{path}-wal").read_bytes()
    assert wal
    store.close()
    for content in (b"", garbled(path.read_bytes(), 0, 200)):
        path.write_bytes(content)
        Path(f"{path}-wal").write_bytes(wal)
        assert refusal(path).name == "journal_damaged"
        assert {**files(path.parent), "journal.db-shm": b""} == {
            "journal.db": content,
            "journal.db-wal": wal,
            "journal.db-shm": b"",
        }


def test_an_empty_file_becomes_a_journal(tmp_path: Path) -> None:
    (tmp_path / "journal.db").touch()
    Store(tmp_path / "journal.db").close()
    Store(tmp_path / "journal.db").check()


def test_damage_met_on_the_way(path: Path) -> None:
    store = Store(path)
    entry_id = store.open_entry(NOW, "en", "vosk")
    for _ in range(CHECKED_BYTES // 8000 + 100):  # too big to be checked whole at the start
        store.keep_sound(entry_id, bytes(8000))
    store.close()
    whole = path.read_bytes()
    path.write_bytes(garbled(whole, len(whole) // 2 // PAGE * PAGE, 20 * PAGE))
    store = Store(path)
    assert store.search("train")
    with pytest.raises(StoreError, match="journal_damaged"):
        list(store.sound(entry_id))
    with pytest.raises(StoreError, match="journal_damaged") as told:
        store.check()
    assert told.value.details == {"path": str(path)}
    store.close()


@pytest.mark.parametrize("column", ["started_at", "text"])
def test_a_row_that_makes_no_sense(path: Path, column: str) -> None:
    connection = sqlite3.connect(path)
    connection.execute(f"update entry set {column} = cast(x'ff20' as text)")
    connection.commit()
    connection.close()
    store = Store(path)
    with pytest.raises(StoreError, match="journal_damaged") as told:
        store.entries()
    assert told.value.__cause__ is not None
    store.close()


def test_text_that_no_file_can_hold_is_not_called_damage(path: Path) -> None:
    store = Store(path)
    with pytest.raises(UnicodeEncodeError):
        store.keep_stretch("261122-001", KeptStretch(0.0, 1.0, "\ud800"))
    store.close()


# Not ours, not writable, not free


@pytest.mark.parametrize("name", ["j" * 5000, "j\0"])
def test_a_name_that_no_file_can_have(tmp_path: Path, name: str) -> None:
    assert refusal(tmp_path / name).name == "journal_unreachable"


@posix
def test_a_link_is_refused(path: Path) -> None:
    link = path.parent / "link.db"
    for target in (path, path.parent / "nothing.db"):
        link.symlink_to(target)
        assert refusal(link).name == "journal_not_yours"
        link.unlink()
    assert list(path.parent.iterdir()) == [path]


@root
def test_the_file_of_somebody_else_is_refused(path: Path) -> None:
    os.chown(path, NOBODY, NOBODY)
    before = files(path.parent)
    assert refusal(path).name == "journal_not_yours"
    assert files(path.parent) == before


def test_what_is_no_file_is_refused(path: Path) -> None:
    (path.parent / "folder.db").mkdir()
    assert refusal(path.parent / "folder.db").name == "not_a_journal"
    assert refusal(path / "inside.db").name == "not_a_journal"


@posix
def test_read_only(own_folder: Path) -> None:
    journal = own_folder / "journal.db"
    with ordinary_person():
        Store(journal).close()
        journal.chmod(0o400)
        assert refusal(journal).name == "journal_read_only"
        journal.chmod(0o600)
        own_folder.chmod(0o500)
        before = files(own_folder)
        assert refusal(journal).name == "journal_read_only"
        assert refusal(own_folder / "new.db").name == "journal_read_only"
        assert refusal(own_folder / "new folder" / "new.db").name == "journal_read_only"
        assert files(own_folder) == before
        own_folder.chmod(0o700)


def test_locked(path: Path) -> None:
    store = Store(path)
    store._connection.execute("pragma busy_timeout = 20")  # instead of 5 s
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("begin immediate")
    with pytest.raises(StoreError) as told:
        store.open_entry(NOW, "en", "vosk")
    assert told.value.name == "journal_locked"
    with pytest.raises(StoreError, match="journal_locked"):
        store.keep_sound("261122-001", bytes(8000))
    assert store.search("train")
    other.execute("rollback")
    other.close()
    assert store.open_entry(NOW, "en", "vosk") == "261122-002"
    store.close()


# The disk is full


def kept_until_full(store: Store) -> tuple[str, list[bytes]]:
    entry_id = store.open_entry(NOW, "en", "vosk")
    kept: list[bytes] = []
    with pytest.raises(StoreError) as told:
        for number in range(10_000):
            pcm = number.to_bytes(2, "little") * 4000
            store.keep_sound(entry_id, pcm)
            kept.append(pcm)
    assert told.value.name == "disk_full"
    return entry_id, kept


def test_full_disk_keeps_what_was_kept(path: Path) -> None:
    store = Store(path)
    (pages,) = store._connection.execute("pragma page_count").fetchone()
    store._connection.execute(f"pragma max_page_count = {pages + 50}")
    entry_id, kept = kept_until_full(store)
    assert len(kept) > 10
    for _ in range(3):
        with pytest.raises(StoreError, match="disk_full"):
            store.keep_sound(entry_id, bytes(8000))
    assert list(store.sound(entry_id)) == kept
    assert store.entry(entry_id).seconds == len(kept) / 4
    assert [entry.id for entry in store.search("train")] == ["261122-001"]
    store._connection.execute(f"pragma max_page_count = {pages + 500}")
    store.keep_sound(entry_id, bytes(8000))
    assert list(store.sound(entry_id)) == [*kept, bytes(8000)]
    store.check()
    store.close()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A real disk of 8 MB."""
    place = tmp_path / "small"
    place.mkdir()
    if os.name != "posix" or os.geteuid() != 0:
        pytest.skip("mounting a small disk needs root")
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=8m", "none", str(place)], capture_output=True)
    if mounted.returncode:
        pytest.skip("this machine lets nobody mount a disk")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


def test_a_disk_that_is_really_full(small_disk: Path) -> None:
    path = small_disk / "journal.db"
    store = Store(path)
    (small_disk / "something else").write_bytes(bytes(5_000_000))
    entry_id, kept = kept_until_full(store)
    assert len(kept) > 20
    assert list(store.sound(entry_id)) == kept
    assert store.unfinished()[0].seconds == len(kept) / 4
    assert refusal(small_disk / "another.db").name == "disk_full"
    (small_disk / "something else").unlink()  # as the fix says
    store.keep_sound(entry_id, bytes(8000))
    store.close_entry(entry_id, NOW)
    store.close()
    store = Store(path)
    store.check()
    assert list(store.sound(entry_id)) == [*kept, bytes(8000)]
    store.drop_entry(entry_id)
    assert store.entries() == []
    store.close()


def test_killed_on_a_full_disk(small_disk: Path) -> None:
    """What was kept comes back even though nobody could close the journal."""
    code = """if True:
        import os, sys
        from datetime import UTC, datetime
        from voicejournal.edges.store import Store
        from voicejournal.errors import StoreError
        store = Store(sys.argv[1])
        entry_id = store.open_entry(datetime.now(UTC), "en", "vosk")
        kept = 0
        try:
            while True:
                store.keep_sound(entry_id, bytes(8000))
                kept += 1
        except StoreError:
            print(kept, flush=True)
        os.kill(os.getpid(), 9)
    """
    path = small_disk / "journal.db"
    ran = subprocess.run([sys.executable, "-c", code, str(path)], stdout=subprocess.PIPE, text=True)
    store = Store(path)
    (entry,) = store.unfinished()
    assert entry.seconds == int(ran.stdout) / 4 > 10
    assert sum(map(len, store.sound(entry.id))) == int(ran.stdout) * 8000
    store.close()


# What a person is told


@pytest.mark.parametrize("language", ["en", "ko"])
def test_every_error_has_its_words(language: str) -> None:
    tables = tomllib.loads((PROMPTS / language / "errors.toml").read_text("utf-8"))
    names = {*NAMES.values(), "journal_not_yours", "journal_newer", "not_a_journal", "journal_unreachable"}
    for name in names | {"entry_unknown", "second_copy"}:
        words = tables[name]
        assert words["fix"].format(path="/home/me/journal.db", id="261122-001")
        assert len(words["spoken"].split()) <= 12 and "{" not in words["spoken"]
