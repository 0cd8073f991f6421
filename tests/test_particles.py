"""Particles are taken off a word, and only where they can hang."""

import pytest

from voicejournal.journal.particles import bare, with_each
from voicejournal.languages import language_of

KOREAN = language_of("ko").searches.particles


@pytest.mark.parametrize(
    ("word", "without"),
    [
        ("물이", "물"),
        ("바다가", "바다"),
        ("사람들이랑", "사람들"),
        ("친구하고", "친구"),
        ("학교에서", "학교"),
        # part of the word
        ("나이", "나이"),
        ("가을", "가을"),
        ("작가", "작가"),
        ("이", "이"),
        ("엄마", "엄마"),
        ("dad", "dad"),
    ],
)
def test_a_particle_is_taken_off(word: str, without: str) -> None:
    assert bare(KOREAN, word) == without


def test_each_particle_is_put_on_as_the_word_ends() -> None:
    assert {"물이", "물을", "물은", "물과", "물이랑", "물에서"} <= {*with_each(KOREAN, "물")}
    assert {"개가", "개를", "개는", "개와", "개랑", "개에서"} <= {*with_each(KOREAN, "개")}


def test_a_language_without_particles_keeps_its_words() -> None:
    assert bare((), "water") == "water"
