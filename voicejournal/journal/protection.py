"""What keeps others from reading the journal.

In: nothing. Out: `Protection`. Pure.
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
