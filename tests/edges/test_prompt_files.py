"""Prompts are found wherever the program is installed, and a person's own scripts beside ours."""

from pathlib import Path

import pytest

from voicejournal.edges.prompt_files import (
    language_files,
    languages,
    prompts_folder,
    script_file,
    script_paths,
    shipped_scripts,
)
from voicejournal.errors import NotFound, ScriptError


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A tiny folder of prompts: one language with one script, and one folder that is no language."""
    (tmp_path / "xx" / "grounding").mkdir(parents=True)
    (tmp_path / "notes").mkdir()
    (tmp_path / "xx" / "tags").mkdir()
    (tmp_path / "xx" / "language.toml").write_text('name = "Ex"', encoding="utf-8")
    (tmp_path / "xx" / "tags" / "labels.toml").write_text("[whole]", encoding="utf-8")
    (tmp_path / "xx" / "grounding" / "sea.md").write_text("ours", encoding="utf-8")
    return tmp_path


def test_files_go_by_their_names_inside_the_language(folder: Path) -> None:
    assert languages(folder) == ["xx"]
    assert language_files("xx", folder) == {"language.toml": 'name = "Ex"', "tags/labels.toml": "[whole]"}


def test_ours_are_found_without_being_told_where() -> None:
    assert (prompts_folder() / "en" / "commands.toml").is_file()
    assert "commands.toml" in language_files("en")


def test_an_unknown_language_names_the_known_ones(folder: Path) -> None:
    for read in (language_files, shipped_scripts):
        with pytest.raises(NotFound) as caught:
            read("../xx", folder)
        assert (caught.value.name, caught.value.details) == ("language_unknown", {"known": "xx"})


def test_scripts_go_by_their_names(folder: Path) -> None:
    ours = shipped_scripts("xx", folder)
    assert script_paths(ours) == {"sea": ours / "sea.md"}
    (ours / "notes.txt").write_text("no script", encoding="utf-8")
    assert set(script_paths(ours)) == {"sea"}
    assert script_paths(folder / "nowhere") == {}


def test_a_script_that_can_t_be_read_is_told_calmly(tmp_path: Path) -> None:
    (tmp_path / "sound.md").write_bytes(b"\xff\xfe\x00\x80")
    (tmp_path / "folder.md").mkdir()
    for name, error in (
        ("missing.md", "script_missing"),
        ("sound.md", "script_not_text"),
        ("folder.md", "script_unreadable"),
    ):
        with pytest.raises(ScriptError) as caught:
            script_file(tmp_path / name)
        assert caught.value.name == error and name in caught.value.details["path"]
