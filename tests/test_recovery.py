"""What an earlier run heard and never wrote is heard again, all of it, from the journal alone."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import groupby
from pathlib import Path

import pytest
from tables import left_open

from voicejournal.edges.store import Store
from voicejournal.hearing.frames import HEARD_FRAME_BYTES, seconds
from voicejournal.hearing.recognizing import Recognized
from voicejournal.hearing.transcribing import Judged
from voicejournal.hearing.transcripts import KeptStretch
from voicejournal.languages import language_of
from voicejournal.recording import ROW_BYTES
from voicejournal.recovery import PENDING_STRETCHES, PORTION_FRAMES, Recovery
from voicejournal.replaying import (
    MIDDLE,
    WORD_TICKS,
    Line,
    Said,
    ScriptedMicrophone,
    ScriptedRecognizer,
    ScriptedVoiceActivity,
    read_conversation,
)

START = datetime(2026, 3, 1, 5, 0, tzinfo=UTC)
ENGLISH = language_of("en")


@pytest.fixture
def journal() -> Iterator[Store]:
    store = Store(":memory:")
    yield store
    store.close()


def sound(lines: Sequence[Line]) -> bytes:
    microphone = ScriptedMicrophone(lines)
    return b"".join(iter(microphone.listen, None))


def crashed(journal: Store, lines: Sequence[Line], row_bytes: int = ROW_BYTES) -> str:
    """An entry of these lines as a crash leaves it; its id."""
    entry_id = journal.open_entry(START, "en", "scripted")
    keep(journal, entry_id, sound(lines), row_bytes)
    return entry_id


def keep(journal: Store, entry_id: str, pcm: bytes, row_bytes: int = ROW_BYTES) -> None:
    for at in range(0, len(pcm), row_bytes):
        journal.keep_sound(entry_id, pcm[at : at + row_bytes])


def begun(journal: Store, recognizer: ScriptedRecognizer) -> Recovery:
    (entry,) = journal.unfinished()
    return Recovery(journal, recognizer, ScriptedVoiceActivity, ENGLISH, entry)


def recovered(journal: Store, lines: Sequence[Line], streams: bool = False) -> tuple[str, ...]:
    """The texts of the one unfinished entry, heard again as the loop does it."""
    recognizer = ScriptedRecognizer(lines)
    recognizer.streams = streams
    recovery = begun(journal, recognizer)
    for _ in range(100_000):
        for judged in recovery.go_on():
            recovery.judge(judged)
        for answer in recognizer.poll():
            take(recovery, answer)
        if recovery.recording.transcriber.is_done:
            assert recovery.is_heard
            return recovery.recording.texts()
    raise AssertionError("it never ends")


def take(recovery: Recovery, answer: Recognized) -> None:
    match recovery.recording.transcriber.take(answer):
        case Judged() as judged:
            recovery.judge(judged)
        case [*heard]:
            recovery.recording.keep_words(heard)


DREAM = read_conversation(
    "> Dream I was on a train\n~ 2\n> It was late\n~ 8\n> and then I woke up and wrote it down"
)
DREAM_TEXTS = ("Dream I was on a train", "It was late", "and then I woke up and wrote it down")


@pytest.mark.parametrize("streams", [False, True])
def test_every_word_comes_back(journal: Store, streams: bool) -> None:
    crashed(journal, DREAM)
    assert recovered(journal, DREAM, streams) == DREAM_TEXTS


@pytest.mark.parametrize("row_bytes", [100, 638, 640, 642, 8000])
def test_however_the_sound_lies_in_rows(journal: Store, row_bytes: int) -> None:
    lines = DREAM[:2]
    crashed(journal, lines, row_bytes)
    assert recovered(journal, lines) == DREAM_TEXTS[:1]


@pytest.mark.parametrize("streams", [False, True])
def test_a_voice_without_a_pause_comes_back_whole(journal: Store, streams: bool) -> None:
    """Where it never pauses a cut goes through a word; streamed, that word may come twice, but never not at all."""
    words = [f"word{i}" for i in range(200)]
    lines = [Said(tuple(words))]
    crashed(journal, lines)
    heard = " ".join(recovered(journal, lines, streams)).split()
    assert [word for word, _ in groupby(heard)] == words
    assert len(heard) <= len(words) + 3 * streams


def test_a_crash_in_the_middle_of_a_word_and_of_a_frame(journal: Store) -> None:
    entry_id = journal.open_entry(START, "en", "scripted")
    third_word_is_known_by = 2 * WORD_TICKS + MIDDLE
    keep(journal, entry_id, sound(DREAM)[: (third_word_is_known_by - 1) * HEARD_FRAME_BYTES + 100])
    assert recovered(journal, DREAM) == ("Dream I was",)


def test_an_entry_of_which_nothing_was_kept_is_over_at_once(journal: Store) -> None:
    journal.open_entry(START, "en", "scripted")
    assert recovered(journal, []) == ()


def test_words_are_where_they_were_said(journal: Store) -> None:
    entry_id = crashed(journal, DREAM)
    recovered(journal, DREAM)
    starts = [stretch.start_seconds for stretch in journal.stretches(entry_id)]
    assert starts == pytest.approx([0, 6 * 0.4 + 2, 9 * 0.4 + 10])


def test_what_an_earlier_try_kept_is_made_anew(journal: Store) -> None:
    entry_id = crashed(journal, DREAM)
    journal.keep_stretch(entry_id, KeptStretch(0.4, 0.8, "a stretch that began elsewhere"))
    assert recovered(journal, DREAM) == DREAM_TEXTS
    assert recovered(journal, DREAM) == DREAM_TEXTS
    assert len(journal.stretches(entry_id)) == 3


def test_a_crashed_entry_ends_with_its_sound(journal: Store) -> None:
    entry_id = crashed(journal, DREAM)
    recovered(journal, DREAM)
    entry = journal.entry(entry_id)
    assert entry.state == "closed"
    assert entry.ended_at == START + timedelta(seconds=entry.seconds)
    assert entry.seconds == pytest.approx(seconds(len(sound(DREAM)) // HEARD_FRAME_BYTES))


def test_an_entry_that_was_closed_keeps_its_end(journal: Store) -> None:
    entry_id = crashed(journal, DREAM)
    end = START + timedelta(hours=5)
    journal.close_entry(entry_id, end)
    assert recovered(journal, DREAM) == DREAM_TEXTS
    assert journal.entry(entry_id).ended_at == end


def test_of_a_reopened_entry_only_the_new_sound_is_heard(tmp_path: Path) -> None:
    journal = Store(tmp_path / "journal.db")
    lines = read_conversation("> First\n~ 2\n> Second part")
    first, second = lines[:2], lines[2:]
    entry_id = crashed(journal, first)
    recovered(journal, lines)
    journal.write_entry(entry_id, None, None, None)
    journal.accept_entry(entry_id)
    left_open(tmp_path / "journal.db", entry_id)
    keep(journal, entry_id, sound(lines)[len(sound(first)) :])

    assert recovered(journal, lines) == ("First", "Second part")
    starts = [stretch.start_seconds for stretch in journal.stretches(entry_id)]
    assert starts == pytest.approx([0, seconds(len(sound(first)) // HEARD_FRAME_BYTES)])
    assert second and journal.entry(entry_id).seconds == pytest.approx(len(sound(lines)) / 32_000)
    journal.close()


@pytest.mark.parametrize("streams", [False, True])
def test_commands_are_no_part_of_it(journal: Store, streams: bool) -> None:
    lines = read_conversation("> Journal entry\n> Mood I am well\n> More time\n> Stop\n> Finish my entry")
    crashed(journal, lines)
    assert recovered(journal, lines, streams) == ("Mood I am well", "Stop"), "stop is content inside an entry"


@pytest.mark.parametrize("first", ["Stop", "Wait", "Next"])
def test_what_acts_in_no_entry_may_be_how_one_begins(journal: Store, first: str) -> None:
    lines = read_conversation(f"> {first}\n> He shouted at me")
    crashed(journal, lines)
    assert recovered(journal, lines) == (first, "He shouted at me")


@pytest.mark.parametrize("streams", [False, True])
def test_what_was_taken_back_stays_taken_back(journal: Store, streams: bool) -> None:
    long = " ".join(["long"] * 8)
    back = "> Scratch that\n"
    lines = read_conversation(f"> One\n> Two\n{back}> {long}\n{back}> Three\n> Four\n{back}{back}> Five")
    entry_id = crashed(journal, lines)
    assert recovered(journal, lines, streams) == ("One", "Five")
    struck = [stretch.text for stretch in journal.stretches(entry_id) if stretch.is_struck]
    assert struck == ["Two", long, "Three", "Four"]


def test_nothing_to_take_back_takes_nothing_back(journal: Store) -> None:
    lines = read_conversation("> Scratch that\n> Scratch that\n> One")
    crashed(journal, lines)
    assert recovered(journal, lines) == ("One",)


def test_it_hears_a_small_portion_at_a_time(journal: Store) -> None:
    crashed(journal, DREAM)
    recovery, portions = begun(journal, ScriptedRecognizer(DREAM)), 0
    while not recovery.is_heard:
        recovery.go_on()
        portions += 1
    assert portions >= len(sound(DREAM)) / HEARD_FRAME_BYTES / PORTION_FRAMES


def test_it_waits_for_a_recogniser_that_is_busy(journal: Store) -> None:
    lines = read_conversation("> one\n" * 20)
    crashed(journal, lines)
    recognizer = ScriptedRecognizer(lines)
    recovery = begun(journal, recognizer)
    for _ in range(1000):
        recovery.go_on()
    assert recognizer.pending() == PENDING_STRETCHES + 1 and not recovery.is_heard
