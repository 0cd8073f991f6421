"""What a guess looks at: words, the work they do, where they do it."""

import math

from hypothesis import given
from hypothesis import strategies as st

from voicejournal.journal.cues import KINDS
from voicejournal.journal.features import (
    CLASS,
    FIRST,
    LENGTH,
    OPENING,
    REACH,
    RUN,
    SAID,
    features,
    read_lexicon,
    runs,
)

LEXICON = read_lexicon(
    {
        "words": {"self": "i me", "glad": "happy glad", "scene": "house stairs"},
        "phrases": {"came_of_it": ["turned out"]},
        "shapes": {"small_words": "i was in a", "endings": "ing ed"},
    }
)


def found(text: str) -> dict[str, float]:
    return features(text.split(), {}, LEXICON)


def test_classes_of_words_and_phrases_and_each_two_that_come_near() -> None:
    names = {name for name in found("i was glad it turned out") if name.startswith(CLASS)}
    pairs = {"class:self glad", "class:self came_of_it", "class:glad came_of_it"}
    assert names == {"class:self", "class:glad", "class:came_of_it", *pairs}


def test_two_classes_far_apart_are_no_pair() -> None:
    assert "class:self glad" not in found("i " + "x " * 11 + "glad")


def test_how_an_entry_begins_counts_apart() -> None:
    late = found("x " * 9 + "i was glad")
    assert f"{FIRST}self" not in late and f"{CLASS}self" in late
    assert f"{FIRST}self" in found("i was glad") and f"{OPENING}i was" in found("i was glad")


def test_one_feeling_in_a_long_entry_does_not_reach_far() -> None:
    long = found("glad " + "x " * 79)
    assert long[f"{REACH}glad"] == 1 / 10
    assert found("glad " * 80)[f"{REACH}glad"] == 1


def test_each_run_of_one_or_two_words_counts_once() -> None:
    said = {name: value for name, value in found("no no no way").items() if name.startswith(SAID)}
    assert set(said) == {f"{SAID}{run}" for run in ("no", "way", "no no", "no way")}
    assert set(said.values()) == {0.5}


@given(st.lists(st.text(min_size=1)), st.integers(1, 4))
def test_runs_are_as_many_as_fit(words: list[str], longest: int) -> None:
    assert len(list(runs(words, longest))) == sum(max(0, len(words) - run + 1) for run in range(1, longest + 1))


@given(st.lists(st.sampled_from(["i", "was", "glad", "house", "turned", "out", "x"]), min_size=1))
def test_long_entries_weigh_no_more_than_short_ones(words: list[str]) -> None:
    named = features(words, {kind: [] for kind in KINDS}, LEXICON)
    for group in (RUN, CLASS, OPENING, FIRST, SAID):
        squares = [value * value for name, value in named.items() if name.startswith(group)]
        assert not squares or math.isclose(sum(squares), 1)
    assert all(0 < value <= 1 for name, value in named.items() if name.startswith(REACH))
    assert named[LENGTH] == math.log(max(len(words), 8) / 25)
