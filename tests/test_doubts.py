"""Words that may not be what was said: marked, repaired by the person, and never lost."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicejournal.hearing.transcripts import KeptStretch, Word
from voicejournal.journal.doubts import confirmed, doubts, marked, one_changed, repaired
from voicejournal.journal.entries import Entry, TagSource
from voicejournal.journal.labels import begins_with_kind
from voicejournal.languages import language_of


def stretch(*words: tuple[str, float], start_seconds: float = 0.0) -> KeptStretch:
    spoken = tuple(Word(text, 0.0, 0.4, confidence) for text, confidence in words)
    return KeptStretch(start_seconds, start_seconds + 1, " ".join(word.text for word in spoken), spoken)


NOW = datetime(2026, 3, 1, 5, 0, tzinfo=UTC)
TRAIN = stretch(("On", 0.9), ("a", 0.2), ("drain,", 0.1))
TREE = stretch(("Tree.", 0.3), start_seconds=4.0)


def test_doubted_words_come_in_the_order_in_which_they_were_said() -> None:
    struck = replace(stretch(("gone", 0.1), start_seconds=2.0), is_struck=True)
    found = doubts([TRAIN, struck, TREE], "whisper")
    assert [(one.spoken, one.stretch_seconds, one.index) for one in found] == [
        ("a", 0.0, 1),
        ("drain", 0.0, 2),
        ("Tree", 4.0, 0),
    ]


def test_the_mark_follows_the_word_and_not_its_comma() -> None:
    assert marked([TRAIN, TREE], "whisper") == "On a (?) drain (?), Tree (?)."


def test_the_kind_that_was_named_and_answered_is_not_doubted() -> None:
    dream = stretch(("Dream.", 0.1), ("Drain.", 0.1))
    assert marked([dream], "whisper", is_kind_named=True) == "Dream. Drain (?)."
    assert [one.index for one in doubts([dream], "whisper", is_kind_named=True)] == [1]
    assert marked([], "whisper", is_kind_named=True) == ""


def test_what_was_taken_out_before_the_kind_changes_nothing() -> None:
    struck, dream = replace(stretch(("Um.", 0.1)), is_struck=True), stretch(("Dream.", 0.1), start_seconds=2.0)
    assert marked([struck, dream, TREE], "whisper", is_kind_named=True) == "Dream. Tree (?)."


@pytest.mark.parametrize(
    ("text", "source", "is_there"),
    [("Dream. A tree.", "spoken", True), ("A tree.", "spoken", False), ("Dream. A tree.", "asked", False)],
)
def test_a_kind_that_was_taken_out_again_hides_no_other_doubt(text: str, source: TagSource, is_there: bool) -> None:
    entry = Entry("260301-001", NOW, NOW, "dream", source, None, text, 2.0, "en", "whisper", "written", False)
    assert begins_with_kind(entry, language_of("en").labels) is is_there


def test_a_stretch_that_was_hardly_understood_is_marked_as_a_whole() -> None:
    no_words = KeptStretch(6.0, 7.0, "as typed")
    assert marked([replace(TRAIN, is_doubtful=True), no_words], "whisper") == "[On a drain,] (?) as typed"


def test_what_was_never_measured_is_not_marked() -> None:
    assert doubts([TRAIN], "another") == () and marked([TRAIN], "another") == "On a drain,"


def test_a_word_that_the_person_said_is_right_is_not_asked_about_again() -> None:
    kept = confirmed(TRAIN, 2)
    assert kept.text == TRAIN.text and kept.words[2].by == "person" and kept.words[2].was is None
    assert [one.index for one in doubts([kept], "whisper")] == [1]


@pytest.mark.parametrize(
    ("before", "said", "after"),
    [
        ("drain,", "Train.", "train,"),
        ("Drain", "train", "train"),
        ("drain", "I", "I"),
        ("drain", "NASA", "NASA"),
        ("drain.", "my train", "my train."),
        ("기차", "기찻길", "기찻길"),
    ],
)
def test_a_repaired_word_keeps_the_writing_around_it(before: str, said: str, after: str) -> None:
    kept = repaired(stretch(("A", 0.9), (before, 0.1)), 1, said)
    assert kept.text == f"A {after}"
    assert (kept.words[1].text, kept.words[1].by, kept.words[1].was) == (after, "person", before)


def test_the_one_word_that_is_another_is_told() -> None:
    kept = repaired(TRAIN, 2, "train")
    assert (one_changed(kept, TRAIN), one_changed(TRAIN, kept)) == ("train", "drain")
    assert one_changed(repaired(kept, 1, "the"), TRAIN) is None and one_changed(TRAIN, TREE) is None


words = st.text(min_size=1).filter(lambda text: text == text.strip() and len(text.split()) == 1)


@given(st.lists(words, min_size=1), st.data(), st.lists(words, min_size=1, max_size=3))
def test_whatever_is_said_in_its_place_it_is_known_what_was_heard(
    spoken: list[str], data: st.DataObject, said: list[str]
) -> None:
    before = stretch(*((word, 0.1) for word in spoken))
    index = data.draw(st.integers(0, len(spoken) - 1))
    kept = before
    for word in said:
        kept = repaired(kept, index, word)
        others = [one for i, one in enumerate(kept.words) if i != index]
        assert others == [one for i, one in enumerate(before.words) if i != index]
        assert kept.text == " ".join(one.text for one in kept.words)
    assert kept.words[index].was == before.words[index].text
