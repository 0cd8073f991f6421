"""How an activity declares what it obeys: its commands, and what follows from the answers to its questions.

In: functions of the activity. Out: tables, one beside the code of each activity. Pure.
All else about a command follows from its declaration and its words in `prompts/`: nothing is listed twice.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from voicejournal.dialogue.actions import Actions
from voicejournal.dialogue.activity import Asking, Place, Question
from voicejournal.dialogue.misheard import Cost
from voicejournal.dialogue.state import State

Response = tuple[State, Actions]
"""To an event: what is so from now on, and what is done."""

HELD: tuple[Place, ...] = ("held", "interrupted")
"""Where what they hear waits, and may do so for good."""

BESIDE: tuple[Place, ...] = ("speaking", *HELD)
"""Where something goes on that a word about something else does not end."""

NOTHING_BEGINS: tuple[Place, ...] = ("speaking", "interrupted")
"""Where words that are no command begin no entry: they may be somebody else's, or our own."""


@dataclass(frozen=True)
class Command:
    """What is done when it is said, and where it counts."""

    obey: Callable[[State], Response]
    also_in: tuple[Place, ...] = ()
    """Where it acts beside waiting; there every command does."""
    has_key_in_entry: bool = False
    """Its key acts in an entry, where its words stay the person's own: a key is never a part of what is said."""
    is_heard_over_voice: bool = False
    """Obeyed even while the program may be hearing itself (R8)."""
    is_about_reading: bool = False
    """It acts while an entry is heard as well, and not in a script."""
    is_beside_voice: bool = False
    """It acts over a script or an entry that is read as well, which go on after its answer."""
    opens_journal: bool = False
    """What it asks for lies in the journal, which may be locked."""
    is_about_that: bool = False
    """It is about what was said last: while that waits for its words, the entry before it is not meant."""
    is_hinted: bool = True
    """A recogniser is told to listen for it."""
    wrong_costs: Cost = "nothing"
    """What it costs the person when it is obeyed, or not obeyed, wrongly."""
    stays_when_unsure: bool = True
    """In an entry it is obeyed and yet stays in the text, where its words may have been others."""


Commands = Mapping[str, Command]
"""By name, as in `prompts/<language>/commands.toml`."""

Answers = Mapping[Question, Mapping[str, Callable[[State, Asking], Response]]]
"""What follows, by question and by answer; "silence" where silence brings more than the end of the question."""
