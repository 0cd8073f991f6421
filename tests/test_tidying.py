"""Tidying only ever changes how words look: what was said can always be read off it."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from voicejournal.browsing import entry_line, entry_page
from voicejournal.dialogue.state import State
from voicejournal.hearing.spelling import letters
from voicejournal.hearing.transcripts import KeptStretch
from voicejournal.journal.entries import Entry
from voicejournal.journal.tidying import tidied
from voicejournal.languages import language_of
from voicejournal.seeing import scene

ENGLISH, KOREAN = language_of("en").tidiness, language_of("ko").tidiness

SHOWN = {
    "i went out full stop i'm fine": "I went out. I'm fine",
    "i slept badly comma then i got up": "I slept badly, then I got up",
    "am i well question mark new line i am": "Am I well?\nI am",
    "the train came to a full stop": "The train came to a full stop",
    "she has a new line of work": "She has a new line of work",
    "full stop is all i said": "Full stop is all I said",
    "I went home comma, then slept. full stop": "I went home, then slept.",
    "twenty one people": "21 people",
    "Twenty-one, I think": "21, I think",
    "two hundred and five thousand three hundred and twelve": "205312",
    "between twenty and thirty": "Between 20 and 30",
    "one day no one came": "One day no one came",
    "in nineteen eighty four": "In nineteen eighty four",
    "it was ten ten": "It was ten ten",
    "a hundred times": "A hundred times",
    "one hundred twenty seven hundred": "One hundred twenty seven hundred",
    "": "",
}


@pytest.mark.parametrize(("said", "shown"), SHOWN.items())
def test_how_words_are_shown(said: str, shown: str) -> None:
    assert tidied(said, ENGLISH) == shown


def test_in_korean_there_are_marks_and_neither_capitals_nor_figures() -> None:
    assert tidied("스물세 살이었어요 마침표 i 했어요 쉼표 네", KOREAN) == "스물세 살이었어요. i 했어요, 네"


def spelled(number: int) -> str:
    """The words of a number, as this test says them."""
    names = {value: word for table in (ENGLISH.ones, ENGLISH.tens) for word, value in table.items()}
    for value, word in ((1000, "thousand"), (100, "hundred")):
        if number >= value:
            rest = f" {spelled(number % value)}" if number % value else ""
            return f"{spelled(number // value)} {word}{rest}"
    if number in names:
        return names[number]
    return f"{names[number - number % 10]} {names[number % 10]}"


MARKS = {"fullstop", "comma", "questionmark", "exclamationmark", "newline", "newparagraph"}


def only_words(text: str) -> str:
    """Without marks and case, figures said as words, and without what is said for a mark or inside a number."""
    words = " ".join(spelled(int(word)) if word.isdigit() else word for word in map(letters, text.split()))
    has_number = not ENGLISH.numbers.isdisjoint(words.split())
    whole = "".join(word for word in words.split() if word != "and" or not has_number)
    without = ""
    while without != whole:  # taking one out may leave another: "new comma line"
        without = whole
        for mark in sorted(MARKS, key=len, reverse=True):
            whole = whole.replace(mark, "")
    return whole


said_words = st.one_of(
    st.sampled_from([*ENGLISH.numbers, "and", "a", "the", "i", "I'm", "dog", "home.", "so,", "ran?"]),
    st.sampled_from([word for mark in ENGLISH.marks for word in mark]),
)


@given(st.lists(said_words, max_size=25).map(" ".join))
@example("eighty and comma")
def test_every_word_can_be_read_off_what_is_shown(said: str) -> None:
    """All but the words that stand for a mark, and "and" inside a number, which its figures do not show."""
    assert only_words(tidied(said, ENGLISH)) == only_words(said)


@given(st.integers(10, 999_999))
def test_every_number_is_shown_in_figures(number: int) -> None:
    assert tidied(spelled(number), ENGLISH) == str(number)


@given(st.text())
def test_any_text_can_be_tidied(text: str) -> None:
    tidied(text, ENGLISH)
    tidied(text, KOREAN)


def test_an_entry_is_shown_tidied_only_where_that_was_chosen() -> None:
    language, now = language_of("en"), datetime(2026, 3, 1, 5, tzinfo=UTC)
    said = "i slept eleven hours full stop new line i'm well"
    entry = Entry("260301-001", now, now, "mood", None, None, said, 2.0, "en", "scripted", "written")
    stretches = [KeptStretch(0, 1, said)]
    assert entry_page(entry, stretches, language, now.date())[-1] == said
    assert entry_page(entry, stretches, language, now.date(), is_tidy=True)[-2:] == [
        "I slept 11 hours.",
        "I'm well",
    ]
    assert entry_line(entry, language, now.date(), is_tidy=True).endswith("I slept 11 hours. I'm well")
    state = State(language, {}, date(2026, 3, 1), shown=entry)
    assert scene(state, False, 0, "", ()).notice == f"a mood: {said}"
    assert scene(replace(state, is_tidy=True), False, 0, "", ()).notice == "a mood: I slept 11 hours.\nI'm well"
