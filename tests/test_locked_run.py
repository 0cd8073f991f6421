"""The program at a terminal, locked: spoken to, unlocked by hand, hidden, and left. In real time, half a minute."""

import os
import pty
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from spoken import command, environment, needs_model, speak

PASSPHRASE = "blue umbrella"
WORDS = (b"elephant", b"kitchen")


def words_in(folder: Path) -> list[str]:
    """Files that hold what was said, in the open."""
    files = [
        path for path in folder.iterdir() if path.suffix in ("", ".sqlite3", ".sealed", ".public", ".passphrase")
    ]
    return [path.name for path in files if path.is_file() and any(word in path.read_bytes() for word in WORDS)]


def voicejournal(*arguments: object, typed: str = "") -> str:
    done = subprocess.run(
        command(*arguments), env=environment(), input=typed, capture_output=True, text=True, check=True
    )
    return done.stdout


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="there are no such terminals on Windows")
@needs_model("whisper-en")
def test_what_is_said_while_it_is_locked_is_there_once_it_is_unlocked(tmp_path: Path) -> None:
    journal = tmp_path / "journal.sqlite3"
    voicejournal("list", "--journal", journal)
    voicejournal("lock", "passphrase", "--journal", journal, typed=f"{PASSPHRASE}\n{PASSPHRASE}\n")
    dream = "I dreamed of an elephant in the kitchen, and it was raining inside."
    heard = speak(tmp_path / "heard.wav", 2.0, dream, 1.5, "finish my entry", 40.0)
    arguments = ("--journal", journal, "--microphone", heard, "--speaker", tmp_path / "said.wav")
    process, terminal = pty.fork()
    if process == 0:
        os.execve(sys.executable, command("listen", *arguments), environment())
    screen: list[bytes] = []

    def look() -> None:
        while True:
            try:
                screen.append(os.read(terminal, 65536))
            except OSError:
                return

    looking = threading.Thread(target=look)
    looking.start()
    time.sleep(15)
    assert (tmp_path / "journal.sqlite3.sealed").stat().st_size > 100_000
    assert words_in(tmp_path) == []
    for typed, seconds in (("O", 1.0), (f"{PASSPHRASE}\r", 12.0), ("H", 2.0)):
        os.write(terminal, typed.encode())
        time.sleep(seconds)
    hidden_from = len(screen)
    time.sleep(1)
    os.write(terminal, b"q")
    looking.join(30)
    assert os.waitpid(process, 0)[1] == 0
    os.close(terminal)
    assert any(b"elephant" in piece for piece in screen[:hidden_from])
    assert not any(word in piece for piece in screen[hidden_from:] for word in WORDS)
    assert "dream" in voicejournal("list", "--journal", journal, typed=f"{PASSPHRASE}\n")
    assert words_in(tmp_path) == []
    assert not (tmp_path / "journal.sqlite3.sealed").exists()
