"""What another program deletes meanwhile costs that entry, and neither the run nor anything else."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from voicejournal.edges.store import Store
from voicejournal.journal.entries import Entry
from voicejournal.rehearsing import replaying
from voicejournal.settings import Settings

START = datetime(2026, 3, 1, 5, 0, tzinfo=UTC)

ENTRY = """> mood the bus was late and i was sad about it all
~ 2
> finish my entry
~ 20
"""


def run(folder: Path, lines: str, deleted_when_said: str) -> tuple[list[str], list[Entry]]:
    """What was said, and all entries at the end; the newest that is written goes when that is said."""
    path = folder / "conversation.txt"
    path.write_text(lines)
    said: list[str] = []
    journals: list[Store] = []

    def tell(line: str) -> None:
        if line == deleted_when_said:
            newest, *_ = (entry for entry in journals[0].entries() if entry.state == "written")
            journals[0].delete_entry(newest.id)
        said.append(line)

    with replaying(Settings(), START, path, tell) as (loop, journal):
        assert isinstance(journal, Store)
        journals.append(journal)
        loop.run()
        return said, list(journal.entries())


@pytest.mark.parametrize("words", ["change it to dream", "scratch that", "delete that"])
def test_what_another_program_deleted_is_gone_and_the_run_goes_on(tmp_path: Path, words: str) -> None:
    lines = f"{ENTRY}> {words}\n~ 10\n> undo\n~ 10\n{ENTRY}"
    said, entries = run(tmp_path, lines, "I kept this as a mood.")
    assert "That entry is not here any more." in said
    assert not any("dream" in line or "words are out" in line or "brought back afterwards" in line for line in said)
    assert "That was deleted, and can't be brought back." in said
    assert said.count("I kept this as a mood.") == 2 and entries == []


@pytest.mark.parametrize(
    ("over", "when"), [("pause", "It begins: the bus was late and."), ("wait someone is here", "I am silent.")]
)
def test_what_is_gone_while_its_reading_is_held_is_told_at_once(tmp_path: Path, over: str, when: str) -> None:
    read = "> read it back\n~ 8\n> yes\n~ 1\n"
    lines = f"{ENTRY}{read}> {over}\n~ 20\n> for my therapist\n~ 20\n> go on\n~ 20\n"
    said, entries = run(tmp_path, lines, when)
    assert (said[-1], entries) == ("That entry is not here any more.", [])
    assert not any("marked" in line for line in said)


def test_what_was_to_be_added_to_it_is_an_entry_of_its_own(tmp_path: Path) -> None:
    more = "~ 3\n> and it was raining\n~ 2\n> more time\n~ 2\n> finish my entry\n~ 20\n"
    lines = f"{ENTRY}> add to my last entry\n{more}"
    said, entries = run(tmp_path, lines, "I will wait longer.")
    assert [(entry.text, entry.tag, entry.tag_reason) for entry in entries] == [
        ("and it was raining", None, None)
    ], said
