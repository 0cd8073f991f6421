"""What keeps a run from beginning is said aloud, however little of what was chosen can be read."""

import shutil
from pathlib import Path

import pytest

from voicejournal.absent import NoSpeaker
from voicejournal.aloud import errors_spoken
from voicejournal.edges.preferences import preferences_path
from voicejournal.errors import StoreError
from voicejournal.settings import Settings


@pytest.mark.skipif(shutil.which("espeak-ng") is None, reason="espeak-ng is not installed")
def test_what_was_chosen_and_can_not_be_read_is_left_for_the_run_that_tells_of_it(tmp_path: Path) -> None:
    journal = tmp_path / "journal.sqlite3"
    path = preferences_path(journal)
    path.write_text("patience = ", encoding="utf-8")
    with pytest.raises(StoreError), errors_spoken(Settings(journal=str(journal)), NoSpeaker()):
        raise StoreError("second_copy", path=str(journal))
    assert list(tmp_path.iterdir()) == [path]
