"""What is deleted or accepted by voice is nowhere in the bytes of a plain journal, while the run still goes on."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from scripted import START, run_through

from voicejournal.edges.store import Store
from voicejournal.hearing.frames import HEARD_FRAME_BYTES
from voicejournal.hearing.transcripts import KeptStretch
from voicejournal.replaying import (
    MARK,
    WORD_TICKS,
    SpokenLines,
    read_conversation,
)

SECRET = "quokkasecret"


def heard(journal: Store, folder: Path, lines: str) -> list[bytes]:
    """The bytes of all files whenever something is noted, and after the run, before the journal closes."""
    said = read_conversation(lines)
    seen: list[bytes] = []
    run_through(said, journal, trace=SpokenLines(lambda words: seen.append(raw(folder))))
    return [*seen, raw(folder)]


def raw(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.iterdir()))


def has_sound(there: bytes, line: int) -> bool:
    """Whether any two ticks on end of what the microphone gave of that line are in it, as they were kept."""
    ticks = [
        [MARK.pack(line, word, place).ljust(HEARD_FRAME_BYTES, b"\0") for place in range(1, WORD_TICKS + 1)]
        for word in range(1, 6)
    ]
    return any(first + second in there for word in ticks for first, second in pairwise(word))


ENTRY = f"""> dream i saw a {SECRET}
~ 2
> finish my entry
~ 20
"""

DELETED = """> delete that
~ 13
> yes
~ 10
> yes
~ 10
"""


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Store]:
    store = Store(tmp_path / "journal.db")
    for number in range(5):  # others, before it and beside it
        entry_id = store.open_entry(START - timedelta(days=number + 1), "en", "vosk")
        store.close_entry(entry_id, START)
        store.keep_stretch(entry_id, KeptStretch(0.0, 1.0, f"umbrella {'quiet ' * 300}"))
        store.write_entry(entry_id, "mood", "spoken", None)
    yield store
    store.close()


def test_accepted_sound_is_nowhere_and_the_words_are(journal: Store, tmp_path: Path) -> None:
    *earlier, last = heard(journal, tmp_path, ENTRY)
    assert any(has_sound(there, 1) for there in earlier)
    assert not has_sound(last, 1)
    assert SECRET.encode() in last


def test_after_delete_that_neither_words_nor_sound_are_anywhere(journal: Store, tmp_path: Path) -> None:
    *earlier, last = heard(journal, tmp_path, ENTRY + DELETED)
    assert any(SECRET.encode() in there for there in earlier)
    assert SECRET.encode() not in last and SECRET[:6].encode() not in last
    assert not has_sound(last, 1)
    assert b"umbrella" in last and len(journal.search("umbrella")) == 5
    assert journal.search(SECRET) == []


def test_a_voice_that_is_kept_is_gone_with_its_entry_or_when_it_is_kept_no_more(
    journal: Store, tmp_path: Path
) -> None:
    kept = "> keep my voice\n~ 8\n" + ENTRY.replace("dream", "mood")
    *_, last = heard(journal, tmp_path, kept)
    assert has_sound(last, 3)
    *_, last = heard(journal, tmp_path, "> don't keep my voice\n~ 8\n")
    assert not has_sound(last, 3) and SECRET.encode() in last
