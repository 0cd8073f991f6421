"""`interrupting.py`: the first Ctrl-C asks, the second insists, and the signals are given back."""

import os
import signal

import pytest

from voicejournal.interrupting import asked_to_end


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_the_first_asks_and_the_second_insists(number: signal.Signals) -> None:
    before = signal.getsignal(number)
    with asked_to_end() as is_asked:
        assert not is_asked()
        os.kill(os.getpid(), number)
        assert is_asked()
        with pytest.raises(KeyboardInterrupt):
            os.kill(os.getpid(), number)
            signal.sigtimedwait([], 1)  # Python runs what was set for a signal between two of its steps
    assert signal.getsignal(number) == before
