"""The loop: listen → respond → perform, once for every 20 ms that the microphone gives.

In: the ports, and the state to begin with. Out: what was said and kept, through the ports.
Touches nothing itself. The microphone is the only clock: a frame is played, a frame is heard, and what follows
from it is done before the next one.
"""

from collections.abc import Sequence
from dataclasses import replace

from voicejournal.changing import corrected
from voicejournal.dialogue import awaiting
from voicejournal.dialogue.actions import Aside, Interject, Say
from voicejournal.dialogue.events import (
    EntryGone,
    EntryHeard,
    Event,
    FellSilent,
    Interrupted,
    Pressed,
    QuietPassed,
    ScriptsRead,
    SecretTyped,
    Slept,
    SoundBegan,
    SoundEnded,
    StretchJudged,
    TimePassed,
    WaysOffered,
)
from voicejournal.dialogue.guard import Watch
from voicejournal.dialogue.language import Language
from voicejournal.dialogue.respond import respond
from voicejournal.dialogue.state import State
from voicejournal.errors import JournalError, MicrophoneError, SpeakerError, VoiceError
from voicejournal.hearing.ear import Ear
from voicejournal.hearing.frames import SILENT_HEARD_FRAME, Frame, seconds, ticks
from voicejournal.hearing.transcribing import Heard, Judged, Partial
from voicejournal.journal.doubts import marked
from voicejournal.listening import Listening
from voicejournal.performing import Performance
from voicejournal.recording import Recording
from voicejournal.recovery import Recovery
from voicejournal.showing import Showing
from voicejournal.speaking.playback import Playback, spoken_frames
from voicejournal.speaking.steps import Cue, Recorded, Words
from voicejournal.world import Ports

ASLEEP_TICKS = ticks(1)
"""How often it is asked whether the computer was asleep."""

VIEW_TICKS = ticks(0.1)
"""Ten looks a second are enough for a calm view."""


