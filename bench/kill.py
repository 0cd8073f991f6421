"""Row: `kill -9` at random moments loses at most a second of sound, and the entry is written at the next start."""

import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench import programs, sounds
from bench.figures import Figure, all_of, at_most

ROW = "kill"

TIMES = 20
QUICK_TIMES = 3
FIRST_SECONDS, LAST_SECONDS = 3.0, 15.0
"""After the first event of the trace: somewhere inside the speech."""

LIBRARY_SPEAKER = "ljspeech"
"""Seven sentences, without long pauses between the words."""


def measure(is_quick: bool) -> list[Figure]:
    """A file heard in real time, killed, and then a second of silence heard by a new start."""
    chance = random.Random(1)
    said = sounds.by_speaker()[LIBRARY_SPEAKER]
    joined = sounds.joined(said, 0.3, 0.8, seed="kill")
    lost, written, count = [], 0, QUICK_TIMES if is_quick else TIMES
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        sound = sounds.write(folder / "speech.wav", joined.samples)
        quiet = sounds.write(folder / "quiet.wav", sounds.silence(1))
        for i in range(count):
            one = folder / str(i)
            lost.append(_kill(sound, one, chance.uniform(FIRST_SECONDS, LAST_SECONDS)))
            run = programs.listen(quiet, one)
            written += len(run.entries) == 1 and run.entries[0]["state"] == "written" and bool(run.text)
    return [
        at_most(ROW, f"sound lost, worst of {count}", max(lost), 1, " s"),
        all_of(ROW, "killed entries written with words at the next start", written, count),
    ]


def _kill(sound: Path, folder: Path, seconds: float) -> float:
    """Seconds between the end of the kept sound and the moment of death, on the microphone's clock."""
    folder.mkdir()
    journal, trace = folder / "journal.sqlite3", folder / "trace.jsonl"
    command = [sys.executable, "-m", programs.MODULE, "listen", "--microphone", str(sound)]
    process = subprocess.Popen(
        [*command, "--journal", str(journal), "--trace", str(trace)],
        env=programs.environment(folder),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    while not programs.events(trace):
        time.sleep(0.002)
    # The first event, a cue or a voice, is written as it happens: now it is this second on the microphone's clock.
    at = time.monotonic()
    clock = float(programs.events(trace)[-1]["t"])
    time.sleep(seconds)
    process.send_signal(signal.SIGKILL)
    heard = clock + time.monotonic() - at
    process.wait()
    opened = next(event["t"] for event in programs.events(trace) if event["event"] == "entry_opened")
    with sqlite3.connect(f"file:{journal}?mode=ro", uri=True) as database:
        (kept_bytes,) = database.execute("select sum(length(pcm)) from sound").fetchone()
    return heard - float(opened + kept_bytes / (2 * sounds.HERTZ))
