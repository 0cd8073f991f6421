"""What plays is held by a voice over it, but not for ever by its own."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from voicejournal.dialogue.actions import (
    Aside,
    DoubtRoom,
    GoOn,
    Hold,
    Hush,
    Interject,
    KeepStretch,
    LeaveOut,
    SetAside,
)
from voicejournal.dialogue.activity import Grounding, Reading
from voicejournal.dialogue.events import (
    ChoiceLost,
    Interrupted,
    LeftMeasured,
    Pressed,
    StretchJudged,
    VoiceBegan,
    VoicePaused,
)
from voicejournal.dialogue.respond import respond
from voicejournal.dialogue.state import Capture, OurVoice, State
from voicejournal.errors import SettingsError
from voicejournal.hearing.stretches import Stretch
from voicejournal.hearing.transcripts import NOTHING_HEARD, Nearest, Transcript
from voicejournal.journal.entries import Entry
from voicejournal.languages import language_of
from voicejournal.shelf import shelf_of

SPOKEN = Stretch(2000, 2030, 30, clear_ticks=0)
NOW = datetime(2026, 3, 1, 5, 0, tzinfo=UTC)
ENTRY = Entry("260301-001", NOW, NOW, None, None, None, "the bus was late", 2.0, "en", "scripted", "written")


def playing(*vain_holds: int) -> State:
    fresh = State(language_of("en"), shelf_of("en").scripts, date(2026, 3, 1))
    return replace(fresh, activity=Grounding("water"), ours="playing", vain_holds=vain_holds)


def spoken_over(transcript: Transcript, *vain_holds: int) -> tuple[State, tuple[object, ...]]:
    """Somebody says that over the voice."""
    state, _ = respond(playing(*vain_holds), VoiceBegan(2000))
    capture = state.capture
    assert capture is not None
    state, _ = respond(state, VoicePaused(2030, SPOKEN))
    return respond(state, StretchJudged(2060, capture.number, SPOKEN, transcript))


@pytest.mark.parametrize(
    ("vain", "is_held"),
    [((), True), ((1800, 1900), True), ((500, 1700, 1900), True), ((1600, 1750, 1900), False), ((1, 9, 400), True)],
    ids=["never", "twice", "far apart", "again and again", "long ago"],
)
def test_after_three_holds_for_nothing_a_voice_alone_does_not_hold(vain: tuple[int, ...], is_held: bool) -> None:
    state, actions = respond(playing(*vain), VoiceBegan(2000))
    assert (Hold("voice") in actions) == (state.ours == "barged in") == is_held


def test_the_third_hold_for_nothing_makes_the_filter_doubt_the_room() -> None:
    state, actions = spoken_over(NOTHING_HEARD, 1800, 1900)
    assert actions[-2:] == (GoOn(), DoubtRoom()) and state.vain_holds == (1800, 1900, 2060)


def test_even_then_stop_stops_it_and_faster_waits_for_a_surer_time() -> None:
    state, _ = spoken_over(Transcript("Stop."), 1700, 1800, 1900)
    assert not isinstance(state.activity, Grounding)
    state, _ = spoken_over(Transcript("Faster."), 1700, 1800, 1900)
    assert state.pace == playing().pace
    state, _ = spoken_over(Transcript("Faster."))
    assert state.pace.rate > playing().pace.rate


@pytest.mark.parametrize(("fit", "is_stopped"), [(-2.9, True), (-3.1, False)])
def test_what_is_near_enough_to_stop_stops_it(fit: float, is_stopped: bool) -> None:
    state, _ = spoken_over(Transcript("Let's talk.", nearest=Nearest("stop", fit)))
    assert isinstance(state.activity, Grounding) != is_stopped


@pytest.mark.parametrize("before", ["playing", "barged in"])
@pytest.mark.parametrize("heard", [Transcript("Wait, someone is here."), None])
def test_after_words_over_an_entry_that_is_read_it_is_silent_until_asked(
    before: OurVoice, heard: Transcript | None
) -> None:
    state, actions = spoken_over_reading(heard, ours=before)
    assert state.ours == "held" and isinstance(state.activity, Reading)
    assert [type(one) for one in actions if not isinstance(one, LeaveOut | SetAside)] == (
        [Hold, Aside] if before == "playing" else [Aside]
    )
    state, actions = respond(state, Pressed(3000, "go_on"))
    assert (state.ours, actions) == ("playing", (GoOn(),))


@pytest.mark.parametrize(
    ("heard", "changes"),
    [
        (NOTHING_HEARD, {}),
        (Transcript("the bus was late"), {}),
        (Transcript("a car on the moon"), {"vain_holds": (1700, 1800, 1900)}),
    ],
    ids=["a cough", "our own words", "it may be hearing itself"],
)
def test_a_cough_or_our_own_voice_lets_it_read_on(heard: Transcript, changes: dict[str, Any]) -> None:
    state, _ = spoken_over_reading(heard, ours="barged in", **changes)
    assert state.ours == "playing"


def test_when_nobody_is_left_to_ask_for_more_the_reading_is_over() -> None:
    state, _ = spoken_over_reading(Transcript("Wait, someone is here."), ours="barged in", has_sound_ended=True)
    assert not isinstance(state.activity, Reading) and state.ours != "held"


SECOND = Stretch(2100, 2140, 40, clear_ticks=40, certain_ticks=40)
MORE = Transcript("they are in the drawer")


def test_a_second_sentence_over_an_entry_that_is_read_begins_no_entry() -> None:
    """Begun before "I am silent" was said, or long after: it may be somebody else's as the first was."""
    state, _ = respond(replace(playing(), activity=Reading(ENTRY)), VoiceBegan(2000))
    state, _ = respond(state, VoicePaused(2030, SPOKEN))
    state, _ = respond(state, VoiceBegan(2050))
    state, _ = respond(state, StretchJudged(2060, 1, SPOKEN, Transcript("where are my socks")))
    state, _ = respond(state, VoicePaused(2150, SECOND))
    state, actions = respond(state, StretchJudged(2180, 1, SECOND, MORE))
    assert actions == (LeaveOut(1, SECOND), SetAside(1))
    state, _ = respond(state, VoiceBegan(5000))
    state, _ = respond(state, VoicePaused(5050, SECOND))
    state, actions = respond(state, StretchJudged(5080, 2, SECOND, MORE))
    assert actions == (LeaveOut(2, SECOND), SetAside(2))
    assert (state.ours, state.activity, state.place) == ("held", Reading(ENTRY), "interrupted")
    state, actions = respond(state, Pressed(5100, "go_on"))
    assert (state.place, actions) == ("speaking", (GoOn(),))


