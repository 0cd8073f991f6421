"""What is said lies in the journal alone, which is encrypted: in the clear it is in nothing that is written.

One unusual word is spoken to it, and then looked for: in files, in what is printed, in the names of processes.
"""

import os
import pty
import re
import subprocess
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
import soundfile
from spoken import command, entries, environment, needs_model, speak

WORD = "Mississippi"
"""whisper tiny knows how to spell it, and nothing of ours says it."""

ALTERNATE, BACK = b"\x1b[?1049h", b"\x1b[?1049l"
"""To the terminal's other screen, of which nothing can be scrolled back to, and from there."""

MEMORY = Path("/dev/shm")

LOOKED_AT_SECONDS = 0.02


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home, a cache, a temporary folder of their own: whatever is written lies in them."""
    places = {"HOME": "home", "TMPDIR": "tmp", "XDG_CACHE_HOME": "cache", "XDG_RUNTIME_DIR": "run"}
    for variable, name in places.items():
        (tmp_path / name).mkdir(mode=0o700)
        monkeypatch.setenv(variable, str(tmp_path / name))
    for name in ("config", "data", "state"):
        monkeypatch.setenv(f"XDG_{name.upper()}_HOME", str(tmp_path / "home" / name))
    return tmp_path


@pytest.fixture
def spoken(tmp_path_factory: pytest.TempPathFactory) -> Path:
    words = (1.0, "Dream. I was on a boat on the Mississippi.", 2.0, "Finish my entry.", 0.5)
    return speak(tmp_path_factory.mktemp("spoken") / "spoken.wav", *words, voice="en-us+f3")


def sound_of(spoken: Path) -> bytes:
    """The loudest tenth of a second, as it comes from the file: a part of somebody's voice."""
    samples, hertz = soundfile.read(spoken, dtype="int16")
    at = int(abs(samples.astype(int)).argmax())
    return bytes(samples[at : at + hertz // 10].tobytes())


def holding(folder: Path, *wanted: bytes) -> list[str]:
    """Files in which any of these is; letters of any size."""
    forms = [form.lower() for form in wanted]
    found = []
    for path in sorted(folder.rglob("*")):
        with suppress(OSError):  # gone meanwhile, or somebody else's: memory is shared by all programs
            if (
                path.is_file()
                and not path.is_symlink()
                and any(form in path.read_bytes().lower() for form in forms)
            ):
                found.append(path.relative_to(folder).as_posix())
    return found


def anywhere(house: Path, spoken: Path) -> list[str]:
    """Where the word or its sound can be read: in files, the journal's among them, and in files of memory."""
    wanted = (WORD.encode(), WORD.encode("utf-16-le"), sound_of(spoken))
    return holding(house, *wanted) + holding(MEMORY, *wanted)


def shown_of(process: int) -> bytes:
    """What `ps` shows to anybody of a process: its command line, and the names of its threads."""
    folder = Path("/proc", str(process))
    try:
        threads = [path.read_bytes() for path in folder.glob("task/*/comm")]
        return folder.joinpath("cmdline").read_bytes() + b" ".join(threads)
    except OSError:  # it has just ended
        return b""


TITLE = re.compile(rb"\x1b(?:\]|k|P|_|\^)")
"""What begins a title of a window, or a message to a terminal (ECMA-48's OSC, DCS, APC, PM; screen's own)."""


def watched(
    arguments: list[str], until: Callable[[float], bool], terminal: int = subprocess.DEVNULL
) -> tuple[bytes, bytes]:
    """Run it on that terminal, or none; what it complained of, and all that could be seen of it from outside."""
    seen: set[bytes] = set()
    complained: list[bytes] = []
    with subprocess.Popen(
        arguments,
        env={**environment(), "TERM": "xterm-256color"},
        stdin=terminal,
        stdout=terminal,
        stderr=subprocess.PIPE,
    ) as process:
        reader = threading.Thread(target=lambda: complained.append(process.communicate()[1]))
        reader.start()
        began = time.monotonic()
        while process.poll() is None:
            seen.add(shown_of(process.pid))
            if until(time.monotonic() - began):
                process.kill()
            time.sleep(LOOKED_AT_SECONDS)
        reader.join()
    return complained[0], b"\n".join(seen)


def read_all(terminal: int, pieces: list[bytes]) -> None:
    while True:
        try:
            pieces.append(os.read(terminal, 65_536))
        except OSError:  # nobody holds the other end any more
            return


@needs_model("whisper-en")
def test_a_word_that_is_said_can_be_read_nowhere(house: Path, spoken: Path) -> None:
    """In files, in memory that others can read, in complaints, in what `ps` shows; and what a terminal keeps.

    All that a terminal shows is on its other screen, which is gone when the program ends.
    """
    journal, trace = house / "home" / "mine.sqlite3", house / "home" / "trace.jsonl"
    drawn: list[bytes] = []
    ours, theirs = pty.openpty()
    reader = threading.Thread(target=read_all, args=(ours, drawn))
    reader.start()
    arguments = command("listen", "--microphone", spoken, "--fast", "--journal", journal, "--trace", trace)

    complained, seen = watched(arguments, lambda seconds: seconds > 600, theirs)

    os.close(theirs)
    reader.join()
    os.close(ours)
    (entry,) = entries(journal)
    word = WORD.lower().encode()
    assert WORD.lower() in entry["text"].lower(), "it was heard, so it could have been anywhere"
    assert trace.stat().st_mode & 0o077 == 0 and trace.stat().st_size
    assert anywhere(house, spoken) == []
    assert seen and word not in (complained + seen).lower()
    assert not list((house / "tmp").iterdir()) and not list((house / "cache").rglob("*.*"))
    first, _, rest = b"".join(drawn).lower().partition(ALTERNATE)
    inside, _, last = rest.rpartition(BACK)
    assert word in inside, "it was shown, so it could have stayed"
    assert word not in first + last


@needs_model("whisper-en")
def test_the_list_of_processes_shows_what_was_typed_and_no_window_gets_a_title(house: Path, spoken: Path) -> None:
    drawn: list[bytes] = []
    ours, theirs = pty.openpty()
    reader = threading.Thread(target=read_all, args=(ours, drawn))
    reader.start()
    arguments = command("listen", "--microphone", spoken, "--fast", "--journal", house / "home" / "mine.sqlite3")

    _, seen = watched(arguments, lambda seconds: seconds > 600, theirs)

    os.close(theirs)
    reader.join()
    os.close(ours)
    typed = b"\0".join(part.encode() for part in arguments) + b"\0"
    assert {line.startswith(typed) for line in seen.split(b"\n") if b"\0" in line} == {True}
    assert WORD.lower().encode() in b"".join(drawn).lower(), "it was shown, so it could have been a title"
    assert not TITLE.search(b"".join(drawn))


@pytest.mark.slow
@needs_model("whisper-en")
def test_a_program_that_is_killed_while_it_hears_leaves_nothing_that_can_be_read(house: Path, spoken: Path) -> None:
    journal = house / "home" / "mine.sqlite3"
    for seconds in (3.0, 4.5, 6.0, 8.0):
        arguments = command("listen", "--microphone", spoken, "--journal", journal, "--plain")
        complained, seen = watched(arguments, lambda at, seconds=seconds: at > seconds)  # type: ignore[misc]
        assert anywhere(house, spoken) == []
        assert WORD.lower().encode() not in (complained + seen).lower()
        assert not list((house / "tmp").iterdir())
