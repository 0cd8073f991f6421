"""Phrases said by synthetic voices, and what is made of them where they are said.

In: words, a voice, a rate, a level, a place; a state of the dialogue. Out: their sound; its words, and the commands
that they were taken for. Touches: espeak-ng; flite and the natural voice, where they are there; Silero; Whisper.
All goes the whole way that the loop sends it: voice activity, the stretch with its padding, the recogniser with the
hints of the state, and the matching. Rules are tuned on `TUNED`; what is told of them is measured on `APART`.
"""

import random
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import cache
from typing import Literal

import numpy
import soxr

from bench import sounds
from bench.sounds import HERTZ, Samples
from voicejournal.dialogue import awaiting, commands
from voicejournal.dialogue.activities import COMMANDS
from voicejournal.dialogue.activity import Asking, Grounding, Journalling, Place, Question, Reading
from voicejournal.dialogue.keeping import TAG
from voicejournal.dialogue.reviewing import DELETE
from voicejournal.dialogue.state import Capture, State
from voicejournal.edges.model_directory import find, read_catalogue
from voicejournal.edges.natural_voice import NaturalVoice
from voicejournal.edges.phrase_sounds import PhraseSounds
from voicejournal.edges.places import models_directory
from voicejournal.edges.voice_activity import SileroVoiceActivity
from voicejournal.edges.whisper import whisper_recognizer
from voicejournal.errors import JournalError
from voicejournal.hearing.awaiting import ANYTHING
from voicejournal.hearing.ear import Ear
from voicejournal.hearing.frames import HEARD_FRAME_BYTES, PLAYED_HERTZ, ticks
from voicejournal.hearing.joining import Piece
from voicejournal.hearing.recognizing import Recognizer
from voicejournal.hearing.stretches import Stretch, StretchEnded
from voicejournal.hearing.transcribing import Judged, Transcriber
from voicejournal.journal.entries import Entry
from voicejournal.languages import language_of
from voicejournal.shelf import shelf_of

NATURAL = "natural"
FLITE = "flite "

TUNED = (
    "en-us", "en-gb", "en-us+f2", "en-us+m3", "en-us+f4", "en-us+f5", "en-us+m7", "en-gb-scotland+f3",
    "en-gb-x-rp", "en-029+f1", NATURAL, f"{FLITE}slt", f"{FLITE}rms", f"{FLITE}awb", f"{FLITE}kal16", "en-us+f1",
    "en-us+f3", "en-us+m1", "en-us+m2", "en-us+m4", "en-us+m6", "en-us+m8", "en-gb-x-gbclan", "en-029",
    "en-us+Michael", "en-us+max", "en-us+steph", "en+f1", "en+f2", "en+f3", "en+f4", "en+f5", "en+m1", "en+m2",
    "en+m3", "en+m4", "en+m5", "en+m6", "en+m7", "en+m8",
)  # fmt: skip
"""Voices that rules were chosen by; phrases were spelt after the first ten. Those of flite are made from what four
people said, and ours is the natural voice; each is left out where it is not installed. A variant of "en-gb" is
written "en+f4": "en-gb+f4" is plain "en-gb" to espeak-ng 1.51, which says nothing of it."""

APART = (
    "en-us+m5", "en-us+edward", "en-us+Henrique", "en-us+Hugo", "en-us+sandro", "en-us+miguel", "en-us+rob",
    "en-us+robert", "en-us+Diogo", "en-us+quincy",
)  # fmt: skip
"""Voices that nothing was chosen by. Of forty-eight that were never heard they are those whose words in ten
sentences Whisper writes best (4 to 11 % of them wrong)."""

UNCLEAR = ("en-us-nyc", "en-gb-x-gbcwmd", "en-us+Andy")
"""Three that are hard to understand: of their words in ten sentences Whisper writes 20 % wrong. No rule was chosen
for them."""

RATES = (120, 150, 180)
"""Words a minute: slow, usual, hurried."""

LEVELS = (-12.0, -24.0, -36.0)
"""dBFS: near the microphone, at a table, across a room or spoken softly."""

FLOOR_DB = -60.0
"""A quiet room, heard by a laptop."""

AROUND_SECONDS = 1.2
"""Before and after: more than the silence that parts two stretches."""

AROUND_IN_NOISE_SECONDS = 3.0
"""There a stretch ends up to 1.1 s late, and what is voice is told by what was there before."""

KITCHEN_DB = 10.0
"""By which a voice stands out of the noise."""

NATURAL_WORDS_A_MINUTE = 152.0
"""At rate 1."""

Where = Literal["quiet", "kitchen", "room"]

ANSWERS = {"yes": DELETE, "no": DELETE, "mood": TAG, "dream": TAG, "experiment": TAG}
"""The answers that every journal needs, with a question that each is one to."""

NOW = datetime(2026, 1, 1, tzinfo=UTC)
ENTRY = Entry("260101-001", NOW, NOW, None, None, None, "the bus was late", 2.0, "en", "whisper", "written", False)


@dataclass(frozen=True)
class Rendering:
    """One way to say it."""

    voice: str
    words_a_minute: int
    level: float
    where: Where = "quiet"


@dataclass(frozen=True)
class Taken:
    """What became of a sound."""

    heard: tuple[str, ...]
    """The words of each stretch that was found."""
    names: tuple[str, ...]
    """Every command or answer that one was taken for."""
    lost: tuple[str, ...]
    """Those of them whose words are neither in the text now nor kept aside."""


def renderings(voices: Sequence[str]) -> list[Rendering]:
    """Every voice at every rate; each level as often as the others."""
    return [
        Rendering(voice, rate, LEVELS[(i + j) % len(LEVELS)])
        for i, voice in enumerate(voices)
        for j, rate in enumerate(RATES)
    ]


