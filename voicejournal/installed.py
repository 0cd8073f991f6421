"""Which of the installed models hears, and which speaks.

In: settings, a language. Out: paths. Touches: nothing itself; it opens edges that read files.
"""

from pathlib import Path

from voicejournal.catalogue import RecognizerKind
from voicejournal.dialogue.language import Language
from voicejournal.errors import ModelError, VoiceError
from voicejournal.settings import Settings


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