@pytest.mark.parametrize("asked", ["pause", "journal_entry"])
def test_what_was_interrupted_leaves_free_once_that_is_asked_for(asked: str) -> None:
    state, _ = spoken_over_reading(Transcript("Wait, someone is here."), ours="barged in")
    state, _ = respond(state, Pressed(3000, asked))
    state, _ = respond(state, VoiceBegan(5000))
    assert state.capture is not None
    number = state.capture.number
    state, _ = respond(state, VoicePaused(5050, SECOND))
    state, actions = respond(state, StretchJudged(5080, number, SECOND, MORE))
    assert KeepStretch(number, SECOND) in actions and state.place == "entry"


def test_leaving_while_it_is_interrupted_sets_aside_what_is_being_said() -> None:
    state, _ = spoken_over_reading(Transcript("Wait, someone is here."), ours="barged in")
    state, _ = respond(state, VoiceBegan(5000))
    state, actions = respond(state, Interrupted(5050))
    assert actions[:2] == (Hush(), SetAside(2)) and not state.closing


@pytest.mark.parametrize("vain", [(), (1700, 1800, 1900)])
def test_a_voice_ends_what_is_said_beside_what_is_held_and_that_stays_held(vain: tuple[int, ...]) -> None:
    state, actions = respond(replace(playing(*vain), ours="held"), VoiceBegan(2000))
    assert (state.ours, Hold("voice") in actions) == ("held", not vain)


def test_nothing_that_follows_a_hold_makes_it_read_on_but_being_asked() -> None:
    held, _ = spoken_over_reading(Transcript("Wait, someone is here."), ours="barged in")
    for event in (
        VoiceBegan(3000),
        LeftMeasured(3000, 30.0),
        ChoiceLost(3000, SettingsError("preference_not_kept")),
    ):
        state, actions = respond(held, event)
        assert state.ours == "held" and not any(isinstance(one, GoOn | Interject) for one in actions)


def spoken_over_reading(heard: Transcript | None, **changes: Any) -> tuple[State, tuple[object, ...]]:
    """Somebody says that while an entry is read."""
    capture = Capture(1, undecided=1)
    state = replace(playing(), activity=Reading(ENTRY), said=ENTRY.text, capture=capture, captures=1, **changes)
    return respond(state, StretchJudged(2060, 1, replace(SPOKEN, certain_ticks=30), heard))
