"""Three corrections of one kind change a repeat; one does not, and nothing else is changed by them."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spoken import EVALUATION, needs_evaluation

from voicejournal.dialogue.guessing import guessed, learned
from voicejournal.journal.corrections import CORRECTIONS, FIRST_CHARACTERS, corrections
from voicejournal.journal.entries import TAGS, Entry, Tag
from voicejournal.journal.tagging import IMPLIED_MOST, Guess
from voicejournal.languages import language_of

ENGLISH, KOREAN = (language_of(code) for code in ("en", "ko"))

SWIMMING = (
    "swimming class tonight, i feel so nervous in the changing room and the water was cold",
    "i felt anxious at the swimming class again and so alone in the shallow end of the pool",
    "back from the swimming, i was sad and tired and the teacher says i hold my breath",
)
REPEAT = "i feel down after the swimming class today, the pool was full and i got out early"
OTHERS = (
    "i feel heavy today and i cannot get going",
    "i dreamt i was on a train and nobody had a face",
    "this week i left my phone in the kitchen at night to see if i would sleep",
    "the bus was late and it rained",
)


def entry(text: str, tag: Tag | None, language: str = "en") -> Entry:
    at = datetime(2026, 3, 1, tzinfo=UTC)
    return Entry("260301-001", at, at, tag, "changed", None, text, 5.0, language, "scripted", "written")


def after(text: str, *corrected: Entry) -> Guess:
    return guessed(text, ENGLISH, learned(ENGLISH, corrected))


def called(tag: Tag | None, *texts: str) -> list[Entry]:
    return [entry(text, tag) for text in texts]


def test_three_corrections_of_one_kind_change_a_repeat() -> None:
    assert guessed(REPEAT, ENGLISH).tag == "mood"
    found = after(REPEAT, *called("experiment", *SWIMMING))
    assert (found.tag, found.confidence) == ("experiment", 0.8)
    assert found.reason == "You called others like this an experiment."


def test_one_changes_nothing_not_even_the_same_words() -> None:
    assert after(REPEAT, *called("experiment", REPEAT)) == guessed(REPEAT, ENGLISH)


@pytest.mark.parametrize("text", OTHERS)
def test_what_is_about_something_else_stays_as_it_was(text: str) -> None:
    assert after(text, *called("dream", *SWIMMING)) == guessed(text, ENGLISH)


def test_short_sentences_are_not_alike_by_their_common_words() -> None:
    talks = [f"I feel anxious today about the {what}" for what in ("talk", "exam", "trip")]
    for text in ("I feel sad about my dog", "I feel happy today because the sun is out"):
        assert after(text, *called("experiment", *talks)).tag == "mood"
    assert after("I feel anxious about the party", *called("experiment", *talks)).tag == "experiment"


def test_conflicting_corrections_cancel() -> None:
    both = called("experiment", *SWIMMING) + called("mood", *SWIMMING)
    assert after(REPEAT, *both) == guessed(REPEAT, ENGLISH)


def test_those_that_were_given_no_kind_teach_silence() -> None:
    found = after(REPEAT, *called(None, *SWIMMING))
    assert (found.tag, found.reason) == (None, "You gave others like this no kind.")
    assert found.confidence == 0.8


def test_what_the_words_name_stays_what_they_name() -> None:
    """The class is an experiment, and a dream about it is a dream; unless it is such dreams that were corrected."""
    dream = "i dreamt of the swimming class, in the dream the pool had no water"
    assert after(dream, *called("experiment", *SWIMMING)).tag == "dream"
    dreams = [f"last night i dreamt this: {text}" for text in SWIMMING]
    assert after(dream, *called("experiment", *dreams)).tag == "experiment"


def test_a_dream_that_is_only_just_sure_stays_a_dream_too() -> None:
    choir = (
        "went to choir and stood in the back row singing with the altos the whole evening",
        "choir again tonight i sang with the altos and nobody turned around",
        "the altos were loud at choir and i sang along from the back",
    )
    dream = "dreamt about the choir the altos had wings"
    assert guessed(dream, ENGLISH).confidence < IMPLIED_MOST
    assert after(dream, *called("experiment", *choir)).tag == "dream"


def test_where_the_guess_is_right_already_its_own_reason_stands() -> None:
    assert after(REPEAT, *called("mood", *SWIMMING)) == guessed(REPEAT, ENGLISH)


def test_three_are_enough_among_many_others() -> None:
    many = [
        entry(f"{text} number {number}", TAGS[number % 3]) for number, text in enumerate(OTHERS * 30) if number < 97
    ]
    assert after(REPEAT, *called("experiment", *SWIMMING), *many).tag == "experiment"


def test_a_recogniser_may_mishear_some_words() -> None:
    heard = ("swimming glass tonight i feel so nervous in the range in room and water was cold", *SWIMMING[1:])
    assert (
        after("i feel town after the swimming class to day the pull was full", *called("dream", *heard)).tag
        == "dream"
    )


def test_another_language_neither_teaches_nor_learns() -> None:
    assert after(REPEAT, *(entry(text, "experiment", "ko") for text in SWIMMING)) == guessed(REPEAT, ENGLISH)
    korean = tuple(entry("수영 수업에 다녀왔어요", "experiment", "ko") for _ in range(3))
    assert learned(KOREAN, korean) == ()
    assert guessed("수영 수업에 다녀왔어요", KOREAN) == Guess(None, 0.0, "한국어로는 종류를 짐작하지 않아요.")


def test_an_hour_of_words_is_compared_by_its_beginning() -> None:
    assert ENGLISH.common is not None
    long = "swimming " * FIRST_CHARACTERS + "penguins"
    (known,) = corrections([entry(long, "mood")], ENGLISH.common)
    assert set(known.words) <= {"swimming", "s", "sw", "swi", "swim", "swimm", "swimmi", "swimmin"}


@given(st.lists(st.tuples(st.text(), st.sampled_from((None, *TAGS)))), st.text())
def test_any_texts_may_be_corrections(corrected: list[tuple[str, Tag | None]], text: str) -> None:
    found = after(text, *(entry(words, tag) for words, tag in corrected[:CORRECTIONS]))
    assert found.tag in (*TAGS, None) and 0 <= found.confidence <= 1


@given(st.permutations(list(SWIMMING)))
def test_their_order_does_not_matter(texts: list[str]) -> None:
    assert after(REPEAT, *called("experiment", *texts)).tag == "experiment"


@needs_evaluation
def test_hardly_a_text_of_other_people_is_guessed_otherwise() -> None:
    """The first of each kind; all of them are in `python -m bench learning`."""
    texts = [
        line.split("\t")[0]
        for name in ("dream", "mood", "experiment", "other")
        for line in (EVALUATION / "text" / f"{name}.tsv").read_text(encoding="utf-8").splitlines()[1:60]
    ]
    changed = [text for text in texts if after(text, *called("experiment", *SWIMMING)) != guessed(text, ENGLISH)]
    assert len(changed) <= len(texts) / 100
