"""A phrase that was misheard, and one that hints alone have made: held against what was measured."""

from dataclasses import replace

import pytest

from voicejournal.dialogue.misheard import (
    Cost,
    is_heard_again,
    is_misheard,
    is_near_where_little_else_is_said,
    is_rather,
    is_sounded,
    is_sounded_rather,
)
from voicejournal.hearing.transcripts import Nearest, Sounded, Transcript, Unhinted


@pytest.mark.parametrize(
    ("words", "others", "lead", "cost", "is_said"),
    [
        ("What helped me?", "What held me?", -1.0, "nothing", True),
        ("What helped me?", "What held me?", -7.9, "nothing", True),
        ("What helped me?", "What held me?", -8.1, "nothing", False),
        ("Help me now.", "Help me no more.", -4.0, "no help", False),
        ("Undo.", "Undone.", 2.0, "nothing", False),
        ("Scratch that.", "Scratch the cat out.", -1.0, "something", False),
        ("Goodbye.", "Good bye, Mum.", 1.0, "something", False),
        ("Delete that.", "Undelete that.", 1.0, "something", False),
        ("Lock my journal.", "Block my journal.", -1.2, "nothing", True),
        ("Tidy my words.", "Should I be my words?", -1.9, "nothing", True),
        ("Stop it.", "Stop it, Mum.", 1.4, "nothing", False),
        ("Set up contact.", "Set up a car attack, is it?", 3.3, "nothing", False),
        ("Set a passphrase.", "See you in the past week.", -5.0, "nothing", True),
        ("Finish my entry.", "Finish my end tree.", -0.3, "something", True),
        ("Scratch that.", "Scratch it out.", -4.0, "something", False),
        ("Help me now.", "Help me out.", -3.2, "no help", True),
        ("Help me now.", "It'll meet out.", -5.7, "no help", True),
        ("Help me now.", "Help me out.", -5.0, "no help", True),
        ("Help me now.", "Help me know more.", -4.8, "no help", False),
        ("Help me now.", "It'll meet out.", -6.1, "no help", False),
        ("Scratch that.", "Don't you know?", -5.7, "something", False),
    ],
)
def test_a_command_that_hints_alone_have_made_has_to_be_likely(
    words: str, others: str, lead: float, cost: Cost, is_said: bool
) -> None:
    assert is_rather(words, others, lead, cost) is is_said


def test_what_takes_something_away_has_to_be_likelier_than_what_costs_nothing() -> None:
    heard = Transcript("Delete cats.", nearest=Nearest("delete that", -2.0, -5.9))
    assert is_misheard(heard, "nothing", is_answer=False)
    assert not is_misheard(heard, "the end", is_answer=False)
    heard = Transcript("Delete cats.", nearest=Nearest("delete that", -2.0, -4.5))
    assert is_misheard(heard, "the end", is_answer=False)
    assert not is_misheard(heard, "something", is_answer=False)


def test_over_a_script_it_is_enough_to_be_near() -> None:
    near, far = (Transcript("Top.", nearest=Nearest("stop", fit)) for fit in (-2.9, -3.1))
    assert is_near_where_little_else_is_said(near)
    assert not is_near_where_little_else_is_said(far)


@pytest.mark.parametrize(
    ("words", "unhinted", "sounded", "cost", "is_said"),
    [
        ("Don't buy.", None, Sounded("goodbye", 0.04, 0.2), "something", True),
        ("Don't buy.", None, Sounded("goodbye", -0.2, 0.2), "something", False),
        ("Don't mind.", None, Sounded("goodbye", 0.0, -4.2), "something", True),
        ("Good hide.", "Good night.", Sounded("goodbye", -0.045, -2.9), "something", False),
        ("Thank you.", None, Sounded("undo", 0.0, -7.5), "nothing", False),
        ("I like my journal.", None, Sounded("unlock my journal", 0.23, -8.6), "nothing", True),
        ("I like my journal.", None, Sounded("unlock my journal", 0.19, -8.6), "nothing", False),
        ("I like my journal.", None, Sounded("unlock my journal", 0.23, -8.6), "something", False),
        ("Set a passphrase.", "Santa Pan Street.", Sounded("set a passphrase", 0.05, -15.3), "nothing", True),
        ("Set a passphrase.", "Santa Pan Street.", Sounded("set a passphrase", -0.06, -15.3), "nothing", False),
        ("Delete that.", "Delay that.", Sounded("delete that", 0.05, -15.3), "something", False),
        ("And you.", None, Sounded("undo", 0.01, -5.9), "nothing", True),
        ("And you.", None, Sounded("undo", 0.01, -5.9), "something", False),
        ("Finish my entry.", "finish my iron tree", Sounded("finish my entry", 0.3, -9.2), "the end", True),
        ("Finish my entry.", "finish my iron tree", Sounded("finish my entry", 0.9, -10.1), "the end", False),
        ("It helped me now.", None, Sounded("help me now", 0.4, -7.7), "no help", False),
        ("Help me now and then.", None, Sounded("help me now", 0.3, -1.0), "no help", False),
        ("Stop.", None, None, "nothing", False),
        ("Don't be.", None, Sounded("no", 0.5, -1.0), "nothing", False),
        ("And all that I said is to end.", None, Sounded("undo", 0.5, -1.0), "nothing", False),
    ],
)
def test_what_the_words_are_not_and_the_sounds_are(
    words: str, unhinted: str | None, sounded: Sounded | None, cost: Cost, is_said: bool
) -> None:
    otherwise = None if unhinted is None else Unhinted(unhinted, -5.0)
    assert is_sounded(Transcript(words, unhinted=otherwise, sounded=sounded), cost) is is_said


@pytest.mark.parametrize(
    ("words", "again", "cost", "is_said"),
    [
        ("Thank you.", "Undo.", "nothing", True),
        ("Fill it.", "Help me now.", "no help", True),
        ("Good boy.", "Goodbye.", "something", False),
        ("Scratch the head.", "Scratch that.", "a stretch", False),
        ("Low.", "No.", "nothing", False),
        ("Stop it. Mind.", "Stop it.", "nothing", False),
        ("And all that I said is to end.", "Undo.", "nothing", False),
    ],
)
def test_what_is_a_phrase_at_another_rate(words: str, again: str, cost: Cost, is_said: bool) -> None:
    assert is_heard_again(Transcript(words, again=again), cost) is is_said


def test_what_is_written_without_hints_and_at_another_rate_is_no_part_of_more() -> None:
    heard = Transcript("Fill it.", unhinted=Unhinted("Help me now.", 7.0), again="Help me now.")
    assert is_heard_again(heard, "no help")
    assert not is_heard_again(replace(heard, unhinted=Unhinted("Help me now and then.", 7.0)), "no help")


@pytest.mark.parametrize(("lead", "is_rather_this"), [(-5.0, True), (-5.7, False)])
def test_of_two_phrases_the_sounds_tell_where_the_words_hardly_do(lead: float, is_rather_this: bool) -> None:
    heard = Transcript("Fause.", nearest=Nearest("go on", -2.7, -4.6), sounded=Sounded("pause", 0.05, lead))
    assert is_sounded_rather(heard) is is_rather_this
