"""The thread behind every recogniser: what is awaited comes before what is only written down."""

import threading

from voicejournal.edges.worker import SLICE_BYTES, Worker
from voicejournal.hearing.awaiting import Awaited, Effort
from voicejournal.hearing.recognizing import Recognizer
from voicejournal.hearing.transcripts import Transcript


class Counting:
    """A decoder that is held until it may begin, and tells how much sound a stretch had."""

    def __init__(self, may_begin: threading.Event) -> None:
        may_begin.wait(10)
        self._bytes: dict[int, int] = {}

    def accept(self, ticket: int, pcm: bytes) -> Transcript | None:
        self._bytes[ticket] = self._bytes.get(ticket, 0) + len(pcm)
        return None

    def finish(self, ticket: int, awaited: Awaited) -> Transcript:
        return Transcript(str(self._bytes.pop(ticket, 0)))

    def forget(self, ticket: int) -> None:
        self._bytes.pop(ticket, None)


def test_what_may_be_a_command_is_not_kept_waiting_by_what_is_only_written_down() -> None:
    may_begin = threading.Event()
    worker: Recognizer = Worker(lambda: Counting(may_begin), "counting")
    efforts: tuple[Effort, ...] = ("whole", "whole", "brief", "whole", "nearest")
    tickets = [worker.begin() for _ in efforts]
    for ticket in (*tickets, *tickets):
        worker.accept(ticket, bytes(SLICE_BYTES))
    for ticket, effort in zip(tickets, efforts, strict=True):
        worker.finish(ticket, Awaited(effort=effort))
    may_begin.set()
    answers = worker.poll(wait=True)
    worker.close()
    whole_1, whole_2, brief, whole_3, nearest = tickets
    assert [answer.ticket for answer in answers] == [brief, nearest, whole_1, whole_2, whole_3]
    assert {answer.transcript.text for answer in answers} == {str(2 * SLICE_BYTES)}, "each has all of its own sound"
