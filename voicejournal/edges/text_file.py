"""A text file that a person names.

In: a path. Out: its lines. Touches: that file, reading.
"""

from pathlib import Path

from voicejournal.errors import NotFound, SettingsError


def text_lines(path: Path) -> list[str]:
    """The lines of a text file, as a terminal would hand them in. Raises: NotFound, SettingsError."""
    try:
        with path.open(encoding="utf-8") as lines:
            return [line.removesuffix("\n") for line in lines]
    except FileNotFoundError as exc:
        raise NotFound("file_missing", path=str(path)) from exc
    except (OSError, UnicodeDecodeError) as exc:
        raise SettingsError("file_unreadable", path=str(path)) from exc
