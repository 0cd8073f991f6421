"""What the dialogue begins with: what was chosen, by flag, in a file or by voice, and the last entry.

In: settings, and what was kept. Out: the first `State`. Touches: nothing but the ports it is given, reading.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from voicejournal.dialogue.grounding import known_scripts
from voicejournal.dialogue.guard import Guard, Watch
from voicejournal.dialogue.language import Language
from voicejournal.dialogue.state import State
from voicejournal.hearing.frames import ticks
from voicejournal.journal.protection import Protection
from voicejournal.newest import newest
from voicejournal.ports.journal import Journal
from voicejournal.ports.person import CareNotes, Preferences
from voicejournal.preferring import (
    asks_strength_of,
    keeps_voice_of,
    offers_of,
    pace_of,
    patience_of,
    quiet_of,
    tidy_of,
)
from voicejournal.settings import Settings
from voicejournal.sounding import is_sound_file


@dataclass(frozen=True)
class Situation:
    """What a run is told about the world it runs in."""

    now: Callable[[], datetime]
    is_interrupted: Callable[[], bool] = lambda: False
    note: Callable[[str], None] = lambda line: None
    """Tells whoever looks at what the program prints a line that is not part of the conversation."""
    has_terminal: bool = False
    """A person sits at a terminal: there are keys, and a picture to look at."""


@dataclass(frozen=True)
class Kept:
    """What is kept of this person."""

    journal: Journal
    preferences: Preferences
    care: CareNotes


def first_state(chosen: Settings, language: Language, situation: Situation, kept: Kept) -> State:
    """This person's patience and pace, and their last entry; no scripts yet, which take a while to be read."""
    journal, preferences = kept.journal, kept.preferences
    is_device = not is_sound_file(chosen.microphone)
    return State(
        language=language,
        scripts={},
        today=situation.now().date(),
        last=newest(journal),
        patience=patience_of(chosen, preferences.get("patience")),
        pace=pace_of(chosen, preferences.get("rate"), preferences.get("rest")),
        quiet=quiet_of(chosen, preferences.get("quiet")),
        care=kept.care.get(),
        known_scripts=known_scripts(preferences.get("known_scripts")),
        makes_offers=offers_of(chosen, preferences.get("offers")),
        asks_strength=asks_strength_of(chosen, preferences.get("before_after")),
        keeps_voice=keeps_voice_of(chosen, preferences.get("keep_voice")),
        is_tidy=tidy_of(chosen, preferences.get("tidy")),
        helped=tuple(journal.helped()),
        greets=situation.has_terminal and is_device and preferences.get("greeted") is None,
    )


def first_guard(
    chosen: Settings, situation: Situation, preferences: Preferences, protection: Protection, watch: Watch
) -> Guard:
    """How the journal is watched over; a passphrase is offered to whoever sits at a terminal, once."""
    can_ask = situation.has_terminal and not is_sound_file(chosen.microphone)
    return Guard(
        protection=protection,
        watch=watch,
        idle_ticks=None if chosen.lock_after == "off" else ticks(60 * int(chosen.lock_after)),
        offers=_offered(protection, preferences) if can_ask and watch == "open" else None,
    )


def _offered(protection: Protection, preferences: Preferences) -> Literal["passphrase", "code"] | None:
    """A plain journal has no key that could be lost; a key of this account can be, whoever may use it."""
    if protection == "nothing":
        return None
    if protection == "account" and preferences.get("passphrase_offered") is None:
        return "passphrase"
    return "code" if preferences.get("code_told") is None else None
