"""Entries that are joined and parted again: nothing of either is lost, and nothing is out of place."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tables import tables

from voicejournal.edges.store import Store
from voicejournal.errors import NotFound
from voicejournal.hearing.transcripts import KeptStretch, Word
from voicejournal.journal.entries import Entry

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
QUARTER = bytes(range(250)) * 32


def written(store: Store, text: str, at: datetime, rows: int = 4) -> Entry:
    """So many quarters of a second, with one stretch a word."""
    entry_id = store.open_entry(at, "en", "vosk")
    for _ in range(rows):
        store.keep_sound(entry_id, QUARTER)
    store.close_entry(entry_id, at + timedelta(minutes=1))
    for number, word in enumerate(text.split()):
        start = number / 100
        store.keep_stretch(
            entry_id, KeptStretch(start, start + 0.01, word, (Word(word, start, start + 0.01, 0.9),))
        )
    return store.write_entry(entry_id, "mood", "inferred", "you said: sad")


def everything(store: Store, entry_id: str) -> tuple[Entry, list[KeptStretch], bytes]:
    stretches = [
        KeptStretch(round(s.start_seconds, 6), round(s.end_seconds, 6), s.text, (), s.is_doubtful, s.is_struck)
        for s in store.stretches(entry_id)
    ]
    return store.entry(entry_id), stretches, b"".join(store.sound(entry_id))


def test_a_part_follows_with_its_own_times(tmp_path: Path) -> None:
    store = Store(tmp_path / "journal.db")
    entry = written(store, "on monday", NOW)
    part = written(store, "and on thursday", NOW + timedelta(days=3), rows=2)

    whole = store.join_entry(entry.id, part.id)

    assert (whole.text, whole.seconds) == ("on monday and on thursday", 1.5)
    assert (whole.started_at, whole.ended_at) == (entry.started_at, part.ended_at)
    assert (whole.tag, whole.tag_source, whole.tag_reason) == ("mood", "inferred", "you said: sad")
    assert [s.start_seconds for s in store.stretches(entry.id)] == pytest.approx([0, 0.01, 1.0, 1.01, 1.02])
    assert store.stretches(entry.id)[2].words[0].start_seconds == pytest.approx(1.0)
    assert b"".join(store.sound(entry.id)) == QUARTER * 6
    assert [found.id for found in store.search("thursday")] == [entry.id] == [one.id for one in store.entries()]
    with tables(tmp_path / "journal.db") as db:
        rows = db.execute("select entry, position, started_at from addition").fetchall()
    assert rows == [(entry.id, 16_000, part.started_at.isoformat())]
    with pytest.raises(NotFound):
        store.entry(part.id)
    store.check()
    store.close()


@pytest.mark.parametrize("is_accepted", [False, True])
def test_parted_both_are_as_they_were(is_accepted: bool) -> None:
    store = Store(":memory:")
    entry = written(store, "on monday", NOW)
    part = store.tag_entry(written(store, "and on thursday", NOW + timedelta(days=3)).id, None, None, None)
    if is_accepted:
        store.accept_entry(entry.id)
    before = everything(store, entry.id), everything(store, part.id)
    store.join_entry(entry.id, part.id)
    store.tag_entry(entry.id, "dream", "changed", None)

    assert store.part_entry(entry, part) == part

    assert (everything(store, entry.id), everything(store, part.id)) == before
    assert [len(store.search(word)) for word in ("monday", "thursday")] == [1, 1]
    store.close()


def test_a_part_whose_id_was_given_away_gets_another() -> None:
    store = Store(":memory:")
    entry, part = written(store, "first", NOW), written(store, "second", NOW + timedelta(minutes=2))
    store.join_entry(entry.id, part.id)
    other = written(store, "third", NOW + timedelta(minutes=4))
    assert other.id == part.id
    again = store.part_entry(entry, part)
    assert (again.id, again.text, store.entry(other.id).text) == ("261122-003", "second", "third")
    store.close()


def test_deleted_with_what_was_added(tmp_path: Path) -> None:
    store = Store(tmp_path / "journal.db")
    entry, part = written(store, "first", NOW), written(store, "second", NOW + timedelta(minutes=2))
    store.join_entry(entry.id, part.id)
    store.delete_entry(entry.id)
    with tables(tmp_path / "journal.db") as db:
        assert db.execute("select count(*) from addition").fetchone() == (0,)
    assert store.entries() == []
    store.close()


def test_reworded_the_text_follows_and_without_words_it_is_not_listed() -> None:
    store = Store(":memory:")
    entry = written(store, "one two", NOW)
    first, second = store.stretches(entry.id)
    struck = [KeptStretch(s.start_seconds, s.end_seconds, s.text, s.words, is_struck=True) for s in (first, second)]
    assert store.reword_entry(entry.id, struck[0], NOW).text == "two"
    assert store.reword_entry(entry.id, struck[1], NOW).text == ""
    assert (store.entries(), store.search("two")) == ([], [])
    assert store.reword_entry(entry.id, second, NOW).text == "two"
    assert [found.id for found in store.search("two")] == [entry.id] == [one.id for one in store.entries()]
    store.close()


@settings(max_examples=20, deadline=None)
@given(st.lists(st.tuples(st.integers(1, 4), st.integers(1, 5)), min_size=2, max_size=5))
def test_any_number_of_parts_comes_apart_in_the_order_they_came(parts: list[tuple[int, int]]) -> None:
    store = Store(":memory:")
    spoken = [
        written(store, " ".join(f"w{number}x{i}" for i in range(words)), NOW + timedelta(days=number), rows)
        for number, (rows, words) in enumerate(parts)
    ]
    first, *others = spoken
    before = [everything(store, entry.id) for entry in spoken]
    steps = []
    for part in others:
        steps.append((store.entry(first.id), part))
        store.join_entry(first.id, part.id)
    assert store.entry(first.id).text == " ".join(entry.text for entry in spoken)
    assert store.entry(first.id).seconds == sum(entry.seconds for entry in spoken)
    for whole, part in reversed(steps):
        store.part_entry(whole, part)
    after = [everything(store, entry.id) for entry in spoken]
    assert [(e.id, e.text, e.seconds, s, pcm) for e, s, pcm in after] == [
        (e.id, e.text, e.seconds, s, pcm) for e, s, pcm in before
    ]
    store.close()
