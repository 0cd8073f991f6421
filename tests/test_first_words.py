"""How an entry begins is told by its small words and the endings of the others."""

from hypothesis import given
from hypothesis import strategies as st

from voicejournal.journal.first_words import LONGEST_RUN, OPENING_WORDS, Shapes, opening, read_shapes

SHAPES = Shapes(frozenset({"i", "am", "in", "a", "was", "the"}), ("ing", "ed"))


def shapes(text: str) -> list[tuple[str, ...]]:
    return list(opening(text.split(), SHAPES))


def test_different_things_in_the_same_place_begin_alike() -> None:
    assert shapes("i am in a ferry") == shapes("i am in a meadow")
    assert shapes("i was walking") == shapes("i was climbing") != shapes("i was the")


def test_only_small_words_stay_and_short_words_have_no_ending() -> None:
    assert shapes("bed") == [("-",)]
    assert shapes("painted") == [("-ed",)]
    assert ("i", "am", "-ing") in shapes("i am painting")


def test_what_comes_later_makes_no_difference() -> None:
    start = "i was in a big room with"
    assert len(start.split()) == OPENING_WORDS
    assert shapes(start) == shapes(f"{start} the king")


def test_a_language_s_own_table() -> None:
    assert read_shapes({"small_words": "a the", "endings": "ing s"}) == Shapes(
        frozenset({"a", "the"}), ("ing", "s")
    )


@given(st.lists(st.text(min_size=1)))
def test_runs_are_as_many_as_fit(words: list[str]) -> None:
    first = min(len(words), OPENING_WORDS)
    assert len(list(opening(words, SHAPES))) == sum(max(0, first - run + 1) for run in range(1, LONGEST_RUN + 1))
