"""Commands never eat content: a part of the adversarial entries in each default run, all of them in a soak."""

import pytest
from adversarial import Outcome, Talk, Told, outcome, phrases, replayed, talks, total

from voicejournal.dialogue.activities import COMMANDS
from voicejournal.languages import language_of

LEAST_ENTRIES = {"en": 1000, "ko": 200}

EVERY = 50
"""One conversation in so many by default: some hundred entries in a few seconds."""

CODES = pytest.mark.parametrize("code", ["en", "ko"])


def result(code: str, some: list[Talk]) -> Outcome:
    return total([outcome(talk, replayed(code, talk)) for talk in some])


@CODES
def test_the_set_holds_every_phrase_in_every_place(code: str) -> None:
    language, every = language_of(code), talks(code)
    stretches = [stretch for talk in every for told in talk.entries for stretch in told.stretches]
    known = phrases(language)
    assert {name for name in COMMANDS} <= set(known.values())
    assert sum(len(talk.entries) for talk in every) >= LEAST_ENTRIES[code]
    alone = set(stretches)
    spoken = "\n".join(stretches)
    for phrase in known:
        assert phrase in alone or phrase in {told.ends_with for talk in every for told in talk.entries}
        assert f"\n{phrase} " in spoken or f" {phrase}\n" in spoken or f" {phrase} " in spoken


@CODES
def test_nothing_said_is_lost_shortened_or_misfiled(code: str) -> None:
    every = talks(code)
    found = result(code, every[::EVERY])
    assert found.total >= len(every) // EVERY * 2
    assert (found.lost, found.misfiled) == ((), ())


@pytest.mark.slow
@CODES
def test_nothing_of_all_that_is_said_is_lost_shortened_or_misfiled(code: str) -> None:
    found = result(code, talks(code))
    assert (found.lost, found.misfiled) == ((), ())


def test_an_entry_that_was_shortened_is_told() -> None:
    """The measure itself: with "finish my entry" inside, what follows is another entry."""
    told = Told(("the bus was late", "finish my entry", "and i ran"), "the bus was late finish my entry and i ran")
    lines = ("> the bus was late", "~ 2", "> finish my entry", "~ 2", "> and i ran", "~ 40")
    talk = Talk(lines, (told,))
    assert outcome(talk, replayed("en", talk)).lost == ((told.text, "the bus was late | and i ran"),)
