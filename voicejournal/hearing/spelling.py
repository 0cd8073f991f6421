"""Words as they are compared, however they were spelt.

In: words from a person, a keyboard or a recogniser. Out: their letters; which phrases are much like them. Pure.
"""

import unicodedata
from collections.abc import Iterable
from difflib import SequenceMatcher

ALIKE = 0.5
"""Share of letters in common, in order, from which words may be a phrase misheard: "help me home" has 0.8 of "help
me now". Only such a phrase is worth another look at a sound that is most likely something else."""


def letters(words: str) -> str:
    """Lower case, letters and digits only, without spaces.

    A recogniser writes "can't", "cant" and "can t", and may leave Korean spaces out.
    """
    composed = unicodedata.normalize("NFC", words).lower()
    return "".join(character for character in composed if character.isalnum())


def alike(phrases: Iterable[str], words: str) -> tuple[str, ...]:
    """Those that are spelt much like the words."""
    spelt = letters(words)
    ratios = ((SequenceMatcher(None, letters(phrase), spelt, autojunk=False).ratio(), phrase) for phrase in phrases)
    return tuple(phrase for ratio, phrase in ratios if ratio >= ALIKE)
