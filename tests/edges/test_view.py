"""`edges/view.py` and `edges/keys.py` in a real pseudo-terminal: what a person would see, and get back."""

import os
import re
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path

import pytest
from rich.cells import cell_len

termios = pytest.importorskip("termios", reason="pseudo-terminals are a thing of Linux and macOS")
import pty  # noqa: E402

ROOT = Path(__file__).parents[2]
ENTER_SCREEN, LEAVE_SCREEN = "\x1b[?1049h", "\x1b[?1049l"
HIDE_CURSOR, SHOW_CURSOR = "\x1b[?25l", "\x1b[?25h"
HOME = "\x1b[H"
SEQUENCE = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")

BEGIN = """
import sys, time
from voicejournal.edges.view import LiveView
from voicejournal.edges.keys import open_keys
from voicejournal.scene import Scene
from voicejournal.speaking.told import Told
labels = {
    "listening": "listening", "hearing": "말씀을 듣고 있어요", "speaking": "speaking",
    "plain_kept": "kept: {words}",
    "broken_off": "{words} … (stopped here)", "keys_waiting": "space start or finish   g ground me   ? help",
}
"""


@dataclass(frozen=True)
class Ended:
    """What was left when the program in the terminal had ended."""

    output: str
    status: int
    is_restored: bool
    """The terminal's mode is as it was."""
    modes: tuple[int, ...]
    """Local modes of the terminal, each time that the program said it was ready."""

    @property
    def last_picture(self) -> list[str]:
        inside = self.output.split(LEAVE_SCREEN)[0].split(HOME)[-1]
        return [SEQUENCE.sub("", line).rstrip() for line in inside.split("\r\n")]


def in_terminal(code: str, columns: int = 40, lines: int = 14, keys: bytes = b"") -> Ended:
    """Run Python code after `BEGIN` in a terminal; `keys` are typed when it has printed READY."""
    master, slave = pty.openpty()
    termios.tcsetwinsize(slave, (lines, columns))
    before = termios.tcgetattr(slave)
    environment = {"PATH": os.environ["PATH"], "TERM": "xterm-256color", "LC_ALL": "C.UTF-8"}
    program = subprocess.Popen(
        [sys.executable, "-c", BEGIN + code],
        stdin=slave, stdout=slave, stderr=slave, cwd=ROOT, env=environment,
    )  # fmt: skip
    output, modes = bytearray(), []

    def read() -> None:
        while not output.endswith(b"END"):
            output.extend(os.read(master, 4096))
            if output.endswith(b"READY"):
                modes.append(termios.tcgetattr(slave)[3])
                os.write(master, keys)

    reader = threading.Thread(target=read)
    reader.start()
    status = program.wait(timeout=30)
    after = termios.tcgetattr(slave)
    os.write(slave, b"END")
    reader.join(timeout=30)
    os.close(slave)
    os.close(master)
    return Ended(output.decode()[:-3], status, after == before, tuple(modes))


def test_shows_everything_at_forty_columns() -> None:
    ended = in_terminal("""
view = LiveView(labels)
view.show(Scene("listening"))
said = (Told(1, "Kept as a dream."), Told(2, "Say change, and I will change it."))
words = "first " + "the windows were open and I could smell oranges " * 9 + "last"
view.show(Scene("speaking", -30.0, words, said, "dream"))
view.close()
""")
    picture = ended.last_picture
    assert (ended.status, len(picture)) == (0, 14)
    assert all(cell_len(line) <= 40 for line in picture)
    shown = "\n".join(picture)
    assert "speaking" in picture[1]
    assert "last" in shown and "first" not in shown
    assert "  Kept as a dream. Say change, and I\n  will change it.\n  kept: dream\n" in shown
    assert shown.rstrip().endswith("space start or finish   g ground me\n  ? help")


def test_shows_whom_to_call_at_once() -> None:
    ended = in_terminal("""
view = LiveView(labels)
said = (Told(1, "You can call Sam."),)
view.show(Scene("speaking", said=said))
view.show(Scene("speaking", said=said, numbers=("Sam: 0700 900 123", "the line: 116 000")))
view.close()
""")
    assert "  Sam: 0700 900 123\n  the line: 116 000\n  You can call Sam." in "\n".join(ended.last_picture)


