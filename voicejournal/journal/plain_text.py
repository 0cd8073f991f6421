"""Text that can be shown anywhere: nothing in it commands a terminal or turns the line around.

In: any text. Out: one line of it. Pure.
Words a person can see are never changed or left out; only what acts without being seen.
"""

import unicodedata

_TURNS_OR_HIDES = frozenset(
    "\u200b\u2060\ufeff"  # zero width; the joiners 200c and 200d stay, Persian and Hindi spell with them
    "\u200e\u200f\u061c"  # marks of direction
    "\u202a\u202b\u202c\u202d\u202e"  # embeddings and overrides of direction (CVE-2021-42574)
    "\u2066\u2067\u2068\u2069"  # isolates of direction
)

_TAGS = range(0xE0000, 0xE0080)
"""Invisible copies of ASCII (Unicode 16, 23.9)."""


def one_line(text: str) -> str:
    """The text on one line, single spaces between words, none around it; safe to print and to encode.

    Control characters (ESC, NUL, C1 …) and line breaks become spaces, halves of surrogate pairs U+FFFD.
    """
    return " ".join("".join(map(_shown, text)).split())


def _shown(character: str) -> str:
    if character in _TURNS_OR_HIDES or ord(character) in _TAGS:
        return ""
    match unicodedata.category(character):
        case "Cc" | "Zl" | "Zp":
            return " "
        case "Cs":
            return "\ufffd"
        case _:
            return character
