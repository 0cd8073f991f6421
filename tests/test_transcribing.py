"""From stretches and verdicts to kept words: each kept stretch once, whatever the recogniser is like."""

from collections.abc import Sequence
from dataclasses import replace

from voicejournal.hearing.awaiting import ANYTHING, Awaited
from voicejournal.hearing.frames import HEARD_FRAME_BYTES, ticks
from voicejournal.hearing.joining import Piece
from voicejournal.hearing.recognizing import Recognized
from voicejournal.hearing.stretches import Stretch
from voicejournal.hearing.transcribing import Heard, Judged, Partial, Transcriber
from voicejournal.hearing.transcripts import NOTHING_HEARD, Transcript, Word


class Notes:
    """A `Recognizer` that writes down what it is given and answers nothing by itself."""

    name = "notes"

    def __init__(self, streams: bool = False) -> None:
        self.streams = streams
        self.sound: dict[int, bytes] = {}
        self.finished: dict[int, Sequence[str]] = {}
        self.obeyed: dict[int, frozenset[str]] = {}

    def begin(self) -> int:
        self.sound[len(self.sound) + 1] = b""
        return len(self.sound)

    def accept(self, ticket: int, pcm: bytes) -> None:
        self.sound[ticket] += pcm

    def finish(self, ticket: int, awaited: Awaited = ANYTHING) -> None:
        self.finished[ticket] = awaited.hints
        self.obeyed[ticket] = awaited.obeyed

    def abandon(self, ticket: int) -> None:
        del self.sound[ticket]

    def poll(self, wait: bool = False) -> Sequence[Recognized]:
        return ()

    def pending(self) -> int:
        return 0

    def close(self) -> None: ...


PHRASES = ("stop", "finish my entry")
AWAITED = Awaited(PHRASES, effort="brief")


def piece(start: float, end: float, is_cut: bool = False) -> Piece:
    stretch = Stretch(ticks(start), ticks(end), ticks(end - start), ticks(end - start), is_cut)
    return Piece(stretch, stretch.start_tick, bytes([round(start) % 256]) * HEARD_FRAME_BYTES * ticks(end - start))


def answer(ticket: int, text: str) -> Recognized:
    return Recognized(ticket, Transcript(text))


def words(at: float, *texts: str) -> tuple[Word, ...]:
    """Four words a second, from there on."""
    return tuple(Word(text, at + i / 4, at + (i + 1) / 4, 1.0) for i, text in enumerate(texts))


def texts(heard: object) -> list[tuple[str, bool]]:
    """Text of each kept stretch that came out, and whether it is struck."""
    assert isinstance(heard, list)
    return [(one.kept.text, one.kept.is_struck) for one in heard]


# A recogniser that decodes whole stretches


def test_a_short_stretch_is_decoded_with_the_phrases_to_be_judged() -> None:
    notes = Notes()
    transcriber = Transcriber(notes, 0)
    short = piece(1, 2)
    assert transcriber.stretch_ended(short, AWAITED) is None
    assert notes.sound == {1: short.pcm} and notes.finished == {1: PHRASES}
    assert transcriber.take(answer(1, "stop")) == Judged(short.stretch, Transcript("stop"))


def test_a_long_stretch_is_no_command_and_judged_at_once() -> None:
    notes = Notes()
    long = piece(1, 4.02)
    assert Transcriber(notes, 0).stretch_ended(long, AWAITED) == Judged(long.stretch, None)
    assert notes.sound == {}


def test_a_glance_at_a_longer_stretch_never_says_that_nobody_spoke() -> None:
    for seconds, streams, is_none in ((4, False, True), (2, False, False), (3, True, False)):
        transcriber = Transcriber(Notes(streams), 0)
        longer = piece(1, 1 + seconds)
        transcriber.voice_started(longer.first_tick, longer.pcm)
        assert transcriber.stretch_ended(longer, replace(AWAITED, longest_ticks=ticks(4.5))) is None
        assert transcriber.take(answer(1, "")) == Judged(longer.stretch, None if is_none else NOTHING_HEARD)


