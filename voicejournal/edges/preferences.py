"""What this person chose by voice: patience, pace and the like, for every program that speaks to them.

In: names and values. Out: the same, at the next start. Touches: one file beside the journal, mode 0600.
Invariant: nothing that was said is ever in it, and no damage to it keeps anything from starting. What could not be
read is never written over without a copy.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from voicejournal.dialogue.preferences import PreferenceName, not_understood
from voicejournal.edges import private_file
from voicejournal.errors import JournalError, SettingsError

HEADING = "What you chose by voice. Nothing that you said is in here."


class FilePreferences:
    """The `Preferences` port on a file."""

    def __init__(self, path: Path) -> None:
        """Reads the file; one that can't be read is set aside, and `trouble` says so."""
        self._path = path
        self.trouble: JournalError | None = None
        """What is to be told about the file, once there is a moment for it."""
        self._is_mistaken = False
        """Something in the file was passed over, and there is no copy of it yet."""
        try:
            there = private_file.read(path)
            self._chosen = _texts(there)
            if wrong := not_understood(there):
                self._is_mistaken = True
                self.trouble = SettingsError("preferences_mistaken", names=", ".join(wrong), path=str(path))
        except (OSError, ValueError):
            self._chosen = {}
            aside = private_file.set_aside(path)
            self.trouble = SettingsError("preferences_damaged", path=str(aside))

    def get(self, name: PreferenceName) -> str | None:
        return self._chosen.get(name)

    def prefer(self, name: PreferenceName, value: str) -> None:
        self._chosen[name] = value
        self._change({name: value})

    def take_over(self, older: Mapping[str, str]) -> None:
        """What an older version kept inside the journal, as far as nothing newer is here. Raises: SettingsError."""
        missing = {name: value for name, value in older.items() if name not in self._chosen}
        if missing:
            self._chosen |= missing
            self._change(missing)

    def _change(self, chosen: Mapping[str, str]) -> None:
        try:
            if self._is_mistaken:
                private_file.copy_aside(self._path)
                self._is_mistaken = False
            private_file.change(self._path, HEADING, lambda there: {**_texts(there), **chosen})
        except (OSError, ValueError) as exc:
            raise SettingsError("preference_not_kept", path=str(self._path)) from exc


def preferred(journal: Path, name: PreferenceName) -> str | None:
    """What was chosen for this journal, only to look at it: a file that can't be read is left as it is."""
    try:
        return _texts(private_file.read(preferences_path(journal))).get(name)
    except (OSError, ValueError):
        return None


def preferences_path(journal: Path) -> Path:
    """Beside the journal and named after it."""
    return journal.with_name(f"{journal.stem}.preferences.toml")


def _texts(there: Mapping[str, Any]) -> dict[str, str]:
    """Values that are no text were written by a hand; a number is taken as it reads."""
    return {name: str(value) for name, value in there.items() if isinstance(value, str | int | float)}
