"""The journal on a real SQLite file: what is kept stays, what is let go is gone, and any text is fine."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tables import left_open, raw_bytes, tables

from voicejournal.edges import journal_finding
from voicejournal.edges.journal_rows import entry_key
from voicejournal.edges.journal_sound import BATCH_ROWS, READ_ROWS
from voicejournal.edges.sqlcipher import sqlite3
from voicejournal.edges.store import Store
from voicejournal.errors import NotFound
from voicejournal.hearing.frames import HEARD_HERTZ
from voicejournal.hearing.transcripts import KeptStretch, Word
from voicejournal.journal.entries import Entry, Tag
from voicejournal.ports.journal import Journal

TOKYO = timezone(timedelta(hours=9))
NOW = datetime(2026, 11, 22, 9, tzinfo=TOKYO)
QUARTER = bytes(range(250)) * 32  # a quarter of a second: 8000 bytes


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "journal.db"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    store = Store(path)
    yield store
    store.close()


def written(
    store: Journal, text: str, at: datetime = NOW, tag: Tag | None = None, is_doubtful: bool = False
) -> str:
    """An entry that was spoken, closed and written, its sound not accepted yet."""
    entry_id = store.open_entry(at, "en", "vosk")
    store.keep_sound(entry_id, QUARTER)
    store.close_entry(entry_id, at + timedelta(seconds=1))
    store.keep_stretch(entry_id, KeptStretch(0.0, 0.25, text, is_doubtful=is_doubtful))
    store.write_entry(entry_id, tag, "spoken" if tag else None, None)
    return entry_id


def ids(entries: object) -> list[str]:
    assert isinstance(entries, list)
    return [entry.id for entry in entries]


# An entry's life


def test_from_open_to_written_and_back(store: Store) -> None:
    journal: Journal = store
    entry_id = journal.open_entry(NOW, "ko", "whisper")
    opened = Entry(entry_id, NOW, None, None, None, None, "", 0.0, "ko", "whisper", "open")
    assert (entry_id, journal.entry(entry_id)) == ("261122-001", opened)

    journal.keep_sound(entry_id, QUARTER)
    journal.keep_sound(entry_id, QUARTER[:640])
    assert journal.entry(entry_id).seconds == 0.27
    assert list(journal.sound(entry_id)) == [QUARTER, QUARTER[:640]]

    journal.close_entry(entry_id, NOW + timedelta(seconds=30))
    assert (journal.entry(entry_id).state, journal.entry(entry_id).ended_at) == (
        "closed",
        NOW + timedelta(seconds=30),
    )

    journal.keep_stretch(entry_id, KeptStretch(0.1, 0.2, "on a train"))
    journal.keep_stretch(entry_id, KeptStretch(0.0, 0.1, "I was"))
    entry = journal.write_entry(entry_id, "dream", "inferred", "you said: dreamt")
    assert (entry.state, entry.text, entry.tag, entry.tag_source) == (
        "written",
        "I was on a train",
        "dream",
        "inferred",
    )
    assert (entry.tag_reason, entry.seconds, entry.started_at.utcoffset()) == (
        "you said: dreamt",
        0.27,
        timedelta(hours=9),
    )

    assert journal.tag_entry(entry_id, "mood", "changed", None).tag == "mood"
    untagged = journal.tag_entry(entry_id, None, None, None)
    assert (untagged.tag, untagged.tag_source, untagged.text) == (None, None, "I was on a train")


def test_everything_is_there_for_the_next_start(path: Path) -> None:
    store = Store(path)
    entry_id = written(store, "I was on a train", tag="dream")
    before = (store.entry(entry_id), store.stretches(entry_id), list(store.sound(entry_id)))
    store.close()
    store = Store(path)
    assert (store.entry(entry_id), store.stretches(entry_id), list(store.sound(entry_id))) == before
    store.close()


def test_ids_count_the_days_entries(store: Store) -> None:
    late = datetime(2026, 11, 22, 23, 59, tzinfo=TOKYO)
    assert store.open_entry(late, "en", "vosk") == "261122-001"
    assert store.open_entry(late, "en", "vosk") == "261122-002"
    assert store.open_entry(late + timedelta(minutes=1), "en", "vosk") == "261123-001"
    assert store.open_entry(late.astimezone(UTC), "en", "vosk") == "261122-003"
    store.drop_entry("261122-003")
    assert store.open_entry(late, "en", "vosk") == "261122-003"
    store.delete_entry("261122-001")
    assert store.open_entry(late, "en", "vosk") == "261122-004"


def test_ids_past_999() -> None:
    store = Store(":memory:")
    for number in range(1, 1002):
        assert store.open_entry(NOW, "en", "vosk") == f"261122-{number:03d}"
    assert ids(store.entries(limit=3)) == ["261122-1001", "261122-1000", "261122-999"]
    store.close()


def test_unknown_entries(store: Store) -> None:
    for ask in (
        store.entry,
        store.stretches,
        store.sound,
        store.accept_entry,
        store.drop_entry,
        store.delete_entry,
        lambda entry_id: store.keep_sound(entry_id, QUARTER),
        lambda entry_id: store.close_entry(entry_id, NOW),
        store.sound_seconds,
        lambda entry_id: store.clear_stretches(entry_id, 0.0),
        lambda entry_id: store.keep_stretch(entry_id, KeptStretch(0, 1, "")),
        lambda entry_id: store.write_entry(entry_id, None, None, None),
        lambda entry_id: store.set_aside(entry_id, NOW),
        lambda entry_id: store.tag_entry(entry_id, None, "changed", None),
        lambda entry_id: store.reword_entry(entry_id, KeptStretch(0, 1, ""), NOW),
        lambda entry_id: store.join_entry(entry_id, entry_id),
    ):
        with pytest.raises(NotFound) as told:
            ask("261122-009")
        assert (told.value.name, told.value.details) == ("entry_unknown", {"id": "261122-009"})


# Sound


def test_closing_cuts_to_the_sample(store: Store) -> None:
    entry_id = store.open_entry(NOW, "en", "vosk")
    for _ in range(8):
        store.keep_sound(entry_id, QUARTER)
    store.close_entry(entry_id, NOW, seconds=1.1)
    assert store.entry(entry_id).seconds == 1.1
    assert b"".join(store.sound(entry_id)) == (QUARTER * 8)[: int(1.1 * HEARD_HERTZ) * 2]


@pytest.mark.parametrize(("asked", "kept"), [(0.5, 0.5), (0.0, 0.0), (-1.0, 0.0), (99.0, 0.75), (None, 0.75)])
def test_closing_anywhere(store: Store, asked: float | None, kept: float) -> None:
    entry_id = store.open_entry(NOW, "en", "vosk")
    for _ in range(3):
        store.keep_sound(entry_id, QUARTER)
    store.close_entry(entry_id, NOW, asked)
    assert store.entry(entry_id).seconds == kept
    assert len(b"".join(store.sound(entry_id))) == kept * 2 * HEARD_HERTZ


def test_a_long_silence_is_cut_in_batches() -> None:
    store = Store(":memory:")
    entry_id = store.open_entry(NOW, "en", "vosk")
    for _ in range(BATCH_ROWS * 2 + 3):
        store.keep_sound(entry_id, bytes(2))
    store.close_entry(entry_id, NOW, seconds=2 / HEARD_HERTZ)
    assert list(store.sound(entry_id)) == [bytes(2)] * 2
    store.close()


def test_reopened_sound_goes_on_after_what_was_accepted(store: Store, path: Path) -> None:
    entry_id = written(store, "first part")
    store.accept_entry(entry_id)
    assert (list(store.sound(entry_id)), store.entry(entry_id).seconds) == ([], 0.25)
    left_open(path, entry_id)
    assert store.entry(entry_id).seconds == 0.25
    store.keep_sound(entry_id, QUARTER)
    store.keep_sound(entry_id, QUARTER)
    assert store.entry(entry_id).seconds == 0.75
    assert store.unfinished()[0].seconds == 0.75
    store.close_entry(entry_id, NOW, seconds=0.6)
    assert (store.entry(entry_id).seconds, len(b"".join(store.sound(entry_id)))) == (0.6, 0.35 * 2 * HEARD_HERTZ)
    store.keep_stretch(entry_id, KeptStretch(0.25, 0.6, "second part"))
    assert store.write_entry(entry_id, None, None, None).text == "first part second part"
    store.accept_entry(entry_id)
    assert (list(store.sound(entry_id)), store.entry(entry_id).seconds) == ([], 0.6)


def test_kept_sound_of_a_reopened_entry_and_its_words_to_be_heard_anew(store: Store, path: Path) -> None:
    entry_id = written(store, "accepted")
    assert store.sound_seconds(entry_id) == 0.25
    store.accept_entry(entry_id)
    assert store.sound_seconds(entry_id) == 0.0
    left_open(path, entry_id)
    for _ in range(3):
        store.keep_sound(entry_id, QUARTER[:640])  # 0.02 s, which no float adds up to exactly
    for start in (0.25, 0.27, 0.29):
        store.keep_stretch(entry_id, KeptStretch(start, start + 0.02, "later"))
    assert store.sound_seconds(entry_id) == 0.06
    store.clear_stretches(entry_id, store.entry(entry_id).seconds - store.sound_seconds(entry_id))
    assert store.stretches(entry_id) == [KeptStretch(0.0, 0.25, "accepted")]


@pytest.mark.parametrize(
    ("start", "end"), [(0.0, 0.25), (0.1, 0.6), (0.25, 0.5), (0.7, 9.0), (-1.0, 0.01), (0.9, 0.8), (5, 6)]
)
def test_any_part_of_the_kept_sound(store: Store, start: float, end: float) -> None:
    entry_id = store.open_entry(NOW, "en", "vosk")
    rows = [bytes([i]) * 8000 for i in range(4)]
    for row in rows:
        store.keep_sound(entry_id, row)
    first, last = (max(0, round(at * HEARD_HERTZ)) * 2 for at in (start, end))
    assert store.sound_between(entry_id, start, end) == b"".join(rows)[first:last]


def test_a_part_of_the_sound_of_an_entry_whose_beginning_was_accepted(store: Store, path: Path) -> None:
    entry_id = written(store, "first")
    store.accept_entry(entry_id)
    assert store.sound_between(entry_id, 0.0, 9.0) == b""
    left_open(path, entry_id)
    store.keep_sound(entry_id, b"\1" * 8000)
    assert store.sound_between(entry_id, 0.2, 0.3) == b"\1" * 1600


def test_whose_a_word_is_comes_back_and_older_journals_say_nothing_of_it(store: Store, path: Path) -> None:
    entry_id = written(store, "my mother")
    ours, theirs = Word("my", 0.0, 0.1, 0.9), Word("mother", 0.1, 0.2, 0.2, by="person", was="mudder")
    store.keep_stretch(entry_id, KeptStretch(0.0, 0.25, "my mother", (ours, theirs)))
    with tables(path) as db:
        (words,) = db.execute("select words from stretch").fetchone()
    assert [set(word) - {"text", "start_seconds", "end_seconds", "confidence"} for word in json.loads(words)] == [
        set(),
        {"by", "was"},
    ]
    assert store.stretches(entry_id)[0].words == (ours, theirs)


def test_half_a_sample_is_refused_and_no_sound_is_no_row(store: Store) -> None:
    entry_id = store.open_entry(NOW, "en", "vosk")
    with pytest.raises(ValueError, match="half a sample"):
        store.keep_sound(entry_id, b"odd")
    store.keep_sound(entry_id, b"")
    store.keep_sound(entry_id, QUARTER)
    assert list(store.sound(entry_id)) == [QUARTER]


def test_sound_streams_while_other_things_happen(store: Store, path: Path) -> None:
    entry_id = store.open_entry(NOW, "en", "vosk")
    pieces = [number.to_bytes(2, "little") for number in range(READ_ROWS * 3 + 1)]
    for piece in pieces:
        store.keep_sound(entry_id, piece)
    sound = store.sound(entry_id)
    heard = [next(sound)]
    store.delete_entry(written(store, "in between"))
    wal = path.with_name("journal.db-wal")
    assert wal.stat().st_size == 0  # nothing was being read that kept it from being emptied
    assert heard + list(sound) == pieces


@settings(deadline=None)
@given(cuts=st.lists(st.integers(1, 4000), max_size=12), end=st.integers(0, 20_000))
def test_seconds_are_the_length_of_the_kept_sound(cuts: list[int], end: int) -> None:
    store = Store(":memory:")
    entry_id = store.open_entry(NOW, "en", "vosk")
    whole = b"".join(number.to_bytes(2, "little") for number in range(sum(cuts)))
    start = 0
    for cut in cuts:
        store.keep_sound(entry_id, whole[start * 2 : (start + cut) * 2])
        start += cut
    assert round(store.entry(entry_id).seconds * HEARD_HERTZ) == start
    store.close_entry(entry_id, NOW, end / HEARD_HERTZ)
    assert b"".join(store.sound(entry_id)) == whole[: end * 2]
    assert round(store.entry(entry_id).seconds * HEARD_HERTZ) == min(start, end)
    store.close()


# Words


def test_stretches_keep_their_order_and_the_same_start_replaces(store: Store) -> None:
    entry_id = store.open_entry(NOW, "en", "vosk")
    second = KeptStretch(2.5, 4.0, "two", (Word("two", 2.6, 2.9, 0.75), Word("", 3.0, 3.0, 0.0)), True, True)
    store.keep_stretch(entry_id, second)
    store.keep_stretch(entry_id, KeptStretch(0.02, 1.0, "won"))
    store.keep_stretch(entry_id, KeptStretch(0.02, 1.5, "one", (Word("one", 0.1, 0.2, 1.0),)))
    assert store.stretches(entry_id) == [KeptStretch(0.02, 1.5, "one", (Word("one", 0.1, 0.2, 1.0),)), second]


def test_the_text_leaves_out_what_was_struck_or_empty(store: Store) -> None:
    entry_id = store.open_entry(NOW, "en", "vosk")
    for start, text, is_struck in (
        (2.0, "three", False),
        (0.0, "one", False),
        (0.5, "", False),
        (1.0, "two", True),
    ):
        store.keep_stretch(entry_id, KeptStretch(start, start + 0.5, text, is_struck=is_struck))
    assert store.write_entry(entry_id, None, None, None).text == "one three"
    assert len(store.stretches(entry_id)) == 4


TEXT = st.text(st.characters(codec="utf-8"), max_size=300)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(text=TEXT, word=TEXT, reason=TEXT, at=st.datetimes(timezones=st.timezones()))
def test_any_text_comes_back_equal(store: Store, text: str, word: str, reason: str, at: datetime) -> None:
    at = datetime.fromisoformat(at.isoformat())  # a wall clock's skipped hour is no moment
    entry_id = store.open_entry(at, "en", "vosk")
    stretch = KeptStretch(0.0, 1.0, text, (Word(word, 0.0, 1.0, 0.5),))
    store.keep_stretch(entry_id, stretch)
    entry = store.write_entry(entry_id, None, None, reason)
    assert (entry.text, entry.tag_reason, entry.started_at) == (text, reason, at)
    assert store.stretches(entry_id) == [stretch]
    for query in (text, word, reason):
        store.search(query, 3)
    store.drop_entry(entry_id)


# What is let go


@pytest.mark.parametrize(
    ("stretches", "is_dropped"),
    [
        ([KeptStretch(0.0, 1.0, "clear")], True),
        ([KeptStretch(0.0, 1.0, "clear"), KeptStretch(1.0, 2.0, "dim", is_doubtful=True)], False),
        ([KeptStretch(0.0, 1.0, "clear"), KeptStretch(1.0, 2.0, "dim", is_doubtful=True, is_struck=True)], True),
        ([KeptStretch(0.0, 1.0, "clear"), KeptStretch(1.0, 2.0, "")], True),
        ([KeptStretch(0.0, 1.0, "")], False),
        ([KeptStretch(0.0, 1.0, "struck", is_struck=True)], False),
        ([], False),
    ],
)
def test_accepted_sound_goes_unless_the_words_are_in_doubt(
    store: Store, stretches: list[KeptStretch], is_dropped: bool
) -> None:
    entry_id = store.open_entry(NOW, "en", "vosk")
    store.keep_sound(entry_id, QUARTER)
    store.close_entry(entry_id, NOW)
    for stretch in stretches:
        store.keep_stretch(entry_id, stretch)
    store.accept_entry(entry_id)
    assert list(store.sound(entry_id)) == [QUARTER]  # not written yet
    store.write_entry(entry_id, None, None, None)
    store.accept_entry(entry_id)
    assert list(store.sound(entry_id)) == ([] if is_dropped else [QUARTER])
    assert store.entry(entry_id).seconds == 0.25


def test_an_entry_that_was_reopened_is_not_accepted(store: Store, path: Path) -> None:
    entry_id = written(store, "clear")
    left_open(path, entry_id)
    store.accept_entry(entry_id)
    store.accept_all(NOW)
    assert list(store.sound(entry_id)) == [QUARTER]


def test_accept_all(store: Store) -> None:
    clear, unclear = written(store, "clear"), written(store, "dim", is_doubtful=True)
    aside_old, aside_new = written(store, "old noise"), written(store, "new noise")
    unfinished = store.open_entry(NOW, "en", "vosk")
    store.keep_sound(unfinished, QUARTER)
    store.set_aside(aside_old, NOW.astimezone(UTC) - timedelta(days=7, seconds=1))
    store.set_aside(aside_new, NOW - timedelta(days=6, hours=23))
    store.accept_all(NOW)
    kept = {entry_id: len(list(store.sound(entry_id))) for entry_id in (clear, unclear, aside_new, unfinished)}
    assert kept == {clear: 0, unclear: 1, aside_new: 1, unfinished: 1}
    with pytest.raises(NotFound):
        store.entry(aside_old)
    assert store.entry(aside_new).text == "new noise"


def test_a_voice_that_is_kept_waits_seven_days(store: Store) -> None:
    old, new = (written(store, "clear", NOW - timedelta(days=days)) for days in (8, 6))
    unclear = written(store, "dim", NOW - timedelta(days=8), is_doubtful=True)
    store.accept_all(NOW, kept_days=7)
    assert [len(list(store.sound(it))) for it in (old, new, unclear)] == [0, 1, 1]
    newest = written(store, "clear", NOW + timedelta(days=400))  # by a clock that was wrong
    store.accept_all(NOW, but=[new])
    assert [len(list(store.sound(it))) for it in (new, newest, unclear)] == [1, 0, 1]
    store.accept_all(NOW)
    assert [len(list(store.sound(it))) for it in (new, unclear)] == [0, 1]


def test_set_aside_is_not_listed_and_can_come_back(store: Store) -> None:
    entry_id = store.open_entry(NOW, "en", "vosk")
    other_id = written(store, "noise")
    for aside in (entry_id, other_id):
        store.set_aside(aside, NOW)
    assert (store.entries(), store.search("noise"), store.unfinished()) == ([], [], [])
    assert store.entry(entry_id).id == entry_id
    store.reword_entry(other_id, KeptStretch(0.0, 0.25, "noise"), NOW)
    assert ids(store.entries()) == ids(store.search("noise")) == [other_id]


SECRET = "zyzzyvasecret quokkasecret xylophonesecret"
FRAGMENTS = [
    b"zyvasecret",
    b"okkasecret",
    b"lophonesecret",
    b"reasonsecret",
    b"wordsecret",
    b"\xab\xcd\xef\x12" * 20,
]


def secret_entry(store: Store) -> str:
    """Rewritten, added to and parted, so that its words have been in many places."""
    written(store, "before")
    entry_id = store.open_entry(NOW, "en", "vosk")
    store.keep_sound(entry_id, b"\xab\xcd\xef\x12" * 2000)
    store.close_entry(entry_id, NOW + timedelta(seconds=1))
    store.keep_stretch(entry_id, KeptStretch(0.0, 0.25, SECRET, (Word("wordsecret", 0.0, 0.1, 1.0),)))
    store.write_entry(entry_id, "dream", "spoken", "reasonsecret")
    written(store, "after " * 2000)
    before, part = store.entry(entry_id), store.entry(written(store, "an addition"))
    store.join_entry(entry_id, part.id)
    part = store.part_entry(before, part)
    store.join_entry(entry_id, part.id)
    store.write_entry(entry_id, "dream", "spoken", "reasonsecret")
    return entry_id


def test_deleted_words_and_sound_are_nowhere_in_the_files(store: Store, path: Path) -> None:
    entry_id = secret_entry(store)
    assert [fragment in raw_bytes(path) for fragment in FRAGMENTS] == [True] * 6
    store.delete_entry(entry_id)
    assert [fragment in raw_bytes(path) for fragment in FRAGMENTS] == [False] * 6
    assert path.with_name("journal.db-wal").stat().st_size == 0
    assert (store.search("quokkasecret"), len(store.search("before"))) == ([], 1)
    store.check()


def test_struck_and_rewritten_words_go_with_the_entry(store: Store, path: Path) -> None:
    entry_id = secret_entry(store)
    for stretch in store.stretches(entry_id):
        store.keep_stretch(entry_id, KeptStretch(stretch.start_seconds, 0.25, stretch.text, is_struck=True))
    assert store.write_entry(entry_id, None, None, None).text == ""
    store.delete_entry(entry_id)
    assert [fragment in raw_bytes(path) for fragment in FRAGMENTS] == [False] * 6


def test_dropped_words_and_sound_go_with_the_next_checkpoint(store: Store, path: Path) -> None:
    entry_id = secret_entry(store)
    store.drop_entry(entry_id)
    assert entry_id not in ids(store.entries())
    store.close()
    assert [fragment in raw_bytes(path) for fragment in FRAGMENTS] == [False] * 6


def test_accepted_sound_is_nowhere_in_the_file(store: Store, path: Path) -> None:
    entry_id = secret_entry(store)
    store.accept_entry(entry_id)
    store.close()
    assert FRAGMENTS[-1] not in raw_bytes(path)
    assert FRAGMENTS[0] in raw_bytes(path)


def test_a_reader_only_delays_the_end_of_deleted_words(store: Store, path: Path) -> None:
    entry_id = secret_entry(store)
    store._connection.execute("pragma busy_timeout = 20")  # instead of 5 s
    reader = sqlite3.connect(path, isolation_level=None)
    reader.execute("begin")
    reader.execute("select * from entry").fetchone()
    store.delete_entry(entry_id)
    assert entry_id not in ids(store.entries())
    reader.execute("rollback")
    store.close()
    assert [fragment in raw_bytes(path) for fragment in FRAGMENTS] == [False] * 6
    reader.close()


def test_a_removal_that_was_cut_short_is_ended_at_the_next_start(store: Store) -> None:
    entry_id = written(store, "gone soon")
    store._connection.execute(  # the next step of drop_entry, deleting sound, never comes to its end
        "create temp trigger halt before delete on sound begin select raise(abort, 'killed'); end"
    )
    with pytest.raises(sqlite3.IntegrityError, match="killed"):
        store.drop_entry(entry_id)
    assert (store.entries(), store.search("gone"), store.unfinished()) == ([], [], [])
    store._connection.execute("drop trigger halt")
    store.accept_all(NOW)
    with pytest.raises(NotFound):
        store.entry(entry_id)


def test_a_cut_that_was_cut_short_leaves_no_gap() -> None:
    store = Store(":memory:")
    entry_id = store.open_entry(NOW, "en", "vosk")
    pieces = [number.to_bytes(2, "little") for number in range(BATCH_ROWS + 20)]
    for piece in pieces:
        store.keep_sound(entry_id, piece)
    store._connection.execute(
        "create temp trigger halt before delete on sound when old.position = 5"
        " begin select raise(abort, 'killed'); end"
    )
    with pytest.raises(sqlite3.IntegrityError, match="killed"):
        store.close_entry(entry_id, NOW, seconds=0.0)
    assert list(store.sound(entry_id)) == pieces[:20]
    assert (store.entry(entry_id).state, store.entry(entry_id).seconds) == ("open", 20 / HEARD_HERTZ)
    store.close()


# Lists and searches


def test_entries_whose_kind_the_person_decided_are_found_newest_first(store: Store) -> None:
    kept = [written(store, f"one {hour}", NOW + timedelta(hours=hour), "mood") for hour in range(6)]
    store.tag_entry(kept[1], None, "changed", None)
    store.tag_entry(kept[4], "dream", "asked", None)
    store.tag_entry(kept[2], "dream", "changed", None)
    store.tag_entry(kept[3], "dream", "inferred", "you said: I dreamt")
    store.tag_entry(kept[5], "dream", "changed", None)
    store.set_aside(kept[5], NOW)
    unwritten = store.open_entry(NOW + timedelta(hours=7), "en", "vosk")
    store.tag_entry(unwritten, "dream", "changed", None)
    assert ids(store.corrected(9)) == [kept[4], kept[2], kept[1]]
    assert ids(store.corrected(1)) == [kept[4]]
    store.delete_entry(kept[4])
    assert ids(store.corrected(9)) == [kept[2], kept[1]]


def test_what_the_person_decided_long_ago_is_not_looked_for(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journal_finding, "CORRECTED_AMONG", 4)
    kept = [written(store, f"one {hour}", NOW + timedelta(hours=hour)) for hour in range(5)]
    for entry_id in kept[:2]:
        store.tag_entry(entry_id, "dream", "changed", None)
    assert ids(store.corrected(9)) == [kept[1]]


def test_newest_first_whatever_the_offset_and_the_order_of_arrival(store: Store) -> None:
    noon = datetime(2026, 11, 22, 12, tzinfo=UTC)
    moments = {
        "second": noon.astimezone(timezone(timedelta(hours=-8))),  # 4 in the morning there
        "first": noon - timedelta(microseconds=1),
        "fourth": (noon + timedelta(hours=2)).astimezone(TOKYO),  # 23 at night there
        "third": noon + timedelta(hours=1),
        "long ago": datetime(1931, 1, 1, tzinfo=TOKYO),
    }
    for text, at in moments.items():
        written(store, f"{text} train", at)
    order = ["fourth train", "third train", "second train", "first train", "long ago train"]
    assert [entry.text for entry in store.entries()] == order
    assert [entry.text for entry in store.search("train")] == order
    assert [entry.text for entry in store.search("train", 2)] == order[:2]
    assert [entry.text for entry in store.entries(since=noon.astimezone(TOKYO))] == order[:3]
    assert [entry.text for entry in store.entries(since=noon + timedelta(microseconds=1), limit=1)] == order[:1]
    assert [entry.text for entry in store.unfinished()] == []


@settings(deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(["", "cat", "dog", "cat dog"]), st.integers(-3, 3), st.integers(-12, 12)),
        max_size=12,
    ),
    st.integers(-3, 3),
)
def test_lists_and_searches_equal_sorting(rows: list[tuple[str, int, int]], since_hours: int) -> None:
    store = Store(":memory:")
    for text, hours, offset in rows:
        at = (NOW + timedelta(hours=hours)).astimezone(timezone(timedelta(hours=offset)))
        entry_id = store.open_entry(at, "en", "vosk")
        store.keep_stretch(entry_id, KeptStretch(0.0, 1.0, text))
        if text:
            store.write_entry(entry_id, "mood" if "cat" in text else "dream", "inferred", None)
    everything = [store.entry(entry.id) for entry in store.entries()]
    assert len(everything) == len(rows)
    assert [entry.started_at for entry in everything] == sorted(
        (entry.started_at for entry in everything), reverse=True
    )
    since = NOW + timedelta(hours=since_hours)
    assert store.entries(since=since) == [entry for entry in everything if entry.started_at >= since]
    assert store.entries(tag="mood", limit=2) == [entry for entry in everything if entry.tag == "mood"][:2]
    assert store.search("dog") == [entry for entry in everything if "dog" in entry.text]
    assert store.search("DOG cat") == [entry for entry in everything if entry.text == "cat dog"]
    assert store.unfinished() == [entry for entry in reversed(everything) if entry.state == "open"]
    store.close()


def test_entries_of_one_moment_stay_in_order(store: Store) -> None:
    after = written(store, "same", NOW + timedelta(microseconds=1))
    same = [written(store, "same", NOW) for _ in range(16)]
    assert ids(store.entries()) == ids(store.search("same")) == [after, *reversed(same)]


def test_keys_fit_every_year_of_datetime() -> None:
    first, last = entry_key(datetime.min.replace(tzinfo=UTC)), entry_key(datetime.max.replace(tzinfo=UTC))
    assert -(2**63) <= first < entry_key(NOW) < last < 2**63 - 16


@pytest.mark.parametrize(
    ("words", "is_found"),
    [
        ("train", True),
        ("TRAIN was", True),
        ("café", True),
        ("cafe", True),
        ("don't", True),
        ('"on a train"', True),
        ("train?!", True),
        ("train 🚂", True),
        ("꿈을", True),
        ("train\0was", True),
        ("tra", False),
        ("train boat", False),
        ("train OR boat", False),
        ("NOT train", False),
        ("train NEAR boat", False),
        ("text:train", False),
        ("tra*", False),
        ("", False),
        (" \t\n", False),
        ('"""', False),
        ("🚂", False),
        ("*", False),
        ("\udcff", False),
        ("train " * 2000, True),
        (" ".join(f"w{number}" for number in range(2000)), False),
        ("x" * 10_000, False),
        ('"' * 10_000, False),
        ("( [ { ^ - + : ; ' \\ %", False),
    ],
)
def test_any_words_may_be_looked_for(store: Store, words: str, is_found: bool) -> None:
    entry_id = written(store, "I was on a train, I don't know why. Café. 꿈을 꿨다")
    written(store, "something else")
    assert ids(store.search(words)) == ([entry_id] if is_found else [])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(words=st.text(max_size=200))
