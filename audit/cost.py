"""Claims: what protects costs those who guess much, and those who speak little.

Touches: time, and the processor's: what is measured is of this machine.
"""

import tempfile
import time
from pathlib import Path

from audit.claims import Broken, Check
from audit.runs import by_tests
from voicejournal.edges import key_file, passphrase
from voicejournal.errors import StoreError

TRY = "tests/edges/test_passphrase.py::test_every_try_costs_as_much_as_it_says"
WAIT = "tests/test_opening.py::test_who_tries_key_after_key_waits_for_each"

ENTRIES, OPENINGS = 1000, 3

MOST_PERCENT, MOST_SECONDS = 1, 0.2
"""Of one core while somebody speaks, ten times what was measured; and as the bench has it."""

LEAST_SECONDS = 0.1
"""Of a machine several times as fast as the one of which 0.7 s is told: with less it is another derivation."""


def a_try_is_costly() -> str:
    """Its memory and its passes by opening the box with these alone; its time by a clock."""
    seen = by_tests(TRY, WAIT)()
    with tempfile.TemporaryDirectory(prefix="audit-") as folder:
        box = Path(folder) / "journal.passphrase"
        passphrase.lock_up(box, bytes(32), "the blue umbrella")
        began = time.perf_counter()
        try:
            list(passphrase.keys_of(box, "the red umbrella"))
        except StoreError:
            taken = time.perf_counter() - began
        else:
            raise Broken("another passphrase opened it")
    if taken < LEAST_SECONDS:
        raise Broken(f"a try takes {taken:.3f} s")
    return f"Argon2id, 256 MB, 3 passes: {taken:.2f} s for a try here, and a second more in the program; {seen}"


def encryption_is_cheap() -> str:
    """A small journal, in seconds; the bench measures a large one, and beside a whole run: `python -m bench`."""
    from bench import encryption

    with tempfile.TemporaryDirectory(prefix="audit-") as name:
        folder = Path(name)
        key_file.make(folder / "key")
        key = key_file.key_of(folder / "key")
        plain, encrypted = (encryption.kept_seconds(folder / f"kept{one is None}", one) for one in (None, key))
        spoken = encryption.ROWS / encryption.ROWS_A_SECOND
        percent = 100 * (encrypted - plain) / spoken
        opened = []
        for how, one in ((encryption.PLAIN, None), (encryption.ENCRYPTED, key)):
            path = folder / f"opened{one is None}"
            encryption.fill(path, one, ENTRIES)
            opened.append(min(encryption.opened_seconds(how, path, folder / "key") for _ in range(OPENINGS)))
    more = opened[1] - opened[0]
    told = f"{percent:.2f} % of a core while somebody speaks; {more:.3f} s more to open {ENTRIES} entries"
    if percent > MOST_PERCENT or more > MOST_SECONDS:
        raise Broken(told)
    return told


CHECKS = [
    Check("Every try of a passphrase costs memory and time.", a_try_is_costly),
    Check("Encryption is noticed neither while somebody speaks nor when a journal is opened.", encryption_is_cheap),
]
