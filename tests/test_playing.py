"""What plays is held by a voice over it, but not for ever by its own."""

from dataclasses import replace
from datetime import date

import pytest

from voicejournal.dialogue.actions import DoubtRoom, GoOn, Hold
from voicejournal.dialogue.events import StretchJudged, VoiceBegan, VoicePaused
from voicejournal.dialogue.respond import respond
from voicejournal.dialogue.state import Grounding, State
from voicejournal.finding import SoundScripts, language_of
from voicejournal.hearing.stretches import Stretch
from voicejournal.hearing.transcripts import NOTHING_HEARD, Nearest, Transcript

SPOKEN = Stretch(2000, 2030, 30, clear_ticks=0)


def playing(*vain_holds: int) -> State:
    fresh = State(language_of("en"), SoundScripts("en"), date(2026, 3, 1))
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
