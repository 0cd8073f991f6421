"""A conversation that was prepared, through the same loop: a written one, and the bundled recording.

In: settings, a file. Out: lines to print; a loop with all its ports. Touches: nothing itself; it opens edges.
Nothing of a written one is real but the journal and the preferences.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from voicejournal.absent import FleetingCare, FleetingPreferences, NoEcho, NoKeys, NoSpeaker, NoView
from voicejournal.asking import asker
from voicejournal.assembling import listening
from voicejournal.beginning import Kept, Situation, first_state
from voicejournal.browsing import as_json
from voicejournal.errors import JournalError, SettingsError
from voicejournal.languages import dates_of, language_of
from voicejournal.leafing import Reader, listed
from voicejournal.loop import Loop
from voicejournal.opening import open_journal
from voicejournal.ports.journal import Journal
from voicejournal.ports.person import Dates
from voicejournal.remembering import preferences_of
from voicejournal.replaying import (
    Line,
    ScriptedMicrophone,
    ScriptedRecognizer,
    ScriptedVoiceActivity,
    SilentVoice,
    SpokenLines,
    read_conversation,
    recalled,
)
from voicejournal.settings import Settings
from voicejournal.shelf import shelf_of
from voicejournal.world import Ports


def demo(chosen: Settings, situated: AbstractContextManager[Situation]) -> Iterator[str | JournalError]:
    """The bundled recording, listened to; its journal and its answer lie apart from one's own."""
    words = language_of(chosen.language).printed
    chosen = demo_settings(chosen)
    yield words["demo_intro"]
    with situated as situation, listening(chosen, situation) as runs:
        runs.run()
    yield from listed(Reader(chosen, asker(chosen), situation.now().date()), limit=1)
    yield words["demo_entry"].format(path=chosen.journal)
    yield words["demo_answer"].format(path=chosen.speaker)


def replay(chosen: Settings, start: datetime, path: Path, tell: Callable[[str], None]) -> Iterator[str]:
    """A written conversation, and then the entries that it left; what we say goes to `tell` meanwhile."""
    with replaying(chosen, start, path, tell) as (loop, journal):
        before = {entry.id for entry in journal.entries()}
        loop.run()
        for entry in reversed(journal.entries()):
            if entry.id not in before:
                yield f"* entry {as_json(entry)}"


def demo_settings(chosen: Settings) -> Settings:
    """The bundled recording in place of a microphone, files in place of a speaker and of the person's journal.

    Raises: StoreError when there can be no folder for them.
    """
    from voicejournal.edges.journal_file import make_folder
    from voicejournal.edges.places import demo_directory

    folder = demo_directory()
    journal = folder / "journal.sqlite3"
    make_folder(journal)
    recording = Path(__file__).parent / "demo" / f"{chosen.language}.flac"
    return replace(chosen, microphone=str(recording), speaker=str(folder / "answer.wav"), journal=str(journal))


@contextmanager
def replaying(
    chosen: Settings, start: datetime, path: Path, tell: Callable[[str], None]
) -> Iterator[tuple[Loop, Journal]]:
    """The loop, and the journal it fills: in memory, as its preferences are, unless one is chosen.

    NAME.care.toml beside the conversation holds whom to call.
    Raises: SettingsError when the conversation can't be read.
    """
    from voicejournal.edges.care_file import CareFile
    from voicejournal.edges.lock import MEMORY
    from voicejournal.edges.text_file import text_lines

    try:
        lines = read_conversation("\n".join(text_lines(path)))
    except ValueError as exc:
        raise SettingsError("conversation_unreadable", reason=str(exc)) from exc
    with ExitStack() as stack:
        journal = open_journal(replace(chosen, journal=chosen.journal or MEMORY)).journal
        stack.callback(journal.close)
        preferences = FleetingPreferences() if chosen.journal is None else preferences_of(chosen, {})[0]
        care = FleetingCare(CareFile(path.with_suffix(".care.toml")).get())
        kept = Kept(journal, preferences, care)
        state = first_state(chosen, language_of(chosen.language), Situation(now=lambda: start), kept)
        state = replace(state, scripts=shelf_of(chosen.language).scripts)
        ports = scripted_ports(lines, kept, dates_of(chosen, state.language), start, tell)
        yield Loop(ports, state, is_fast=True), journal


def scripted_ports(
    lines: Sequence[Line], kept: Kept, dates: Dates, start: datetime, tell: Callable[[str], None]
) -> Ports:
    """Those of a conversation that begins at `start`; what we say goes to `tell`."""

    return Ports(
        microphone=ScriptedMicrophone(lines),
        speaker=NoSpeaker(),
        canceller=NoEcho(),
        voice_activity=ScriptedVoiceActivity,
        recognizer=ScriptedRecognizer(lines),
        voice=SilentVoice(),
        recalled=recalled,
        journal=kept.journal,
        preferences=kept.preferences,
        care=kept.care,
        dates=dates,
        view=NoView(),
        keys=NoKeys(),
        trace=SpokenLines(tell),
        now=lambda seconds: start + timedelta(seconds=seconds),
        is_interrupted=lambda: False,
    )