def test_only_what_is_short_enough_for_a_phrase_is_worth_a_second_hearing() -> None:
    notes, obeyed = Notes(), frozenset({"stop"})
    for longer in (piece(1, 4), piece(1, 4.02)):
        Transcriber(notes, 0).stretch_ended(longer, replace(AWAITED, longest_ticks=ticks(4.5), obeyed=obeyed))
    assert notes.obeyed == {1: obeyed, 2: frozenset()}


def test_a_cut_stretch_is_judged_at_once_however_short() -> None:
    cut = piece(1, 2, is_cut=True)
    assert Transcriber(Notes(), 0).stretch_ended(cut, AWAITED) == Judged(cut.stretch, None)


def test_stretches_are_collected_and_decoded_together_at_the_end() -> None:
    notes = Notes()
    transcriber = Transcriber(notes, 0)
    pieces = [piece(1, 4.2), piece(10, 12.6)]
    for one in pieces:
        transcriber.stretch_ended(one, AWAITED)
        assert transcriber.keep(one.stretch) == []
    assert notes.sound == {} and not transcriber.is_done
    transcriber.close()
    assert notes.sound == {1: pieces[0].pcm + pieces[1].pcm} and notes.finished == {1: ()}
    assert not transcriber.is_done
    said = words(0, "it", "was", "late") + words(3.5, "so", "we", "went")
    heard = transcriber.take(Recognized(1, Transcript("it was late so we went", said)))
    assert texts(heard) == [("it was late", False), ("so we went", False)]
    assert transcriber.is_done


def test_a_stretch_that_was_passed_over_is_heard_again_by_itself() -> None:
    notes = Notes()
    transcriber = Transcriber(notes, 0)
    pieces = [piece(1, 4.2), piece(10, 12.6), piece(20, 20.4)]
    for one in pieces:
        transcriber.stretch_ended(one, AWAITED)
        if one is pieces[2]:
            transcriber.take(answer(1, ""))
        transcriber.keep(one.stretch)
    transcriber.close()
    joined = Transcript("so we went", words(3.5, "so", "we", "went"))
    assert texts(transcriber.take(Recognized(2, joined))) == [("so we went", False), ("", False)], (
        "0.4 s is a breath"
    )
    assert notes.sound[3] == pieces[0].pcm and not transcriber.is_done
    assert texts(transcriber.take(answer(3, "it was late"))) == [("it was late", False)]
    assert transcriber.is_done


def test_what_is_heard_again_with_fewer_words_stays_as_it_was() -> None:
    notes = Notes()
    transcriber = Transcriber(notes, 0)
    for one in (piece(1, 6), piece(10, 12.6)):
        transcriber.stretch_ended(one, AWAITED)
        transcriber.keep(one.stretch)
    transcriber.close()
    joined = Transcript("it was so we went", words(0, "it", "was") + words(5.5, "so", "we", "went"))
    transcriber.take(Recognized(1, joined))
    assert texts(transcriber.take(answer(2, "it"))) == [("it was", False)]


def test_a_full_block_is_decoded_while_the_person_speaks_on() -> None:
    notes = Notes()
    transcriber = Transcriber(notes, 0)
    pieces = [piece(start, start + 10) for start in (0, 20, 40)]
    for one in pieces:
        transcriber.stretch_ended(one, AWAITED)
        transcriber.keep(one.stretch)
    assert notes.sound == {1: pieces[0].pcm + pieces[1].pcm}
    transcriber.close()
    assert notes.sound[2] == pieces[2].pcm


def test_what_is_judged_after_the_end_still_comes_out() -> None:
    notes = Notes()
    transcriber = Transcriber(notes, 0)
    long, short = piece(1, 6), piece(8, 9)
    transcriber.stretch_ended(long, AWAITED)
    transcriber.keep(long.stretch)
    transcriber.stretch_ended(short, AWAITED)
    transcriber.close()
    assert set(notes.finished) == {1}, "the rest waits for the verdict on the short one"
    transcriber.take(answer(1, "well"))
    assert not transcriber.is_done
    transcriber.keep(short.stretch)
    assert notes.sound[2] == long.pcm + short.pcm
    assert not transcriber.is_done
    said = words(0, "it", "was", "a", "long", "day") + words(5, "well")
    assert len(texts(transcriber.take(Recognized(2, Transcript("it was a long day well", said))))) == 2
    assert transcriber.is_done


