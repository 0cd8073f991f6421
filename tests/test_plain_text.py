"""`journal/plain_text.py`: nothing that is printed can act on a terminal."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicejournal.journal.plain_text import one_line


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("I was on a train.", "I was on a train."),
        ("  two\n lines\tand\r\nmore ", "two lines and more"),
        ("red \x1b[31malarm\x1b[0m", "red [31malarm [0m"),
        ("title \x1b]0;gone\x07 here", "title ]0;gone here"),
        ("c1 \x9b2J end", "c1 2J end"),
        ("a\x00b\x7fc", "a b c"),
        ("safe \u202egnp.exe\u202c", "safe gnp.exe"),
        ("\u2066isolated\u2069 \u200fmark", "isolated mark"),
        ("zero\u200bwidth\ufeff", "zerowidth"),
        ("tag\U000e0041", "tag"),
        ("para\u2029graph\u2028line\u0085next", "para graph line next"),
        ("half \ud83d pair", "half \ufffd pair"),
        ("어젯밤 꿈에서 바다를 봤어요", "어젯밤 꿈에서 바다를 봤어요"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("👩\u200d👧", "👩\u200d👧"),
        ("שלום [red]not markup[/red]", "שלום [red]not markup[/red]"),
        ("", ""),
    ],
)
def test_shows(text: str, shown: str) -> None:
    assert one_line(text) == shown


@given(st.text(st.characters(codec=None, exclude_categories=())))
def test_nothing_acts_and_nothing_visible_is_lost(text: str) -> None:
    line = one_line(text)
    line.encode("utf-8")
    assert not {unicodedata.category(character) for character in line} & {"Cc", "Cs", "Zl", "Zp"}
    assert not {unicodedata.bidirectional(character) for character in line} & {
        "LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI",
    }  # fmt: skip
    assert _visible(text) == _visible(line)
    assert one_line(line) == line


def _visible(text: str) -> list[str]:
    """Letters, numbers, marks of writing and signs; U+FFFD, which stands for what can't be shown, apart."""
    return [c for c in text if unicodedata.category(c)[0] in "LNPS" and c != "\ufffd"]
