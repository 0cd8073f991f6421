"""What was done to entries that were kept already, in order, so that it can be undone and done again.

In: entries and stretches as they were before, and as they are after. Out: `Deed`, `History`. Pure.
Undoing a deed puts back exactly what was there before it. A deletion is remembered by its id alone.
"""

from dataclasses import dataclass, replace

from voicejournal.hearing.transcripts import KeptStretch
from voicejournal.journal.entries import Entry


@dataclass(frozen=True)
class Retagged:
    """Its kind was changed, or told when it was asked."""

    before: Entry
    after: Entry


@dataclass(frozen=True)
class Reworded:
    """One stretch of it was taken out, or the words of it were repaired; nobody's words but the person's own."""

    entry: Entry
    before: KeptStretch
    after: KeptStretch
    """Begins where `before` begins, and stands in its place."""


@dataclass(frozen=True)
class Added:
    """What was said later became the end of it."""

    before: Entry
    """Without the part."""
    part: Entry
    """As an entry of its own."""
    after: Entry


@dataclass(frozen=True)
class Marked:
    """It was marked for the therapist."""

    entry: Entry


@dataclass(frozen=True)
class Deleted:
    """Gone: it keeps its place in the order, so that "undo" does not reach past it unnoticed."""

    entry_id: str


Deed = Retagged | Reworded | Added | Marked | Deleted


@dataclass(frozen=True)
class History:
    """The deeds of this run."""

    done: tuple[Deed, ...] = ()
    """Oldest first; "undo" takes the last."""
    undone: tuple[Deed, ...] = ()
    """In the order in which they were undone; the last can be done again."""

    def with_done(self, *deeds: Deed) -> "History":
        """Something new was done: what was undone before it is done with."""
        return History((*self.done, *deeds)) if deeds else self

    def after_undo(self) -> "History":
        """The last deed is undone; a deletion, which can't be, is only passed."""
        *done, deed = self.done
        undone = self.undone if isinstance(deed, Deleted) else (*self.undone, deed)
        return History(tuple(done), undone)

    def after_redo(self) -> "History":
        """What was undone last is done again."""
        *undone, deed = self.undone
        return History((*self.done, deed), tuple(undone))

    def with_last_undone(self, deed: Deed) -> "History":
        """The deed that was undone last, as it is known now."""
        return replace(self, undone=(*self.undone[:-1], deed))

    def without(self, entry_id: str) -> "History":
        """An entry was deleted: nothing of it is remembered but that."""
        kept = tuple(deed for deed in self.done if entry_id not in _entries_of(deed))
        return History((*kept, Deleted(entry_id)))


def _entries_of(deed: Deed) -> tuple[str, ...]:
    match deed:
        case Retagged(before=entry) | Reworded(entry=entry) | Marked(entry=entry):
            return (entry.id,)
        case Added(before=entry, part=part):
            return (entry.id, part.id)
        case Deleted(entry_id=entry_id):
            return (entry_id,)
