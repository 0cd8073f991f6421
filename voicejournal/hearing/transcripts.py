"""What a recogniser made of a stretch of voice.

In: nothing. Out: `Word`, `Transcript`. Pure.
Times count from the first sample that the recogniser was given for the stretch.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Word:
    """One recognised word."""

    text: str
    start_seconds: float
    end_seconds: float
    confidence: float
    """0 to 1, as the recogniser claims; Vosk's 1.0 under a grammar means nothing (vosk-api #2041)."""


@dataclass(frozen=True)
class Transcript:
    """The words of one stretch; empty text means that no words were found."""

    text: str
    words: tuple[Word, ...] = ()
    is_final: bool = True
    is_doubtful: bool = False
    """The recogniser's own measures say that these words may not be what was said."""


NOTHING_HEARD = Transcript("")
