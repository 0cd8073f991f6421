"""The trace: one JSON object a line, flushed as it happens.

In: events. Out: lines of a file. Touches: that file.
What was said is only in it when that was asked for.
"""

import json
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from voicejournal.errors import StoreError


class TraceFile:
    """The `Trace` port."""

    def __init__(self, path: str | Path, has_words: bool) -> None:
        """Raises: StoreError when the file can't be written."""
        self._path = str(path)
        self._has_words = has_words
        with self._translated():
            # Its owner's alone, whatever was there before: with `--trace-words` it holds what was said.
            self._file = open(path, "w", encoding="utf-8", opener=_private)  # noqa: SIM115 - closed in close()

    def note(self, event: str, seconds: float, words: str | None = None, **fields: float | str) -> None:
        record: dict[str, float | str] = {"t": round(seconds, 3), "event": event, **fields}
        if self._has_words and words is not None:
            record["words"] = words
        with self._translated():
            self._file.write(json.dumps(record, ensure_ascii=False) + "\n")
            self._file.flush()

    def close(self) -> None:
        self._file.close()

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except OSError as exc:
            raise StoreError("trace_unwritable", path=self._path) from exc


def _private(path: str, flags: int) -> int:
    number = os.open(path, flags, 0o600)
    if hasattr(os, "fchmod") and stat.S_ISREG(os.fstat(number).st_mode):
        os.fchmod(number, 0o600)
    return number
