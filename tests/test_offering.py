"""Offers: one at most, when all is quiet, and no trace of why."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from voicejournal.dialogue.actions import AcceptEntries, Action, Say
from voicejournal.dialogue.activity import Asking, Grounding, Waiting
from voicejournal.dialogue.events import EntryDeleted, EntryWritten, FellSilent, Pressed, TimePassed
from voicejournal.dialogue.offering import CIRCLING, HARD, OPEN_SECONDS
from voicejournal.dialogue.respond import respond
from voicejournal.dialogue.reviewing import DELETE_SURELY
from voicejournal.dialogue.state import Capture, State
from voicejournal.edges.store import Store
from voicejournal.hearing.frames import ticks
from voicejournal.hearing.transcripts import KeptStretch, Word
from voicejournal.journal.entries import Entry
from voicejournal.journal.resting import LONG_SECONDS, SOFT_LIMIT_SECONDS
from voicejournal.languages import language_of
from voicejournal.speaking.steps import Cue, Shown, Words

START = datetime(2026, 3, 1, 9, tzinfo=UTC)
STATE = State(language=language_of("en"), scripts={}, today=date(2026, 3, 1), tick=1000)
HARD_WORDS = "i do not want to be alive"
CIRCLES = "i keep going round in circles"


def entry(text: str, seconds: float = 60, number: int = 1) -> Entry:
    at = START + timedelta(hours=number)
    return Entry(f"260301-00{number}", at, at, "mood", "spoken", None, text, seconds, "en", "vosk", "written")


def written(state: State, one: Entry, **more: object) -> tuple[State, list[str]]:
    """The entry is written, and all that is said about it."""
    state, actions = respond(state, EntryWritten(state.tick, 1, one, **more))  # type: ignore[arg-type]
    words = said(actions)
    while state.is_playing:
        state, actions = respond(state, FellSilent(state.tick + 100))
        words += said(actions)
    return state, words


def said(actions: tuple[Action, ...]) -> list[str]:
    steps = [step for action in actions if isinstance(action, Say) for step in action.steps]
    return [step.text for step in steps if isinstance(step, Words)]


def test_an_offer_has_at_most_forty_words_in_any_language() -> None:
    for code in ("en", "ko"):
        assert len(language_of(code).said["offer_hard"].split()) <= 40


def test_it_comes_after_the_entry_is_said_to_be_kept() -> None:
    state, words = written(STATE, entry(HARD_WORDS))
    assert words[:2] == ["Kept.", "That sounds hard, and you matter."]
    assert state.activity == Asking(HARD, entry(HARD_WORDS))


def test_doubt_about_the_words_is_told_all_the_same() -> None:
    words = written(STATE, entry(HARD_WORDS), is_doubtful=True)[1]
    assert words[0] == "I kept your voice." and "That sounds hard, and you matter." in words


def test_the_first_words_of_all_wait_for_an_entry_without_an_offer() -> None:
    state, words = written(replace(STATE, greets=True), entry(HARD_WORDS))
    assert state.greets and not any("journal" in sentence for sentence in words)
    state, words = written(replace(STATE, greets=True), entry("we had tea"))
    assert words[-2:] == [
        "I am a journal, not a clinician, and nobody else is listening.",
        "I may miss things: in danger, call your local emergency number first.",
    ]


def test_what_is_hard_comes_before_circles_and_circles_before_rest() -> None:
    assert written(STATE, entry(f"{CIRCLES} {HARD_WORDS}", 3600))[0].activity == Asking(
        HARD, entry(f"{CIRCLES} {HARD_WORDS}", 3600)
    )
    assert written(STATE, entry(CIRCLES, 3600))[0].activity == Asking(CIRCLING, entry(CIRCLES, 3600))
    state, words = written(STATE, entry("we had tea", SOFT_LIMIT_SECONDS + 1))
    assert words[1] == "That was a long time of speaking." and isinstance(state.activity, Waiting)


def test_rest_is_for_the_second_long_entry_of_the_same_day_only() -> None:
    long = LONG_SECONDS + 1
    yesterday = replace(entry("tea", long), started_at=START - timedelta(days=1))
    assert "Kept." not in written(STATE, entry("tea", long, 3), earlier=(yesterday,))[1]
    assert "Kept." in written(STATE, entry("tea", long, 3), earlier=(entry("tea", long, 2), yesterday))[1]


@pytest.mark.parametrize(
    "state",
    [
        replace(STATE, makes_offers=False),
        replace(STATE, leaving="in silence"),
        replace(STATE, offered_about=frozenset({"260301-001"})),
        replace(STATE, activity=Grounding("water")),
    ],
    ids=["turned off", "gone", "offered before", "being grounded"],
)
def test_no_offer(state: State) -> None:
    after, words = written(state, entry(HARD_WORDS))
    assert after.offer_due is None and "That sounds hard, and you matter." not in words


def test_no_offer_about_what_an_earlier_run_left() -> None:
    assert written(STATE, entry(HARD_WORDS), is_recovered=True)[0].offer_due is None


def test_nobody_is_talked_over_it_waits_until_they_are_silent() -> None:
    speaking = replace(STATE, capture=Capture(2, is_voiced=True), captures=2)
    state, words = written(speaking, entry(HARD_WORDS))
    assert not words and state.offer_due is not None
    state, actions = respond(replace(state, capture=None), TimePassed(2000))
    assert said(actions)[0] == "That sounds hard, and you matter." and state.offer_due is None


def test_who_has_left_meanwhile_hears_no_offer() -> None:
    speaking = replace(STATE, capture=Capture(2, is_voiced=True), captures=2)
    state, _ = written(speaking, entry(HARD_WORDS))
    state, actions = respond(replace(state, capture=None, leaving="in silence"), TimePassed(2000))
    assert not said(actions)


def test_nothing_is_offered_about_what_was_deleted_meanwhile() -> None:
    one = entry(HARD_WORDS)
    state, _ = written(replace(STATE, capture=Capture(2, is_voiced=True), captures=2), one)
    state = replace(state, capture=None, activity=Asking(DELETE_SURELY, one))
    state, _ = respond(state, Pressed(2000, "yes"))
    state, _ = respond(state, EntryDeleted(2000, one.id))
    state, actions = respond(state, FellSilent(2100))
    assert state.offer_due is None and not said(actions)


def test_in_quiet_mode_it_is_shown_and_a_cue_sounds() -> None:
    state, actions = respond(replace(STATE, quiet="text"), EntryWritten(1000, 1, entry(HARD_WORDS)))
    state, actions = respond(state, FellSilent(1100))
    (say,) = (action for action in actions if isinstance(action, Say))
    assert not said(actions) and say.steps == (Shown(state.said), Cue("rising"))
    assert state.said.startswith("That sounds hard") and isinstance(state.activity, Asking)


def test_silence_closes_it_after_half_a_minute_and_nothing_is_said() -> None:
    state, _ = written(STATE, entry(HARD_WORDS))
    assert state.alarm_tick == state.tick + ticks(OPEN_SECONDS)
    state, actions = respond(state, TimePassed(state.alarm_tick))
    assert isinstance(state.activity, Waiting) and not said(actions) and state.offer_due is None


def test_no_action_but_the_words_comes_of_it() -> None:
    """Nothing is stored, marked, preferred or changed."""
    state, actions = respond(STATE, EntryWritten(1000, 1, entry(HARD_WORDS)))
    state, more = respond(state, FellSilent(1100))
    assert {type(action) for action in (*actions, *more)} == {Say, AcceptEntries}, "as after any entry"


def test_marking_for_the_therapist_changes_nothing_else(tmp_path: Path) -> None:
    store = Store(tmp_path / "journal.db")
    entry_id = store.open_entry(START, "en", "vosk")
    store.close_entry(entry_id, START)
    store.keep_stretch(entry_id, KeptStretch(0.0, 1.0, "tea", (Word("tea", 0.0, 1.0, 0.9),)))
    before = store.write_entry(entry_id, "mood", "spoken", None)
    store.mark_for_therapist(entry_id)
    assert store.entry(entry_id) == replace(before, for_therapist=True)
    store.close()
