"""Row: how soon the program hears and understands, and what it takes while nothing is said."""

import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psutil

from bench import bare, programs, sounds
from bench.figures import Figure, at_most, unmeasured

ROW = "start"

WAITING_SECONDS, QUICK_WAITING_SECONDS = 60.0, 20.0
SETTLING_SECONDS = 8.0
"""Until the model has loaded: from here on nothing but waiting is measured."""

STARTS = 5
SOAK_MINUTES = 60

SINKS = ("speaker", "mic_feed")
SERVER = [
    *("pulseaudio", "--daemonize=no", "--exit-idle-time=-1", "-n", "--load=module-native-protocol-unix"),
    *(f"--load=module-null-sink sink_name={sink}" for sink in SINKS),
    "--load=module-remap-source master=mic_feed.monitor source_name=microphone",
]


def measure(is_quick: bool) -> list[Figure]:
    """Through PulseAudio where it is installed; memory over an hour from a file."""
    with tempfile.TemporaryDirectory(prefix="vj-") as name:
        folder = Path(name)
        waiting = QUICK_WAITING_SECONDS if is_quick else WAITING_SECONDS
        return [*_devices(folder, waiting), _ready(folder / "ready"), *_growth(folder / "soak", is_quick)]


def _devices(folder: Path, waiting: float) -> list[Figure]:
    if shutil.which("pulseaudio") is None:
        return [unmeasured(ROW, "start and waiting through PulseAudio", "pulseaudio is not installed")]
    with _pulse(folder) as environment:
        words = sounds.write(folder / "words.wav", sounds.spoken("I was on a train."))
        started = [_started(folder / str(i), environment, words) for i in range(STARTS)]
        share = _waiting_share(folder / "waiting", environment, waiting)
    first_frame, cue = (max(worst) for worst in zip(*started, strict=True))
    return [
        at_most(ROW, f"from start to the first frame, worst of {STARTS}", first_frame, 0.8, " s"),
        at_most(ROW, f"from start to the rising cue, worst of {STARTS}", cue, 1, " s"),
        at_most(ROW, f"processor while waiting {waiting:.0f} s in silence", share, 2, " %"),
    ]


@contextmanager
def _pulse(folder: Path) -> Iterator[dict[str, str]]:
    """A PulseAudio of our own, with a microphone and a speaker that are not there; its environment."""
    (folder / ".asoundrc").write_text("pcm.!default pulse\nctl.!default pulse\n")
    kept = {name: value for name, value in programs.environment(folder).items() if not name.startswith("PULSE_")}
    environment = {**kept, "HOME": str(folder), "XDG_RUNTIME_DIR": str(folder)}
    quiet: dict[str, Any] = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.DEVNULL)
    running = [subprocess.Popen(SERVER, env=environment, **quiet)]
    try:
        for asked in ("info", "set-default-sink speaker", "set-default-source microphone"):
            _ask(asked.split(), environment)
        # A null sink that nobody asks for less works in steps of 2 s, unlike any sound card.
        for sink in SINKS:
            command = ["parec", "--latency-msec=20", f"--device={sink}.monitor"]
            running.append(subprocess.Popen(command, env=environment, **quiet))
        time.sleep(1)
        for sink in SINKS:
            for suspended in ("1", "0"):
                _ask(["suspend-sink", sink, suspended], environment)
        yield environment
    finally:
        for process in reversed(running):
            process.kill()
            process.wait()


def _ask(asked: list[str], environment: dict[str, str]) -> None:
    """Ask the server until it is there to answer."""
    give_up_at = time.monotonic() + 10
    while subprocess.run(["pactl", *asked], env=environment, capture_output=True).returncode:
        if time.monotonic() > give_up_at:
            raise FileNotFoundError(2, "no answer", "pactl " + " ".join(asked))
        time.sleep(0.05)


def _listen(folder: Path, environment: dict[str, str]) -> "subprocess.Popen[bytes]":
    folder.mkdir()
    command = [sys.executable, "-m", programs.MODULE, "listen", "--trace", str(folder / "trace.jsonl")]
    with (folder / "errors.txt").open("wb") as errors:
        return subprocess.Popen(
            [*command, "--journal", str(folder / "journal.sqlite3")],
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=errors,
        )


