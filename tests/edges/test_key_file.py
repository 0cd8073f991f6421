"""A key file: any file is one, and all of its bytes count."""

import errno
import os
import stat
from pathlib import Path

import pytest

from voicejournal.edges import key_file
from voicejournal.errors import StoreError


def refusal(path: Path) -> str:
    with pytest.raises(StoreError) as told:
        key_file.key_of(path)
    return told.value.name


def test_the_same_bytes_are_the_same_key_wherever_they_lie(tmp_path: Path) -> None:
    one, other = tmp_path / "photo.jpg", tmp_path / "elsewhere"
    for path in (one, other):
        path.write_bytes(b"any bytes at all" * 100_000)
    assert key_file.key_of(one) == key_file.key_of(other)
    assert len(key_file.key_of(one)) == 32


@pytest.mark.parametrize("place", [0, 1_000_000, -1])
def test_every_byte_counts(tmp_path: Path, place: int) -> None:
    content = bytearray(b"any bytes at all" * 100_000)
    (tmp_path / "one").write_bytes(content)
    content[place] ^= 1
    (tmp_path / "other").write_bytes(content)
    assert key_file.key_of(tmp_path / "one") != key_file.key_of(tmp_path / "other")


def test_what_is_no_key_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "short").write_bytes(b"fifteen bytes !")
    (tmp_path / "enough").write_bytes(b"sixteen bytes  !")
    assert refusal(tmp_path / "short") == "key_file_short"
    assert refusal(tmp_path / "nowhere") == "key_file_missing"
    assert refusal(tmp_path) == "key_file_unreadable"
    assert refusal(Path("/dev/zero")) == "key_file_unreadable"
    key_file.key_of(tmp_path / "enough")


def test_one_that_is_made_is_private_and_random(tmp_path: Path) -> None:
    paths = [tmp_path / "new folder" / name for name in ("one.key", "other.key")]
    for path in paths:
        key_file.make(path)
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(paths[0].parent.stat().st_mode) == 0o700
    assert key_file.key_of(paths[0]) != key_file.key_of(paths[1])
    assert sorted(paths[0].parent.iterdir()) == paths


def test_one_that_is_there_is_never_written_over(tmp_path: Path) -> None:
    path = tmp_path / "journal.key"
    key_file.make(path)
    key = key_file.key_of(path)
    key_file.make(path)
    assert key_file.key_of(path) == key


def test_a_folder_that_can_t_be_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match="key_file_unwritable"):
        key_file.make(tmp_path / "file" / "journal.key")


def refused(*arguments: object) -> None:
    raise PermissionError(errno.EPERM, "a stick with FAT")


def test_on_a_stick_where_a_file_has_one_name_only_it_is_made_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "link", refused)
    path = tmp_path / "journal.key"
    key_file.make(path)
    key = key_file.key_of(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600 and list(tmp_path.iterdir()) == [path]
    key_file.make(path)
    assert key_file.key_of(path) == key


def test_nothing_half_written_is_left_on_a_full_stick(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(descriptor: int) -> None:
        if (tmp_path / "journal.key").exists():
            raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(os, "link", refused)
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StoreError, match="key_file_unwritable"):
        key_file.make(tmp_path / "journal.key")
    assert list(tmp_path.iterdir()) == []
