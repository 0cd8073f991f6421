"""What a view shows.

In: nothing. Out: `Scene`. Pure.
"""

from dataclasses import dataclass

from voicejournal.hearing.frames import SILENCE_LEVEL
from voicejournal.speaking.told import Told


@dataclass(frozen=True)
class Scene:
    """All that a view shows."""

    status: str
    """A key of the phrases' `view` table: listening, hearing, entry, waiting, thinking, speaking, held…"""
    level: float = SILENCE_LEVEL
    """dBFS of the last frame heard."""
    words: str = ""
    """What is being heard, as far as it is known."""
    said: tuple[Told, ...] = ()
    """Our sentences since there was silence, as far as they have sounded."""
    notice: str = ""
    """What was kept last, in one line."""
    numbers: tuple[str, ...] = ()
    """Whom to call, while it is spoken of."""
    keys: str = "keys_waiting"
    """A key of the same table: the hints about keys that fit."""
