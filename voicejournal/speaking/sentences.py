"""Text cut into pieces that a voice can render one at a time.

In: any text. Out: its sentences, and parts of very long ones. Pure.
Nothing is lost or changed but the white space between the pieces.
"""

import re

LONGEST_WORDS = 25
"""Rendering costs more than length says (design §3), and recognised text may have no full stop at all."""


def sentences(text: str) -> list[str]:
    """The pieces in order; no text gives none."""
    parts = re.split(r"(?<=[.!?…。？！])\s+", text.strip())
    return [piece for part in parts for piece in _shortened(part.split())]


def _shortened(words: list[str]) -> list[str]:
    return [" ".join(words[i : i + LONGEST_WORDS]) for i in range(0, len(words), LONGEST_WORDS)]
