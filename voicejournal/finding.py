"""What a run was told to use, found: its words, its scripts, its model, its journal, its text files.

In: settings, names, paths. Out: what they stand for. Touches: nothing itself; it opens edges that read files.
"""

import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from voicejournal.absent import FleetingPreferences
from voicejournal.catalogue import RecognizerKind
from voicejournal.dialogue.activities import NAMES
from voicejournal.dialogue.language import Language, obeyed, read_language
from voicejournal.errors import JournalError, ModelError, NotFound, ScriptError, SettingsError, VoiceError
from voicejournal.grounding.scripts import Script
from voicejournal.ports.person import CareNotes, Dates, Preferences
from voicejournal.preferring import tidy_of
from voicejournal.settings import Settings


def language_of(code: str) -> Language:
    """Everything said and understood in that language. Raises: NotFound, SettingsError."""
    from voicejournal.edges.prompt_files import language_files

    return read_language(language_files(code), NAMES)


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


def dates_of(chosen: Settings, language: Language) -> Dates:
    """Who knows what "last week" is, in this language and where this person lives."""
    from voicejournal.edges.customs import customs_of
    from voicejournal.edges.dates import SpokenDates

    return SpokenDates(language.dates, lambda: customs_of(chosen.locale))


def journal_path(chosen: Settings) -> Path:
    """Where the journal is, or will be."""
    from voicejournal.edges.places import journal_path

    return Path(chosen.journal) if chosen.journal else journal_path()


def preferences_of(chosen: Settings, older: Mapping[str, str]) -> tuple[Preferences, JournalError | None]:
    """What this person chose by voice, also as an older journal holds it; and what is to be told about that."""
    from voicejournal.edges.lock import MEMORY
    from voicejournal.edges.preferences import FilePreferences, preferences_path

    if chosen.journal == MEMORY:
        return FleetingPreferences(), None
    preferences = FilePreferences(preferences_path(journal_path(chosen)))
    with suppress(SettingsError):  # they hold for this run, and the next start tries once more
        preferences.take_over(older)
    return preferences, preferences.trouble


def care_notes() -> tuple[CareNotes, JournalError | None]:
    """Whom this person may want to call; and what is to be told about that."""
    from voicejournal.edges.care_file import CareFile
    from voicejournal.edges.places import care_path

    care = CareFile(care_path())
    return care, care.trouble


def is_tidy(chosen: Settings) -> bool:
    """Whether entries are to be shown tidied, as was chosen in the settings or by voice."""
    from voicejournal.edges.preferences import preferred

    return tidy_of(chosen, preferred(journal_path(chosen), "tidy"))


def text_lines(path: Path) -> list[str]:
    """The lines of a text file. Raises: NotFound, SettingsError."""
    try:
        return path.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError as exc:
        raise NotFound("file_missing", path=str(path)) from exc
    except (OSError, UnicodeDecodeError) as exc:
        raise SettingsError("file_unreadable", path=str(path)) from exc


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


def find_model(chosen: Settings, language: Language) -> tuple[Path, RecognizerKind]:
    """Vosk where a Vosk model of the language is installed, else Whisper; or as chosen. No byte of it has changed.

    Raises: ModelError.
    """
    from voicejournal.edges import model_directory
    from voicejournal.edges.places import models_directory

    if chosen.model is not None:
        path, kind = Path(chosen.model), model_directory.kind_of(Path(chosen.model))
        if chosen.recognizer not in ("auto", kind):
            raise ModelError("model_other_kind", wanted=chosen.recognizer, kind=kind)
        return path, kind
    wanted = None if chosen.recognizer == "auto" else chosen.recognizer
    catalogue = model_directory.read_catalogue()
    found = model_directory.find(catalogue, models_directory(), language.code, wanted)
    model_directory.verify(found)
    return found.path, model_directory.kind_of(found.path)


def find_voice(chosen: Settings, language: Language) -> Path | None:
    """The folder of the language's natural voice, no byte of it changed; None where the system's voice is to speak.

    Raises: VoiceError, ModelError when there is to be a natural one and it can't be used.
    """
    from voicejournal.edges import model_directory
    from voicejournal.edges.natural_voice import ENGINE, is_engine_here
    from voicejournal.edges.places import models_directory

    catalogue = model_directory.read_catalogue()
    names = [one.name for one in catalogue.models if one.kind == "piper" and one.language == language.code]
    if chosen.voice == "system" or not names:
        return None
    there = [one for one in model_directory.installed(catalogue, models_directory()) if one.model.name in names]
    if not there:
        if chosen.voice == "natural":
            raise VoiceError("natural_missing", model=names[0])
        return None
    model_directory.verify(there[0])
    if not is_engine_here():
        raise VoiceError("natural_engine_missing", engine=ENGINE)
    return there[0].path
