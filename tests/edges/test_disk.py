"""What is erased is written over before its name goes."""

import os
from pathlib import Path

import pytest

from voicejournal.edges import disk
from voicejournal.errors import StoreError


def test_zeros_lie_where_the_words_were(tmp_path: Path) -> None:
    file, other_name = tmp_path / "words", tmp_path / "other name"
    file.write_bytes(b"umbrella" * 200_000)
    os.link(file, other_name)
    disk.erase(file)
    assert not file.exists()
    assert other_name.read_bytes() == bytes(1_600_000)


def test_what_is_not_there_is_erased(tmp_path: Path) -> None:
    disk.erase(tmp_path / "nothing")


def test_what_can_not_be_erased_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="erasing_failed"):
        disk.erase(tmp_path)


def test_of_a_link_and_of_a_pipe_only_the_name_goes(tmp_path: Path) -> None:
    (tmp_path / "precious").write_text("precious")
    (tmp_path / "link").symlink_to(tmp_path / "precious")
    (tmp_path / "to nowhere").symlink_to(tmp_path / "nothing")
    os.mkfifo(tmp_path / "pipe")
    for name in ("link", "to nowhere", "pipe"):
        disk.erase(tmp_path / name)
    assert list(tmp_path.iterdir()) == [tmp_path / "precious"]
    assert (tmp_path / "precious").read_text() == "precious"


@pytest.mark.parametrize("mode", ["rb", "r+b", "ab"])
def test_nothing_is_opened_but_a_file_of_one_s_own(tmp_path: Path, mode: str) -> None:
    (tmp_path / "precious").write_text("precious")
    (tmp_path / "link").symlink_to(tmp_path / "precious")
    os.mkfifo(tmp_path / "pipe")
    for name in ("link", "pipe", "."):
        with pytest.raises(OSError):
            disk.open_own(tmp_path / name, mode)
    with disk.open_own(tmp_path / "precious", mode):
        pass
    assert (tmp_path / "precious").read_text() == "precious"


def test_a_link_may_be_read_and_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    (tmp_path / "precious").write_text("precious")
    (tmp_path / "link").symlink_to(tmp_path / "precious")
    os.mkfifo(tmp_path / "pipe")
    assert disk.read(tmp_path / "link") == b"precious"
    with pytest.raises(OSError):
        disk.read(tmp_path / "pipe")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can give a file away")
def test_what_is_another_s_is_neither_opened_nor_erased(tmp_path: Path) -> None:
    theirs = tmp_path / "theirs"
    theirs.write_text("theirs")
    os.chown(theirs, 12345, 12345)
    with pytest.raises(PermissionError):
        disk.open_own(theirs, "r+b")
    with pytest.raises(StoreError, match="erasing_failed"):
        disk.erase(theirs)
    assert theirs.read_text() == "theirs"


def test_a_folder_that_is_not_there_is_settled(tmp_path: Path) -> None:
    disk.settle(tmp_path / "nothing")
