"""Whom to call, in a file of its own: no journal and no unlocking stands before it.

In: `Care`. Out: the same. Touches: `care.toml` in the settings folder, mode 0600.
Invariant: reading never raises, so that "help me now" always has an answer.
"""

from pathlib import Path

from voicejournal.dialogue.care import Care, care_of, not_understood, tables_of
from voicejournal.edges import private_file
from voicejournal.errors import JournalError, SettingsError

HEADING = "Whom you may want to call. Set it with: voicejournal care"


class CareFile:
    """The `CareNotes` port on a file."""

    def __init__(self, path: Path) -> None:
        """Reads the file; one that can't be read is set aside, and `trouble` says so."""
        self._path = path
        self.trouble: JournalError | None = None
        """What is to be told about the file, once there is a moment for it."""
        try:
            tables = private_file.read(path)
            self._care = care_of(tables)
            if wrong := not_understood(tables):
                self.trouble = SettingsError("care_mistaken", names=", ".join(wrong), path=str(path))
        except (OSError, ValueError):
            self._care = Care()
            self.trouble = SettingsError("care_damaged", path=str(private_file.set_aside(path)))

    def get(self) -> Care:
        return self._care

    def keep(self, care: Care) -> None:
        """Where nothing is left to keep, nothing of it stays on the disk."""
        try:
            if care.lines:
                private_file.change(self._path, HEADING, lambda there: tables_of(care))
            else:
                self._path.unlink(missing_ok=True)
        except (OSError, ValueError) as exc:
            raise SettingsError("care_not_kept", path=str(self._path)) from exc
        self._care = care
