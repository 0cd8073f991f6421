"""The ladder of patience."""

from voicejournal.hearing.patience import LADDER, USUAL, cue_seconds, longer, shorter


def test_the_ladder_goes_up_to_for_ever_and_stops() -> None:
    assert [longer(step) for step in LADDER] == ["10", "20", "60", "never", "never"]


def test_and_down_to_five_seconds() -> None:
    assert [shorter(step) for step in LADDER] == ["5", "5", "10", "20", "60"]


def test_each_step_is_its_seconds_and_the_last_never_cues() -> None:
    assert [cue_seconds(step) for step in LADDER] == [5, 10, 20, 60, None]
    assert cue_seconds(USUAL) == 10
