"""Performing: what the dialogue decided becomes sound, kept words and a view.

In: actions. Out: what follows from them, as events. Touches nothing but the ports it is given.
Each action is performed once, in order, and is on disk when the next begins.
"""

from datetime import datetime, timedelta
from typing import assert_never

from voicejournal import changing
from voicejournal.dialogue.actions import (
    AcceptEntries,
    Action,
    Aside,
    AskSecret,
    CaptureAction,
    ChoiceAction,
    CloseEntry,
    DoubtRoom,
    DropEntry,
    EntryAction,
    FindEntries,
    ForgetHelped,
    GoOn,
    Hold,
    Hush,
    Interject,
    KeepCare,
    KeepStretch,
    Leave,
    LeaveOut,
    LetVoicesGo,
    MeasureLeft,
    NoteHelped,
    OpenEntry,
    PlayAction,
    Prefer,
    RestoreStretch,
    Say,
    SayAgain,
    Seal,
    SetAside,
    SetPace,
    SetQuiet,
    Skip,
    StrikeStretch,
    TakeWay,
    WriteEntry,
)
from voicejournal.dialogue.awaiting import labels
from voicejournal.dialogue.events import (
    CareKept,
    ChoiceLost,
    EntriesFound,
    EntryWritten,
    Event,
    LeftMeasured,
)
from voicejournal.dialogue.language import Language
from voicejournal.errors import NotFound, SettingsError
from voicejournal.hearing.ear import Ear
from voicejournal.hearing.frames import seconds
from voicejournal.journal import searches
from voicejournal.journal.deeds import Added
from voicejournal.journal.entries import Entry
from voicejournal.journal.queries import AT_ONCE
from voicejournal.recording import Recording
from voicejournal.speaking.playback import Playback
from voicejournal.world import Ports

EARLIER_ENTRIES = 20
"""Enough to tell what is usual for a person, and more than a day holds; read in a few milliseconds."""


