"""Ten megabytes in one entry: a week of talking, or a file that somebody brought along. Nobody waits for it."""

import json
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from voicejournal.cli import main
from voicejournal.edges.store import Store
from voicejournal.hearing.transcripts import KeptStretch

PART = "I was on a train with my mother and "
TEXT = PART * (10_000_000 // len(PART))
AT = datetime(2026, 3, 1, 5, tzinfo=UTC)

PATIENCE_SECONDS = 10
"""For any one command, on a busy machine; each takes one or two by itself."""


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    path = tmp_path / "journal.sqlite3"
    store = Store(path)
    entry_id = store.open_entry(AT, "en", "scripted")
    store.close_entry(entry_id, AT)
    store.keep_stretch(entry_id, KeptStretch(0.0, 0.0, TEXT))
    store.write_entry(entry_id, None, None, None)
    store.close()
    return path


COMMANDS = {
    ("list",): False,
    ("search", "train"): False,
    ("show", "260301-001"): True,
    ("show", "260301-001", "--json"): True,
    ("tag", "260301-001", "dream"): False,
}
"""And whether all of it is printed."""


def test_it_is_shown_and_found(journal: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for command, is_whole in COMMANDS.items():
        began = time.process_time()
        assert main([*command, "--journal", str(journal)]) == 0
        assert time.process_time() - began < PATIENCE_SECONDS, command
        printed = capsys.readouterr().out
        assert (PART * 100 in printed) == is_whole and (len(printed) < 200) == (not is_whole), command


def test_its_kind_is_guessed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "long.txt").write_text(TEXT)
    began = time.process_time()
    assert main(["guess-tag", str(tmp_path / "long.txt")]) == 0
    assert time.process_time() - began < PATIENCE_SECONDS
    assert set(json.loads(capsys.readouterr().out)) == {"tag", "confidence", "reason"}
