"""What kind an entry seems to be: by its own words, and by what the person called others like it.

In: the words of an entry, and entries whose kind the person decided. Out: a `Guess` with its reason. Pure.
What the person has called three times otherwise is not guessed a fourth time.
"""

from collections.abc import Iterable

from voicejournal.dialogue.language import Language
from voicejournal.journal.corrections import Correction, called, corrections
from voicejournal.journal.entries import Entry
from voicejournal.journal.tagging import Guess, guess


def learned(language: Language, corrected: Iterable[Entry]) -> tuple[Correction, ...]:
    """What there is to go by, in this language; where nothing is guessed, nothing is learned either."""
    if language.common is None:
        return ()
    return corrections((entry for entry in corrected if entry.language == language.code), language.common)


def guessed(text: str, language: Language, known: tuple[Correction, ...] = ()) -> Guess:
    """With a reason and no tag, the person wants none for such entries, and not to be asked."""
    by_words = guess(text, language.guesser)
    if language.guesser is None or language.common is None:
        return by_words
    theirs = called(text, by_words, known, language.guesser, language.common)
    if theirs is None:
        return by_words
    if theirs.tag is None:
        confidence = min(by_words.confidence, 1 - theirs.confidence)
        return Guess(None, round(confidence, 3), language.say("called_none"))
    if theirs.tag == by_words.tag:
        return by_words
    return Guess(theirs.tag, theirs.confidence, language.say("called", tag=language.tag(theirs.tag)))
