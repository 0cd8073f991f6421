"""A backup is whole, encrypted and never over anything; and a journal comes out of it, on whichever machine."""

import os
import stat
import subprocess
import sys
import zipfile
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from rings import Ring

from voicejournal.edges import backup_file
from voicejournal.edges.lock import hearing_lock
from voicejournal.edges.places import passphrase_path, settings_path
from voicejournal.edges.store import Store
from voicejournal.errors import JournalError
from voicejournal.hearing.transcripts import KeptStretch
from voicejournal.journal.recovery_code import code_of, key_of
from voicejournal.moving import backup, restore
from voicejournal.opening import open_journal
from voicejournal.protecting import lock
from voicejournal.settings import Settings

NOW = datetime(2026, 11, 26, 7, 30).astimezone()
SECRETS = (b"umbrella", b"off", b"patience")
"""A word that was said, and what is in the file of preferences."""


@pytest.fixture
def chosen(tmp_path: Path, no_key_store: None) -> Settings:
    """A journal with entries, under a key file of the account."""
    chosen = Settings(journal=str(tmp_path / "here" / "journal.sqlite3"))
    opened = open_journal(chosen)
    for number in range(3):
        write(opened.journal, number)
    opened.journal.close()
    (tmp_path / "here" / "journal.preferences.toml").write_text('"offers" = "off"\n"patience" = "60"\n')
    return chosen


@pytest.fixture
def there(tmp_path: Path) -> Settings:
    """Where the journal is to be: nothing is there yet."""
    return Settings(journal=str(tmp_path / "there" / "journal.sqlite3"))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    (tmp_path / "stick").mkdir()
    return tmp_path / "stick" / "my.backup"


def write(store: Store, number: int) -> None:
    entry_id = store.open_entry(NOW + timedelta(minutes=number), "en", "vosk")
    store.keep_sound(entry_id, b"umbrella" * 500)
    store.close_entry(entry_id, NOW + timedelta(minutes=number, seconds=9))
    store.keep_stretch(entry_id, KeptStretch(0.0, 0.1, f"my umbrella {number}"))
    store.write_entry(entry_id, "dream", "spoken", None)


def backed_up(chosen: Settings, file: Path, *typed: str) -> list[str]:
    answers = iter(typed)
    return list(backup(file, chosen, lambda question: next(answers, None)))


def restored(there: Settings, file: Path, *typed: str) -> list[str]:
    answers = iter(typed)
    return list(restore(file, there, lambda question: next(answers, None)))


def refusal(there: Settings, file: Path, *typed: str) -> str:
    """Why it was not restored; and that nothing was left of the attempt but what was there."""
    folder = Path(there.journal or "").parent
    before = {path: path.read_bytes() for path in folder.glob("*")}
    with pytest.raises(JournalError) as told:
        restored(there, file, *typed)
    after = {path: path.read_bytes() for path in folder.glob("*") if not path.name.endswith(".lock")}
    assert after == {path: it for path, it in before.items() if not path.name.endswith(".lock")}
    return told.value.name


def texts(chosen: Settings, *typed: str) -> list[str]:
    answers = iter(typed)
    opened = open_journal(chosen, lambda question: next(answers, None))
    try:
        opened.journal.check()
        return [entry.text for entry in opened.journal.search("umbrella")]
    finally:
        opened.journal.close()


def code(chosen: Settings) -> str:
    return str(list(lock("code", None, chosen, lambda question: None))[1])


def lose_the_key() -> None:
    for path in settings_path().parent.glob("*.key"):
        path.unlink()


ALL = ["my umbrella 2", "my umbrella 1", "my umbrella 0"]


def test_one_encrypted_file_and_back(chosen: Settings, there: Settings, file: Path) -> None:
    made, key = backed_up(chosen, file)
    assert str(file) in made and "recovery code" in key
    assert list(file.parent.iterdir()) == [file]
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert not any(secret in file.read_bytes() for secret in SECRETS)
    restored(there, file)
    assert texts(there) == texts(chosen) == ALL
    assert stat.S_IMODE(Path(there.journal or "").stat().st_mode) == 0o600


