"""Steps become frames: exact to the sample, and obedient in the middle of a word."""

import math
from array import array
from collections.abc import Callable
from itertools import pairwise

import pytest

from voicejournal.hearing.frames import PLAYED_FRAME_BYTES, PLAYED_FRAME_SAMPLES, PLAYED_HERTZ
from voicejournal.speaking.cues import cue
from voicejournal.speaking.playback import NOTHING_PLAYED, Playback, Played
from voicejournal.speaking.steps import (
    Beat,
    Choice,
    Cue,
    OptionalBegins,
    OptionalEnds,
    Pace,
    Quiet,
    Recorded,
    Rest,
    Shown,
    Step,
    Way,
    Words,
)
from voicejournal.speaking.told import BrokenOff

LOUD = 1000


def render(words: str, rate: float) -> bytes:
    """As many loud samples as the words say, at this rate."""
    return array("h", [LOUD] * round(int(words) / rate)).tobytes()


def playing(*steps: Step, pace: Pace | None = None) -> Playback:
    playback = Playback(render, pace)
    playback.add(steps)
    return playback


def frames(playback: Playback, count: int) -> list[Played]:
    return [playback.next_frame() for _ in range(count)]


def to_the_end(playback: Playback) -> list[Played]:
    played = []
    while not playback.is_idle:
        played.append(playback.next_frame())
        assert len(played) < 50_000, "it never ends"
    return played


def samples(played: list[Played]) -> "array[int]":
    assert all(len(one.frame) == PLAYED_FRAME_BYTES for one in played)
    return array("h", b"".join(one.frame for one in played))


def runs(sound: "array[int]") -> list[tuple[bool, int]]:
    """Loud and silent by turns, and for how many samples."""
    found: list[tuple[bool, int]] = []
    for sample in sound:
        if found and found[-1][0] == (sample != 0):
            found[-1] = (found[-1][0], found[-1][1] + 1)
        else:
            found.append((sample != 0, 1))
    return found


def began(played: list[Played]) -> list[str]:
    return [step.name if isinstance(step, Cue) else step.text for one in played for step in one.began]


# To the sample


def test_nothing_to_play_is_silence() -> None:
    playback = Playback(render)
    assert playback.is_idle and playback.next_frame() == NOTHING_PLAYED


def test_words_rests_and_words_follow_to_the_sample() -> None:
    sound = samples(to_the_end(playing(Words("1234"), Rest(0.5), Words("777"))))
    assert runs(sound)[:3] == [(True, 1234), (False, 24_000), (True, 777)]


@pytest.mark.parametrize("length", [1, 959, 960, 961, 1920, 1921])
def test_a_rest_is_exact_whatever_the_words_before_it(length: int) -> None:
    sound = samples(to_the_end(playing(Words(str(length)), Rest(0.7), Words("5"))))
    assert runs(sound)[:3] == [(True, length), (False, 33_600), (True, 5)]


@pytest.mark.parametrize("length", [960, 1920])
def test_it_is_idle_with_the_last_sample_not_a_frame_later(length: int) -> None:
    played = to_the_end(playing(Words(str(length))))
    assert len(played) == length // PLAYED_FRAME_SAMPLES
    assert len(to_the_end(playing(Words("5"), Rest(955 / PLAYED_HERTZ)))) == 1


def test_the_frame_tells_what_begins_in_it() -> None:
    played = to_the_end(playing(Rest(0.03), Words("100"), Words("2000"), Rest(1), Cue("rising")))
    beginnings = {i: one.began for i, one in enumerate(played) if one.began}
    assert beginnings == {1: (Words("100"), Words("2000")), 53: (Cue("rising"),)}


def test_the_frame_tells_whether_the_voice_is_in_it() -> None:
    played = to_the_end(playing(Cue("rising"), Rest(0.1), Words("1000")))
    first_words = len(cue("rising")) + 2 * 4800
    expected = [(i + 1) * PLAYED_FRAME_BYTES > first_words for i in range(len(played))]
    assert [one.has_words for one in played] == expected


def test_a_cue_is_played_whole() -> None:
    assert b"".join(one.frame for one in to_the_end(playing(Cue("falling")))).startswith(cue("falling"))


