"""Another protection for the journal, and the way back in when its key is lost."""

import signal
import subprocess
import sys
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import keyring
import pytest
from nacl.pwhash import argon2id
from rings import ClosedRing, Ring

from voicejournal.edges import passphrase
from voicejournal.edges.places import passphrase_path, settings_path
from voicejournal.edges.sealed_entries import SealedEntries
from voicejournal.edges.sealed_key import public_key, publish
from voicejournal.errors import JournalError
from voicejournal.journal.recovery_code import key_of
from voicejournal.languages import language_of
from voicejournal.opening import open_journal
from voicejournal.protecting import lock, protect_with_passphrase, unlock
from voicejournal.settings import Settings

NOBODY: list[str] = []


@pytest.fixture
def cheap_tries(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a try costs is tested elsewhere, and many of them take a while."""
    for limit in ("OPSLIMIT", "MEMLIMIT"):
        monkeypatch.setattr(argon2id, f"{limit}_MODERATE", getattr(argon2id, f"{limit}_MIN"))


@pytest.fixture
def chosen(tmp_path: Path, no_key_store: None) -> Settings:
    """A new journal, under a key file of the account."""
    chosen = Settings(journal=str(tmp_path / "journal.sqlite3"))
    open_journal(chosen).journal.close()
    return chosen


def told(chosen: Settings, way: str | None = None, file: str | None = None, typed: list[str] = NOBODY) -> list[str]:
    answers = iter(typed)
    return [str(line) for line in lock(way, file, chosen, lambda question: next(answers, None))]


def recovered(chosen: Settings, code: str) -> list[str]:
    return [str(line) for line in unlock(True, chosen, lambda question: code)]


def opens(chosen: Settings, *typed: str) -> str:
    """How it opens, or why it does not."""
    answers = iter(typed)
    try:
        opened = open_journal(chosen, lambda question: next(answers, None))
    except JournalError as error:
        return error.name
    opened.journal.close()
    return opened.protection


def account_keys() -> list[Path]:
    return list(settings_path().parent.glob("*.key"))


def test_it_says_what_protects_it(chosen: Settings) -> None:
    (line,) = told(chosen)
    assert "not locked" in line and str(account_keys()[0]) in line


def test_a_passphrase_takes_the_place_of_the_account_s_key(chosen: Settings) -> None:
    old = account_keys()[0].read_bytes()
    words = language_of("en")
    line, *said, code = told(chosen, "passphrase", typed=["blue umbrella", "blue umbrella"])
    assert (line, said) == (words.protection["passphrase"], [words.printed["code_new"], words.printed["code_line"]])
    assert told(chosen, "code", typed=["blue umbrella"]) == [words.printed["code_line"], code]
    assert account_keys() == []
    assert opens(chosen) == "passphrase_wanted"
    assert opens(chosen, "red umbrella") == "passphrase_wrong"
    assert opens(chosen, "blue umbrella") == "passphrase"
    (Path(chosen.journal or "").parent / "copied.key").write_bytes(old)  # who had the key has it no more
    assert opens(replace(chosen, key_file=str(Path(chosen.journal or "").parent / "copied.key"))) == "key_wrong"


@pytest.mark.usefixtures("cheap_tries")
def test_another_passphrase_is_another_key(chosen: Settings) -> None:
    path = Path(chosen.journal or "")
    *_, code = told(chosen, "passphrase", typed=["blue umbrella", "blue umbrella"])
    box = passphrase_path(path).read_bytes()
    _, said, _, new = told(chosen, "passphrase", typed=["blue umbrella", "green boots", "green boots"])
    assert said == language_of("en").printed["code_new"] and new != code
    assert (opens(chosen, "blue umbrella"), opens(chosen, "green boots")) == ("passphrase_wrong", "passphrase")
    with pytest.raises(JournalError, match="key_wrong"):
        recovered(chosen, code)
    settled = passphrase_path(path).read_bytes()
    passphrase_path(path).write_bytes(box)  # it lies in every backup
    assert opens(chosen, "blue umbrella") == "key_wrong"
    passphrase_path(path).write_bytes(settled)
    told(chosen, "passphrase", typed=["green boots", "green boots", "green boots"])  # the same once more
    assert opens(chosen, "green boots") == "passphrase"
    assert passphrase_path(path).stat().st_size == len(settled)


DYING = """
import os, signal, sys
from pathlib import Path
from voicejournal.opening import open_journal
from voicejournal.protecting import protect_with_passphrase
from voicejournal.settings import Settings
renames = int(sys.argv[2])
opened = open_journal(Settings(journal=sys.argv[1]), lambda question: "blue umbrella")
def dying(event, arguments):
    global renames
    if event == "os.rename":
        renames -= 1
        if renames == 0:
            os.kill(os.getpid(), signal.SIGKILL)
sys.addaudithook(dying)
protect_with_passphrase(Path(sys.argv[1]), opened, "green boots")
"""
"""Changes the passphrase, and is killed before the nth time that a file gets its name."""


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL on Windows")
@pytest.mark.parametrize(
    ("renames", "opens_it"),
    [(1, "blue umbrella"), pytest.param(2, "green boots", marks=pytest.mark.slow), (3, "green boots")],
)
def test_killed_in_the_midst_one_of_the_two_passphrases_opens_it(
    chosen: Settings, renames: int, opens_it: str
) -> None:
    told(chosen, "passphrase", typed=["blue umbrella", "blue umbrella"])
    killed = subprocess.run([sys.executable, "-c", DYING, chosen.journal or "", str(renames)], check=False)
    assert killed.returncode == -signal.SIGKILL
    assert opens(chosen, opens_it) == "passphrase"
    told(chosen, "passphrase", typed=[opens_it, "red coats", "red coats"])
    assert [opens(chosen, typed) for typed in ("red coats", opens_it)] == ["passphrase", "passphrase_wrong"]


@pytest.mark.usefixtures("cheap_tries")
def test_between_the_box_and_the_journal_the_passphrase_of_before_opens_it(chosen: Settings) -> None:
    told(chosen, "passphrase", typed=["blue umbrella", "blue umbrella"])
    box = passphrase_path(Path(chosen.journal or ""))
    passphrase.lock_up(box, bytes(32), "green boots")  # and the power went
    assert [opens(chosen, typed) for typed in ("blue umbrella", "green boots", "red coats")] == [
        "passphrase", "key_wrong", "passphrase_wrong",
    ]  # fmt: skip
    told(chosen, "passphrase", typed=["blue umbrella", "red coats", "red coats"])
    assert [opens(chosen, typed) for typed in ("red coats", "blue umbrella")] == ["passphrase", "passphrase_wrong"]


def test_the_one_key_in_the_key_store_is_not_written_over(chosen: Settings, ring: Ring) -> None:
    told(chosen, "key-store")
    kept = dict(ring.kept)
    assert language_of("en").printed["code_new"] not in told(chosen, "key-store")
    assert (ring.kept, opens(chosen)) == (kept, "key_store")


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ([], "input_ended"),
        (["1234567"], "passphrase_short"),
        (["blue umbrella", "blue umbrelly"], "passphrases_differ"),
        (["blue umbrella"], "passphrases_differ"),
    ],
)
def test_a_slip_changes_nothing(chosen: Settings, typed: list[str], why: str) -> None:
    with pytest.raises(JournalError, match=why):
        told(chosen, "passphrase", typed=typed)
    assert opens(chosen) == "account"
    assert not passphrase_path(Path(chosen.journal or "")).exists()


def test_a_key_file_and_back_to_the_key_store(chosen: Settings, ring: Ring, tmp_path: Path) -> None:
    file = tmp_path / "stick" / "my.key"
    told(chosen, "key-file", str(file))
    assert (account_keys(), ring.kept) == ([], {})
    own = replace(chosen, key_file=str(file))
    assert (opens(own), opens(chosen)) == ("key_file", "key_missing")
    told(own, "key-store")
    assert opens(chosen) == "key_store"
    assert opens(own) == "key_wrong"
    assert file.exists()  # it is the person's


def test_a_key_store_that_can_t_be_had_changes_nothing(chosen: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(JournalError, match="key_store_missing"):
        told(chosen, "key-store")
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "chosen")
    before = keyring.get_keyring()
    keyring.set_keyring(ClosedRing())
    with pytest.raises(JournalError, match="key_store_closed"):
        told(chosen, "key-store")
    assert opens(chosen) == "account"
    keyring.set_keyring(before)


def test_a_lost_key_and_the_recovery_code(chosen: Settings) -> None:
    _, code = told(chosen, "code")
    for path in account_keys():
        path.unlink()
    assert opens(chosen) == "key_missing"
    letters = list(code)
    letters[2] = "B" if letters[2] == "A" else "A"
    with pytest.raises(JournalError, match="code_wrong"):
        recovered(chosen, "".join(letters))
    said, _, new, opened, line = recovered(chosen, code.lower().replace(" ", "-"))
    assert said == language_of("en").printed["code_new"]
    assert opened == "The journal opens."
    assert "not locked" in line
    assert opens(chosen) == "account"
    assert key_of(new) is not None and new != code


def test_the_recovery_code_opens_it_where_the_passphrase_is_forgotten(chosen: Settings, ring: Ring) -> None:
    *_, code = told(chosen, "passphrase", typed=["blue umbrella", "blue umbrella"])
    assert ring.kept == {}
    recovered(chosen, code)
    assert opens(chosen) == "key_store"
    assert not passphrase_path(Path(chosen.journal or "")).exists()


def test_the_code_of_another_journal_touches_nothing(chosen: Settings, tmp_path: Path) -> None:
    other = replace(chosen, journal=str(tmp_path / "other.sqlite3"))
    open_journal(other).journal.close()
    _, code = told(other, "code")
    whole = Path(chosen.journal or "").read_bytes()
    with pytest.raises(JournalError, match="key_wrong"):
        recovered(chosen, code)
    assert Path(chosen.journal or "").read_bytes() == whole


def test_while_somebody_listens_nothing_changes(chosen: Settings) -> None:
    from voicejournal.edges.lock import hearing_lock

    with hearing_lock(Path(chosen.journal or "")), pytest.raises(JournalError, match="second_copy"):
        told(chosen, "passphrase", typed=["blue umbrella", "blue umbrella"])


STARVED = """
import resource, signal, sys
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
from pathlib import Path
from voicejournal.opening import open_journal
from voicejournal.protecting import protect_with_passphrase
from voicejournal.settings import Settings
opened = open_journal(Settings(journal=sys.argv[1]), lambda question: "blue umbrella")
resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))
try:
    protect_with_passphrase(Path(sys.argv[1]), opened, "green boots")
