"""What is going on, one line a change: for screen readers, pipes and simple terminals.

In: scenes. Out: lines of text. Touches: one text stream.
While a person speaks nothing is printed: a screen reader would say it, and the microphone would hear that.
"""

import sys
from collections.abc import Mapping
from typing import TextIO

from voicejournal.journal.plain_text import one_line
from voicejournal.scene import Scene
from voicejournal.speaking.told import Told

_IN_AN_ENTRY = ("entry", "waiting", "thinking")
"""Words heard in these may still change; those of an entry come whole, in the line about what was kept."""


CLEAR = "\033[2J\033[3J\033[H"
"""The screen, and what can be scrolled back to."""


class PlainView:
    """Implements the port `View` with the standard library only."""

    def __init__(self, labels: Mapping[str, str], stream: TextIO | None = None) -> None:
        """`labels` is the language's `view` table; `stream` is standard output unless given."""
        self._labels = labels
        self._stream: TextIO | None = stream or sys.stdout
        self._last = Scene(status="", keys="")
        self._hinted: set[str] = set()
        self._told_to = self._stopped_at = 0
        """Numbers of the last sentences of ours that were printed, and printed as broken off."""

    def show(self, scene: Scene) -> None:
        """Print what is new in the scene, in the order in which it happened: heard, kept, doing, said.

        Hints about keys are printed the first time they fit; a screen reader says every line aloud.
        """
        if scene.status == "hearing":
            return
        last, self._last = self._last, scene
        if scene.notice and scene.notice != last.notice:
            self._print(self._labels["plain_kept"].format(words=scene.notice))
        elif scene.words and scene.words != last.words and scene.status not in _IN_AN_ENTRY:
            self._print(self._labels["plain_heard"].format(words=scene.words))
        if scene.status != last.status:
            if scene.status == "hidden":
                self._clear()
            self._print(self._labels["plain_status"].format(status=self._labels[scene.status]))
        if scene.numbers != last.numbers:
            for number in scene.numbers:
                self._print(self._labels["plain_number"].format(words=number))
        for told in scene.said:
            self._print_told(told)
        if scene.keys not in self._hinted:
            self._hinted.add(scene.keys)
            self._print(self._labels[scene.keys].replace("   ", ", "))  # heard as a list, not as one sentence

    def _print_told(self, told: Told) -> None:
        """A sentence when it begins, to be read while it sounds; once more, as far as it came, if it is stopped."""
        if told.number > self._told_to:
            self._told_to = told.number
            self._print(self._labels["plain_said"].format(words=told.text))
        if told.share is not None and told.number > self._stopped_at:
            self._stopped_at = told.number
            words = self._labels["broken_off"].format(words=told.heard).strip()
            self._print(self._labels["plain_said"].format(words=words))

    def close(self) -> None:
        """Nothing is held back, so nothing is left to do; the stream belongs to whoever opened it."""

    def _clear(self) -> None:
        """Of a terminal nothing that was printed is left to see; a pipe was read already."""
        if self._stream is not None and self._stream.isatty():
            self._write(CLEAR)

    def _print(self, text: str) -> None:
        self._write(one_line(text) + "\n")

    def _write(self, text: str) -> None:
        if self._stream is None:
            return
        encoding = self._stream.encoding or "utf-8"
        try:
            self._stream.write(text.encode(encoding, "replace").decode(encoding))
            self._stream.flush()
        except OSError:
            # The terminal, or who read the pipe, is gone. Nobody sees, but the voice still hears and answers.
            self._stream = None