def test_words_without_sound_take_no_time() -> None:
    assert runs(samples(to_the_end(playing(Words("10"), Words("0"), Words("10")))))[0] == (True, 20)


def test_ten_minutes_do_not_drift_by_a_sample() -> None:
    steps: list[Step] = []
    for i in range(60):
        steps += [Words(str(40_001 + i)), Rest(9.1234567)]
    sound = samples(to_the_end(playing(*steps, Words("1"))))
    assert sound.index(LOUD) == 0
    last = 60 * 40_001 + sum(range(60)) + 60 * round(9.1234567 * PLAYED_HERTZ)
    assert sound[last] == LOUD and sound[last - 1] == 0
    assert last > 600 * PLAYED_HERTZ * 0.99


# Pace


def test_pace_changes_words_and_rests() -> None:
    sound = samples(to_the_end(playing(Words("800"), Rest(1), Words("8"), pace=Pace(0.8, 1.5))))
    assert runs(sound)[:3] == [(True, 1000), (False, 72_000), (True, 10)]


def test_words_may_have_a_rate_of_their_own() -> None:
    assert runs(samples(to_the_end(playing(Words("1000", rate=0.8)))))[0] == (True, 1250)


def test_slow_words_at_a_slow_pace_are_never_stretched_further_than_the_slowest() -> None:
    """R10: not under about 120 words a minute; silence carries the rest of "slower"."""
    assert runs(samples(to_the_end(playing(Words("1000", rate=0.9), pace=Pace(0.8)))))[0] == (True, 1250)
    assert runs(samples(to_the_end(playing(Words("1300", rate=1.2), pace=Pace(1.3)))))[0] == (True, 1000)


@pytest.mark.parametrize(("rest", "expected"), [(2.0, 96_000), (0.5, 24_000), (0.1, 12 * 960)])
def test_a_rest_takes_on_a_new_pace_at_once(rest: float, expected: int) -> None:
    playback = playing(Rest(1), Words("5"))
    before = frames(playback, 12)
    playback.pace = Pace(rest=rest)
    assert runs(samples(before + to_the_end(playback)))[0] == (False, expected)


# Stopping


def test_stop_fades_out_in_one_frame_and_leaves_nothing() -> None:
    playback = playing(Words("48000"), Rest(1), Words("100"))
    frames(playback, 5)
    playback.stop()
    assert not playback.is_idle
    fade = playback.next_frame()
    assert list(samples([fade])) == sorted(samples([fade]), reverse=True)
    assert samples([fade])[0] == LOUD and samples([fade])[-1] <= LOUD // 500 and fade.has_words
    assert playback.is_idle and playback.next_frame() == NOTHING_PLAYED


def test_stop_in_a_rest_is_over_at_once() -> None:
    playback = playing(Words("10"), Rest(1))
    playback.next_frame()
    playback.stop()
    assert playback.is_idle


def test_what_is_said_after_stop_follows_the_fade() -> None:
    playback = playing(Words("48000"))
    playback.next_frame()
    playback.stop()
    playback.add([Rest(0.02), Cue("falling")])
    played = to_the_end(playback)
    assert began(played) == ["falling"] and played[2].began == (Cue("falling"),)


def test_after_stop_nobody_is_talked_over_either() -> None:
    playback = playing(Words("48000"))
    playback.next_frame()
    playback.stop()
    playback.add([Words("10")])
    assert [playback.next_frame(may_begin=False).began for _ in range(5)] == [()] * 5


BREAKS: list[Callable[[Playback], None]] = [
    Playback.stop,
    Playback.hold,
    Playback.say_again,
    Playback.skip,
    lambda playback: playback.interject([Words("10")]),
]
GO_ONS: list[Callable[[Playback], None]] = [
    Playback.go_on,
    Playback.say_again,
    lambda playback: playback.interject([Words("10")]),
]


@pytest.mark.parametrize("break_off", BREAKS)
def test_whatever_breaks_off_a_word_fades_it(break_off: Callable[[Playback], None]) -> None:
    playback = playing(Words("48000"), Rest(1), Words("48000"))
    frames(playback, 3)
    break_off(playback)
    fade = samples([playback.next_frame()])
    assert fade[0] == LOUD and fade[-1] < 10 and list(fade) == sorted(fade, reverse=True)


