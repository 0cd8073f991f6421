"""What keeps others from reading the journal.

In: nothing, or what was told of it before. Out: `Protection`; whether that is worse than before. Pure.
"""

from typing import Literal

Protection = Literal["nothing", "account", "key_file", "key_store", "passphrase"]
"""nothing: it is plain text. account: encrypted, and the key lies in a file of this account, so whoever can use the
account can open it. key_file: encrypted under a file that the person keeps. key_store: the system's, which opens
with the person's own log-in. passphrase: theirs."""

KEY_BYTES = 32
"""Of the journal's key: AES-256."""

UNLOCKED: tuple[Protection, ...] = ("nothing", "account")
"""Of these the program says that the journal is not locked: somebody at this account only has to look."""


def noted(protection: Protection, salt: bytes) -> str:
    """What is kept of having met it, in one word or two: of a journal that is not locked, also which one it was."""
    return f"{protection} {salt.hex()}".strip() if protection in UNLOCKED else protection


def is_other(before: str | None, now: str) -> bool:
    """Whether it was locked when it was met before, or was another journal; both as `noted` writes them.

    A plain journal that was encrypted since is the same; so is one of whom only the protection was kept.
    """
    return before not in (None, now, *UNLOCKED)
