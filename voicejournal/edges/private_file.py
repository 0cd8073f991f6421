"""A small file of one person's choices: names and texts, whole or not there at all.

In: tables of texts. Out: the same, later. Touches: one TOML file of mode 0600, and a lock beside it.
Invariant: whoever reads finds the last whole file; two programs that change it at once both have their way.
"""

import json
import os
import tempfile
import tomllib
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from voicejournal.edges import disk
from voicejournal.edges.lock import changing_lock
from voicejournal.journal.plain_text import one_line

Tables = Mapping[str, str | Mapping[str, str]]
"""Texts by name, at the top or in one table each."""

DELETE = "\x7f"
"""The one control character that JSON leaves as it is and TOML forbids; `one_line` takes out all others."""


def read(path: Path) -> dict[str, Any]:
    """What the file holds; nothing where there is none. Raises: OSError, ValueError when it is damaged."""
    try:
        return tomllib.loads(disk.read(path).decode("utf-8"))
    except FileNotFoundError:
        return {}
    except RecursionError as exc:
        raise ValueError("too many brackets within brackets") from exc


def change(path: Path, heading: str, changed: Callable[[dict[str, Any]], Tables]) -> None:
    """Read, change and replace, while no other program does. Raises: OSError, ValueError when it is damaged."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with changing_lock(path):
        put(path, _written(heading, changed(read(path))))


def set_aside(path: Path) -> Path:
    """Move a damaged file out of the way, keeping it; where it is now. One set aside before makes room."""
    aside = _aside(path)
    with suppress(OSError):  # a folder that allows no move allows no writing either, and that is told
        os.replace(path, aside)
    return aside


def copy_aside(path: Path) -> None:
    """Copy a file that has a mistake before it is written over, in place of an earlier copy. Raises: OSError."""
    with suppress(FileNotFoundError):
        put(_aside(path), path.read_text(encoding="utf-8"))


def _aside(path: Path) -> Path:
    return path.with_name(path.name + ".damaged")


def _written(heading: str, tables: Tables) -> str:
    plain = {name: value for name, value in tables.items() if isinstance(value, str)}
    lines = [f"# {heading}", *_lines(plain)]
    for name, table in tables.items():
        if not isinstance(table, str):
            lines += ["", f"[{_quoted(name)}]", *_lines(table)]
    return "\n".join(lines) + "\n"


def _lines(texts: Mapping[str, str]) -> list[str]:
    return [f"{_quoted(name)} = {_quoted(text)}" for name, text in sorted(texts.items())]


def _quoted(text: str) -> str:
    """A JSON string on one line is a TOML string too."""
    return json.dumps(one_line(text).replace(DELETE, " "), ensure_ascii=False)


def put(path: Path, text: str) -> None:
    """The new text under another name, on the disk, then under its own: whole or not at all. Raises: OSError."""
    number, name = tempfile.mkstemp(dir=path.parent, prefix=path.name)  # mode 0600
    try:
        with os.fdopen(number, "w", encoding="utf-8") as file:
            file.write(text)
            disk.keep(file)
        os.replace(name, path)
    except OSError:
        with suppress(OSError):
            os.unlink(name)
        raise
