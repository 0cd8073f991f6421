"""The outside world, as one run sees it: every port in one value.

In: ports. Out: `Ports`. Pure.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from voicejournal.absent import NoSecrets
from voicejournal.grounding.scripts import Script
from voicejournal.hearing.recognizing import Recognizer
from voicejournal.ports.journal import Journal
from voicejournal.ports.person import CareNotes, Dates, Keys, Preferences, Secrets, Trace, View
from voicejournal.ports.sound import EchoCanceller, Microphone, Speaker, Voice, VoiceActivity


@dataclass(frozen=True)
class Ports:
    """Each is closed by whoever opened it."""

    microphone: Microphone
    speaker: Speaker
    canceller: EchoCanceller
    voice_activity: Callable[[], VoiceActivity]
    recognizer: Recognizer
    voice: Voice
    recalled: Callable[[bytes], bytes]
    """Kept sound, 16 kHz mono s16, as it is played: 48 kHz, as loud as the voice."""
    journal: Journal
    preferences: Preferences
    care: CareNotes
    dates: Dates
    view: View
    keys: Keys
    trace: Trace
    now: Callable[[float], datetime]
    """The time of day at a second of the microphone's clock."""
    is_interrupted: Callable[[], bool]
    """Whether the person has asked the program to end, from outside the conversation (Ctrl-C)."""
    secrets: Secrets = field(default_factory=NoSecrets)
    has_slept: Callable[[], bool] = lambda: False
    """Whether the computer was asleep since this was asked last."""
    scripts: Callable[[], Mapping[str, Script]] = dict
    """Those that can be read, by name, beside what the state has already; the first time it takes 0.2 s."""
