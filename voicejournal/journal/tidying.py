"""Tidying: how an entry can be shown more like writing, for whoever wants that.

In: the words of an entry as they were kept, and how a language is tidied. Out: the same words, to look at. Pure.
Nothing here is ever kept: capitals, spoken marks and figures only; every word that is none of these stays as said.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from voicejournal.hearing.spelling import letters

SENTENCE_ENDS = ".?!"
BREAK = "\n"

MOST_CHARACTERS = 200_000
"""Four hours of speech, tidied in some three seconds."""

LEAST_FIGURES = 10
"""A smaller number stays in words: "one" is more often no number at all ("one day", "no one"), and style guides
spell the small ones out."""


@dataclass(frozen=True)
class Tidiness:
    """How a language is tidied, from `tidy.toml`."""

    marks: Mapping[tuple[str, ...], str]
    """What is said for a mark, in letters word by word; a break is a line's end."""
    not_after: frozenset[str]
    """After these it is no mark but a thing: "a new line of work"."""
    capitals: frozenset[str]
    """Words that always begin with a capital."""
    has_capitals: bool
    """A sentence begins with one."""
    ones: Mapping[str, int]
    """From zero to nineteen."""
    tens: Mapping[str, int]
    scales: Mapping[str, int]
    """Hundred and thousand."""
    joins: frozenset[str]
    """Between a scale and what follows: "one hundred and five"."""

    @property
    def numbers(self) -> frozenset[str]:
        return frozenset((*self.ones, *self.tens, *self.scales))


def read_tidiness(table: Mapping[str, Any]) -> Tidiness:
    """From a language's `tidy.toml`."""
    return Tidiness(
        marks={tuple(map(letters, said.split())): mark for said, mark in table["marks"].items()},
        not_after=frozenset(table["not_after"]),
        capitals=frozenset(table["capitals"]),
        has_capitals=table["has_capitals"],
        ones=table["ones"],
        tens=table["tens"],
        scales=table["scales"],
        joins=frozenset(table["joins"]),
    )


def tidied(text: str, tidiness: Tidiness) -> str:
    """The words of an entry to look at: spoken marks as marks, numbers as figures, and capitals.

    A text longer than anything that was spoken stays as it is: nobody is to wait for it.
    """
    if len(text) > MOST_CHARACTERS:
        return text
    words = _with_figures(_with_marks(text.split(), tidiness), tidiness)
    return "".join(_with_capitals(words, tidiness)).strip()


def _with_marks(words: Sequence[str], tidiness: Tidiness) -> list[str]:
    """A mark said after a word is put on it; one that nothing comes before stays in words, as does a thing."""
    out: list[str] = []
    at = 0
    while at < len(words):
        said, mark = _mark_at(words, at, tidiness)
        before = out[-1] if out else BREAK
        is_thing = letters(before) in tidiness.not_after or (before == BREAK and mark != BREAK)
        if not said or is_thing:
            out.append(words[at])
        elif mark == BREAK:
            out.append(BREAK)
        else:
            # A recogniser may have written marks of its own around the spoken one.
            out[-1] = before.rstrip(",.") + mark
        at += said if said and not is_thing else 1
    return out


def _mark_at(words: Sequence[str], at: int, tidiness: Tidiness) -> tuple[int, str]:
    """How many words the longest mark said here takes, and the mark; none is 0."""
    found = [
        (len(said), mark)
        for said, mark in tidiness.marks.items()
        if said == tuple(map(letters, words[at : at + len(said)]))
    ]
    return max(found, default=(0, ""))


def _with_figures(words: Sequence[str], tidiness: Tidiness) -> list[str]:
    """Each run of number words that is one whole number, as figures; any other run stays as it was said."""
    out: list[str] = []
    at = 0
    while at < len(words):
        length = _run_at(words, at, tidiness)
        value = _value(_parts(words[at : at + length]), tidiness) if length else None
        if value is None or value < LEAST_FIGURES:
            out += words[at : at + max(length, 1)]
        else:
            out.append(f"{value}{_marks_after(words[at + length - 1])}")
        at += max(length, 1)
    return out


def _run_at(words: Sequence[str], at: int, tidiness: Tidiness) -> int:
    """How many words from here on belong to one number, or to several said in a row."""
    end = at
    while end < len(words):
        said = letters(words[end])
        is_join = said in tidiness.joins and end > at and letters(words[end - 1]) in tidiness.scales
        follows = letters(words[end + 1]) if end + 1 < len(words) else ""
        if not (_is_number(words[end], tidiness) or (is_join and follows in tidiness.numbers)):
            break
        end += 1
        if _marks_after(words[end - 1]):
            break
    return end - at


def _is_number(word: str, tidiness: Tidiness) -> bool:
    return all(part in tidiness.numbers for part in _parts([word]))


def _parts(words: Sequence[str]) -> list[str]:
    """ "Twenty-one", as a recogniser may write it, is two words."""
    return [letters(part) for word in words for part in word.split("-")]


def _marks_after(word: str) -> str:
    """What follows the letters: "three." ends with a full stop."""
    return re.sub(r"^.*\w", "", word)


def _value(said: Sequence[str], tidiness: Tidiness) -> int | None:
    """The number, where the words are one: "two hundred and five", not "nineteen eighty four"."""
    scales = sorted(tidiness.scales.items(), key=lambda scale: scale[1], reverse=True)
    return _scaled([word for word in said if word not in tidiness.joins], scales, tidiness)


def _scaled(said: Sequence[str], scales: Sequence[tuple[str, int]], tidiness: Tidiness) -> int | None:
    """So many thousands, so many hundreds, and the rest: each of them smaller than one of what comes before."""
    if not scales:
        return _below_hundred(said, tidiness)
    (word, value), *smaller = scales
    if word not in said:
        return _scaled(said, smaller, tidiness)
    at = said.index(word)
    count = _scaled(said[:at], smaller, tidiness)
    rest = _scaled(said[at + 1 :], smaller, tidiness) if said[at + 1 :] else 0
    most = value if smaller else 10  # of thousands 999, of hundreds nine
    if not count or count >= most or rest is None or (said[at + 1 :] and not rest):
        return None
    return count * value + rest


def _below_hundred(said: Sequence[str], tidiness: Tidiness) -> int | None:
    match said:
        case [one]:
            return tidiness.ones.get(one, tidiness.tens.get(one))
        case [ten, one] if ten in tidiness.tens and 0 < tidiness.ones.get(one, 0) < 10:
            return tidiness.tens[ten] + tidiness.ones[one]
        case _:
            return None


def _with_capitals(words: Sequence[str], tidiness: Tidiness) -> Iterator[str]:
    """Each word with what stands before it: a space, or the end of a line."""
    is_first, is_after_break = True, True
    for word in words:
        if word == BREAK:
            yield BREAK
            is_first = is_after_break = True
            continue
        core = re.match(r"\W*([^\W_]+)", word)
        is_name = core is not None and core.group(1).lower() in tidiness.capitals
        shown = _capital(word) if tidiness.has_capitals and (is_first or is_name) else word
        yield shown if is_after_break else f" {shown}"
        is_first, is_after_break = word[-1] in SENTENCE_ENDS, False


def _capital(word: str) -> str:
    """The first letter, behind whatever stands before it."""
    at = next((i for i, character in enumerate(word) if character.isalnum()), None)
    return word if at is None else f"{word[:at]}{word[at].upper()}{word[at + 1 :]}"
