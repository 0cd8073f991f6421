"""The grounding scripts there are, one by its name or its file, and what is wrong with one.

In: a language's code, names, paths. Out: scripts, and lines to print.
Touches: whether files are there; it opens edges that read them.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from voicejournal.dialogue.language import obeyed
from voicejournal.errors import NotFound, ScriptError
from voicejournal.grounding.scripts import Script
from voicejournal.languages import language_of


@dataclass(frozen=True)
class Shelf:
    """The grounding scripts there are: ours, and the person's own, before ours of the same name."""

    scripts: Mapping[str, Script]
    own: Mapping[str, Path]
    """Files of the person's own, by name."""
    broken: Mapping[str, ScriptError]
    """What is wrong with those that can't be read, by name; one of ours of the same name is on the shelf still."""


def shelf_of(code: str) -> Shelf:
    """Every script that can be read; one with a mistake never keeps the others from being heard."""
    from voicejournal.edges.places import scripts_folder
    from voicejournal.edges.prompt_files import script_paths, shipped_scripts

    own = script_paths(scripts_folder())
    scripts: dict[str, Script] = {}
    broken: dict[str, ScriptError] = {}
    for name, path in (*script_paths(shipped_scripts(code)).items(), *own.items()):
        try:
            scripts[name] = read_script(path)
        except ScriptError as error:
            broken[name] = error
    return Shelf(scripts, own, broken)


def our_scripts(code: str) -> list[Script]:
    """Those that came with the program, whatever else is on the shelf. Raises: ScriptError."""
    from voicejournal.edges.prompt_files import script_paths, shipped_scripts

    return [read_script(path) for path in script_paths(shipped_scripts(code)).values()]


def script_problems(name: str, code: str) -> list[str]:
    """What to change in a script before it is spoken, a printed line each; a file comes before a script's name.

    Raises: ScriptError, NotFound.
    """
    from voicejournal.grounding.lint import problems, told

    language, path = language_of(code), Path(name)
    script = read_script(path) if os.path.isfile(path) else _named_or_missing(name, path, shelf_of(code))
    return [told(problem, language.manner) for problem in problems(script, language.manner, obeyed(language))]


def _named_or_missing(name: str, path: Path, shelf: Shelf) -> Script:
    """By its name; what looks like a file and is none is looked for as one, and told as one. Raises as it does."""
    return read_script(path) if path.suffix or path.parent != Path() else named_script(name, shelf)


def named_script(name: str, shelf: Shelf) -> Script:
    """The script of this name, or of this file. Raises: ScriptError, NotFound."""
    if name in shelf.scripts:
        return shelf.scripts[name]
    if name in shelf.broken:
        raise shelf.broken[name]
    if os.path.isfile(name):
        return read_script(Path(name))
    raise NotFound("script_unknown", known=", ".join(shelf.scripts))


def read_script(path: Path) -> Script:
    """The script of this file. Raises: ScriptError naming file and line."""
    from voicejournal.edges.prompt_files import script_file
    from voicejournal.edges.speech_markdown import load_script

    return load_script(script_file(path), path.stem, str(path))
