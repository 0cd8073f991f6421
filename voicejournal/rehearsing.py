"""A written conversation through the same loop, with nothing real but the journal and the preferences.

In: settings, a file. Out: a loop with all its ports. Touches: nothing itself; it opens edges.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from voicejournal.absent import FleetingCare, FleetingPreferences, NoEcho, NoSpeaker, NoView
from voicejournal.beginning import Kept, Situation, first_state
from voicejournal.errors import SettingsError
from voicejournal.finding import dates_of, language_of, preferences_of, text_lines
from voicejournal.loop import Loop
from voicejournal.opening import open_journal
from voicejournal.ports import Dates, Journal
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
from voicejournal.world import Ports


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
        ports = scripted_ports(lines, kept, dates_of(chosen, state.language), start, tell)
        yield Loop(ports, state, is_fast=True), journal


def scripted_ports(
    lines: Sequence[Line], kept: Kept, dates: Dates, start: datetime, tell: Callable[[str], None]
) -> Ports:
    """Those of a conversation that begins at `start`; what we say goes to `tell`."""
    from voicejournal.edges.keys import NoKeys

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
