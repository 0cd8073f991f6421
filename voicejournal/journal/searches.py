"""How a search sounds: "what did I dream last week", "find my mother", "entries for my therapist".

In: the table of `search.toml`, and words that were heard. Out: what they ask for, or None. Pure.
Only a whole utterance of these shapes is a search: "I find my mother difficult" is the person's own.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from voicejournal.journal import particles
from voicejournal.journal.entries import Tag
from voicejournal.journal.particles import Particles
from voicejournal.journal.queries import EVER, Query
from voicejournal.journal.time_words import CalendarWords, Days, TimeWords, is_time, read_time_words, span, unmarked

MOST_WORDS = 5
"""Of what may be asked about: "the argument with my sister". Who says more is telling, not asking [J]."""

MOST_HEARD_WORDS = 16
"""Of an utterance that may be a search: the longest shape, what it asks about, and a time."""

LEAST_REPEATED_WORDS = 3
"""Fewer may well be meant: "find Anna Anna"."""

HOLES = ("{one}", "{words}")
"""A name or a thing, with a word such as "my" before it; and a few words."""

ABOUT = r"(?P<about>(?:\S+ )+?)"

UNSPACED_ABOUT = r"(?P<about>\S.*?) ?"
"""Where what follows may hang at the word's end."""

TIMED = ("{when}", "{then}")


@dataclass(frozen=True)
class Shape:
    """One kind of search, in all its wordings.

    A wording is a row of words: `a|b` is one or the other, `_` a space inside one, `?` after it makes it optional.
    {one} and {words} are what is asked about; {when} says that it is this only with a time, {then} only with one
    that is not just over.
    """

    say: tuple[str, ...]
    is_spaced: bool
    tag: Tag | None = None
    for_therapist: bool = False

    @cached_property
    def wordings(self) -> tuple[tuple[str, re.Pattern[str]], ...]:
        """Made ready when something is first heard: at a start the cue is waited for."""
        return tuple((say, re.compile("".join(map(self._part, say.split())))) for say in self.say)

    def _part(self, token: str) -> str:
        if token in TIMED:
            return ""
        if token in HOLES:
            return ABOUT if self.is_spaced else UNSPACED_ABOUT
        space = " " if self.is_spaced else " ?"
        words = (space.join(map(re.escape, word.lower().split("_"))) for word in token.removesuffix("?").split("|"))
        return f"(?:(?:{'|'.join(words)}){space})" + ("?" if token.endswith("?") else "")


@dataclass(frozen=True)
class Searches:
    """All of `search.toml`."""

    shapes: tuple[Shape, ...]
    time: TimeWords
    is_time_first: bool
    """Days are named before what is asked, not after."""
    determiners: frozenset[str]
    """Words that may stand before one name or thing."""
    links: frozenset[str]
    """Words that may stand between two names or things."""
    tails: tuple[list[str], ...]
    """Words that may stand behind one, as in "sister in law"."""
    little: frozenset[str]
    """Words that nothing is found by."""
    never: frozenset[str]
    """What makes of a short search a thought: "find out", "find myself"."""
    hints: tuple[str, ...]
    """What a recogniser is told to listen for."""
    plurals: tuple[tuple[str, str], ...]
    """Endings of a word for many, and for one."""
    same: tuple[tuple[str, ...], ...]
    """Spellings of one word."""
    particles: Particles
    """What hangs at the end of a word and is not looked for."""
    has_endings: bool
    """Endings are written onto words, so that a word is found by its beginning."""
    named: Mapping[str, str]
    """How what is looked for is named inside a sentence."""


@dataclass(frozen=True)
class Asked:
    """What was asked for, in words; nobody has looked at a calendar yet."""

    tag: Tag | None = None
    for_therapist: bool = False
    about: str = ""
    when: str = ""


def read_searches(calendar: CalendarWords, table: Mapping[str, Any]) -> Searches:
    """Raises: KeyError, TypeError."""
    words, spaced = table["words"], table["words"]["spaced"]
    shapes = (
        Shape(tuple(shape["say"]), spaced, shape.get("tag"), shape.get("for_therapist", False))
        for shape in table["shape"]
    )
    return Searches(
        shapes=tuple(shapes),
        time=read_time_words(calendar, table["time"]),
        is_time_first=table["time"]["first"],
        determiners=frozenset(words["determiners"].split()),
        links=frozenset(words["links"].split()),
        tails=tuple(tail.split() for tail in words["tails"]),
        little=frozenset(words["little"].split()),
        never=frozenset(words["never"].split()),
        hints=tuple(words["hints"]),
        plurals=tuple((many, one) for many, one in words["plurals"]),
        same=tuple(tuple(spellings.split()) for spellings in words["same"]),
        particles=tuple((consonant, vowel) for consonant, vowel in words["particles"]),
        has_endings=words["has_endings"],
        named=dict(table["named"]),
    )


