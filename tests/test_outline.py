"""From the outline come the steps to play, and every way through them."""

from voicejournal.grounding.outline import (
    Branch,
    Branching,
    Optional,
    Part,
    Placed,
    Repeated,
    branchings,
    steps,
    walks,
)
from voicejournal.speaking.steps import Beat, Choice, OptionalBegins, OptionalEnds, Rest, Way, Words

IN, OUT = Placed(Words("In."), 3), Placed(Beat(4), 3)
OFFER = (Placed(Words("Feet, or hands?"), 5), Placed(Rest(8), 5))
FEET, HANDS = Placed(Words("Feet."), 7), Placed(Words("Hands."), 9)
CHOICE = Branching(OFFER, (Branch(("feet",), (FEET,), 6), Branch(("hands",), (HANDS,), 8)))
PARTS: tuple[Part, ...] = (Repeated((IN, OUT), 2, 3), Optional((CHOICE,)))


def test_a_repeat_is_said_as_often_as_it_says_the_first_time_and_later() -> None:
    assert steps(PARTS[:1]) == (Words("In."), Beat(4)) * 2
    assert steps(PARTS[:1], is_first=False) == (Words("In."), Beat(4)) * 3


def test_choices_and_optional_parts_stay_to_be_decided_by_the_person() -> None:
    ways = (Way(("feet",), (Words("Feet."),)), Way(("hands",), (Words("Hands."),)))
    choice = Choice((Words("Feet, or hands?"), Rest(8)), ways)
    assert steps(PARTS[1:]) == (OptionalBegins(), choice, OptionalEnds())


def test_walks_meet_every_way_and_the_first_is_the_silent_one() -> None:
    assert walks(PARTS) == [[IN, OUT, IN, OUT, *OFFER, FEET], [IN, OUT, IN, OUT, *OFFER, HANDS]]
    assert walks(PARTS[:1]) == [[IN, OUT, IN, OUT]]
    assert len(walks(PARTS[:1], is_first=False)[0]) == 6


def test_choices_are_found_wherever_they_are() -> None:
    inside = Branching(OFFER, (Branch(("feet",), (CHOICE,), 6), Branch(("hands",), (HANDS,), 8)))
    assert branchings([Repeated((inside,), 2, 2), FEET]) == [inside, CHOICE]
