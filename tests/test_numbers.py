"""Phone numbers: said in groups, understood as people say them, and never half."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicejournal.dialogue.numbers import LONGEST_GROUP, can_be_called, spelled, spoken_groups, understood
from voicejournal.languages import language_of

ENGLISH, KOREAN = language_of("en"), language_of("ko")
BY_CODE = {"en": ENGLISH, "ko": KOREAN}

numbers = st.text("0123456789", min_size=3, max_size=15)


@pytest.mark.parametrize(
    ("number", "groups"),
    [
        ("112", ["one, one, two"]),
        ("0700 900 123", ["zero, seven, zero, zero", "nine, zero, zero", "one, two, three"]),
        ("0700900123", ["zero, seven, zero", "zero, nine, zero", "zero, one, two, three"]),
        ("+44 (0)20 000", ["plus, four, four", "zero", "two, zero", "zero, zero, zero"]),
        ("555-0100 ext. 12", ["five, five, five", "zero, one, zero, zero", "extension, one, two"]),
    ],
)
def test_a_number_is_said_in_groups(number: str, groups: list[str]) -> None:
    assert can_be_called(number)
    assert spoken_groups(ENGLISH, number) == groups


@pytest.mark.parametrize(
    ("heard", "figures"),
    [
        ("oh seven double zero", "0700"),
        ("zero seven zero zero, nine zero zero.", "0700900"),
        ("0, 7, 0, 0", "0700"),
        ("020 7946 0018", "02079460018"),
        ("it's oh eight hundred triple one", "0800111"),
        ("plus four four two oh", "+4420"),
        ("five five five extension one two", "555 x12"),
        ("won too three for ate", "12348"),
    ],
)
def test_figures_are_understood_as_people_say_them(heard: str, figures: str) -> None:
    assert understood(ENGLISH, heard) == figures


@pytest.mark.parametrize("heard", ["", "no idea", "oh seven something", "Sam", "double", "it's the number", "plus"])
def test_what_is_not_wholly_a_number_is_none(heard: str) -> None:
    assert understood(ENGLISH, heard) is None


@pytest.mark.parametrize(
    "heard", ["공일공 일이삼사 오육칠팔", "공 일 공 일 이 삼 사 오 육 칠 팔", "010-1234-5678 번이에요"]
)
def test_korean_figures_may_come_in_one_word(heard: str) -> None:
    assert understood(KOREAN, heard) == "01012345678"


@pytest.mark.parametrize("code", ["en", "ko"])
@given(number=numbers, plus=st.sampled_from(["", "+"]))
def test_what_we_say_is_understood_as_the_same_number(code: str, number: str, plus: str) -> None:
    groups = spoken_groups(BY_CODE[code], plus + number)

    assert understood(BY_CODE[code], ". ".join(groups)) == plus + number
    assert all(group.count(",") < LONGEST_GROUP + len(plus) for group in groups)


@given(st.text())
def test_any_text_is_a_number_or_is_not(text: str) -> None:
    for language in (ENGLISH, KOREAN):
        understood(language, text)
        if can_be_called(text):
            assert spoken_groups(language, text)


@pytest.mark.parametrize(
    "text", ["", "12", "call me", "+", "12 34 56 78 90 12 34 56 78 90 1", "1+23", "112 x", "1 x2 x3"]
)
def test_what_nobody_could_call_is_no_number(text: str) -> None:
    assert not can_be_called(text)


def test_a_number_inside_a_text_is_said_figure_by_figure() -> None:
    said = "text HELLO to eight, five, zero, zero, zero, from 9 to 5"
    assert spelled(ENGLISH, "text HELLO to 85000, from 9 to 5") == said
