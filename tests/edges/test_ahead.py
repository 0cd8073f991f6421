"""A voice that takes its time, in a thread of its own: nobody waits who need not."""

import threading
from collections.abc import Callable, Iterator
from contextlib import closing

import pytest

from voicejournal.edges.ahead import Ahead
from voicejournal.errors import VoiceError

SECONDS = 10


class Gate:
    """A voice that says nothing before it may."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.may = threading.Semaphore(0)

    def render(self, words: str, rate: float) -> bytes:
        self.asked.append(words)
        assert self.may.acquire(timeout=SECONDS)
        if words == "broken":
            raise VoiceError("voice_silent")
        return f"{words} {rate}".encode()


@pytest.fixture
def gate() -> Gate:
    return Gate()


@pytest.fixture
def ahead(gate: Gate) -> Iterator[Ahead]:
    with closing(Ahead(lambda: gate.render)) as voice:
        yield voice
        gate.may.release(100)


def until(is_so: Callable[[], bool]) -> None:
    waiting = threading.Event()
    for _ in range(SECONDS * 1000):
        if is_so():
            return
        waiting.wait(0.001)
    raise AssertionError("it never was")


def test_what_may_be_said_at_any_moment_is_rendered_when_nothing_is_to_come(gate: Gate) -> None:
    with closing(Ahead(lambda: gate.render, [("help", 1.0), ("ask", 1.0)])) as voice:
        until(lambda: gate.asked == ["help"])
        voice.prepare([("one", 1.0)])
        gate.may.release(3)
        until(lambda: voice.is_ready("ask", 1.0))
        assert gate.asked == ["help", "one", "ask"], "what is to come goes before"
        gate.may.release(100)


def test_nothing_is_waited_for_while_it_renders(gate: Gate, ahead: Ahead) -> None:
    ahead.prepare([("one", 1.0), ("two", 0.8)])
    until(lambda: gate.asked == ["one"])
    assert not ahead.is_ready("one", 1.0)
    gate.may.release(2)
    until(lambda: ahead.is_ready("two", 0.8))
    assert ahead.render("one", 1.0) == b"one 1.0" and ahead.render("two", 0.8) == b"two 0.8"
    assert not ahead.is_ready("two", 1.0), "another rate is another sound"
    assert gate.asked == ["one", "two"]


def test_what_is_wanted_no_more_is_not_begun(gate: Gate, ahead: Ahead) -> None:
    ahead.prepare([("long", 1.0), ("later", 1.0)])
    until(lambda: gate.asked == ["long"])
    ahead.prepare([("stopped", 1.0)])
    gate.may.release(2)
    until(lambda: ahead.is_ready("stopped", 1.0))
    assert gate.asked == ["long", "stopped"] and ahead.is_ready("long", 1.0)


def test_who_asks_for_what_was_not_prepared_waits_for_it_first(gate: Gate, ahead: Ahead) -> None:
    ahead.prepare([("one", 1.0), ("two", 1.0), ("three", 1.0)])
    until(lambda: gate.asked == ["one"])
    gate.may.release(2)
    assert ahead.render("urgent", 1.0) == b"urgent 1.0"
    assert gate.asked[:2] in (["one", "urgent"], ["one", "two"])
    gate.may.release(2)
    assert ahead.render("three", 1.0) == b"three 1.0", "and the rest goes on"


def test_a_failure_is_ready_to_be_heard_of(gate: Gate, ahead: Ahead) -> None:
    gate.may.release(2)
    assert ahead.render("well", 1.0) == b"well 1.0"
    ahead.prepare([("broken", 1.0)])
    until(lambda: ahead.is_ready("broken", 1.0))
    with pytest.raises(VoiceError, match="voice_silent"):
        ahead.render("broken", 1.0)
    assert ahead.render("well", 1.0) == b"well 1.0", "what was ready stays so"


def test_a_voice_that_can_not_be_loaded_is_heard_of() -> None:
    def load() -> Callable[[str, float], bytes]:
        raise VoiceError("voice_missing")

    with closing(Ahead(load)) as voice, pytest.raises(VoiceError, match="voice_missing"):
        voice.render("one", 1.0)


def test_closing_waits_for_the_sentence_at_hand_and_begins_no_other(gate: Gate) -> None:
    voice = Ahead(lambda: gate.render)
    voice.prepare([("one", 1.0), ("two", 1.0)])
    until(lambda: gate.asked == ["one"])
    gate.may.release(2)
    voice.close()
    assert len(gate.asked) <= 2 and voice.render("never", 1.0) == b""
