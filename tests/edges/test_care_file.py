"""Whom to call lies in a file of its own, for its owner alone, and reading it never fails."""

import stat
from pathlib import Path

import pytest

from voicejournal.dialogue.care import Care, Line
from voicejournal.edges.care_file import CareFile
from voicejournal.errors import SettingsError

SET = Care(
    Line('Sam "the brother"', "0700 900 123"), Line("밤 전화", "116 000", "always", "nothing", "by post", "nowhere")
)


def test_it_comes_back_whole(tmp_path: Path) -> None:
    path = tmp_path / "config" / "care.toml"
    CareFile(path).keep(SET)
    assert (CareFile(path).get(), CareFile(path).trouble) == (SET, None)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_nothing_is_preset_and_reading_makes_no_file(tmp_path: Path) -> None:
    assert CareFile(tmp_path / "care.toml").get() == Care()
    assert not list(tmp_path.iterdir())


def test_where_nothing_is_left_no_file_is_left(tmp_path: Path) -> None:
    notes = CareFile(tmp_path / "care.toml")
    notes.keep(SET)
    notes.keep(Care())
    assert not (tmp_path / "care.toml").exists() and notes.get() == Care()


def test_a_damaged_file_is_set_aside(tmp_path: Path) -> None:
    (tmp_path / "care.toml").write_bytes(b"\xff[contact")
    notes = CareFile(tmp_path / "care.toml")
    assert notes.get() == Care() and notes.trouble is not None and notes.trouble.name == "care_damaged"
    assert (tmp_path / "care.toml.damaged").read_bytes() == b"\xff[contact"


def test_where_it_cannot_be_written_nothing_changes(tmp_path: Path) -> None:
    (tmp_path / "config").write_text("a file, where a folder is needed")
    notes = CareFile(tmp_path / "config" / "care.toml")
    with pytest.raises(SettingsError) as told:
        notes.keep(SET)
    assert (told.value.name, notes.get()) == ("care_not_kept", Care())


@pytest.mark.parametrize(
    "content", [b"a = " + b"[" * 5000, b"a = " + b"9" * 5000, b"\0", b'[contact]\nnumber = "1']
)
def test_whatever_is_in_the_file_reading_never_raises(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "care.toml").write_bytes(content)
    assert CareFile(tmp_path / "care.toml").get() == Care()
