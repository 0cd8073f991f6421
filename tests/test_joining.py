"""Stretches joined for one decoding, and every word back at its own place."""

import pytest

from voicejournal.hearing.frames import HEARD_FRAME_BYTES, ticks
from voicejournal.hearing.joining import BLOCK_SECONDS, Block, Piece
from voicejournal.hearing.stretches import Stretch
from voicejournal.hearing.transcripts import Transcript, Word

ENTRY_TICK = ticks(100)


def piece(start: float, end: float, certain: float = 1.0) -> Piece:
    """A stretch of these seconds of the entry, with half a second on each side; so many are certainly voice."""
    voiced = 50
    stretch = Stretch(
        ENTRY_TICK + ticks(start), ENTRY_TICK + ticks(end), voiced, voiced, certain_ticks=ticks(certain)
    )
    sound = bytes(HEARD_FRAME_BYTES * (ticks(end - start) + ticks(1)))
    return Piece(stretch, stretch.start_tick - ticks(0.5), sound)


TWO = Block((piece(10, 12), piece(20, 23)))
"""Joined: the first from 0 to 3 s, the second from 3 to 7 s."""


def word(text: str, start: float, end: float) -> Word:
    return Word(text, start, end, 0.9)


def said(*words: Word) -> Transcript:
    return Transcript(" ".join(word.text for word in words), words)


def test_sound_is_joined_in_order() -> None:
    first, second = Piece(TWO.pieces[0].stretch, 0, b"ab"), Piece(TWO.pieces[1].stretch, 0, b"cd")
    assert Block().with_piece(first).with_piece(second).pcm == b"abcd"


def test_words_go_back_to_their_stretches() -> None:
    kept = TWO.kept(said(word("one", 0.5, 1), word("two", 2, 2.5), word("three", 3.5, 4)), ENTRY_TICK)
    assert [(one.start_seconds, one.end_seconds, one.text) for one in kept] == [
        (10, 12, "one two"),
        (20, 23, "three"),
    ]
    words = [w for one in kept for w in one.words]
    assert [w.text for w in words] == ["one", "two", "three"]
    assert [w.start_seconds for w in words] == pytest.approx([10, 11.5, 20])
    assert [w.end_seconds for w in words] == pytest.approx([10.5, 12, 20.5])


def test_a_word_that_strays_into_the_silence_before_stays_with_its_own_stretch() -> None:
    one, other = TWO.kept(said(word("one", 0.5, 1), word("two", 2.7, 3.9)), ENTRY_TICK)
    assert (one.text, other.text) == ("one", "two")
    assert other.words[0].start_seconds == pytest.approx(19.5), "no earlier than its piece"


def test_a_word_that_strays_past_the_end_of_all_sound() -> None:
    *_, last = TWO.kept(said(word("two", 6.8, 9.0)), ENTRY_TICK)
    assert last.words[0].start_seconds == pytest.approx(23.3)
    assert last.words[0].end_seconds == pytest.approx(23.5)


def test_a_stretch_without_words_is_kept_empty() -> None:
    kept = TWO.kept(said(word("three", 3.5, 4)), ENTRY_TICK)
    assert [one.text for one in kept] == ["", "three"]


def test_text_without_word_times_is_kept_once() -> None:
    kept = TWO.kept(Transcript("all of it"), ENTRY_TICK)
    assert [one.text for one in kept] == ["all of it", ""]


def test_the_text_of_a_single_stretch_is_kept_as_it_is() -> None:
    (kept,) = Block((piece(10, 12),)).kept(Transcript("One, two!", (word("one", 0.5, 1),)), ENTRY_TICK)
    assert kept.text == "One, two!"


def test_doubt_is_about_all_of_it() -> None:
    assert [one.is_doubtful for one in TWO.kept(Transcript("hm", is_doubtful=True), ENTRY_TICK)] == [True, True]


def test_where_nobody_spoke_there_is_nothing_to_doubt() -> None:
    knock = Block((piece(10, 11, certain=0.4),))

    (unheard,) = knock.kept(Transcript("", is_doubtful=True), ENTRY_TICK)
    (mumbled,) = knock.kept(Transcript("hm", is_doubtful=True), ENTRY_TICK)

    assert (unheard.is_doubtful, mumbled.is_doubtful) == (False, True)


def test_there_is_room_for_less_than_half_a_minute() -> None:
    half = piece(0, BLOCK_SECONDS / 2 - 1)
    assert half.seconds == BLOCK_SECONDS / 2
    assert Block((half,)).has_room_for(half)
    assert not Block((half,)).has_room_for(piece(0, BLOCK_SECONDS / 2 - 0.98))


def test_one_stretch_always_has_room() -> None:
    assert Block().has_room_for(piece(0, 60))
