"""Whether words that were heard over our own voice are ours."""

import pytest

from voicejournal.dialogue.our_voice import resembles

ASKED = "Kept. Was it a mood, a dream, or an experiment, do you think?"


@pytest.mark.parametrize(
    "heard",
    [
        "",
        "kept",
        "was it a mood",
        "a dream or an experiment",
        "kept was it a mood a drain or an experiment",
        "do you think",
    ],
)
def test_our_own_words_are_ours_though_misheard(heard: str) -> None:
    assert resembles(heard, ASKED)


@pytest.mark.parametrize(
    "heard", ["dream on", "moody day", "quite moody", "dream i was on a slow train", "my mother rang", "an ape"]
)
def test_what_shares_no_more_than_a_word_with_them_is_theirs(heard: str) -> None:
    assert not resembles(heard, ASKED)
