"""The ear gives each stretch its whole beginning and end, and no sound twice."""

from voicejournal.hearing.ear import HELD_TICKS, PADDING_TICKS, PRE_ROLL_TICKS, Ear
from voicejournal.hearing.frames import HEARD_FRAME_BYTES, ticks
from voicejournal.hearing.stretches import LONGEST_TICKS, SILENCE_TICKS, StretchEnded, VoiceStarted

VOICE, QUIET = 0.9, 0.0


def frame(tick: int) -> bytes:
    return tick.to_bytes(4, "little").ljust(HEARD_FRAME_BYTES, b"\0")


def ticks_of(pcm: bytes) -> list[int]:
    assert len(pcm) % HEARD_FRAME_BYTES == 0
    return [int.from_bytes(pcm[at : at + 4], "little") for at in range(0, len(pcm), HEARD_FRAME_BYTES)]


def hear(ear: Ear, probability: float, count: int) -> list[VoiceStarted | StretchEnded]:
    heard = (ear.hear(frame(ear.tick), probability) for _ in range(count))
    return [event for event in heard if event is not None]


def ended(ear: Ear, voice: int, quiet: int = SILENCE_TICKS) -> StretchEnded:
    *_, event = [*hear(ear, VOICE, voice), *hear(ear, QUIET, quiet)]
    assert isinstance(event, StretchEnded)
    return event


def test_a_stretch_has_half_a_second_on_each_side() -> None:
    ear = Ear()
    hear(ear, QUIET, 100)
    piece = ear.piece(ended(ear, voice=50).stretch)
    assert piece.first_tick == 100 - PADDING_TICKS
    assert ticks_of(piece.pcm) == list(range(100 - PADDING_TICKS, 150 + PADDING_TICKS))
    assert piece.following == b""


def test_at_the_very_beginning_there_is_only_what_was_heard() -> None:
    ear = Ear()
    hear(ear, QUIET, 10)
    piece = ear.piece(ended(ear, voice=20).stretch)
    assert piece.first_tick == 0 and ticks_of(piece.pcm) == list(range(30 + PADDING_TICKS))


def test_no_sound_is_given_to_two_stretches() -> None:
    ear = Ear()
    given: list[int] = []
    for _ in range(5):
        given += ticks_of(ear.piece(ended(ear, voice=20).stretch).pcm)
    assert given == sorted(set(given))


def test_the_onset_leaves_the_padding_of_the_stretch_before() -> None:
    ear = Ear()
    pcm = ear.piece(ended(ear, voice=20).stretch).pcm
    hear(ear, VOICE, 10)
    assert ear.voice_onset == ticks_of(pcm)[-1] + 1


def test_the_onset_is_known_while_there_is_voice() -> None:
    ear = Ear()
    hear(ear, QUIET, 100)
    assert ear.voice_onset is None and not ear.is_in_voice
    hear(ear, VOICE, 10)
    assert ear.voice_onset == 100 - PADDING_TICKS and ear.is_in_voice
    assert ticks_of(ear.sound(100 - PADDING_TICKS)) == list(range(100 - PADDING_TICKS, 110))


def test_a_key_ends_a_stretch_with_the_sound_there_is() -> None:
    ear = Ear()
    hear(ear, VOICE, 30)
    event = ear.end_now()
    assert event is not None
    assert ticks_of(ear.piece(event.stretch).pcm) == list(range(30))
    hear(ear, VOICE, 10)
    assert ear.voice_onset == 30


def test_a_cut_gives_every_sound_to_one_side_of_it() -> None:
    ear = Ear()
    (event,) = (e for e in hear(ear, VOICE, LONGEST_TICKS) if isinstance(e, StretchEnded))
    before = ear.piece(event.stretch)
    assert ticks_of(before.pcm + before.following) == list(range(LONGEST_TICKS))
    assert ear.voice_onset == event.stretch.end_tick
    last = ended(ear, voice=10)
    after = ear.piece(last.stretch)
    assert after.first_tick == event.stretch.end_tick
    assert ticks_of(before.pcm + after.pcm) == list(range(LONGEST_TICKS + 10 + PADDING_TICKS))
    assert after.following == b""


def test_the_longest_of_all_stretches_is_held_whole() -> None:
    ear = Ear()
    hear(ear, QUIET, 200)
    hear(ear, VOICE, LONGEST_TICKS - 1)
    hear(ear, QUIET, SILENCE_TICKS - 1)
    (event,) = hear(ear, VOICE, 1)
    assert isinstance(event, StretchEnded)
    piece = ear.piece(event.stretch)
    assert piece.first_tick == 200 - PADDING_TICKS
    assert ticks_of(piece.pcm + piece.following) == list(range(piece.first_tick, ear.tick))
    assert len(piece.pcm) / HEARD_FRAME_BYTES <= ticks(28), "longer than Whisper's window takes"


def test_it_holds_no_more_than_one_stretch() -> None:
    ear = Ear()
    hear(ear, QUIET, 3 * HELD_TICKS)
    assert ticks_of(ear.sound(0)) == list(range(2 * HELD_TICKS, 3 * HELD_TICKS))


def test_sound_between_two_ticks() -> None:
    ear = Ear()
    hear(ear, QUIET, 20)
    assert ticks_of(ear.sound(5, 8)) == [5, 6, 7]
    assert ear.sound(20) == ear.sound(8, 8) == ear.sound(8, 5) == b""


def test_an_entry_begins_with_the_pre_roll_but_not_with_an_earlier_stretch() -> None:
    ear = Ear()
    hear(ear, QUIET, 200)
    assert ear.pre_roll_tick == 200 - PRE_ROLL_TICKS
    pcm = ear.piece(ended(ear, voice=20).stretch).pcm
    assert ear.pre_roll_tick == ticks_of(pcm)[-1] + 1


def test_an_entry_that_begins_in_the_middle_of_a_voice_has_all_of_it() -> None:
    ear = Ear()
    hear(ear, QUIET, 100)
    hear(ear, VOICE, 500)
    assert ear.pre_roll_tick == 100 - PADDING_TICKS
