"""What holds for every sound, every order of answers and every order of commands."""

from array import array
from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import groupby, pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from voicejournal.edges.store import Store
from voicejournal.hearing.awaiting import ANYTHING, Awaited
from voicejournal.hearing.ear import Ear
from voicejournal.hearing.frames import HEARD_FRAME_BYTES, PLAYED_FRAME_BYTES, PLAYED_HERTZ, ticks
from voicejournal.hearing.joining import Piece
from voicejournal.hearing.recognizing import Recognized
from voicejournal.hearing.stretches import (
    CONFIRM_TICKS,
    EARLIEST_ONSET_TICKS,
    LONGEST_TICKS,
    OFF_PROBABILITY,
    ON_PROBABILITY,
    SILENCE_TICKS,
    Stretch,
    StretchEnded,
    StretchFinder,
    VoiceStarted,
)
from voicejournal.hearing.transcribing import Judged, Transcriber
from voicejournal.hearing.transcripts import KeptStretch, Transcript, Word
from voicejournal.languages import language_of
from voicejournal.ports.sound import Voicing
from voicejournal.recording import Recording
from voicejournal.recovery import Recovery
from voicejournal.replaying import ScriptedRecognizer
from voicejournal.speaking.playback import Playback
from voicejournal.speaking.steps import (
    Beat,
    Choice,
    Cue,
    OptionalBegins,
    OptionalEnds,
    Pace,
    Rest,
    Step,
    Way,
    Words,
)

START = datetime(2026, 3, 1, 5, 0, tzinfo=UTC)
ENGLISH = language_of("en")

# Sound, as a row of probabilities of speech: runs of one level, and single ticks of any

levels = st.sampled_from([0.0, 0.1, 0.16, 0.19, 0.21, 0.34, 0.49, 0.51, 0.9])
runs = st.lists(st.tuples(levels, st.integers(1, 60)), max_size=30)
stumbles = st.lists(st.tuples(levels, st.integers(1, 3)), max_size=100)
monologues = st.tuples(runs, st.integers(LONGEST_TICKS, 3 * LONGEST_TICKS), runs).map(
    lambda parts: [*parts[0], (0.9, parts[1]), *parts[2]]
)
sounds = st.one_of(runs, stumbles, monologues).map(
    lambda parts: [level for level, count in parts for _ in range(count)]
)


def frame(tick: int) -> bytes:
    return tick.to_bytes(4, "little").ljust(HEARD_FRAME_BYTES, b"\0")


def ticks_of(pcm: bytes) -> list[int]:
    return [int.from_bytes(pcm[at : at + 4], "little") for at in range(0, len(pcm), HEARD_FRAME_BYTES)]


def pieces_of(probabilities: Sequence[float]) -> list[Piece]:
    ear, found = Ear(), []
    for tick, probability in enumerate(probabilities):
        event = ear.hear(frame(tick), probability)
        if isinstance(event, StretchEnded):
            found.append(ear.piece(event.stretch))
    ended = ear.end_now()
    if ended is not None:
        found.append(ear.piece(ended.stretch))
    return found


@given(sounds)
def test_every_voice_lies_in_one_stretch_and_no_tick_in_two(probabilities: list[float]) -> None:
    stretches = [piece.stretch for piece in pieces_of(probabilities)]

    assert all(0 <= one.start_tick < one.end_tick <= len(probabilities) for one in stretches)
    assert all(one.end_tick <= other.start_tick for one, other in pairwise(stretches))
    within = {tick for one in stretches for tick in range(one.start_tick, one.end_tick)}
    for is_voice, group in groupby(enumerate(probabilities), key=lambda item: item[1] >= ON_PROBABILITY):
        run = [tick for tick, _ in group]
        if is_voice and len(run) >= CONFIRM_TICKS:
            assert within.issuperset(run), "a voice, and not only a blip"


@given(sounds)
def test_a_stretch_counts_its_own_voice(probabilities: list[float]) -> None:
    for stretch in (piece.stretch for piece in pieces_of(probabilities)):
        voiced = sum(p >= OFF_PROBABILITY for p in probabilities[stretch.start_tick : stretch.end_tick])
        assert stretch.voiced_ticks == stretch.clear_ticks == voiced > 0
        assert stretch.end_tick - stretch.start_tick < LONGEST_TICKS + SILENCE_TICKS


