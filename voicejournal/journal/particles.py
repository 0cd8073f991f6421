"""Particles: what hangs at the end of a word in some languages, and is no part of it: "물이" is water.

In: the particles of a language, and words. Out: a word without its particle, or with each. Pure.
One of a pair follows a consonant, the other a vowel: so "가을", autumn, has none.
"""

Particles = tuple[tuple[str, str], ...]
"""Pairs: after a consonant, after a vowel."""

FIRST_SYLLABLE, LAST_SYLLABLE = "가", "힣"
"""Of the block of Unicode that holds every syllable of Hangul, in order."""

ENDINGS = 28
"""Each row of syllables that begin alike has so many: without a consonant at its end, and with each there is."""


def bare(particles: Particles, word: str) -> str:
    """The word without the particle that it ends in; the word itself where it ends in none."""
    for pair in particles:
        for particle in pair:
            stem = word.removesuffix(particle)
            if stem not in ("", word) and _after(stem, pair) == particle:
                return stem
    return word


def with_each(particles: Particles, word: str) -> tuple[str, ...]:
    return tuple(word + _after(word, pair) for pair in particles)


def _after(word: str, pair: tuple[str, str]) -> str:
    consonant, vowel = pair
    return consonant if _ends_in_consonant(word) else vowel


def _ends_in_consonant(word: str) -> bool:
    """Of Hangul; other letters don't tell."""
    last = word[-1]
    return FIRST_SYLLABLE <= last <= LAST_SYLLABLE and (ord(last) - ord(FIRST_SYLLABLE)) % ENDINGS > 0
