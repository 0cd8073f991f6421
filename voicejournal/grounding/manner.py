"""The manners of a language's scripts: what they say, what they never say, and the words that everybody knows.

In: the language's `check.toml` and `words.toml`. Out: `Manner`. Pure.
A word is common by its stem: a list of words stays short enough to be read by whoever keeps it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

QUOTES = str.maketrans("", "", '“”„"')
"""Korean has its endings behind the quotes: “손”이나."""


@dataclass(frozen=True)
class Manner:
    """Its words are in lower case."""

    way_out: tuple[str, ...]
    unwanted: tuple[str, ...]
    notice: tuple[str, ...]
    moving: tuple[str, ...]
    seated: tuple[str, ...]
    breath: tuple[str, ...]
    besides_breath: tuple[str, ...]
    problems: Mapping[str, str]
    """The sentence for each problem; braces are line, count, most, seconds, word."""
    common: frozenset[str] = frozenset()
    """Words that everybody knows, without their endings; none means that words are not looked at."""
    endings: tuple[str, ...] = ()
    """What a word may end in and still be the same word."""


def read_manner(table: Mapping[str, Any]) -> Manner:
    """The manners of a language from its `check.toml`."""
    names = ("way_out", "unwanted", "notice", "moving", "seated", "breath", "besides_breath")
    lists: dict[str, Any] = {name: tuple(table[name]) for name in names}
    return Manner(**lists, problems=dict(table["problems"]))


def with_words(manner: Manner, table: Mapping[str, Any]) -> Manner:
    """The same with `words.toml`: its `endings`, and all its other lists, which are one here."""
    common = frozenset(word for key, words in table.items() if key != "endings" for word in words.split())
    return replace(manner, common=common, endings=tuple(table["endings"].split()))


def is_common(word: str, manner: Manner) -> bool:
    """Whether everybody knows the word; one of several joined by hyphens is as common as they are."""
    plain = word.lower().replace("’", "'").translate(QUOTES).strip(".,;:!?…-–—‘'()")
    if not manner.common or not any(map(str.isalpha, plain)):
        return True
    return all(_is_known(part, manner) for part in plain.split("-"))


def _is_known(word: str, manner: Manner) -> bool:
    stems = [word.removesuffix(ending) for ending in manner.endings if word.endswith(ending)]
    if word.isascii():
        # "making", "stopped", "easier"
        stems += [f"{stem}e" for stem in stems] + [f"{stem[:-1]}y" for stem in stems if stem.endswith("i")]
        stems += [stem[:-1] for stem in stems if stem[-1:] == stem[-2:-1]]
    else:
        # Korean endings are many, and what begins with two syllables of a word is hardly another one.
        stems += [word[:length] for length in range(2, len(word))]
    return not manner.common.isdisjoint([word, *stems])
