"""A private PulseAudio with a speaker and a microphone that are not there, and programs that use them.

In: sound to feed the microphone with. Out: what the speaker played. Touches: pulseaudio and its tools.
PortAudio looks at the devices once in a process, so whatever uses them runs in a process of its own.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy
import pytest

ROOT = Path(__file__).parents[1]

SERVER = """pulseaudio --daemonize=no --exit-idle-time=-1 -n --log-target=stderr
--load=module-native-protocol-unix --load=module-null-sink¤sink_name=speaker
--load=module-null-sink¤sink_name=mic_feed
--load=module-remap-source¤master=mic_feed.monitor¤source_name=microphone"""


SILENT = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}


class Heard:
    """What a monitor gives, with the time at which each piece came; made when the first one is there."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self.process = process
        self._pieces: list[tuple[float, bytes]] = []
        self._is_there = threading.Event()
        self._thread = threading.Thread(target=self._read, daemon=True)
        self._thread.start()
        assert self._is_there.wait(10), "the speaker's monitor gives nothing"

    def _read(self) -> None:
        assert self.process.stdout is not None
        while piece := os.read(self.process.stdout.fileno(), 4096):
            self._pieces.append((time.monotonic(), piece))
            self._is_there.set()

    def stop(self) -> Any:
        """All of it, as float samples."""
        self.process.terminate()
        self.process.wait()
        self._thread.join()
        assert self.process.stdout is not None
        self.process.stdout.close()
        return numpy.frombuffer(b"".join(piece for _, piece in self._pieces), "<i2") / 32768

    def last_loud_at(self, level: float = 0.01) -> float:
        """When (monotonic clock) the last piece came that was louder than this amplitude."""
        return max(
            at for at, piece in self._pieces if numpy.abs(numpy.frombuffer(piece, "<i2")).max() > level * 32768
        )


class Pulse:
    """The server and all that runs beside it."""

    def __init__(self) -> None:
        # Not pytest's directory: a socket's path may have 107 letters only.
        self.home = Path(tempfile.mkdtemp(prefix="vj-"))
        (self.home / ".asoundrc").write_text("pcm.!default pulse\nctl.!default pulse\n")
        kept = {name: value for name, value in os.environ.items() if not name.startswith("PULSE_")}
        here = str(self.home)
        self.environment = {**kept, "HOME": here, "XDG_RUNTIME_DIR": here, "PYTHONPATH": str(ROOT)}
        self._processes: list[subprocess.Popen[bytes]] = []
        command = [part.replace("¤", " ") for part in SERVER.split()]
        self.server = self.start(command, stderr=subprocess.DEVNULL)
        give_up_at = time.monotonic() + 30
        while not (self.home / "pulse" / "native").exists() or self._ask("info"):
            assert time.monotonic() < give_up_at, "pulseaudio did not start"
            time.sleep(0.02)
        self._ask("set-default-sink", "speaker")
        self._ask("set-default-source", "microphone")
        # A null sink that nobody asks for less works in steps of 2 s, unlike any sound card.
        for sink in ("mic_feed", "speaker"):
            self.start(["parec", "--latency-msec=20", f"--device={sink}.monitor"], **SILENT)
        while self._told("list", "short", "source-outputs").count(b"\n") < 2:
            time.sleep(0.02)
        # They have the first 2 s behind them only when they start anew.
        for sink in ("mic_feed", "speaker"):
            for suspended in ("1", "0"):
                self._ask("suspend-sink", sink, suspended)

    def start(self, command: list[str], **pipes: Any) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(command, env=self.environment, cwd=ROOT, stdin=subprocess.DEVNULL, **pipes)
        self._processes.append(process)
        return process

    def program(self, text: str, *arguments: object) -> subprocess.Popen[bytes]:
        """Python of its own, with both outputs piped."""
        command = [sys.executable, "-W", "error", "-c", text, *map(str, arguments)]
        return self.start(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def feed(self, path: Path) -> None:
        """Play a file to the microphone, to its end."""
        command = ["paplay", "--latency-msec=500", "--device=mic_feed", str(path)]
        subprocess.run(command, env=self.environment, check=True)

    def listen(self, hertz: int = 48_000) -> Heard:
        """Begin to record what the speaker plays."""
        command = ["parec", "--latency-msec=10", "--device=speaker.monitor", "--format=s16le", "--channels=1"]
        quiet = {"stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
        return Heard(self.start([*command, f"--rate={hertz}"], **quiet))

    def unplug(self) -> None:
        """Everything goes at once, as when a cable is pulled."""
        self.server.kill()
        self.server.wait()

    def close(self) -> None:
        for process in reversed(self._processes):
            process.kill()
            process.wait()
            for pipe in (process.stdout, process.stderr):
                if pipe is not None:
                    pipe.close()
        shutil.rmtree(self.home)

    def _ask(self, *words: str) -> int:
        """Its exit code."""
        return subprocess.run(["pactl", *words], env=self.environment, capture_output=True).returncode

    def _told(self, *words: str) -> bytes:
        return subprocess.run(["pactl", *words], env=self.environment, capture_output=True, check=True).stdout


@pytest.fixture(name="pulse")
def a_pulse() -> Iterator[Pulse]:
    """Alive for one test."""
    if not all(shutil.which(tool) for tool in ("pulseaudio", "pactl", "paplay", "parec")):
        pytest.skip("pulseaudio and pulseaudio-utils are not installed")
    server = Pulse()
    yield server
    server.close()
