"""One run, put together from what was chosen.

In: settings. Out: a loop with all its ports, closed again on leaving. Touches: nothing itself; it opens edges.
The microphone opens first, before anything that takes time; all the rest loads while it already records.
"""

import tomllib
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

from voicejournal.absent import NoRecognizer, NoSpeaker, NoView
from voicejournal.catalogue import Kind
from voicejournal.dialogue.language import Language, read_language
from voicejournal.dialogue.state import State
from voicejournal.errors import ModelError, NotFound, ScriptError, SettingsError
from voicejournal.grounding.scripts import Script
from voicejournal.loop import Loop, Ports
from voicejournal.ports import Journal, Microphone, Recognizer, Speaker, View
from voicejournal.replaying import (
    ScriptedMicrophone,
    ScriptedRecognizer,
    ScriptedVoiceActivity,
    SilentVoice,
    SpokenLines,
    read_conversation,
)
from voicejournal.settings import Settings, patience_of
from voicejournal.speaking.steps import Pace

SOUND_SUFFIXES = (".wav", ".flac", ".ogg", ".oga", ".aiff", ".aif")
"""What makes a name a file's, even before the file is there."""

Edge = TypeVar("Edge", bound=Any)


@dataclass(frozen=True)
class Situation:
    """What a run is told about the world it runs in."""

    now: Callable[[], datetime]
    is_interrupted: Callable[[], bool] = lambda: False
    has_terminal: bool = False
    """A person sits at a terminal: there are keys, and a picture to look at."""


def language_of(code: str) -> Language:
    """Everything said and understood in that language. Raises: NotFound, SettingsError."""
    from voicejournal.edges.prompt_files import language_files

    return read_language(language_files(code))


def scripts_of(code: str) -> dict[str, Script]:
    """All grounding scripts of the language, and the person's own. Raises: ScriptError."""
    from voicejournal.edges.prompt_files import script_files
    from voicejournal.edges.speech_markdown import load_script

    return {name: load_script(text, name) for name, text in script_files(code).items()}


def sound_scripts_of(code: str) -> dict[str, Script]:
    """The same without those of the person's own that have a mistake: one must not keep them from journalling."""
    from voicejournal.edges.prompt_files import script_files
    from voicejournal.edges.speech_markdown import load_script

    scripts = {}
    for name, text in script_files(code).items():
        with suppress(ScriptError):
            scripts[name] = load_script(text, name)
    return scripts


def journal_path(chosen: Settings) -> Path:
    """Where the journal is, or will be."""
    from voicejournal.edges.places import journal_path

    return Path(chosen.journal) if chosen.journal else journal_path()


@contextmanager
def listening(chosen: Settings, situation: Situation) -> Iterator[Loop]:
    """The voice loop. Raises: JournalError when anything it needs is not there."""
    from voicejournal.edges.lock import hearing_lock
    from voicejournal.edges.store import Store
    from voicejournal.edges.voice_activity import load_silero

    with ExitStack() as stack:
        microphone, speaker = _sound(chosen, stack)
        load_silero()  # before the recogniser\'s thread loads its own libraries
        stack.enter_context(hearing_lock(journal_path(chosen)))
        language = language_of(chosen.language)
        recognizer = _closed(stack, _recognizer(chosen, language))
        journal = _closed(stack, Store(journal_path(chosen)))
        journal.accept_all(situation.now())
        state = _state(chosen, language, situation, journal)
        yield _loop(chosen, situation, state, (microphone, speaker), recognizer, journal, stack)


@contextmanager
def grounding(chosen: Settings, situation: Situation, scripts: Mapping[str, Script], name: str) -> Iterator[Loop]:
    """One script and nothing else. What is heard meanwhile stays in memory, and goes with it.

    Works with no model (keys still stop it) and with no microphone. Raises: SpeakerError, VoiceError.
    """
    from voicejournal.edges.store import Store
    from voicejournal.edges.voice_activity import load_silero

    with ExitStack() as stack:
        microphone, speaker = _sound(chosen, stack, may_be_deaf=True)
        load_silero()  # before the recogniser\'s thread loads its own libraries
        language = language_of(chosen.language)
        try:
            recognizer: Recognizer = _closed(stack, _recognizer(chosen, language))
        except ModelError:
            recognizer = NoRecognizer()
        journal = _closed(stack, Store(":memory:"))
        state = _state(chosen, language, situation, journal)
        if name not in scripts:
            raise NotFound("script_unknown", known=", ".join(scripts))
        state = replace(state, scripts=scripts, opening_script=name, greets=False)
        yield _loop(chosen, situation, state, (microphone, speaker), recognizer, journal, stack)


