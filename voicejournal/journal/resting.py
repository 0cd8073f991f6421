"""Whether it is time to say that rest is fine.

In: the length of an entry, and the earlier ones of its day. Out: yes or no. Pure.
It is said once a day, in the moment in which it becomes true; nothing has to be remembered for that.
"""

from collections.abc import Sequence

SOFT_LIMIT_SECONDS = 15 * 60
"""R21: after about a quarter of an hour of one entry."""

LONG_SECONDS = 10 * 60
"""R21 counts "long" entries without a length: two thirds of the soft limit, so that two are more than one."""


def rest_is_due(seconds: float, earlier_today: Sequence[float]) -> bool:
    """Whether this entry makes the day a long one; of a day that was one already nothing more is said."""
    return _is_much([*earlier_today, seconds]) and not _is_much(earlier_today)


def _is_much(lengths: Sequence[float]) -> bool:
    return any(one > SOFT_LIMIT_SECONDS for one in lengths) or sum(one > LONG_SECONDS for one in lengths) > 1
