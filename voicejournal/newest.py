"""The newest entry that has its words: what "that" means until another is kept or spoken of.

In: the journal. Out: an entry, or none. Pure but for the journal it is given.
"""

from voicejournal.journal.entries import Entry
from voicejournal.ports.journal import Journal

LOOKED_AT = 20
"""What an earlier run left unwritten has no words yet; more of that than so many entries nobody leaves."""


def newest(journal: Journal) -> Entry | None:
    """What is unwritten becomes the last entry when it is recovered."""
    return next((entry for entry in journal.entries(limit=LOOKED_AT) if entry.state == "written"), None)