def _closed(stack: ExitStack, edge: Edge) -> Edge:
    """The edge, to be closed with the run."""
    stack.callback(edge.close)
    return edge


def is_sound_file(name: str | None) -> bool:
    """Whether a microphone or a speaker of that name is a file."""
    return name is not None and (name.lower().endswith(SOUND_SUFFIXES) or Path(name).is_file())


def _sound(chosen: Settings, stack: ExitStack, may_be_deaf: bool = False) -> tuple[Microphone, Speaker]:
    """Both ends of the sound, the microphone first."""
    is_heard_file = is_sound_file(chosen.microphone)
    for flag, is_asked in (("--fast", chosen.fast), ("--room", chosen.room is not None)):
        if is_asked and not is_heard_file and not may_be_deaf:
            raise SettingsError("fast_needs_file", flag=flag)
    microphone = _closed(stack, open_microphone(chosen, may_be_deaf))
    speaker = _closed(stack, open_speaker(chosen))
    if chosen.room is None:
        return microphone, speaker
    from voicejournal.edges.room import Room

    room = Room(microphone, speaker, Path(chosen.room), chosen.room_level)
    return room, room


def open_microphone(chosen: Settings, may_be_deaf: bool = False) -> Microphone:
    """The chosen microphone or file; silence in its place where a script needs no ear.

    Raises: MicrophoneError.
    """
    if is_sound_file(chosen.microphone):
        from voicejournal.edges.sound_files import FileMicrophone

        return FileMicrophone(Path(chosen.microphone or ""), real_time=not chosen.fast)
    from voicejournal.edges.microphone import DeviceMicrophone
    from voicejournal.errors import MicrophoneError

    if may_be_deaf and (chosen.fast or is_sound_file(chosen.speaker)):
        return _silence(chosen)
    try:
        return DeviceMicrophone(_device(chosen.microphone))
    except MicrophoneError:
        if not may_be_deaf or chosen.microphone is not None:
            raise
        return _silence(chosen)


def _silence(chosen: Settings) -> Microphone:
    from voicejournal.edges.sound_files import SilentMicrophone

    return SilentMicrophone(real_time=not chosen.fast)


def open_speaker(chosen: Settings) -> Speaker:
    """The chosen speaker or file; none where a file is heard and no speaker was asked for. Raises: SpeakerError."""
    if is_sound_file(chosen.speaker):
        from voicejournal.edges.sound_files import FileSpeaker

        return FileSpeaker(Path(chosen.speaker or ""))
    if chosen.speaker is None and (is_sound_file(chosen.microphone) or chosen.fast):
        return NoSpeaker()
    from voicejournal.edges.speaker import DeviceSpeaker

    return DeviceSpeaker(_device(chosen.speaker))


def _device(name: str | None) -> str | int | None:
    return int(name) if name is not None and name.isdigit() else name


def find_model(chosen: Settings, language: Language) -> tuple[Path, Kind]:
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
    return found.path, found.model.kind


def _recognizer(chosen: Settings, language: Language) -> Recognizer:
    path, kind = find_model(chosen, language)
    if kind == "vosk":
        from voicejournal.edges.vosk import VoskRecognizer

        return VoskRecognizer(path, is_proven=chosen.model is None)
    from voicejournal.edges.whisper import WhisperRecognizer

    return WhisperRecognizer(path, language.whisper)


def _state(chosen: Settings, language: Language, situation: Situation, journal: Journal) -> State:
    """What the dialogue begins with: this person's patience and pace, and their last entry."""
    # What an earlier run left unwritten has no words yet; it becomes the last entry when it is recovered.
    newest = (entry for entry in journal.entries(limit=20) if entry.state == "written")
    is_device = not is_sound_file(chosen.microphone)
    return State(
        language=language,
        scripts=sound_scripts_of(chosen.language),
        today=situation.now().date(),
        last=next(newest, None),
        patience=patience_of(chosen, journal.preference("patience")),
        pace=_pace(chosen, journal),
        greets=situation.has_terminal and is_device and journal.preference("greeted") is None,
    )


def _pace(chosen: Settings, journal: Journal) -> Pace:
    rate, rest = journal.preference("rate"), journal.preference("rest")
    return Pace(chosen.rate or float(rate or 1.0), float(rest or 1.0))


