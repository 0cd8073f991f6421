"""Performing: what the dialogue decided becomes sound, kept words and a view.

In: actions. Out: what follows from them, as events. Touches nothing but the ports it is given.
Each action is performed once, in order, and is on disk when the next begins.
"""

from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from typing import assert_never

from voicejournal import repairing
from voicejournal.dialogue.actions import (
    AcceptEntries,
    Action,
    Aside,
    AskSecret,
    CloseEntry,
    ConfirmWord,
    DeleteEntry,
    DoubtRoom,
    DropEntry,
    FindEntries,
    ForgetHelped,
    GoOn,
    Hold,
    Hush,
    Interject,
    JoinEntry,
    KeepCare,
    KeepStretch,
    Leave,
    LeaveOut,
    LetVoicesGo,
    LookUp,
    MarkForTherapist,
    MeasureLeft,
    MeasureSound,
    NoteHelped,
    OpenEntry,
    PartEntry,
    Prefer,
    RepairWord,
    RestoreStretch,
    RestoreWord,
    RewordEntry,
    Say,
    SayAgain,
    Seal,
    SetAside,
    SetPace,
    SetQuiet,
    Skip,
    StrikeLast,
    StrikeStretch,
    TagEntry,
    TakeWay,
    WriteEntry,
)
from voicejournal.dialogue.commands import labels
from voicejournal.dialogue.events import (
    CareKept,
    ChoiceLost,
    EntriesFound,
    EntryChanged,
    EntryGone,
    EntryParted,
    EntryWritten,
    Event,
    LastStruck,
    LeftMeasured,
    SoundMeasured,
)
from voicejournal.dialogue.language import Language
from voicejournal.errors import NotFound, SettingsError
from voicejournal.hearing.ear import Ear
from voicejournal.hearing.frames import seconds
from voicejournal.journal import searches
from voicejournal.journal.corrections import CORRECTIONS
from voicejournal.journal.deeds import Added, Reworded
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
        """Do it; what another program deleted meanwhile can't be changed. Raises: StoreError, VoiceError."""
        try:
            return self._performed(action)
        except NotFound:
            if isinstance(action, DeleteEntry | LetVoicesGo):
                return None
            gone = _about(action)
            if gone is None:
                raise
            return EntryGone(self._ear.tick, gone)

    def _performed(self, action: Action) -> Event | None:  # noqa: C901, PLR0911, PLR0912, PLR0915 - a line each
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
            case TagEntry() | RewordEntry() | JoinEntry():
                entry = self._change(action)
                return EntryChanged(self._ear.tick, entry, self._corrected(entry))
            case StrikeLast(entry_id=entry_id):
                return self._strike_last(entry_id)
            case PartEntry(added=added):
                part = self._journal.part_entry(added.before, added.part)
                return EntryParted(self._ear.tick, replace(added, part=part), self._corrected(part))
            case LookUp() | ConfirmWord() | RepairWord() | RestoreWord():
                return repairing.answered(self._journal, self._ear.tick, action)
            case MarkForTherapist(entry_id=entry_id):
                self._journal.mark_for_therapist(entry_id)
            case DeleteEntry(entry_id=entry_id):
                self._journal.delete_entry(entry_id)
            case AcceptEntries(entry_ids=entry_ids):
                for entry_id in entry_ids:
                    with suppress(NotFound):  # the others are there
                        self._journal.accept_entry(entry_id)
            case LetVoicesGo(but=but):
                self._journal.accept_all(self._time(self._ear.tick), but=but)
            case Prefer():
                return self._prefer(action)
            case KeepCare():
                return self._keep_care(action)
            case NoteHelped(note=note):
                self._journal.note_helped(note, self._time(self._ear.tick))
            case ForgetHelped():
                self._journal.forget_helped()
            case FindEntries():
                return self._find(action)
            case Seal(capture=number):
                self._journal.clear_stretches(self.recordings.pop(number).entry_id, 0.0)
            case AskSecret(secret=secret):
                self._ports.secrets.ask(secret)
            case MeasureSound(entry=entry):
                return SoundMeasured(self._ear.tick, entry, self._journal.sound_seconds(entry.id))
            case MeasureLeft():
                return LeftMeasured(self._ear.tick, self._playback.left_seconds)
            case Leave():
                self.is_over = True
            case _:
                self._play(action)
        return None

    def _play(  # noqa: C901, PLR0912 - one line an action
        self,
        action: Say
        | Interject
        | Aside
        | Hush
        | Hold
        | GoOn
        | DoubtRoom
        | SayAgain
        | Skip
        | TakeWay
        | SetPace
        | SetQuiet,
    ) -> None:
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
            case SetPace(pace=pace):
                self._playback.pace = pace
            case SetQuiet(quiet=quiet):
                self._playback.quiet = quiet
            case _:
                assert_never(action)

    def _change(self, action: TagEntry | RewordEntry | JoinEntry) -> Entry:
        match action:
            case TagEntry(entry_id=entry_id, tag=tag, source=source, reason=reason):
                return self._journal.tag_entry(entry_id, tag, source, reason)
            case RewordEntry(entry_id=entry_id, stretch=stretch):
                return self._journal.reword_entry(entry_id, stretch, self._time(self._ear.tick))
            case JoinEntry(added=added):
                self._journal.join_entry(added.before.id, added.part.id)
                return self._retagged(added.after)

    def _retagged(self, entry: Entry) -> Entry:
        return self._journal.tag_entry(entry.id, entry.tag, entry.tag_source, entry.tag_reason)

    def _corrected(self, entry: Entry) -> tuple[Entry, ...]:
        """What the person called others, where this one has words and may be given a kind by them."""
        is_untold = entry.tag_source is None and entry.text
        return tuple(self._journal.corrected(CORRECTIONS)) if is_untold else ()

    def _strike_last(self, entry_id: str) -> LastStruck:
        """Of those that are still in the text; what has no words, and no doubt, is nothing to take out."""
        entry = self._journal.entry(entry_id)
        there = [one for one in self._journal.stretches(entry_id) if one.is_in_text]
        if not there:
            return LastStruck(self._ear.tick, None, entry)
        struck = replace(there[-1], is_struck=True)
        after = self._journal.reword_entry(entry_id, struck, self._time(self._ear.tick))
        return LastStruck(self._ear.tick, Reworded(entry, there[-1], struck), after)

    def _open(self, action: OpenEntry) -> None:
        """Keep sound from now on: with the pre-roll, and with the whole of a voice that is already there."""
        onset = self._ear.voice_onset
        first_tick = self._ear.pre_roll_tick
        started_at = self._time(first_tick)
        entry_id = self._journal.open_entry(started_at, self._language.code, self._ports.recognizer.name)
        entry = self._journal.entry(entry_id)
        recording = Recording(
            self._journal, self._ports.recognizer, entry, first_tick, first_words=labels(self._language)
        )
        self.recordings[action.capture] = recording
        recording.keep_sound(self._ear.sound(first_tick))
        if onset is not None:
            recording.transcriber.voice_started(onset, self._ear.sound(onset))
        self._ports.trace.note("entry_opened", seconds(first_tick), entry=recording.entry_id)

    def _write(self, action: WriteEntry) -> EntryWritten:
        recording = self.recordings.pop(action.capture)
        struck, added = recording.struck(), None
        before = None if action.adds_to is None else self._still_there(action.adds_to)
        if before is None:
            entry = self._journal.write_entry(recording.entry_id, action.tag, action.source, action.reason)
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


def _about(action: Action) -> str | None:
    """The entry of before that this is about."""
    match action:
        case TagEntry() | RewordEntry() | StrikeLast() | MarkForTherapist():
            return action.entry_id
        case JoinEntry() | PartEntry():
            return action.added.before.id
        case MeasureSound():
            return action.entry.id
        case _:
            return None
