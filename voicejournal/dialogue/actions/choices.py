"""What a person chose or noted for themselves, what they are to type, and the end of the program.

In: nothing. Out: frozen actions. Pure.
"""

from dataclasses import dataclass

from voicejournal.dialogue.care import Care
from voicejournal.dialogue.guard import Secret
from voicejournal.dialogue.preferences import PreferenceName
from voicejournal.journal.helped import Helped


@dataclass(frozen=True)
class KeepCare:
    """Whom to call, from now on."""

    care: Care


@dataclass(frozen=True)
class Prefer:
    """Remember this for the person."""

    name: PreferenceName
    value: str


@dataclass(frozen=True)
class NoteHelped:
    """A private note of how strong it was before and after a script."""

    note: Helped


@dataclass(frozen=True)
class ForgetHelped:
    """All such notes go."""


@dataclass(frozen=True)
class AskSecret:
    """What is typed from now on is a passphrase; `SecretTyped` tells what came of it."""

    secret: Secret


@dataclass(frozen=True)
class Leave:
    """End the program."""


ChoiceAction = KeepCare | Prefer | NoteHelped | ForgetHelped | AskSecret | Leave
