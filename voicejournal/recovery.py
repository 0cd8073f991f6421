"""What an earlier run heard and never wrote: its kept sound is heard once more, by itself.

In: an unfinished entry. Out: a recording whose words come as if it were being spoken. Touches nothing itself.
Heard in small portions beside the live microphone, in bounded memory, however long the entry is.
"""

from collections.abc import Callable, Iterator
from datetime import timedelta

from voicejournal.dialogue import awaiting, meaning
from voicejournal.dialogue.activities import acting_in
from voicejournal.dialogue.language import Language
from voicejournal.hearing.awaiting import Awaited
from voicejournal.hearing.ear import Ear
from voicejournal.hearing.frames import HEARD_FRAME_BYTES, Frame
from voicejournal.hearing.recognizing import Recognizer
from voicejournal.hearing.stretches import Stretch, StretchEnded
from voicejournal.hearing.transcribing import Judged
from voicejournal.journal.entries import Entry
from voicejournal.ports.journal import Journal
from voicejournal.ports.sound import VoiceActivity
from voicejournal.recording import Recording

PORTION_FRAMES = 4
"""Frames heard for each live one: four times as fast as it was spoken, for about a fifth of a core."""

AWAITED = Awaited(effort="brief")
"""Nothing in particular: what is there to be judged may be a command as well, and is heard as closely as one."""

LEFT_OUT = (*acting_in("entry"), "journal_entry")
"""What acts in an entry, or begins one. Where it was said can't be known: of other commands rather a phrase too
many than one of the person's lost."""

PENDING_STRETCHES = 2
"""No more than this waits for the recogniser, so that live speech is never far behind it in the queue."""


class Recovery:
    """Hears one unfinished entry again."""

    def __init__(
        self,
        journal: Journal,
        recognizer: Recognizer,
        voice_activity: Callable[[], VoiceActivity],
        language: Language,
        entry: Entry,
    ) -> None:
        earlier = max(0.0, entry.seconds - journal.sound_seconds(entry.id))
        journal.clear_stretches(entry.id, earlier)
        if entry.state == "open":
            journal.close_entry(entry.id, entry.started_at + timedelta(seconds=entry.seconds))
        self.recording = Recording(journal, recognizer, entry, 0, earlier, awaiting.labels(language))
        self._recognizer = recognizer
        self._activity = voice_activity()
        self._language = language
        self._ear = Ear()
        self._frames = _frames(journal.sound(entry.id))
        self._kept: list[Stretch] = []
        """What "scratch that" may take back."""
        self.is_heard = False
        """Whether all of its sound has been heard; its words may still be on their way."""

    def go_on(self) -> list[Judged]:
        """Hear one portion more."""
        judged: list[Judged] = []
        for _ in range(PORTION_FRAMES):
            if self.is_heard or self._recognizer.pending() > PENDING_STRETCHES:
                break
            one = self._hear_next()
            if one is not None:
                judged.append(one)
        return judged

    def judge(self, judged: Judged) -> None:
        """What is left out is no part of the text; all the rest is."""
        transcript, transcriber = judged.transcript, self.recording.transcriber
        if transcript is not None and not judged.stretch.is_cut:
            command = meaning.named(self._language, LEFT_OUT, transcript.text)
            if command is not None or not (transcript.text or transcript.is_doubtful):
                transcriber.discard(judged.stretch)
                if command == "scratch_that":
                    self._strike_before(judged.stretch)
                return
        self._kept.append(judged.stretch)
        self.recording.keep_words(transcriber.keep(judged.stretch))

    def _strike_before(self, command: Stretch) -> None:
        """The last stretch before the command; long ones are judged early, so it may not be the last one kept."""
        before = [stretch for stretch in self._kept if stretch.start_tick < command.start_tick]
        if before:
            struck = max(before, key=lambda stretch: stretch.start_tick)
            self._kept.remove(struck)
            self.recording.keep_words(self.recording.transcriber.strike(struck))

    def _hear_next(self) -> Judged | None:
        frame, transcriber = next(self._frames, None), self.recording.transcriber
        if frame is None:
            self.is_heard = True
            ended = self._ear.end_now()
        else:
            was_voice = self._ear.is_in_voice
            happened = self._ear.hear(frame, self._activity.accept(frame).probability)
            ended = happened if isinstance(happened, StretchEnded) else None
            if was_voice:
                transcriber.hear(frame)
            else:
                self.recording.hear_from_onset(self._ear)
        judged = None if ended is None else transcriber.stretch_ended(self._ear.piece(ended.stretch), AWAITED)
        if self.is_heard:
            transcriber.close()
        return judged


def _frames(rows: Iterator[bytes]) -> Iterator[Frame]:
    """The sound in whole frames; the last one filled up with silence."""
    waiting = b""
    for row in rows:
        waiting += row
        while len(waiting) >= HEARD_FRAME_BYTES:
            yield waiting[:HEARD_FRAME_BYTES]
            waiting = waiting[HEARD_FRAME_BYTES:]
    if waiting:
        yield waiting.ljust(HEARD_FRAME_BYTES, b"\0")
