"""What the row of words of a pattern stands for."""

import pytest

from voicejournal.journal.patterns import Spelling, prepared, read_patterns

SPACED = Spelling(frozenset({"um"}), (("dont", "do not"),), ("she",), is_spaced=True)
LOOSE = Spelling(frozenset(), (), (), is_spaced=False)


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        ("red|blue car", "a blue car", [range(1, 3)]),
        ("red|blue car", "a blue, um, car!", [range(1, 3)]),
        ("red car", "a bored car", []),
        ("red|dark_blue car", "a dark blue car", [range(1, 4)]),
        ("very? red", "red and very red", [range(0, 1), range(2, 4)]),
        ("paint~ red", "painted red", [range(0, 2)]),
        ("i ... go", "i do not go", [range(0, 4)]),
        ("i ... go", "i one two three four go", []),
        ("i ... go", "i think she go", []),
        ("{colour} car", "a green car", [range(1, 3)]),
        ("do not", "DON'T", [range(0, 2)]),
    ],
)
def test_patterns(pattern: str, text: str, found: list[range]) -> None:
    patterns = read_patterns([pattern], SPACED, {"colour": ["green"]})
    assert patterns.spans(prepared(text, SPACED)) == found


def test_where_spaces_come_by_chance_words_may_run_together_and_take_endings() -> None:
    patterns = read_patterns(["죽고 싶"], LOOSE, {})
    assert all(patterns.spans(prepared(text, LOOSE)) for text in ("죽고 싶어요", "죽고싶다", "그냥 죽고는 싶지만"))
    assert not patterns.spans(prepared("먹고 싶어요", LOOSE))


def test_a_set_that_is_not_there_is_told_when_it_is_read() -> None:
    with pytest.raises(KeyError):
        read_patterns(["{colour} car"], SPACED, {})
