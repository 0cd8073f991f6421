"""Setting up whom to call by typing: each question can be skipped, and nothing changes but what was answered."""

from collections.abc import Iterator

import pytest

from voicejournal.caring import asked, care_lines, without
from voicejournal.dialogue.care import Care, Line, care_of, tables_of
from voicejournal.languages import language_of

ENGLISH = language_of("en")
SET = Care(
    Line("Sam", "0700 900 123"),
    Line("the night line", "116 000", "day and night", "nothing", "text 85000", "nowhere"),
)
ALL_ANSWERS = (
    "0700 900 123",
    "Sam",
    "116 000",
    "the night line",
    "day and night",
    "nothing",
    "text 85000",
    "nowhere",
)


def typed(care: Care, *answers: str) -> tuple[Care, list[str]]:
    """What is set after these answers, and then only Enter; and what was asked."""
    given: Iterator[str] = iter(answers)
    questions: list[str] = []

    def ask(question: str) -> str:
        questions.append(question)
        return next(given, "")

    return asked(ENGLISH, care, ask), questions


def test_all_is_asked_one_thing_at_a_time() -> None:
    care, questions = typed(Care(), *ALL_ANSWERS)
    assert care == SET
    assert len(questions) == len(ALL_ANSWERS) and all("Enter skips it" in question for question in questions)


def test_who_only_presses_enter_changes_nothing() -> None:
    assert typed(SET)[0] == SET
    care, questions = typed(Care())
    assert (care, len(questions)) == (Care(), 2), "without a number nothing more is asked"


def test_a_dash_removes() -> None:
    assert typed(SET, "-")[0] == Care(Line(), SET.helpline)
    assert typed(SET, "", "-")[0].contact == Line("", "0700 900 123")


@pytest.mark.parametrize("odd", ["Sam", "12", "call me maybe"])
def test_what_is_no_number_is_asked_for_once_more_and_then_left(odd: str) -> None:
    care, questions = typed(SET, odd, odd)
    assert care == SET
    assert ENGLISH.printed["care_odd"] in questions[1]
    assert typed(SET, odd, "112")[0].contact.number == "112"


def test_what_is_set_is_shown_and_nothing_is_preset() -> None:
    assert care_lines(ENGLISH, Care()) == [ENGLISH.printed["care_none"]]
    assert "your own contact, number: 0700 900 123" in care_lines(ENGLISH, SET)


def test_each_can_be_let_go() -> None:
    assert without(SET, "contact").lines == (SET.helpline,)
    assert without(SET, "helpline").lines == (SET.contact,)
    assert without(SET, "all") == Care()


def test_tables_hold_all_of_it_and_odd_ones_do_no_harm() -> None:
    assert care_of(tables_of(SET)) == SET
    assert care_of({"contact": "Sam", "helpline": {"number": 112, "name": ["a"], "other": 1}}) == Care(
        Line(), Line(number="112")
    )
