"""What the loop needs from the outside world, and what it promises to each.

In: nothing. Out: one Protocol for each edge. Pure.
Every method returns at once unless its docstring says that it waits; every edge raises only `JournalError`s.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from voicejournal.dialogue.care import Care
from voicejournal.dialogue.events import Outcome
from voicejournal.dialogue.guard import Secret
from voicejournal.dialogue.preferences import PreferenceName
from voicejournal.hearing.awaiting import ANYTHING, Awaited
from voicejournal.hearing.frames import Frame
from voicejournal.hearing.transcripts import Transcript
from voicejournal.journal.entries import Entry, KeptStretch, Tag, TagSource
from voicejournal.journal.helped import Helped
from voicejournal.journal.queries import Found, Query, Span
from voicejournal.scene import Scene


class Microphone(Protocol):
    """Frames of sound, in order, none left out: the clock of the whole program."""

    def listen(self) -> Frame | None:
        """Wait for the next frame (20 ms); None once, when a file has come to its end, and ever after.

        Raises: MicrophoneError when the device is gone.
        """
        ...

    def close(self) -> None: ...


class Speaker(Protocol):
    """A queue of frames to be heard."""

    def play(self, frame: Frame) -> None:
        """Take the frame of this tick (960 samples); silence is played as silence, so files keep one clock.

        Raises: SpeakerError when the device is gone.
        """
        ...

    def sounding(self) -> Frame:
        """What goes to the device in this tick, to be asked once a tick; what of it is heard comes a while later.

        Not always what was just taken: a device has a clock of its own, and a queue is now longer, now shorter.
        """
        ...

    def hush(self) -> None:
        """Drop what was taken and has not sounded yet."""
        ...

    def close(self) -> None:
        """Let what was taken sound, then close."""
        ...


@dataclass(frozen=True)
class Cleaned:
    """A heard frame without the program's own voice, as far as that can be taken out."""

    frame: Frame
    excess: float | None = None
    """dB by which it stands out of what our voice may have left in it; None when ours can't be heard there."""


class EchoCanceller(Protocol):
    """Takes the program's own voice out of what is heard."""

    def accept(self, played: Frame, heard: Frame) -> Cleaned:
        """The frames of one tick; however late the played one arrives, within a second, its echo is known."""
        ...

    def doubt_room(self) -> None:
        """What stood out was nobody: the room is known less well than it seemed."""
        ...


@dataclass(frozen=True)
class Activity:
    """How much one frame sounds like a voice."""

    probability: float
    """0 to 1, of speech."""
    level: float
    """dBFS of the frame's root mean square; -96 for digital silence."""


class VoiceActivity(Protocol):
    """Tells voice from everything else, frame by frame."""

    def accept(self, frame: Frame) -> Activity: ...


@dataclass(frozen=True)
class Recognized:
    """A recogniser's answer about the stretch with this ticket; partial ones may come before the final one."""

    ticket: int
    transcript: Transcript


class Recognizer(Protocol):
    """Words from stretches of voice, made in the background; several stretches may be in hand at once."""

    name: str
    """What the entry's `recognizer` field says: vosk, whisper or scripted."""
    streams: bool
    """True when partial results come while a stretch is still being accepted."""

    def begin(self) -> int:
        """A ticket for a new stretch. Never waits for the model: what is accepted before it has loaded is kept."""
        ...

    def accept(self, ticket: int, pcm: bytes) -> None:
        """More sound of that stretch: 16 kHz mono s16, any whole number of samples."""
        ...

    def finish(self, ticket: int, awaited: Awaited = ANYTHING) -> None:
        """The stretch is whole; `awaited` is what may be said in this state.

        Its effort "brief": nothing but whether it is one of the phrases will be asked; less work may do.
        "nearest": if it is none, also which of them sounds most like it; a recogniser may not be able to tell.
        """
        ...

    def abandon(self, ticket: int) -> None:
        """Forget the stretch; no final will come for it."""
        ...

    def poll(self, wait: bool = False) -> Sequence[Recognized]:
        """What became ready since the last poll, in order; with `wait`, first wait for every finished stretch.

        What was finished with another effort than "whole" may come before what was finished earlier.

        Raises: ModelError when the model could not be loaded.
        """
        ...

    def pending(self) -> int:
        """Finished stretches whose final has not been polled yet."""
        ...

    def close(self) -> None: ...