class Loop:
    """One run, from the first frame to the last."""

    def __init__(self, ports: Ports, state: State, is_fast: bool = False) -> None:
        """`is_fast`: wait for the recogniser in every tick, so that a file gives the same result each time."""
        self._ports = ports
        self._is_fast = is_fast
        self._ear = Ear()
        is_ready = None if is_fast else ports.voice.is_ready
        self._playback = Playback(ports.voice.render, state.pace, state.quiet, is_ready, self._recall)
        self._performance = Performance(ports, self._playback, self._ear, state.language)
        self._listening = Listening(ports, self._ear, self._performance.recordings)
        self._showing = Showing(ports.view)
        self._recoveries = self._unfinished(state.language)
        self._state = replace(state, closing=dict.fromkeys(self._recoveries))
        self._has_ended = False
        self._has_read = False

    def run(self) -> None:
        """Until the person leaves, or a file is over and everything is kept.

        Raises: JournalError, after speaking of it; KeyboardInterrupt, after keeping everything.
        """
        try:
            while not self._performance.is_over:
                self._tick()
                if self._ports.is_interrupted():
                    self._finish()
                    raise KeyboardInterrupt
        except JournalError as error:
            if isinstance(error, MicrophoneError | SpeakerError | VoiceError):
                self._finish()
            self._speak(error)
            raise

    @property
    def then(self) -> Watch | None:
        """How it is to go on after this run; None when the program is to end."""
        return self._state.guard.then

    @property
    def seconds(self) -> float:
        """Heard so far."""
        return seconds(self._ear.tick)

    def _tick(self) -> None:
        """Play a frame, hear a frame, and do what follows."""
        self._play()
        frame = self._ports.microphone.listen()
        if frame is None and not self._has_ended:
            self._has_ended = True
            self._happen(SoundEnded(self._ear.tick))
        self._hear(SILENT_HEARD_FRAME if frame is None else frame)
        self._recover()
        self._take_answers()
        self._wake()

    def _play(self) -> None:
        self._ports.voice.prepare(self._playback.coming())
        self._showing.leave(self._playback.broken_off)
        played = self._playback.next_frame(may_begin=not self._ear.is_in_voice)
        self._ports.speaker.play(played.frame)
        self._listening.played(played)
        for step in played.began:
            if isinstance(step, Cue):
                self._note("cue", name=step.name)
                continue
            self._showing.begin(self._state, step.text, played.is_first)
            if isinstance(step, Words):
                self._note("said", words=step.text)
        if self._playback.offered != self._state.ways:
            self._happen(WaysOffered(self._ear.tick, self._playback.offered))

    def _recall(self, recorded: Recorded) -> bytes:
        """The person's own voice; it is asked for in a rest, and a stretch of 26 s takes some 60 ms."""
        heard = self._ports.journal.sound_between(recorded.entry_id, recorded.start_seconds, recorded.end_seconds)
        return self._ports.recalled(heard)

    def _hear(self, frame: Frame) -> None:
        if self._ear.tick == 0:
            self._happen(SoundBegan(0))
        for event in self._listening.hear(frame, self._state):
            self._happen(event)
        if self._ear.tick % VIEW_TICKS == 0:
            self._look(self._listening.level)

    def _take_answers(self) -> None:
        """What the recogniser has ready, and the entries that are whole with it."""
        recognizer = self._ports.recognizer
        for answer in recognizer.poll(wait=self._is_fast):
            for number, recording in list(self._performance.recordings.items()):
                taken = recording.transcriber.take(answer)
                match taken:
                    case Judged():
                        self._judge(number, taken)
                    case Partial():
                        self._show(number, taken.text)
                    case [*heard]:
                        self._keep_words(number, heard)
        for number, recording in list(self._performance.recordings.items()):
            if recording.transcriber.is_done:
                self._entry_heard(number, recording)

    def _judge(self, number: int, judged: Judged) -> None:
        if judged.transcript is not None:
            self._show(number, judged.transcript.text)
            self._note("heard", words=judged.transcript.text)
        if number in self._recoveries:
            self._recoveries[number].judge(judged)
        else:
            self._happen(StretchJudged(self._ear.tick, number, judged.stretch, judged.transcript))

    def _keep_words(self, number: int, heard: Sequence[Heard]) -> None:
        self._performance.recordings[number].keep_words(heard)
        kept = [one.kept for one in heard]
        self._show(number, marked(kept, self._ports.recognizer.name))
        self._note("heard", words=" ".join(stretch.text for stretch in kept))

    def _show(self, number: int, words: str) -> None:
        """What is heard now; what an earlier run heard may be of another day, and nobody has asked for it."""
        if number not in self._recoveries:
            self._showing.words = words

    def _entry_heard(self, number: int, recording: Recording) -> None:
        is_recovered = self._recoveries.pop(number, None) is not None
        entry = self._ports.journal.entry(recording.entry_id)
        texts, is_doubtful, struck = recording.texts(), recording.is_doubtful, recording.struck()
        others = corrected(self._ports.journal)
        event = EntryHeard(self._ear.tick, number, texts, is_doubtful, entry, is_recovered, struck, others)
        self._happen(event)

    def _unfinished(self, language: Language) -> dict[int, Recovery]:
        """What earlier runs heard and never wrote, numbered below every capture of this run."""
        ports = self._ports
        recoveries = {}
        for number, entry in enumerate(reversed(ports.journal.unfinished()), start=1):
            recovery = Recovery(ports.journal, ports.recognizer, ports.voice_activity, language, entry)
            recoveries[-number] = recovery
            self._performance.recordings[-number] = recovery.recording
        return recoveries

    def _recover(self) -> None:
        """One portion of the oldest entry that an earlier run left."""
        for number, recovery in sorted(self._recoveries.items()):
            if not recovery.is_heard:
                for judged in recovery.go_on():
                    self._judge(number, judged)
                return

    def _wake(self) -> None:
        """What the silence, the clock or a key brings."""
        for key in self._ports.keys.pressed():
            self._press(key)
        outcome = self._ports.secrets.poll()
        if outcome is not None:
            self._happen(SecretTyped(self._ear.tick, outcome))
        if self._ear.tick % ASLEEP_TICKS == 0 and self._ports.has_slept():
            self._happen(Slept(self._ear.tick))
        if self._state.is_playing and self._playback.is_idle:
            self._happen(FellSilent(self._ear.tick))
        alarm = self._state.alarm_tick
        if alarm is not None and self._ear.tick >= alarm:
            self._happen(TimePassed(self._ear.tick))
        quiet = self._state.guard.quiet_tick
        if quiet is not None and self._ear.tick >= quiet:
            self._happen(QuietPassed(self._ear.tick))

    def _press(self, key: str) -> None:
        command = awaiting.of_key(self._state, key)
        if command is not None:
            self._end_stretch()
            self._happen(Pressed(self._ear.tick, command))

    def _end_stretch(self) -> None:
        for event in self._listening.end_now(self._state):
            self._happen(event)

    def _happen(self, event: Event) -> None:
        """Respond to an event, perform what follows, and respond to what comes of that."""
        if isinstance(event, FellSilent | Pressed | StretchJudged) and not self._has_read:
            self._read_scripts()
        self._state, actions = respond(self._state, event)
        is_gone = False
        for action in actions:
            if is_gone and isinstance(action, Say | Interject | Aside):
                continue  # it was not done, and that was said
            follows = self._performance.perform(action)
            is_gone = is_gone or isinstance(follows, EntryGone)
            if follows is not None:
                self._happen(follows)

    def _read_scripts(self) -> None:
        """Not before the cue is queued, which is waited for; nor within a sentence, which would be torn."""
        self._has_read = True
        self._happen(ScriptsRead(self._ear.tick, self._ports.scripts()))

    def _finish(self) -> None:
        """Keep and write what was heard, without hearing or saying any more."""
        self._end_stretch()
        self._happen(Interrupted(self._ear.tick))
        self._is_fast = True
        while not self._performance.is_over:
            self._take_answers()
        self._look(level=0.0)

    def _speak(self, error: JournalError) -> None:
        """Say what happened, if there is still a voice and a speaker to say it with."""
        if isinstance(error, SpeakerError | VoiceError):
            return
        text = self._state.language.aloud(error)
        for frame in spoken_frames(text, self._ports.voice.render, self._state.quiet):
            self._ports.speaker.play(frame)

    def _look(self, level: float) -> None:
        self._showing.look(self._state, self._ear.is_in_voice, level, self._playback.broken_off)

    def _note(self, event: str, words: str | None = None, **fields: float | str) -> None:
        self._ports.trace.note(event, seconds(self._ear.tick), words, **fields)
