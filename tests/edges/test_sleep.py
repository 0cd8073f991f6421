"""Whether the computer was asleep, by two clocks of which one stands still meanwhile."""

import pytest

from voicejournal.edges import sleep
from voicejournal.edges.sleep import Sleep


def test_a_computer_that_slept_is_noticed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    apart = iter([100.0, 100.1, 160.0, 160.0, 161.0])
    monkeypatch.setattr(sleep, "_asleep_seconds", lambda: next(apart))
    watched = Sleep()
    assert [watched.has_slept() for _ in range(4)] == [False, True, False, False]


def test_this_computer_is_awake() -> None:
    assert not Sleep().has_slept()
