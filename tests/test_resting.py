"""Rest is offered when a day becomes a long one, and not again."""

from hypothesis import given
from hypothesis import strategies as st

from voicejournal.journal.resting import LONG_SECONDS, SOFT_LIMIT_SECONDS, rest_is_due

LONG, VERY_LONG = LONG_SECONDS + 1, SOFT_LIMIT_SECONDS + 1


def test_a_quarter_of_an_hour_or_the_second_long_entry() -> None:
    assert rest_is_due(VERY_LONG, [])
    assert rest_is_due(LONG, [60, LONG])
    assert not rest_is_due(LONG, [60, 60])
    assert not rest_is_due(60, [LONG])


@given(st.lists(st.floats(0, 3600), max_size=12))
def test_at_most_once_a_day(lengths: list[float]) -> None:
    assert sum(rest_is_due(one, lengths[:at]) for at, one in enumerate(lengths)) <= 1