@given(sounds)
def test_a_stretch_begins_soon_enough_to_be_within_the_pre_roll(probabilities: list[float]) -> None:
    finder = StretchFinder()
    for tick, probability in enumerate(probabilities):
        event = finder.feed(probability)
        if isinstance(event, VoiceStarted):
            assert tick - EARLIEST_ONSET_TICKS <= event.start_tick <= tick + 1 - CONFIRM_TICKS


@given(sounds)
def test_no_sound_is_in_two_pieces_and_all_voice_is_in_one(probabilities: list[float]) -> None:
    pieces = pieces_of(probabilities)

    given_out = [tick for piece in pieces for tick in ticks_of(piece.pcm)]
    assert given_out == sorted(set(given_out))
    for piece in pieces:
        heard = ticks_of(piece.pcm)
        assert heard[0] == piece.first_tick and heard == list(range(heard[0], heard[-1] + 1))
        assert heard[0] <= piece.stretch.start_tick and heard[-1] >= piece.stretch.end_tick - 1
        assert piece.seconds <= 28


# Cutting sound into other blocks


class OddActivity:
    """Voice is wherever the first byte of a frame is odd."""

    def accept(self, frame: bytes) -> Voicing:
        return Voicing(float(frame[0] % 2), -30.0)


def events_of(blocks: Sequence[bytes]) -> tuple[bytes, list[KeptStretch]]:
    """The sound that is kept when it comes in these blocks, and the stretches that are heard in it."""
    journal, recognizer = Store(":memory:"), ScriptedRecognizer([])
    entry = journal.entry(journal.open_entry(START, "en", "scripted"))
    recording = Recording(journal, recognizer, entry, 0)
    for block in blocks:
        recording.keep_sound(block)
    recording.keep_rest()
    (entry,) = journal.unfinished()
    recovery = Recovery(journal, recognizer, OddActivity, ENGLISH, entry)
    while not recovery.recording.transcriber.is_done:
        hear_on(recovery, recognizer)
    kept = b"".join(journal.sound(entry.id)), list(journal.stretches(entry.id))
    journal.close()
    return kept


def hear_on(recovery: Recovery, recognizer: ScriptedRecognizer) -> None:
    for judged in recovery.go_on():
        recovery.judge(judged)
    for answer in recognizer.poll():
        match recovery.recording.transcriber.take(answer):
            case Judged() as judged:
                # There are no words in this sound; doubt keeps a stretch all the same.
                recovery.judge(Judged(judged.stretch, Transcript("", is_doubtful=True)))
            case [*heard]:
                recovery.recording.keep_words(heard)


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 1), st.integers(1, 100)), min_size=1, max_size=8),
    st.lists(st.integers(1, 5000), min_size=1, max_size=20),
)
def test_cutting_sound_into_other_blocks_changes_nothing(parts: list[tuple[int, int]], samples: list[int]) -> None:
    sound = b"".join(bytes([voice]) * HEARD_FRAME_BYTES * count for voice, count in parts)
    blocks: list[bytes] = []
    at = 0
    while at < len(sound):
        size = 2 * samples[len(blocks) % len(samples)]
        blocks.append(sound[at : at + size])
        at += size
    by_frame = [sound[at : at + HEARD_FRAME_BYTES] for at in range(0, len(sound), HEARD_FRAME_BYTES)]

    kept, stretches = events_of(blocks)

    assert kept == sound
    assert (kept, stretches) == events_of(by_frame)


# Any order of answers and verdicts