except Exception as error:
    print(type(error).__name__, error.name)
"""
"""What a full disk does to the -wal file, a limit on the size of files does as well."""


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such limit on Windows")
@pytest.mark.parametrize("before", ["account", "passphrase"])
def test_a_full_disk_leaves_the_key_of_before(chosen: Settings, before: str) -> None:
    if before == "passphrase":
        told(chosen, "passphrase", typed=["blue umbrella", "blue umbrella"])
    opened = open_journal(chosen, lambda question: "blue umbrella")
    entry_id = opened.journal.open_entry(datetime.now().astimezone(), "en", "vosk")
    for _ in range(200):
        opened.journal.keep_sound(entry_id, bytes(8000))
    opened.journal.close()
    run = subprocess.run(
        [sys.executable, "-c", STARVED, chosen.journal or ""], capture_output=True, text=True, check=False
    )
    assert run.stdout.startswith("StoreError"), run.stderr
    assert opens(chosen, "blue umbrella") == before
    assert passphrase_path(Path(chosen.journal or "")).exists() == (before == "passphrase")
    assert opens(chosen, "green boots") in ("account", "passphrase_wrong")
    opened = open_journal(chosen, lambda question: "blue umbrella")
    assert opened.journal.sound_seconds(entry_id) == 50.0
    opened.journal.check()
    opened.journal.close()


def test_a_key_store_that_keeps_a_key_is_told_and_the_rest_is_done(chosen: Settings, ring: Ring) -> None:
    told(chosen, "key-store")
    before = open_journal(chosen)
    keyring.set_keyring(ClosedRing())
    changed = protect_with_passphrase(Path(chosen.journal or ""), before, "blue umbrella")
    assert (changed.protection, changed.trouble is not None) == ("passphrase", True)
    changed.journal.close()


def test_what_another_key_is_needed_for_is_told_whatever_else_is_done(chosen: Settings) -> None:
    path = Path(chosen.journal or "")

    def spoken_to_another() -> None:
        publish(path, bytes(32), bytes(16))
        sealed = SealedEntries(path, public_key(path) or b"")
        sealed.open_entry(datetime.now().astimezone(), "en", "vosk")
        sealed.close()

    spoken_to_another()
    assert any("sealed_aside" in line for line in told(chosen, "passphrase", typed=["blue umbrella"] * 2))
    spoken_to_another()
    assert any("sealed_aside" in str(line) for line in unlock(False, chosen, lambda question: "blue umbrella"))
