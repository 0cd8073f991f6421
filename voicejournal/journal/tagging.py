"""What kind of entry this is: told by the person, or guessed from their words.

In: the words of an entry as a recogniser or a keyboard wrote them. Out: a tag, or `Guess` with its reason. Pure.
When nothing is clear there is no tag: an untagged entry is complete, a wrong tag breaks trust.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from voicejournal.journal.entries import TAGS, Tag


@dataclass(frozen=True)
class Cues:
    """Placeholder."""


NO_CUES = Cues()


def read_labels(table: Mapping[str, Any]) -> dict[Tag, tuple[str, ...]]:
    """What a person says to name each kind, from `tags/labels.toml`."""
    return {tag: tuple(table["labels"][tag]) for tag in TAGS}


def read_cues(table: Mapping[str, Any]) -> Cues:
    return Cues()
