"""What nobody foresaw, told without a word of the journal in it.

In: exceptions, from whichever thread. Out: the error `internal`, with their kind and place. Touches: the
interpreter's own ways to tell of exceptions, warnings and logs; all are given back on leaving.
A traceback shows what went wrong with what, and that may be an entry: nothing of it is told but names of our code.
"""

import logging
import os
import sys
import threading
import traceback
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import PurePath

from voicejournal import __version__
from voicejournal.errors import JournalError

TRACEBACK = "VOICEJOURNAL_TRACEBACK"
"""Set by whoever mends the program, to see everything: their terminal then shows what Python has to say."""

PACKAGE = PurePath(__file__).parent


def shows_tracebacks(environment: Mapping[str, str] = os.environ) -> bool:
    return bool(environment.get(TRACEBACK))


def unforeseen(failure: BaseException) -> JournalError:
    """What can be told of it: the kind, where it was raised, and the last line of ours on the way there.

    Neither its message, which may quote an entry, nor a path of this machine, which may hold a name.
    """
    lines = [(PurePath(frame.f_code.co_filename), line) for frame, line in traceback.walk_tb(failure.__traceback__)]
    ours = [place for place in lines if place[0].is_relative_to(PACKAGE)]
    named = dict.fromkeys(_named(*place) for place in (*ours[-1:], *lines[-1:]))
    place = ", ".join(named) or "an unknown place"
    return JournalError("internal", kind=type(failure).__name__, place=place, version=__version__)


def _named(path: PurePath, line: int) -> str:
    """Such as "edges/store.py:12": a module and the folder it lies in, whoever's it is."""
    near = path.relative_to(PACKAGE) if path.is_relative_to(PACKAGE) else PurePath(*path.parts[-2:])
    return f"{near.as_posix()}:{line}"


@contextmanager
def nothing_told_but(tell: Callable[[JournalError], object]) -> Iterator[None]:
    """What ends a thread, or is raised where Python can't raise it, goes to `tell`; warnings and logs to nobody."""
    if shows_tracebacks():
        yield
        return
    before = threading.excepthook, sys.unraisablehook, warnings.showwarning
    nowhere = logging.NullHandler()  # with any handler Python no longer prints what libraries log

    def told(raised: "threading.ExceptHookArgs | sys.UnraisableHookArgs") -> None:
        if raised.exc_value is not None and not isinstance(raised.exc_value, SystemExit):
            tell(unforeseen(raised.exc_value))

    def unheard(*_: object, **__: object) -> None:
        """A warning shows a line of somebody's code and whatever it was about."""

    threading.excepthook, sys.unraisablehook, warnings.showwarning = told, told, unheard
    logging.getLogger().addHandler(nowhere)
    try:
        yield
    finally:
        threading.excepthook, sys.unraisablehook, warnings.showwarning = before
        logging.getLogger().removeHandler(nowhere)
