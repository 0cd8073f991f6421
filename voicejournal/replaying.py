"""A written conversation, so that anyone can read and check how the program behaves.

In: lines such as `> what the person says` and `~ 12.5` (seconds of silence). Out: ports that play them. Pure.
Each word lasts 0.4 s and carries its own name in its samples, so the scripted recogniser hears just what was
written, however the sound is cut, joined or padded on its way.
"""

import math
import struct
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count

from voicejournal.hearing.awaiting import ANYTHING, Awaited
from voicejournal.hearing.frames import (
    HEARD_FRAME_BYTES,
    HEARD_HERTZ,
    PLAYED_HERTZ,
    SILENCE_LEVEL,
    SILENT_HEARD_FRAME,
    TICK_SECONDS,
    Frame,
    ticks,
)
from voicejournal.hearing.recognizing import Recognized
from voicejournal.hearing.transcripts import NOTHING_HEARD, Transcript, Word
from voicejournal.ports.sound import Voicing

WORD_TICKS = ticks(0.4)
"""Two and a half words a second: an unhurried speaker."""

GAP_SECONDS = 0.8
"""Silence after each line, at least: one line is one stretch, and 0.7 s part two of them."""

MARK = struct.Struct("<hhh")
"""A voiced frame begins with the number of its line, of its word and of its place in the word, all from 1."""

MOST = (1 << 15) - 1
"""Lines, and words in one: larger numbers have no place in a mark. At 0.4 s a word a line of that is 3.6 hours."""

UNSURE = "(?)"
"""Ends a word that is heard without being sure of it, as it will be marked: "mother(?)"."""

UNSURE_CONFIDENCE = 0.2

MIDDLE = WORD_TICKS // 2
"""The place at which a word is heard: once, even when the sound is cut in the middle of it."""


@dataclass(frozen=True)
class Said:
    """A line that the person says."""

    words: tuple[str, ...]


@dataclass(frozen=True)
class Silent:
    """Seconds in which nobody says anything."""

    seconds: float


Line = Said | Silent


def read_conversation(text: str) -> list[Line]:
    """The lines that are heard; all other lines are what is expected, or notes. Raises: ValueError."""
    lines: list[Line] = []
    for number, raw in enumerate(text.splitlines(), start=1):
        mark, _, rest = raw.strip().partition(" ")
        if mark == ">":
            words = tuple(rest.split())
            if len(words) > MOST:
                raise ValueError(f"line {number}: it has more than {MOST} words; put them on several lines")
            lines.append(Said(words))
        elif mark == "~":
            lines.append(Silent(_seconds(rest, number)))
        if len(lines) > MOST:
            raise ValueError(f"line {number}: there are more than {MOST} lines; put them into several files")
    return lines


def _seconds(text: str, number: int) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = math.nan
    if not 0 <= seconds < math.inf:
        raise ValueError(f"line {number}: {text!r} is no number of seconds")
    return seconds


class ScriptedMicrophone:
    """The `Microphone` port: says the lines, one after the other."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._frames = _frames(lines)

    def listen(self) -> Frame | None:
        return next(self._frames, None)

    def close(self) -> None:
        pass


def _frames(lines: Sequence[Line]) -> Iterator[Frame]:
    for number, line in enumerate(lines):
        if isinstance(line, Silent):
            yield from [SILENT_HEARD_FRAME] * ticks(line.seconds)
            continue
        for word in range(len(line.words)):
            for place in range(1, WORD_TICKS + 1):
                yield MARK.pack(number + 1, word + 1, place).ljust(HEARD_FRAME_BYTES, b"\0")
        following = lines[number + 1] if number + 1 < len(lines) else None
        silent = following.seconds if isinstance(following, Silent) else 0.0
        yield from [SILENT_HEARD_FRAME] * ticks(max(0.0, GAP_SECONDS - silent))


class ScriptedVoiceActivity:
    """The `VoiceActivity` port: voice is wherever a word is."""

    def accept(self, frame: Frame) -> Voicing:
        return Voicing(0.0, SILENCE_LEVEL) if frame == SILENT_HEARD_FRAME else Voicing(1.0, -30.0)


class ScriptedRecognizer:
    """The `Recognizer` port: reads the marks in the sound."""

    name = "scripted"
    streams = False

    def __init__(self, lines: Sequence[Line]) -> None:
        self._lines = lines
        self._tickets = count(1)
        self._heard: dict[int, bytearray] = {}
        self._ready: list[Recognized] = []

    def begin(self) -> int:
        ticket = next(self._tickets)
        self._heard[ticket] = bytearray()
        return ticket

    def accept(self, ticket: int, pcm: bytes) -> None:
        self._heard[ticket] += pcm

    def finish(self, ticket: int, awaited: Awaited = ANYTHING) -> None:
        self._ready.append(Recognized(ticket, self._read(bytes(self._heard.pop(ticket)))))

    def abandon(self, ticket: int) -> None:
        self._heard.pop(ticket, None)
        self._ready = [answer for answer in self._ready if answer.ticket != ticket]

    def poll(self, wait: bool = False) -> Sequence[Recognized]:
        ready, self._ready = self._ready, []
        return ready

    def pending(self) -> int:
        return len(self._ready)

    def close(self) -> None:
        pass

    def _read(self, pcm: bytes) -> Transcript:
        words: list[Word] = []
        for at in range(0, len(pcm) - HEARD_FRAME_BYTES + 1, HEARD_FRAME_BYTES):
            line, word, place = MARK.unpack_from(pcm, at)
            if place == MIDDLE:
                start = max(0.0, at / (2 * HEARD_HERTZ) - (MIDDLE - 1) * TICK_SECONDS)
                text = self._word(line, word)
                confidence = UNSURE_CONFIDENCE if text.endswith(UNSURE) else 1.0
                text = text.removesuffix(UNSURE)
                words.append(Word(text, start, start + WORD_TICKS * TICK_SECONDS, confidence))
        if not words:
            return NOTHING_HEARD
        return Transcript(" ".join(word.text for word in words), tuple(words))

    def _word(self, line: int, word: int) -> str:
        said = self._lines[line - 1]
        assert isinstance(said, Said)
        return said.words[word - 1]


class SilentVoice:
    """The `Voice` port: takes as long as a voice would, and makes no sound."""

    def prepare(self, coming: Sequence[tuple[str, float]]) -> None:
        pass

    def is_ready(self, words: str, rate: float) -> bool:
        return True

    def render(self, words: str, rate: float) -> bytes:
        word_seconds = WORD_TICKS * TICK_SECONDS / rate
        return bytes(2 * round(len(words.split()) * word_seconds * PLAYED_HERTZ))


def recalled(pcm: bytes) -> bytes:
    """Kept sound as it is played: as long, and nothing to hear."""
    return bytes(len(pcm) * PLAYED_HERTZ // HEARD_HERTZ)


class SpokenLines:
    """The `Trace` port: hands on what the program says."""

    def __init__(self, tell: Callable[[str], None]) -> None:
        self._tell = tell

    def note(self, event: str, seconds: float, words: str | None = None, **fields: float | str) -> None:
        if event == "said" and words is not None:
            self._tell(words)