def test_the_rest_is_decoded_in_one_once_all_of_it_is_judged() -> None:
    notes = Notes()
    transcriber = Transcriber(notes, 0)
    pieces = [piece(1, 2), piece(4, 5)]
    for one in pieces:
        transcriber.stretch_ended(one, AWAITED)
    transcriber.close()
    transcriber.take(answer(1, "one"))
    transcriber.take(answer(2, "two"))
    transcriber.keep(pieces[1].stretch)
    assert len(notes.sound) == 2
    transcriber.keep(pieces[0].stretch)
    assert len(notes.sound) == 3
    assert notes.sound[3] == pieces[0].pcm + pieces[1].pcm, "as it was said, whatever was judged first"


def test_a_command_at_the_end_lets_the_rest_be_decoded() -> None:
    notes = Notes()
    transcriber = Transcriber(notes, 0)
    long, command = piece(1, 6), piece(8, 9)
    transcriber.stretch_ended(long, AWAITED)
    transcriber.keep(long.stretch)
    transcriber.stretch_ended(command, AWAITED)
    transcriber.close()
    transcriber.take(answer(1, "finish my entry"))
    transcriber.discard(command.stretch)
    assert notes.sound[2] == long.pcm


def test_with_nothing_kept_it_is_done_at_once() -> None:
    transcriber = Transcriber(Notes(), 0)
    assert not transcriber.is_done
    transcriber.close()
    assert transcriber.is_done


def test_answers_about_other_entries_are_not_taken() -> None:
    assert Transcriber(Notes(), 0).take(answer(99, "not mine")) is None


def test_what_is_abandoned_is_forgotten_by_the_recogniser() -> None:
    notes = Notes()
    transcriber = Transcriber(notes, 0)
    short, *long = piece(1, 2), piece(5, 25), piece(30, 50)
    transcriber.stretch_ended(short, AWAITED)
    for one in long:
        transcriber.stretch_ended(one, AWAITED)
        transcriber.keep(one.stretch)
    assert len(notes.sound) == 2
    transcriber.abandon()
    assert notes.sound == {}


# Taking back


def test_a_struck_stretch_comes_out_struck() -> None:
    transcriber = Transcriber(Notes(), 0)
    long = piece(1, 6)
    transcriber.stretch_ended(long, AWAITED)
    transcriber.keep(long.stretch)
    assert transcriber.strike(long.stretch) == []
    transcriber.close()
    assert texts(transcriber.take(answer(1, "oh no"))) == [("oh no", True)]


def test_several_stretches_can_be_struck_after_they_came_out() -> None:
    transcriber = Transcriber(Notes(), 0)
    pieces = [piece(start, start + 20) for start in (0, 30, 60)]
    for one in pieces:
        transcriber.stretch_ended(one, AWAITED)
        transcriber.keep(one.stretch)
    transcriber.close()
    for ticket in (1, 2, 3):
        transcriber.take(answer(ticket, f"text {ticket}"))
    assert texts(transcriber.strike(pieces[2].stretch)) == [("text 3", True)]
    assert texts(transcriber.strike(pieces[0].stretch)) == [("text 1", True)]


# A recogniser that streams


def test_a_streaming_recogniser_hears_the_voice_as_it_comes() -> None:
    notes = Notes(streams=True)
    transcriber = Transcriber(notes, 0)
    transcriber.hear(b"before any voice")
    transcriber.voice_started(40, b"onset")
    transcriber.hear(b" and on")
    assert notes.sound == {1: b"onset and on"}
    assert transcriber.take(Recognized(1, Transcript("hel", is_final=False))) == Partial("hel")
    transcriber.stretch_ended(piece(1, 2), AWAITED)
    transcriber.hear(b"after it")
    assert notes.sound == {1: b"onset and on"} and notes.finished == {1: PHRASES}


