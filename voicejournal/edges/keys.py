"""Keys pressed in the terminal, without waiting for them and without showing them.

In: the terminal of standard input. Out: characters. Touches: its mode, given back on close and on exit.
Arrow keys and other sequences are left out, so that they never act as the letters they are made of.
"""

import atexit
import sys
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from typing import TYPE_CHECKING

from voicejournal.absent import NoKeys

if TYPE_CHECKING:
    from blessed import Terminal
    from blessed.keyboard import Keystroke

if sys.platform == "win32":
    TerminalError = OSError
else:
    from termios import error as TerminalError

_ENTER = "\n"


class TerminalKeys:
    """Implements the port `Keys` with blessed; Ctrl-C stays an interrupt."""

    def __init__(self) -> None:
        self._terminal = _terminal()
        self._secret: str | None = None
        """As far as one is typed; None while keys are commands."""
        self._mode = ExitStack()
        self._mode.enter_context(self._terminal.cbreak())
        atexit.register(self.close)

    def pressed(self) -> Iterator[str]:
        """Characters since the last call; Enter is a line feed. Nothing comes once the terminal is gone."""
        while self._secret is None and (key := self._key()):
            if not key.is_sequence or key.name == "KEY_ENTER":
                yield _ENTER if key.name == "KEY_ENTER" else str(key)

    def _key(self) -> "Keystroke | None":
        """The next one that was pressed; None when there is none."""
        while True:
            try:
                return self._terminal.inkey(timeout=0, esc_delay=0) or None
            except UnicodeDecodeError:
                # Bytes that are no text, as from a terminal of another encoding: blessed's decoder would
                # keep them and fail for ever, a new one forgets them.
                self._terminal = _terminal()
            except (EOFError, OSError):
                return None

    def collect(self) -> None:
        """From now on what is typed is a secret: it is not shown, and no command."""
        self._secret = ""

    def collected(self) -> str | None:
        """The whole secret, once, after Enter; an empty one after Escape; None before."""
        if self._secret is None or not self._read_secret():
            return None
        secret, self._secret = self._secret, None
        return secret

    def give_up(self) -> None:
        """What was typed of a secret is forgotten, and keys are commands again."""
        self._secret = None

    def _read_secret(self) -> bool:
        """Take in what was typed; whether that was the end of it."""
        assert self._secret is not None
        while key := self._key():
            if key.name == "KEY_ENTER":
                return True
            if key.name == "KEY_ESCAPE":
                self._secret = ""
                return True
            if key.name in ("KEY_BACKSPACE", "KEY_DELETE"):
                self._secret = self._secret[:-1]
            elif not key.is_sequence:
                self._secret += str(key)
        return False

    def close(self) -> None:
        """Give the terminal back as it was; a second time does nothing."""
        atexit.unregister(self.close)
        with suppress(TerminalError):  # a terminal that is gone needs nothing back
            self._mode.close()


def _terminal() -> "Terminal":
    from blessed import Terminal

    # blessed reads keys only where output goes to a terminal too: standard error, with output in a file.
    stream = sys.__stdout__ if sys.__stdout__ and sys.__stdout__.isatty() else sys.__stderr__
    # No styling: with it blessed 1.52 asks the terminal what it can do, waits up to 10 s for the answer (seen
    # where none came) and eats what is typed meanwhile.
    return Terminal(stream=stream, force_styling=None)


def open_keys() -> TerminalKeys | NoKeys:
    """Keys of the terminal when a person sits at one: input is a terminal, and some output is too."""
    streams = (sys.__stdout__, sys.__stderr__)
    if sys.__stdin__ and sys.__stdin__.isatty() and any(stream and stream.isatty() for stream in streams):
        return TerminalKeys()
    return NoKeys()
