"""Everything goes, the key first; what is the person's own stays, and nothing that is broken keeps the rest."""

import os
import signal
import subprocess
import sys
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import keyring
import pytest
from rings import ClosedRing, Ring

from voicejournal.edges.lock import hearing_lock
from voicejournal.edges.places import (
    account_key_path,
    care_path,
    demo_directory,
    journal_path,
    passphrase_path,
    scripts_folder,
    settings_path,
)
from voicejournal.edges.preferences import FilePreferences, preferences_path
from voicejournal.edges.store import Store
from voicejournal.erasing import erase, what_goes
from voicejournal.errors import JournalError, StoreError
from voicejournal.hearing.transcripts import KeptStretch
from voicejournal.opening import open_journal
from voicejournal.protecting import lock
from voicejournal.rehearsing import demo_settings
from voicejournal.settings import Settings

NOW = datetime(2026, 11, 26, 7, 30).astimezone()


@pytest.fixture
def chosen(empty_home: Path, no_key_store: None) -> Settings:
    """A home with everything in it that the program makes."""
    fill(Settings())
    return Settings()


def fill(chosen: Settings) -> None:
    for one in (chosen, demo_settings(chosen)):
        opened = open_journal(one)
        entry_id = opened.journal.open_entry(NOW, "en", "vosk")
        opened.journal.keep_sound(entry_id, bytes(range(250)) * 32)
        opened.journal.close_entry(entry_id, NOW)
        opened.journal.keep_stretch(entry_id, KeptStretch(0.0, 0.1, "my umbrella"))
        opened.journal.write_entry(entry_id, "dream", "spoken", None)
        opened.journal.close()
    path = journal_path()
    (demo_directory() / "answer.wav").write_bytes(b"RIFF")
    FilePreferences(preferences_path(path)).prefer("quiet", "whisper")
    for beside in (
        "journal.sqlite3.plain", "journal.sqlite3.encrypting", "journal.sqlite3-wal", "journal.sqlite3-shm",
        "journal.sqlite3.sealed", "journal.preferences.toml.damaged", ".journal.sqlite3.passphraseab3_defg",
        "journal.sqlite3-journal", "journal.preferences.tomlabcdefgh", "journal.sqlite3.passphraseab3_defg",
        "journal.sqlite3.sealed-for-another-key", "journal.sqlite3.publicab3_defg",
    ):  # fmt: skip
        path.with_name(beside).write_bytes(b"umbrella " * 3)
    (path.parent / ".journal.sqlite3.abcd_123").mkdir()
    (path.parent / ".journal.sqlite3.abcd_123" / "journal.sqlite3").write_bytes(b"umbrella")
    settings_path().parent.mkdir(parents=True, exist_ok=True)
    care_path().write_text('[contact]\n"name" = "Minji"\n')
    care_path().with_name("care.toml.damaged").write_text("Minji")


def erased(chosen: Settings) -> list[str]:
    """What was told, errors by name."""
    return [line.name if isinstance(line, StoreError) else str(line) for line in erase(chosen)]


def account_keys() -> list[Path]:
    return list(settings_path().parent.glob("*.key"))


def there(home: Path) -> list[str]:
    return sorted(str(path.relative_to(home)) for path in home.rglob("*") if not path.is_dir())


def test_nothing_of_it_is_left(chosen: Settings, empty_home: Path) -> None:
    told = list(what_goes(chosen))
    named = [Path(line.removeprefix("This goes: ")).relative_to(empty_home) for line in told]
    unnamed = [path for path in there(empty_home) if not any(Path(path).is_relative_to(one) for one in named)]
    assert [path for path in unnamed if not path.endswith(".lock")] == []
    *_, limits, last = erased(chosen)
    assert "can't be promised" in limits and last == "It is erased."
    assert there(empty_home) == []
    assert not demo_directory().exists()
    assert erased(chosen)[-1] == last  # and once more
    assert list(what_goes(chosen)) == []
    assert there(empty_home) == []


