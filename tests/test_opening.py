"""Which key opens a journal, what a new one gets, and what becomes of one that was plain."""

import stat
import time
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import keyring
import pytest
from rings import ClosedRing, Ring

from voicejournal.edges import disk, passphrase
from voicejournal.edges.places import passphrase_path, settings_path
from voicejournal.edges.store import Store
from voicejournal.errors import StoreError
from voicejournal.hearing.transcripts import KeptStretch
from voicejournal.opening import open_journal
from voicejournal.settings import Settings

NOW = datetime(2026, 11, 26, 7, 30).astimezone()
SECRET = b"umbrella"


@pytest.fixture
def chosen(tmp_path: Path, no_key_store: None) -> Settings:
    """A journal that is not there yet, on a machine with no key store, and nobody who waits."""
    return Settings(journal=str(tmp_path / "journal.sqlite3"))


def account_keys() -> list[Path]:
    return list(settings_path().parent.glob("*.key"))


def write(store: Store) -> None:
    entry_id = store.open_entry(NOW, "en", "vosk")
    store.close_entry(entry_id, NOW)
    store.keep_stretch(entry_id, KeptStretch(0.0, 1.0, f"my {SECRET.decode()}"))
    store.write_entry(entry_id, "dream", "spoken", None)


def write_plain(folder: Path) -> None:
    """A journal of before, with one entry."""
    store = Store(folder / "journal.sqlite3")
    write(store)
    store.close()


def in_the_open(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir() if SECRET in path.read_bytes()]


def texts(chosen: Settings) -> list[str]:
    opened = open_journal(chosen)
    try:
        return [entry.text for entry in opened.journal.entries()]
    finally:
        opened.journal.close()


def refusal(chosen: Settings) -> str:
    with pytest.raises(StoreError) as told:
        open_journal(chosen)
    return told.value.name


def made(chosen: Settings) -> str:
    """A new journal with an entry; what protects it."""
    opened = open_journal(chosen)
    write(opened.journal)
    assert in_the_open(Path(chosen.journal or "").parent) == []
    opened.journal.close()
    return opened.protection


def test_with_nobody_to_ask_the_account_gets_a_key_file(chosen: Settings, empty_home: Path) -> None:
    assert made(chosen) == "account"
    (key,) = account_keys()
    assert key.is_relative_to(empty_home)
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert texts(chosen) == ["my umbrella"]
    assert texts(replace(chosen, key_file=str(key))) == ["my umbrella"]
    key.unlink()
    assert refusal(chosen) == "key_missing"


def test_a_key_file_of_the_person_s_own(chosen: Settings, tmp_path: Path) -> None:
    (tmp_path / "photo.jpg").write_bytes(b"a photograph of the sea")
    (tmp_path / "other.jpg").write_bytes(b"a photograph of a train")
    own = replace(chosen, key_file=str(tmp_path / "photo.jpg"))
    assert made(own) == "key_file"
    assert account_keys() == []
    whole = Path(chosen.journal or "").read_bytes()
    assert refusal(chosen) == "key_missing"
    assert refusal(replace(chosen, key_file=str(tmp_path / "other.jpg"))) == "key_wrong"
    assert Path(chosen.journal or "").read_bytes() == whole
    assert texts(own) == ["my umbrella"]


def test_who_tries_key_after_key_waits_for_each(no_log_in: None, tmp_path: Path) -> None:
    own, other = tmp_path / "photo.jpg", tmp_path / "other.jpg"
    own.write_bytes(b"a photograph of the sea")
    other.write_bytes(b"a photograph of a train")
    chosen = Settings(journal=str(tmp_path / "journal.sqlite3"), key_file=str(own))
    made(chosen)
    began = time.monotonic()
    assert refusal(replace(chosen, key_file=str(other))) == "key_wrong"
    assert time.monotonic() - began >= 1


def test_a_key_file_that_is_not_there_makes_no_journal(chosen: Settings, tmp_path: Path) -> None:
    assert refusal(replace(chosen, key_file=str(tmp_path / "nowhere"))) == "key_file_missing"
    assert not Path(chosen.journal or "").exists()


