"""PocketSphinx: which of a few phrases a brief stretch sounds like, and how much like it.

In: the sound of a stretch, phrases. Out: the phrase whose sounds come nearest. Touches: pocketsphinx, the English
sounds that it carries; never the network.
A recogniser writes what people mostly say, and hardly anybody says "redo"; here phrases are all that can be heard.
"""

import math
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from voicejournal.errors import ModelError

LANGUAGE = "en"
"""The only one whose sounds come with the library."""

GRAMMAR, ANY_SOUNDS = "phrases", "sounds"

WORD = re.compile(r"[a-z'.-]+")
"""What a grammar can hold; the dictionary knows second ways to say a word as "the(2)", which would break it."""

LEAST_BYTES = 2 * 1600
"""A tenth of a second: no word is shorter, and the library fails on nothing at all."""


@dataclass(frozen=True)
class Sounds:
    """The phrase that was found."""

    phrase: str
    likeness: float
    """Natural logarithm of its probability, as the library scales it (about a thousandth), less that of the
    likeliest run of any sounds at all: near 0, and above it where the phrase is one that people say."""


class PhraseSounds:
    """Holds 29 MB; a stretch of 2 s takes 0.2 s of processor."""

    def __init__(self) -> None:
        """Raises: ModelError when its parts are missing or broken."""
        with _translated():
            from pocketsphinx import Decoder, get_model_path

            model = Path(get_model_path("en-us"))
            self._decoder = Decoder(
                hmm=str(model / "en-us"),
                dict=str(model / "cmudict-en-us.dict"),
                lm=None,
                bestpath=False,
                # Of each stretch by itself: the same sound gives the same answer, whatever was heard before.
                cmn="batch",
                loglevel="FATAL",
            )
            self._decoder.add_allphone_file(ANY_SOUNDS, str(model / "en-us-phone.lm.bin"))
        self._phrases: tuple[str, ...] = ()
        """What the grammar holds."""

    def nearest(self, pcm: bytes, phrases: Sequence[str]) -> Sounds | None:
        """`pcm`: 16 kHz mono s16. None where it is like none of them, or none can be sounded. Raises: ModelError;
        it may answer nothing from then on.
        """
        with _translated():
            return self._nearest(pcm, phrases)

    def _nearest(self, pcm: bytes, phrases: Sequence[str]) -> Sounds | None:
        spelt = {" ".join(words): phrase for phrase in phrases if (words := self._words(phrase))}
        if not spelt:
            return None
        if tuple(spelt) != self._phrases:
            alternatives = " | ".join(spelt)
            self._decoder.add_jsgf_string(
                GRAMMAR, f"#JSGF V1.0; grammar phrases; public <phrase> = {alternatives};"
            )
            self._phrases = tuple(spelt)
        said, anything = self._heard(GRAMMAR, pcm), self._heard(ANY_SOUNDS, pcm)
        if said is None or anything is None or said[0] not in spelt:
            return None
        return Sounds(spelt[said[0]], math.log(said[1] / anything[1]))

    def _heard(self, search: str, pcm: bytes) -> tuple[str, float] | None:
        """The words or sounds, and their probability, as the library scales it."""
        if len(pcm) < LEAST_BYTES:
            return None
        self._decoder.activate_search(search)
        # Called unnecessary, and not so: without it what was noise in the stretch before is taken out of this one.
        self._decoder.start_stream()
        self._decoder.start_utt()
        self._decoder.process_raw(pcm, full_utt=True)
        self._decoder.end_utt()
        found = self._decoder.hyp()
        return (found.hypstr, found.best_score) if found and found.hypstr and found.best_score else None

    def _words(self, phrase: str) -> list[str]:
        """None of them where one can't be sounded."""
        words = phrase.lower().split()
        return words if all(WORD.fullmatch(word) and self._knows(word) for word in words) else []

    def _knows(self, word: str) -> bool:
        """A word that is two ("passphrase") is sounded as both."""
        if self._decoder.lookup_word(word) is not None:
            return True
        halves = (
            (self._decoder.lookup_word(word[:at]), self._decoder.lookup_word(word[at:]))
            for at in range(3, len(word) - 2)
        )
        parts = next((f"{first} {second}" for first, second in halves if first and second), None)
        if parts is not None:
            self._decoder.add_word(word, parts, True)
        return parts is not None


def phrase_sounds_of(language: str) -> Callable[[], PhraseSounds] | None:
    """What loads it; None for a language that the library has no sounds of."""
    return PhraseSounds if language == LANGUAGE else None


@contextmanager
def _translated() -> Iterator[None]:
    """The library's failures as ours, without what they say: it may hold a phrase that is a person's own."""
    try:
        yield
    except Exception as exc:
        raise ModelError("second_ear_broken", kind=type(exc).__name__) from exc