class Shuffled:
    """A `Recognizer` that makes a word of each frame it hears, and answers in any order."""

    name = "shuffled"

    def __init__(self, streams: bool) -> None:
        self.streams = streams
        self.heard: dict[int, bytes] = {}
        self.ready: list[int] = []

    def begin(self) -> int:
        self.heard[len(self.heard)] = b""
        return len(self.heard) - 1

    def accept(self, ticket: int, pcm: bytes) -> None:
        self.heard[ticket] += pcm

    def finish(self, ticket: int, awaited: Awaited = ANYTHING) -> None:
        self.ready.append(ticket)

    def abandon(self, ticket: int) -> None:
        self.ready = [other for other in self.ready if other != ticket]

    def poll(self, wait: bool = False) -> Sequence[Recognized]:
        return ()

    def answer(self, which: int) -> Recognized:
        ticket = self.ready.pop(which)
        words = tuple(Word(f"w{tick}", i / 50, i / 50, 1.0) for i, tick in enumerate(ticks_of(self.heard[ticket])))
        return Recognized(ticket, Transcript(" ".join(word.text for word in words), words))

    def pending(self) -> int:
        return len(self.ready)

    def close(self) -> None: ...


class Dictation:
    """An entry being spoken, with the loop's and the dialogue's parts in it; what they do when is drawn."""

    def __init__(self, recognizer: Shuffled, data: st.DataObject) -> None:
        self.kept: list[Stretch] = []
        self.out: list[KeptStretch] = []
        self.transcriber = Transcriber(recognizer, 0)
        self._recognizer = recognizer
        self._data = data
        self._ear = Ear()
        self._waiting: list[Judged] = []

    def hear(self, is_voice: bool) -> None:
        heard, was_voice = frame(self._ear.tick), self._ear.is_in_voice
        event = self._ear.hear(heard, 0.9 if is_voice else 0.0)
        if was_voice:
            self.transcriber.hear(heard)
        match event:
            case VoiceStarted():
                onset = self._ear.voice_onset
                assert onset is not None
                self.transcriber.voice_started(onset, self._ear.sound(onset))
            case StretchEnded(stretch):
                piece = self._ear.piece(stretch)
                assert bool(piece.following) == self._ear.is_in_voice
                judged = self.transcriber.stretch_ended(piece, Awaited(effort="brief"))
                self._waiting += [] if judged is None else [judged]
                self._take_turns(at_most=2)

    def close(self) -> None:
        self.transcriber.close()
        while self._waiting or self._recognizer.ready:
            assert not self.transcriber.is_done
            self._take_turns(at_most=1)

    def _take_turns(self, at_most: int) -> None:
        """Answers and verdicts, in any order."""
        for _ in range(at_most):
            turns = [*range(len(self._recognizer.ready)), *self._waiting]
            if not turns:
                return
            match self._data.draw(st.sampled_from(turns)):
                case Judged() as judged:
                    self._decide(judged)
                case int(which):
                    self._take(self._recognizer.answer(which))

    def _take(self, answer: Recognized) -> None:
        match self.transcriber.take(answer):
            case Judged() as judged:
                self._waiting.append(judged)
            case [*heard]:
                self.out.extend(one.kept for one in heard)

    def _decide(self, judged: Judged) -> None:
        self._waiting.remove(judged)
        if self._data.draw(st.booleans(), label="is kept"):
            self.kept.append(judged.stretch)
            self.out.extend(one.kept for one in self.transcriber.keep(judged.stretch))
        else:
            self.transcriber.discard(judged.stretch)


@settings(max_examples=30, deadline=None)
@given(
    st.booleans(),
    st.lists(st.tuples(st.one_of(st.integers(6, 200), st.integers(1200, 1500)), st.integers(35, 90)), max_size=4),
    st.data(),
)
def test_every_kept_stretch_comes_out_once_whatever_the_order(
    streams: bool, parts: list[tuple[int, int]], data: st.DataObject
) -> None:
    dictation = Dictation(Shuffled(streams), data)
    for voiced, silent in parts:
        for i in range(voiced + silent):
            dictation.hear(i < voiced)
    dictation.close()

    assert dictation.transcriber.is_done
    out, kept = dictation.out, dictation.kept
    assert sorted(ticks(one.start_seconds) for one in out) == sorted(one.start_tick for one in kept)
    said = [word.text for one in out for word in one.words]
    assert len(said) == len(set(said)), "no sound is in two stretches"
    voice = {f"w{tick}" for one in kept for tick in range(one.start_tick, one.end_tick)}
    assert voice <= set(said), "no voice is lost"


# Speaking


