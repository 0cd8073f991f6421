"""The door to the journal: what a run may see, open, locked and hidden."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from voicejournal.door import Door, TypedSecrets
from voicejournal.edges.places import passphrase_path
from voicejournal.edges.sealed_entries import SealedEntries
from voicejournal.edges.sealed_file import sealed_path
from voicejournal.edges.sealed_key import public_path
from voicejournal.errors import StoreError
from voicejournal.opening import open_journal
from voicejournal.settings import Settings

NOW = datetime(2026, 11, 26, 7, 30).astimezone()


class Hands:
    """Typing these, one after the other, each whole."""

    def __init__(self, *typed: str) -> None:
        self._typed = list(typed)
        self.times_asked = 0

    def collect(self) -> None:
        self.times_asked += 1

    def collected(self) -> str | None:
        return self._typed.pop(0) if self._typed else None

    def give_up(self) -> None:
        self._typed.clear()


@pytest.fixture
def chosen(tmp_path: Path, no_key_store: None) -> Settings:
    return Settings(journal=str(tmp_path / "journal.sqlite3"))


@pytest.fixture
def locked(chosen: Settings) -> Settings:
    """A journal with an entry, under the passphrase "blue umbrella"."""
    door = Door(chosen)
    _, journal = door.stand("open")
    journal.close_entry(journal.open_entry(NOW, "en", "vosk"), NOW)
    assert door.set_passphrase("blue umbrella") == "set"
    door.close()
    return chosen


def test_open_sees_the_journal_and_hidden_and_locked_do_not(chosen: Settings) -> None:
    door = Door(chosen)
    watch, journal = door.stand("open")
    journal.close_entry(journal.open_entry(NOW, "en", "vosk"), NOW)
    assert (watch, door.protection, len(journal.unfinished())) == ("open", "account", 1)
    watch, hidden = door.stand("hidden")
    assert (watch, len(hidden.unfinished()), door.opened) == ("hidden", 0, None)
    watch, sealed = door.stand("locked")
    assert (watch, len(sealed.unfinished()), door.opened) == ("locked", 0, None)
    watch, journal = door.stand("open")
    assert (watch, len(journal.unfinished())) == ("open", 1)
    door.close()


def test_while_its_key_is_not_here_what_is_said_is_sealed_and_comes_in_with_it(locked: Settings) -> None:
    door = Door(locked)
    watch, sealed = door.stand("open")
    assert (watch, door.protection, isinstance(sealed, SealedEntries)) == ("locked", "passphrase", True)
    sealed.keep_sound(sealed.open_entry(NOW + timedelta(minutes=1), "en", "vosk"), bytes(8000))
    hands = Hands("red umbrella", "blue umbrella")
    secrets = TypedSecrets(hands, door)
    assert secrets.poll() is None  # nobody was asked
    for outcome in ("wrong", "opened"):
        secrets.ask("opens")
        assert secrets.poll() == outcome
    watch, journal = door.stand("open")
    assert (watch, len(journal.unfinished())) == ("open", 2)
    assert not sealed_path(Path(locked.journal or "")).exists()
    door.close()


def test_where_nothing_can_be_sealed_it_is_told(locked: Settings) -> None:
    public = public_path(Path(locked.journal or ""))
    for content in ("", "garbage", "00" * 32):
        public.write_text(content)
        with pytest.raises(StoreError, match="nothing_to_seal_to"):
            Door(locked).stand("open")
    public.unlink()
    with pytest.raises(StoreError, match="nothing_to_seal_to"):
        Door(locked).stand("open")
    open_journal(locked, lambda question: "blue umbrella").journal.close()  # as its words advise
    door = Door(locked)
    assert door.stand("open")[0] == "locked"
    door.close()


def test_a_passphrase_of_before_in_a_box_of_before_can_be_typed_again(locked: Settings) -> None:
    box = passphrase_path(Path(locked.journal or ""))
    before = box.read_bytes()
    door = Door(locked)
    door.try_passphrase("blue umbrella")
    assert door.set_passphrase("green boots") == "set"
    box.write_bytes(before)
    door.close()
    assert Door(locked).try_passphrase("blue umbrella") == "wrong"


@pytest.mark.parametrize(
    ("typed", "outcomes"),
    [
        (("green boots", "green boots"), ["again", "set"]),
        (("green boots", "green coats"), ["again", "differ"]),
        (("boots",), ["short"]),
        (("",), ["given up"]),
        (("green boots", ""), ["again", "given up"]),
    ],
)
def test_a_new_passphrase_is_typed_twice(chosen: Settings, typed: tuple[str, ...], outcomes: list[str]) -> None:
    door = Door(chosen)
    door.stand("open")
    secrets = TypedSecrets(Hands(*typed), door)
    secrets.ask("new")
    assert [secrets.poll() for _ in typed] == outcomes
    assert secrets.poll() is None
    assert (door.protection == "passphrase") == (outcomes[-1] == "set")
    door.close()


def test_a_journal_that_is_locked_gets_no_new_passphrase(locked: Settings) -> None:
    door = Door(locked)
    door.stand("open")
    assert door.set_passphrase("green boots") == "failed"
    door.close()


def test_who_is_not_waited_for_any_more_types_no_secret(chosen: Settings) -> None:
    door = Door(chosen)
    door.stand("open")
    secrets = TypedSecrets(Hands("green boots", "green boots"), door)
    secrets.ask("new")
    assert secrets.poll() == "again"
    secrets.give_up()
    assert (secrets.poll(), door.protection) == (None, "account")
    door.close()
