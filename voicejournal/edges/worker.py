"""A thread that does the recogniser's work, so that the loop never waits for it.

In: jobs, in order. Out: their answers, in order. Touches: one daemon thread.
What the thread raises reaches the loop at its next poll, as the error it was translated to.
"""

import threading
from collections import deque
from collections.abc import Callable, Sequence

from voicejournal.errors import JournalError
from voicejournal.ports import Recognized

Job = Callable[[], Recognized | None]


class Worker:
    """Runs `load` first, then every job."""

    def __init__(self, load: Callable[[], None], name: str) -> None:
        self._changed = threading.Condition()
        self._jobs: deque[Job] = deque()
        self._ready: list[Recognized] = []
        self._finals_due = 0
        self._error: JournalError | None = None
        self._is_closed = False
        self._load = load
        # A daemon: a decode that can't be interrupted must not keep the program from ending.
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    def add(self, job: Job, is_final: bool = False) -> None:
        """Run this after all that was added before; `is_final` when a final answer will come of it."""
        with self._changed:
            self._jobs.append(job)
            self._finals_due += is_final
            self._changed.notify_all()

    def poll(self, wait: bool) -> Sequence[Recognized]:
        """Answers since the last poll; with `wait`, not before every final is there. Raises: JournalError."""
        with self._changed:
            while wait and self._finals_due and self._error is None:
                self._changed.wait()
            if self._error is not None:
                raise self._error
            ready, self._ready = self._ready, []
            return ready

    def pending(self) -> int:
        """Finals that are due or not polled yet."""
        with self._changed:
            return self._finals_due + sum(answer.transcript.is_final for answer in self._ready)

    def close(self) -> None:
        """Begin no further job."""
        with self._changed:
            self._is_closed = True
            self._changed.notify_all()

    def _run(self) -> None:
        try:
            self._load()
            while (job := self._next()) is not None:
                self._answer(job())
        except JournalError as error:
            with self._changed:
                self._error = error
                self._changed.notify_all()

    def _next(self) -> Job | None:
        with self._changed:
            while not self._jobs and not self._is_closed:
                self._changed.wait()
            return None if self._is_closed else self._jobs.popleft()

    def _answer(self, answer: Recognized | None) -> None:
        if answer is None:
            return
        with self._changed:
            self._ready.append(answer)
            self._finals_due -= answer.transcript.is_final
            self._changed.notify_all()
