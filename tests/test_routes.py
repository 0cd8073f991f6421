"""Where a queue of steps goes: on, out of an optional part, and along the way that was taken."""

from voicejournal.speaking.routes import after_skip, sentence_at, take_way, unfold, ways_ahead, words_ahead
from voicejournal.speaking.steps import Choice, Fork, OptionalBegins, OptionalEnds, Recorded, Rest, Step, Way, Words

WAYS = (Way(("feet",), (Words("feet"), Rest(2))), Way(("hands",), (Words("hands"),)))
CHOICE = Choice((Words("offer"), Rest(8)), WAYS)


def test_a_choice_unfolds_to_its_offer_and_a_fork_to_its_first_way() -> None:
    steps: list[Step] = [CHOICE, Words("after")]
    assert ways_ahead(steps, 0) == ()
    unfold(steps, 0)
    assert steps == [Words("offer"), Rest(8), Fork(WAYS), Words("after")] and ways_ahead(steps, 1) == WAYS
    unfold(steps, 2)
    assert steps == [Words("offer"), Rest(8), Words("feet"), Rest(2), Words("after")] and ways_ahead(steps, 1) == ()


def test_a_choice_at_the_very_beginning_of_a_way_unfolds_too() -> None:
    steps: list[Step] = [Fork((Way(("on",), (CHOICE,)), WAYS[0]))]
    unfold(steps, 0)
    assert steps == [Words("offer"), Rest(8), Fork(WAYS)]


def test_a_way_takes_the_place_of_its_fork() -> None:
    steps: list[Step] = [Words("offer"), Rest(8), Fork(WAYS), Words("after")]
    assert take_way(steps, 0, 1) == 2
    assert steps == [Words("offer"), Rest(8), Words("hands"), Words("after")]
    assert take_way(steps, 0, 1) is None


def test_a_skip_goes_to_the_next_sentence_and_to_the_first_way() -> None:
    steps: list[Step] = [Words("before"), Rest(2), CHOICE, Words("after")]
    assert after_skip(steps, 0) == 2, "the offer"
    assert after_skip(steps, 2) == 4 and steps[4] == Words("feet")
    assert after_skip(steps, 4) == 6 and steps[6] == Words("after")
    assert after_skip(steps, 6) == after_skip(steps, 7) == len(steps)


def test_a_skip_leaves_out_all_of_an_optional_part() -> None:
    inner: list[Step] = [OptionalBegins(), Words("inner"), OptionalEnds()]
    steps: list[Step] = [
        Words("0"),
        OptionalBegins(),
        Words("2"),
        Rest(1),
        *inner,
        CHOICE,
        OptionalEnds(),
        Words("9"),
    ]
    assert after_skip(steps, 0) == 2, "into the part: nobody has heard what it is yet"
    assert after_skip(steps, 2) == after_skip(steps, 3) == 9
    assert steps[after_skip(steps, 5)] == Words("offer"), "out of the inner part only"


def test_the_sentence_before_a_rest_is_found() -> None:
    steps: list[Step] = [Words("0"), Rest(1), OptionalBegins(), Rest(2)]
    assert sentence_at(steps, 3) == sentence_at(steps, 9) == 0
    assert sentence_at([Rest(1)], 0) == 0


def test_nobody_renders_ahead_what_was_recorded() -> None:
    steps: list[Step] = [Words("his own", recorded=Recorded("e", 0, 1)), Rest(1), Words("ours")]
    assert list(words_ahead(steps)) == [Words("ours")] and after_skip(steps, 1) == 2 and sentence_at(steps, 1) == 0
