"""A whole run in words alone: real loop, real journal, and nothing else that is real.

In: the lines of a conversation, a journal, and ports to take the place of others. Out: what the journal has then.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from voicejournal.absent import FleetingCare, FleetingPreferences, NoCanceller, NoDates, NoSpeaker, NoView
from voicejournal.dialogue.care import Care
from voicejournal.dialogue.state import State
from voicejournal.edges.keys import NoKeys
from voicejournal.finding import SoundScripts, language_of
from voicejournal.loop import Loop
from voicejournal.ports import Journal
from voicejournal.replaying import (
    Line,
    ScriptedMicrophone,
    ScriptedRecognizer,
    ScriptedVoiceActivity,
    SilentVoice,
    SpokenLines,
    recalled,
)
from voicejournal.world import Ports

START = datetime(2026, 3, 1, 5, 0, tzinfo=UTC)
ENGLISH = language_of("en")
SCRIPTS = SoundScripts("en")


def run_through(lines: Sequence[Line], journal: Journal, **others: Any) -> None:
    """To the end of the lines, with `others` in place of the ports of those names."""
    ports = Ports(
        microphone=ScriptedMicrophone(lines),
        speaker=NoSpeaker(),
        canceller=NoCanceller(),
        voice_activity=ScriptedVoiceActivity,
        recognizer=ScriptedRecognizer(lines),
        voice=SilentVoice(),
        recalled=recalled,
        journal=journal,
        preferences=FleetingPreferences(),
        care=FleetingCare(Care()),
        dates=NoDates(),
        view=NoView(),
        keys=NoKeys(),
        trace=SpokenLines(lambda words: None),
        now=lambda seconds: START + timedelta(seconds=seconds),
        is_interrupted=lambda: False,
    )
    Loop(replace(ports, **others), State(ENGLISH, SCRIPTS, START.date()), is_fast=True).run()
