"""Words of an entry that may not be what was said: marked for the eye, and repaired by the person.

In: an entry's stretches, and its recogniser. Out: marked text, the doubts in it, a stretch with a repaired word.
Pure. What the recogniser heard is never lost: a repaired word says what it was.
"""

from collections.abc import Sequence, Set
from dataclasses import dataclass, replace

from voicejournal.hearing.doubt import is_doubted
from voicejournal.hearing.transcripts import KeptStretch, Word

MARK = "(?)"
"""Follows a doubted word: plain enough for a screen reader and for every terminal."""

PUNCTUATION = ".,;:!?…。，？！"
"""What a recogniser may write after a word, and is no part of it."""


@dataclass(frozen=True)
class Doubt:
    """One doubted word, and where it stands."""

    stretch_seconds: float
    """The start of its stretch, which names it within the entry."""
    index: int
    """Which word of its stretch, from 0."""
    word: Word

    @property
    def spoken(self) -> str:
        """The word alone, as it is read to the person."""
        return self.word.text.strip(PUNCTUATION)


def doubts(stretches: Sequence[KeptStretch], recognizer: str, is_kind_named: bool = False) -> tuple[Doubt, ...]:
    """Every doubted word of the text, in the order in which it was said.

    `is_kind_named`: the first word was understood as the kind of the entry, and answered with it; a recogniser that
    was told to expect it is less sure of it than it is right.
    """
    words = [
        Doubt(stretch.start_seconds, index, word)
        for stretch in stretches
        if not stretch.is_struck
        for index, word in enumerate(stretch.words)
    ]
    return tuple(doubt for doubt in words[is_kind_named:] if is_doubted(doubt.word, recognizer))


def marked(stretches: Sequence[KeptStretch], recognizer: str, is_kind_named: bool = False) -> str:
    """The text of an entry, with a mark after each doubted word, and brackets around a doubtful stretch."""
    doubted = {(one.stretch_seconds, one.index) for one in doubts(stretches, recognizer, is_kind_named)}
    said = (stretch for stretch in stretches if stretch.text and not stretch.is_struck)
    return " ".join(_marked(stretch, doubted) for stretch in said)


def _marked(stretch: KeptStretch, doubted: Set[tuple[float, int]]) -> str:
    if stretch.is_doubtful:
        return f"[{stretch.text}] {MARK}"
    if not stretch.words:
        return stretch.text
    return " ".join(
        _with_mark(word) if (stretch.start_seconds, index) in doubted else word.text
        for index, word in enumerate(stretch.words)
    )


def _with_mark(word: Word) -> str:
    """ "mother (?)," and not "mother, (?)": the mark is about the word."""
    bare = word.text.rstrip(PUNCTUATION)
    return f"{bare} {MARK}{word.text[len(bare) :]}"


def confirmed(stretch: KeptStretch, index: int) -> KeptStretch:
    """The person said that this word is right."""
    return _with(stretch, index, replace(stretch.words[index], by="person"))


def repaired(stretch: KeptStretch, index: int, said: str) -> KeptStretch:
    """What the person said in place of this word; capitals and full stops stay those of the text around it."""
    word = stretch.words[index]
    was = word.text if word.was is None else word.was
    text = _as_before(said.strip(PUNCTUATION + " "), was)
    return _with(stretch, index, replace(word, text=text, by="person", was=was))


def one_changed(stretch: KeptStretch, other: KeptStretch) -> str | None:
    """The word that alone is another in it; None where it is not one word."""
    changed = [
        word.text for word, before in zip(stretch.words, other.words, strict=False) if word.text != before.text
    ]
    is_one = len(changed) == 1 and len(stretch.words) == len(other.words)
    return changed[0].strip(PUNCTUATION) if is_one else None


def _with(stretch: KeptStretch, index: int, word: Word) -> KeptStretch:
    words = (*stretch.words[:index], word, *stretch.words[index + 1 :])
    return replace(stretch, text=" ".join(one.text for one in words), words=words)


def _as_before(said: str, before: str) -> str:
    """A recogniser begins every answer with a capital; a name of one letter, or of capitals only, keeps its own."""
    bare = before.rstrip(PUNCTUATION)
    if bare[:1].islower() and said[1:2].islower():
        said = said[0].lower() + said[1:]
    return said + before[len(bare) :]
