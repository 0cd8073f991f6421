"""One calm picture of what is going on, in the terminal's other screen.

In: scenes. Out: the picture. Touches: the terminal of the stream, given back as it was on close and on exit.
Nothing is drawn when nothing changed, nothing blinks, and it never draws more than ten times a second.
"""

import atexit
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TextIO

from voicejournal.journal.plain_text import one_line
from voicejournal.scene import Scene
from voicejournal.speaking.told import Told

if TYPE_CHECKING:
    from rich.padding import Padding
    from rich.text import Text

_BETWEEN_DRAWINGS_SECONDS = 0.1
_REPAIR_SECONDS = 5.0
"""Sound libraries write to the terminal past us (ALSA does at start); this is how long that stays."""
_QUIET_LEVEL = -54.0
"""dBFS; a whisper close to a phone's microphone (-46 measured) still shows as some steps."""
_LEVEL_PER_STEP = 3.0
"""dB; a step that the eye can see, and few enough that a steady sound draws nothing new."""
_STEPS = 14
"""Up to -12 dBFS: speech that is louder is close to clipping."""
_MARGIN_COLUMNS = 2
_FRAME_COLUMNS = 4
"""Line and space on both sides of the status."""
_FRAME_LINES = 2
_BETWEEN_HINTS = "   "
"""What stands between two hints in the language's table."""


@dataclass(frozen=True)
class _Picture:
    """All that a drawing depends on: equal ones look the same."""

    scene: Scene
    """Its level is left out."""
    steps: int
    columns: int
    lines: int


class LiveView:
    """Implements the port `View` with rich. Works from 40 columns by 12 lines; smaller ones are cut off."""

    def __init__(self, labels: Mapping[str, str], stream: TextIO | None = None) -> None:
        """`labels` is the language's `view` table; `stream` is a terminal, standard output unless given."""
        from rich.console import Console
        from rich.live import Live

        stream = stream or sys.stdout
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a terminal that can't show Korean shows ?, and goes on
        self._labels = labels
        self._console = Console(file=stream, highlight=False)
        self._live = Live(
            console=self._console,
            screen=True,
            auto_refresh=False,
            redirect_stdout=False,
            redirect_stderr=False,
        )
        self._drawn = _Picture(Scene(status=""), 0, 0, 0)
        self._drawn_at_seconds = -_REPAIR_SECONDS
        self._is_gone = False
        self._live.start()
        atexit.register(self.close)

    def show(self, scene: Scene) -> None:
        """Draw the scene if it looks different; a new level or new words alone may wait for the next call."""
        since_seconds = time.monotonic() - self._drawn_at_seconds
        last = self._drawn.scene
        is_news = _news(scene) != _news(last)
        if self._is_gone or (since_seconds < _BETWEEN_DRAWINGS_SECONDS and not is_news):
            return
        steps = _next_steps(scene.level, self._drawn.steps)
        width, height = self._console.size
        picture = _Picture(replace(scene, level=_QUIET_LEVEL), steps, width, height)
        if picture == self._drawn and since_seconds < _REPAIR_SECONDS:
            return
        self._drawn, self._drawn_at_seconds = picture, time.monotonic()
        try:
            self._live.update(self._rendered(picture), refresh=True)
        except OSError:
            # The terminal is gone. Nobody sees, but the voice still hears and answers.
            self._is_gone = True

    def close(self) -> None:
        """Give the terminal back as it was; a second time does nothing."""
        atexit.unregister(self.close)
        with suppress(OSError):  # a terminal that is gone needs nothing back
            self._live.stop()

    def _rendered(self, picture: _Picture) -> "Padding":
        from rich.console import Group
        from rich.padding import Padding
        from rich.panel import Panel
        from rich.progress_bar import ProgressBar
        from rich.text import Text

        scene, labels = picture.scene, self._labels
        width = max(1, picture.columns - 2 * _MARGIN_COLUMNS)
        status = self._wrapped(labels[scene.status], "bold", max(1, width - _FRAME_COLUMNS))
        for line in status:
            line.justify = "center"
        notice = labels["plain_kept"].format(words=scene.notice) if scene.notice else ""
        foot = [
            *(line for number in scene.numbers for line in self._wrapped(number, "bold", width)),
            *self._wrapped(" ".join(map(self._told, scene.said)), "cyan", width),
            *self._wrapped(notice, "green", width),
            Text(),
            *(Text(line, style="dim") for line in _packed(labels[scene.keys], width)),
        ]
        level = ProgressBar(_STEPS, picture.steps, style="dim", complete_style="cyan", finished_style="cyan")
        frame = Panel(Group(*status), border_style="dim")
        level_end, space = Text(), Text()  # rich's bar does not end its line
        taken_lines = _FRAME_LINES + len(status) + 2 + len(foot)
        room_lines = max(1, picture.lines - taken_lines)
        words = self._wrapped(scene.words, "", width)[-max(1, room_lines - 1) :]
        free = [Text()] * (room_lines - len(words))
        return Padding(Group(frame, level, level_end, space, *words, *free, *foot), (0, _MARGIN_COLUMNS))

    def _told(self, told: Told) -> str:
        return told.text if told.share is None else self._labels["broken_off"].format(words=told.heard).strip()

    def _wrapped(self, words: str, style: str, width: int) -> "list[Text]":
        from rich.text import Text

        return list(Text(one_line(words), style=style).wrap(self._console, width)) if words else []


def _news(scene: Scene) -> tuple[object, ...]:
    """What is never left waiting for the next call."""
    return scene.status, scene.said, scene.notice, scene.numbers


def _packed(hints: str, width: int) -> list[str]:
    """Hints about keys on as few lines as they need, none of them broken in two."""
    from rich.cells import cell_len

    lines = [""]
    for hint in map(one_line, hints.split(_BETWEEN_HINTS)):
        longer = lines[-1] + _BETWEEN_HINTS + hint if lines[-1] else hint
        if cell_len(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(hint)
    return lines


def _next_steps(level: float, shown: int) -> int:
    """Steps of the bar for a level in dBFS: up at once, down one step a drawing, and not for one step alone.

    So syllables don't make it flicker, and a room's steady noise, which strays by 1 to 2 dB, stands still.
    """
    steps = min(_STEPS, max(0, round((level - _QUIET_LEVEL) / _LEVEL_PER_STEP)))
    if steps >= shown:
        return steps
    is_astray = steps == shown - 1 and steps > 0
    return shown if is_astray else shown - 1
