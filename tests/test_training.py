"""What the guesser learns from: whole lines, of every kind, and nobody's twice."""

from collections import Counter

from training.entries import KINDS, Recogniser, read_entries
from voicejournal.journal.tagging import words_of

ENTRIES = list(read_entries(words_of))


def test_every_writer_tells_of_every_kind_in_many_situations() -> None:
    for writer in {entry.writer for entry in ENTRIES}:
        theirs = [entry for entry in ENTRIES if entry.writer == writer]
        assert {entry.kind for entry in theirs} == set(KINDS.values())
        assert len({entry.situation for entry in theirs}) >= 8


def test_thousands_of_entries_and_none_of_them_twice() -> None:
    said = Counter(entry.words for entry in ENTRIES if len(entry.words) > 8)
    assert len(ENTRIES) > 10_000
    assert [words for words, count in said.items() if count > 1] == []


def test_a_recogniser_loses_and_mishears_one_word_in_six_and_the_same_ones_each_time() -> None:
    words = [word for entry in ENTRIES[:400] for word in entry.words]
    heard, again = (Recogniser((entry.words for entry in ENTRIES), seed=3).hear(words) for _ in range(2))
    assert heard == again
    assert 0.92 < len(heard) / len(words) < 0.96
