"""Whether the computer was asleep.

In: two clocks of the system. Out: yes or no. Touches: those clocks.
"""

import time

LEAST_SECONDS = 2.0
"""The two clocks never stray so far apart by themselves."""


class Sleep:
    """One clock stands still while the computer sleeps, the other goes on: Linux has both, others tell nothing."""

    def __init__(self) -> None:
        self._asleep_seconds = _asleep_seconds()

    def has_slept(self) -> bool:
        """Since this was asked last."""
        before, self._asleep_seconds = self._asleep_seconds, _asleep_seconds()
        return self._asleep_seconds - before > LEAST_SECONDS


def _asleep_seconds() -> float:
    if not hasattr(time, "CLOCK_BOOTTIME"):
        return 0.0
    return time.clock_gettime(time.CLOCK_BOOTTIME) - time.clock_gettime(time.CLOCK_MONOTONIC)