@pytest.mark.parametrize("break_off", BREAKS)
def test_a_fading_end_shorter_than_a_frame(break_off: Callable[[Playback], None]) -> None:
    playback = playing(Words("1000"), Rest(1), Words("10"))
    playback.next_frame()
    break_off(playback)
    assert runs(samples([playback.next_frame()])) == [(True, 40), (False, 920)]


# Holding


def test_hold_is_silent_for_as_long_as_it_takes() -> None:
    playback = playing(Words("48000"), Rest(1))
    frames(playback, 10)
    playback.hold()
    playback.next_frame()
    assert playback.is_held and not playback.is_idle
    assert frames(playback, 200) == [NOTHING_PLAYED] * 200


def test_going_on_begins_the_sentence_again() -> None:
    playback = playing(Words("10"), Rest(0.1), Words("48000"), Words("20"))
    frames(playback, 20)
    playback.hold()
    frames(playback, 20)
    playback.go_on()
    played = to_the_end(playback)
    assert began(played) == ["48000", "20"] and runs(samples(played))[0] == (True, 48_020)


def test_going_on_when_nothing_is_held_changes_nothing() -> None:
    playback = playing(Words("48000"))
    frames(playback, 10)
    playback.go_on()
    assert len(to_the_end(playback)) == 40


