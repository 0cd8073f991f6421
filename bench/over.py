"""Somebody who speaks over the program's own voice, in a room: the loop with real sound and no recogniser.

In: a script, a room, how loud the person is. Out: when they spoke, and what the loop did.
Touches: the voice, the canceller, Silero; nothing is heard or played outside, so an hour takes minutes.
"""

import random
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy

from bench.sounds import HERTZ, Samples
from voicejournal.absent import (
    FleetingCare,
    FleetingPreferences,
    NoKeys,
    NoRecognizer,
    NoSpeaker,
    NoView,
)
from voicejournal.dialogue.care import Care
from voicejournal.dialogue.state import State
from voicejournal.edges.echo import KalmanCanceller
from voicejournal.edges.room import Room
from voicejournal.edges.store import Store
from voicejournal.edges.voice import SpokenVoice
from voicejournal.edges.voice_activity import SileroVoiceActivity
from voicejournal.grounding.scripts import Script
from voicejournal.hearing.frames import HEARD_FRAME_SAMPLES, SILENT_HEARD_FRAME, Frame
from voicejournal.hearing.recognizing import Recognized, Recognizer
from voicejournal.hearing.transcripts import Transcript
from voicejournal.journal.queries import Span
from voicejournal.languages import language_of
from voicejournal.loop import Loop
from voicejournal.ports.sound import Microphone
from voicejournal.replaying import recalled
from voicejournal.shelf import shelf_of
from voicejournal.world import Ports

LANGUAGE = "en"

FIRST_SECONDS = 8.0
GAP_SECONDS = 5.0
"""Between two words, at least: the voice has gone on by then."""

VOICED_SHARE = 0.1
"""Of the loudest power: what a vowel has; closures and the ends of words fall below."""


@dataclass
class Happened:
    """What one run did; the `Trace` port of it."""

    spoken: list[tuple[float, float, float]] = field(default_factory=list)
    """When each word began, when its first voiced frame was, when it ended; seconds."""
    events: list[tuple[str, float]] = field(default_factory=list)

    def note(self, event: str, seconds: float, words: str | None = None, **fields: float | str) -> None:
        why = f" {fields['why']}" if "why" in fields else ""
        self.events.append((event + why, seconds))

    def close(self) -> None:
        pass

    def times(self, event: str) -> list[float]:
        return [seconds for name, seconds in self.events if name == event]


class Obliging(NoRecognizer):
    """Understands whatever is said as "go on": each word holds the voice, and none ends it."""

    def poll(self, wait: bool = False) -> Sequence[Recognized]:
        return [replace(answer, transcript=Transcript("go on")) for answer in super().poll(wait)]


class NoDates:
    """The `Dates` port where nobody knows a date."""

    def days(self, words: str, today: date) -> Span | None:
        return None


class Nobody:
    """The `Microphone` port in a room where nobody speaks; it ends after so long."""

    def __init__(self, seconds: float) -> None:
        self._ticks = round(seconds * HERTZ / HEARD_FRAME_SAMPLES)

    @property
    def is_over(self) -> bool:
        return self._ticks <= 0

    def listen(self) -> Frame | None:
        self._ticks -= 1
        return SILENT_HEARD_FRAME

    def close(self) -> None:
        pass


class Somebody:
    """The `Microphone` port: what the room gives, and now and then a word over the voiced part of our echo."""

    def __init__(self, room: Room, words: Sequence[Samples], decibels: float, happened: Happened) -> None:
        """`decibels`: the voiced part of a word against the voiced echo, both at the microphone."""
        self._room = room
        self._words = words
        self._decibels = decibels
        self._happened = happened
        self._chance = random.Random(3)
        self._ticks = 0
        self._next_at = FIRST_SECONDS
        self._word: Samples = numpy.zeros(0)
        self._powers: list[float] = []
        """Of what was heard before anybody spoke, a frame each: that is our echo."""

    def listen(self) -> Frame | None:
        frame = self._room.listen()
        heard = numpy.frombuffer(frame or SILENT_HEARD_FRAME, "<i2").astype(float)
        power = float(numpy.mean(heard**2))
        if self._ticks * HEARD_FRAME_SAMPLES < FIRST_SECONDS * HERTZ:
            self._powers.append(power)
        elif not len(self._word) and self._is_time(power):
            self._speak()
        self._ticks += 1
        if not len(self._word):
            return frame
        piece, self._word = self._word[:HEARD_FRAME_SAMPLES], self._word[HEARD_FRAME_SAMPLES:]
        heard[: len(piece)] += piece
        both: Frame = numpy.clip(numpy.rint(heard), -32768, 32767).astype("<i2").tobytes()
        return both

    def close(self) -> None:
        self._room.close()

    def _is_time(self, power: float) -> bool:
        """Past the gap, and in a voiced sound of ours."""
        is_voiced = power > VOICED_SHARE * max(self._powers)
        return is_voiced and self._ticks * HEARD_FRAME_SAMPLES / HERTZ >= self._next_at

    def _speak(self) -> None:
        word = self._words[len(self._happened.spoken) % len(self._words)]
        echo = voiced_level(numpy.array(self._powers))
        frames = numpy.resize(word, (len(word) // HEARD_FRAME_SAMPLES, HEARD_FRAME_SAMPLES))
        powers = numpy.mean(frames**2, axis=1)
        self._word = word * echo * 10 ** (self._decibels / 20) / voiced_level(powers)
        at = self._ticks * HEARD_FRAME_SAMPLES / HERTZ
        first = int(numpy.argmax(powers > VOICED_SHARE * powers.max())) * HEARD_FRAME_SAMPLES / HERTZ
        self._happened.spoken.append((at, at + first, at + len(word) / HERTZ))
        self._next_at = at + GAP_SECONDS + self._chance.random()


def voiced_level(powers: Samples) -> float:
    """Root mean square over the frames that are voiced."""
    return float(numpy.sqrt(powers[powers > VOICED_SHARE * powers.max()].mean()))


def run(
    script: Script,
    seconds: float,
    room: Path,
    room_level: float,
    words: Sequence[Samples] = (),
    decibels: float = 0.0,
    recognizer: Recognizer | None = None,
) -> Happened:
    """One script in one room for at most so many seconds; with words, somebody says them over it."""
    happened = Happened()
    nobody = Nobody(seconds)
    shared = Room(nobody, NoSpeaker(), room, room_level)
    microphone: Microphone = Somebody(shared, words, decibels, happened) if words else shared
    now = datetime(2026, 1, 1, tzinfo=UTC)
    state = State(
        language=language_of(LANGUAGE),
        scripts={**shelf_of(LANGUAGE).scripts, script.name: script},
        today=now.date(),
        opening_script=script.name,
    )
    ports = Ports(
        microphone=microphone,
        speaker=shared,
        canceller=KalmanCanceller(),
        recalled=recalled,
        voice_activity=SileroVoiceActivity,
        recognizer=recognizer or Obliging(),
        voice=SpokenVoice(LANGUAGE),
        journal=Store(":memory:"),
        preferences=FleetingPreferences(),
        care=FleetingCare(Care()),
        dates=NoDates(),
        view=NoView(),
        keys=NoKeys(),
        trace=happened,
        now=lambda at: now + timedelta(seconds=at),
        is_interrupted=lambda: nobody.is_over,
    )
    with suppress(KeyboardInterrupt):
        Loop(ports, state, is_fast=True).run()
    return happened
