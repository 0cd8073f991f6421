"""Row: what is said while a script is spoken: commands by many voices, clean and in noise, and what is none."""

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy

from bench import sounds
from bench.figures import Figure, at_most
from bench.sounds import HERTZ, Samples
from voicejournal.dialogue import commands
from voicejournal.dialogue.state import Grounding, State
from voicejournal.edges.model_directory import find, read_catalogue
from voicejournal.edges.places import models_directory
from voicejournal.edges.whisper import WhisperRecognizer
from voicejournal.finding import SoundScripts, language_of
from voicejournal.hearing.stretches import Stretch
from voicejournal.hearing.transcripts import Transcript

ROW = "commands"

NAMES = ("stop", "pause", "go_on", "next", "say_again", "slower", "faster", "how_long", "help_me_now")
VOICES = ("en-us", "en-gb", "en-us+f2", "en-us+m3", "en-gb+f4", "en-us+f5", "en-us+m7", "en-gb-scotland+f3")
KITCHEN_DB = 10.0
OTHERS = (
    "A lamp.",
    "The window.",
    "It is blue.",
    "My feet.",
    "I can hear a car.",
    "Nothing really.",
    "It is cold here.",
    "The shop.",
    "A step.",
    "My shoes.",
    "Hm, I don't know.",
    "The floor is hard.",
    "Mum is calling.",
    "It hurts.",
)
"""What a person may well say to a script; none of it is a command."""

PADDING_SECONDS = 0.5
PIECE_SECONDS = 0.9
"""Of recorded speech: as brief as a command, and never one."""

LANGUAGE = language_of("en")
PLAYING = State(
    language=LANGUAGE,
    scripts=SoundScripts("en"),
    today=date(2026, 1, 1),
    activity=Grounding("water"),
    ours="playing",
)
HEARD = Stretch(0, 50, 40, 40)


def measure(is_quick: bool) -> list[Figure]:
    found = find(read_catalogue(), models_directory(), "en", "whisper")
    recognizer = WhisperRecognizer(found.path, "en")
    figures = [*_commands(recognizer, is_quick), *_others(recognizer, is_quick)]
    recognizer.close()
    return figures


def _commands(recognizer: WhisperRecognizer, is_quick: bool) -> Iterator[Figure]:
    voices = VOICES[:2] if is_quick else VOICES
    for place in ("clean", "kitchen", "room"):
        by_name, by_text, total = dict.fromkeys(NAMES, 0), 0, 0
        for name in NAMES:
            words = LANGUAGE.commands[name].say[0]
            for voice in voices:
                heard = _heard(recognizer, _placed(sounds.spoken(words, voice), place))
                by_name[name] += commands.understood(PLAYING, HEARD, heard) == name
                by_text += commands.understood(PLAYING, HEARD, replace(heard, nearest=None)) == name
                total += 1
        good = sum(by_name.values())
        missed = ", ".join(f"{name} {len(voices) - n}" for name, n in by_name.items() if n < len(voices))
        what = (
            f"understood over a script, {place}; by its words alone {100 * by_text / total:.0f} %; missed: {missed}"
        )
        wanted = {"clean": 97, "kitchen": 80, "room": 90}[place]
        share = 100 * good / total
        yield Figure(ROW, what, f"{share:.1f} % of {total}", f"≥ {wanted} %", share >= wanted)


def _others(recognizer: WhisperRecognizer, is_quick: bool) -> Iterator[Figure]:
    """What is none, and was obeyed all the same."""
    voices = VOICES[:1] if is_quick else VOICES[:4]
    said = [
        _placed(sounds.spoken(words, voice), place)
        for words in OTHERS
        for voice in voices
        for place in ("clean", "kitchen")
    ]
    yield from _obeyed(recognizer, "what is no command, obeyed", said)
    yield from _obeyed(recognizer, "pieces of recorded speech, obeyed", list(_pieces(10 if is_quick else 100)))


def _obeyed(recognizer: WhisperRecognizer, what: str, said: list[Samples]) -> Iterator[Figure]:
    names = [commands.understood(PLAYING, HEARD, _heard(recognizer, sound)) for sound in said]
    wrong = [name for name in names if name]
    listed = f": {', '.join(sorted(set(wrong)))}" if wrong else ""
    yield at_most(ROW, f"{what}, of {len(said)}{listed}", 100 * len(wrong) / len(said), 3, " %", digits=1)


def _pieces(count: int) -> Iterator[Samples]:
    chance = random.Random(5)
    for utterance in chance.sample(sounds.utterances(), count):
        samples = utterance.samples
        at = chance.randrange(max(1, len(samples) - round(PIECE_SECONDS * HERTZ)))
        yield _padded(samples[at : at + round(PIECE_SECONDS * HERTZ)])


def _padded(samples: Samples) -> Samples:
    return numpy.concatenate([sounds.silence(PADDING_SECONDS), samples, sounds.silence(PADDING_SECONDS)])


def _placed(samples: Samples, place: str) -> Samples:
    match place:
        case "kitchen":
            return sounds.with_noise(_padded(samples), sounds.noises()["picovoice_kitchen"], KITCHEN_DB)
        case "room":
            return sounds.in_room(_padded(samples), _far_room())
        case _:
            return _padded(samples)


def _far_room() -> Path:
    return list(sounds.rooms().values())[-1]


def _heard(recognizer: WhisperRecognizer, samples: Samples) -> Transcript:
    ticket = recognizer.begin()
    recognizer.accept(ticket, (numpy.clip(samples, -1, 0.999) * 32767).astype("<i2").tobytes())
    recognizer.finish(ticket, commands.phrases(PLAYING), commands.effort(PLAYING))
    (answer,) = recognizer.poll(wait=True)
    return answer.transcript
