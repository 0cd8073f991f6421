"""Written conversations, replayed: what is said, what is answered and what is kept, in order.

`> heard`, `~ seconds of silence`, `< said`, `* entry {some of its fields}`; other lines are notes.
"""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from voicejournal.journal.records import as_json
from voicejournal.rehearsing import replaying
from voicejournal.settings import Settings

CONVERSATIONS = sorted((Path(__file__).parent / "conversations").glob("*.txt"))
START = datetime(2026, 3, 1, 5, 0, tzinfo=UTC)


def replayed(path: Path) -> tuple[list[str], list[dict[str, object]]]:
    """What was said, and the entries that are there afterwards, oldest first."""
    said: list[str] = []
    language = "ko" if path.stem.endswith(".ko") else "en"
    with replaying(Settings(language=language), START, path, said.append) as (loop, journal):
        loop.run()
        return said, [dict(as_json(entry)) for entry in reversed(journal.entries())]


@pytest.mark.parametrize("path", CONVERSATIONS, ids=lambda path: path.stem)
def test_conversation(path: Path) -> None:
    lines = [line.partition(" ") for line in path.read_text(encoding="utf-8").splitlines()]
    expected = [json.loads(rest.removeprefix("entry ")) for mark, _, rest in lines if mark == "*"]

    said, entries = replayed(path)

    assert said == [rest for mark, _, rest in lines if mark == "<"]
    assert [{key: entry[key] for key in part} for entry, part in zip(entries, expected, strict=True)] == expected
