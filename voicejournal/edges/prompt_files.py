"""Finds what is said and understood, and reads it.

In: a language's code. Out: the texts of its files, the paths of its grounding scripts. Touches: files, reading.
What is not there is never made.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from voicejournal.errors import NotFound, ScriptError

PACKAGE = Path(__file__).resolve().parent.parent


def prompts_folder() -> Path:
    """Where the prompts are: inside the installed package, else in the checkout around it."""
    installed = PACKAGE / "prompts"
    return installed if installed.is_dir() else PACKAGE.parent / "prompts"


def languages(folder: Path | None = None) -> list[str]:
    """Codes of the languages that can be spoken, in order."""
    return sorted(path.parent.name for path in (folder or prompts_folder()).glob("*/language.toml"))


def language_files(code: str, folder: Path | None = None) -> dict[str, str]:
    """Text of each file of the language but its scripts, by its name inside the language's folder.

    Raises: NotFound for an unknown language.
    """
    home = _home(code, folder)
    paths = sorted(path for path in home.rglob("*") if path.suffix in (".toml", ".tsv"))
    return {path.relative_to(home).as_posix(): path.read_text(encoding="utf-8") for path in paths}


def shipped_scripts(code: str, folder: Path | None = None) -> Path:
    """Where our own grounding scripts of the language are. Raises: NotFound for an unknown language."""
    return _home(code, folder) / "grounding"


def script_paths(folder: Path) -> dict[str, Path]:
    """The grounding scripts in a folder, by name; a folder that is not there holds none."""
    return {path.stem: path for path in sorted(folder.glob("*.md"))}


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