class Voice(Protocol):
    """A voice that renders sentences to memory."""

    def prepare(self, coming: Sequence[tuple[str, float]]) -> None:
        """Words and rates that will be rendered next, soonest first; they take the place of those told before."""
        ...

    def is_ready(self, words: str, rate: float) -> bool:
        """Whether `render` would give them within some ten milliseconds."""
        ...

    def render(self, words: str, rate: float) -> bytes:
        """Sound of the words, trimmed: 48 kHz mono s16. `rate` 1.0 is the person's normal pace.

        Empty or unspeakable words give empty bytes. Waits until they are ready; the same words and rate
        give the same bytes as long as the program runs. Raises: VoiceError.
        """
        ...


class Journal(Protocol):
    """Where entries are kept. Each call is on disk when it returns. Raises: StoreError, NotFound."""

    def open_entry(self, started_at: datetime, language: str, recognizer: str) -> str:
        """A new entry in state open; its id."""
        ...

    def keep_sound(self, entry_id: str, pcm: bytes) -> None:
        """More heard sound of an open entry: at most a quarter of a second of 16 kHz mono s16."""
        ...

    def close_entry(self, entry_id: str, ended_at: datetime, seconds: float | None = None) -> None:
        """From open to closed. With `seconds` what was kept after that point is dropped; None keeps all of it."""
        ...

    def sound_seconds(self, entry_id: str) -> float:
        """Length of the sound that is still kept of the entry."""
        ...

    def clear_stretches(self, entry_id: str, from_seconds: float) -> None:
        """Forget the words from there on, to recognise the kept sound anew."""
        ...

    def keep_stretch(self, entry_id: str, stretch: KeptStretch) -> None:
        """The words of one stretch, at any state of the entry; the same start replaces what was there."""
        ...

    def write_entry(self, entry_id: str, tag: Tag | None, source: TagSource | None, reason: str | None) -> Entry:
        """From closed to written: the text becomes the stretches not struck, in order, joined by spaces.

        The sound stays until `accept_entry`.
        """
        ...

    def accept_entry(self, entry_id: str) -> None:
        """The text is accepted: its sound is deleted, unless some stretch is doubtful or has no words."""
        ...

    def drop_entry(self, entry_id: str) -> None:
        """The entry was a command, or nothing: it goes, with sound and words."""
        ...

    def set_aside(self, entry_id: str, at: datetime) -> None:
        """Not listed, not lost: kept with its sound for 7 days from `at`."""
        ...

    def tag_entry(self, entry_id: str, tag: Tag | None, source: TagSource | None, reason: str | None) -> Entry: ...

    def reword_entry(self, entry_id: str, stretch: KeptStretch, at: datetime) -> Entry:
        """This stretch in the place of the one that begins there, the entry written, its text as its stretches say.

        Where none is in the text any more it is set aside; where one is again, it is listed.
        """
        ...

    def join_entry(self, entry_id: str, part_id: str) -> Entry:
        """The written part becomes the end of the written entry, with its stretches, its sound and its own times.

        There is no part by itself afterwards. All of it happens, or nothing.
        """
        ...

    def part_entry(self, before: Entry, part: Entry) -> Entry:
        """What was joined is parted: the entry as it was before, and the part, which is given back.

        The part has its id again, unless another entry was given it meanwhile. All of it happens, or nothing.
        """
        ...

    def mark_for_therapist(self, entry_id: str, is_marked: bool = True) -> None:
        """To be brought to the next hour with the therapist, or not any more."""
        ...

    def delete_entry(self, entry_id: str) -> None: ...

    def entry(self, entry_id: str) -> Entry: ...

    def stretches(self, entry_id: str) -> Sequence[KeptStretch]:
        """All kept stretches of the entry, struck ones too, by start."""
        ...

    def entries(
        self, tag: Tag | None = None, since: datetime | None = None, limit: int | None = None
    ) -> Sequence[Entry]:
        """Newest first; entries set aside are left out."""
        ...

    def search(self, words: str, limit: int | None = None, since: datetime | None = None) -> Sequence[Entry]:
        """Entries that hold all the words, newest first. Any text is a legal query."""
        ...

    def find(self, query: Query, limit: int, skip: int = 0) -> Found:
        """Written entries that the query finds, newest first, after the newest `skip`; a day is the entry's own."""
        ...

    def corrected(self, limit: int) -> Sequence[Entry]:
        """Written entries whose kind the person changed, or told when asked: newest first, none too long ago."""
        ...

    def unfinished(self) -> Sequence[Entry]:
        """Entries that an earlier run left open or closed, oldest first; their `seconds` is their kept sound."""
        ...

    def sound(self, entry_id: str) -> Iterator[bytes]:
        """The kept sound of the entry in order, in the pieces it was kept in."""
        ...

    def sound_between(self, entry_id: str, start_seconds: float, end_seconds: float) -> bytes:
        """What is still kept of that part of its sound; seconds count from the entry's first kept frame."""
        ...

    def note_helped(self, note: Helped, at: datetime) -> None:
        """A private note of how strong it was before and after a script."""
        ...

    def helped(self) -> Sequence[Helped]:
        """All such notes, oldest first."""
        ...

    def forget_helped(self) -> None:
        """They go, and can't be found in the journal's files any more."""
        ...

    def accept_all(self, now: datetime, kept_days: int = 0, but: Sequence[str] = ()) -> None:
        """What was left written is accepted, what was set aside over 7 days ago goes: at start, or as it is asked.

        With `kept_days` what was spoken within so many days waits; and so do the entries `but` these.
        """
        ...

    def close(self) -> None: ...


