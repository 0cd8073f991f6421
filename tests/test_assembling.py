"""What is told of the lock when a run begins: once of each journal, and aloud where it was not so before."""

from datetime import datetime
from pathlib import Path

import pytest
from spoken import MODELS, needs_model, speak

from voicejournal.assembling import listening
from voicejournal.beginning import Situation
from voicejournal.door import Door
from voicejournal.edges.places import passphrase_path
from voicejournal.edges.preferences import FilePreferences, preferences_path
from voicejournal.languages import language_of
from voicejournal.protecting import lock, unlock
from voicejournal.settings import Settings


@pytest.fixture
def chosen(tmp_path: Path, no_key_store: None) -> Settings:
    return Settings(journal=str(tmp_path / "journal.sqlite3"))


def path_of(chosen: Settings) -> Path:
    return Path(chosen.journal or "")


def told(chosen: Settings, has_terminal: bool = False) -> tuple[int, str | None]:
    """As a run begins: how many lines are printed, and the name of what is said."""
    lines: list[str] = []
    situation = Situation(lambda: datetime.now().astimezone(), note=lines.append, has_terminal=has_terminal)
    door = Door(chosen)
    door.stand("open")
    preferences = FilePreferences(preferences_path(path_of(chosen)))
    said = door.tell_protection(language_of("en"), preferences, situation)
    door.close()
    return len(lines), None if said is None else said.name


def locked(chosen: Settings) -> str:
    """With a passphrase; its recovery code."""
    return [str(line) for line in lock("passphrase", None, chosen, lambda question: "blue umbrella")][-1]


def test_that_it_is_not_locked_is_printed_once(chosen: Settings) -> None:
    assert [told(chosen), told(chosen), told(chosen, has_terminal=True)] == [(1, None), (0, None), (0, None)]


def test_at_a_terminal_where_a_passphrase_is_offered_a_first_journal_is_not_spoken_of(chosen: Settings) -> None:
    assert [told(chosen, has_terminal=True), told(chosen)] == [(0, None), (1, None)]


@pytest.mark.parametrize("has_terminal", [True, False])
@pytest.mark.parametrize("is_box_left", [True, False])
@pytest.mark.parametrize("is_emptied", [True, False])
def test_an_unlocked_one_in_the_place_of_a_locked_one_is_told_aloud_once(
    chosen: Settings, has_terminal: bool, is_box_left: bool, is_emptied: bool
) -> None:
    told(chosen)
    locked(chosen)
    path_of(chosen).write_bytes(b"") if is_emptied else path_of(chosen).unlink()
    if not is_box_left:
        passphrase_path(path_of(chosen)).unlink()
    assert told(chosen, has_terminal) == (0 if has_terminal else 1, "journal_unlocked")
    assert told(chosen, has_terminal) == (0, None)


def test_where_only_the_box_tells_of_it_it_is_told(chosen: Settings) -> None:
    Door(chosen).stand("open")
    locked(chosen)
    path_of(chosen).unlink()
    assert told(chosen) == (1, "journal_unlocked")


def test_a_lock_that_is_gone_is_told_aloud(chosen: Settings) -> None:
    told(chosen)
    code = locked(chosen)
    assert told(chosen) == (0, None)  # it is locked
    list(unlock(True, chosen, lambda question: code))
    assert told(chosen) == (1, "journal_unlocked")


def test_what_older_versions_kept_of_it_is_no_alarm(chosen: Settings) -> None:
    FilePreferences(preferences_path(path_of(chosen))).prefer("protection_told", "account")
    assert told(chosen) == (1, None)


@needs_model("whisper-en")
def test_it_is_spoken_when_the_run_begins(
    chosen: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("VOICEJOURNAL_MODELS", str(MODELS))
    told(chosen)
    locked(chosen)
    path_of(chosen).write_bytes(b"")
    heard = speak(tmp_path / "heard.wav", 1.0)
    run = Settings(
        journal=chosen.journal, microphone=str(heard), speaker=str(tmp_path / "said.wav"), fast=True, plain=True
    )
    situation = Situation(now=lambda: datetime.now().astimezone())
    with listening(run, situation) as loop:
        loop.run()
    assert "said: This journal is not locked." in capsys.readouterr().out
