"""Ways of saying something, as data: one pattern stands for many wordings.

In: patterns of a language's files, and any text. Out: regular expressions, and the text as they see it. Pure.
Written for a recogniser's text: no punctuation, and words that mean nothing here are not there at all.

A pattern is a row of words. `a|b` is one or the other, `_` a space inside one of them, `?` after a word makes it
optional, `~` at its end allows any ending, `{name}` is a set, and `...` is up to three words that are no break.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

GAP_WORDS = 3
"""Most words that `...` stands for: within a clause, once fillers are left out; more would join two clauses."""


@dataclass(frozen=True)
class Spelling:
    """How a text is prepared, and how patterns meet it."""

    fillers: frozenset[str]
    """Words that are left out."""
    spelt: tuple[tuple[str, str], ...]
    """What is written another way, and how patterns write it; earlier ones first."""
    breaks: tuple[str, ...]
    """Words that `...` never stands for."""
    is_spaced: bool
    """False where a recogniser puts spaces by chance and words take endings, as in Korean."""


def read_spelling(table: Mapping[str, Any]) -> Spelling:
    return Spelling(
        frozenset(table["fillers"]), tuple(table["spelt"].items()), tuple(table["breaks"]), table["spaced"]
    )


def prepared(text: str, spelling: Spelling) -> str:
    """Lower case words, each with one space after it, as the patterns see them."""
    bare = re.sub(r"['’]", "", text.lower())
    said = " " + " ".join(re.findall(r"[^\W_]+", bare)) + " "
    for other, ours in spelling.spelt:
        said = said.replace(f" {other} ", f" {ours} " if ours else " ")
    return "".join(f"{word} " for word in said.split() if word not in spelling.fillers)


@dataclass(frozen=True)
class Patterns:
    """Several patterns, made ready when they are first looked for: that takes up to 0.3 s, too long for a start."""

    expressions: tuple[str, ...]

    @cached_property
    def _compiled(self) -> tuple[re.Pattern[str], ...]:
        return tuple(re.compile(expression) for expression in self.expressions)

    def spans(self, words: str) -> list[range]:
        """Where they are in a prepared text, counted in its words."""
        ends = [space.end() for space in re.finditer(" ", words)]
        return [
            range(bisect_right(ends, found.start()), bisect_right(ends, found.end() - 1) + 1)
            for pattern in self._compiled
            for found in pattern.finditer(words)
        ]


def is_touched(span: range, others: Iterable[range]) -> bool:
    """Whether one of the others overlaps it."""
    return any(other.start < span.stop and span.start < other.stop for other in others)


def read_patterns(patterns: Iterable[str], spelling: Spelling, sets: Mapping[str, Sequence[str]]) -> Patterns:
    """Raises: KeyError for a set that is not there."""
    return Patterns(tuple(_expression(pattern, spelling, sets) for pattern in patterns))


def _expression(pattern: str, spelling: Spelling, sets: Mapping[str, Sequence[str]]) -> str:
    return r"(?<!\S)" + "".join(_part(token, spelling, sets) for token in pattern.split())


def _part(token: str, spelling: Spelling, sets: Mapping[str, Sequence[str]]) -> str:
    if token == "...":
        return _gap(spelling)
    token, is_optional = token.removesuffix("?"), token.endswith("?")
    words: list[str] = []
    for word in token.split("|"):
        words += sets[word[1:-1]] if word.startswith("{") else [word.replace("_", " ")]
    part = f"(?:{'|'.join(_word(word, spelling) for word in words)})"
    return f"{part}?" if is_optional else part


def _word(word: str, spelling: Spelling) -> str:
    if not spelling.is_spaced:
        return r" ?".join(re.escape(part) for part in word.removesuffix("~").split()) + r"\S* ?"
    return re.escape(word.removesuffix("~")) + (r"\S* " if word.endswith("~") else " ")


def _gap(spelling: Spelling) -> str:
    broken = "|".join(re.escape(word) for word in spelling.breaks)
    return rf"(?:(?!(?:{broken}) )\S+ ){{0,{GAP_WORDS}}}?"
