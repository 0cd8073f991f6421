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
    """With no tag that is called so, the person wants none for such entries, and not to be asked."""
    if language.guesser is None:
        return Guess(None, 0.0, language.say("not_guessed"))
    by_words = guess(text, language.guesser)
    if language.common is None:
        return by_words
    theirs = called(text, by_words, known, language.guesser, language.common)
    if theirs is None:
        return by_words
    if theirs.tag is None:
        return Guess(None, theirs.confidence, language.say("called_none"), is_called=True)
    if theirs.tag == by_words.tag:
        return by_words
    reason = language.say("called", tag=language.tag(theirs.tag))
    return Guess(theirs.tag, theirs.confidence, reason, is_called=True)