def voices(names: Sequence[str]) -> tuple[str, ...]:
    """Those of them that this machine has."""
    return tuple(name for name in names if _is_here(name))


def _is_here(voice: str) -> bool:
    if voice == NATURAL:
        return _natural() is not None
    return not voice.startswith(FLITE) or shutil.which("flite") is not None


@cache
def _natural() -> NaturalVoice | None:
    try:
        return NaturalVoice(find(read_catalogue(), models_directory(), "en", "piper").path)
    except JournalError:
        return None


def rendered(words: str, how: Rendering) -> Samples:
    """The phrase with some of the room before and after it."""
    said = _said(words, how)
    said = said * 10 ** (how.level / 20) / sounds.level(said)
    around = sounds.silence(AROUND_IN_NOISE_SECONDS if how.where == "kitchen" else AROUND_SECONDS)
    whole = numpy.concatenate([around, said, around])
    match how.where:
        case "kitchen":
            return sounds.with_noise(whole, sounds.noises()["picovoice_kitchen"], KITCHEN_DB, loud=said)
        case "room":
            return sounds.in_room(whole, list(sounds.rooms().values())[-1])
    chance = numpy.random.default_rng(random.Random(f"{words} {how}").randrange(2**32))
    return numpy.clip(whole + chance.normal(0, 10 ** (FLOOR_DB / 20), len(whole)), -1, 0.99997)


def _said(words: str, how: Rendering) -> Samples:
    if how.voice == NATURAL:
        voice = _natural()
        assert voice is not None
        pcm = voice.render(words, how.words_a_minute / NATURAL_WORDS_A_MINUTE)
        return soxr.resample(numpy.frombuffer(pcm, dtype="<i2") / 32768, PLAYED_HERTZ, HERTZ)
    if how.voice.startswith(FLITE):
        return sounds.spoken_by_flite(words, how.voice.removeprefix(FLITE), how.words_a_minute)
    return sounds.spoken(words, how.voice, how.words_a_minute)


def recognizer() -> Recognizer:
    return whisper_recognizer(find(read_catalogue(), models_directory(), "en", "whisper").path, "en", PhraseSounds)


def words_of(name: str) -> str:
    """As help names it."""
    language = state_for(name).language
    return language.commands[name].say[0] if name in COMMANDS else language.answers[name][0]


def state_for(name: str) -> State:
    """Where it acts: in an entry, over a script, at its question, or waiting."""
    if name in ANSWERS:
        return state_at("question", ANSWERS[name])
    if name == "unlock":
        state = state_at("waiting")
        return replace(state, guard=replace(state.guard, watch="locked"))
    places: tuple[Place, ...] = ("entry", "speaking")
    return state_at(next((place for place in places if place in COMMANDS[name].also_in), "waiting"))


def state_at(place: Place, question: Question = TAG) -> State:
    state = State(language_of("en"), shelf_of("en").scripts, date(2026, 1, 1), last=ENTRY)
    match place:
        case "entry":
            return replace(state, activity=Journalling(), capture=Capture(1, is_entry=True, has_content=True))
        case "speaking":
            return replace(state, activity=Grounding("water"), ours="playing")
        case "held":
            return replace(state, activity=Grounding("water"), ours="held")
        case "interrupted":
            return replace(state, activity=Reading(ENTRY), ours="held", is_interrupted=True)
        case "question":
            return replace(state, activity=Asking(question, ENTRY))
        case "waiting":
            return state


def taken_for(recognizer: Recognizer, state: State, samples: Samples) -> Taken:
    """What was heard, and what of it is obeyed there."""
    found = [judged(recognizer, state, piece) for piece in stretches(samples)]
    texts = tuple("(too long)" if one.transcript is None else one.transcript.text for one in found)
    names, lost = [], []
    for one in found:
        name = commands.understood(state, one.stretch, one.transcript) if one.transcript else None
        if name and one.transcript:
            names.append(name)
            is_lost = commands.fate(state, one.stretch, one.transcript, name) == "gone"
            lost += [name] if is_lost else []
    return Taken(texts, tuple(names), tuple(lost))


def stretches(samples: Samples) -> Iterator[Piece]:
    """What the ear makes of it, as in the loop."""
    activity, ear = SileroVoiceActivity(), Ear()
    pcm = (numpy.clip(samples, -1, 0.99997) * 32767).astype("<i2").tobytes()
    for at in range(0, len(pcm) - HEARD_FRAME_BYTES + 1, HEARD_FRAME_BYTES):
        frame = pcm[at : at + HEARD_FRAME_BYTES]
        ended = ear.hear(frame, activity.accept(frame).probability)
        if isinstance(ended, StretchEnded):
            yield ear.piece(ended.stretch)


def judged(recognizer: Recognizer, state: State, piece: Piece) -> Judged:
    """The words to tell by, as the loop would have them in this state."""
    transcriber = Transcriber(recognizer, 0)
    if state.place == "entry":
        long = Stretch(0, ticks(4), ticks(4), ticks(4))
        transcriber.stretch_ended(Piece(long, 0, b"", b""), ANYTHING)
        transcriber.keep(long)
    if recognizer.streams:
        transcriber.voice_started(piece.first_tick, piece.pcm)
    at_once = transcriber.stretch_ended(piece, awaiting.awaited(state))
    if at_once is not None:
        return at_once
    while True:
        for answer in recognizer.poll(wait=True):
            taken = transcriber.take(answer)
            if isinstance(taken, Judged):
                return taken
