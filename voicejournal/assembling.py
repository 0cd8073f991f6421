"""One run, put together from what was chosen.

In: settings. Out: a loop with all its ports, closed again on leaving. Touches: nothing itself; it opens edges.
The microphone opens first, before anything that takes time; all the rest loads while it already records.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from voicejournal.absent import NoEcho, NoRecognizer, NoSpeaker, NoView
from voicejournal.dialogue.language import Language
from voicejournal.dialogue.state import State
from voicejournal.errors import JournalError, ModelError, NotFound, SettingsError, VoiceError
from voicejournal.finding import SoundScripts, find_model, find_voice, journal_path, language_of, text_lines
from voicejournal.grounding.scripts import Script
from voicejournal.loop import Loop, Ports
from voicejournal.ports import Journal, Microphone, Recognizer, Speaker, View, Voice
from voicejournal.replaying import (
    ScriptedMicrophone,
    ScriptedRecognizer,
    ScriptedVoiceActivity,
    SilentVoice,
    SpokenLines,
    read_conversation,
)
from voicejournal.settings import Settings, patience_of
from voicejournal.sounding import is_sound_file, open_sound
from voicejournal.speaking.playback import Render, spoken_frames
from voicejournal.speaking.sentences import sentences
from voicejournal.speaking.steps import Pace, Words

Edge = TypeVar("Edge", bound=Any)

LONG_WORDS = 10
"""Three of our phrases begin with so many, 5 s of sound each; one is what is said to "help me now". The others
begin with 3.5 s or less, which the natural voice renders in 0.4 s."""


@dataclass(frozen=True)
class Situation:
    """What a run is told about the world it runs in."""

    now: Callable[[], datetime]
    is_interrupted: Callable[[], bool] = lambda: False
    has_terminal: bool = False
    """A person sits at a terminal: there are keys, and a picture to look at."""


@contextmanager
def listening(chosen: Settings, situation: Situation) -> Iterator[Loop]:
    """The voice loop. Raises: JournalError when anything it needs is not there."""
    from voicejournal.edges.lock import hearing_lock
    from voicejournal.edges.store import Store
    from voicejournal.edges.voice_activity import load_silero

    with ExitStack() as stack:
        sound = open_sound(chosen, stack)
        with _errors_spoken(chosen, sound[1]):
            load_silero()  # before the recogniser's thread loads its own libraries
            stack.enter_context(hearing_lock(journal_path(chosen)))
            language = language_of(chosen.language)
            journal = _closed(stack, Store(journal_path(chosen)))
            journal.accept_all(situation.now())
            state = _state(chosen, language, situation, journal)
            # Last: while it loads its libraries, on its own thread, all else takes 0.3 s longer.
            recognizer = _closed(stack, _recognizer(chosen, language))
            voice = _voice(chosen, state, stack)
            loop = _loop(chosen, situation, state, sound, recognizer, voice, journal, stack)
        yield loop


@contextmanager
def grounding(chosen: Settings, situation: Situation, scripts: Mapping[str, Script], name: str) -> Iterator[Loop]:
    """One script and nothing else. What is heard meanwhile stays in memory, and goes with it.

    Works with no model (keys still stop it) and with no microphone. Raises: SpeakerError, VoiceError.
    """
    from voicejournal.edges.store import Store
    from voicejournal.edges.voice_activity import load_silero

    with ExitStack() as stack:
        language = language_of(chosen.language)
        if name not in scripts:
            raise NotFound("script_unknown", known=", ".join(scripts))
        journal = _closed(stack, Store(":memory:"))
        state = _state(chosen, language, situation, journal)
        state = replace(state, scripts=scripts, opening_script=name, greets=False)
        voice = _voice(chosen, state, stack)
        first = next((step for step in scripts[name].steps if isinstance(step, Words)), Words(""))
        sentence = first.text, first.rate * state.pace.rate
        voice.prepare([sentence])  # a slow voice loads and renders it while the rest opens
        sound = open_sound(chosen, stack, may_be_deaf=True)
        load_silero()
        # Before the recogniser, whose thread keeps others from loading: the first word is waited for here.
        voice.render(*sentence)
        try:
            recognizer: Recognizer = _closed(stack, _recognizer(chosen, language))
        except ModelError:
            recognizer = NoRecognizer()
        yield _loop(chosen, situation, state, sound, recognizer, voice, journal, stack)


@contextmanager
def _errors_spoken(chosen: Settings, speaker: Speaker) -> Iterator[None]:
    """What keeps a run from beginning is told aloud as well: the person may have their eyes closed."""
    from voicejournal.edges.voice import SpokenVoice

    try:
        yield
    except JournalError as error:
        with suppress(JournalError):
            language = language_of(chosen.language)
            for frame in spoken_frames(language.aloud(error), SpokenVoice(language.voice).render):
                speaker.play(frame)
        raise


def _closed(stack: ExitStack, edge: Edge) -> Edge:
    """The edge, to be closed with the run."""
    stack.callback(edge.close)
    return edge


def _recognizer(chosen: Settings, language: Language) -> Recognizer:
    path, kind = find_model(chosen, language)
    if kind == "vosk":
        from voicejournal.edges.vosk import VoskRecognizer

        return VoskRecognizer(path, is_proven=chosen.model is None)
    from voicejournal.edges.whisper import WhisperRecognizer

    return WhisperRecognizer(path, language.whisper)


def _voice(chosen: Settings, state: State, stack: ExitStack) -> Voice:
    """The natural voice where one is installed and whole; else the system's, and `doctor` says why."""
    from voicejournal.edges.voice import SpokenVoice

    language = state.language
    folder = None
    with suppress(VoiceError, ModelError):
        folder = find_voice(chosen, language)
    if folder is None:
        return SpokenVoice(language.voice)
    from voicejournal.edges.ahead import Ahead

    late = [(words, state.pace.rate) for words in _long_beginnings(language)]
    return _closed(stack, Ahead(partial(_natural, folder, language), late))