@dataclass(frozen=True)
class Customs:
    """How days are counted where the person lives."""

    first_weekday: int
    """0 is Monday."""
    date_order: str
    """Of day, month and year in figures: "DMY"."""


class Dates(Protocol):
    """Understands words for days."""

    def days(self, words: str, today: date) -> Span | None:
        """The days that these words mean, as words do of what is past; None when they mean none.

        The first call waits about half a second while a library loads; the microphone keeps what is said meanwhile.
        """
        ...


class Preferences(Protocol):
    """What this person chose by voice: for `listen` and `ground` alike, and never anything that was said."""

    def get(self, name: PreferenceName) -> str | None:
        """The value, or None when nothing was chosen."""
        ...

    def prefer(self, name: PreferenceName, value: str) -> None:
        """On disk when it returns. Raises: SettingsError; then it holds for this run only."""
        ...


class CareNotes(Protocol):
    """Whom the person may want to call; it needs no journal and no unlocking."""

    def get(self) -> Care:
        """As it was when the run began, or was kept in it. Never raises."""
        ...

    def keep(self, care: Care) -> None:
        """On disk when it returns, in the place of what was there. Raises: SettingsError; then nothing changed."""
        ...


class Secrets(Protocol):
    """Takes a passphrase from the keyboard, unseen; nobody else ever has it."""

    def ask(self, secret: Secret) -> None:
        """What is typed from now on, to Enter, is the secret; Escape gives up."""
        ...

    def poll(self) -> Outcome | None:
        """What came of it; None while it is being typed. Waits about a second while it is tried."""
        ...

    def give_up(self) -> None:
        """Nobody waits for it any more; what was typed of it is forgotten."""
        ...


class View(Protocol):
    """Where a person can see what is going on."""

    def show(self, scene: Scene) -> None:
        """Called at most ten times a second; a scene equal to the last one changes nothing."""
        ...

    def close(self) -> None: ...


class Trace(Protocol):
    """A record of what happened, for measuring and for tests; words only where that was asked for."""

    def note(self, event: str, seconds: float, words: str | None = None, **fields: float | str) -> None:
        """One event at this second of the microphone's clock. Raises: JournalError when it can't be written."""
        ...


class Keys(Protocol):
    """Keys that were pressed."""

    def pressed(self) -> Iterable[str]:
        """Since the last call, as characters: "f", " ", "?"; none of them while a secret is typed."""
        ...

    def close(self) -> None: ...
