"""How a run is asked to end from outside: Ctrl-C, a closed window, the system that shuts down.

In: nothing. Out: a way to see whether that was asked for. Touches: the process's signals, given back on leaving.
The first time ends the run and keeps everything; the second time is `KeyboardInterrupt`, for what hangs.
"""

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager

NAMES = ("SIGINT", "SIGTERM", "SIGHUP")
"""The last is not known everywhere."""


@contextmanager
def asked_to_end() -> Iterator[Callable[[], bool]]:
    asked: list[int] = []
    signals = [getattr(signal, name) for name in NAMES if hasattr(signal, name)]
    before = {number: signal.getsignal(number) for number in signals}

    def ask(number: int, _frame: object) -> None:
        asked.append(number)
        if len(asked) > 1:
            raise KeyboardInterrupt

    for number in signals:
        signal.signal(number, ask)
    try:
        yield lambda: bool(asked)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
