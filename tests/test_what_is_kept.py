"""`dialogue/what_is_kept.py`: every sentence is true of this run, about the lock above all."""

from dataclasses import replace
from datetime import date
from typing import get_args

import pytest

from voicejournal.dialogue.actions import Say
from voicejournal.dialogue.guard import Guard, Watch
from voicejournal.dialogue.state import State
from voicejournal.dialogue.what_is_kept import PROTECTED, what_do_you_keep
from voicejournal.journal.protection import UNLOCKED, Protection
from voicejournal.languages import language_of
from voicejournal.speaking.steps import Words


def said(code: str, protection: Protection = "passphrase", watch: Watch = "open", keeps_voice: bool = False) -> str:
    state = State(language=language_of(code), scripts={}, today=date(2026, 3, 1), keeps_voice=keeps_voice)
    _, (say,) = what_do_you_keep(replace(state, guard=Guard(protection, watch)))
    assert isinstance(say, Say)
    return " ".join(step.text for step in say.steps if isinstance(step, Words))


@pytest.mark.parametrize("code", ["en", "ko"])
@pytest.mark.parametrize("protection", get_args(Protection))
def test_what_is_said_of_the_lock_is_true(code: str, protection: Protection) -> None:
    language, told = language_of(code), said(code, protection)
    sentences = {one: language.said[name] for one, name in PROTECTED.items()}
    assert {one for one, sentence in sentences.items() if sentence in told} == {protection}


@pytest.mark.parametrize("protection", UNLOCKED)
def test_where_there_is_no_lock_none_is_claimed(protection: Protection) -> None:
    assert "It is not" in said("en", protection) and "It is locked" not in said("en", protection)


@pytest.mark.parametrize("code", ["en", "ko"])
@pytest.mark.parametrize("watch", ["open", "locked"])
@pytest.mark.parametrize("keeps_voice", [True, False])
def test_what_is_said_of_the_voice_is_true(code: str, watch: Watch, keeps_voice: bool) -> None:
    language, told = language_of(code), said(code, watch=watch, keeps_voice=keeps_voice)
    wanted = "keeps_voice" if keeps_voice else "keeps_voice_locked" if watch == "locked" else "keeps_voice_briefly"
    sentences = ("keeps_voice", "keeps_voice_locked", "keeps_voice_briefly")
    assert [name for name in sentences if language.said[name] in told] == [wanted]


def test_while_it_is_locked_it_is_not_told_to_say_what_is_refused() -> None:
    assert "Say delete that" in said("en") and "Say delete that" not in said("en", watch="locked")
