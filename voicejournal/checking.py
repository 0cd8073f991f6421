"""What `doctor` looks at: everything that the loop needs, one after the other.

In: settings, the language's printed words. Out: checks by name; each gives what it found, or raises.
Touches: whether files are there, and how much room the disk has; it opens the edges that the loop would open,
and closes them.
"""

import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from pathlib import Path

from voicejournal.dialogue.language import Language
from voicejournal.errors import StoreError
from voicejournal.hearing.frames import HEARD_HERTZ, ticks
from voicejournal.installed import find_model, find_voice
from voicejournal.opening import open_journal, protection_line
from voicejournal.settings import Settings
from voicejournal.sounding import open_microphone, open_speaker

Check = Callable[[], str]

LISTEN_TICKS = ticks(1)
"""Long enough for a level, short enough to wait for."""

LEAST_HOURS = 1.0
"""Less room than for an hour of speech is a full disk, for someone who is about to speak."""


def checks(chosen: Settings, language: Language) -> Iterator[tuple[str, Check]]:
    """Names are keys of the language's `printed` table. A check raises JournalError when the loop could not run."""
    words = language.printed
    yield "microphone", lambda: _microphone(chosen, words)
    yield "speaker", lambda: _speaker(chosen, words)
    yield "voice", lambda: _voice(chosen, language)
    yield "model", lambda: _model(chosen, language)
    yield "journal", lambda: _journal(chosen, language)
    yield "disk", lambda: _disk(chosen, words)


def _microphone(chosen: Settings, words: Mapping[str, str]) -> str:
    from voicejournal.edges.voice_activity import SileroVoiceActivity

    activity = SileroVoiceActivity()
    with closing(open_microphone(chosen)) as microphone:
        frames = [microphone.listen() for _ in range(LISTEN_TICKS)]
    level = max(activity.accept(frame).level for frame in frames if frame is not None)
    return words["microphone_heard"].format(level=round(level), hertz=HEARD_HERTZ)


def _speaker(chosen: Settings, words: Mapping[str, str]) -> str:
    open_speaker(chosen).close()
    return words["speaker_ready"]


def _voice(chosen: Settings, language: Language) -> str:
    """The system's voice too, for it speaks when the natural one can't."""
    from voicejournal.edges.voice import SpokenVoice

    SpokenVoice(language.voice).render(language.said["kept"], 1.0)
    folder = find_voice(chosen, language)
    if folder is None:
        return language.printed["voice_ready"]
    from voicejournal.edges.natural_voice import NaturalVoice

    NaturalVoice(folder).render(language.said["kept"], 1.0)
    return language.printed["natural_ready"].format(model=folder.name)


def _model(chosen: Settings, language: Language) -> str:
    """The second ear too, for without it fewer phrases are understood."""
    from voicejournal.edges.phrase_sounds import phrase_sounds_of

    path, kind = find_model(chosen, language)
    load_ear = phrase_sounds_of(language.whisper)
    if kind == "whisper" and load_ear is not None:
        load_ear()
    return language.printed["model_ready"].format(model=path.name, kind=kind)


def _journal(chosen: Settings, language: Language) -> str:
    from voicejournal.edges.places import journal_path

    path = journal_path(chosen.journal)
    if not os.path.exists(path):
        return language.printed["journal_new"].format(path=path)
    opened = open_journal(chosen)
    with closing(opened.journal) as store:
        store.check()
        ready = language.printed["journal_ready"].format(count=len(store.entries()), path=path)
        return f"{ready}. {protection_line(opened.protection, opened.salt, language.protection)}"


def _disk(chosen: Settings, words: Mapping[str, str]) -> str:
    from voicejournal.edges.places import journal_path

    folder = _existing(journal_path(chosen.journal))
    hours = shutil.disk_usage(folder).free / (2 * HEARD_HERTZ * 3600)
    if hours < LEAST_HOURS:
        raise StoreError("disk_full", path=str(folder))
    return words["disk_free"].format(hours=round(hours))


def _existing(path: Path) -> Path:
    """The nearest folder above the journal that is there already."""
    return next(folder for folder in path.absolute().parents if folder.exists())
