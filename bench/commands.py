"""Row: what is said while a script is spoken: commands by many voices, clean and in noise, and what is none.

In: phrases and other words by synthetic voices, recorded speech. Out: figures. Touches: what `phrases` touches.
"""

import random
from collections.abc import Iterator, Sequence

import numpy

from bench import phrases, sounds
from bench.figures import Figure, at_least, at_most
from bench.phrases import TUNED, Rendering, Where
from bench.sounds import HERTZ, Samples
from voicejournal.hearing.recognizing import Recognizer

ROW = "commands"

NAMES = ("stop", "pause", "go_on", "next", "say_again", "slower", "faster", "how_long", "help_me_now")
VOICES = TUNED[:8]
WANTED: dict[Where, float] = {"quiet": 97, "kitchen": 80, "room": 90}
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

WORDS_A_MINUTE, LEVEL = 150, -24.0

PIECE_SECONDS = 0.9
"""Of recorded speech: as brief as a command, and never one."""

PLAYING = phrases.state_at("speaking")


def measure(is_quick: bool) -> list[Figure]:
    recognizer = phrases.recognizer()
    figures = [*_commands(recognizer, is_quick), *_others(recognizer, is_quick)]
    recognizer.close()
    return figures


def _commands(recognizer: Recognizer, is_quick: bool) -> Iterator[Figure]:
    voices = VOICES[:2] if is_quick else VOICES
    for where, wanted in WANTED.items():
        ways = [Rendering(voice, WORDS_A_MINUTE, LEVEL, where) for voice in voices]
        taken = {
            name: [
                phrases.taken_for(recognizer, PLAYING, phrases.rendered(phrases.words_of(name), way))
                for way in ways
            ]
            for name in NAMES
        }
        good = {name: sum(one.names == (name,) for one in some) for name, some in taken.items()}
        missed = ", ".join(f"{name} {len(voices) - n}" for name, n in good.items() if n < len(voices))
        total = len(NAMES) * len(voices)
        what = f"understood over a script, {where}, of {total}; missed: {missed or 'none'}"
        yield at_least(ROW, what, 100 * sum(good.values()) / total, wanted, " %", 1)


def _others(recognizer: Recognizer, is_quick: bool) -> Iterator[Figure]:
    """What is none, and was obeyed all the same."""
    voices = VOICES[:1] if is_quick else VOICES[:4]
    places: tuple[Where, ...] = ("quiet", "kitchen")
    said = [
        phrases.rendered(words, Rendering(voice, WORDS_A_MINUTE, LEVEL, where))
        for words in OTHERS
        for voice in voices
        for where in places
    ]
    yield _obeyed(recognizer, "what is no command, obeyed", said)
    yield _obeyed(recognizer, "pieces of recorded speech, obeyed", list(_pieces(10 if is_quick else 100)))


def _obeyed(recognizer: Recognizer, what: str, said: Sequence[Samples]) -> Figure:
    wrong = [name for sound in said for name in phrases.taken_for(recognizer, PLAYING, sound).names]
    listed = f": {', '.join(sorted(set(wrong)))}" if wrong else ""
    return at_most(ROW, f"{what}, of {len(said)}{listed}", 100 * len(wrong) / len(said), 3, " %", digits=1)


def _pieces(count: int) -> Iterator[Samples]:
    chance, around = random.Random(5), sounds.silence(phrases.AROUND_SECONDS)
    for utterance in chance.sample(sounds.utterances(), count):
        samples = utterance.samples
        at = chance.randrange(max(1, len(samples) - round(PIECE_SECONDS * HERTZ)))
        yield numpy.concatenate([around, samples[at : at + round(PIECE_SECONDS * HERTZ)], around])
