"""Whatever is said and pressed, in whatever order: every word of content is kept, once, in order."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scripted import ENGLISH, run_through

from voicejournal.edges.store import Store
from voicejournal.replaying import (
    Line,
    Said,
    Silent,
)

HARMLESS = [
    "journal_entry", "finish", "more_time", "less_time", "help", "change", "not_done", "stop", "pause", "go_on",
    "say_again", "next", "slower", "faster", "how_long", "offers_off", "offers_on", "ask_me", "ask_me_not",
    "what_helped", "forget_helped", "add_to_last",
]  # fmt: skip
"""Commands after which nothing that was said may be missing."""

KEYS = [" ", *(ENGLISH.commands[name].key for name in HARMLESS)]


class MuteVoice:
    """Says everything in no time at all, so that nothing is ever said over it."""

    def prepare(self, coming: Sequence[tuple[str, float]]) -> None:
        pass

    def is_ready(self, words: str, rate: float) -> bool:
        return True

    def render(self, words: str, rate: float) -> bytes:
        return b""


class TimedKeys:
    """Presses one key every so many ticks."""

    def __init__(self, keys: Iterable[tuple[int, str]]) -> None:
        self._keys = iter(list(keys))
        self._wait, self._key = next(self._keys, (-1, ""))

    def pressed(self) -> Iterator[str]:
        self._wait -= 1
        if self._wait == 0:
            yield self._key
            self._wait, self._key = next(self._keys, (-1, ""))

    def close(self) -> None: ...


def kept_texts(lines: list[Line], keys: Iterable[tuple[int, str]] = ()) -> list[str]:
    """Texts of all entries there are after these lines and keys, oldest first."""
    journal = Store(":memory:")
    run_through(lines, journal, voice=MuteVoice(), keys=TimedKeys(keys))
    texts = [entry.text for entry in reversed(journal.entries())]
    journal.close()
    return texts


waits = st.floats(0.8, 40).map(Silent)
commands = st.sampled_from(HARMLESS).map(lambda name: Said(tuple(ENGLISH.commands[name].say[0].split())))
offered_for = st.sampled_from(["i do not want to be alive", "i keep going round in circles"]).map(
    lambda words: Said(tuple(words.split()))
)
"""What brings an offer: it may not cost a word either."""

contents = st.integers(1, 80)
"""How many words."""


def numbered(moves: list[Line | int]) -> tuple[list[Line], list[str]]:
    """The lines to say, and the words of content among them, each unlike any other."""
    lines: list[Line] = []
    said: list[str] = []
    for move in moves:
        if isinstance(move, int):
            words = tuple(f"word{len(said) + i}" for i in range(move))
            said.extend(words)
            lines.append(Said(words))
        else:
            lines.append(move)
    return lines, said


def words_of(texts: list[str]) -> list[str]:
    """All words, in order. A key, or half a minute without a pause, may cut one in two: both halves name it."""
    return [word for word, _ in groupby(" ".join(texts).split())]


@settings(max_examples=25, deadline=None)
@given(st.lists(st.one_of(contents, waits, commands, offered_for), max_size=10))
def test_words_are_kept_whatever_else_is_said(moves: list[Line | int]) -> None:
    lines, said = numbered(moves)

    kept = words_of(kept_texts(lines))

    assert [word for word in kept if word.startswith("word")] == said


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.one_of(contents, waits), min_size=1, max_size=8),
    st.lists(st.tuples(st.integers(1, 400), st.sampled_from(KEYS)), max_size=10),
)
def test_words_are_kept_whatever_is_pressed(moves: list[Line | int], keys: list[tuple[int, str]]) -> None:
    lines, said = numbered(moves)

    assert words_of(kept_texts(lines, keys)) == said


@pytest.mark.parametrize("keys", [[(100, "m"), (5, "m"), (5, "m"), (5, "m")], [(100, "g"), (50, "p")], [(1, "p")]])
def test_whatever_is_pressed_after_the_end_of_a_file_it_ends(keys: list[tuple[int, str]]) -> None:
    assert kept_texts([Said(("word0",))], keys) == ["word0"]


def test_help_in_an_entry_goes_on_after_a_cough() -> None:
    """It stayed held, and what was to be said after the entry waited behind it for ever."""
    words = tuple(f"word{number}" for number in range(20))
    assert words_of(kept_texts([Said(words), Silent(20)], [(392, "?")])) == list(words)


def test_endless_patience_ends_with_the_file_also_when_its_last_words_are_known_already() -> None:
    keys = [(208, "m"), (300, "m"), (200, "m"), (100, "m")]
    assert words_of(kept_texts([Silent(40.0), Said(("word0",) * 43)], keys)) == ["word0"]