def test_where_nothing_ever_was_nothing_is_made(empty_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert erased(Settings())[-1] == "It is erased."
    assert list(empty_home.rglob("*")) == []


def test_the_key_is_destroyed_first_and_everything_is_written_over(chosen: Settings, tmp_path: Path) -> None:
    names = {"key": account_key_path(journal_path().read_bytes()[:16]), "journal": journal_path()}
    for name, path in names.items():
        os.link(path, tmp_path / name)
    size = (tmp_path / "journal").stat().st_size
    erased(chosen)
    assert (tmp_path / "key").read_bytes() == bytes(32)
    assert (tmp_path / "journal").read_bytes() == bytes(size)


def test_what_is_the_person_s_stays_and_that_is_said(chosen: Settings, empty_home: Path, tmp_path: Path) -> None:
    own = tmp_path / "photo.jpg"
    own.write_bytes(b"a photograph of the sea")
    settings_path().write_text('language = "en"\n')
    scripts_folder().mkdir()
    (scripts_folder() / "mine.md").write_text("Look around.")
    (settings_path().parent / "journal-01234567.key").write_bytes(bytes(32))
    journal_path().with_name("journal.sqlite3.copy").write_bytes(b"a copy")
    mine = [settings_path(), scripts_folder(), own, settings_path().parent / "journal-01234567.key"]
    mine.append(journal_path().with_name("journal.sqlite3.copy"))
    told = erased(replace(chosen, key_file=str(own)))
    assert all(path.exists() and any(str(path) in line for line in told) for path in mine)
    assert len(there(empty_home)) == 4


@pytest.mark.parametrize("damage", [b"", b"Dear diary, ", bytes(20), b"\xa5" * 9000])
def test_a_damaged_journal_goes_all_the_same(chosen: Settings, empty_home: Path, damage: bytes) -> None:
    journal_path().write_bytes(damage)
    assert erased(chosen)[-1] == "It is erased."
    assert there(empty_home) == []  # its key as well, for what it is known by lies beside it


@pytest.mark.parametrize("damage", [None, b"", b"Dear diary, ", bytes(20), b"\xa5" * 9000])
def test_a_key_that_may_be_left_is_told(chosen: Settings, empty_home: Path, damage: bytes | None) -> None:
    key = account_key_path(journal_path().read_bytes()[:16])
    journal_path().with_name("journal.sqlite3.public").unlink()
    journal_path().unlink() if damage is None else journal_path().write_bytes(damage)
    told: list[str] = []
    with pytest.raises(StoreError, match="erased_in_part"):
        for line in erase(chosen):
            told.append(line.name if isinstance(line, StoreError) else str(line))
    assert "key_may_be_left" in told
    assert there(empty_home) == [str(key.relative_to(empty_home))]


@pytest.mark.parametrize("is_published", [True, False])
def test_a_key_of_a_damaged_journal_in_the_key_store(empty_home: Path, ring: Ring, is_published: bool) -> None:
    fill(Settings())
    journal_path().write_bytes(bytes(4096) + journal_path().read_bytes()[4096:])
    if is_published:
        assert (erased(Settings())[-1], ring.kept) == ("It is erased.", {})
        return
    journal_path().with_name("journal.sqlite3.public").unlink()
    with pytest.raises(StoreError, match="erased_in_part"):
        erased(Settings())
    assert (len(ring.kept), there(empty_home)) == (1, [])


@pytest.mark.parametrize("way", ["passphrase", "key file", "plain"])
def test_where_no_key_can_be_left_none_is_spoken_of(empty_home: Path, ring: Ring, tmp_path: Path, way: str) -> None:
    chosen = Settings(key_file=str(tmp_path / "own")) if way == "key file" else Settings()
    (tmp_path / "own").write_bytes(bytes(32))
    if way == "plain":
        journal_path().parent.mkdir(parents=True)
        Store(journal_path()).close()
    else:
        open_journal(chosen).journal.close()
        journal_path().with_name("journal.sqlite3.public").unlink()
    if way == "passphrase":
        list(lock("passphrase", None, chosen, lambda question: "blue umbrella"))
        journal_path().with_name("journal.sqlite3.public").unlink()
        journal_path().write_bytes(bytes(4096))
    assert erased(chosen)[-1] == "It is erased."


def test_without_any_key_and_with_parts_missing(chosen: Settings, empty_home: Path) -> None:
    for path in [*settings_path().parent.glob("*.key"), preferences_path(journal_path()), care_path()]:
        path.unlink()
    erased(chosen)
    assert there(empty_home) == []


def test_a_passphrase_goes_with_its_box(chosen: Settings, empty_home: Path) -> None:
    for part in ("-wal", "-shm", "-journal", ".sealed", ".plain", ".encrypting"):
        journal_path().with_name(f"journal.sqlite3{part}").unlink()
    list(lock("passphrase", None, chosen, lambda question: "blue umbrella"))
    assert passphrase_path(journal_path()).exists()
    erased(chosen)
    assert there(empty_home) == []


def test_the_key_store_forgets(empty_home: Path, ring: Ring) -> None:
    fill(Settings())
    assert len(ring.kept) == 2
    assert any("key store" in line for line in what_goes(Settings()))
    erased(Settings())
    assert (ring.kept, there(empty_home)) == ({}, [])


def test_a_key_store_that_is_closed_keeps_nothing_else(empty_home: Path, ring: Ring) -> None:
    fill(Settings())
    keyring.set_keyring(ClosedRing())
    told: list[str] = []
    with pytest.raises(StoreError, match="erased_in_part"):
        told += [line.name for line in erase(Settings()) if isinstance(line, JournalError)]
    assert there(empty_home) == []


STUCK = """
import sys
from voicejournal.erasing import erase
from voicejournal.errors import JournalError
from voicejournal.settings import Settings
def refuse(event, arguments):
    is_change = event == "os.remove" or event == "open" and arguments[1] == "r+b"
    if is_change and str(arguments[0]).endswith(sys.argv[1]):
        raise PermissionError(1, "not allowed")
sys.addaudithook(refuse)
try:
    for line in erase(Settings()):
        if isinstance(line, JournalError):
            print(line.name, line.details["path"])
except JournalError as error:
    print(error.name, error.details["count"])
"""
"""Erases where one file can be neither written nor deleted."""


@pytest.mark.parametrize("end", [".key", "journal.sqlite3", "-wal", "care.toml"])
def test_one_piece_that_can_t_go_keeps_no_other_and_is_named(chosen: Settings, empty_home: Path, end: str) -> None:
    (demo_directory() / "journal.sqlite3").unlink()  # so that there is one of each
    for path in sorted(settings_path().parent.glob("*.key")):
        if path != account_key_path(journal_path().read_bytes()[:16]):
            path.unlink()
    (journal_path().parent / ".journal.sqlite3.abcd_123" / "journal.sqlite3").unlink()
    (stuck,) = (path for path in there(empty_home) if path.endswith(end))
    told = subprocess.run([sys.executable, "-c", STUCK, end], check=True, capture_output=True, text=True).stdout
    assert told.splitlines() == [f"piece_left {empty_home / stuck}", "erased_in_part 1"]
    assert there(empty_home) == [stuck]


def test_a_link_goes_and_not_what_it_leads_to(chosen: Settings, empty_home: Path) -> None:
    journal_path().unlink()
    journal_path().symlink_to(empty_home / "far away")
    (empty_home / "far away").write_text("somebody's")
    with_keys = [path for path in there(empty_home) if path.endswith(".key")]
    erased(chosen)
    assert (empty_home / "far away").read_text() == "somebody's"
    assert set(there(empty_home)) <= {"far away", *with_keys}


def refused(chosen: Settings) -> bool:
    """Whether it is told before anybody is asked, and again by the erasing itself."""
    for step in (what_goes, erase):
        with pytest.raises(StoreError) as told:
            list(step(chosen))
        if told.value.name != "erase_strange":
            return False
    return True


PLAIN_OF_ANOTHER = """
import sqlite3, sys
db = sqlite3.connect(sys.argv[1])
db.execute("create table bookmark (address text)")
db.commit()
"""


@pytest.mark.parametrize(
    "content", [b"", b"x", b"Dear diary, ", b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n" * 9, b"\xff\xd8\xff\xe0" * 99, None]
)
def test_a_file_that_may_be_no_journal_stays_and_so_does_everything(
    chosen: Settings, empty_home: Path, tmp_path: Path, content: bytes | None
) -> None:
    thesis, before = tmp_path / "thesis", there(empty_home)
    if content is None:
        subprocess.run([sys.executable, "-c", PLAIN_OF_ANOTHER, str(thesis)], check=True)
    else:
        thesis.write_bytes(content)
    (tmp_path / "thesis.lock").touch()  # as "listen" leaves one beside whatever it was told to open
    (tmp_path / "thesis.preferences.toml").touch()  # as a journal leaves that is named alike, thesis.sqlite3
    whole = thesis.read_bytes()
    assert refused(replace(chosen, journal=str(thesis)))
    assert (thesis.read_bytes(), there(empty_home)) == (whole, before)


def test_nothing_goes_out_of_a_folder(chosen: Settings, empty_home: Path, tmp_path: Path) -> None:
    docs, before = tmp_path / "docs", there(empty_home)
    (docs / "deeper").mkdir(parents=True)
    for mine in (docs / "journal.sqlite3", docs / "deeper" / "thesis", tmp_path / "docs.plain"):
        mine.write_text("mine")
    assert refused(replace(chosen, journal=str(docs)))
    assert (len(list(docs.rglob("*"))), there(empty_home)) == (3, before)
    journal_path().unlink()  # and where a folder has a journal's own name, it stays while all else goes
    docs.rename(journal_path())
    with pytest.raises(StoreError, match="erased_in_part"):
        list(erase(chosen))
    assert len(list(journal_path().rglob("*"))) == 3
    assert [path for path in there(empty_home) if "journal.sqlite3/" not in path] == []


def test_what_is_the_person_s_in_a_folder_that_is_named_like_ours_stays(chosen: Settings, empty_home: Path) -> None:
    (journal_path().parent / ".journal.sqlite3.personal").mkdir()
    (journal_path().parent / ".journal.sqlite3.personal" / "thesis").write_text("mine")
    with pytest.raises(StoreError, match="erased_in_part"):
        erased(chosen)
    assert [Path(path).name for path in there(empty_home)] == ["thesis"]


def test_a_journal_elsewhere_is_known_by_what_lies_beside_it_or_by_its_key(
    empty_home: Path, no_key_store: None, tmp_path: Path
) -> None:
    elsewhere = Settings(journal=str(tmp_path / "a.db"))
    open_journal(elsewhere).journal.close()
    (tmp_path / "a.db").write_bytes(b"%PDF" * 2000)  # damaged
    assert erased(elsewhere)[-1] == "It is erased."
    assert account_keys() == []
    open_journal(elsewhere).journal.close()
    (tmp_path / "a.db.public").unlink()
    assert erased(elsewhere)[-1] == "It is erased."
    Store(tmp_path / "a.db").close()  # of before, in the open
    assert erased(elsewhere)[-1] == "It is erased."
    assert erased(elsewhere)[-1] == "It is erased."
    assert list(tmp_path.iterdir()) == []


def test_a_journal_that_was_just_restored_is_known_by_the_key_file_that_opens_it(
    empty_home: Path, tmp_path: Path
) -> None:
    for name in ("right", "wrong"):
        (tmp_path / name).write_bytes(name.encode() * 8)
    elsewhere = Settings(journal=str(tmp_path / "a.db"), key_file=str(tmp_path / "right"))
    open_journal(elsewhere).journal.close()
    (tmp_path / "a.db.public").unlink()
    assert refused(replace(elsewhere, key_file=str(tmp_path / "wrong")))
    assert erased(elsewhere)[-1] == "It is erased."


def test_the_key_store_knows_a_journal_with_nothing_beside_it(empty_home: Path, ring: Ring, tmp_path: Path) -> None:
    elsewhere = Settings(journal=str(tmp_path / "a.db"))
    open_journal(elsewhere).journal.close()
    (tmp_path / "a.db.public").unlink()
    assert erased(elsewhere)[-1] == "It is erased."
    assert (list(tmp_path.iterdir()), ring.kept) == ([], {})


def test_a_pipe_in_the_journal_s_place_goes_and_is_not_waited_for(chosen: Settings, empty_home: Path) -> None:
    journal_path().unlink()
    os.mkfifo(journal_path())
    assert erased(chosen)[-1] == "It is erased."
    assert there(empty_home) == []


def test_while_somebody_listens_nothing_is_erased(chosen: Settings, empty_home: Path) -> None:
    before = there(empty_home)
    for path in (journal_path(), demo_directory() / "journal.sqlite3"):
        with hearing_lock(path), pytest.raises(StoreError, match="second_copy"):
            erased(chosen)
    assert [path for path in there(empty_home) if "lock" not in path] == [
        path for path in before if "lock" not in path
    ]


DYING = """
import os, signal, sys
from voicejournal.erasing import erase
from voicejournal.settings import Settings
steps = int(sys.argv[1])
def dying(event, arguments):
    global steps
    if event == "os.remove" or event == "open" and arguments[1] == "r+b":
        steps -= 1
        if steps == 0:
            os.kill(os.getpid(), signal.SIGKILL)
sys.addaudithook(dying)
list(erase(Settings()))
"""
"""Erases, and is killed before the nth time that it writes over or deletes something."""


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL on Windows")
@pytest.mark.parametrize("steps", [1, 2, 3, 6, 20])
def test_killed_in_the_midst_the_key_is_gone_and_the_next_run_ends_it(
    chosen: Settings, empty_home: Path, steps: int
) -> None:
    key = account_key_path(journal_path().read_bytes()[:16])
    ended = subprocess.run([sys.executable, "-c", DYING, str(steps)], check=False).returncode
    assert ended == -signal.SIGKILL
    assert there(empty_home) != []
    if not journal_path().exists() or not any(journal_path().read_bytes()):
        assert not key.exists()
    erased(chosen)
    assert there(empty_home) == []
