"""`loop.py`: the scripts are read in a moment of their own, after the cue and before anybody could ask for one."""

from collections.abc import Mapping, Sequence

import pytest
from scripted import ENGLISH, SCRIPTS, START, run_through

from voicejournal.absent import FleetingCare, FleetingPreferences
from voicejournal.beginning import Kept, Situation, first_state
from voicejournal.dialogue.care import Care
from voicejournal.dialogue.events import ScriptsRead
from voicejournal.dialogue.respond import respond
from voicejournal.edges.store import Store
from voicejournal.grounding.scripts import Script
from voicejournal.replaying import Line, Said, Silent
from voicejournal.settings import Settings
from voicejournal.speaking.steps import Words


class Happened:
    """The `Trace` port, and who reads the scripts: what came when, in order."""

    def __init__(self) -> None:
        self.order: list[str] = []
        self.said: list[str] = []

    def note(self, event: str, seconds: float, words: str | None = None, **fields: float | str) -> None:
        self.order.append(event)
        if event == "said":
            self.said.append(words or "")

    def read(self) -> Mapping[str, Script]:
        self.order.append("read")
        return SCRIPTS

    def close(self) -> None:
        pass


class FirstKey:
    """The `Keys` port of somebody who presses one before anything else has happened."""

    def __init__(self, key: str) -> None:
        self._keys = [key]

    def pressed(self) -> Sequence[str]:
        pressed, self._keys = self._keys, []
        return pressed

    def close(self) -> None:
        pass


def first_words(name: str) -> str:
    return next(step.text for step in SCRIPTS[name].steps if isinstance(step, Words))


@pytest.mark.parametrize(("silent", "first"), [(1.0, "speech_started"), (0.0, "said")])
def test_they_are_read_when_the_cue_is_over_or_somebody_spoke_into_it(silent: float, first: str) -> None:
    happened = Happened()
    lines: list[Line] = [Silent(silent), Said(("ground", "me", "with", "water"))]
    run_through(lines, Store(":memory:"), trace=happened, scripts=happened.read)
    order = happened.order
    assert order.count("read") == 1 and order.index("cue") < order.index("read") < order.index(first)
    assert happened.said[0] == first_words("water")


def test_help_me_now_by_the_very_first_key_has_them_too() -> None:
    happened = Happened()
    keys = FirstKey("h")
    run_through([Silent(60.0)], Store(":memory:"), trace=happened, scripts=happened.read, keys=keys)
    assert happened.order.count("read") == 1 and happened.order.index("read") < happened.order.index("said")
    assert first_words("help-me-now") in happened.said


def test_what_the_dialogue_knows_of_them_is_a_plain_dict() -> None:
    kept = Kept(Store(":memory:"), FleetingPreferences(), FleetingCare(Care()))
    state = first_state(Settings(), ENGLISH, Situation(now=lambda: START), kept)
    assert type(state.scripts) is dict
    state, actions = respond(state, ScriptsRead(11, SCRIPTS))
    assert type(state.scripts) is dict and state.scripts == SCRIPTS and actions == ()