def test_a_name_that_is_no_text_is_as_good_as_any(chosen: Settings, there: Settings, file: Path) -> None:
    odd = Path(os.fsdecode(bytes(file) + b"\xff"))
    try:
        odd.touch()
        odd.unlink()
    except OSError:
        pytest.skip("there are no such names on this disk")
    backed_up(chosen, odd)
    restored(there, odd)
    assert texts(there) == texts(chosen)


def test_nothing_is_written_over(chosen: Settings, there: Settings, file: Path) -> None:
    file.write_text("a letter")
    with pytest.raises(JournalError, match="backup_there"):
        backed_up(chosen, file)
    assert file.read_text() == "a letter"
    file.unlink()
    backed_up(chosen, file)
    assert refusal(chosen, file) == "restore_over"
    Path(there.journal or "").parent.mkdir()
    for name in ("journal.sqlite3", "journal.sqlite3-wal", "journal.sqlite3.passphrase"):
        beside = Path(there.journal or "").with_name(name)
        beside.write_bytes(b"")
        assert refusal(there, file) == "restore_over"
        beside.unlink()
    Path(there.journal or "").symlink_to("/nowhere")
    with pytest.raises(JournalError, match="restore_over"):
        restored(there, file)


def test_no_journal_and_a_plain_one(tmp_path: Path, chosen: Settings, there: Settings, file: Path) -> None:
    with pytest.raises(JournalError, match="journal_absent"):
        backed_up(there, file)
    assert not Path(there.journal or "").exists()
    settings_path().parent.rename(tmp_path / "away")
    settings_path().parent.touch()  # no place for a key
    store = Store(Path(there.journal or ""))
    write(store, 1)
    store.close()
    with pytest.raises(JournalError, match="backup_plain"):
        backed_up(there, file)
    assert not file.exists()


WRITING = """
import sys, time
from datetime import datetime, timedelta
from pathlib import Path
from voicejournal.edges.lock import hearing_lock
from voicejournal.edges.store import Store
from voicejournal.hearing.transcripts import KeptStretch
path, key = Path(sys.argv[1]), bytes.fromhex(sys.argv[2])
with hearing_lock(path):
    store = Store(path, key)
    for number in range(100_000):
        at = datetime(2026, 12, 1).astimezone() + timedelta(seconds=number)
        entry_id = store.open_entry(at, "en", "vosk")
        store.keep_sound(entry_id, bytes([number % 251]) * 8000)
        store.close_entry(entry_id, at)
        store.keep_stretch(entry_id, KeptStretch(0.0, 0.1, f"umbrella number {number}"))
        store.write_entry(entry_id, "dream", "spoken", None)
        print(number, flush=True)
"""
"""Another copy that listens: entry after entry, and it says which it has kept."""


def test_while_another_copy_keeps_entries_it_is_of_one_moment(
    chosen: Settings, there: Settings, file: Path
) -> None:
    key = key_of(code(chosen))
    assert key is not None
    command = [sys.executable, "-c", WRITING, chosen.journal or "", key.hex()]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        for _ in range(20):
            other.stdout.readline()
        backed_up(chosen, file)
        kept = int(other.stdout.readline())
        other.kill()
    restored(there, file)
    found = [text.removeprefix("umbrella number ") for text in texts(there) if "number" in text]
    assert found == [str(number) for number in reversed(range(len(found)))]  # none is missing in between
    assert len(found) >= 19
    assert kept <= len(texts(chosen))


def test_on_another_machine_the_code_opens_it_and_it_gets_a_key(
    chosen: Settings, there: Settings, file: Path
) -> None:
    sheet = code(chosen)
    backed_up(chosen, file)
    lose_the_key()
    assert refusal(there, file) == "key_missing"
    letters = list(sheet)
    letters[2] = "B" if letters[2] == "A" else "A"
    assert refusal(there, file, "".join(letters)) == "code_wrong"
    assert refusal(there, file, code_of(bytes(32))) == "key_wrong"
    _, _, _, new, line = restored(there, file, sheet.lower())
    assert "not locked" in line and new != sheet
    assert texts(there) == ALL
    assert code(there) == new


