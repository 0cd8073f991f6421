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


def test_a_folder_that_is_not_there_is_settled(tmp_path: Path) -> None:
    disk.settle(tmp_path / "nothing")
