"""Words as they are compared."""

import pytest

from voicejournal.hearing.spelling import alike, letters


@pytest.mark.parametrize("words", ["can't", "cant", "Can t.", " CAN'T "])
def test_spelling_does_not_count(words: str) -> None:
    assert letters(words) == "cant"


def test_only_phrases_much_like_the_words_may_have_been_said_instead() -> None:
    phrases = ("help me now", "finish my entry", "more time")
    assert alike(phrases, "Help me home.") == ("help me now",)
    assert alike(phrases, "The bus was late.") == ()
