"""Row: every command is understood where it acts, in thirty renderings; and what is none is never obeyed.

In: the first wording of each by voices at three rates and three levels; the sentences of `tests/near_commands`;
recorded speech. Out: figures. Touches: what `phrases` touches, recordings.
Rules were chosen by some voices and by every other sentence: of those figures are told apart from the rest.
"""

import random
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path

import numpy

from bench import phrases, sounds
from bench.figures import Figure, at_least, at_most
from bench.phrases import APART, TUNED, UNCLEAR, Rendering, Taken
from bench.sounds import HERTZ, Samples
from voicejournal.dialogue.activities import COMMANDS
from voicejournal.dialogue.activity import Place
from voicejournal.hearing.recognizing import Recognizer

ROW = "understanding"

SURELY = ("stop", "help_me_now")
"""What has to be understood almost always."""

TUNED_EVERY = 10
"""Those were heard often enough: twelve renderings of each do, each rate in its turn."""

PIECE_SECONDS = (0.6, 2.2)
"""Of recorded speech."""

NEAR = Path(__file__).parents[1] / "tests" / "near_commands" / "en.toml"

PLACES: tuple[Place, ...] = ("waiting", "entry", "question")
"""Where words that are no command are kept."""

QUICK_EVERY = 20


@dataclass(frozen=True)
class Tried:
    """One rendering of a command or an answer."""

    name: str
    is_understood: bool


def measure(is_quick: bool) -> list[Figure]:
    recognizer = phrases.recognizer()
    near = tomllib.loads(NEAR.read_text(encoding="utf-8"))["near"]
    every = QUICK_EVERY if is_quick else 1
    tuned, apart, unclear = (phrases.renderings(phrases.voices(names)) for names in (TUNED, APART, UNCLEAR))
    figures = [
        *_understood("voices tuned on", recognizer, tuned[:: 4 * TUNED_EVERY if is_quick else TUNED_EVERY]),
        *_understood("voices kept apart", recognizer, apart[:: 10 if is_quick else 1]),
        *_understood("unclear voices", recognizer, unclear[:: 10 if is_quick else 1]),
        *_obeyed("sentences tuned on", recognizer, _spoken(near[::2][::every], tuned)),
        *_obeyed("sentences kept apart", recognizer, _spoken(near[1::2][::every], apart + unclear)),
        *_obeyed("pieces of recorded speech", recognizer, list(_pieces(every))),
    ]
    recognizer.close()
    return figures


def _understood(whose: str, recognizer: Recognizer, ways: Sequence[Rendering]) -> Iterator[Figure]:
    every = [
        Tried(name, phrases.taken_for(recognizer, phrases.state_for(name), samples).names == (name,))
        for name in (*COMMANDS, *phrases.ANSWERS)
        for samples in _spoken([phrases.words_of(name)] * len(ways), ways)
    ]
    ours = [one for one in every if one.name in COMMANDS]
    yield _share(f"commands understood, {whose}", ours, 97)
    for name in SURELY:
        yield _share(f"{name} understood, {whose}", [one for one in ours if one.name == name], 99)
    yield _share(f"answers understood, {whose}", [one for one in every if one.name in phrases.ANSWERS], 97)


def _share(what: str, some: Sequence[Tried], wanted: float) -> Figure:
    missed = Counter(one.name for one in some if not one.is_understood)
    listed = ", ".join(f"{name} {count}" for name, count in missed.most_common())
    share = 100 * sum(one.is_understood for one in some) / len(some)
    return at_least(ROW, f"{what}, of {len(some)}{'; missed: ' if listed else ''}{listed}", share, wanted, " %", 1)


def _spoken(words: Sequence[str], ways: Sequence[Rendering]) -> Iterator[Samples]:
    """Each sentence in another way."""
    mixed = random.Random(1).sample(ways, len(ways))
    return (phrases.rendered(one, how) for one, how in zip(words, cycle(mixed), strict=False))


def _obeyed(what: str, recognizer: Recognizer, some: Iterator[Samples] | list[Samples]) -> Iterator[Figure]:
    """What is none, said where an entry may begin, in one, and to a question: best not obeyed, and never lost."""
    spoken = list(some)
    for place in PLACES:
        taken = [phrases.taken_for(recognizer, phrases.state_at(place), samples) for samples in spoken]
        wrong, lost = [one for one in taken if one.names], [one for one in taken if one.lost]
        yield Figure(ROW, f"{what}, {place}, obeyed, of {len(spoken)}{_listed(wrong)}", str(len(wrong)), "–", None)
        yield at_most(ROW, f"of those, words lost{_listed(lost)}", len(lost), 0, digits=0)


def _listed(some: Sequence[Taken]) -> str:
    return f": {'; '.join(map(_told, some))}" if some else ""


def _told(one: Taken) -> str:
    return f"{' '.join(one.heard)!r} {one.names[0]}"


def _pieces(every: int) -> Iterator[Samples]:
    """As long as a command may be, cut out of recordings: a whole one is too long to be judged at all."""
    for seed, utterance in enumerate(sounds.utterances()[::every]):
        chance, samples = random.Random(seed), utterance.samples
        length = round(chance.uniform(*PIECE_SECONDS) * HERTZ)
        at = chance.randrange(max(1, len(samples) - length))
        around = sounds.silence(phrases.AROUND_SECONDS)
        yield numpy.concatenate([around, samples[at : at + length], around])
