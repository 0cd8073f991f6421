"""What a view is to show, out of what the dialogue knows."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from voicejournal.dialogue.activity import Activity, Doubted, Grounding, Waiting
from voicejournal.dialogue.events import EntryChanged, EntryWritten
from voicejournal.dialogue.respond import respond
from voicejournal.dialogue.state import State
from voicejournal.journal.entries import Entry
from voicejournal.languages import language_of
from voicejournal.seeing import scene, told_now
from voicejournal.shelf import shelf_of
from voicejournal.speaking.steps import Quiet
from voicejournal.speaking.told import Told

NOW = datetime(2026, 3, 1, 5, tzinfo=UTC)
FRESH = State(language_of("en"), shelf_of("en").scripts, date(2026, 3, 1))
KEPT = (Told(1, "Kept."),)


@pytest.mark.parametrize(
    ("activity", "quiet", "shown"),
    [
        (Waiting(), "off", [1, 2]),
        (Grounding("water"), "off", [1]),
        (Grounding("water"), "text", [2]),
        (Grounding("help-me-now", is_help=True), "off", [2]),
    ],
)
def test_a_script_is_shown_where_it_can_t_well_be_heard(activity: Activity, quiet: Quiet, shown: list[int]) -> None:
    told = told_now(replace(FRESH, activity=activity, quiet=quiet), KEPT, "Feet.", is_first=False)
    assert [one.number for one in told] == shown


def test_who_was_stopped_is_not_shown_as_speaking() -> None:
    """After "stop" a rest and a cue are still to come; a reader would wait for words."""
    playing = replace(FRESH, ours="playing")
    assert scene(playing, False, -60.0, "", KEPT).status == "speaking"
    assert scene(playing, False, -60.0, "", (Told(1, "Kept.", 0.4),)).status == "listening"


def test_doubted_words_are_marked_in_what_was_kept_as_long_as_it_is_that_text() -> None:
    kept = Entry("260301-001", NOW, NOW, "mood", "spoken", None, "my mudder", 2.0, "en", "whisper", "written")
    state = replace(FRESH, shown=kept, doubted=Doubted(kept.id, kept.text, "my mudder (?)"))
    assert scene(state, False, -60.0, "", ()).notice == "a mood: my mudder (?)"
    changed = replace(state, shown=replace(kept, text="my"))
    assert scene(changed, False, -60.0, "", ()).notice == "a mood: my"


def test_nothing_of_earlier_days_is_shown_unasked() -> None:
    old = Entry("260220-001", NOW, NOW, "mood", "spoken", None, "my mother", 2.0, "en", "whisper", "written")
    recovered, _ = respond(FRESH, EntryWritten(10, 1, old, is_recovered=True))
    changed, _ = respond(replace(FRESH, last=old), EntryChanged(10, replace(old, tag="dream")))
    kept, _ = respond(FRESH, EntryWritten(10, 1, old))
    assert (recovered.shown, changed.shown, kept.shown) == (None, None, old)
