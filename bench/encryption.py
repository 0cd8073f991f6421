"""Row: what the encryption of the journal costs, in keeping sound and in opening a journal of 10,000 entries."""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bench import programs, sounds
from bench.figures import Figure, at_most
from voicejournal.edges import key_file
from voicejournal.edges.journal_rows import entry_key
from voicejournal.edges.store import Store

ROW = "encryption"

ENTRIES = 10_000
WORDS_EACH = 60
ROWS = 600
"""Quarters of a second; each waits for the disk."""
ROWS_A_SECOND = 4
REPEATS, QUICK_REPEATS = 5, 3
SALT = b"sixteen of salt!"
START = datetime(2020, 1, 1, 7, tzinfo=UTC)
SAID = "I was on a slow train, and I saw the sea. The windows were open, and the air was warm. " * 8

PLAIN = "Store(Path(sys.argv[1]))"
ENCRYPTED = "open_journal(Settings(journal=sys.argv[1], key_file=sys.argv[2])).journal"
OPENING = """
import sys, time
from pathlib import Path
from voicejournal.edges.store import Store
from voicejournal.opening import open_journal
from voicejournal.settings import Settings
start = time.perf_counter()
journal = {how}
newest = journal.entries(limit=20)
print(time.perf_counter() - start, len(newest))
"""
"""In a process of its own, as a start is; with everything of the encryption that has to be loaded."""


def measure(is_quick: bool) -> list[Figure]:
    repeats = QUICK_REPEATS if is_quick else REPEATS
    with tempfile.TemporaryDirectory(prefix="vj-") as name:
        folder = Path(name)
        key_file.make(folder / "key")
        key = key_file.key_of(folder / "key")
        return [*_keeping(folder, key, repeats), *_opening(folder, key, repeats)]


def _keeping(folder: Path, key: bytes, repeats: int) -> list[Figure]:
    """Against all the processor time of the program while somebody speaks, as fast as a file can be heard."""
    plain, encrypted = (
        statistics.median(kept_seconds(folder / f"{name}{number}", one) for number in range(repeats))
        for name, one in (("plain", None), ("encrypted", key))
    )
    samples = sounds.spoken(SAID)
    sound = sounds.write(folder / "speech.wav", samples)
    said_seconds = len(samples) / sounds.HERTZ
    ended = programs.listen(sound, folder / "loop").ended
    assert ended.exit_code == 0, ended.errors
    more = (encrypted - plain) / ROWS * ROWS_A_SECOND * said_seconds
    each = f"{1000 * encrypted / ROWS:.2f} ms over {1000 * plain / ROWS:.2f} ms for each row of sound"
    what = f"processor of the loop in {said_seconds:.0f} s of speech ({each})"
    return [at_most(ROW, what, 100 * more / (ended.cpu_seconds - more), 5, " %")]


def kept_seconds(path: Path, key: bytes | None) -> float:
    """Processor time of keeping so many rows."""
    store, pcm = Store(path, key, SALT), os.urandom(8000)
    entry_id = store.open_entry(START, "en", "vosk")
    start = time.process_time()
    for _ in range(ROWS):
        store.keep_sound(entry_id, pcm)
    taken = time.process_time() - start
    store.close()
    return taken


def _opening(folder: Path, key: bytes, repeats: int) -> list[Figure]:
    fill(folder / "plain.sqlite3", None)
    fill(folder / "encrypted.sqlite3", key)
    plain, encrypted = (
        [opened_seconds(how, folder / f"{name}.sqlite3", folder / "key") for _ in range(repeats)]
        for how, name in ((PLAIN, "plain"), (ENCRYPTED, "encrypted"))
    )
    more = statistics.median(encrypted) - statistics.median(plain)
    what = f"opening {ENTRIES} entries ({statistics.median(encrypted):.3f} s over {statistics.median(plain):.3f} s)"
    return [at_most(ROW, what, more, 0.2, " s more", digits=3)]


def opened_seconds(how: str, path: Path, key: Path) -> float:
    command = [sys.executable, "-c", OPENING.format(how=how), str(path), str(key)]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    assert told[1] == "20"
    return float(told[0])


def fill(path: Path, key: bytes | None, entries: int = ENTRIES) -> None:
    store = Store(path, key, SALT)
    with store._transaction() as db:
        for number in range(entries):
            at = START + timedelta(hours=3 * number)
            words = " ".join(f"word{(number * 7 + place * 13) % 5000}" for place in range(WORDS_EACH))
            db.execute(
                "insert into entry (key, id, started_at, language, recognizer, state, seconds, text)"
                " values (?, ?, ?, 'en', 'vosk', 'written', 30, ?)",
                (entry_key(at), f"{number}", at.isoformat(), words),
            )
    store.close()
