"""Sections are whole, or an error with the line: nothing is guessed."""

from dataclasses import replace

import pytest

from voicejournal.errors import ScriptError
from voicejournal.grounding.marks import Closing, Mark, Opening, Silence, Spoken, Timed
from voicejournal.grounding.outline import Branching, Optional, Placed, Repeated
from voicejournal.grounding.sections import QUIET_DECIBELS, QUIET_RATE, outline
from voicejournal.speaking.steps import Beat, Rest, Words


def feet(line: int) -> Opening:
    return Opening(line, '#[choice:"feet"]', "choice", ("feet",))


def hands(line: int) -> Opening:
    return Opening(line, '#[choice:"hands"]', "choice", ("hands", "my hands"))


def repeat(line: int) -> Opening:
    return Opening(line, '#[repeat:"6"]', "repeat", times=6, later_times=12)


def optional(line: int) -> Opening:
    return Opening(line, "#[optional]", "optional")


def quiet(line: int) -> Opening:
    return Opening(line, "#[quiet]", "quiet")


def refusal(*marks: Mark) -> tuple[str, str]:
    with pytest.raises(ScriptError) as caught:
        outline(marks)
    return caught.value.name, caught.value.details["line"]


def test_a_repeat_holds_what_is_between_it_and_its_end() -> None:
    parts = outline(
        [
            Spoken(1, "One."),
            repeat(2),
            Spoken(3, "In."),
            Timed(3, 4),
            Spoken(4, "Out."),
            Closing(5),
            Spoken(6, "Two."),
        ]
    )
    assert parts == (
        Placed(Words("One."), 1),
        Placed(Rest(1.5), 1),
        Repeated(
            (
                Placed(Words("In."), 3),
                Placed(Beat(4), 3),
                Placed(Words("Out."), 4),
                Placed(Rest(1.5), 4),
            ),
            6,
            12,
        ),
        Placed(Words("Two."), 6),
    ), "and where words meet without a rest, there is one"


def test_a_choice_is_offered_by_the_paragraph_above_it() -> None:
    first, choice = outline(
        [
            Spoken(1, "Before that."),
            Silence(1, 2),
            Spoken(3, "Feet, or hands?"),
            Silence(4, 8),
            feet(6),
            Spoken(7, "Feet."),
            hands(8),
            Spoken(9, "Hands."),
            Closing(10),
        ]
    )[1:]
    assert first == Placed(Rest(2), 1) and isinstance(choice, Branching)
    assert choice.offer == (Placed(Words("Feet, or hands?"), 3), Placed(Rest(8), 4))
    assert [branch.names for branch in choice.branches] == [("feet",), ("hands", "my hands")]
    assert choice.branches[1].parts == (Placed(Words("Hands."), 9), Placed(Rest(1.5), 9))


def test_sections_lie_in_one_another() -> None:
    parts = outline(
        [
            *(Spoken(1, "Feet, or hands?"), Silence(1, 8), feet(2), repeat(3), Spoken(4, "In."), Closing(5)),
            *(hands(6), optional(7), Spoken(8, "Hands."), Closing(9), Closing(10)),
        ]
    )
    assert isinstance(parts[0], Branching)
    inner = [branch.parts[0] for branch in parts[0].branches]
    assert isinstance(inner[0], Repeated) and isinstance(inner[1], Optional)


def test_the_quiet_end_is_slower_and_softer_with_or_without_an_end() -> None:
    for end in ([], [Closing(5)]):
        parts = outline(
            [Spoken(1, "One."), Silence(1, 2), quiet(2), Spoken(3, "Two."), Spoken(4, "Three.", 0.8), *end]
        )
        words = [part.step for part in parts if isinstance(part, Placed) and isinstance(part.step, Words)]
        two, three = Words("Two.", QUIET_RATE), Words("Three.", 0.8)
        assert words == [Words("One."), *(replace(one, decibels=QUIET_DECIBELS) for one in (two, three))]


WORDS, OFFER = Spoken(1, "Words."), [Spoken(1, "Feet, or hands?"), Silence(1, 8)]


@pytest.mark.parametrize(
    ("marks", "expected"),
    [
        ([WORDS, repeat(2), Spoken(3, "In.")], ("script_end_missing", "2")),
        ([*OFFER, feet(2), Spoken(3, "Feet."), hands(4), Spoken(5, "Hands.")], ("script_end_missing", "4")),
        ([WORDS, Closing(2)], ("script_end_extra", "2")),
        ([WORDS, optional(2), Silence(3, 1), Closing(4)], ("script_section_empty", "2")),
        ([*OFFER, feet(2), Spoken(3, "Feet."), Closing(4)], ("script_ways_count", "2")),
        (
            [*OFFER, *(m for n in (2, 4, 6, 8) for m in (feet(n), Spoken(n + 1, "Feet."))), Closing(10)],
            ("script_ways_count", "2"),
        ),
        ([feet(2), Spoken(3, "Feet."), hands(4), Spoken(5, "Hands."), Closing(6)], ("script_offer_missing", "2")),
        (
            [WORDS, feet(2), Spoken(3, "Feet."), hands(4), Spoken(5, "Hands."), Closing(6)],
            ("script_offer_missing", "2"),
        ),
        ([WORDS, Silence(2, 3), Timed(3, 4)], ("script_beat_alone", "3")),
        ([WORDS, quiet(2), Spoken(3, "Quiet."), Closing(4), Spoken(5, "More.")], ("script_quiet_not_last", "2")),
        ([WORDS, optional(2), quiet(3), Spoken(4, "Quiet."), Closing(5)], ("script_end_missing", "2")),
    ],
)
def test_what_is_not_whole_is_an_error_with_its_line(marks: list[Mark], expected: tuple[str, str]) -> None:
    assert refusal(*marks) == expected
