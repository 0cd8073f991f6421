"""A thread that loads a model and turns sound into words, so that the loop waits for neither.

In: stretches of sound, by ticket. Out: their transcripts, finals in the order of finishing, but that those which
may be a command go before those that are only written down. Touches: one thread.
A stretch that was finished and not abandoned has exactly one final, however slow the model is to load.
"""

import threading
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Protocol

from voicejournal.hearing.awaiting import ANYTHING, Awaited
from voicejournal.hearing.frames import HEARD_HERTZ
from voicejournal.hearing.recognizing import Recognized
from voicejournal.hearing.transcripts import Transcript

SLICE_BYTES = 2 * HEARD_HERTZ
"""One second of sound: as much as a decoder is given at once, so that a thread far behind can still be stopped."""

CLOSE_SECONDS = 10
"""How long `close` waits for the thread at most. Loading a model (3 s) and decoding a window (1 s) can't be
interrupted, and a program that ends meanwhile crashes in the libraries' own ending (6 of 36 trials)."""


class Decoder(Protocol):
    """A loaded model at work on several stretches; called from the worker's thread only."""

    def accept(self, ticket: int, pcm: bytes) -> Transcript | None:
        """More sound of that stretch; its words so far when they can be told and have changed."""
        ...

    def finish(self, ticket: int, awaited: Awaited) -> Transcript:
        """The final of that stretch, which is forgotten with it; it may have no sound at all."""
        ...

    def forget(self, ticket: int) -> None: ...


@dataclass(frozen=True)
class _More:
    ticket: int
    pcm: bytearray
    """Grows while the thread is behind, and shrinks by the slices that it takes."""


@dataclass(frozen=True)
class _Whole:
    ticket: int
    awaited: Awaited


@dataclass(frozen=True)
class _Gone:
    ticket: int


_Job = _More | _Whole | _Gone


class Worker:
    """The `Recognizer` port, for any decoder."""

    def __init__(self, load: Callable[[], Decoder], name: str, streams: bool = False) -> None:
        """Returns at once; `load` runs in the thread, and what it raises comes out of `poll`."""
        self.name = name
        self.streams = streams
        self._tickets = count(1)
        self._changed = threading.Condition()
        # All below is guarded by it.
        self._jobs: deque[_Job] = deque()
        self._open: set[int] = set()
        """Begun, and neither finished nor abandoned."""
        self._due: set[int] = set()
        """Finished, and the final is not made yet."""
        self._ready: list[Recognized] = []
        self._failure: BaseException | None = None
        self._is_closed = False
        self._thread = threading.Thread(target=self._run, args=(load,), name=name, daemon=True)
        self._thread.start()

    def begin(self) -> int:
        with self._changed:
            ticket = next(self._tickets)
            self._open.add(ticket)
            return ticket

    def accept(self, ticket: int, pcm: bytes) -> None:
        """Sound of a ticket that is not open belongs to nobody and is let go."""
        with self._changed:
            if ticket not in self._open:
                return
            match self._jobs[-1] if self._jobs else None:
                case _More(ticket=last, pcm=waiting) if last == ticket:
                    waiting += pcm
                case _:
                    self._add(_More(ticket, bytearray(pcm)))

    def finish(self, ticket: int, awaited: Awaited = ANYTHING) -> None:
        with self._changed:
            if ticket in self._open:
                self._open.remove(ticket)
                self._due.add(ticket)
                self._add(_Whole(ticket, awaited))

    def abandon(self, ticket: int) -> None:
        with self._changed:
            self._open.discard(ticket)
            self._due.discard(ticket)
            self._ready = [answer for answer in self._ready if answer.ticket != ticket]
            self._jobs = deque(job for job in self._jobs if job.ticket != ticket)
            self._add(_Gone(ticket))

    def poll(self, wait: bool = False) -> Sequence[Recognized]:
        """As the port has it. What was ready before a failure comes out first. Raises: what `load` raises."""
        with self._changed:
            if wait:
                self._changed.wait_for(lambda: not self._due or self._failure or self._is_closed)
            ready, self._ready = self._ready, []
            if self._failure is not None and not ready:
                raise self._failure
            return ready

    def pending(self) -> int:
        with self._changed:
            return len(self._due) + sum(answer.transcript.is_final for answer in self._ready)

    def close(self) -> None:
        """No answer comes from now on. Waits for what the thread is at, a few seconds at most."""
        with self._changed:
            self._is_closed = True
            self._stop()
        self._thread.join(CLOSE_SECONDS)

    def _add(self, job: _Job) -> None:
        if self._failure is None and not self._is_closed:
            self._jobs.append(job)
            self._changed.notify_all()

    def _stop(self) -> None:
        self._jobs.clear()
        self._changed.notify_all()

    def _run(self, load: Callable[[], Decoder]) -> None:
        try:
            decoder = load()
            while (job := self._next()) is not None:
                self._do(decoder, job)
        except BaseException as exc:  # nobody else would hear of it: whoever polls next has to
            with self._changed:
                self._failure = exc
                self._stop()

    def _next(self) -> _Job | None:
        """The next job, however long it takes to come, or a slice of it; None when closed."""
        with self._changed:
            self._changed.wait_for(lambda: self._jobs or self._is_closed)
            if self._is_closed:
                return None
            job = self._most_urgent()
            if isinstance(job, _More) and len(job.pcm) > SLICE_BYTES:
                slice_ = job.pcm[:SLICE_BYTES]
                del job.pcm[:SLICE_BYTES]
                return _More(job.ticket, slice_)
            self._jobs.remove(job)
            return job

    def _most_urgent(self) -> _Job:
        """The first job of a stretch that may be a command, for somebody waits for it; else the first of all."""
        commands = (job.ticket for job in self._jobs if isinstance(job, _Whole) and job.awaited.effort != "whole")
        ticket = next(commands, self._jobs[0].ticket)
        return next(job for job in self._jobs if job.ticket == ticket)

    def _do(self, decoder: Decoder, job: _Job) -> None:
        match job:
            case _More(ticket=ticket, pcm=pcm):
                if (partial := decoder.accept(ticket, bytes(pcm))) is not None:
                    self._answer(Recognized(ticket, partial))
            case _Whole(ticket=ticket, awaited=awaited):
                self._answer(Recognized(ticket, decoder.finish(ticket, awaited)))
            case _Gone(ticket=ticket):
                decoder.forget(ticket)

    def _answer(self, answer: Recognized) -> None:
        """To be polled, in place of an older partial; nobody waits for one that was abandoned meanwhile."""
        with self._changed:
            if self._is_closed or answer.ticket not in self._open | self._due:
                return
            self._ready = [other for other in self._ready if other.ticket != answer.ticket]
            self._ready.append(answer)
            if answer.transcript.is_final:
                self._due.remove(answer.ticket)
                self._changed.notify_all()
