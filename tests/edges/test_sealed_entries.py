"""Entries that are spoken while the journal is locked."""

import os
import signal
import stat
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from voicejournal.edges.sealed_entries import SealedEntries, take_in
from voicejournal.edges.sealed_file import aside_path, sealed_path
from voicejournal.edges.sealed_key import public_key, public_path, publish, published_salt
from voicejournal.edges.sealed_pieces import piece_of
from voicejournal.edges.store import Store
from voicejournal.errors import NotFound, StoreError
from voicejournal.hearing.transcripts import KeptStretch

NOW = datetime(2026, 11, 26, 7, 30).astimezone()
KEY, SALT = bytes(range(32)), b"sixteen of salt!"
SOUND = bytes(range(1, 251)) * 30
SECRET = b"umbrella"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "journal.sqlite3"
    publish(path, KEY, SALT)
    return path


def locked(path: Path) -> SealedEntries:
    key = public_key(path)
    assert key is not None
    return SealedEntries(path, key)


def speak(journal: SealedEntries, at: datetime = NOW, pieces: int = 3) -> str:
    entry_id = journal.open_entry(at, "en", "vosk")
    for _ in range(pieces):
        journal.keep_sound(entry_id, SOUND)
    journal.keep_stretch(entry_id, KeptStretch(0.0, 1.0, f"my {SECRET.decode()}"))
    return entry_id


def taken(path: Path) -> Store:
    store = Store(path, KEY)
    take_in(store, path, KEY)
    return store


def test_nobody_can_read_it_and_the_key_brings_it_in(path: Path) -> None:
    journal = locked(path)
    entry_id = speak(journal)
    journal.close_entry(entry_id, NOW + timedelta(seconds=9), seconds=0.5)
    assert stat.S_IMODE(sealed_path(path).stat().st_mode) == 0o600
    for file in path.parent.iterdir():
        assert SECRET not in file.read_bytes()
        assert SOUND[:100] not in file.read_bytes()
    journal.close()
    store = taken(path)
    (entry,) = store.unfinished()
    assert (entry.state, entry.started_at, entry.ended_at) == ("closed", NOW, NOW + timedelta(seconds=9))
    assert (entry.seconds, entry.language, entry.recognizer) == (0.5, "en", "vosk")
    assert b"".join(store.sound(entry.id)) == (SOUND * 3)[:16000]
    assert not sealed_path(path).exists()
    store.close()


def test_what_was_cut_short_is_there_to_its_last_piece(path: Path) -> None:
    cut = locked(path)
    speak(cut)
    cut.close()  # the file, and never the entry
    with sealed_path(path).open("ab") as file:
        file.write((9000).to_bytes(4) + b"a piece that was cut off")
    later = locked(path)
    speak(later, NOW + timedelta(minutes=5), pieces=1)
    later.close()
    store = taken(path)
    assert [(entry.state, entry.seconds) for entry in store.unfinished()] == [
        ("open", len(SOUND) * 3 / 32000),
        ("open", len(SOUND) / 32000),
    ]
    store.close()


def test_what_was_nothing_leaves_nothing_and_what_was_set_aside_stays_aside(path: Path) -> None:
    journal = locked(path)
    journal.drop_entry(speak(journal))
    aside = speak(journal, NOW + timedelta(minutes=1))
    journal.close_entry(aside, NOW + timedelta(minutes=2))
    journal.set_aside(aside, NOW + timedelta(minutes=2))
    journal.close()
    store = taken(path)
    assert (list(store.unfinished()), list(store.entries())) == ([], [])
    assert store.sound_seconds("261126-001") > 0
    store.close()


def test_what_was_deleted_or_long_aside_while_it_was_locked_does_not_come_in(path: Path) -> None:
    journal = locked(path)
    speak(journal)
    journal.delete_entry(speak(journal, NOW + timedelta(minutes=1)))
    journal.set_aside(speak(journal, NOW + timedelta(minutes=2)), NOW)
    journal.accept_all(NOW + timedelta(days=8))
    journal.close()
    store = taken(path)
    assert [entry.id for entry in store.unfinished()] == ["261126-001"]
    for entry_id in ("261126-002", "261126-003"):
        with pytest.raises(NotFound):
            store.entry(entry_id)
    store.close()


