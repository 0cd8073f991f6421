"""What a person chooses by voice, by name, and what the program remembers of having told them.

In: what was written down of it. Out: the names that mean nothing. Pure.
"""

from collections.abc import Mapping
from typing import Literal, get_args

from voicejournal.hearing.patience import LADDER
from voicejournal.speaking.steps import Quiet, is_finite

PreferenceName = Literal[
    "patience",
    "quiet",
    "offers",
    "before_after",
    "tidy",
    "keep_voice",
    "rate",
    "rest",
    "known_scripts",
    "greeted",
    "protection_told",
    "passphrase_offered",
    "code_told",
]
"""known_scripts: names of scripts heard to their end, between commas. protection_told: how the journal was
protected when a run last began; of one that is not locked, which one it was that this was told of."""

PREFERRED: Mapping[PreferenceName, tuple[str, ...] | Literal["a number", "a text"]] = {
    "patience": LADDER,
    "quiet": get_args(Quiet),
    "offers": ("on", "off"),
    "before_after": ("on", "off"),
    "tidy": ("on", "off"),
    "keep_voice": ("on", "off"),
    "rate": "a number",
    "rest": "a number",
    "known_scripts": "a text",
    "greeted": "a text",
    "protection_told": "a text",
    "passphrase_offered": ("yes",),
    "code_told": ("yes",),
}
"""What of each may be chosen."""


def not_understood(preferred: Mapping[str, object]) -> tuple[str, ...]:
    """Which of the preferences, by name, nothing follows from: a mistake of who wrote it by hand."""
    allowed = dict[str, tuple[str, ...] | str](PREFERRED.items())  # any name may stand in a file
    return tuple(name for name, value in preferred.items() if not _is_preferred(allowed.get(name), value))


def _is_preferred(allowed: tuple[str, ...] | str | None, value: object) -> bool:
    match value:
        case bool():
            return False
        case int() | float() | str() if allowed == "a number":
            return is_finite(str(value))
        case int() | str() if isinstance(allowed, tuple):
            return str(value) in allowed
        case _:
            return allowed == "a text" and isinstance(value, str)
