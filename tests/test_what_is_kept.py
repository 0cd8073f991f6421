"""`dialogue/what_is_kept.py`: every sentence is true of this run, about the lock above all."""

from dataclasses import replace
from datetime import date
from typing import get_args

import pytest

from voicejournal.dialogue.actions import Say
from voicejournal.dialogue.state import State
from voicejournal.dialogue.what_is_kept import PROTECTED, what_do_you_keep
from voicejournal.finding import language_of
from voicejournal.journal.protection import UNLOCKED, Protection
from voicejournal.speaking.steps import Words


def said(code: str, protection: Protection) -> str:
    state = State(language=language_of(code), scripts={}, today=date(2026, 3, 1))
    _, (say,) = what_do_you_keep(replace(state, guard=replace(state.guard, protection=protection)))
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