def _long_beginnings(language: Language) -> list[str]:
    """First sentences of ours that a slow voice would begin late if it had not rendered them before."""
    beginnings = [first for text in language.said.values() for first in sentences(text)[:1]]
    return [words for words in beginnings if len(words.split()) >= LONG_WORDS and "{" not in words]


def _natural(folder: Path, language: Language) -> Render:
    """In the thread that renders: the system's voice speaks there too when the other can't be loaded."""
    from voicejournal.edges.natural_voice import NaturalVoice
    from voicejournal.edges.voice import SpokenVoice

    try:
        return NaturalVoice(folder).render
    except VoiceError:
        return SpokenVoice(language.voice).render


def _state(chosen: Settings, language: Language, situation: Situation, journal: Journal) -> State:
    """What the dialogue begins with: this person's patience and pace, and their last entry."""
    # What an earlier run left unwritten has no words yet; it becomes the last entry when it is recovered.
    newest = (entry for entry in journal.entries(limit=20) if entry.state == "written")
    is_device = not is_sound_file(chosen.microphone)
    return State(
        language=language,
        scripts=SoundScripts(chosen.language),
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
    voice: Voice,
    journal: Journal,
    stack: ExitStack,
) -> Loop:
    from voicejournal.edges.echo import KalmanCanceller
    from voicejournal.edges.keys import open_keys
    from voicejournal.edges.trace_file import NoTrace, TraceFile
    from voicejournal.edges.voice_activity import SileroVoiceActivity

    trace = NoTrace() if chosen.trace is None else TraceFile(chosen.trace, chosen.trace_words)
    ports = Ports(
        microphone=sound[0],
        speaker=sound[1],
        canceller=KalmanCanceller(),
        voice_activity=SileroVoiceActivity,
        recognizer=recognizer,
        voice=voice,
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
            canceller=NoEcho(),
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