def test_a_held_rest_goes_on_from_where_it_was() -> None:
    playback = playing(Words("960"), Rest(10), Words("20"))
    played = frames(playback, 100)
    playback.hold()
    playback.next_frame()
    playback.go_on()
    rested = sum(len(one.frame) // 2 for one in played) - 960
    assert runs(samples(to_the_end(playback)))[:2] == [(False, 480_000 - rested), (True, 20)]


def test_hold_and_go_on_in_the_same_tick_fade_first() -> None:
    playback = playing(Words("48000"))
    frames(playback, 3)
    playback.hold()
    playback.go_on()
    assert playback.next_frame().began == ()
    assert playback.next_frame().began == (Words("48000"),)


def test_hold_with_nothing_to_play_holds_nothing() -> None:
    """Else whatever is said next would never be heard."""
    playback = playing(Words("10"))
    to_the_end(playback)
    playback.hold()
    playback.add([Words("20")])
    assert began(to_the_end(playback)) == ["20"]


def test_hold_in_the_fade_after_stop_holds_nothing() -> None:
    playback = playing(Words("48000"))
    playback.next_frame()
    playback.stop()
    playback.hold()
    playback.add([Words("20")])
    assert began(to_the_end(playback)) == ["20"]


def test_stop_ends_a_hold() -> None:
    playback = playing(Words("48000"))
    playback.next_frame()
    playback.hold()
    playback.stop()
    playback.add([Words("20")])
    assert began(to_the_end(playback)) == ["20"]


# Moving about


def test_say_again_in_a_sentence_begins_it_again() -> None:
    playback = playing(Words("10"), Words("48000"), Words("20"))
    frames(playback, 3)
    playback.say_again()
    assert began(to_the_end(playback)) == ["48000", "20"]


def test_say_again_in_a_rest_says_the_sentence_before_it() -> None:
    playback = playing(Words("10"), Rest(5), Words("20"))
    frames(playback, 3)
    playback.say_again()
    played = to_the_end(playback)
    assert began(played) == ["10", "20"] and runs(samples(played))[1] == (False, 240_000)


def test_say_again_after_the_end_says_the_last_sentence() -> None:
    playback = playing(Words("10"), Words("20"), Rest(0.1))
    to_the_end(playback)
    playback.say_again()
    assert began(to_the_end(playback)) == ["20"]


def test_say_again_before_anything_was_said() -> None:
    playback = Playback(render)
    playback.say_again()
    assert playback.is_idle


def test_skip_goes_to_the_next_sentence_and_leaves_out_the_rest() -> None:
    playback = playing(Words("48000"), Rest(5), Cue("rising"), Words("20"))
    playback.next_frame()
    playback.skip()
    playback.next_frame()
    assert playback.next_frame().began == (Words("20"),)


def test_skip_in_the_last_sentence_ends_it() -> None:
    playback = playing(Words("48000"), Rest(5))
    playback.next_frame()
    playback.skip()
    playback.next_frame()
    assert playback.is_idle


def test_skip_and_say_again_end_a_hold() -> None:
    for move in (Playback.skip, Playback.say_again):
        playback = playing(Words("48000"), Words("48000"))
        playback.next_frame()
        playback.hold()
        move(playback)
        assert not playback.is_held and playback.next_frame() and playback.next_frame().has_words


def test_an_interjection_comes_now_and_the_sentence_after_it_whole() -> None:
    playback = playing(Words("30"), Words("48000"), Rest(1), Words("20"))
    frames(playback, 5)
    playback.interject([Words("7"), Rest(0.5)])
    played = to_the_end(playback)
    assert began(played) == ["7", "48000", "20"]
    assert runs(samples(played[1:]))[:3] == [(True, 7), (False, 24_000), (True, 48_000)]


def test_an_interjection_in_a_rest_leaves_as_much_of_it_as_there_was() -> None:
    playback = playing(Words("960"), Rest(1), Words("20"), pace=Pace(rest=2))
    frames(playback, 1 + 60)
    playback.interject([Words("7"), Rest(0.1)])
    played = to_the_end(playback)
    assert began(played) == ["7", "20"], "nothing is said again"
    assert runs(samples(played))[:3] == [(True, 7), (False, 9600 + 38_400), (True, 20)]


def test_an_interjection_into_silence_is_just_said() -> None:
    playback = playing(Words("30"))
    to_the_end(playback)
    playback.interject([Words("7")])
    assert began(to_the_end(playback)) == ["7"]


def test_what_is_said_aside_leaves_the_rest_held_where_it_was() -> None:
    playback = playing(Words("30"), Words("48000"), Rest(1), Words("20"))
    frames(playback, 5)
    playback.hold()
    playback.say_aside([Words("7"), Rest(0.5)])
    playback.say_aside([Words("8")])
    assert playback.coming() == (("7", 1.0), ("8", 1.0))
    aside = frames(playback, 200)
    assert began(aside) == ["7", "8"] and playback.is_held and not playback.is_idle
    assert playback.coming() == (("20", 1.0),)
    playback.go_on()
    assert began(to_the_end(playback)) == ["48000", "20"]


@pytest.mark.parametrize("move", [*BREAKS, *GO_ONS])
def test_what_is_said_aside_fades_when_anything_follows(move: Callable[[Playback], None]) -> None:
    playback = playing(Words("48000"), Words("48000"))
    frames(playback, 3)
    playback.hold()
    playback.say_aside([Words("9600"), Words("9600")])
    frames(playback, 3)
    move(playback)
    fade = samples([playback.next_frame()])
    assert fade[0] == LOUD and fade[-1] < 10 and list(fade) == sorted(fade, reverse=True)
    assert playback.broken_off is not None and playback.broken_off.text in ("9600", "48000")
    assert "9600" not in began(frames(playback, 30))


@pytest.mark.parametrize(("quiet", "peak"), [("whisper", 100), ("text", 0)])
def test_what_is_said_aside_obeys_quiet_and_pace_at_once(quiet: Quiet, peak: int) -> None:
    playback = playing(Words("9600"))
    frames(playback, 3)
    playback.hold()
    playback.say_aside([Words("48000"), Words("9600")])
    frames(playback, 3)
    playback.quiet, playback.pace = quiet, Pace(rate=1.2)
    samples([playback.next_frame()])  # from one level to the other
    assert max(samples(frames(playback, 3))) == peak
    assert playback.coming() == (("9600", 1.2),)
    playback.go_on()
    assert max(samples(to_the_end(playback))) == peak, "nor is it loud for the frame in which it fades"


def test_aside_of_nothing_is_just_said() -> None:
    playback = playing(Words("30"))
    to_the_end(playback)
    playback.hold()
    playback.say_aside([Words("7")])
    assert began(to_the_end(playback)) == ["7"]


def test_what_is_added_waits_for_what_is_playing() -> None:
    playback = playing(Words("48000"))
    frames(playback, 3)
    playback.add([Rest(0.1), Words("20")])
    assert runs(samples(to_the_end(playback)))[1:3] == [(False, 4800), (True, 20)]


# Beats


def begins(sound: "array[int]") -> list[int]:
    """The sample at which each sound begins after a silence."""
    at, found = 0, []
    for is_loud, length in runs(sound):
        found += [at] if is_loud else []
        at += length
    return found


@pytest.mark.parametrize("lengths", [("1", "1"), ("40000", "777"), ("959", "50001")])
def test_a_beat_is_counted_from_the_beginning_of_the_words_however_long_they_are(lengths: tuple[str, str]) -> None:
    into, out = lengths
    breath: list[Step] = [Words(into), Beat(4), Words(out), Beat(6)]
    sound = samples(to_the_end(playing(*breath * 3, Words("5"))))
    assert begins(sound) == [480_000 * i + j for i in range(3) for j in (0, 192_000)] + [1_440_000]


def test_a_beat_never_cuts_the_words_that_are_longer() -> None:
    sound = samples(to_the_end(playing(Words("9600"), Beat(0.1), Words("5"))))
    assert runs(sound)[0] == (True, 9605)


def test_a_beat_counts_the_rests_before_it() -> None:
    assert begins(samples(to_the_end(playing(Words("10"), Rest(1), Beat(2), Words("5"))))) == [0, 96_000]


def test_slower_stretches_a_beat_as_it_stretches_a_rest_and_in_the_middle_of_it() -> None:
    playback = playing(Words("4800"), Beat(1), Words("5"))
    before = frames(playback, 20)
    playback.pace = Pace(rest=1.5)
    assert begins(samples(before + to_the_end(playback))) == [0, 72_000]


def test_a_breath_never_grows_past_what_can_be_breathed() -> None:
    assert begins(samples(to_the_end(playing(Words("10"), Beat(4), Words("5"), pace=Pace(rest=3))))) == [0, 288_000]


def test_a_held_beat_goes_on_from_where_it_was() -> None:
    playback = playing(Words("960"), Beat(2), Words("5"))
    before = frames(playback, 40)
    playback.hold()
    frames(playback, 100)
    playback.go_on()
    assert begins(samples(before + to_the_end(playback))) == [0, 96_000]


def test_words_that_are_said_again_have_their_whole_beat_again() -> None:
    playback = playing(Words("960"), Beat(2), Words("5"))
    frames(playback, 40)
    playback.say_again()
    assert begins(samples(to_the_end(playback))) == [0, 96_000]


# Choices and optional parts

WAYS = (
    Way(("feet",), (Words("101"), Rest(0.1))),
    Way(("hands",), (Words("102"), Rest(0.1), Words("103"), Rest(0.1))),
)
CHOICE = Choice((Words("100"), Rest(1)), WAYS)


def test_who_says_nothing_is_taken_the_first_way_after_the_rest() -> None:
    playback = playing(Words("10"), Rest(0.1), CHOICE, Words("20"))
    assert not playback.offered
    first = frames(playback, 10)
    assert playback.offered == WAYS, "while they are offered"
    played = first + to_the_end(playback)
    assert began(played) == ["10", "100", "101", "20"] and not playback.offered
    expected = [(True, 10), (False, 4800), (True, 100), (False, 48_000), (True, 101), (False, 4800), (True, 20)]
    assert runs(samples(played))[:7] == expected, "and no sample is lost at the fork"


def test_a_way_that_is_taken_begins_at_once() -> None:
    playback = playing(CHOICE, Words("20"))
    frames(playback, 10)
    playback.take(1)
    assert playback.offered == () and began(to_the_end(playback)) == ["102", "103", "20"]


def test_a_way_can_be_taken_while_the_offer_is_held() -> None:
    playback = playing(Choice((Words("48000"), Rest(1)), WAYS), Words("20"))
    frames(playback, 10)
    playback.hold()
    playback.take(1)
    assert not playback.is_held and began(to_the_end(playback)) == ["102", "103", "20"]


def test_taking_what_is_not_offered_changes_nothing() -> None:
    playback = playing(Words("48000"))
    frames(playback, 10)
    playback.take(1)
    assert len(to_the_end(playback)) == 40


def test_next_in_an_offer_takes_the_first_way() -> None:
    playback = playing(CHOICE, Words("20"))
    frames(playback, 10)
    playback.skip()
    assert began(to_the_end(playback)) == ["101", "20"]


def test_next_at_the_end_of_a_way_does_not_lead_into_another() -> None:
    playback = playing(CHOICE, Words("20"))
    frames(playback, 10)
    playback.skip()
    playback.next_frame()
    playback.skip()
    assert began(to_the_end(playback)) == ["20"]


def test_next_in_an_optional_part_leaves_out_all_of_it() -> None:
    part: list[Step] = [OptionalBegins(), Words("48000"), Rest(1), Words("11"), CHOICE, OptionalEnds()]
    playback = playing(Words("10"), *part, Words("20"))
    assert began(frames(playback, 10)) == ["10", "48000"]
    playback.skip()
    assert began(to_the_end(playback)) == ["20"] and playback.offered == ()


def test_next_outside_of_one_goes_to_the_next_sentence_even_into_one() -> None:
    playback = playing(Words("48000"), OptionalBegins(), Words("11"), Words("12"), OptionalEnds(), Words("20"))
    frames(playback, 10)
    playback.skip()
    assert began(to_the_end(playback)) == ["11", "12", "20"]


def test_what_is_left_is_counted_along_the_silent_way() -> None:
    playback = playing(Words("10"), Rest(60), CHOICE, Rest(30), pace=Pace(rest=2))
    frames(playback, 50 * 20)
    words = 3 * 60 / 148
    assert playback.left_seconds == pytest.approx(100 + 2 + 0.2 + 60 + words, abs=0.5)
    playback.take(0)
    playback.stop()
    assert playback.left_seconds == 0


# Not talking over anyone


def test_the_first_sentence_waits_for_whoever_speaks() -> None:
    playback = playing(Cue("rising"), Rest(0.1), Words("960"))
    waiting = [playback.next_frame(may_begin=False) for _ in range(100)]
    assert began(waiting) == ["rising"] and not playback.is_idle
    assert playback.next_frame().began == (Words("960"),)


def test_what_has_begun_does_not_wait() -> None:
    playback = playing(Words("960"), Rest(0.1), Words("20"))
    playback.next_frame()
    assert began([playback.next_frame(may_begin=False) for _ in range(10)]) == ["20"]


def test_after_silence_the_next_sentence_is_a_first_one_again() -> None:
    playback = playing(Words("960"))
    to_the_end(playback)
    playback.add([Words("20")])
    assert playback.next_frame(may_begin=False) == NOTHING_PLAYED


# A sentence in parts: a number


def number() -> Playback:
    return playing(
        Words("960"), Rest(0.1), Words("7"), Rest(0.1), Words("20", follows=True), Rest(0.1), Words("48000")
    )


def test_a_sentence_in_parts_is_said_again_from_its_beginning() -> None:
    playback = number()
    while "20" not in began([playback.next_frame()]):
        pass
    playback.say_again()
    assert began(to_the_end(playback)) == ["7", "20", "48000"]


def test_a_sentence_in_parts_is_skipped_whole() -> None:
    playback = number()
    while "7" not in began([playback.next_frame()]):
        pass
    playback.skip()
    assert began(to_the_end(playback)) == ["48000"]


# Quiet


@pytest.mark.parametrize(("quiet", "peak"), [("off", 1000), ("whisper", 100), ("text", 0)])
def test_quiet_changes_the_level_and_nothing_else(quiet: Quiet, peak: int) -> None:
    steps = (Cue("rising"), Words("1920"), Rest(0.1), Words("960"))
    loud, soft = playing(*steps), playing(*steps)
    soft.quiet = quiet
    to_the_end(playing(*steps))
    usual, played = to_the_end(loud), to_the_end(soft)
    assert (len(played), began(played)) == (len(usual), began(usual))
    assert max(samples(played[12:])) == peak
    assert any(frame.has_words for frame in played) == (quiet != "text")


@pytest.mark.parametrize(("quiet", "peak"), [("off", 501), ("whisper", 50)])
def test_a_sentence_may_be_softer_than_the_others(quiet: Quiet, peak: int) -> None:
    playback = playing(
        Words("1920"), Rest(0.1), Words("1920", decibels=-6), Rest(0.1), Words("1920"), Cue("rising")
    )
    playback.quiet = quiet
    sound = samples(to_the_end(playback))
    at = [1920 + 4800 + 1919, 2 * (1920 + 4800) + 1919]
    usual = round(LOUD * (1 if quiet == "off" else 0.1))
    assert [sound[place] for place in (1919, *at)] == [usual, peak, usual]


def test_a_new_level_comes_within_a_frame_and_without_a_step() -> None:
    playback = playing(Words("48000"))
    frames(playback, 2)
    playback.quiet = "text"
    fading, silent = samples(frames(playback, 1)), samples(frames(playback, 1))
    assert (fading[0], fading[-1], max(silent)) == (LOUD - 1, 0, 0)
    assert all(0 <= one - other <= 2 for one, other in pairwise(fading))


# Rendering ahead


def test_it_tells_what_comes_next_at_the_pace_of_now() -> None:
    playback = playing(Rest(1), Words("100"), Cue("rising"), Words("200", rate=0.9), Words("300"), Words("400"))
    assert playback.coming() == (("100", 1.0), ("200", 0.9), ("300", 1.0))
    playback.pace = Pace(rate=0.8)
    assert playback.coming() == (("100", 0.8), ("200", 0.8), ("300", 0.8)), "never slower than R10"
    to_the_end(playback)
    assert playback.coming() == ()


def test_a_sentence_that_has_begun_is_no_longer_to_come_until_it_is_held() -> None:
    playback = playing(Words("48000"), Words("200"))
    frames(playback, 3)
    assert playback.coming() == (("200", 1.0),)
    playback.hold()
    assert playback.coming() == (("200", 1.0),), "what was begun is rendered already"
    playback.go_on()
    assert playback.coming()[0] == ("48000", 1.0)


@pytest.mark.parametrize("late_ticks", [0, 1, 7, 200])
def test_a_sentence_that_is_not_ready_is_waited_for_in_silence(late_ticks: int) -> None:
    ready: set[str] = {"1000", "5"}
    playback = Playback(render, is_ready=lambda words, rate: words in ready)
    playback.add([Words("1000"), Rest(0.1), Words("777"), Rest(0.1), Words("5")])
    played = frames(playback, 7 + late_ticks)
    assert began(played) == ["1000"]
    ready.add("777")
    sound = runs(samples(played + to_the_end(playback)))
    first_frame_after = 7 + late_ticks
    assert sound[:3] == [(True, 1000), (False, first_frame_after * PLAYED_FRAME_SAMPLES - 1000), (True, 777)]
    assert sound[3:5] == [(False, 4800), (True, 5)], "what follows is exact again"


def test_a_rest_absorbs_the_rendering() -> None:
    """Ready one tick before its rest is over: not a sample late."""
    asked: list[int] = []

    def is_ready(words: str, rate: float) -> bool:
        asked.append(1)
        return True

    playback = Playback(render, is_ready=is_ready)
    playback.add([Words("1000"), Rest(0.7), Words("5")])
    assert runs(samples(to_the_end(playback)))[:3] == [(True, 1000), (False, 33_600), (True, 5)]
    assert len(asked) == 2, "asked when a sentence begins, not before"


@pytest.mark.parametrize("break_off", [Playback.stop, Playback.skip, Playback.hold])
def test_who_waits_for_a_sentence_can_still_be_stopped(break_off: Callable[[Playback], None]) -> None:
    playback = Playback(render, is_ready=lambda words, rate: False)
    playback.add([Words("1000")])
    assert frames(playback, 3) == [NOTHING_PLAYED] * 3 and not playback.is_idle
    break_off(playback)
    assert playback.next_frame() == NOTHING_PLAYED
    assert playback.is_idle or playback.is_held


def test_no_jump_where_a_word_is_broken_off_is_larger_than_inside_it() -> None:
    """A loud, slow tone: its own steps are the bound."""
    tone = array("h", (round(20_000 * math.sin(2 * math.pi * 200 * i / PLAYED_HERTZ)) for i in range(48_000)))
    inside = max(abs(b - a) for a, b in pairwise(tone))
    for break_off in BREAKS:
        for ticks in range(1, 40, 3):
            playback = Playback(lambda words, rate: tone.tobytes())
            playback.add([Words("1"), Rest(1), Words("2")])
            before = frames(playback, ticks)
            break_off(playback)
            sound = samples([*before, playback.next_frame()])[: PLAYED_FRAME_SAMPLES * (ticks + 1)]
            assert max(abs(b - a) for a, b in pairwise(sound)) <= inside + 1 + 20_000 // PLAYED_FRAME_SAMPLES
            assert abs(sound[-1]) <= 20_000 // PLAYED_FRAME_SAMPLES + 1


@pytest.mark.parametrize("leave", [Playback.stop, Playback.skip], ids=["stop", "skip"])
@pytest.mark.parametrize("is_held", [False, True])
def test_a_sentence_that_is_left_in_the_middle_says_how_much_of_it_sounded(
    leave: Callable[[Playback], None], is_held: bool
) -> None:
    playback = playing(Words("9600"), Rest(1), Words("96"))
    frames(playback, 5)
    assert playback.broken_off is None, "it still sounds"
    if is_held:
        playback.hold()
    leave(playback)
    expected = BrokenOff("9600", 0.6 if is_held else 0.5)
    assert playback.broken_off == expected, "what faded out while it was held was heard as well"


def test_a_sentence_that_goes_on_or_is_over_is_not_left() -> None:
    playback = playing(Words("9600"), Rest(1), Words("9601"))
    frames(playback, 5)
    playback.hold()
    playback.go_on()
    frames(playback, 12)
    playback.stop()
    assert playback.broken_off is None, "it was over: the rest is none of it"
    playback.add([Words("9600")])
    frames(playback, 3)
    playback.stop()
    assert playback.broken_off is not None
    playback.add([Words("4800")])
    frames(playback, 2)
    assert playback.broken_off is None, "of the sentence that began last"


def test_what_is_only_shown_begins_and_takes_no_time() -> None:
    played = to_the_end(playing(Shown("to be read"), Words("960"), Words("960")))
    assert [one.began for one in played] == [(Shown("to be read"), Words("960")), (Words("960"),)]
    assert [one.is_first for one in played] == [True, False]


@pytest.mark.parametrize("between", [(), (Words("96"), Rest(0.1))], ids=["nothing", "a word between"])
def test_a_way_can_be_taken_after_the_first_one_has_begun_and_what_follows_stays(between: tuple[Step, ...]) -> None:
    ways = (Way(("one",), (Words("9600"), Rest(1))), Way(("two",), (Words("1920"),)))
    playback = playing(Choice((Words("960"),), ways), Words("2880"))
    frames(playback, 3)
    assert playback.offered == ()
    if between:
        playback.interject(between)
    playback.hold()
    playback.take(1)
    assert began(to_the_end(playback)) == ["1920", "2880"]


def test_with_no_offer_behind_a_way_changes_nothing() -> None:
    playback = playing(Choice((Words("960"),), (Way(("one",), (Words("9600"),)),)), Words("2880"))
    frames(playback, 3)
    playback.stop()
    playback.add([Words("960")])
    playback.take(0)
    assert began(to_the_end(playback)) == ["960"]


def recall(recorded: Recorded) -> bytes:
    """The person's voice: twice as loud as ours, and as long as it is."""
    return array("h", [2 * LOUD] * round((recorded.end_seconds - recorded.start_seconds) * PLAYED_HERTZ)).tobytes()


def test_the_person_s_own_voice_sounds_in_its_place_and_obeys_like_ours() -> None:
    playback = Playback(render, Pace(rate=0.8), is_ready=lambda words, rate: False, recall=recall)
    playback.add(
        [Words("shown", recorded=Recorded("e", 1, 1.04)), Rest(0.02), Words("more", recorded=Recorded("e", 2, 3))]
    )
    first, second, rest, more = frames(playback, 4)
    assert first.began == (Words("shown", recorded=Recorded("e", 1, 1.04)),) and first.has_words
    assert set(array("h", first.frame + second.frame)) == {2 * LOUD}, "at its own pace, and never waited for"
    assert not rest.has_words and more.has_words
    playback.hold()
    assert frames(playback, 2)[1] == NOTHING_PLAYED
    playback.go_on()
    assert sum(played.has_words for played in to_the_end(playback)) == 50, "from the start of the stretch"


def test_a_voice_that_is_gone_takes_no_time() -> None:
    playback = Playback(render, recall=lambda recorded: b"")
    playback.add([Words("shown", recorded=Recorded("e", 1, 2)), Words("960")])
    played = playback.next_frame()
    assert len(played.began) == 2 and set(array("h", played.frame)) == {LOUD}
