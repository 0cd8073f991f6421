"""An entry while it is kept: all of its sound in the journal, in order, and its words with it."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tables import left_open

from voicejournal.edges.store import Store
from voicejournal.errors import NotFound
from voicejournal.hearing.awaiting import ANYTHING
from voicejournal.hearing.frames import HEARD_FRAME_BYTES, heard_seconds
from voicejournal.hearing.joining import Piece
from voicejournal.hearing.stretches import SILENCE_TICKS, Stretch
from voicejournal.hearing.transcribing import Heard
from voicejournal.hearing.transcripts import KeptStretch
from voicejournal.recording import ROW_BYTES, Recording
from voicejournal.replaying import ScriptedRecognizer

START = datetime(2026, 3, 1, 5, 0, tzinfo=UTC)
END = datetime(2026, 3, 1, 5, 1, tzinfo=UTC)


@pytest.fixture
def journal() -> Iterator[Store]:
    store = Store(":memory:")
    yield store
    store.close()


def recording(journal: Store, first_tick: int = 0) -> Recording:
    entry = journal.entry(journal.open_entry(START, "en", "scripted"))
    return Recording(journal, ScriptedRecognizer([]), entry, first_tick)


def sound(count: int) -> bytes:
    """So many frames, each unlike any other."""
    return b"".join(i.to_bytes(4, "little").ljust(HEARD_FRAME_BYTES, b"\1") for i in range(count))


def kept(journal: Store, entry_id: str) -> bytes:
    return b"".join(journal.sound(entry_id))


def heard(start: float, end: float, text: str, doubtful: bool = False, struck: bool = False) -> Heard:
    return Heard(KeptStretch(start, end, text, is_doubtful=doubtful, is_struck=struck))


def test_no_more_than_a_quarter_of_a_second_is_anywhere_else(journal: Store) -> None:
    one, whole = recording(journal), sound(100)
    for at in range(0, len(whole), HEARD_FRAME_BYTES):
        one.keep_sound(whole[at : at + HEARD_FRAME_BYTES])
        on_disk = kept(journal, one.entry_id)
        assert whole.startswith(on_disk)
        assert heard_seconds(whole[: at + HEARD_FRAME_BYTES]) - heard_seconds(on_disk) < 0.25


def test_a_long_pre_roll_is_kept_in_rows_of_a_quarter_of_a_second(journal: Store) -> None:
    one, whole = recording(journal), sound(70)
    one.keep_sound(whole)
    rows = list(journal.sound(one.entry_id))
    assert all(heard_seconds(row) <= 0.25 for row in rows) and {len(row) for row in rows} == {ROW_BYTES}
    one.keep_rest()
    assert kept(journal, one.entry_id) == whole
    one.keep_rest()
    assert kept(journal, one.entry_id) == whole


def test_the_end_is_kept_to_the_last_frame_but_not_the_silence_after_it(journal: Store) -> None:
    one, whole = recording(journal, first_tick=1000), sound(500)
    one.keep_sound(whole)
    one.close(END, voice_end_tick=1200)
    entry = journal.entry(one.entry_id)
    assert (entry.state, entry.ended_at) == ("closed", END)
    assert entry.seconds == pytest.approx(4 + 0.7)
    assert kept(journal, one.entry_id) == whole[: (200 + SILENCE_TICKS) * HEARD_FRAME_BYTES]


def test_what_is_said_right_after_the_entry_is_no_part_of_its_sound(journal: Store) -> None:
    """ "Finish my entry" begins after 0.7 s at the earliest, and is not to be heard when it is recovered."""
    one, whole = recording(journal), sound(300)
    one.keep_sound(whole)
    command = Stretch(100 + SILENCE_TICKS, 180, 45, 45)
    one.close(END, voice_end_tick=100)
    assert len(kept(journal, one.entry_id)) <= command.start_tick * HEARD_FRAME_BYTES


def test_closed_in_the_middle_of_a_voice_all_there_is_is_kept(journal: Store) -> None:
    one, whole = recording(journal), sound(25)
    one.keep_sound(whole)
    one.close(END, voice_end_tick=25)
    assert kept(journal, one.entry_id) == whole
    assert journal.entry(one.entry_id).seconds == pytest.approx(0.5)


def test_closing_lets_the_transcriber_finish(journal: Store) -> None:
    one = recording(journal)
    assert not one.transcriber.is_done
    one.close(END, 0)
    assert one.transcriber.is_done


def test_a_reopened_entry_goes_on_where_its_sound_ended(tmp_path: Path) -> None:
    journal = Store(tmp_path / "journal.db")
    one = recording(journal)
    one.keep_sound(sound(200))
    one.close(END, voice_end_tick=100)
    before = kept(journal, one.entry_id)
    left_open(tmp_path / "journal.db", one.entry_id)
    entry, recognizer = journal.entry(one.entry_id), ScriptedRecognizer([])

    again = Recording(journal, recognizer, entry, 5000, entry.seconds)
    again.keep_sound(sound(200))
    long = Stretch(5020, 5180, 160, 160)
    again.transcriber.stretch_ended(Piece(long, 5000, sound(200)), ANYTHING)
    again.transcriber.keep(long)
    again.close(END, voice_end_tick=5180)
    (answer,) = recognizer.poll()
    heard = again.transcriber.take(answer)

    assert isinstance(heard, list)
    assert heard[0].kept.start_seconds == pytest.approx(2.7 + 0.4), "135 ticks were kept before it"
    assert kept(journal, one.entry_id) == before + sound(200)
    assert journal.entry(one.entry_id).seconds == pytest.approx(2.7 + 4.0)
    journal.close()


def test_dropped_nothing_is_left(journal: Store) -> None:
    one = recording(journal)
    one.keep_sound(sound(30))
    one.drop()
    with pytest.raises(NotFound):
        journal.entry(one.entry_id)


def test_set_aside_all_sound_is_kept_and_nothing_is_listed(journal: Store) -> None:
    one = recording(journal)
    one.keep_sound(sound(30))
    one.set_aside(END)
    assert kept(journal, one.entry_id) == sound(30)
    assert list(journal.entries()) == []


def test_its_text_is_in_order_and_leaves_out_what_was_struck(journal: Store) -> None:
    one = recording(journal)
    one.keep_words([heard(5, 6, "two"), heard(1, 2, "one"), heard(8, 9, "three", struck=True)])
    assert one.texts() == ("one", "two")
    one.keep_words([heard(5, 6, "two", struck=True)])
    assert one.texts() == ("one",)


@pytest.mark.parametrize(
    ("stretches", "expected"),
    [
        ([], False),
        ([heard(0, 10, "sure")], False),
        ([heard(0, 10, "hm", doubtful=True)], True),
        ([heard(0, 10, "sure"), heard(20, 29.9, "hm", doubtful=True)], False),
        ([heard(0, 10, "sure"), heard(20, 30, "hm", doubtful=True)], True),
        ([heard(0, 1, "sure"), heard(20, 30, "hm", doubtful=True, struck=True)], False),
    ],
)
def test_it_is_doubtful_when_half_of_its_voice_is(journal: Store, stretches: list[Heard], expected: bool) -> None:
    one = recording(journal)
    one.keep_words(stretches)
    assert one.is_doubtful is expected
