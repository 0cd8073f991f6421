"""What is shown of our own sentences is what was heard of them."""

from hypothesis import given
from hypothesis import strategies as st

from voicejournal.speaking.told import MOST_SENTENCES, BrokenOff, Told, begun, left


def test_sentences_stand_together_until_there_was_silence() -> None:
    told = begun(begun((), "Kept.", True), "Say change.", False)
    assert told == (Told(1, "Kept."), Told(2, "Say change."))
    assert begun(told, "Kept.", True) == (Told(3, "Kept."),)
    for _ in range(20):
        told = begun(told, "And so on.", False)
    assert [one.number for one in told] == list(range(23 - MOST_SENTENCES, 23))


def test_only_the_sentence_that_was_broken_off_is_marked() -> None:
    told = (Told(1, "Kept."), Told(2, "Say change."))
    assert left(told, None) == left(told, BrokenOff("A script.", 0.5)) == told
    assert left(told, BrokenOff("Say change.", 0.5)) == (told[0], Told(2, "Say change.", 0.5))
    assert left((), BrokenOff("Say change.", 0.5)) == ()


def test_words_are_counted_when_they_are_whole() -> None:
    assert Told(1, "Say change, and").heard == "Say change, and"
    assert Told(1, "Say change, and", 0.19).heard == ""
    assert Told(1, "Say change, and", 0.2).heard == "Say"
    assert Told(1, "Say change, and", 0.99).heard == "Say change,"


@given(st.text(min_size=1), st.floats(0, 1, exclude_max=True))
def test_never_more_is_shown_than_was_heard(text: str, share: float) -> None:
    heard = Told(1, text, share).heard
    assert text.startswith(heard) and len(heard) <= len(text) * share
