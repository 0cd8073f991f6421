"""Entries as lines of text for a terminal."""

from dataclasses import replace
from datetime import UTC, datetime

from voicejournal.browsing import entry_line, entry_page
from voicejournal.journal.entries import Entry
from voicejournal.languages import language_of

NOW = datetime(2026, 3, 1, 5, tzinfo=UTC)
ENTRY = Entry("260301-001", NOW, NOW, "mood", None, None, "all is well", 2.0, "en", "scripted", "written")


def test_an_entry_is_headed_alike_in_a_line_and_whole_whatever_its_kind_is_called() -> None:
    """The words are a language's own: two spaces between them part nothing."""
    english = language_of("en")
    language = replace(english, tags={**english.tags, "mood": "a  mood"})
    head, *_ = entry_page(ENTRY, [], language, NOW.date())
    assert entry_line(ENTRY, language, NOW.date()) == f"{head}  all is well"
    assert "  a  mood  " in head
