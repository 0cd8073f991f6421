"""Row: every command in thirty renderings is understood where it acts; and what is none is never obeyed.

In: the first wording of each, ten synthetic voices at three rates and three levels, over a soft noise floor; the
sentences of `tests/near_commands`, and recorded speech. Out: figures. Touches: espeak-ng, Silero, Whisper.
Each goes the whole way that the loop sends it: voice activity, the stretch with its padding, the recogniser with
the hints of the state, and the matching.
"""

import random
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

import numpy

from bench import sounds
from bench.figures import Figure, at_most
from bench.sounds import HERTZ, Samples
from voicejournal.dialogue import commands
from voicejournal.dialogue.activities import COMMANDS
from voicejournal.dialogue.keeping import TAG
from voicejournal.dialogue.reviewing import DELETE
from voicejournal.dialogue.state import Asking, Capture, Grounding, Journalling, Place, State
from voicejournal.edges.model_directory import find, read_catalogue
from voicejournal.edges.places import models_directory
from voicejournal.edges.voice_activity import SileroVoiceActivity
from voicejournal.edges.whisper import WhisperRecognizer
from voicejournal.finding import SoundScripts, language_of
from voicejournal.hearing.ear import Ear
from voicejournal.hearing.frames import HEARD_FRAME_BYTES, ticks
from voicejournal.hearing.joining import Piece
from voicejournal.hearing.stretches import Stretch, StretchEnded
from voicejournal.hearing.transcribing import Judged, Transcriber
from voicejournal.journal.entries import Entry
from voicejournal.ports import Recognizer

ROW = "understanding"

VOICES = (
    "en-us", "en-gb", "en-us+f2", "en-us+m3", "en-gb+f4", "en-us+f5", "en-us+m7", "en-gb-scotland+f3",
    "en-gb-x-rp", "en-029+f1",
)  # fmt: skip
RATES = (120, 150, 180)
"""Words a minute: slow, usual, hurried."""

LEVELS = (-12.0, -24.0, -36.0)
"""dBFS: near the microphone, at a table, across a room or spoken softly."""

FLOOR_DB = -60.0
"""A quiet room, heard by a laptop."""

AROUND_SECONDS = 1.2
"""Before and after: more than the silence that parts two stretches."""

PIECE_SECONDS = (0.6, 2.2)
"""Of recorded speech."""

SURELY = ("stop", "help_me_now")
"""What has to be understood almost always."""

ANSWERS = {"yes": DELETE, "no": DELETE, "mood": TAG, "dream": TAG, "experiment": TAG}
"""The answers that every journal needs, with a question that each is one to."""

NEAR = Path(__file__).parents[1] / "tests" / "near_commands" / "en.toml"

NOW = datetime(2026, 1, 1, tzinfo=UTC)
ENTRY = Entry("260101-001", NOW, NOW, None, None, None, "the bus was late", 2.0, "en", "whisper", "written", False)


@dataclass(frozen=True)
class Rendering:
    """One way to say it."""

    voice: str
    words_a_minute: int
    level: float


@dataclass(frozen=True)
class Tried:
    """What became of one rendering."""

    name: str
    rendering: Rendering
    heard: tuple[str, ...]
    """The words of each stretch that was found."""
    understood: tuple[str, ...]


def renderings(voices: Sequence[str] = VOICES) -> list[Rendering]:
    """Every voice at every rate; each level as often as the others."""
    return [
        Rendering(voice, rate, LEVELS[(i + j) % len(LEVELS)])
        for i, voice in enumerate(voices)
        for j, rate in enumerate(RATES)
    ]


def rendered(words: str, how: Rendering) -> Samples:
    """The phrase with some of the room before and after it."""
    said = sounds.spoken(words, how.voice, how.words_a_minute)
    said = said * 10 ** (how.level / 20) / sounds.level(said)
    around = sounds.silence(AROUND_SECONDS)
    whole = numpy.concatenate([around, said, around])
    chance = numpy.random.default_rng(random.Random(f"{words} {how}").randrange(2**32))
    return numpy.clip(whole + chance.normal(0, 10 ** (FLOOR_DB / 20), len(whole)), -1, 0.99997)


def state_for(name: str, language: str = "en") -> State:
    """Where it acts: in an entry, over a script, at its question, or waiting."""
    state = State(
        language=language_of(language), scripts=SoundScripts(language), today=date(2026, 1, 1), last=ENTRY
    )
    if name in ANSWERS:
        return replace(state, activity=Asking(ANSWERS[name], ENTRY))
    return _at(state, "entry" if "entry" in COMMANDS[name].also_in else _place_over_voice(name))


def _place_over_voice(name: str) -> Place:
    return "speaking" if "speaking" in COMMANDS[name].also_in else "waiting"


def _at(state: State, place: Place) -> State:
    match place:
        case "entry":
            return replace(state, activity=Journalling(), capture=Capture(1, is_entry=True, has_content=True))
        case "speaking":
            return replace(state, activity=Grounding("water"), ours="playing")
        case _:
            return state


