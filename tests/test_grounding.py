"""A script offers ways, grows when it is known, and is found by its name."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from voicejournal.dialogue import awaiting, commands, grounding, playing
from voicejournal.dialogue.actions import (
    Action,
    Aside,
    Hush,
    Interject,
    MeasureLeft,
    MeasureSound,
    Prefer,
    Say,
    SetPace,
    TakeWay,
)
from voicejournal.dialogue.activities import COMMANDS, acting_in
from voicejournal.dialogue.events import FellSilent, Pressed, SoundMeasured, WaysOffered
from voicejournal.dialogue.respond import respond
from voicejournal.dialogue.state import OurVoice, State
from voicejournal.hearing.stretches import Stretch
from voicejournal.hearing.transcripts import Transcript
from voicejournal.journal.entries import Entry
from voicejournal.languages import language_of
from voicejournal.rehearsing import replaying
from voicejournal.seeing import scene
from voicejournal.settings import Settings
from voicejournal.shelf import shelf_of
from voicejournal.speaking.steps import Pace, Step, Way, Words

WAYS = (Way(("feet", "my feet"), (Words("Feet."),)), Way(("stop", "hands"), (Words("Hands."),)))
SPOKEN = Stretch(0, 50, 50, clear_ticks=50)
NOW = datetime(2026, 3, 1, 5, 0, tzinfo=UTC)
ENTRY = Entry("260301-001", NOW, NOW, None, None, None, "the bus was late", 2.0, "en", "scripted", "written", False)


def state(**changes: object) -> State:
    fresh = State(language_of("en"), shelf_of("en").scripts, date(2026, 3, 1))
    return replace(fresh, **changes)  # type: ignore[arg-type]


def said(actions: tuple[Action, ...]) -> tuple[Step, ...]:
    return next(action.steps for action in actions if isinstance(action, Say))


def offering() -> State:
    grounded, _ = grounding.ground(state(), "something-solid")
    return respond(grounded, WaysOffered(10, WAYS))[0]


@pytest.mark.parametrize("ours", ["playing", "held"])
@pytest.mark.parametrize("name", sorted(set(COMMANDS) - set(acting_in("speaking"))))
def test_what_is_asked_for_is_never_said_behind_the_rest_of_a_script(name: str, ours: OurVoice) -> None:
    playing = replace(offering(), last=ENTRY, ours=ours)
    after, actions = respond(playing, Pressed(30, name))
    if MeasureSound(ENTRY) in actions:
        after, asked = respond(after, SoundMeasured(30, ENTRY, 0.0))
        actions = (*actions, *asked)
    kinds = [type(action) for action in actions]
    if Say in kinds:
        assert after.ours == "playing"
        assert kinds.count(Hush) == 1 and kinds.index(Hush) < kinds.index(Say)
    else:
        assert (Interject if ours == "playing" else Aside) in kinds, "a word between, and it goes on or waits on"
        assert (after.ours, after.activity) == (ours, playing.activity)


@pytest.mark.parametrize(
    ("heard", "name"),
    [("my feet", "first_way"), ("Feet.", "first_way"), ("hands hands", "second_way"), ("feet hurt", None)],
)
def test_names_of_ways_act_as_whole_utterances_while_they_are_offered(heard: str, name: str | None) -> None:
    assert commands.understood(offering(), SPOKEN, Transcript(heard)) == name
    past, _ = respond(offering(), WaysOffered(20, ()))
    late = replace(SPOKEN, start_tick=20)
    assert commands.understood(past, late, Transcript(heard)) is None
    assert commands.understood(state(ways=WAYS), SPOKEN, Transcript(heard)) is None, "no script is spoken"


def test_a_way_whose_name_was_begun_in_time_is_taken_after_the_offer_as_well() -> None:
    past, _ = respond(offering(), WaysOffered(20, ()))
    begun = replace(SPOKEN, start_tick=19)
    assert commands.understood(past, begun, Transcript("hands")) == "second_way"
    assert {"feet", "stop"} <= set(awaiting.awaited(past).hints), "the recogniser is still told of them"
    later = replace(past, tick=20 + awaiting.LATE_TICKS + 1)
    assert "feet" not in awaiting.awaited(later).hints
    taken, actions = grounding.take_way(past, 1)
    assert actions == (TakeWay(1),) and taken.past_offer is None
    again, _ = respond(past, WaysOffered(30, WAYS))
    assert again.past_offer is None, "what is offered now comes first"


def test_no_name_of_a_way_takes_the_meaning_of_a_command() -> None:
    assert commands.understood(offering(), SPOKEN, Transcript("stop")) == "stop"


def test_ways_are_hints_for_the_recogniser_and_have_keys() -> None:
    assert {"feet", "stop"} <= set(awaiting.awaited(offering()).hints)
    assert [awaiting.of_key(offering(), key) for key in "123"] == ["first_way", "second_way", None]
    after, actions = respond(offering(), Pressed(30, "second_way"))
    assert actions == (TakeWay(1),) and not after.ways
    assert scene(offering(), False, -96.0, "", ()).keys == "keys_choice"


def test_a_script_that_grows_is_longer_once_it_was_heard_to_its_end() -> None:
    grounded, actions = grounding.ground(state(), "slow-breath")
    first = said(actions)
    after, actions = respond(grounded, FellSilent(9000))
    assert actions == (Prefer("known_scripts", "slow-breath"),)
    assert grounding.known_scripts("slow-breath") == after.known_scripts
    again, actions = grounding.ground(after, "slow-breath")
    assert said(actions) == again.scripts["slow-breath"].later_steps != first
    assert respond(again, FellSilent(20_000))[1] == (), "it is told once"


def test_a_script_that_was_stopped_is_as_short_the_next_time() -> None:
    grounded, _ = grounding.ground(state(), "slow-breath")
    stopped, _ = playing.stop(grounded)
    after, actions = respond(stopped, FellSilent(500))
    assert not after.known_scripts and actions == ()


def test_nothing_is_known_of_somebody_new() -> None:
    assert grounding.known_scripts(None) == grounding.known_scripts("") == frozenset()


def test_how_long_is_asked_of_what_plays() -> None:
    grounded, _ = grounding.ground(state(), "water")
    assert playing.how_long(grounded)[1] == (MeasureLeft(),)
    assert playing.how_long(state())[1] == ()


def test_pace_is_remembered_within_its_bounds() -> None:
    now = state(ours="playing")
    for change, rate, rest in ((playing.slower, "0.8", "3.0"), (playing.faster, "1.3", "0.5")):
        for _ in range(9):
            now, actions = change(now)
        assert {Prefer("rate", rate), Prefer("rest", rest), SetPace(Pace(float(rate), float(rest)))} <= set(actions)


@pytest.mark.parametrize("heard", ["ground me with water", "Ground me with the water.", "ground me water"])
def test_a_script_is_asked_for_by_its_title_or_name(heard: str) -> None:
    assert commands.understood(state(), SPOKEN, Transcript(heard)) == "script water"
    assert commands.understood(offering(), SPOKEN, Transcript(heard)) is None, "one is being spoken"


@pytest.mark.parametrize(
    "heard", ["ground me with", "ground me with my brother", "water", "he could ground me with water"]
)
def test_what_asks_for_no_script_is_the_person_s_own_words(heard: str) -> None:
    assert commands.understood(state(), SPOKEN, Transcript(heard)) is None


def test_a_minute_of_breath_the_first_time_and_two_in_a_later_run(tmp_path: Path) -> None:
    """Remembered where this person's preferences are, from one run of the program to the next."""
    asked = tmp_path / "asked.txt"
    asked.write_text("> ground me with a slow breath\n", encoding="utf-8")
    chosen = Settings(journal=str(tmp_path / "journal.sqlite3"))
    for breaths in (6, 12, 12):
        heard: list[str] = []
        with replaying(chosen, datetime(2026, 3, 1, tzinfo=UTC), asked, heard.append) as (loop, _):
            loop.run()
        assert heard.count("Breathe in.") == heard.count("Breathe out.") == breaths
        assert heard[-1].startswith("You can stay")