def test_the_key_store_of_another_machine_takes_the_key(
    chosen: Settings, there: Settings, file: Path, ring: Ring
) -> None:
    list(lock("key-store", None, chosen, lambda question: None))
    sheet = code(chosen)
    backed_up(chosen, file)
    kept = dict(ring.kept)
    ring.kept.clear()
    restored(there, file, sheet)
    assert ring.kept.keys() == kept.keys()  # known by its salt; whoever read the code has not the new key
    assert ring.kept != kept
    assert texts(there) == ALL


def test_the_passphrase_comes_along(chosen: Settings, there: Settings, file: Path) -> None:
    list(lock("passphrase", None, chosen, lambda question: "blue umbrella"))
    backed_up(chosen, file, "blue umbrella")
    with zipfile.ZipFile(file) as archive:
        assert archive.namelist() == [backup_file.JOURNAL, backup_file.BOX]
        assert archive.read(backup_file.BOX) == passphrase_path(Path(chosen.journal or "")).read_bytes()
    assert refusal(there, file) == "passphrase_wanted"
    assert refusal(there, file, "red umbrella") == "passphrase_wrong"
    line = restored(there, file, "blue umbrella")[-1]
    assert "passphrase" in line
    assert texts(there, "blue umbrella") == ALL


def test_a_forgotten_passphrase_and_the_code(chosen: Settings, there: Settings, file: Path) -> None:
    *_, sheet = lock("passphrase", None, chosen, lambda question: "blue umbrella")
    backed_up(chosen, file, "blue umbrella")
    restored(there, file, "red umbrella", str(sheet))
    assert not passphrase_path(Path(there.journal or "")).exists()
    assert texts(there) == ALL


def test_a_key_file_of_one_s_own(chosen: Settings, there: Settings, file: Path, tmp_path: Path) -> None:
    own = tmp_path / "photo.jpg"
    own.write_bytes(b"a photograph of the sea")
    list(lock("key-file", str(own), chosen, lambda question: None))
    backed_up(replace(chosen, key_file=str(own)), file)
    assert refusal(there, file) == "key_missing"
    restored(replace(there, key_file=str(own)), file)
    assert texts(replace(there, key_file=str(own))) == ALL


def test_while_somebody_listens_nothing_is_restored(chosen: Settings, there: Settings, file: Path) -> None:
    backed_up(chosen, file)
    with hearing_lock(Path(there.journal or "")):
        assert refusal(there, file) == "second_copy"


def test_a_backup_cut_short_is_refused(chosen: Settings, there: Settings, file: Path) -> None:
    backed_up(chosen, file)
    whole = file.read_bytes()
    for kept in (0, 100, len(whole) // 2, len(whole) - 1):
        file.write_bytes(whole[:kept])
        assert refusal(there, file) == "backup_damaged"
    file.write_bytes(whole[:5000] + bytes([whole[5000] ^ 1]) + whole[5001:])
    assert refusal(there, file) == "backup_damaged"
    assert refusal(there, file.parent) == "backup_damaged"
    file.unlink()
    assert refusal(there, file) == "file_missing"
    os.mkfifo(file)
    assert refusal(there, file) == "backup_damaged"


def test_a_journal_that_is_no_journal_is_refused(chosen: Settings, there: Settings, file: Path) -> None:
    for content in (b"", b"Dear diary, " * 1000, b"SQLite format 3\0" * 100, bytes(range(256)) * 40):
        with zipfile.ZipFile(file, "w") as archive:
            archive.writestr(backup_file.JOURNAL, content)
        assert refusal(there, file) in ("backup_damaged", "not_a_journal", "key_missing")
