"""The record of an entry has exactly the keys of design §6, and is JSON."""

import json
from datetime import UTC, datetime, timedelta, timezone

from voicejournal.journal.entries import Entry
from voicejournal.journal.records import as_json

ENTRY = Entry(
    id="261122-001",
    started_at=datetime(2026, 11, 22, 7, 30, tzinfo=timezone(timedelta(hours=9))),
    ended_at=datetime(2026, 11, 21, 22, 31, 2, 500_000, tzinfo=UTC),
    tag="dream",
    tag_source="spoken",
    tag_reason="you said: dream",
    text="I was on a train 🚂.",
    seconds=62.48,
    language="en",
    recognizer="vosk",
    state="written",
    for_therapist=True,
)


def test_record() -> None:
    assert as_json(ENTRY) == {
        "id": "261122-001",
        "started_at": "2026-11-22T07:30:00+09:00",
        "ended_at": "2026-11-21T22:31:02.500000+00:00",
        "tag": "dream",
        "tag_source": "spoken",
        "tag_reason": "you said: dream",
        "text": "I was on a train 🚂.",
        "seconds": 62.48,
        "state": "written",
        "recognizer": "vosk",
        "language": "en",
        "for_therapist": True,
    }


def test_keys_in_the_order_of_the_contract() -> None:
    assert " ".join(as_json(ENTRY)) == (
        "id started_at ended_at tag tag_source tag_reason text seconds state recognizer language for_therapist"
    )


def test_an_open_entry_has_nulls_and_survives_json() -> None:
    opened = Entry("261122-002", ENTRY.started_at, None, None, None, None, "", 0.0, "ko", "whisper", "open")
    record = json.loads(json.dumps(as_json(opened)))
    assert record == as_json(opened)
    assert (record["ended_at"], record["tag"], record["for_therapist"]) == (None, None, False)
