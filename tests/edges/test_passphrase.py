"""A key locked up under a passphrase: Argon2id takes most of a second a try, so there are few of them here."""

import json
import stat
import unicodedata
from pathlib import Path

import pytest
from nacl.pwhash import argon2id
from nacl.secret import SecretBox

from voicejournal.edges import passphrase
from voicejournal.errors import StoreError

KEY = bytes(range(32))


def key_of(path: Path, typed: str) -> bytes:
    (key,) = passphrase.keys_of(path, typed)
    return key


def test_the_passphrase_and_nothing_else_opens_it(tmp_path: Path) -> None:
    path = tmp_path / "journal.passphrase"
    assert not passphrase.is_set(path)
    passphrase.lock_up(path, KEY, "엄마의 파란 우산")
    assert passphrase.is_set(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert KEY.hex() not in path.read_text()
    # The same letters, composed otherwise, as another keyboard would.
    assert key_of(path, unicodedata.normalize("NFD", "엄마의 파란 우산")) == KEY
    with pytest.raises(StoreError, match="passphrase_wrong"):
        key_of(path, "엄마의 파란 우산 ")
    passphrase.forget(path)
    assert list(tmp_path.iterdir()) == []


def test_every_try_costs_as_much_as_it_says(tmp_path: Path) -> None:
    """256 MB, gone through three times: the box opens with these and no others."""
    path = tmp_path / "journal.passphrase"
    passphrase.lock_up(path, KEY, "the blue umbrella")
    record = json.loads(path.read_text())
    stretched = argon2id.kdf(
        SecretBox.KEY_SIZE, b"the blue umbrella", bytes.fromhex(record["salt"]), opslimit=3, memlimit=256 * 2**20
    )
    assert SecretBox(stretched).decrypt(bytes.fromhex(record["key"])) == KEY


def test_until_it_is_settled_those_of_before_open_what_they_did(tmp_path: Path) -> None:
    path, other = tmp_path / "journal.passphrase", bytes(32)
    passphrase.lock_up(path, KEY, "blue umbrella")
    first = path.read_bytes()
    passphrase.lock_up(path, other, "green boots")
    assert (key_of(path, "blue umbrella"), key_of(path, "green boots")) == (KEY, other)
    passphrase.take_back(path)
    assert path.read_bytes() == first
    passphrase.lock_up(path, other, "blue umbrella")
    assert list(passphrase.keys_of(path, "blue umbrella")) == [other, KEY]
    passphrase.settle(path)
    assert list(passphrase.keys_of(path, "blue umbrella")) == [other]
    passphrase.take_back(path)
    assert not path.exists()


@pytest.mark.parametrize(
    "content", ["[" * 100_000, '{"version": 1, "earlier": 5}', '{"version": 1, "earlier": ["x"]}', "7"]
)
def test_over_a_damaged_file_a_new_passphrase_is_set(tmp_path: Path, content: str) -> None:
    path = tmp_path / "journal.passphrase"
    path.write_text(content)
    with pytest.raises(StoreError, match="passphrase_file_damaged"):
        key_of(path, "blue umbrella")
    passphrase.lock_up(path, KEY, "blue umbrella")
    assert key_of(path, "blue umbrella") == KEY


@pytest.mark.parametrize(
    "content", ["", "{}", "[]", '{"version": 1, "salt": "zz", "key": ""}', '{"version": 1, "salt": "", "key": ""}']
)
def test_a_damaged_file_is_told(tmp_path: Path, content: str) -> None:
    (tmp_path / "journal.passphrase").write_text(content)
    with pytest.raises(StoreError, match="passphrase_file_damaged"):
        key_of(tmp_path / "journal.passphrase", "anything")


def test_a_newer_one_is_told(tmp_path: Path) -> None:
    (tmp_path / "journal.passphrase").write_text('{"version": 2, "salt": "00", "key": "00"}')
    with pytest.raises(StoreError, match="journal_newer"):
        key_of(tmp_path / "journal.passphrase", "anything")


def test_a_new_one_that_can_t_be_written_leaves_the_old(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match="passphrase_unwritable"):
        passphrase.lock_up(tmp_path / "file" / "journal.passphrase", KEY, "anything")


def test_a_file_that_can_t_be_read_just_now_is_not_written_over(tmp_path: Path) -> None:
    path = tmp_path / "journal.passphrase"
    path.mkdir()
    with pytest.raises(StoreError, match="passphrase_unwritable"):
        passphrase.lock_up(path, KEY, "blue umbrella")
    assert path.is_dir()