def render(words: str, rate: float) -> bytes:
    """As many loud samples as the words say, at this rate."""
    return array("h", [1000] * round(int(words) / rate)).tobytes()


words_of_any_length = st.integers(0, 3000).map(lambda samples: Words(str(samples)))
rests = st.floats(0, 0.2).map(Rest)
plain = st.one_of(words_of_any_length, rests, st.floats(0, 0.2).map(Beat), st.just(Cue("rising")))
ways = st.lists(plain, min_size=1, max_size=3).map(lambda steps: Way(("way",), tuple(steps)))
choices = st.builds(
    Choice, st.lists(plain, min_size=1, max_size=3).map(tuple), st.lists(ways, min_size=2, max_size=3).map(tuple)
)
any_step = st.one_of(plain, choices, st.just(OptionalBegins()), st.just(OptionalEnds()))
steps = st.lists(any_step, max_size=5)
paces = st.builds(Pace, st.floats(0.8, 1.3), st.floats(0.5, 3))
moves = st.one_of(
    st.tuples(st.sampled_from(["add", "interject", "say_aside"]), steps),
    st.tuples(st.sampled_from(["hold", "go_on", "say_again", "skip", "stop"]), st.none()),
    st.tuples(st.just("take"), st.integers(0, 1)),
    st.tuples(st.just("pace"), paces),
    st.tuples(st.just("play"), st.tuples(st.integers(1, 8), st.booleans())),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(moves, max_size=40))
def test_playback_takes_any_order_of_commands_and_ends(order: list[tuple[str, object]]) -> None:
    playback = Playback(render)
    for name, value in order:
        if name == "play":
            assert isinstance(value, tuple)
            count, may_begin = value
            for _ in range(count):
                played = playback.next_frame(may_begin)
                assert len(played.frame) == PLAYED_FRAME_BYTES
        elif name == "pace":
            assert isinstance(value, Pace)
            playback.pace = value
        elif value is None:
            getattr(playback, name)()
        else:
            getattr(playback, name)(value)
    playback.go_on()
    frames = 0
    while not playback.is_idle:
        assert len(playback.next_frame().frame) == PLAYED_FRAME_BYTES
        frames += 1
        assert frames < 5000, "it never ends"
    playback.add([Words("960")])
    assert playback.next_frame().began == (Words("960"),), "what is said next is heard"


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(1, 5000), st.floats(0.001, 0.5)), min_size=1, max_size=12), paces)
def test_rests_are_exact_when_nothing_intervenes(script: list[tuple[int, float]], pace: Pace) -> None:
    playback = Playback(render, pace)
    playback.add([step for samples, rest in script for step in (Words(str(samples)), Rest(rest))])
    playback.add([Words("1")])
    sound = array("h")
    while not playback.is_idle:
        sound.frombytes(playback.next_frame().frame)

    lengths = [len(list(group)) for _, group in groupby(sound, key=bool)]
    expected: list[int] = []
    for samples, rest in script:
        expected += [round(samples / pace.rate), round(rest * pace.rest * PLAYED_HERTZ)]
    assert lengths[: len(expected)] == expected


@settings(max_examples=3, deadline=None)
@given(st.lists(st.tuples(st.integers(1, 200_000), st.floats(0.5, 30)), min_size=1, max_size=10), paces)
def test_ten_minutes_do_not_drift(script: list[tuple[int, float]], pace: Pace) -> None:
    """The last sample of the last sentence is where the sum of all steps says, however many there were."""
    steps: list[Step] = []
    expected = 0
    while expected < 600 * PLAYED_HERTZ:
        for samples, rest in script:
            steps += [Words(str(samples)), Rest(rest)]
            expected += round(samples / pace.rate) + round(rest * pace.rest * PLAYED_HERTZ)
    playback = Playback(render, pace)
    playback.add([*steps, Words("1")])
    frames = []
    while not playback.is_idle:
        frames.append(playback.next_frame())
    last = array("h", frames[-1].frame)
    at = (len(frames) - 1) * len(last) + next(i for i in range(len(last) - 1, -1, -1) if last[i])
    assert at == expected + round(1 / pace.rate) - 1
