"""How long a silence may be before an entry is taken to be over.

In: nothing. Out: the ladder, and steps on it. Pure.
A pause is never the end by itself: after it comes one soft cue, and then as much grace again as anyone needs.
"""

from typing import Literal

Patience = Literal["5", "10", "20", "60", "never"]
"""Seconds of silence until the soft cue."""

LADDER: tuple[Patience, ...] = ("5", "10", "20", "60", "never")
"""R2. Twelve times the lowest at the top, or no limit at all: WCAG 2.2.1 asks for ten (F1.11)."""

USUAL: Patience = "10"
"""R2; a five-second gap in search of a word is ordinary for some (F1.4)."""

GRACE_SECONDS = 20.0
"""R2, F1.11: the least that a person is to have to answer a warning."""


def longer(patience: Patience) -> Patience:
    return LADDER[min(LADDER.index(patience) + 1, len(LADDER) - 1)]


def shorter(patience: Patience) -> Patience:
    return LADDER[max(LADDER.index(patience) - 1, 0)]


def cue_seconds(patience: Patience) -> float | None:
    """Silence until the cue; None when there is none, ever."""
    return None if patience == "never" else float(patience)
