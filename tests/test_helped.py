"""What helped: an order, and nothing else."""

from hypothesis import given
from hypothesis import strategies as st

from voicejournal.journal.helped import Helped, in_order

notes = st.builds(Helped, st.sampled_from(["water", "slow-breath", "walk"]), st.integers(0, 10), st.integers(0, 10))


def test_the_most_helpful_comes_first_and_what_did_not_help_never() -> None:
    told = [Helped("water", 6, 4), Helped("slow-breath", 7, 3), Helped("walk", 4, 6), Helped("water", 6, 4)]
    assert in_order(told) == ("slow-breath", "water")
    assert in_order([Helped("water", 5, 3), Helped("walk", 7, 5)]) == ("walk", "water")
    assert in_order([]) == ()


@given(st.lists(notes))
def test_only_scripts_that_eased_it_once(told: list[Helped]) -> None:
    assert set(in_order(told)) <= {note.script for note in told if note.after < note.before}
