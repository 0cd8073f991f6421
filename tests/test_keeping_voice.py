"""Who wants their voice kept has it for seven days; who does not is rid of it at once."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from voicejournal.dialogue.actions import AcceptEntries, LetVoicesGo, Prefer, Say
from voicejournal.dialogue.events import FellSilent
from voicejournal.dialogue.keeping_voice import KEPT_DAYS, keep, keep_no_more
from voicejournal.dialogue.respond import respond
from voicejournal.dialogue.state import State
from voicejournal.languages import language_of
from voicejournal.preferring import keeps_voice_of
from voicejournal.settings import Settings
from voicejournal.shelf import shelf_of

STATE = State(language_of("en"), shelf_of("en").scripts, datetime(2026, 3, 1, tzinfo=UTC).date())


def test_it_is_off_until_it_is_chosen_and_how_long_is_said() -> None:
    assert not STATE.keeps_voice
    state, (prefer, said) = keep(STATE)
    assert state.keeps_voice and prefer == Prefer("keep_voice", "on")
    assert isinstance(said, Say) and "seven days" in state.said
    assert KEPT_DAYS == 7


def test_while_it_is_kept_nothing_is_let_go_and_then_all_but_what_is_in_doubt() -> None:
    state = replace(STATE, unaccepted=("1", "2"), unrepaired="2", ours="playing")
    assert respond(state, FellSilent(9))[1] == (AcceptEntries(("1",)),)
    kept, actions = respond(replace(state, keeps_voice=True), FellSilent(9))
    assert actions == () and kept.unaccepted == ("2",)
    state, actions = keep_no_more(kept)
    assert actions[:2] == (Prefer("keep_voice", "off"), LetVoicesGo(but=("2",)))
    assert not state.keeps_voice


@pytest.mark.parametrize(
    ("written", "said", "is_kept"),
    [
        (None, None, False),
        (None, "on", True),
        (None, "off", False),
        (True, None, True),
        (True, "off", False),
        (False, "on", False),
    ],
)
def test_whichever_says_no_it_is_no(written: bool | None, said: str | None, is_kept: bool) -> None:
    assert keeps_voice_of(Settings(keep_voice=written), said) is is_kept
