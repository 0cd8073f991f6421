"""What is heard and said, shown.

In: words that are heard, our own sentences as they begin, the state. Out: scenes, for the view it is given.
Touches nothing but that view.
"""

from voicejournal.dialogue.state import State
from voicejournal.ports.person import View
from voicejournal.seeing import scene, told_now
from voicejournal.speaking.told import BrokenOff, Told, left


class Showing:
    """Knows what was heard and said of late."""

    def __init__(self, view: View) -> None:
        self._view = view
        self.words = ""
        """What is being heard, or was heard last."""
        self._told: tuple[Told, ...] = ()
        """Our own sentences that are shown."""

    def begin(self, state: State, text: str, is_first: bool) -> None:
        """One more of our sentences begins to sound; `is_first` after silence."""
        self._told = told_now(state, self._told, text, is_first)

    def leave(self, broken: BrokenOff | None) -> None:
        """A sentence of ours was left in the middle; None when none was."""
        self._told = left(self._told, broken)

    def look(self, state: State, is_voiced: bool, level: float, broken: BrokenOff | None) -> None:
        """Show the scene of this tick; `level` in dBFS is that of the last frame heard."""
        self._view.show(scene(state, is_voiced, level, self.words, left(self._told, broken)))
