"""Finds what is said and understood, and reads it.

In: a language's code. Out: the texts of its files and of its grounding scripts. Touches: files, reading.
A person's own grounding scripts stand beside ours; one of the same name is taken instead of ours.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from voicejournal.errors import NotFound, ScriptError

PACKAGE = Path(__file__).resolve().parent.parent


def prompts_folder() -> Path:
    """Where the prompts are: inside the installed package, else in the checkout around it."""
    installed = PACKAGE / "prompts"
    return installed if installed.is_dir() else PACKAGE.parent / "prompts"


def own_folder() -> Path:
    """Where a person keeps scripts of their own: `~/.config/voicejournal/grounding`."""
    settings = os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config"
    return Path(settings) / "voicejournal" / "grounding"


def languages(folder: Path | None = None) -> list[str]:
    """Codes of the languages that can be spoken, in order."""
    return sorted(path.parent.name for path in (folder or prompts_folder()).glob("*/language.toml"))


def language_files(code: str, folder: Path | None = None) -> dict[str, str]:
    """Text of each TOML file of the language, by its name inside the language's folder.

    Raises: NotFound for an unknown language.
    """
    home = _home(code, folder)
    return {
        path.relative_to(home).as_posix(): path.read_text(encoding="utf-8") for path in sorted(home.rglob("*.toml"))
    }


def script_files(code: str, folder: Path | None = None, own: Path | None = None) -> dict[str, str]:
    """Text of each grounding script of the language and of the person's own, by name.

    Raises: NotFound for an unknown language, ScriptError for a file that can't be read.
    """
    homes = (_home(code, folder) / "grounding", own or own_folder())
    return {path.stem: script_file(path) for home in homes for path in sorted(home.glob("*.md"))}


def script_file(path: Path) -> str:
    """Text of one script file. Raises: ScriptError."""
    with _translated(path):
        return path.read_text(encoding="utf-8")


def _home(code: str, folder: Path | None) -> Path:
    known = languages(folder)
    if code not in known:
        raise NotFound("language_unknown", known=", ".join(known))
    return (folder or prompts_folder()) / code


@contextmanager
def _translated(path: Path) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError as exc:
        raise ScriptError("script_missing", path=str(path)) from exc
    except UnicodeDecodeError as exc:
        raise ScriptError("script_not_text", path=str(path)) from exc
    except OSError as exc:
        raise ScriptError("script_unreadable", path=str(path), reason=str(exc.strerror)) from exc
