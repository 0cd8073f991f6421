"""The program run as a person runs it, and what it left behind.

In: a sound file and flags. Out: entries, events, processor time, memory. Touches: processes, a folder of its own.
Each run has its own journal, settings and data; only the installed models are the user's.
"""

import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from voicejournal.edges.places import models_directory

MODULE = "voicejournal.cli"


@dataclass(frozen=True)
class Ended:
    """A process that is over."""

    exit_code: int
    cpu_seconds: float
    """User and system time of the process and all it waited for."""
    wall_seconds: float
    peak_megabytes: float
    output: str
    errors: str


@dataclass(frozen=True)
class Run:
    """One `listen`, from start to end."""

    ended: Ended
    entries: list[dict[str, Any]]
    """As `list --json` prints them, oldest first."""
    events: list[dict[str, Any]] = field(default_factory=list)
    """The trace, with words."""

    @property
    def text(self) -> str:
        return " ".join(entry["text"] for entry in self.entries)


def environment(folder: Path) -> dict[str, str]:
    """Nothing of the user's but the models."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("VOICEJOURNAL_")}
    own = {"XDG_CONFIG_HOME": str(folder / "config"), "XDG_DATA_HOME": str(folder / "data")}
    return {**kept, **own, "VOICEJOURNAL_MODELS": str(models_directory())}


def run(arguments: list[str], folder: Path) -> Ended:
    """A Python module with arguments, to its end."""
    output, errors = folder / "output.txt", folder / "errors.txt"
    began = time.monotonic()
    with output.open("wb") as out, errors.open("wb") as err:
        process = subprocess.Popen(
            [sys.executable, "-m", *arguments],
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=err,
            env=environment(folder),
        )
        _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return Ended(
        exit_code=process.returncode,
        cpu_seconds=used.ru_utime + used.ru_stime,
        wall_seconds=time.monotonic() - began,
        peak_megabytes=used.ru_maxrss / 1024,
        output=output.read_text(),
        errors=errors.read_text(),
    )


def listen(microphone: Path, folder: Path, *flags: str, is_fast: bool = True) -> Run:
    """`listen` to a file, in a journal of its own in `folder` (made if need be)."""
    folder.mkdir(parents=True, exist_ok=True)
    trace = folder / "trace.jsonl"
    speed = ["--fast"] if is_fast else []
    heard = ["listen", "--microphone", str(microphone), "--trace", str(trace), "--trace-words", *speed]
    ended = run([MODULE, *heard, "--journal", str(folder / "journal.sqlite3"), *flags], folder)
    return Run(ended, entries(folder), events(trace))


def entries(folder: Path) -> list[dict[str, Any]]:
    """What the journal in this folder holds, oldest first."""
    journal = folder / "journal.sqlite3"
    if not journal.exists():
        return []
    listed = run([MODULE, "list", "--json", "--journal", str(journal)], folder)
    found: list[dict[str, Any]] = json.loads(listed.output or "[]")
    return found[::-1]


def events(trace: Path) -> list[dict[str, Any]]:
    """The events of a trace; a last line that a crash cut short is left out."""
    if not trace.exists():
        return []
    lines = trace.read_text(encoding="utf-8").splitlines(keepends=True)
    return [json.loads(line) for line in lines if line.endswith("\n")]
