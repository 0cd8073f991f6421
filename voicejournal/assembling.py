"""One run, put together from what was chosen.

In: settings. Out: a loop with all its ports, closed again on leaving. Touches: nothing itself; it opens edges.
The microphone opens first, before anything that takes time; all the rest loads while it already records.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol, TypeVar

from voicejournal.absent import NoEntries, NoRecognizer, NoTrace
from voicejournal.aloud import errors_spoken, failures_spoken
from voicejournal.beginning import Kept, Situation, first_state
from voicejournal.dialogue.language import Language
from voicejournal.door import Door, TypedSecrets
from voicejournal.errors import JournalError, ModelError
from voicejournal.grounding.scripts import Script
from voicejournal.hearing.recognizing import Recognizer
from voicejournal.installed import find_model
from voicejournal.languages import dates_of, language_of
from voicejournal.loop import Loop
from voicejournal.ports.person import Keys, Trace, View
from voicejournal.ports.sound import Microphone, Speaker, Voice
from voicejournal.remembering import care_notes, preferences_of
from voicejournal.runs import Runs, Start
from voicejournal.settings import Settings
from voicejournal.shelf import shelf_of
from voicejournal.sounding import open_sound
from voicejournal.speaking.routes import words_ahead
from voicejournal.speaking.steps import Words
from voicejournal.voicing import voice_of
from voicejournal.world import Ports


class Closes(Protocol):
    """What has to be closed when a run ends."""

    def close(self) -> None: ...


Edge = TypeVar("Edge", bound=Closes)


@contextmanager
def listening(chosen: Settings, situation: Situation, mistakes: Sequence[JournalError] = ()) -> Iterator[Runs]:
    """The voice loop; the first of the `mistakes` in what was chosen is told. Raises: JournalError."""
    from voicejournal.edges.keys import open_keys
    from voicejournal.edges.lock import hearing_lock
    from voicejournal.edges.places import journal_path
    from voicejournal.edges.voice_activity import load_silero

    with ExitStack() as stack:
        sound = open_sound(chosen, stack)
        with errors_spoken(chosen, sound[1]):
            load_silero()  # before the recogniser's thread loads its own libraries
            stack.enter_context(hearing_lock(journal_path(chosen.journal)))
            language = language_of(chosen.language)
            door = _closed(stack, Door(chosen))
            watch, journal = door.stand("open", may_wait=False)
            older = {} if door.opened is None else door.opened.journal.older_preferences()
            preferences, trouble = preferences_of(chosen, older)
            care, no_care = care_notes()
            kept = Kept(journal, preferences, care)
            start = Start(chosen, situation, language, door)
            start.accept_all(kept)
            state = start.state(watch, kept, no_care, *mistakes[:1], door.trouble, trouble)
            # Last: while it loads its libraries, on its own thread, all else takes 0.3 s longer.
            recognizer = _closed(stack, _recognizer(chosen, language))
            voice = voice_of(chosen, state, stack)
            keys = _closed(stack, open_keys())
            ports = _ports(chosen, situation, language, Senses(*sound, recognizer, voice, keys), kept, stack)
            ports = replace(ports, secrets=TypedSecrets(keys, door))
            runs = Runs(start, kept, ports, state)
            del state  # it goes with the first run
        with failures_spoken(chosen, sound[1]):
            yield runs


@contextmanager
def grounding(chosen: Settings, situation: Situation, script: Script) -> Iterator[Loop]:
    """One script and nothing else. What is heard meanwhile stays in memory, and goes with it; nothing is asked.

    Works with no model (keys still stop it) and with no microphone. Raises: SpeakerError, VoiceError.
    """
    from voicejournal.edges.keys import open_keys
    from voicejournal.edges.lock import MEMORY
    from voicejournal.edges.store import Store
    from voicejournal.edges.voice_activity import load_silero

    with ExitStack() as stack:
        language = language_of(chosen.language)
        journal = _closed(stack, Store(MEMORY))
        preferences, trouble = preferences_of(chosen, {})
        care, no_care = care_notes()
        kept = Kept(journal, preferences, care)
        state = first_state(chosen, language, situation, kept)
        troubles = tuple(one for one in (no_care, trouble) if one is not None)
        state = replace(state, scripts={script.name: script}, opening_script=script.name, troubles=troubles)
        state = replace(state, greets=False, asks_strength=False)
        voice = voice_of(chosen, state, stack, is_script=True)
        first = next(words_ahead(script.steps), Words(""))
        sentence = first.text, state.pace.of(first)
        voice.prepare([sentence])  # a slow voice loads and renders it while the rest opens
        sound = open_sound(chosen, stack, may_be_deaf=True)
        load_silero()
        # Before the recogniser, whose thread keeps others from loading: the first word is waited for here.
        voice.render(*sentence)
        try:
            recognizer: Recognizer = _closed(stack, _recognizer(chosen, language))
        except ModelError:
            recognizer = NoRecognizer()
        keys = _closed(stack, open_keys())
        ports = _ports(chosen, situation, language, Senses(*sound, recognizer, voice, keys), kept, stack)
        ports = replace(ports, trace=NoEntries(ports.trace))
        with failures_spoken(chosen, sound[1]):
            yield Loop(ports, state, is_fast=chosen.fast)


def _closed(stack: ExitStack, edge: Edge) -> Edge:
    """The edge, to be closed with the run."""
    stack.callback(edge.close)
    return edge


def _recognizer(chosen: Settings, language: Language) -> Recognizer:
    path, kind = find_model(chosen, language)
    if kind == "vosk":
        from voicejournal.edges.vosk import vosk_recognizer

        return vosk_recognizer(path, is_proven=chosen.model is None)
    from voicejournal.edges.phrase_sounds import phrase_sounds_of
    from voicejournal.edges.whisper import whisper_recognizer

    return whisper_recognizer(path, language.whisper, phrase_sounds_of(language.whisper))


@dataclass(frozen=True)
class Senses:
    """What hears, what speaks, and what feels keys."""

    microphone: Microphone
    speaker: Speaker
    recognizer: Recognizer
    voice: Voice
    keys: Keys


def _ports(
    chosen: Settings, situation: Situation, language: Language, senses: Senses, kept: Kept, stack: ExitStack
) -> Ports:
    """All the ports, with nobody at them who could type a secret."""
    from voicejournal.edges import shaping
    from voicejournal.edges.echo import KalmanCanceller
    from voicejournal.edges.sleep import Sleep
    from voicejournal.edges.voice_activity import SileroVoiceActivity

    trace = _trace(chosen, stack)  # before the view takes the screen: it may be one that can't be written
    return Ports(
        microphone=senses.microphone,
        speaker=senses.speaker,
        canceller=KalmanCanceller(),
        voice_activity=SileroVoiceActivity,
        recognizer=senses.recognizer,
        voice=senses.voice,
        recalled=shaping.recalled,
        journal=kept.journal,
        preferences=kept.preferences,
        care=kept.care,
        dates=dates_of(chosen, language),
        view=_closed(stack, _view(chosen, situation, language)),
        keys=senses.keys,
        trace=trace,
        now=_clock(chosen, situation),
        is_interrupted=situation.is_interrupted,
        has_slept=Sleep().has_slept,
        scripts=lambda: shelf_of(chosen.language).scripts,
    )


def _trace(chosen: Settings, stack: ExitStack) -> Trace:
    from voicejournal.edges.trace_file import TraceFile

    return _closed(stack, NoTrace() if chosen.trace is None else TraceFile(chosen.trace, chosen.trace_words))


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
