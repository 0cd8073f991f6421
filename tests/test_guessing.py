"""What a person calls their entries is learned from the journal, by every command, and forgotten with it."""

import json
from pathlib import Path

import pytest

from voicejournal.cli import main

LESSONS = (
    "swimming class tonight i feel so nervous in the changing room and the water was cold",
    "i felt anxious at the swimming class again and so alone in the shallow end of the pool",
    "back from the swimming i was sad and tired and the teacher says i hold my breath",
)
REPEAT = "i feel down after the swimming class today the pool was full and i got out early"


class Journal:
    """The program with a journal of its own, as somebody types it."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.path = folder / "journal.sqlite3"
        self._folder, self._capsys = folder, capsys

    def run(self, *arguments: object) -> str:
        assert main([*map(str, arguments), "--journal", str(self.path)]) == 0
        return self._capsys.readouterr().out

    def say(self, text: str) -> dict[str, object]:
        """A conversation of one entry; the entry as it is then."""
        talk = self._folder / "talk.txt"
        talk.write_text(f"> {text}\n~ 2\n> finish my entry\n~ 20\n", encoding="utf-8")
        self.run("replay", talk)
        newest, *_ = json.loads(self.run("list", "--json"))
        assert newest["text"] == text
        return dict(newest)

    def guess(self, text: str) -> dict[str, object]:
        texts = self._folder / "texts.txt"
        texts.write_text(f"{text}\n", encoding="utf-8")
        return dict(json.loads(self.run("guess-tag", texts)))


@pytest.fixture
def journal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Journal:
    return Journal(tmp_path, capsys)


def test_three_that_were_tagged_anew_are_learned_from_and_deleted_they_are_forgotten(journal: Journal) -> None:
    entries = [journal.say(text) for text in LESSONS]
    assert {entry["tag"] for entry in entries} == {"mood"}
    for entry in entries:
        journal.run("tag", entry["id"], "experiment")

    repeat = journal.say(REPEAT)
    assert (repeat["tag"], repeat["tag_source"]) == ("experiment", "inferred")
    assert repeat["tag_reason"] == "You called others like this an experiment."
    assert "You called others like this an experiment." in journal.run("show", repeat["id"])
    assert journal.guess(REPEAT)["tag"] == "experiment"
    assert journal.say("i feel heavy today and i cannot get going")["tag"] == "mood"

    for entry in entries:
        journal.run("delete", entry["id"], "--yes")
    assert journal.guess(REPEAT)["tag"] == "mood"
    assert journal.say(REPEAT)["tag"] == "mood"


def test_guess_tag_makes_no_journal(journal: Journal) -> None:
    assert journal.guess(REPEAT)["tag"] == "mood"
    assert not journal.path.exists()


def test_guess_tag_guesses_beside_a_journal_that_can_not_be_read(journal: Journal) -> None:
    journal.path.write_bytes(b"no journal at all" * 100)
    assert journal.guess(REPEAT)["tag"] == "mood"
    assert journal.path.read_bytes() == b"no journal at all" * 100


def test_one_text_a_line_whatever_other_breaks_are_in_it(journal: Journal) -> None:
    assert journal.guess("i dreamt of a train\u2028and woke\x0bup\x85calm")["tag"] == "dream"