def test_a_move_that_was_cut_short_moves_nothing_twice(path: Path) -> None:
    journal = locked(path)
    journal.drop_entry(speak(journal))  # a command: the next entry gets its name
    speak(journal, NOW + timedelta(minutes=1))
    journal.close()
    sealed = sealed_path(path).read_bytes()
    taken(path).close()
    sealed_path(path).write_bytes(sealed)  # killed before its file went
    store = taken(path)
    (entry,) = store.unfinished()
    assert b"".join(store.sound(entry.id)) == SOUND * 3
    store.close()


def test_it_knows_nothing_of_what_is_in_the_journal(path: Path) -> None:
    store = Store(path, KEY)
    entry_id = store.open_entry(NOW, "en", "vosk")
    store.close_entry(entry_id, NOW)
    store.keep_stretch(entry_id, KeptStretch(0.0, 1.0, "of before"))
    store.write_entry(entry_id, None, None, None)
    store.close()
    journal = locked(path)
    assert list(journal.entries()) == []
    journal.close()


def test_what_another_key_is_needed_for_is_kept_aside_and_stops_nothing(path: Path) -> None:
    publish(path, bytes(32), SALT)
    journal = locked(path)
    speak(journal)
    journal.close()
    publish(path, KEY, SALT)
    journal = locked(path)
    speak(journal, NOW + timedelta(minutes=1))
    journal.close()
    sealed = sealed_path(path).read_bytes()
    store = Store(path, KEY)
    with pytest.raises(StoreError, match="sealed_aside"):
        take_in(store, path, KEY)
    assert [entry.started_at for entry in store.unfinished()] == [NOW + timedelta(minutes=1)]
    assert (sealed_path(path).exists(), aside_path(path).read_bytes()) == (False, sealed)
    take_in(store, path, KEY)
    store.close()


def test_what_is_put_aside_later_hides_nothing_that_lies_there(path: Path) -> None:
    aside_path(path).write_bytes(b"of before")
    sealed_path(path).write_bytes((60).to_bytes(4) + bytes(60))
    with pytest.raises(StoreError, match="sealed_aside"):
        taken(path)
    assert aside_path(path).read_bytes() == b"of before" + (60).to_bytes(4) + bytes(60)


@pytest.mark.parametrize("length", [0, 1 << 31])
def test_behind_damage_nothing_is_lost_and_what_is_said_later_comes_in(path: Path, length: int) -> None:
    journal = locked(path)
    speak(journal)
    journal.close()
    damage = length.to_bytes(4) + b"whatever came after it"
    with sealed_path(path).open("ab") as file:
        file.write(damage)
    later = locked(path)
    speak(later, NOW + timedelta(minutes=5))
    later.close()
    assert aside_path(path).read_bytes() == damage
    store = taken(path)
    assert len(store.unfinished()) == 2
    store.close()


@pytest.mark.parametrize("is_taken_in", [True, False])
@pytest.mark.parametrize("kind", ["link", "link to nowhere", "pipe"])
def test_what_somebody_put_in_its_place_is_not_followed(path: Path, kind: str, is_taken_in: bool) -> None:
    precious = path.with_name("precious")
    precious.write_bytes(bytes(30))
    for place in (sealed_path(path), aside_path(path)):
        match kind:
            case "link":
                place.symlink_to(precious)
            case "link to nowhere":
                place.symlink_to(path.with_name("nowhere"))
            case "pipe":
                os.mkfifo(place)
    if is_taken_in:
        taken(path).close()
    journal = locked(path)
    speak(journal)
    journal.close()
    with sealed_path(path).open("ab") as file:
        file.write(bytes(30))  # damage, which is put aside
    locked(path).close()
    assert precious.read_bytes() == bytes(30) and not path.with_name("nowhere").exists()
    assert aside_path(path).read_bytes() == bytes(30)
    store = taken(path)
    assert len(store.unfinished()) == 1
    store.close()


def test_a_public_key_in_a_pipe_is_none(path: Path) -> None:
    public_path(path).unlink()
    os.mkfifo(public_path(path))
    assert public_key(path) is None
    publish(path, KEY, SALT)
    assert public_key(path) is not None


