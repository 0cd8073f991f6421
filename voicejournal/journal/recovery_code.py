"""The recovery code: the journal's key as a person can copy it by hand.

In: a key, or a code as it was typed. Out: the other. Pure.
Invariant: a code with one wrong letter is noticed as wrong, and never taken for another key.
"""

import base64
import hashlib
import re

from voicejournal.journal.protection import KEY_BYTES

CHECK_BYTES = 3
"""Of 16 million codes with a slip in them one is taken for right; with 32 bytes of key it comes to 56 letters."""

GROUP = 4
"""Letters that are said or copied at once."""

LOOKALIKES = str.maketrans("018", "OIB")
"""The code has no such figures: whoever reads one off a sheet means the letter."""


def code_of(key: bytes) -> str:
    """Letters and the figures 2 to 7, in groups."""
    letters = base64.b32encode(key + _check(key)).decode().rstrip("=")
    return " ".join(letters[at : at + GROUP] for at in range(0, len(letters), GROUP))


def key_of(code: str) -> bytes | None:
    """The key; None where there is a slip in the code. Spaces, hyphens and small letters are as good."""
    letters = re.sub(r"[\s-]", "", code).upper().translate(LOOKALIKES)
    try:
        whole = base64.b32decode(letters + "=" * (-len(letters) % 8))
    except ValueError:
        return None
    key, check = whole[:-CHECK_BYTES], whole[-CHECK_BYTES:]
    return key if len(key) == KEY_BYTES and check == _check(key) else None


def _check(key: bytes) -> bytes:
    return hashlib.blake2b(key, digest_size=CHECK_BYTES, person=b"recovery code").digest()
