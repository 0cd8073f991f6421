"""An entry while it is being kept: its sound on disk, its words on the way.

In: frames, stretches, verdicts, a recogniser's answers. Out: what the journal is told.
Pure but for the journal and the recogniser it is given.
No more than a quarter of a second of its sound is ever anywhere but in the journal.
"""

from collections.abc import Sequence
from datetime import datetime

from voicejournal.hearing.ear import Ear
from voicejournal.hearing.frames import HEARD_FRAME_BYTES, seconds, ticks
from voicejournal.hearing.recognizing import Recognizer
from voicejournal.hearing.stretches import SILENCE_TICKS
from voicejournal.hearing.transcribing import Heard, Transcriber
from voicejournal.hearing.transcripts import KeptStretch
from voicejournal.journal.entries import Entry
from voicejournal.ports.journal import Journal

ROW_BYTES = 12 * HEARD_FRAME_BYTES
"""0.24 s: the most whole frames in the quarter second that a crash may cost (design §5)."""

AFTER_VOICE_TICKS = SILENCE_TICKS
"""Kept after the last voice, for it may fade below what is certain; no more, for "finish my entry" may begin
right after it, and is not to be heard when the entry is recovered."""

DOUBTFUL_SHARE = 0.5
"""An entry is doubtful as a whole when so much of its voice is."""


class Recording:
    """One entry that is open, or closed and still without words."""

    def __init__(
        self,
        journal: Journal,
        recognizer: Recognizer,
        entry: Entry,
        first_tick: int,
        earlier_seconds: float = 0.0,
        first_words: Sequence[str] = (),
    ) -> None:
        """`first_tick` is the tick of the first frame to come; `earlier_seconds` of the entry lie before it."""
        self.entry_id = entry.id
        self.first_tick = first_tick
        self._journal = journal
        self._earlier_seconds = earlier_seconds
        self._row = bytearray()
        self.transcriber = Transcriber(recognizer, first_tick - ticks(earlier_seconds), first_words)

    def keep_sound(self, sound: bytes) -> None:
        """More of what is heard. Raises: StoreError."""
        self._row += sound
        while len(self._row) >= ROW_BYTES:
            self._journal.keep_sound(self.entry_id, bytes(self._row[:ROW_BYTES]))
            del self._row[:ROW_BYTES]

    def hear_from_onset(self, ear: Ear) -> None:
        """The voice that is there now is heard from its beginning; in silence there is nothing to hear."""
        onset = ear.voice_onset
        if onset is not None:
            self.transcriber.voice_started(onset, ear.sound(onset))

    def keep_words(self, heard: Sequence[Heard]) -> None:
        """What the transcriber let out. Raises: StoreError."""
        for one in heard:
            self._journal.keep_stretch(self.entry_id, one.kept)

    def close(self, now: datetime, voice_end_tick: int) -> None:
        """Nothing more will be said; the silence since then is not kept. Raises: StoreError."""
        self.keep_rest()
        kept_ticks = voice_end_tick + AFTER_VOICE_TICKS - self.first_tick
        self._journal.close_entry(self.entry_id, now, self._earlier_seconds + seconds(kept_ticks))
        self.transcriber.close()

    def keep_rest(self) -> None:
        """Write what has not filled a row. Raises: StoreError."""
        if self._row:
            self._journal.keep_sound(self.entry_id, bytes(self._row))
            self._row.clear()

    def drop(self) -> None:
        """There was nothing in it but a command. Raises: StoreError."""
        self.transcriber.abandon()
        self._journal.drop_entry(self.entry_id)

    def set_aside(self, now: datetime) -> None:
        """Kept for a week, unlisted. Raises: StoreError."""
        self.keep_rest()
        self.transcriber.abandon()
        self._journal.set_aside(self.entry_id, now)

    def texts(self) -> tuple[str, ...]:
        """Of the stretches that are part of the text, in order."""
        return tuple(stretch.text for stretch in self._text_stretches())

    def struck(self) -> tuple[KeptStretch, ...]:
        """What was taken out of it and has words, in the order in which it was."""
        return self.transcriber.struck()

    @property
    def is_doubtful(self) -> bool:
        """Whether half of the voice in it, or more, could not be trusted to its words."""
        lengths = [(s.end_seconds - s.start_seconds, s.is_doubtful) for s in self._text_stretches()]
        doubtful = sum(length for length, is_doubtful in lengths if is_doubtful)
        return doubtful > 0 and doubtful >= DOUBTFUL_SHARE * sum(length for length, _ in lengths)

    def _text_stretches(self) -> list[KeptStretch]:
        return [s for s in self._journal.stretches(self.entry_id) if not s.is_struck]
