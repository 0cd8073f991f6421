"""A secret, asked of whoever is at the keyboard.

In: settings, and a question by its name. Out: what was typed; None when nobody is there, or wants to.
Touches: the terminal, standard input.
Invariant: it is typed unseen, or is a line of what is piped in: a flag would stay in what the shell remembers.
"""

import sys
from getpass import getpass

from voicejournal.languages import language_of
from voicejournal.opening import Ask
from voicejournal.settings import Settings


def asker(chosen: Settings) -> Ask:
    """In this person's language."""

    def ask(question: str) -> str | None:
        if not sys.stdin.isatty():
            return sys.stdin.readline().rstrip("\r\n") or None
        try:
            return getpass(f"{language_of(chosen.language).printed[question]} ") or None
        except EOFError:
            return None

    return ask