def test_damage_that_nobody_spoke_after_is_put_aside_when_it_is_met(path: Path) -> None:
    journal = locked(path)
    speak(journal)
    journal.close()
    with sealed_path(path).open("ab") as file:
        file.write(bytes(30))
    sealed = sealed_path(path).read_bytes()
    store = Store(path, KEY)
    with pytest.raises(StoreError, match="sealed_aside"):
        take_in(store, path, KEY)
    assert len(store.unfinished()) == 1 and aside_path(path).read_bytes() == sealed
    store.close()


def test_a_public_key_that_can_t_be_read_is_none(path: Path) -> None:
    for content in ("", "zz", "00" * 31, "00" * 31 + "\n00"):
        public_path(path).write_text(content)
        assert (public_key(path), published_salt(path)) == (None, None)
    public_path(path).write_text("00" * 32)  # nothing can be sealed to that one
    assert public_key(path) is None
    publish(path, KEY, SALT)
    assert (public_key(path) is not None, published_salt(path)) == (True, SALT)


def test_what_an_older_version_published_is_read_and_completed(path: Path) -> None:
    key = public_key(path)
    assert key is not None
    public_path(path).write_text(key.hex())
    assert (public_key(path), published_salt(path)) == (key, None)
    publish(path, KEY, SALT)
    assert (public_key(path), published_salt(path)) == (key, SALT)


