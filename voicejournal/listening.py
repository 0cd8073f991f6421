"""The loop's ear: of every frame, what is the person's is kept, and what happened in it is told.

In: a frame a tick, what was played in it, the state. Out: events. Touches nothing but the ports it is given.
Our own voice is taken out of a frame before anything else hears it.
"""

from collections.abc import Mapping, Sequence

from voicejournal.dialogue import awaiting
from voicejournal.dialogue.events import StretchJudged, VoiceBegan, VoicePaused
from voicejournal.dialogue.state import State
from voicejournal.hearing.double_talk import of_theirs
from voicejournal.hearing.ear import Ear
from voicejournal.hearing.frames import SILENCE_LEVEL, Frame, seconds, ticks
from voicejournal.hearing.stretches import StretchEnded, VoiceStarted
from voicejournal.recording import Recording
from voicejournal.speaking.cues import NOTE_SECONDS
from voicejournal.speaking.playback import Played
from voicejournal.speaking.steps import Cue
from voicejournal.world import Ports

ECHO_TICKS = ticks(0.5)
"""After our voice falls silent the room may hold it for so long (R8; both rooms of the evaluation are shorter)."""

CUE_TICKS = ticks(2 * NOTE_SECONDS)


class Listening:
    """Feed it what was played, then what was heard, once a tick."""

    def __init__(self, ports: Ports, ear: Ear, recordings: Mapping[int, Recording]) -> None:
        """`recordings`: those of this run, by the number of their capture."""
        self._speaker = ports.speaker
        self._canceller = ports.canceller
        self._activity = ports.voice_activity()
        self._trace = ports.trace
        self._ear = ear
        self._recordings = recordings
        self._words_tick = self._cue_tick = -ECHO_TICKS - 1
        """When our own voice, and a cue, was last being played."""
        self.level = SILENCE_LEVEL
        """dBFS of the last frame heard."""

    def played(self, played: Played) -> None:
        """What may come back from the room."""
        if played.has_words:
            self._words_tick = self._ear.tick
        if any(isinstance(step, Cue) for step in played.began):
            self._cue_tick = self._ear.tick

    def hear(self, frame: Frame, state: State) -> Sequence[VoiceBegan | VoicePaused | StretchJudged]:
        """One frame more. Raises: StoreError."""
        cleaned = self._canceller.accept(self._speaker.sounding(), frame)
        frame = cleaned.frame
        activity = self._activity.accept(frame)
        self.level = activity.level
        probability = of_theirs(activity.probability, cleaned.excess, self._ear.is_in_voice)
        is_clear = self._ear.tick - self._words_tick > ECHO_TICKS
        is_quiet = is_clear and self._ear.tick - self._cue_tick > CUE_TICKS + ECHO_TICKS
        happened = self._ear.hear(frame, probability, is_clear, is_quiet)
        recording = None if state.capture is None else self._recordings[state.capture.number]
        if recording is not None:
            recording.keep_sound(frame)
            recording.transcriber.hear(frame)
        match happened:
            case VoiceStarted():
                return [self._voice_started(recording, cleaned.excess)]
            case StretchEnded():
                return self._stretch_ended(happened, state)
            case None:
                return []

    def end_now(self, state: State) -> Sequence[VoicePaused | StretchJudged]:
        """A key does not wait for the silence after the voice."""
        ended = self._ear.end_now()
        return [] if ended is None else self._stretch_ended(ended, state)

    def _voice_started(self, recording: Recording | None, excess: float | None) -> VoiceBegan:
        if excess is None:
            self._note("speech_started")
        else:
            self._note("speech_started", excess=round(excess, 1))
        if recording is not None:
            recording.hear_from_onset(self._ear)
        return VoiceBegan(self._ear.tick)

    def _stretch_ended(self, ended: StretchEnded, state: State) -> Sequence[VoicePaused | StretchJudged]:
        self._note("speech_ended")
        piece = self._ear.piece(ended.stretch)
        if state.capture is None:
            return []
        tick, number = self._ear.tick, state.capture.number
        judged = self._recordings[number].transcriber.stretch_ended(piece, awaiting.awaited(state))
        paused = VoicePaused(tick, ended.stretch, goes_on=bool(piece.following))
        if judged is None:
            return [paused]
        return [paused, StretchJudged(tick, number, judged.stretch, judged.transcript)]

    def _note(self, event: str, **fields: float) -> None:
        self._trace.note(event, seconds(self._ear.tick), None, **fields)
