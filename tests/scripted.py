"""A whole run in words alone: real loop, real journal, and nothing else that is real.

In: the lines of a conversation, a journal, and ports to take the place of others. Out: what the journal has then.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from voicejournal.absent import FleetingCare, FleetingPreferences
from voicejournal.beginning import Kept
from voicejournal.dialogue.care import Care
from voicejournal.dialogue.state import State
from voicejournal.journal.queries import Span
from voicejournal.languages import language_of
from voicejournal.loop import Loop
from voicejournal.ports.journal import Journal
from voicejournal.rehearsing import scripted_ports
from voicejournal.replaying import Line
from voicejournal.shelf import shelf_of

START = datetime(2026, 3, 1, 5, 0, tzinfo=UTC)
ENGLISH = language_of("en")
SCRIPTS = shelf_of("en").scripts


class NoDates:
    """The `Dates` port where nobody knows a date."""

    def days(self, words: str, today: date) -> Span | None:
        return None


def run_through(lines: Sequence[Line], journal: Journal, **others: Any) -> None:
    """To the end of the lines, with `others` in place of the ports of those names."""
    kept = Kept(journal, FleetingPreferences(), FleetingCare(Care()))
    ports = replace(scripted_ports(lines, kept, NoDates(), START, lambda words: None), scripts=lambda: SCRIPTS)
    Loop(replace(ports, **others), State(ENGLISH, {}, START.date()), is_fast=True).run()