def test_shows_how_far_a_sentence_came_that_was_stopped() -> None:
    ended = in_terminal("""
view = LiveView(labels)
view.show(Scene("speaking", said=(Told(1, "Kept."), Told(2, "Say change, and I will."))))
view.show(Scene("listening", said=(Told(1, "Kept."), Told(2, "Say change, and I will.", 0.6))))
view.close()
""")
    assert "  Kept. Say change, … (stopped here)\n" in "\n".join(ended.last_picture)


def test_shows_korean() -> None:
    ended = in_terminal("""
view = LiveView(labels)
view.show(Scene("hearing", -30.0, "어젯밤 꿈에서 바닷가를 천천히 달리는 기차를 타고 있었어요"))
view.close()
""")
    assert all(cell_len(line) <= 40 for line in ended.last_picture)
    shown = "\n".join(ended.last_picture)
    assert "말씀을 듣고 있어요" in shown
    assert "  어젯밤 꿈에서 바닷가를 천천히 달리는\n  기차를 타고 있었어요\n" in shown


@pytest.mark.parametrize(("columns", "lines"), [(10, 4), (1, 1), (300, 90)])
def test_any_size_of_terminal_works(columns: int, lines: int) -> None:
    said = "(Told(1, 'Hello.'),)"
    ended = in_terminal(f"LiveView(labels).show(Scene('speaking', -9.0, 'a b c', {said}, 'x'))", columns, lines)
    assert ended.status == 0
    assert len(ended.last_picture) == lines


def test_a_terminal_without_korean_shows_something_else() -> None:
    ended = in_terminal("""
sys.stdout.reconfigure(encoding="ascii")
view = LiveView(labels)
view.show(Scene("hearing", -20.0, "caf\\u00e9"))
view.close()
""")
    assert (ended.status, ended.is_restored) == (0, True)
    assert "caf?" in ended.output


def test_gives_the_screen_and_the_keys_back() -> None:
    ended = in_terminal("""
view, keys = LiveView(labels), open_keys()
view.show(Scene("listening"))
keys.close(); keys.close(); view.close(); view.close()
print("after")
""")
    assert ended.output.count(ENTER_SCREEN) == ended.output.count(LEAVE_SCREEN) == 1
    assert ended.output.index(HIDE_CURSOR) < ended.output.index(SHOW_CURSOR)
    assert ended.output.split(LEAVE_SCREEN)[1] == "after\r\n"
    assert (ended.status, ended.is_restored) == (0, True)


def test_gives_the_terminal_back_when_the_program_breaks() -> None:
    ended = in_terminal("""
view, keys = LiveView(labels), open_keys()
view.show(Scene("listening"))
raise RuntimeError("broken")
""")
    assert ended.output.endswith(LEAVE_SCREEN)
    assert SHOW_CURSOR in ended.output
    assert (ended.status, ended.is_restored) == (1, True)


def test_draws_nothing_when_nothing_changes() -> None:
    ended = in_terminal("""
view = LiveView(labels)
for _ in range(10):
    view.show(Scene("listening", -33.0, "words"))
    time.sleep(0.11)
start = time.process_time()
for _ in range(100):
    view.show(Scene("listening", -33.0, "words"))
used_seconds = time.process_time() - start
view.close()
assert used_seconds < 0.1, used_seconds  # 1 % of the ten seconds in which 100 scenes come
""")
    assert ended.status == 0, ended.output
    assert ended.output.count(HOME) == 2  # one on entering the screen, one picture


def test_steady_noise_stands_still_and_a_voice_moves_the_bar() -> None:
    ended = in_terminal("""
view = LiveView(labels)
for level in (-33.0, -34.2, -32.4, -35.0, -33.6, -60.0):
    view.show(Scene("listening", level))
    time.sleep(0.11)
view.close()
""")
    assert ended.output.count(HOME) == 3


def test_never_draws_more_than_ten_times_a_second() -> None:
    ended = in_terminal("""
view = LiveView(labels)
end = time.monotonic() + 1
while time.monotonic() < end:
    view.show(Scene("listening", -60.0, str(time.monotonic())))
view.close()
""")
    assert 3 <= ended.output.count(HOME) <= 12