TALKING = """
import sys
from datetime import datetime
from pathlib import Path
from voicejournal.edges.sealed_entries import SealedEntries
from voicejournal.edges.sealed_key import public_key
path = Path(sys.argv[1])
journal = SealedEntries(path, public_key(path))
entry_id = journal.open_entry(datetime.now().astimezone(), "en", "vosk")
for number in range(10**6):
    journal.keep_sound(entry_id, bytes(8000))
    print(number, flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL on Windows")
def test_kill_9_loses_nothing_that_was_reported(path: Path) -> None:
    talking = subprocess.Popen([sys.executable, "-c", TALKING, str(path)], stdout=subprocess.PIPE, text=True)
    assert talking.stdout is not None
    for line in talking.stdout:
        if line == "50\n":
            os.kill(talking.pid, signal.SIGKILL)
            break
    last = [int(line) for line in talking.stdout.read().split()] or [50]
    talking.wait()
    talking.stdout.close()
    store = taken(path)
    (entry,) = store.unfinished()
    assert store.sound_seconds(entry.id) >= (last[-1] + 1) * 0.25
    store.close()


def test_hours_do_not_gather_in_memory(path: Path) -> None:
    journal = locked(path)
    speak(journal, pieces=200)
    assert journal.sound_seconds("261126-001") == 0.0
    journal.close()
    assert sealed_path(path).stat().st_size > 200 * len(SOUND)


def seal(path: Path, *plains: bytes) -> None:
    """What anyone can do, for the public key lies there."""
    from nacl.public import PublicKey, SealedBox

    with sealed_path(path).open("ab") as file:
        for plain in plains:
            sealed = SealedBox(PublicKey(public_key(path) or b"")).encrypt(plain)
            file.write(len(sealed).to_bytes(4) + sealed)


@pytest.mark.parametrize(
    "plain",
    [
        b"",
        b"no JSON",
        b"[]",
        b"{}",
        b'{"what": "opened", "entry": "x"}',
        b'{"what": "opened", "entry": "x", "at": "yesterday", "language": "en", "recognizer": "vosk"}',
        b'{"what": "opened", "entry": "x", "at": "2026-11-26T07:30:00", "language": "en", "recognizer": "vosk"}',
        b'{"what": "closed", "entry": "x", "at": "2026-11-26T07:30:00+00:00", "samples": -1}',
        b'{"what": "sound", "entry": "nobody"}\nxyz',
        b'{"what": "sound", "entry": "nobody"}\n',
        b"[" * 8900,
        b'{"what": "opened", "entry": "x", "at": "2026-11-26T07:30:00+00:00", "language": "\\ud800",'
        b' "recognizer": "vosk"}',
        b'{"what": "opened", "entry": "x", "at": "2026-11-26T07:30:00+00:00", "language": "en",'
        b' "recognizer": "\\ud800"}',
        b'{"what": "opened", "entry": "x", "at": "2026-11-26\\ud80007:30:00+00:00", "language": "en",'
        b' "recognizer": "vosk"}',
    ],
)
def test_rubbish_that_somebody_sealed_stops_nothing_and_is_put_aside(path: Path, plain: bytes) -> None:
    seal(path, plain)
    later = locked(path)
    speak(later)
    later.close()
    sealed = sealed_path(path).read_bytes()
    store = Store(path, KEY)
    with pytest.raises(StoreError, match="sealed_aside"):
        take_in(store, path, KEY)
    assert len(store.unfinished()) == 1
    assert (sealed_path(path).exists(), aside_path(path).read_bytes()) == (False, sealed)
    store.close()


OPENED = (
    b'{"what": "opened", "entry": "x", "at": "2026-11-26T07:30:00+00:00", "language": "en", "recognizer": "vosk"}'
)


@pytest.mark.parametrize(
    "plains",
    [
        [b'{"what": "closed", "entry": "x", "at": "2026-11-26T07:30:00+00:00", "samples": 1%s}' % (b"0" * 30)],
        [b'{"what": "closed", "entry": "x", "at": "2026-11-26T07:30:00+00:00", "samples": 1%s}' % (b"0" * 18)],
        [b'{"what": "closed", "entry": "x", "at": "2026-11-26T07:30:00+00:00", "samples": true}'],
        [b'{"what": "aside", "entry": "x", "at": "0001-01-01T00:00:00+23:00"}'],
        [b'{"what": "gone", "entry": "x"}', b'{"what": "sound", "entry": "x"}\nxy'],
        [b'{"what": "sound", "entry": "x"}\n'] * 2,
    ],
)
def test_rubbish_about_an_entry_stops_nothing_and_is_put_aside(path: Path, plains: list[bytes]) -> None:
    seal(path, OPENED, *plains)
    store = Store(path, KEY)
    with pytest.raises(StoreError, match="sealed_aside"):
        take_in(store, path, KEY)
    assert aside_path(path).exists() and not sealed_path(path).exists()
    store.close()


@pytest.mark.parametrize("opening", [b"[", b'{"a":'])
def test_what_is_nested_too_deep_is_no_piece(opening: bytes) -> None:
    assert piece_of(opening * 200000) is None


def test_what_is_about_nobody_is_passed_over(path: Path) -> None:
    seal(path, b'{"what": "sound", "entry": "nobody"}\nxy')
    store = taken(path)
    assert list(store.unfinished()) == []
    store.close()


def with_a_flipped_bit(path: Path) -> bytes:
    """What waits, from a first length that is now longer than all of it, but less than 1 MB."""
    journal = locked(path)
    speak(journal, pieces=8)
    journal.close()
    sealed = bytearray(sealed_path(path).read_bytes())
    sealed[1] ^= 8
    sealed_path(path).write_bytes(sealed)
    return bytes(sealed)


def test_a_flipped_bit_in_a_length_puts_aside_all_that_waits_and_tells_it(path: Path) -> None:
    sealed = with_a_flipped_bit(path)
    with pytest.raises(StoreError, match="sealed_aside"):
        taken(path)
    assert aside_path(path).read_bytes() == sealed


def test_a_flipped_bit_in_a_length_loses_nothing_when_somebody_speaks_after_it(path: Path) -> None:
    sealed = with_a_flipped_bit(path)
    later = locked(path)
    speak(later, NOW + timedelta(minutes=5))
    later.close()
    assert aside_path(path).read_bytes() == sealed
    store = taken(path)
    assert len(store.unfinished()) == 1
    store.close()


def test_more_sound_at_once_is_sealed_in_pieces_that_are_no_damage(path: Path) -> None:
    journal = locked(path)
    entry_id = journal.open_entry(NOW, "en", "vosk")
    journal.keep_sound(entry_id, SOUND * 5)
    journal.close()
    store = taken(path)
    (entry,) = store.unfinished()
    assert b"".join(store.sound(entry.id)) == SOUND * 5
    store.close()


def test_what_is_plainly_cut_off_is_dropped_and_not_told(path: Path) -> None:
    journal = locked(path)
    speak(journal)
    journal.close()
    sealed_path(path).write_bytes(sealed_path(path).read_bytes()[:-7])
    store = taken(path)
    assert len(store.unfinished()) == 1 and not aside_path(path).exists()
    store.close()
