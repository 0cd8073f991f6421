"""Offers after an entry: how often they come where they are not due, and how often they don't where they are.

In: the evaluation's texts. Out: figures. Touches: the voice and Whisper, which speak and hear some of them.
There is no target to reach, for nothing is detected: both sides are told.
"""

import random
import re
from collections.abc import Callable, Sequence
from functools import partial

import numpy as np

from bench import sounds
from bench.bare import model_of
from bench.figures import Figure
from voicejournal.edges.resampling import Resampling
from voicejournal.edges.voice import SpokenVoice
from voicejournal.edges.whisper import whisper_recognizer
from voicejournal.hearing.frames import HEARD_HERTZ, PLAYED_HERTZ
from voicejournal.journal.circling import Circling, goes_in_circles
from voicejournal.journal.hard import sounds_hard
from voicejournal.languages import language_of

ORDINARY = ("dream", "mood", "experiment", "other")
SECONDS = 60.0
"""Every text counts as an entry of a minute: length is no sign here."""

WRONG_SHARE = 1 / 6
"""Word errors of everyday recordings (README)."""

TIMES = 50
"""Other words are wrong each time."""

EARLIER = 20
"""Texts before each one, in the order of the file, stand for the person's earlier entries."""

Offers = Callable[[str], bool]


def measure(quick: bool) -> list[Figure]:
    language = language_of("en")
    hard = partial(sounds_hard, hard=language.hard)
    ordinary = {name: [text for text, _ in rows(name)] for name in ORDINARY}
    return [
        *([] if quick else _spoken_lines(hard)),
        *_lines("hard words", "crisis_signposting", "crisis", hard, TIMES // 10 if quick else TIMES),
        *_ordinary("hard words", ordinary, lambda texts, at: hard(texts[at])),
        *_lines("in circles", "rumination_vs_reflection", "rumination", partial(_circles, language.circling), 0),
        *_ordinary("in circles", ordinary, partial(_circles_at, language.circling)),
    ]


def rows(name: str) -> list[tuple[str, str]]:
    """Texts and labels of one of the evaluation's files."""
    return [(row["text"], row["label"]) for row in sounds.rows(f"text/{name}.tsv")]


def recognised(text: str) -> str:
    """As a recogniser writes: small letters, no punctuation."""
    return " ".join(re.sub(r"[^\w\s']", " ", text.lower()).split())


def worn(text: str, chance: random.Random) -> str:
    """The same with one word in six heard as another, which means nothing."""
    return " ".join("the" if chance.random() < WRONG_SHARE else word for word in recognised(text).split())


def _circles(circling: Circling, text: str) -> bool:
    return goes_in_circles(text, SECONDS, (), circling)


def _circles_at(circling: Circling, texts: Sequence[str], at: int) -> bool:
    return goes_in_circles(texts[at], SECONDS, texts[max(0, at - EARLIER) : at], circling)


def _lines(what: str, name: str, label: str, offers: Offers, times: int) -> list[Figure]:
    """Of labelled lines: how many are missed, and how many of the others bring an offer."""
    wanted = [recognised(text) for text, kind in rows(name) if kind == label]
    others = [recognised(text) for text, kind in rows(name) if kind != label]
    figures = [
        _of(f"{what}: missed, of lines labelled so", sum(not offers(text) for text in wanted), len(wanted)),
        _of(f"{what}: offered, of the other lines", sum(offers(text) for text in others), len(others)),
    ]
    if times:
        chance = random.Random(4)
        missed = sum(not offers(worn(text, chance)) for text in wanted * times)
        false = sum(offers(worn(text, chance)) for text in others * times)
        figures += [
            _of(f"{what}: missed, one word in six wrong", missed, len(wanted) * times),
            _of(f"{what}: offered, the others, one word in six wrong", false, len(others) * times),
        ]
    return figures


def _spoken_lines(offers: Offers) -> list[Figure]:
    """The short lines spoken by the program's own voice and recognised by Whisper, whatever that makes of them."""
    labelled = rows("crisis_signposting")
    heard = spoken([text for text, _ in labelled])
    told = [(offers(text), kind == "crisis") for text, (_, kind) in zip(heard, labelled, strict=True)]
    wanted = sum(is_wanted for _, is_wanted in told)
    missed = sum(is_wanted and not is_offered for is_offered, is_wanted in told)
    false = sum(is_offered and not is_wanted for is_offered, is_wanted in told)
    return [
        _of("hard words: missed, synthetic voice through Whisper", missed, wanted),
        _of("hard words: offered, the others, the same way", false, len(told) - wanted),
    ]


def spoken(texts: Sequence[str]) -> list[str]:
    """What Whisper hears when the program's voice says each of them."""
    voice, recognizer = SpokenVoice("en"), whisper_recognizer(model_of("whisper"), "en")
    margin = bytes(2 * HEARD_HERTZ // 2)
    for text in texts:
        ticket = recognizer.begin()
        sound = np.frombuffer(voice.render(text, 1.0), "<i2")
        pcm = Resampling(PLAYED_HERTZ, HEARD_HERTZ).convert(sound / 32768, is_last=True)
        recognizer.accept(ticket, margin + pcm + margin)
        recognizer.finish(ticket)
    heard = [answer.transcript.text for answer in recognizer.poll(wait=True)]
    recognizer.close()
    return heard


def _ordinary(what: str, texts: dict[str, list[str]], offers: Callable[[Sequence[str], int], bool]) -> list[Figure]:
    """Offers on texts about other things, typed and as a recogniser writes; some are due all the same."""
    typed = sum(offers(each, at) for each in texts.values() for at in range(len(each)))
    heard = {name: [recognised(text) for text in each] for name, each in texts.items()}
    spoken = sum(offers(each, at) for each in heard.values() for at in range(len(each)))
    total = sum(len(each) for each in texts.values())
    return [
        _of(f"{what}: offered, of ordinary texts, typed", typed, total),
        _of(f"{what}: offered, of ordinary texts, as recognised", spoken, total),
    ]


def _of(what: str, count: int, total: int) -> Figure:
    return Figure("offers", what, f"{count} of {total} ({1000 * count / total:.1f} in 1,000)", "–", None)
