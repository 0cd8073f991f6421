"""Text cut into pieces a voice can render, losing nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicejournal.speaking.sentences import LONGEST_WORDS, sentences


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("", []),
        ("  \n ", []),
        ("One sentence", ["One sentence"]),
        ("One. Two! Three? Four… Five", ["One.", "Two!", "Three?", "Four…", "Five"]),
        ("안녕하세요. 잘 지냈어요?", ["안녕하세요.", "잘 지냈어요?"]),
        ("3.5 metres, e.g.so", ["3.5 metres, e.g.so"]),
        ("One.\n\nTwo   words.", ["One.", "Two words."]),
    ],
)
def test_pieces(text: str, pieces: list[str]) -> None:
    assert sentences(text) == pieces


def test_a_long_sentence_is_shared_out_evenly() -> None:
    pieces = sentences(" ".join(["word"] * (LONGEST_WORDS + 1)))
    assert [len(piece.split()) for piece in pieces] == [13, 13]


def test_a_sentence_of_the_longest_length_stays_whole() -> None:
    assert len(sentences(" ".join(["word"] * LONGEST_WORDS))) == 1


@given(st.text(alphabet="ab가.?! \n", max_size=300))
def test_only_white_space_changes(text: str) -> None:
    pieces = sentences(text)
    assert " ".join(pieces).split() == text.split()
    assert all(piece and len(piece.split()) <= LONGEST_WORDS for piece in pieces)