def test_no_search_fails(store: Store, words: str) -> None:
    store.search(words)


def test_lists_and_searches_never_sort_the_journal(store: Store) -> None:
    """What makes 20 matches among 100,000 entries cheap; the time itself is measured by `make bench`."""
    asked: list[str] = []
    store._connection.set_trace_callback(asked.append)
    store.search("train was", 20)
    store.entries(limit=50)
    store.entries(tag="dream", since=NOW, limit=50)
    store._connection.set_trace_callback(None)
    # SQLite traces the statements of full-text search itself as comments.
    asked = [sql for sql in asked if not sql.startswith("--")]
    plans = [str(store._connection.execute(f"explain query plan {sql}").fetchall()) for sql in asked]
    assert len(plans) == 3
    assert [plan for plan in plans if "ORDER BY" in plan] == []
    assert "idx_entry_tag" in plans[2]


# Other processes, and no warning at the end

KEEP = """
import sys
from datetime import UTC, datetime
from voicejournal.edges.store import Store
store = Store(sys.argv[1])
entry_id = store.open_entry(datetime.now(UTC), "en", "vosk")
for number in range(60_000):
    store.keep_sound(entry_id, number.to_bytes(2, "little") * 4000)
    print(number + 1, flush=True)
"""


@pytest.mark.skipif(os.name != "posix", reason="kill -9 is POSIX")
@pytest.mark.parametrize("reported", [1, 40, 300])
def test_kill_9_loses_nothing_that_was_reported(tmp_path: Path, reported: int) -> None:
    path = tmp_path / "journal.db"
    with subprocess.Popen([sys.executable, "-c", KEEP, str(path)], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        for line in process.stdout:
            if int(line) == reported:
                break
        process.send_signal(signal.SIGKILL)
        last = [reported, *(int(line) for line in process.stdout if line.endswith("\n"))][-1]
    store = Store(path)
    (entry,) = store.unfinished()
    pieces = list(store.sound(entry.id))
    assert len(pieces) in (last, last + 1)
    assert pieces == [number.to_bytes(2, "little") * 4000 for number in range(len(pieces))]
    assert (entry.state, entry.seconds) == ("open", len(pieces) / 4)
    store.keep_sound(entry.id, QUARTER)
    store.check()
    store.close()


READ = """
import sys
from voicejournal.edges.store import Store
store = Store(sys.argv[1])
print("open", flush=True)
seconds = 0.0
while seconds < 25:
    (entry,) = store.entries()
    assert entry.seconds >= seconds
    seconds = entry.seconds
    store.search("train")
print("saw it grow")
"""


def test_another_process_reads_meanwhile(store: Store, path: Path) -> None:
    entry_id = store.open_entry(NOW, "en", "vosk")
    reader = subprocess.Popen(
        [sys.executable, "-c", READ, str(path)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert reader.stdout is not None and reader.stdout.readline() == "open\n"
    for _ in range(100):
        store.keep_sound(entry_id, QUARTER)
    assert reader.communicate() == ("saw it grow\n", "")


def test_memory_and_wal_stay_small(store: Store, path: Path) -> None:
    """Five minutes here; three hours were measured: a 4 MB -wal, 4 MB of memory, 17 s."""
    entry_id = store.open_entry(NOW, "en", "vosk")
    for _ in range(1200):
        store.keep_sound(entry_id, QUARTER)
    wal = path.with_name("journal.db-wal")
    assert wal.stat().st_size < 5_000_000
    store.keep_stretch(entry_id, KeptStretch(0.0, 1.0, "long"))
    store.close_entry(entry_id, NOW, seconds=250.0)
    store.write_entry(entry_id, None, None, None)
    store.accept_entry(entry_id)
    assert wal.stat().st_size < 10_000_000
    assert (store.entry(entry_id).seconds, list(store.sound(entry_id))) == (250.0, [])
