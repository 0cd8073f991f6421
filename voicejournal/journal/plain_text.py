"""Text that can be shown anywhere: nothing in it commands a terminal or turns the line around.

In: any text, or what JSON can hold. Out: one line of it. Pure.
Words a person can see are never changed or left out; only what acts without being seen.
"""

import json
import re

BREAKS = "\x00-\x1f\x7f-\x9f\u2028\u2029"
"""Control characters (ESC, NUL, C1 …) and breaks of lines and paragraphs: all of Unicode's Cc, Zl and Zp."""

HIDES = (
    "\u200b\u2060\ufeff"  # zero width; the joiners 200c and 200d stay, Persian and Hindi spell with them
    "\u200e\u200f\u061c"  # marks of direction
    "\u202a-\u202e"  # embeddings and overrides of direction (CVE-2021-42574)
    "\u2066-\u2069"  # isolates of direction
    "\u206a-\u206f\ufff9-\ufffb"  # old ways to change how what follows looks, and notes between the lines
    "\U000e0000-\U000e007f"  # tags: invisible copies of ASCII (Unicode 16, 23.9)
)

HALVES = "\ud800-\udfff"
"""Halves of surrogate pairs: no text has them, and nothing can encode them."""

# Sets of characters, for an entry may be ten megabytes long: looking up each one took 4 s.
_BREAKS, _HIDES, _HALVES = (re.compile(f"[{signs}]") for signs in (BREAKS, HIDES, HALVES))
_ACTS = re.compile(f"[{BREAKS}{HIDES}{HALVES}]")


def one_line(text: str) -> str:
    """The text on one line, single spaces between words, none around it; safe to print and to encode."""
    return " ".join(harmless(text).split())


def harmless(text: str) -> str:
    """The same with its spaces as they are: breaks and what controls become spaces, halves of pairs U+FFFD."""
    return _HALVES.sub("\ufffd", _HIDES.sub("", _BREAKS.sub(" ", text)))


def safe_json(value: object) -> str:
    """JSON on one line, with what acts written as \\u202e and the like: programs read just what was given."""
    return _ACTS.sub(lambda found: json.dumps(found[0])[1:-1], json.dumps(value, ensure_ascii=False))
