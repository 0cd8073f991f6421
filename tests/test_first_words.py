"""How an entry begins is told by its small words and the endings of the others."""

from voicejournal.journal.first_words import OPENING_WORDS, Shapes, opening, read_shapes

SHAPES = Shapes(frozenset({"i", "am", "in", "a", "was", "the"}), ("ing", "ed"))


def shapes(text: str) -> list[str]:
    return opening(text.split(), SHAPES)


def test_different_things_in_the_same_place_begin_alike() -> None:
    assert shapes("i am in a ferry") == shapes("i am in a meadow")
    assert shapes("i was walking") == shapes("i was climbing") != shapes("i was the")


def test_only_small_words_stay_and_short_words_have_no_ending() -> None:
    assert shapes("bed") == ["-"]
    assert shapes("painted") == ["-ed"]
    assert shapes("i am painting") == ["i", "am", "-ing"]


def test_what_comes_later_makes_no_difference() -> None:
    start = "i was in a big room with"
    assert len(start.split()) == OPENING_WORDS
    assert shapes(start) == shapes(f"{start} the king")


def test_a_language_s_own_table() -> None:
    assert read_shapes({"small_words": "a the", "endings": "ing s"}) == Shapes(
        frozenset({"a", "the"}), ("ing", "s")
    )