def test_news_are_drawn_at_once() -> None:
    ended = in_terminal("""
view = LiveView(labels)
view.show(Scene("listening", -60.0, "before"))
view.show(Scene("speaking", -60.0, "before", (Told(1, "Kept."),)))
view.close()
""")
    assert "Kept." in "\n".join(ended.last_picture)


def test_words_do_not_command_the_terminal_and_nothing_blinks() -> None:
    ended = in_terminal("""
view = LiveView(labels)
view.show(Scene("listening", -60.0, "a\\x1b]0;title\\x07b\\x1b[5mblink \\u202eturned [bold]as said[/bold]"))
view.close()
""")
    assert "\x1b]" not in ended.output and "\x07" not in ended.output and "\u202e" not in ended.output
    assert "\x1b[5m" not in ended.output
    assert "turned [bold]as said[/bold]" in " ".join(line.strip() for line in ended.last_picture)


READ_KEYS = """
keys = open_keys()
sys.stdout.write("READY"); sys.stdout.flush()
found, end = [], time.monotonic() + 10
while "q" not in found and time.monotonic() < end:
    found += keys.pressed()
    time.sleep(0.02)
keys.close()
print(repr("".join(found)), type(keys).__name__)
"""


@pytest.mark.parametrize(
    ("typed", "pressed"),
    [
        (b"f ?q", "'f ?q'"),
        ("ㅎ가q".encode(), "'ㅎ가q'"),
        (b"\rq", r"'\nq'"),
        (b"\x1b[A\x1bOP\x1b[3~q", "'q'"),
        ("가".encode()[:2] + b"\xffxq", "'xq'"),
    ],
    ids=["letters", "korean", "enter", "sequences", "no text at all"],
)
def test_keys_come_as_characters(typed: bytes, pressed: str) -> None:
    ended = in_terminal(READ_KEYS, keys=typed)
    assert ended.output == f"READY{pressed} TerminalKeys\r\n"
    assert ended.is_restored


def test_keys_come_one_by_one_unseen_and_ctrl_c_stays_an_interrupt() -> None:
    (mode,) = in_terminal(READ_KEYS, keys=b"q").modes
    assert not mode & (termios.ICANON | termios.ECHO)
    assert mode & termios.ISIG


def test_opening_the_keys_asks_the_terminal_nothing_and_reading_never_waits() -> None:
    ended = in_terminal("""
start = time.monotonic()
keys = open_keys()
for _ in range(100):
    assert list(keys.pressed()) == []
assert time.monotonic() - start < 3
""")
    assert (ended.output, ended.status, ended.is_restored) == ("", 0, True)


def test_without_a_terminal_there_are_no_keys() -> None:
    code = BEGIN + "keys = open_keys(); print(type(keys).__name__, list(keys.pressed())); keys.close()"
    ended = subprocess.run(
        [sys.executable, "-c", code], stdin=subprocess.DEVNULL, capture_output=True, text=True, cwd=ROOT, check=True
    )
    assert ended.stdout == "NoKeys []\n"


def test_the_program_goes_on_when_the_terminal_is_gone() -> None:
    master, slave = pty.openpty()
    code = (
        BEGIN
        + """
view, keys = LiveView(labels), open_keys()
sys.stderr.write("READY"); sys.stderr.flush()
time.sleep(0.5)  # the terminal goes now
for number in range(5):
    view.show(Scene("listening", -60.0, "", (Told(number, str(number)),)))
    assert list(keys.pressed()) == []
keys.close(); view.close()
sys.stderr.write("STILL HERE"); sys.stderr.flush()
"""
    )
    program = subprocess.Popen(
        [sys.executable, "-c", code], stdin=slave, stdout=slave, stderr=subprocess.PIPE, cwd=ROOT
    )
    assert program.stderr
    try:
        assert program.stderr.read(5) == b"READY"
        os.close(slave)
        os.close(master)
        assert program.stderr.read() == b"STILL HERE"
        assert program.wait(timeout=30) == 0
    finally:
        program.stderr.close()


def test_starting_is_cheap() -> None:
    """The microphone is first: nothing heavy may come with the module itself."""
    code = BEGIN + "print({'rich', 'blessed'} & set(sys.modules))"
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert ended.stdout == "set()\n"
