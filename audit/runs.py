"""The program and its tests, run to be looked at.

In: arguments, names of tests. Out: what came of them. Touches: processes, a folder of its own for each look.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from audit.claims import Broken, NotChecked

ROOT = Path(__file__).parents[1]
MODELS = Path(os.environ.get("VOICEJOURNAL_MODELS") or "~/.local/share/voicejournal/models").expanduser()

SECONDS = 300
"""For one run: the slowest takes a minute."""


def by_tests(*names: str, marks: str = "not slow") -> Callable[[], str]:
    """A look that is these tests, each as pytest names it; all of them pass, and not one is skipped."""

    def look() -> str:
        # No -q: there is one in pyproject.toml, and with two of them pytest prints no count.
        command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-rs", "-m", marks]
        done = subprocess.run(
            [*command, *names], cwd=ROOT, capture_output=True, text=True, timeout=SECONDS, stdin=subprocess.DEVNULL
        )
        last = next((line for line in reversed(done.stdout.splitlines()) if re.search(r"\d+ \w+", line)), "")
        if done.returncode == 5:
            raise Broken(f"there are no such tests: {' '.join(names)}")
        if done.returncode:
            raise Broken(f"failed: {' '.join(names)}: {last}")
        skipped = re.search(r"SKIPPED \[\d+\] \S+ (.*)", done.stdout)
        if skipped:
            raise NotChecked(skipped[1])
        passed = re.search(r"^(\d+) passed\b", done.stdout, re.MULTILINE)
        if passed is None:
            raise Broken(f"how many passed is not told: {' '.join(names)}: {last}")
        number = int(passed[1])
        return f"{number} test{'s' if number > 1 else ''}: {' '.join(names)}"

    return look


@contextmanager
def house() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="audit-") as folder:
        yield Path(folder)


def environment(home: Path, **more: str) -> dict[str, str]:
    """Nothing of whoever runs this is touched; the models are theirs."""
    places = {"HOME": home, "TMPDIR": home, "XDG_CONFIG_HOME": home / "config", "XDG_DATA_HOME": home / "data"}
    return (
        os.environ
        | {name: str(place) for name, place in places.items()}
        | {"VOICEJOURNAL_MODELS": str(MODELS)}
        | more
    )


def program(*arguments: object) -> list[str]:
    return [sys.executable, "-m", "voicejournal.cli", *map(str, arguments)]


def run(command: list[str], home: Path, typed: str = "") -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        command, env=environment(home), cwd=home, input=typed, capture_output=True, text=True, timeout=SECONDS
    )


def speech(home: Path) -> Path:
    """A dream, spoken and finished. Raises: NotChecked where there is nobody to speak it, or to hear it."""
    if not is_installed("whisper-en"):
        raise NotChecked("no model is installed: voicejournal models install whisper-en")
    if shutil.which("espeak-ng") is None:
        raise NotChecked("espeak-ng is not installed")
    sys.path.insert(0, str(ROOT / "tests"))
    from spoken import speak

    return speak(
        home / "spoken.wav", 1.0, "Dream. I was on a train.", 2.0, "Finish my entry.", 0.5, voice="en-us+f3"
    )


def everyday(home: Path) -> dict[str, tuple[list[str], str]]:
    """What people do, by name and in this order: a command, and what is typed to it.

    One journal from its first entry to its erasing, with each recogniser and each voice that is installed.
    """
    spoken, journal, restored = speech(home), home / "journal.sqlite3", home / "restored.sqlite3"
    said = home / "said.txt"
    said.write_text("> dream i was on a train\n~ 2\n> finish my entry\n~ 30\n", encoding="utf-8")
    heard, its = ("--microphone", spoken, "--fast"), ("--journal", journal)
    done = {
        "listen": program("listen", *heard, *its, "--speaker", home / "answer.wav"),
        "ground": program("ground", "feet-and-chair", *heard, "--speaker", home / "ground.wav"),
        "replay": program("replay", said, *its),
        "list": program("list", *its),
        "search": program("search", "train", *its),
        "guess-tag": program("guess-tag"),
        "care": program("care"),
        "doctor": program("doctor", *heard, *its, "--speaker", home / "tried.wav"),
        "backup": program("backup", home / "copy.backup", *its),
        "restore": program("restore", home / "copy.backup", "--journal", restored),
        "list what was restored": program("list", "--journal", restored),
        "lock": program("lock", "key-file", home / "own.key", *its),
        "unlock": program("unlock", "--key-file", home / "own.key", *its),
        "erase": program("erase", "--yes", "--journal", restored),
    }
    if is_installed("vosk-ko"):
        others = ("--language", "ko", "--journal", home / "other.sqlite3", "--speaker", home / "other.wav")
        done["listen with Vosk"] = program("listen", *heard, *others)
    typed = {"guess-tag": "I dreamt that I was on a train\n"}
    return {name: (command, typed.get(name, "")) for name, command in done.items()}


def voices() -> str:
    """Which voice spoke in these, for whoever reads the table."""
    return "with the natural voice" if is_installed("voice-en") else "with the system's voice, for want of voice-en"


def is_installed(model: str) -> bool:
    return (MODELS / model / "sums.json").exists()
