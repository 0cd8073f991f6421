"""Text cut into pieces that a voice can render one at a time.

In: any text. Out: its sentences, and parts of very long ones. Pure.
Nothing is lost or changed but white space.
"""

import math
import re
from itertools import pairwise

LONGEST_WORDS = 25
"""Rendering costs more than length says (design §3), and recognised text may have no full stop at all."""


def sentences(text: str) -> list[str]:
    """The pieces in order; no text gives none."""
    parts = re.split(r"(?<=[.!?…。？！])\s+", text.strip())
    return [piece for part in parts for piece in _shortened(part.split())]


def _shortened(words: list[str]) -> list[str]:
    """In pieces of about one length: no single word stands alone after a rest."""
    pieces = math.ceil(len(words) / LONGEST_WORDS)
    cuts = [len(words) * i // max(1, pieces) for i in range(pieces + 1)]
    return [" ".join(words[start:end]) for start, end in pairwise(cuts)]