def _started(folder: Path, environment: dict[str, str], words: Path) -> tuple[float, float]:
    """Seconds from start to the first frame heard, and to the rising cue.

    Once something is said the loop has caught up with its microphone: now, less the microphone's clock, is when
    that clock began. It includes what the sound takes through PulseAudio.
    """
    began = time.monotonic()
    process = _listen(folder, environment)
    try:
        cued_at, _ = _next_event(process, folder, 0)
        with subprocess.Popen(["paplay", "--device=mic_feed", str(words)], env=environment):
            heard_at, microphone_seconds = _next_event(process, folder, 1)
        return heard_at - began - microphone_seconds, cued_at - began
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait()


def _next_event(process: "subprocess.Popen[bytes]", folder: Path, known: int) -> tuple[float, float]:
    """When there were more events than those known, and the microphone's clock at the first of them."""
    while len(events := programs.events(folder / "trace.jsonl")) <= known:
        if process.poll() is not None:
            raise RuntimeError((folder / "errors.txt").read_text())
        time.sleep(0.002)
    return time.monotonic(), float(events[known]["t"])


def _waiting_share(folder: Path, environment: dict[str, str], seconds: float) -> float:
    """Per cent of one core."""
    process = _listen(folder, environment)
    try:
        time.sleep(SETTLING_SECONDS)
        before = psutil.Process(process.pid).cpu_times()
        time.sleep(seconds)
        after = psutil.Process(process.pid).cpu_times()
        return float(100 * (after.user + after.system - before.user - before.system) / seconds)
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait()


def _ready(folder: Path) -> Figure:
    """A second of silence heard to its end, less a process that loads the bare model and hears nothing."""
    folder.mkdir()
    sound = sounds.write(folder / "quiet.wav", sounds.silence(1))
    nothing = sounds.Joined((), (), sounds.silence(1))
    differences = []
    for i in range(3):
        run = programs.listen(sound, folder / str(i), "--recognizer", "whisper")
        _, ended = bare.decode(nothing, sound, (0, 0), folder / "bare", "whisper")
        differences.append(run.ended.wall_seconds - ended.wall_seconds)
    return at_most(
        ROW, "ready, over the bare model load (start to end of 1 s of silence)", sorted(differences)[1], 2, " s"
    )


def _growth(folder: Path, is_quick: bool) -> list[Figure]:
    """Memory at the end of an hour of entries over memory a quarter through it."""
    if is_quick:
        return [unmeasured(ROW, f"growth over {SOAK_MINUTES} min", "left out by --quick")]
    folder.mkdir()
    said = [one for group in sounds.by_speaker().values() for one in group[:2]]
    once = sounds.joined(said, 3, 40, seed="growth").samples
    sound = sounds.write(folder / "hour.wav", sounds.looped(once, 60 * SOAK_MINUTES))
    command = [sys.executable, "-m", programs.MODULE, "listen", "--fast", "--microphone", str(sound)]
    with (folder / "trace.jsonl").open("wb"):
        pass
    process = subprocess.Popen(
        [*command, "--journal", str(folder / "journal.sqlite3"), "--trace", str(folder / "trace.jsonl")],
        env=programs.environment(folder),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    seen: list[tuple[float, float]] = []
    while process.poll() is None:
        events = programs.events(folder / "trace.jsonl")
        if events:
            memory = psutil.Process(process.pid).memory_info().rss / 1024**2
            seen.append((float(events[-1]["t"]) / 60, memory))
        time.sleep(1)
    early = [memory for minute, memory in seen if SOAK_MINUTES / 4 <= minute <= SOAK_MINUTES / 2]
    late = [memory for minute, memory in seen if minute > SOAK_MINUTES * 3 / 4]
    if not early or not late:
        return [unmeasured(ROW, "growth", f"ended with exit code {process.returncode}")]
    hourly = (max(late) - max(early)) * 2
    return [
        at_most(
            ROW, "growth of memory in an hour (highest of its last quarter over its second, × 2)", hourly, 10, " MB"
        )
    ]
