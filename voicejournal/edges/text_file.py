"""A text file that a person names.

In: a path. Out: its lines. Touches: that file, reading.
"""

from pathlib import Path

from voicejournal.errors import NotFound, SettingsError


def text_lines(path: Path) -> list[str]:
    """The lines of a text file. Raises: NotFound, SettingsError."""
    try:
        return path.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError as exc:
        raise NotFound("file_missing", path=str(path)) from exc
    except (OSError, UnicodeDecodeError) as exc:
        raise SettingsError("file_unreadable", path=str(path)) from exc
