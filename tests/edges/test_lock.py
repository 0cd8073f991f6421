"""One copy hears at a time: tried with real second processes."""

import errno
import os
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from voicejournal.edges.lock import hearing_lock
from voicejournal.errors import StoreError

NOBODY = 65534  # the user of that name on Linux
HOLD = """
import sys
from voicejournal.edges.lock import hearing_lock
with hearing_lock(sys.argv[1]):
    print("held", flush=True)
    sys.stdin.readline()
"""


def second_process(journal: Path) -> subprocess.Popen[str]:
    """Has the lock when this returns, and keeps it until its standard input ends."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(journal)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None and process.stdout.readline() == "held\n"
    return process


@contextmanager
def ordinary_person() -> Iterator[None]:
    """Not root meanwhile, who may write anywhere."""
    was = os.geteuid()
    if was == 0:
        import filelock  # noqa: F401  (a root's library may be out of reach for nobody)

        os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(was)


def test_a_second_copy_is_refused_until_the_first_ends(tmp_path: Path) -> None:
    journal = tmp_path / "journal.db"
    with second_process(journal) as process:
        with pytest.raises(StoreError) as refused, hearing_lock(journal):
            pytest.fail("two copies heard at once")
        assert (refused.value.name, refused.value.details) == ("second_copy", {"path": str(journal)})
        process.communicate("end\n")
    with hearing_lock(journal):
        pass


def test_a_killed_copy_holds_nothing(tmp_path: Path) -> None:
    journal = tmp_path / "journal.db"
    with second_process(journal) as process:
        process.kill()
        process.communicate()
    with hearing_lock(journal):
        assert (tmp_path / "journal.db.lock").exists()


def test_this_copy_keeps_others_out_and_lets_go_after_an_error(tmp_path: Path) -> None:
    journal = tmp_path / "journal.db"
    with pytest.raises(KeyError), hearing_lock(journal):
        with pytest.raises(StoreError, match="second_copy"), hearing_lock(journal):
            pytest.fail("two copies heard at once")
        raise KeyError
    with second_process(journal) as process:
        process.communicate("end\n")


def test_two_journals_two_locks_and_private_files(tmp_path: Path) -> None:
    folder = tmp_path / "new folder"
    with hearing_lock(folder / "a.db"), hearing_lock(str(folder / "b.db")):
        assert sorted(part.name for part in folder.iterdir()) == ["a.db.lock", "b.db.lock"]
        assert {stat.S_IMODE(part.stat().st_mode) for part in folder.iterdir()} == {0o600}
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_memory_needs_no_lock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with hearing_lock(":memory:"), hearing_lock(":memory:"):
        assert list(tmp_path.iterdir()) == []


def test_what_stands_in_the_way_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    (tmp_path / "a.db.lock").symlink_to(tmp_path / "file")
    (tmp_path / "b.db.lock").mkdir()
    for journal, name in (("a.db", "journal_not_yours"), ("b.db", "not_a_journal"), ("file/c.db", "not_a_journal")):
        with pytest.raises(StoreError) as told, hearing_lock(tmp_path / journal):
            pytest.fail("locked all the same")
        assert told.value.name == name
        assert isinstance(told.value.__cause__, OSError)
    assert (tmp_path / "file").read_text() == ""


@pytest.mark.skipif(os.name != "posix", reason="folder modes are POSIX")
def test_a_folder_that_may_not_be_written() -> None:
    with tempfile.TemporaryDirectory() as folder:  # not tmp_path, which only its owner may enter
        Path(folder).chmod(0o555)
        with ordinary_person(), pytest.raises(StoreError) as told, hearing_lock(Path(folder) / "journal.db"):
            pytest.fail("locked all the same")
    assert told.value.name == "journal_read_only"
    assert isinstance(told.value.__cause__, OSError) and told.value.__cause__.errno == errno.EACCES