def test_the_key_store_holds_a_key_for_each_journal(chosen: Settings, ring: Ring, tmp_path: Path) -> None:
    other = replace(chosen, journal=str(tmp_path / "other.sqlite3"))
    assert made(chosen) == made(other) == "key_store"
    assert len(set(ring.kept.values())) == 2
    assert account_keys() == []
    moved = replace(chosen, journal=str(tmp_path / "moved.sqlite3"))
    Path(chosen.journal or "").rename(moved.journal or "")  # the key is the journal's, not its name's
    assert texts(moved) == texts(other) == ["my umbrella"]
    ring.kept.clear()
    assert refusal(moved) == "key_missing"


def test_a_key_store_that_is_closed_does_not_keep_a_journal_from_being_made(chosen: Settings, ring: Ring) -> None:
    keyring.set_keyring(ClosedRing())
    assert made(chosen) == "account"
    assert texts(chosen) == ["my umbrella"]


def test_a_key_store_that_is_closed_is_told_of_where_its_key_is_wanted(chosen: Settings, ring: Ring) -> None:
    made(chosen)
    keyring.set_keyring(ClosedRing())
    assert refusal(chosen) == "key_store_closed"


def test_a_passphrase_is_asked_for(chosen: Settings, ring: Ring) -> None:
    made(chosen)
    (key,) = ring.kept.values()
    ring.kept.clear()
    path = passphrase_path(Path(chosen.journal or ""))
    passphrase.lock_up(path, bytes.fromhex(key), "blue umbrella")
    assert refusal(chosen) == "passphrase_wanted"
    with pytest.raises(StoreError, match="passphrase_wrong"):
        open_journal(chosen, lambda question: "red umbrella")
    opened = open_journal(chosen, lambda question: "blue umbrella")
    assert opened.protection == "passphrase"
    opened.journal.close()


def test_a_plain_journal_is_encrypted(chosen: Settings, tmp_path: Path) -> None:
    write_plain(tmp_path)
    assert in_the_open(tmp_path) == ["journal.sqlite3"]
    opened = open_journal(chosen)
    assert (opened.protection, opened.trouble) == ("account", None)
    opened.journal.close()
    assert in_the_open(tmp_path) == []
    assert texts(chosen) == ["my umbrella"]


def test_where_no_key_can_be_kept_nobody_is_kept_from_speaking(
    chosen: Settings, tmp_path: Path, empty_home: Path
) -> None:
    settings_path().parent.parent.mkdir(parents=True)
    settings_path().parent.touch()  # a file where the folder of settings belongs
    opened = open_journal(chosen)
    write(opened.journal)
    opened.journal.close()
    assert opened.protection == "nothing"
    assert opened.trouble is not None and opened.trouble.name == "key_file_unwritable"
    settings_path().parent.unlink()
    assert texts(chosen) == ["my umbrella"]
    assert in_the_open(tmp_path) == []


def test_where_it_can_t_be_encrypted_no_key_is_left_behind(
    chosen: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_plain(tmp_path)
    (tmp_path / "journal.sqlite3.encrypting").mkdir()  # stands in the way
    opened = open_journal(chosen)
    assert (opened.protection, [entry.text for entry in opened.journal.entries()]) == ("nothing", ["my umbrella"])
    assert opened.trouble is not None
    assert account_keys() == []
    opened.journal.close()


def test_where_the_plain_one_can_t_be_erased_it_is_encrypted_and_that_is_told(
    chosen: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_plain(tmp_path)

    def stuck(file: Path) -> None:
        raise StoreError("erasing_failed", path=str(file))

    with monkeypatch.context() as patched:
        patched.setattr(disk, "erase", stuck)
        opened = open_journal(chosen)
    assert opened.protection == "account"
    assert opened.trouble is not None and opened.trouble.name == "erasing_failed"
    opened.journal.close()
    assert texts(chosen) == ["my umbrella"]  # and this start ends it
    assert in_the_open(tmp_path) == []


def test_what_is_no_journal_is_left_alone(chosen: Settings, tmp_path: Path) -> None:
    (tmp_path / "journal.sqlite3").write_text("Dear diary, " * 1000)
    assert refusal(chosen) == "not_a_journal"
    (tmp_path / "journal.sqlite3").write_bytes(b"SQLite format 3\0" + b"\xa5" * 9000)
    assert refusal(chosen) == "journal_damaged"
    assert (tmp_path / "journal.sqlite3").read_bytes() == b"SQLite format 3\0" + b"\xa5" * 9000
