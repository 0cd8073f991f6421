"""A person's own scripts stand beside ours, and one with a mistake stops no other."""

import sys
from datetime import date
from pathlib import Path

import pytest

from voicejournal.dialogue.events import ScriptsRead
from voicejournal.dialogue.respond import respond
from voicejournal.dialogue.state import State
from voicejournal.edges.places import scripts_folder, settings_path
from voicejournal.errors import NotFound, ScriptError
from voicejournal.languages import language_of
from voicejournal.shelf import named_script, shelf_of

CAT = "---\ntitle: The cat\n---\nYou can stop any time. [2s]\nNotice the cat. [8s]\n"


@pytest.fixture
def own(empty_home: Path) -> Path:
    """The folder of a person's own scripts, with one in it."""
    folder = scripts_folder()
    folder.mkdir(parents=True)
    (folder / "cat.md").write_text(CAT, encoding="utf-8")
    return folder


def test_own_scripts_live_beside_the_settings(empty_home: Path) -> None:
    assert scripts_folder() == settings_path().parent / "grounding"
    if sys.platform == "linux":
        assert scripts_folder() == empty_home / ".config" / "voicejournal" / "grounding"


def test_own_scripts_are_found_by_their_names(own: Path) -> None:
    shelf = shelf_of("en")
    assert shelf.scripts["cat"].title == "The cat" and shelf.own["cat"] == own / "cat.md"
    assert "water" in shelf.scripts and not shelf.broken
    assert named_script("cat", shelf_of("en")).seconds == shelf.scripts["cat"].seconds


def test_one_of_the_same_name_takes_the_place_of_ours(own: Path) -> None:
    (own / "water.md").write_text(CAT, encoding="utf-8")
    assert shelf_of("en").scripts["water"].title == named_script("water", shelf_of("en")).title == "The cat"


@pytest.mark.parametrize("text", ["---\ntitle: A dog\n---\nOne. [2x]\n", "\udcff", None])
def test_one_with_a_mistake_is_told_of_and_stops_no_other(own: Path, text: str | None) -> None:
    (own / "dog.md").mkdir() if text is None else (own / "dog.md").write_bytes(
        text.encode("utf-8", "surrogateescape")
    )
    shelf = shelf_of("en")
    assert set(shelf.broken) == {"dog"} and "dog" not in shelf.scripts and "cat" in shelf.scripts
    details = shelf.broken["dog"].details
    assert str(own / "dog.md") in (details.get("file"), details.get("path"))
    with pytest.raises(ScriptError):
        named_script("dog", shelf_of("en"))


def test_ours_is_spoken_where_one_s_own_has_a_mistake(own: Path) -> None:
    (own / "water.md").write_text("no front matter", encoding="utf-8")
    assert named_script("water", shelf_of("en")).title == "Water" and set(shelf_of("en").broken) == {"water"}


def test_a_file_is_as_good_as_a_name_and_nothing_is_guessed(own: Path) -> None:
    assert named_script(str(own / "cat.md"), shelf_of("en")).title == "The cat"
    with pytest.raises(NotFound) as caught:
        named_script("cow", shelf_of("en"))
    assert "cat" in caught.value.details["known"]


def test_a_script_that_was_chosen_stands_before_all_others(own: Path) -> None:
    chosen = named_script("cat", shelf_of("en"))
    state = State(language_of("ko"), {"cat": chosen}, date(2026, 3, 1))
    state, _ = respond(state, ScriptsRead(11, shelf_of("ko").scripts))
    assert state.scripts["cat"] is chosen and len(state.scripts) == 11