def test_its_words_are_kept_as_they_were_judged() -> None:
    notes = Notes(streams=True)
    transcriber = Transcriber(notes, ticks(100))
    one = piece(110, 111)
    transcriber.voice_started(ticks(109.5), one.pcm)
    transcriber.stretch_ended(one, AWAITED)
    said = Transcript("hello", (Word("hello", 0.5, 1.0, 0.8),))
    assert transcriber.take(Recognized(1, said)) == Judged(one.stretch, said)
    (heard,) = transcriber.keep(one.stretch)
    assert (heard.kept.text, heard.kept.start_seconds) == ("hello", 10)
    assert heard.kept.words == (Word("hello", 10.0, 10.5, 0.8),)
    assert len(notes.sound) == 1, "nothing is decoded twice"


def test_partial_words_after_the_end_are_not_shown() -> None:
    transcriber = Transcriber(Notes(streams=True), 0)
    transcriber.voice_started(0, b"")
    transcriber.stretch_ended(piece(0, 1), AWAITED)
    assert transcriber.take(Recognized(1, Transcript("hel", is_final=False))) is None


def cut_at_20_heard_to_26() -> tuple[Notes, Transcriber, Piece]:
    notes = Notes(streams=True)
    transcriber = Transcriber(notes, 0)
    whole = piece(0, 26)
    cut = piece(0, 20, is_cut=True)
    cut = Piece(cut.stretch, 0, whole.pcm[: len(cut.pcm)], whole.pcm[len(cut.pcm) :])
    transcriber.voice_started(0, whole.pcm)
    transcriber.stretch_ended(cut, AWAITED)
    return notes, transcriber, cut


def test_after_a_cut_the_next_stretch_hears_all_since_the_cut() -> None:
    notes, transcriber, cut = cut_at_20_heard_to_26()
    transcriber.hear(b"next frame")
    assert notes.finished == {1: PHRASES}
    assert notes.sound[2] == cut.following + b"next frame"


def test_words_around_a_cut_are_in_one_stretch_only() -> None:
    _, transcriber, cut = cut_at_20_heard_to_26()
    before, after = Word("before", 19, 19.5, 1), Word("after", 21, 21.5, 1)
    judged = transcriber.take(Recognized(1, Transcript("before after", (before, after))))
    assert judged == Judged(cut.stretch, Transcript("before", (before,)))
    last = piece(20, 27, is_cut=True)
    transcriber.stretch_ended(last, AWAITED)
    again = Transcript("after", (Word("after", 1, 1.5, 1),))
    transcriber.take(Recognized(2, again))
    (heard,) = transcriber.keep(last.stretch)
    assert heard.kept.words == (after,)


def test_without_word_times_nothing_is_left_out_at_a_cut() -> None:
    _, transcriber, cut = cut_at_20_heard_to_26()
    assert transcriber.take(answer(1, "before after")) == Judged(cut.stretch, Transcript("before after"))


def test_a_voice_that_is_still_there_at_the_end_is_abandoned() -> None:
    notes = Notes(streams=True)
    transcriber = Transcriber(notes, 0)
    transcriber.voice_started(0, b"finish my entry said a while ago, and on")
    transcriber.close()
    assert notes.sound == {} and transcriber.is_done


def test_a_streaming_recogniser_that_never_heard_the_voice_decodes_it_whole() -> None:
    """The entry was opened when the stretch was nearly over."""
    notes = Notes(streams=True)
    transcriber = Transcriber(notes, 0)
    long = piece(1, 6)
    assert transcriber.stretch_ended(long, AWAITED) == Judged(long.stretch, None)
    assert transcriber.keep(long.stretch) == []
    transcriber.close()
    assert texts(transcriber.take(Recognized(1, NOTHING_HEARD))) == [("", False)]


def test_heard_is_what_the_journal_keeps() -> None:
    transcriber = Transcriber(Notes(), ticks(1))
    long = piece(2, 6)
    transcriber.stretch_ended(long, AWAITED)
    transcriber.keep(long.stretch)
    transcriber.close()
    heard = transcriber.take(answer(1, "words"))
    assert isinstance(heard, list) and isinstance(heard[0], Heard)
    assert (heard[0].kept.start_seconds, heard[0].kept.end_seconds) == (1, 5)
