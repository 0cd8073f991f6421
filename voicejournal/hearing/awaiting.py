"""What a recogniser is told of a stretch before it answers: what may have been said, and how closely to listen.

In: nothing. Out: `Awaited`. Pure.
"""

from dataclasses import dataclass
from typing import Literal

Effort = Literal["whole", "brief", "nearest"]
"""How hard a recogniser tries: for every word; for a phrase, or one spelt much alike; or for every phrase."""


@dataclass(frozen=True)
class Awaited:
    """What may be said at a moment."""

    hints: tuple[str, ...] = ()
    """Phrases that may be said, of which the recogniser is told."""
    unhinted: tuple[str, ...] = ()
    """Phrases that may be said too, of which it is not told: hints bend what is heard."""
    effort: Effort = "whole"
    """Of what is not heard while it is spoken."""
    obeyed: frozenset[str] = frozenset()
    """The letters of wordings that are obeyed as they are written; they need not be all. Where there are any, what
    is written as something else is heard again, for one of the hints among them."""
    longest_ticks: int | None = None
    """How long a stretch may be that is judged by its words; None is as long as a command."""


ANYTHING = Awaited()
"""Whatever the person says."""
