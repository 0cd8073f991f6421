""" "Help me now" in every state there is: by voice and by key, with nothing lost and nothing in its way."""

from dataclasses import replace
from datetime import UTC, datetime
from itertools import product

import pytest

from voicejournal.dialogue.actions import CloseEntry, DropEntry, Hush, Say
from voicejournal.dialogue.activities import ANSWERS
from voicejournal.dialogue.activity import Activity, Asking, Grounding, Journalling, Reading, SettingUp, Waiting
from voicejournal.dialogue.care import Care, Line
from voicejournal.dialogue.events import EntryWritten, Event, FellSilent, Pressed, StretchJudged
from voicejournal.dialogue.grounding import ground
from voicejournal.dialogue.helping import help_steps, shown
from voicejournal.dialogue.respond import respond
from voicejournal.dialogue.state import Capture, State
from voicejournal.grounding.scripts import Script
from voicejournal.hearing.stretches import Stretch
from voicejournal.hearing.transcripts import Transcript
from voicejournal.journal.entries import Entry
from voicejournal.languages import language_of
from voicejournal.seeing import scene
from voicejournal.shelf import shelf_of
from voicejournal.speaking.steps import Rest, Words

START = datetime(2026, 3, 1, 5, 0, tzinfo=UTC)
ENGLISH = language_of("en")
CARE = Care(
    Line("Sam", "0700 900 123"),
    Line("the night line", "116 000", "day and night", "nothing", "text 85000", "nowhere"),
)
ENTRY = Entry(
    "260301-001", START, START, None, None, None, "the bus was late", 2.0, "en", "scripted", "written", False
)
BASE = State(ENGLISH, shelf_of("en").scripts, START.date(), tick=500, care=CARE, captures=1)

ACTIVITIES: list[Activity] = [
    Waiting(),
    Journalling(),
    *(Asking(question, ENTRY) for question in ANSWERS),
    Reading(ENTRY),
    Grounding("water"),
    Grounding("help-me-now", is_help=True),
    SettingUp("contact", "name"),
    SettingUp("contact", "number", "Sam", "07"),
    SettingUp("helpline", "keep", "the line", "112"),
]
AROUND = [
    BASE,
    replace(BASE, ours="playing"),
    replace(BASE, ours="held"),
    replace(BASE, ours="held", is_interrupted=True),
    replace(BASE, ours="barged in"),
    replace(BASE, ours="playing", leaving="in silence"),
    replace(BASE, ours="playing", quiet="text"),
]


def heard(over_voice: bool) -> Event:
    """The words, with doubt about them, and maybe over our own voice."""
    stretch = Stretch(450, 500, 50, 0 if over_voice else 50)
    return StretchJudged(500, 1, stretch, Transcript("help me now", is_doubtful=True))


EVENTS = [Pressed(500, "help_me_now"), heard(over_voice=False), heard(over_voice=True)]


@pytest.mark.parametrize(("activity", "around", "event"), list(product(ACTIVITIES, AROUND, EVENTS)))
def test_it_works_in_every_state(activity: Activity, around: State, event: Event) -> None:
    capture = Capture(1, is_entry=isinstance(activity, Journalling), has_content=True, undecided=1)
    has_capture = isinstance(event, StretchJudged) or isinstance(activity, Journalling)
    state = replace(around, activity=activity, capture=capture if has_capture else None)

    state, actions = respond(state, event)

    assert isinstance(state.activity, Grounding) and state.activity.is_help
    assert state.is_playing and state.ours == "playing"
    dropped = max(i for i, action in enumerate(actions) if isinstance(action, Hush))
    said = [action for action in actions[dropped:] if isinstance(action, Say)]
    assert Words("zero, seven, zero, zero", 0.9) in said[0].steps, "nothing is said before it"
    if isinstance(activity, Journalling):
        assert any(isinstance(action, CloseEntry) for action in actions), "the entry is kept"
    assert scene(state, False, -96.0, "", ()).numbers == ("Sam: 0700 900 123", "the night line: 116 000")


def test_an_entry_that_was_asked_for_and_is_empty_goes() -> None:
    state = replace(BASE, activity=Journalling(), capture=Capture(1, is_entry=True))
    state, actions = respond(state, Pressed(500, "help_me_now"))
    assert state.capture is None and DropEntry(1) in actions


def test_what_is_written_meanwhile_does_not_speak_into_it() -> None:
    state, _ = respond(replace(BASE, closing={1: None}), Pressed(500, "help_me_now"))
    state, actions = respond(state, EntryWritten(600, 1, ENTRY))
    assert actions == () and isinstance(state.activity, Grounding)


def texts(care: Care) -> list[str]:
    return [step.text for step in help_steps(ENGLISH, care) if isinstance(step, Words)]


def test_the_own_contact_comes_first_and_each_number_twice() -> None:
    said = texts(CARE)
    assert said[0] == "If you are in danger, you can call Sam."
    assert said.count("nine, zero, zero") == 2 and said.count("one, one, six") == 2
    assert said.index("nine, zero, zero") < said.index("You can call the night line.")
    assert "When it is open: day and night." in said and "What a call costs: nothing." in said


@pytest.mark.parametrize(
    "care", [Care(), Care(contact=CARE.contact), Care(helpline=Line("a line without a number"))]
)
def test_without_a_helpline_the_words_are_your_local_emergency_number(care: Care) -> None:
    assert any("your local emergency number" in text for text in texts(care))
    assert not any("your local emergency number" in text for text in texts(CARE))


def test_between_groups_there_is_time_to_write_and_a_name_is_not_needed() -> None:
    steps = help_steps(ENGLISH, Care(Line(number="0700900")))
    said = [step for step in steps if isinstance(step, Words)]
    assert said[0].text == "If you are in danger, you can call the person you chose."
    assert [step.follows for step in said[1:4]] == [False, True, False]
    assert all(isinstance(step, Rest) for step in steps[1::2])
    assert shown(Care(Line(number="0700900"))) == ("0700900",)


@pytest.mark.parametrize("scripts", [{}, {"something-solid": BASE.scripts["something-solid"]}])
def test_it_needs_no_script(scripts: dict[str, Script]) -> None:
    state, actions = ground(replace(BASE, scripts=scripts), "help-me-now")
    assert isinstance(state.activity, Grounding) and any(isinstance(action, Say) for action in actions)
    respond(state, Pressed(600, "how_long"))
    state, _ = respond(state, FellSilent(700))
    assert isinstance(state.activity, Waiting)
