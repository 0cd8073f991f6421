"""What helped this person, by their own word.

In: private notes of how strong it was before and after a script. Out: scripts, most helpful first. Pure.
There is no score: the order is all that ever comes of it.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Helped:
    """One script, heard to its end, between two answers from none (0) to ten."""

    script: str
    before: int
    after: int


def in_order(notes: Sequence[Helped]) -> tuple[str, ...]:
    """Scripts after which it was less, on the whole: the most helpful first, the latest first among equals."""
    eased: defaultdict[str, list[int]] = defaultdict(list)
    for note in reversed(notes):
        eased[note.script].append(note.before - note.after)
    means = {script: sum(each) / len(each) for script, each in eased.items()}
    return tuple(sorted((script for script in means if means[script] > 0), key=lambda script: -means[script]))