def _loop(
    chosen: Settings,
    situation: Situation,
    state: State,
    sound: tuple[Microphone, Speaker],
    recognizer: Recognizer,
    journal: Journal,
    stack: ExitStack,
) -> Loop:
    from voicejournal.edges.keys import open_keys
    from voicejournal.edges.trace_file import NoTrace, TraceFile
    from voicejournal.edges.voice import SpokenVoice
    from voicejournal.edges.voice_activity import SileroVoiceActivity

    trace = NoTrace() if chosen.trace is None else TraceFile(chosen.trace, chosen.trace_words)
    ports = Ports(
        microphone=sound[0],
        speaker=sound[1],
        voice_activity=SileroVoiceActivity,
        recognizer=recognizer,
        voice=SpokenVoice(state.language.voice),
        journal=journal,
        view=_closed(stack, _view(chosen, situation, state.language)),
        keys=_closed(stack, open_keys()),
        trace=_closed(stack, trace),
        now=_clock(chosen, situation),
        is_interrupted=situation.is_interrupted,
    )
    return Loop(ports, state, is_fast=chosen.fast)


def _view(chosen: Settings, situation: Situation, language: Language) -> View:
    if situation.has_terminal and not chosen.plain:
        from voicejournal.edges.view import LiveView

        return LiveView(language.view)
    from voicejournal.edges.plain_view import PlainView

    return PlainView(language.view)


def _clock(chosen: Settings, situation: Situation) -> Callable[[float], datetime]:
    """The time at a second of the microphone's clock; in fast files it runs with the sound."""
    start = situation.now()
    if chosen.fast:
        return lambda seconds: start + timedelta(seconds=seconds)
    return lambda seconds: situation.now()


@contextmanager
def replaying(
    chosen: Settings, start: datetime, path: Path, tell: Callable[[str], None]
) -> Iterator[tuple[Loop, Journal]]:
    """A written conversation through the same loop, with nothing real but the journal.

    The journal is in memory unless one is chosen. Raises: SettingsError when the conversation can't be read.
    """
    from voicejournal.edges.keys import NoKeys
    from voicejournal.edges.store import Store

    try:
        lines = read_conversation("\n".join(text_lines(path)))
    except ValueError as exc:
        raise SettingsError("conversation_unreadable", reason=str(exc)) from exc
    with ExitStack() as stack:
        journal = _closed(stack, Store(chosen.journal or ":memory:"))
        situation = Situation(now=lambda: start)
        state = _state(chosen, language_of(chosen.language), situation, journal)
        ports = Ports(
            microphone=ScriptedMicrophone(lines),
            speaker=NoSpeaker(),
            voice_activity=ScriptedVoiceActivity,
            recognizer=ScriptedRecognizer(lines),
            voice=SilentVoice(),
            journal=journal,
            view=NoView(),
            keys=NoKeys(),
            trace=SpokenLines(tell),
            now=lambda seconds: start + timedelta(seconds=seconds),
            is_interrupted=situation.is_interrupted,
        )
        yield Loop(ports, state, is_fast=True), journal


def text_lines(path: Path) -> list[str]:
    """The lines of a text file. Raises: NotFound, SettingsError."""
    try:
        return path.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError as exc:
        raise NotFound("file_missing", path=str(path)) from exc
    except (OSError, UnicodeDecodeError) as exc:
        raise SettingsError("file_unreadable", path=str(path)) from exc


def script_problems(path: Path, language: str) -> list[str]:
    """What to change in a script before it is spoken, a printed line each. Raises: ScriptError."""
    from voicejournal.edges.prompt_files import language_files
    from voicejournal.grounding.lint import problems, read_manner, told

    manner = read_manner(tomllib.loads(language_files(language)["check.toml"]))
    return [told(problem, manner) for problem in problems(read_script(path), manner)]


def read_script(path: Path) -> Script:
    """A script of the person's own. Raises: ScriptError naming the line."""
    from voicejournal.edges.prompt_files import script_file
    from voicejournal.edges.speech_markdown import load_script

    return load_script(script_file(path), path.stem)


def demo_settings(chosen: Settings) -> Settings:
    """The bundled recording in place of a microphone, files in place of a speaker and of the person's journal."""
    from voicejournal.edges.places import demo_directory

    folder = demo_directory()
    folder.mkdir(parents=True, exist_ok=True)
    recording = Path(__file__).parent / "demo" / f"{chosen.language}.flac"
    return replace(
        chosen,
        microphone=str(recording),
        speaker=str(folder / "answer.wav"),
        journal=str(folder / "journal.sqlite3"),
    )
