"""The kind that a person named themselves.

In: what was said, stretch by stretch. Out: the kind, or None. Pure.
A label is content as well: it stays in the text.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from voicejournal.hearing.spelling import letters
from voicejournal.journal.entries import TAGS, Entry, Tag

ANYWHERE_WORDS = 3
"""A label of this many words counts wherever it is a sentence of its own: "this is a dream"."""

LABEL_CHARACTERS = 200
"""A label and what may stand around it is never so long (the longest has 27); an entry may have ten million."""


@dataclass(frozen=True)
class Labels:
    """What a person says to name a kind, from `tags/labels.toml`."""

    whole: Mapping[Tag, tuple[str, ...]]
    """Said alone."""
    openers: Mapping[Tag, tuple[str, ...]]
    """Said first, whatever follows."""
    kinds: Mapping[Tag, tuple[str, ...]]
    """Bare names, which count when one of `followers` comes next, and none of their `exceptions`."""
    followers: tuple[str, ...]
    """Runs of words; "~을" is a word that ends so."""
    exceptions: Mapping[Tag, tuple[str, ...]]
    """Runs with which it is content all the same; "결과~" is a word that begins so."""
    fillers: tuple[str, ...]
    """Words that may come before a label and mean nothing."""


def read_labels(table: Mapping[str, Any]) -> Labels:
    """The labels of a language from its `tags/labels.toml`."""
    by_tag: dict[str, dict[Tag, tuple[str, ...]]] = {
        name: {tag: tuple(source[tag]) for tag in TAGS}
        for name, source in (
            ("whole", table["whole"]),
            ("openers", table["openers"]),
            ("kinds", table["followers"]["kinds"]),
            ("exceptions", table["followers"]["except"]),
        )
    }
    fillers = tuple(table["fillers"]["words"])
    return Labels(**by_tag, followers=tuple(table["followers"]["words"]), fillers=fillers)


def begins_with_kind(entry: Entry, labels: Labels) -> bool:
    """Whether the person named the kind, and the word is still there."""
    return entry.tag_source == "spoken" and spoken_label([entry.text], labels) is not None


def spoken_label(stretches: Sequence[str], labels: Labels) -> Tag | None:
    """The kind that the person named, in the texts of an entry's stretches; None when they named none.

    Recognised text may have full stops or none: then only a bare kind followed by a new beginning counts.
    """
    if not stretches:
        return None
    first = _without_fillers(stretches[0][:LABEL_CHARACTERS].split(), labels)
    parts = [part for stretch in stretches for part in re.split(r"[.!?…:;]+", stretch) if _has_letters(part)]
    said = {letters(part) for part in parts if len(part) <= LABEL_CHARACTERS}
    beginning = letters(" ".join(_without_fillers(parts[0][:LABEL_CHARACTERS].split(), labels))) if parts else ""
    for tag in TAGS:
        whole = {letters(label) for label in labels.whole[tag]}
        anywhere = {letters(label) for label in labels.whole[tag] if len(label.split()) >= ANYWHERE_WORDS}
        if beginning in whole or said & anywhere:
            return tag
        if _after(labels.openers[tag], first) is not None or _stands_alone(tag, first, labels):
            return tag
    return None


def _has_letters(part: str) -> bool:
    return any(map(str.isalnum, part))


def _without_fillers(words: Sequence[str], labels: Labels) -> Sequence[str]:
    fillers = {letters(filler) for filler in labels.fillers}
    while words and letters(words[0]) in fillers:
        words = words[1:]
    return words


def _stands_alone(tag: Tag, words: Sequence[str], labels: Labels) -> bool:
    """Whether the words begin with the bare kind, and then with something new."""
    after = _after(labels.kinds[tag], words)
    if after is None:
        return False
    after = _without_fillers(after, labels)
    return _begins(after, labels.followers) and not _begins(after, labels.exceptions[tag])


def _after(labels: Sequence[str], words: Sequence[str]) -> Sequence[str] | None:
    """What comes after the label that the words begin with; None where they begin with none."""
    wanted = {letters(label) for label in labels}
    longest = max(len(label) for label in wanted)
    said = ""
    for index, word in enumerate(words):
        said += letters(word)
        if said in wanted:
            return words[index + 1 :]
        if len(said) >= longest:
            return None
    return None


def _begins(words: Sequence[str], runs: Sequence[str]) -> bool:
    parts = [run.split() for run in runs]
    return any(len(words) >= len(run) and all(map(_is, words, run)) for run in parts)


def _is(said: str, written: str) -> bool:
    said, spelt = letters(said), letters(written)
    if written.startswith("~"):
        return said.endswith(spelt) and said != spelt
    return said.startswith(spelt) if written.endswith("~") else said == spelt