class Performance:
    """Owns the recordings of this run, by the number of their capture."""

    def __init__(self, ports: Ports, playback: Playback, ear: Ear, language: Language) -> None:
        self.recordings: dict[int, Recording] = {}
        self.is_over = False
        self._ports = ports
        self._journal = ports.journal
        self._playback = playback
        self._ear = ear
        self._language = language

    def perform(self, action: Action) -> Event | None:
        """Do it. Raises: StoreError, VoiceError."""
        if isinstance(action, CaptureAction):
            return self._capture(action)
        if isinstance(action, EntryAction):
            return self._change_or_find(action)
        if isinstance(action, PlayAction):
            return self._play(action)
        return self._choose(action)

    def _capture(self, action: CaptureAction) -> EntryWritten | None:  # noqa: C901 - a line each
        match action:
            case OpenEntry():
                self._open(action)
            case KeepStretch(capture=number, stretch=stretch):
                recording = self.recordings[number]
                recording.keep_words(recording.transcriber.keep(stretch))
            case LeaveOut(capture=number, stretch=stretch):
                self.recordings[number].transcriber.discard(stretch)
            case StrikeStretch(capture=number, stretch=stretch):
                recording = self.recordings[number]
                recording.keep_words(recording.transcriber.strike(stretch))
            case RestoreStretch(capture=number, stretch=stretch):
                recording = self.recordings[number]
                recording.keep_words(recording.transcriber.restore(stretch))
            case DropEntry(capture=number):
                self.recordings.pop(number).drop()
            case SetAside(capture=number):
                self.recordings.pop(number).set_aside(self._time(self._ear.tick))
            case CloseEntry(capture=number, voice_end_tick=end):
                self.recordings[number].close(self._time(end), end)
                self._note("entry_closed", entry=self.recordings[number].entry_id)
            case WriteEntry():
                return self._write(action)
            case Seal(capture=number):
                self._journal.clear_stretches(self.recordings.pop(number).entry_id, 0.0)
            case _:
                assert_never(action)
        return None

    def _change_or_find(self, action: EntryAction) -> Event | None:
        now = self._time(self._ear.tick)
        match action:
            case FindEntries():
                return self._find(action)
            case AcceptEntries() | LetVoicesGo():
                changing.let_go(self._journal, now, action)
                return None
            case _:
                return changing.answered(self._journal, self._ear.tick, now, action)

    def _play(self, action: PlayAction) -> LeftMeasured | None:  # noqa: C901, PLR0912 - a line each
        match action:
            case Say(steps=steps):
                self._playback.add(steps)
            case Interject(steps=steps):
                self._playback.interject(steps)
            case Aside(steps=steps):
                self._playback.say_aside(steps)
            case Hush():
                if not self._playback.is_idle:
                    self._note("stopped")
                self._playback.stop()
            case Hold(why=why):
                self._playback.hold()
                self._note("held", why=why)
            case GoOn():
                if self._playback.is_held:
                    self._note("resumed")
                self._playback.go_on()
            case DoubtRoom():
                self._ports.canceller.doubt_room()
            case SayAgain():
                self._playback.say_again()
            case Skip():
                self._playback.skip()
            case TakeWay(number=number):
                self._playback.take(number)
            case MeasureLeft():
                return LeftMeasured(self._ear.tick, self._playback.left_seconds)
            case SetPace(pace=pace):
                self._playback.pace = pace
            case SetQuiet(quiet=quiet):
                self._playback.quiet = quiet
            case _:
                assert_never(action)
        return None

    def _choose(self, action: ChoiceAction) -> ChoiceLost | CareKept | None:
        match action:
            case Prefer():
                return self._prefer(action)
            case KeepCare():
                return self._keep_care(action)
            case NoteHelped(note=note):
                self._journal.note_helped(note, self._time(self._ear.tick))
            case ForgetHelped():
                self._journal.forget_helped()
            case AskSecret(secret=secret):
                self._ports.secrets.ask(secret)
            case Leave():
                self.is_over = True
            case _:
                assert_never(action)
        return None

    def _open(self, action: OpenEntry) -> None:
        """Keep sound from now on: with the pre-roll, and with the whole of a voice that is already there."""
        first_tick = self._ear.pre_roll_tick
        started_at = self._time(first_tick)
        entry_id = self._journal.open_entry(started_at, self._language.code, self._ports.recognizer.name)
        entry = self._journal.entry(entry_id)
        recording = Recording(
            self._journal, self._ports.recognizer, entry, first_tick, first_words=labels(self._language)
        )
        self.recordings[action.capture] = recording
        recording.keep_sound(self._ear.sound(first_tick))
        recording.hear_from_onset(self._ear)
        self._ports.trace.note("entry_opened", seconds(first_tick), entry=recording.entry_id)

    def _write(self, action: WriteEntry) -> EntryWritten:
        recording = self.recordings.pop(action.capture)
        struck, added = recording.struck(), None
        before = None if action.adds_to is None else self._still_there(action.adds_to)
        if action.adds_to is None:
            entry = self._journal.write_entry(recording.entry_id, action.tag, action.source, action.reason)
        elif before is None:  # the kind that it would have had was that of the other's words
            entry = self._journal.write_entry(recording.entry_id, None, None, None)
        else:
            part = self._journal.write_entry(recording.entry_id, None, None, None)
            self._journal.join_entry(before.id, part.id)
            entry = self._journal.tag_entry(before.id, action.tag, action.source, action.reason)
            struck = tuple(one.moved(before.seconds) for one in struck)
            added = Added(before, part, entry)
        self._note("entry_written", words=entry.text, entry=entry.id, tag=entry.tag or "")
        newest = self._journal.entries(limit=EARLIER_ENTRIES)
        earlier = tuple(other for other in newest if other.started_at < entry.started_at)
        return EntryWritten(
            self._ear.tick,
            action.capture,
            entry,
            action.is_doubtful,
            action.is_recovered,
            earlier,
            struck=struck,
            added=added,
            stretches=tuple(self._journal.stretches(entry.id)),
        )

    def _still_there(self, entry_id: str) -> Entry | None:
        """None when another program deleted it; what was to be added to it is then an entry of its own."""
        try:
            return self._journal.entry(entry_id)
        except NotFound:
            return None

    def _prefer(self, action: Prefer) -> ChoiceLost | None:
        """A choice that can't be kept costs nothing but itself."""
        try:
            self._ports.preferences.prefer(action.name, action.value)
        except SettingsError as error:
            return ChoiceLost(self._ear.tick, error)
        return None

    def _keep_care(self, action: KeepCare) -> CareKept:
        try:
            self._ports.care.keep(action.care)
        except SettingsError as error:
            return CareKept(self._ear.tick, action.care, error)
        return CareKept(self._ear.tick, action.care)

    def _find(self, action: FindEntries) -> EntriesFound:
        today = self._time(self._ear.tick).date()
        wanted = self._language.searches
        query = searches.query(wanted, action.asked, lambda words: self._ports.dates.days(words, today), today)
        found = self._journal.find(query, AT_ONCE, action.skip)
        return EntriesFound(self._ear.tick, action.asked, found)

    def _time(self, tick: int) -> datetime:
        """The time of day at a tick that is not long ago."""
        now = seconds(self._ear.tick)
        return self._ports.now(now) - timedelta(seconds=now - seconds(tick))

    def _note(self, event: str, words: str | None = None, **fields: str) -> None:
        self._ports.trace.note(event, seconds(self._ear.tick), words, **fields)
