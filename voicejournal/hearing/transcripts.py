"""What a recogniser made of a stretch of voice, and what is kept of that.

In: nothing. Out: `Word`, `Transcript`, `KeptStretch`. Pure.
Times of a transcript count from the first sample that the recogniser was given for the stretch.
"""

import math
from dataclasses import dataclass, replace
from typing import Literal


@dataclass(frozen=True, slots=True)
class Word:
    """One recognised word; small, for an entry of three hours holds some 30,000 of them."""

    text: str
    start_seconds: float
    end_seconds: float
    confidence: float
    """0 to 1, as the recogniser claims; Vosk's 1.0 under a grammar means nothing (vosk-api #2041)."""
    by: Literal["recognizer", "person"] = "recognizer"
    """Whose word it is: the person said that it is right, or said it once more."""
    was: str | None = None
    """What the recogniser had made of it, where the person said another word; it can be brought back."""


@dataclass(frozen=True)
class Nearest:
    """The one of several phrases that sounds most like a stretch."""

    phrase: str
    fit: float
    """Mean log probability of its tokens, natural; 0 is certain."""
    lead: float = -math.inf
    """Log likelihood ratio, natural: of the whole phrase to the words that were written. Near 0 either may have
    been said."""


@dataclass(frozen=True)
class Sounded:
    """The one of several phrases whose sounds come nearest to a stretch, for an ear that knows nothing else."""

    phrase: str
    likeness: float
    """Log likelihood ratio of its sounds to the likeliest run of phones at all, scaled: near 0 either may have been
    said (`edges/phrase_sounds.py`)."""
    lead: float
    """As of `Nearest`: what the recogniser that wrote the words makes of this phrase."""


@dataclass(frozen=True)
class Unhinted:
    """What the same sound is written as where nothing was said of what is awaited; other words."""

    text: str
    lead: float
    """Log likelihood ratio, natural: of the words that were written with hints to these."""


@dataclass(frozen=True)
class Transcript:
    """The words of one stretch; empty text means that no words were found."""

    text: str
    words: tuple[Word, ...] = ()
    is_final: bool = True
    is_doubtful: bool = False
    """The recogniser's own measures say that these words may not be what was said."""
    nearest: Nearest | None = None
    """Where that was asked for, the words are none of the phrases, and the recogniser can tell."""
    unhinted: Unhinted | None = None
    """Where hints may have bent the words, and did; not asked where the words are like no phrase."""
    sounded: Sounded | None = None
    """Where a second ear listened, and the words are not one of the phrases for sure."""
    again: str = ""
    """The phrase that the same sound is written as at another rate, where the words are none that is obeyed."""

    def before(self, seconds: float) -> "Transcript":
        """Only the words that begin before this second; as it is when it does not tell its words apart."""
        words = tuple(word for word in self.words if word.start_seconds < seconds)
        if words == self.words:
            return self
        return replace(self, text=" ".join(word.text for word in words), words=words)


NOTHING_HEARD = Transcript("")


@dataclass(frozen=True)
class KeptStretch:
    """Words of one stretch of voice inside an entry; seconds count from the entry's first kept frame."""

    start_seconds: float
    end_seconds: float
    text: str
    words: tuple[Word, ...] = ()
    is_doubtful: bool = False
    is_struck: bool = False
    """Taken back with "scratch that": kept, but not part of the text."""

    @property
    def is_in_text(self) -> bool:
        """It has words, or a voice whose words are in doubt, and was not taken back."""
        return not self.is_struck and (bool(self.text) or self.is_doubtful)

    def moved(self, by_seconds: float) -> "KeptStretch":
        """The same, of an entry that began so much earlier."""
        words = tuple(
            replace(word, start_seconds=word.start_seconds + by_seconds, end_seconds=word.end_seconds + by_seconds)
            for word in self.words
        )
        start, end = self.start_seconds + by_seconds, self.end_seconds + by_seconds
        return replace(self, start_seconds=start, end_seconds=end, words=words)
