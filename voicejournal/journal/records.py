"""An entry as other programs read it: the record that `--json`, `show` and `export` print (design §6).

In: an `Entry`. Out: a dict that `json.dumps` takes. Pure.
The keys and their order are a contract.
"""

from voicejournal.journal.entries import Entry


def as_json(entry: Entry) -> dict[str, str | float | bool | None]:
    """Times are ISO 8601 with offset; `seconds` is the length of the kept sound."""
    return {
        "id": entry.id,
        "started_at": entry.started_at.isoformat(),
        "ended_at": None if entry.ended_at is None else entry.ended_at.isoformat(),
        "tag": entry.tag,
        "tag_source": entry.tag_source,
        "tag_reason": entry.tag_reason,
        "text": entry.text,
        "seconds": entry.seconds,
        "state": entry.state,
        "recognizer": entry.recognizer,
        "language": entry.language,
        "for_therapist": entry.for_therapist,
    }
