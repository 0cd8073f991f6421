"""What happened to an entry while the journal was locked, as the bytes of a piece that is then sealed.

In: a record, and the sound that was kept with it. Out: bytes, and the other way round. Pure.
Invariant: bytes that make no sense are no piece, whoever wrote them.
"""

import json
from collections.abc import Mapping
from datetime import UTC, datetime

from voicejournal.edges.journal_parts import Piece
from voicejournal.hearing.frames import HEARD_HERTZ

LONGEST_SAMPLES = 7 * 24 * 3600 * HEARD_HERTZ
"""A week: no entry is longer."""


def plain_of(record: Mapping[str, str | int], pcm: bytes) -> bytes:
    return json.dumps(record).encode() + b"\n" + pcm


def piece_of(plain: bytes) -> Piece | None:
    """None when it makes no sense: who can write to the file can seal rubbish, which must not stop the rest."""
    line, _, pcm = plain.partition(b"\n")
    try:
        record = json.loads(line)
        json.dumps(record, ensure_ascii=False).encode()  # half a surrogate pair could not be kept
    except (ValueError, RecursionError):
        return None
    match record:
        case {"what": "opened", "entry": str(), "at": str(at), "language": str(), "recognizer": str()}:
            makes_sense = _is_time(at)
        case {"what": "closed", "entry": str(), "at": str(at), "samples": int(samples)}:
            makes_sense = _is_time(at) and type(samples) is int and 0 <= samples <= LONGEST_SAMPLES
        case {"what": "aside", "entry": str(), "at": str(at)}:
            makes_sense = _is_time(at)
        case {"what": "sound", "entry": str()}:
            makes_sense = len(pcm) > 0 and len(pcm) % 2 == 0
        case {"what": "gone", "entry": str()}:
            makes_sense = True
        case _:
            makes_sense = False
    return (record, pcm) if makes_sense else None


def _is_time(at: str) -> bool:
    """Of an offset that is told, and in UTC no earlier than the year 1 and no later than 9999."""
    try:
        time = datetime.fromisoformat(at)
        time.astimezone(UTC)
    except (ValueError, OverflowError):
        return False
    return time.tzinfo is not None