def asked(searches: Searches, heard: str) -> Asked | None:
    """What these words ask for, if they are a search as a whole."""
    words = _once(unmarked(heard).split())
    if len(words) > MOST_HEARD_WORDS:
        return None
    for what, when in _splits(searches, words):
        if when and not is_time(searches.time, when):
            continue
        for shape in searches.shapes:
            for say, wording in shape.wordings:
                found = wording.fullmatch(what)
                if found and _is_time_right(searches.time, say, when):
                    about = (found.groupdict().get("about") or "").strip()
                    if _may_be_asked(searches, say, about):
                        return Asked(shape.tag, shape.for_therapist, about, when)
    return None


def _once(words: list[str]) -> list[str]:
    """Whisper may say a short utterance twice, the second time as far as it comes."""
    for count in range((len(words) + 1) // 2, len(words)):
        if len(words) - count >= LEAST_REPEATED_WORDS and words[count:] == words[: len(words) - count]:
            return words[:count]
    return words


def _splits(searches: Searches, words: list[str]) -> Iterator[tuple[str, str]]:
    """What is asked, with a space after each word, and the days: as long as they can be."""
    for count in range(1, len(words) + 1):
        rest = len(words) - count
        what, when = (words[rest:], words[:rest]) if searches.is_time_first else (words[:count], words[count:])
        yield "".join(f"{word} " for word in what), " ".join(when)


def _is_time_right(time: TimeWords, say: str, when: str) -> bool:
    """Whether the wording goes with this time, or with none."""
    if any(mark in say for mark in TIMED) and not when:
        return False
    return "{then}" not in say or when not in time.just_over


def _may_be_asked(searches: Searches, say: str, about: str) -> bool:
    """Whether this can be looked for, where the wording asks about something."""
    words = about.split()
    if "{one}" in say:
        return len(words) <= MOST_WORDS and _is_one(searches, words)
    if "{words}" in say:
        return len(words) <= MOST_WORDS and any(word not in searches.little for word in words)
    return True


def _is_one(searches: Searches, words: list[str]) -> bool:
    """One name or thing; or "the argument with my sister", of which both are one."""
    link = next((place for place, word in enumerate(words) if word in searches.links), None)
    if link is not None:
        is_named = words[0] in searches.determiners  # "find fault with my sister" is telling
        return is_named and _is_one(searches, words[:link]) and _is_one(searches, words[link + 1 :])
    names = words[1:] if words and words[0] in searches.determiners else words
    if names[1:] in searches.tails:
        names = names[:1]
    return len(names) == 1 and not searches.never & {*names} and not searches.little & {*names}


def query(searches: Searches, asked: Asked, days: Days, today: date) -> Query:
    """What is to be looked for; where nobody can tell which days are meant, in all of them."""
    found = span(searches.time, asked.when, days, today) if asked.when else EVER
    return Query(
        tag=asked.tag,
        for_therapist=asked.for_therapist,
        words=forms(searches, asked.about),
        span=found or EVER,
        about=asked.about,
        is_span_unclear=found is None,
    )


def forms(searches: Searches, about: str) -> tuple[tuple[str, ...], ...]:
    """The words to look for, each with the forms in which it may have been said or spelled."""
    words = (word for word in unmarked(about).split() if word not in searches.little)
    return tuple(_forms(searches, word) for word in dict.fromkeys(words))


def _forms(searches: Searches, word: str) -> tuple[str, ...]:
    bare = particles.bare(searches.particles, word)
    if len(bare) == 1 and bare != word:
        # So short a beginning would be that of many other words.
        return (f"{word}*", bare, *particles.with_each(searches.particles, bare))
    found = [bare]
    for many, one in searches.plurals:
        if bare.endswith(many):
            found.append(bare.removesuffix(many) + one)
        elif bare.endswith(one):
            found.append(bare[: len(bare) - len(one)] + many)
    for spellings in searches.same:
        if not {*found}.isdisjoint(spellings):
            found += spellings
    return tuple(f"{form}*" if searches.has_endings else form for form in dict.fromkeys(found))
