"""Who may look: what protects the journal, and whether it is open just now.

In: nothing. Out: `Guard`. Pure.
"""

from dataclasses import dataclass
from typing import Literal

from voicejournal.journal.protection import Protection

Watch = Literal["open", "locked", "hidden"]
"""open: everything can be heard and seen again. locked: what is said is kept, and nothing of before can be had.
hidden: a neutral screen, and nothing is kept; only "help me now" and the way back are heard."""

Secret = Literal["opens", "new"]
"""What is typed unseen: the passphrase that opens the journal, or a new one for it, twice."""


@dataclass(frozen=True)
class Guard:
    """A part of the state."""

    protection: Protection = "nothing"
    watch: Watch = "open"
    idle_ticks: int | None = None
    """After so long with nobody there it locks by itself, where a passphrase was chosen; None means never."""
    quiet_since_tick: int | None = None
    """Since when it is quiet, if something follows from that."""
    quiet_tick: int | None = None
    """When it will have been quiet for long enough to lock, or to offer that, if nothing happens before."""
    typing: Secret | None = None
    offers: Literal["passphrase", "code"] | None = None
    """At the first quiet moment after an entry, once: a passphrase if it is not locked, else word of the code."""
    then: Watch | None = None
    """How it goes on when this run is over; None when the program ends."""
