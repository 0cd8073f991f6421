"""Where voice begins and ends, tick by tick."""

from voicejournal.hearing.frames import ticks
from voicejournal.hearing.stretches import (
    CONFIRM_TICKS,
    CUT_SEARCH_TICKS,
    EARLIEST_ONSET_TICKS,
    LONGEST_TICKS,
    OFF_PROBABILITY,
    SILENCE_TICKS,
    Stretch,
    StretchEnded,
    StretchFinder,
    VoiceStarted,
)

VOICE, FAINT, RISING, QUIET = 0.9, 0.3, 0.17, 0.0


def events(probabilities: list[float]) -> list[tuple[int, VoiceStarted | StretchEnded]]:
    """Each event, with the tick that brought it; a voice that is left at the end is ended there."""
    finder = StretchFinder()
    found = [(tick, finder.feed(probability)) for tick, probability in enumerate(probabilities)]
    found.append((len(probabilities), finder.end_now()))
    return [(tick, event) for tick, event in found if event is not None]


def stretches(probabilities: list[float]) -> list[Stretch]:
    return [event.stretch for _, event in events(probabilities) if isinstance(event, StretchEnded)]


def test_voice_is_believed_after_an_eighth_of_a_second() -> None:
    assert CONFIRM_TICKS == 6
    assert events([QUIET] * 10 + [VOICE] * 6)[0] == (15, VoiceStarted(10))


def test_a_blip_is_no_voice() -> None:
    blip = [VOICE] * (CONFIRM_TICKS - 1) + [QUIET] * CONFIRM_TICKS
    assert events(blip * 10) == []


def test_a_stumble_does_not_hide_the_first_ticks() -> None:
    assert stretches([QUIET] * 5 + [VOICE] * 4 + [QUIET] + [VOICE] * 3) == [Stretch(5, 13, 7, 7)]


def test_a_quiet_onset_belongs_to_the_stretch() -> None:
    assert stretches([QUIET] * 20 + [RISING] * 10 + [VOICE] * 10)[0].start_tick == 20


def test_an_onset_reaches_no_further_back_than_the_pre_roll() -> None:
    murmur = 100
    (tick, started), _ = events([RISING] * murmur + [VOICE] * 10)
    assert isinstance(started, VoiceStarted)
    assert tick - started.start_tick == EARLIEST_ONSET_TICKS


def test_an_onset_that_broke_off_is_no_onset() -> None:
    assert stretches([RISING] * 10 + [QUIET] + [VOICE] * 10)[0].start_tick == 11


def test_silence_ends_a_stretch_where_the_voice_ended() -> None:
    assert ticks(0.7) == SILENCE_TICKS
    *_, (tick, ended) = events([VOICE] * 50 + [QUIET] * SILENCE_TICKS)
    assert (tick, ended) == (50 + SILENCE_TICKS - 1, StretchEnded(Stretch(0, 50, 50, 50)))


def test_a_shorter_pause_ends_nothing() -> None:
    pause = [QUIET] * (SILENCE_TICKS - 1)
    assert stretches([VOICE] * 10 + pause + [VOICE] * 10) == [Stretch(0, 20 + len(pause), 20, 20)]


def test_a_fading_voice_goes_on() -> None:
    assert stretches([VOICE] * 10 + [FAINT] * 100)[0].end_tick == 110
    assert stretches([VOICE] * 10 + [OFF_PROBABILITY - 0.01] * 100)[0].end_tick == 10


def test_a_whisper_is_believed_after_three_fifths_of_a_second() -> None:
    assert events([QUIET] * 5 + [FAINT] * 30)[0] == (34, VoiceStarted(5))


def test_a_shorter_murmur_is_no_voice() -> None:
    murmur = [FAINT] * 29 + [QUIET] * 6
    assert events(murmur * 10) == []


def test_a_whisper_with_a_voiced_sound_in_it_is_believed_sooner() -> None:
    (tick, started), _ = events([FAINT] * 10 + [VOICE] * 4)
    assert (tick, started) == (13, VoiceStarted(0))


