"""Phrases that speak for a kind of entry, and where they are in one.

In: the table of a language's `tags/cues.toml`; the words of an entry. Out: `Cues`; the phrases found. Pure.
The phrases are data of the language; nothing here knows what any of them means.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from voicejournal.hearing.spelling import letters
from voicejournal.journal.entries import TAGS, Tag

Kind = Tag | Literal["other"]
KINDS: tuple[Kind, ...] = (*TAGS, "other")

Strength = Literal["strong", "medium", "weak", "against"]


@dataclass(frozen=True)
class Cue:
    """A phrase that speaks for a kind, or in another meaning against it."""

    words: tuple[str, ...]
    """Letters of each word; "*" is any one word."""
    kind: Kind
    strength: Strength


@dataclass(frozen=True)
class Reasons:
    """Why an entry seems to be what it is, in plain words."""

    said: str
    """A sentence in which {words} stands for the phrases that decided."""
    also: str
    """The same with another kind that was named as well: {reason}, {kind} and {words}."""
    kinds: Mapping[Tag, str]
    """What each is called in it."""
    implied: Mapping[Tag, str]
    """Where no phrase decided, and all the words did."""
    none: Mapping[str, str]
    """Why there is no tag: empty, plain, unclear, short."""


@dataclass(frozen=True)
class Cues:
    """What the guesser goes by, from `tags/cues.toml`."""

    by_first_word: Mapping[str, tuple[Cue, ...]]
    reasons: Reasons


@dataclass(frozen=True)
class Match:
    """A phrase in the words of an entry."""

    cue: Cue
    at: int
    """Index of its first word."""

    @property
    def span(self) -> range:
        return range(self.at, self.at + len(self.cue.words))


def read_cues(table: Mapping[str, Any]) -> Cues:
    """The cues of a language from its `tags/cues.toml`."""
    found: dict[str, list[Cue]] = {}
    for kind in KINDS:
        for strength in ("strong", "medium", "weak", "against"):
            for phrase in table["cues"][kind][strength]:
                words = tuple("*" if word == "*" else letters(word) for word in phrase.split())
                found.setdefault(words[0], []).append(Cue(words, kind, strength))
    by_first_word = {word: tuple(cues) for word, cues in found.items()}
    return Cues(by_first_word, _reasons(table["reasons"]))


def _reasons(table: Mapping[str, Any]) -> Reasons:
    kinds, implied = ({tag: table[name][tag] for tag in TAGS} for name in ("kinds", "implied"))
    return Reasons(table["said"], table["also"], kinds, implied, table["none"])


def found_in(words: Sequence[str], cues: Cues) -> dict[Kind, list[Match]]:
    """For each kind its cues in the words, in order, none over another of that kind."""
    found: dict[Kind, list[Match]] = {kind: [] for kind in KINDS}
    for at, word in enumerate(words):
        for cue in cues.by_first_word.get(word, ()):
            if _fits(cue, words, at):
                found[cue.kind].append(Match(cue, at))
    return {kind: _untangled(matches) for kind, matches in found.items()}


def _fits(cue: Cue, words: Sequence[str], at: int) -> bool:
    # Most cues that begin so go on otherwise, and an entry may be an hour long.
    if len(cue.words) > 1 and (at + 1 == len(words) or cue.words[1] not in ("*", words[at + 1])):
        return False
    here = tuple(words[at : at + len(cue.words)])
    if here == cue.words or len(here) < len(cue.words) or "*" not in cue.words:
        return here == cue.words
    return all(word in ("*", said) for word, said in zip(cue.words, here, strict=True))


def _untangled(matches: Sequence[Match]) -> list[Match]:
    """The other meaning first ("in my dream job"), unless a longer phrase holds all of it; then the longest."""
    spans = [match.span for match in matches if match.cue.strength != "against"]

    def order(match: Match) -> tuple[bool, int]:
        is_against = match.cue.strength == "against"
        is_held = is_against and any(set(match.span) < set(span) for span in spans if match.at in span)
        return not is_against or is_held, -len(match.cue.words)

    taken: set[int] = set()
    chosen = []
    for match in sorted(matches, key=order):
        if taken.isdisjoint(match.span):
            taken.update(match.span)
            chosen.append(match)
    return sorted(chosen, key=lambda match: match.at)
