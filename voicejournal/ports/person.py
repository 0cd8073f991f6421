"""What there is of one person beside what they say: choices, secrets, keys, and who may look on.

In: nothing. Out: a Protocol for each edge of it. Pure.
"""

from collections.abc import Iterable
from datetime import date
from typing import Protocol

from voicejournal.dialogue.care import Care
from voicejournal.dialogue.events import Outcome
from voicejournal.dialogue.guard import Secret
from voicejournal.dialogue.preferences import PreferenceName
from voicejournal.journal.queries import Span
from voicejournal.scene import Scene


class Preferences(Protocol):
    """What this person chose by voice: for `listen` and `ground` alike, and never anything that was said."""

    def get(self, name: PreferenceName) -> str | None:
        """The value, or None when nothing was chosen."""
        ...

    def prefer(self, name: PreferenceName, value: str) -> None:
        """On disk when it returns. Raises: SettingsError; then it holds for this run only."""
        ...


class CareNotes(Protocol):
    """Whom the person may want to call; it needs no journal and no unlocking."""

    def get(self) -> Care:
        """As it was when the run began, or was kept in it. Never raises."""
        ...

    def keep(self, care: Care) -> None:
        """On disk when it returns, in the place of what was there. Raises: SettingsError; then nothing changed."""
        ...


class Secrets(Protocol):
    """Takes a passphrase from the keyboard, unseen; nobody else ever has it."""

    def ask(self, secret: Secret) -> None:
        """What is typed from now on, to Enter, is the secret; Escape gives up."""
        ...

    def poll(self) -> Outcome | None:
        """What came of it; None while it is being typed. Waits about a second while it is tried."""
        ...

    def give_up(self) -> None:
        """Nobody waits for it any more; what was typed of it is forgotten."""
        ...


class View(Protocol):
    """Where a person can see what is going on."""

    def show(self, scene: Scene) -> None:
        """Called at most ten times a second; a scene equal to the last one changes nothing."""
        ...

    def close(self) -> None: ...


class Trace(Protocol):
    """A record of what happened, for measuring and for tests; words only where that was asked for."""

    def note(self, event: str, seconds: float, words: str | None = None, **fields: float | str) -> None:
        """One event at this second of the microphone's clock. Raises: JournalError when it can't be written."""
        ...


class Keys(Protocol):
    """Keys that were pressed."""

    def pressed(self) -> Iterable[str]:
        """Since the last call, as characters: "f", " ", "?"; none of them while a secret is typed."""
        ...

    def close(self) -> None: ...


class Dates(Protocol):
    """Understands words for days."""

    def days(self, words: str, today: date) -> Span | None:
        """The days that these words mean, as words do of what is past; None when they mean none.

        The first call waits about half a second while a library loads; the microphone keeps what is said meanwhile.
        """
        ...