def test_stretches_follow_each_other() -> None:
    assert stretches(([VOICE] * 30 + [QUIET] * 40) * 3) == [
        Stretch(start, start + 30, 30, 30) for start in (0, 70, 140)
    ]


def test_a_key_ends_a_stretch_at_once_and_the_voice_begins_another() -> None:
    finder = StretchFinder()
    for _ in range(20):
        finder.feed(VOICE)
    assert finder.end_now() == StretchEnded(Stretch(0, 20, 20, 20))
    assert finder.end_now() is None and finder.voice_start is None
    started = [finder.feed(VOICE) for _ in range(CONFIRM_TICKS)][-1]
    assert started == VoiceStarted(20)


def test_clear_ticks_are_the_voiced_ones_outside_our_own_voice() -> None:
    finder = StretchFinder()
    for tick in range(40):
        finder.feed(QUIET if 10 <= tick < 20 else VOICE, is_clear=tick >= 15)
    ended = finder.end_now()
    assert ended is not None
    assert (ended.stretch.voiced_ticks, ended.stretch.clear_ticks) == (30, 20)


def test_clear_ticks_before_a_false_start_are_not_counted() -> None:
    """Once the murmur reaches too far back, neither its voice nor its clearness belongs to the stretch."""
    finder = StretchFinder()
    stumbling = [VOICE, QUIET] * 30
    for probability in [VOICE, VOICE, *stumbling, *[VOICE] * 8]:
        finder.feed(probability)
    ended = finder.end_now()
    assert ended is not None
    assert ended.stretch.clear_ticks == ended.stretch.voiced_ticks < ended.stretch.end_tick


# A voice that never pauses


def test_a_voice_without_end_is_cut_and_no_tick_is_lost() -> None:
    found = stretches([VOICE] * ticks(100))
    assert all(stretch.is_cut for stretch in found)
    assert all(stretch.seconds <= 26 for stretch in found)
    assert [stretch.start_tick for stretch in found] == [0, *(stretch.end_tick for stretch in found[:-1])]
    assert sum(stretch.voiced_ticks for stretch in found) == found[-1].end_tick == ticks(100)


def test_it_is_cut_in_the_middle_of_its_longest_gap() -> None:
    voice = [VOICE] * ticks(40)
    voice[ticks(21) : ticks(21.1)] = [QUIET] * 5
    voice[ticks(23) : ticks(23.4)] = [QUIET] * 20
    voice[ticks(25) : ticks(25.1)] = [QUIET] * 5
    first, second = stretches(voice)
    assert first.end_tick == second.start_tick == ticks(23.2)
    assert first.voiced_ticks + second.voiced_ticks == ticks(40) - 30


def test_without_a_gap_it_is_cut_at_its_quietest() -> None:
    voice = [VOICE] * ticks(27)
    voice[ticks(24)] = 0.5
    assert stretches(voice)[0].end_tick == ticks(24) + 1


def test_an_old_gap_is_out_of_reach() -> None:
    voice = [VOICE] * ticks(27)
    voice[ticks(10) : ticks(10.5)] = [QUIET] * 25
    assert stretches(voice)[0].end_tick > LONGEST_TICKS - CUT_SEARCH_TICKS


def test_a_gap_at_the_length_limit_may_be_the_end() -> None:
    assert stretches([VOICE] * ticks(25.8) + [QUIET] * 50) == [Stretch(0, ticks(25.8), ticks(25.8), ticks(25.8))]


def test_a_voice_that_goes_on_after_that_gap_is_cut_in_it() -> None:
    first, second = stretches([VOICE] * ticks(25.8) + [QUIET] * 30 + [VOICE] * 20 + [QUIET] * 50)
    assert first.end_tick == second.start_tick == ticks(25.8) + 15
    assert (first.voiced_ticks, second.voiced_ticks) == (ticks(25.8), 20)
    assert second.end_tick == ticks(25.8) + 50


def test_only_what_was_cut_off_is_part_of_something_longer() -> None:
    *cut, last, later = stretches([VOICE] * ticks(30) + [QUIET] * 50 + [VOICE] * 20 + [QUIET] * 50)
    assert len(cut) == 1 and cut[0].is_cut and last.is_cut
    assert not later.is_cut