def stretches(samples: Samples) -> Iterator[Piece]:
    """What the ear makes of it, as in the loop."""
    activity, ear = SileroVoiceActivity(), Ear()
    pcm = (samples * 32767).astype("<i2").tobytes()
    for at in range(0, len(pcm) - HEARD_FRAME_BYTES + 1, HEARD_FRAME_BYTES):
        frame = pcm[at : at + HEARD_FRAME_BYTES]
        ended = ear.hear(frame, activity.accept(frame).probability)
        if isinstance(ended, StretchEnded):
            yield Piece(ended.stretch, *ear.padded(ended.stretch))


def judged(recognizer: Recognizer, state: State, piece: Piece) -> Judged:
    """The words to tell by, as the loop would have them in this state."""
    transcriber = Transcriber(recognizer, 0)
    if state.place == "entry":
        long = Stretch(0, ticks(4), ticks(4), ticks(4))
        transcriber.stretch_ended(Piece(long, 0, b"", b""), (), None)
        transcriber.keep(long)
    effort, longest = commands.effort(state), commands.longest_ticks(state)
    if recognizer.streams:
        transcriber.voice_started(piece.first_tick, piece.pcm)
    at_once = transcriber.stretch_ended(piece, commands.phrases(state), None, longest, effort)
    if at_once:
        return at_once[0]
    while True:
        for answer in recognizer.poll(wait=True):
            taken = transcriber.take(answer)
            if isinstance(taken, Judged):
                return taken


def tried(recognizer: Recognizer, name: str, words: str, how: Rendering, state: State) -> Tried:
    heard, names = taken_for(recognizer, state, rendered(words, how))
    return Tried(name, how, heard, names)


def taken_for(recognizer: Recognizer, state: State, samples: Samples) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The words of each stretch in it, and every command or answer that one was taken for."""
    found = [judged(recognizer, state, piece) for piece in stretches(samples)]
    texts = tuple("(too long)" if one.transcript is None else one.transcript.text for one in found)
    names = (commands.understood(state, one.stretch, one.transcript) for one in found if one.transcript)
    return texts, tuple(name for name in names if name)


def measure(is_quick: bool) -> list[Figure]:
    found = find(read_catalogue(), models_directory(), "en", "whisper")
    recognizer = WhisperRecognizer(found.path, "en")
    figures = [*_understood(recognizer, is_quick), *_obeyed(recognizer, is_quick)]
    recognizer.close()
    return figures


def _understood(recognizer: Recognizer, is_quick: bool) -> Iterator[Figure]:
    every = []
    for name in (*COMMANDS, *ANSWERS):
        state = state_for(name)
        words = state.language.commands[name].say[0] if name in COMMANDS else state.language.answers[name][0]
        ways = renderings()[:: 10 if is_quick else 1]
        every += [tried(recognizer, name, words, how, state) for how in ways]
    ours = [one for one in every if one.name in COMMANDS]
    yield _share("commands understood", ours, 97)
    for name in SURELY:
        yield _share(f"{name} understood", [one for one in ours if one.name == name], 99)
    yield _share("answers understood", [one for one in every if one.name in ANSWERS], 97)


def _share(what: str, some: Sequence[Tried], wanted: float) -> Figure:
    good = sum(one.understood == (one.name,) for one in some)
    missed = Counter(one.name for one in some if one.understood != (one.name,))
    listed = ", ".join(f"{name} {count}" for name, count in missed.most_common())
    share = 100 * good / len(some)
    told = f"{what}; missed: {listed}" if listed else what
    return Figure(ROW, told, f"{share:.1f} % of {len(some)}", f"≥ {wanted:g} %", share >= wanted)


def _obeyed(recognizer: Recognizer, is_quick: bool) -> Iterator[Figure]:
    """What is none, said where a new entry may begin and inside one: nothing of it may be obeyed."""
    near = tomllib.loads(NEAR.read_text(encoding="utf-8"))["near"][:: 20 if is_quick else 1]
    ways = renderings()
    spoken = [rendered(words, ways[7 * i % len(ways)]) for i, words in enumerate(near)]
    recorded = [_piece(one, seed) for seed, one in enumerate(sounds.utterances()[:: 10 if is_quick else 1])]
    for what, some in {"sentences near a command": spoken, "pieces of recorded speech": recorded}.items():
        for place, name in {"waiting": "change", "in an entry": "finish"}.items():
            state = state_for(name)
            taken = [taken_for(recognizer, state, samples) for samples in some]
            wrong = [f"{' '.join(texts)!r} {names[0]}" for texts, names in taken if names]
            told = f"{what}, {place}, obeyed, of {len(some)}{': ' if wrong else ''}{'; '.join(wrong)}"
            yield at_most(ROW, told, len(wrong), 0, digits=0)


def _piece(utterance: sounds.Utterance, seed: int) -> Samples:
    """As long as a command may be, cut out of a recording: a whole one is too long to be judged at all."""
    chance, samples = random.Random(seed), utterance.samples
    length = round(chance.uniform(*PIECE_SECONDS) * HERTZ)
    at = chance.randrange(max(1, len(samples) - length))
    around = sounds.silence(AROUND_SECONDS)
    return numpy.concatenate([around, samples[at : at + length], around])
