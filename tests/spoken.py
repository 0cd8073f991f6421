"""Real sound for tests: sentences spoken by espeak-ng, joined with silence; and the program run on it.

In: sentences and seconds of silence. Out: WAV files of 16 kHz mono, processes. Touches: espeak-ng, files.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy
import pytest
import soundfile
import soxr

HERTZ = 16_000
MODELS = Path(os.environ.get("VOICEJOURNAL_MODELS") or "~/.local/share/voicejournal/models").expanduser()
EVALUATION = Path(__file__).parent.parent.parent / "shared" / "evaluation"


def needs_model(name: str) -> pytest.MarkDecorator:
    """Skips where that model is not installed."""
    return pytest.mark.skipif(
        not (MODELS / name / "sums.json").exists(),
        reason=f"the model {name} is not installed: voicejournal models install {name}",
    )


needs_evaluation = pytest.mark.skipif(
    not EVALUATION.is_dir(), reason="the evaluation recordings are not here (../shared/evaluation)"
)


def speak(path: Path, *parts: str | float, voice: str = "en-us", rate: int = 140) -> Path:
    """A WAV in which each string is said and each number is that many seconds of silence."""
    if shutil.which("espeak-ng") is None:
        pytest.skip("espeak-ng is not installed")
    sound = [_sound(part, path.with_suffix(".part.wav"), voice, rate) for part in parts]
    soundfile.write(path, numpy.concatenate(sound), HERTZ)
    return path


def _sound(part: str | float, scratch: Path, voice: str, rate: int) -> Any:
    if not isinstance(part, str):
        return numpy.zeros(round(part * HERTZ), dtype="float32")
    command = ["espeak-ng", "-v", voice, "-s", str(rate), "-w", str(scratch), part]
    subprocess.run(command, check=True)
    samples, hertz = soundfile.read(scratch, dtype="float32")
    scratch.unlink()
    return soxr.resample(samples, hertz, HERTZ)


def command(*arguments: object) -> list[str]:
    """The program with these arguments, as a process is started."""
    return [sys.executable, "-m", "voicejournal.cli", *map(str, arguments)]


def environment() -> dict[str, str]:
    return {**os.environ, "VOICEJOURNAL_MODELS": str(MODELS)}


def run(*arguments: object, seconds: float = 120) -> "subprocess.CompletedProcess[str]":
    """Run it to its end."""
    return subprocess.run(
        command(*arguments),
        env=environment(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=seconds,
    )


def entries(journal: Path) -> list[dict[str, Any]]:
    """What `list --json` prints, oldest first."""
    listed = run("list", "--json", "--journal", journal)
    assert listed.returncode == 0, listed.stderr
    return list(reversed(json.loads(listed.stdout)))


def events(trace: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in trace.read_text(encoding="utf-8").splitlines()]
