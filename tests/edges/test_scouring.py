"""What a deletion lets go is nowhere in the bytes of the journal's files, whatever was written before."""

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from tables import raw_bytes, tables

from voicejournal.edges import scouring
from voicejournal.edges.sqlcipher import sqlite3
from voicejournal.edges.store import Store
from voicejournal.hearing.transcripts import KeptStretch, Word

NOW = datetime(2026, 11, 22, 9).astimezone()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "journal.db"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    store = Store(path)
    yield store
    store.close()


def is_owed(path: Path) -> bool:
    with tables(path) as db:
        return scouring.is_owed(db)


def spoken(store: Store, secret: str, chance: random.Random) -> str:
    """An entry of which every word, and every piece of sound, holds the secret."""
    entry_id = store.open_entry(NOW + timedelta(minutes=chance.randrange(100_000)), "en", "vosk")
    for _ in range(chance.randrange(1, 5)):
        store.keep_sound(entry_id, (secret.encode("utf-16-le") * 500)[:8000])
    store.close_entry(entry_id, NOW + timedelta(minutes=5))
    for start in range(chance.randrange(1, 6)):
        count = chance.randrange(1, chance.choice([5, 300]))
        words = " ".join(secret + chr(97 + number % 26) + "b" * chance.randrange(5) for number in range(count))
        stretch = KeptStretch(float(start), start + 1.0, words, (Word(f"{secret}word", 0.0, 0.1, 1.0),))
        store.keep_stretch(entry_id, stretch)
    store.write_entry(entry_id, "dream", "spoken", f"{secret}reason")
    return entry_id


def reword(store: Store, entry_id: str, secret: str, longest: int, chance: random.Random) -> None:
    """One of its stretches is the secret and fewer letters than so many after it."""
    one = chance.choice(list(store.stretches(entry_id)))
    words = f"{secret} {'z' * chance.randrange(longest)}"
    store.reword_entry(entry_id, replace(one, text=words), NOW)


# With secure_delete alone this one left some words behind.
@pytest.mark.parametrize("seed", [7])
def test_nothing_of_a_deleted_entry_is_left_among_others(store: Store, path: Path, seed: int) -> None:
    chance, living = random.Random(seed), dict[str, str]()
    for number in range(70):
        roll = chance.random()
        if roll < 0.55 or not living:
            secret = f"qz{number}ywwwwww"
            living[spoken(store, secret, chance)] = secret
            continue
        entry_id = chance.choice(list(living))
        if roll < 0.75:
            reword(store, entry_id, living[entry_id], 3000, chance)
        elif roll < 0.82:
            store.accept_entry(entry_id)
            assert living[entry_id].encode("utf-16-le") not in raw_bytes(path)
        else:
            secret = living.pop(entry_id)
            store.delete_entry(entry_id)
            there = raw_bytes(path)
            assert secret.encode() not in there and secret.encode("utf-16-le") not in there
    store.check()


# With the index built anew, and not the file, each of these left words behind in a page that is in use.
@pytest.mark.parametrize("seed", [0, 1, 3, 4])
def test_nothing_of_a_deleted_entry_is_left_where_rows_moved(store: Store, path: Path, seed: int) -> None:
    """Small rows that come, grow, shrink and go, at random places: full pages are parted again and again."""
    chance, living = random.Random(seed), dict[str, str]()
    for number in range(250):
        roll = chance.random()
        if roll < 0.5 or not living:
            secret = f"qz{number:03d}y"
            living[written(store, secret, chance)] = secret
        elif roll < 0.8:
            entry_id = chance.choice(list(living))
            reword(store, entry_id, living[entry_id], 600, chance)
        else:
            entry_id = chance.choice(list(living))
            store.delete_entry(entry_id)
            assert living.pop(entry_id).encode() not in raw_bytes(path)


def written(store: Store, secret: str, chance: random.Random) -> str:
    """An entry of up to three stretches, each shorter than a page, that begin with the secret."""
    entry_id = store.open_entry(NOW + timedelta(minutes=chance.randrange(100_000)), "en", "vosk")
    store.close_entry(entry_id, NOW + timedelta(minutes=100_005))
    for start in range(chance.randrange(1, 4)):
        words = f"{secret} {'z' * chance.randrange(600)}"
        store.keep_stretch(entry_id, KeptStretch(float(start), start + 1.0, words))
    store.write_entry(entry_id, "dream", "spoken", None)
    return entry_id


def test_a_large_journal_is_built_anew_when_the_run_ends(
    store: Store, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scouring, "AT_ONCE_BYTES", 0)
    store.delete_entry(spoken(store, "quokka", random.Random(1)))
    assert is_owed(path)
    store.close()
    store = Store(path)
    assert not is_owed(path)
    store.close()


def test_while_somebody_listens_a_large_journal_is_not_built_anew(
    store: Store, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scouring, "AT_ONCE_BYTES", 0)
    store.delete_entry(spoken(store, "quokka", random.Random(1)))
    other = Store(path)
    other.close()
    assert is_owed(path)
    spoken(store, "umbrella", random.Random(1))  # who listens goes on


def test_what_another_program_left_owed_is_done_by_whoever_ends_last(
    store: Store, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scouring, "AT_ONCE_BYTES", 0)
    entry_id = spoken(store, "quokka", random.Random(1))
    other = Store(path)
    other.delete_entry(entry_id)
    other.close()
    store.close()
    store = Store(path)
    assert not is_owed(path)
    store.close()


def test_a_run_that_was_killed_leaves_it_to_the_next(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store(path)
    monkeypatch.setattr(scouring, "AT_ONCE_BYTES", 0)
    store.delete_entry(spoken(store, "quokka", random.Random(1)))
    store._connection.close()  # all that is left of a killed run
    for owed in (True, False):
        store = Store(path)
        assert is_owed(path) == owed
        store.close()


def test_while_another_program_writes_it_stays_owed_and_the_entry_goes(store: Store, path: Path) -> None:
    entry_id, kept = (spoken(store, secret, random.Random(1)) for secret in ("quokka", "umbrella"))
    other = sqlite3.connect(path, isolation_level=None)
    store.drop_entry(entry_id)
    scouring.owe(store._connection)
    other.execute("begin immediate")
    store._connection.execute("pragma busy_timeout = 20")  # instead of 5 s
    assert scouring.scour(store._connection, str(path))
    other.execute("rollback")
    other.close()
    assert not scouring.scour(store._connection, str(path))
    assert [entry.id for entry in store.entries()] == [kept]
