"""How much of what was said is in what was written.

In: words said, words written. Out: counts of errors, and of words missing at the ends. Pure but for jiwer.
Case, punctuation and apostrophes don't count as words or parts of them.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Errors:
    """Word errors over a number of words."""

    errors: int
    words: int
    lost: tuple[str, ...]
    """Runs of three words and more that are in no way there."""
    ends_missing: int
    """Utterances whose first or last word has nothing in its place."""

    @property
    def percent(self) -> float:
        return 100 * self.errors / max(1, self.words)


LONGEST_SLIP = 2
"""A recogniser drops a word or two here and there; more in a row means that the sound never came to it."""


def plain(text: str) -> str:
    """Lower case words, with nothing else."""
    return " ".join(re.sub(r"[^\w\s]", " ", text.lower().replace("'", "").replace("’", "")).split())


def errors(said: Sequence[str], written: str) -> Errors:
    """Of utterances in a row against one text."""
    import jiwer

    utterances = [plain(one).split() for one in said]
    reference = [word for one in utterances for word in one]
    compared = jiwer.process_words(" ".join(reference), plain(written) or "∅")
    gone: set[int] = set()
    lost = []
    for chunk in compared.alignments[0]:
        if chunk.type == "delete":
            words = range(chunk.ref_start_idx, chunk.ref_end_idx)
            gone.update(words)
            if len(words) > LONGEST_SLIP:
                lost.append(" ".join(reference[i] for i in words))
    ends, at = 0, 0
    for one in utterances:
        ends += bool(gone & {at, at + len(one) - 1})
        at += len(one)
    total = compared.substitutions + compared.deletions + compared.insertions
    return Errors(total, len(reference), tuple(lost), ends)


def pooled(parts: Sequence[Errors]) -> Errors:
    return Errors(
        sum(part.errors for part in parts),
        sum(part.words for part in parts),
        tuple(words for part in parts for words in part.lost),
        sum(part.ends_missing for part in parts),
    )
