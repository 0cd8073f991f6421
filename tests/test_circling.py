"""When a pause is offered: said by the person, or two signs at once; never for how often they say "I"."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicejournal.journal.circling import goes_in_circles, signs
from voicejournal.journal.resting import SOFT_LIMIT_SECONDS
from voicejournal.languages import language_of

ENGLISH, KOREAN = language_of("en").circling, language_of("ko").circling
CALM = ["we walked along the river in the afternoon and talked about the garden and the price of bread " * 20]
ABSOLUTE = "i always get it wrong and nobody ever says so and everything is lost and nothing helps"
WHYS = "why did she say it why did i stay why does it matter so much"
LONG = SOFT_LIMIT_SECONDS + 1


@pytest.mark.parametrize(
    "text",
    [
        "i keep going round in circles",
        "my mind keeps replaying what he said",
        "I can't stop thinking about the letter.",
        "it is going over and over in my head",
        "the same thoughts again and again",
        "i am overthinking all of this",
    ],
)
def test_who_says_so_is_offered_a_pause(text: str) -> None:
    assert goes_in_circles(text, 60, [], ENGLISH)


@pytest.mark.parametrize(
    "text",
    [
        "we drove round and round the roundabout",
        "i finally stopped overthinking it",
        "i can't stop laughing about the cat",
        "my friend overthinks everything",
        "i told her that i was glad and i meant it and i went home and i slept and i was fine",
    ],
)
def test_other_circles_are_no_reason(text: str) -> None:
    assert not goes_in_circles(text, 60, [], ENGLISH)


def test_one_sign_is_not_enough_and_two_are() -> None:
    assert signs(WHYS, 60, [], ENGLISH) == {"questions"} and not goes_in_circles(WHYS, 60, [], ENGLISH)
    assert signs("we had tea", LONG, [], ENGLISH) == {"length"}
    assert goes_in_circles(WHYS, LONG, [], ENGLISH)
    assert signs(ABSOLUTE, 60, CALM, ENGLISH) == {"absolute"}
    assert goes_in_circles(f"{ABSOLUTE} {WHYS}", 60, CALM, ENGLISH)


def test_absolute_words_are_measured_against_the_person_s_own_usual() -> None:
    assert "absolute" not in signs(ABSOLUTE, 60, [ABSOLUTE] * 30, ENGLISH)
    assert "absolute" not in signs(ABSOLUTE, 60, [], ENGLISH), "nothing is known of what is usual"


def test_phrases_that_come_back_are_a_sign_also_with_a_word_misheard() -> None:
    said = "she {} me alone at the station"
    told = f"{said.format('left')} in the rain {said.format('left')} and nobody came {said.format('lifted')}"
    assert "repeats" in signs(told, 60, [], ENGLISH)
    assert "repeats" not in signs(CALM[0][:90], 60, [], ENGLISH)


def test_why_that_asks_nothing_does_not_count() -> None:
    assert not signs("that is why i left and that is why i came and the reason why is clear", 60, [], ENGLISH)


def test_korean() -> None:
    assert goes_in_circles("계속 같은 생각이 머릿속에서 맴돌아요", 60, [], KOREAN)
    assert not goes_in_circles("공원을 한 바퀴 돌고 밥을 먹었어요", 60, [], KOREAN)


@given(st.text(), st.lists(st.text(), max_size=3))
def test_any_text_has_an_answer(text: str, earlier: list[str]) -> None:
    assert signs(text, 60, earlier, ENGLISH) <= {"said", "repeats", "questions", "absolute"}
