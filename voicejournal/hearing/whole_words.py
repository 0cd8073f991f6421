"""Whole words of what a recogniser tells in parts.

In: parts of words, notes and punctuation, as Whisper writes them. Out: the words that were spoken. Pure.
"""

import re
from collections.abc import Iterable

from voicejournal.hearing.transcripts import Word

NOTE = re.compile(r"[\[(][^\s\])]+(?:\s[^\s\])]+)?[\])]|[♪♫]+")
"""A sound that is no word, described in one word or two: [Music], (laughs softly), ♪."""


def whole_words(parts: Iterable[Word]) -> tuple[Word, ...]:
    """Whole words only: parts put together, notes and lone punctuation left out.

    A part that begins a word begins with a space: " well", "-known".
    """
    whole: list[Word] = []
    for part in parts:
        if whole and not part.text.startswith(" "):
            last = whole.pop()
            confidence = min(last.confidence, part.confidence)
            part = Word(last.text + part.text, last.start_seconds, part.end_seconds, confidence)
        whole.append(part)
    notes = [note.span() for note in NOTE.finditer("".join(word.text for word in whole))]
    spoken, at = [], 0
    for word in whole:
        start, at = at, at + len(word.text)
        is_note = any(first < at and start < last for first, last in notes)
        if not is_note and any(map(str.isalnum, word.text)):
            spoken.append(Word(word.text.strip(), word.start_seconds, word.end_seconds, word.confidence))
    return tuple(spoken)
