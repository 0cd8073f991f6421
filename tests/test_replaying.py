"""A written conversation is heard just as it is written."""

import pytest

from voicejournal.hearing.doubt import is_doubted
from voicejournal.hearing.frames import (
    HEARD_FRAME_BYTES,
    HEARD_HERTZ,
    PLAYED_HERTZ,
    SILENT_HEARD_FRAME,
    Frame,
    ticks,
)
from voicejournal.hearing.stretches import SILENCE_TICKS
from voicejournal.replaying import (
    MOST,
    WORD_TICKS,
    Line,
    Said,
    ScriptedMicrophone,
    ScriptedRecognizer,
    ScriptedVoiceActivity,
    Silent,
    SilentVoice,
    SpokenLines,
    read_conversation,
    recalled,
)

LINES: list[Line] = [Said(("one", "two", "two")), Silent(2.0), Said(("three",))]


def frames(lines: list[Line]) -> list[Frame]:
    microphone, heard = ScriptedMicrophone(lines), []
    while (frame := microphone.listen()) is not None:
        heard.append(frame)
    assert microphone.listen() is None
    return heard


def recognized(lines: list[Line], *pieces: bytes) -> list[str]:
    """What the recogniser makes of each piece of sound."""
    recognizer = ScriptedRecognizer(lines)
    for piece in pieces:
        ticket = recognizer.begin()
        recognizer.accept(ticket, piece)
        recognizer.finish(ticket)
    assert recognizer.pending() == len(pieces)
    texts = [answer.transcript.text for answer in recognizer.poll()]
    assert recognizer.pending() == 0
    return texts


def test_lines_that_are_heard() -> None:
    text = "A note.\n> one two\n< Yes.\n~ 1.5\n* entry {}\n  > three\n>\n\n~ 0"
    assert read_conversation(text) == [Said(("one", "two")), Silent(1.5), Said(("three",)), Said(()), Silent(0)]


@pytest.mark.parametrize("seconds", ["", "long", "-1", "nan", "inf", "1 2"])
def test_silence_of_no_length_is_an_error_with_its_line(seconds: str) -> None:
    with pytest.raises(ValueError, match="line 2"):
        read_conversation(f"> one\n~ {seconds}")


def test_more_than_a_mark_can_number_is_an_error_with_its_line() -> None:
    assert len(read_conversation("> " + "a " * MOST)) == 1
    with pytest.raises(ValueError, match="line 2"):
        read_conversation("\n> " + "a " * (MOST + 1))
    assert len(read_conversation("~ 1\n" * MOST)) == MOST
    with pytest.raises(ValueError, match=f"line {MOST + 1}"):
        read_conversation("> a\n" * (MOST + 1))


def test_a_word_lasts_two_fifths_of_a_second_and_silence_its_time() -> None:
    heard = frames(LINES)
    voiced = [frame != SILENT_HEARD_FRAME for frame in heard]
    assert ticks(0.4) == WORD_TICKS
    assert voiced == [True] * 3 * WORD_TICKS + [False] * ticks(2) + [True] * WORD_TICKS + [False] * ticks(0.8)
    assert {len(frame) for frame in heard} == {HEARD_FRAME_BYTES}


@pytest.mark.parametrize("silence", [0.0, 0.3, 0.8])
def test_each_line_is_a_stretch_of_its_own(silence: float) -> None:
    voiced = [frame != SILENT_HEARD_FRAME for frame in frames([Said(("one",)), Silent(silence), Said(("two",))])]
    gap = voiced.index(True, WORD_TICKS) - WORD_TICKS
    assert gap == ticks(0.8) > SILENCE_TICKS


def test_voice_is_wherever_a_word_is() -> None:
    activity = ScriptedVoiceActivity()
    assert all((activity.accept(f).probability > 0.5) == (f != SILENT_HEARD_FRAME) for f in frames(LINES))


def test_the_recogniser_hears_what_was_written() -> None:
    heard = b"".join(frames(LINES))
    assert recognized(LINES, heard, bytes(len(heard)), b"") == ["one two two three", "", ""]


def test_wherever_sound_is_cut_each_word_is_heard_once() -> None:
    heard = b"".join(frames([Said(("one", "two", "two"))]))
    for at in range(0, len(heard) + 1, HEARD_FRAME_BYTES):
        before, after = recognized([Said(("one", "two", "two"))], heard[:at], heard[at:])
        assert f"{before} {after}".split() == ["one", "two", "two"]


def test_words_have_their_times() -> None:
    recognizer = ScriptedRecognizer(LINES)
    ticket = recognizer.begin()
    recognizer.accept(ticket, b"".join(frames(LINES)))
    recognizer.finish(ticket)
    (answer,) = recognizer.poll()
    words = answer.transcript.words
    assert [word.text for word in words] == ["one", "two", "two", "three"]
    assert [word.start_seconds for word in words] == pytest.approx([0, 0.4, 0.8, 3.2])
    assert all(word.end_seconds - word.start_seconds == pytest.approx(0.4) for word in words)


def test_a_word_can_be_heard_without_being_sure_of_it() -> None:
    lines: list[Line] = [Said(("my", "mudder(?)"))]
    recognizer = ScriptedRecognizer(lines)
    ticket = recognizer.begin()
    recognizer.accept(ticket, b"".join(frames(lines)))
    recognizer.finish(ticket)
    (answer,) = recognizer.poll()
    assert answer.transcript.text == "my mudder"
    assert [is_doubted(word, recognizer.name) for word in answer.transcript.words] == [False, True]


def test_kept_sound_lasts_as_long_when_it_is_played() -> None:
    assert len(recalled(bytes(2 * HEARD_HERTZ))) == 2 * PLAYED_HERTZ


def test_what_is_abandoned_is_never_answered() -> None:
    recognizer = ScriptedRecognizer(LINES)
    begun, finished, kept = recognizer.begin(), recognizer.begin(), recognizer.begin()
    recognizer.finish(finished)
    recognizer.finish(kept)
    recognizer.abandon(begun)
    recognizer.abandon(finished)
    assert [answer.ticket for answer in recognizer.poll()] == [kept]


def test_the_silent_voice_takes_its_time() -> None:
    voice = SilentVoice()
    assert len(voice.render("two words", 1.0)) == 2 * round(0.8 * PLAYED_HERTZ)
    assert len(voice.render("two words", 0.8)) == 2 * round(1.0 * PLAYED_HERTZ)
    assert voice.render("", 1.0) == b""


def test_only_what_is_said_is_told() -> None:
    told: list[str] = []
    lines = SpokenLines(told.append)
    lines.note("heard", 1.0, words="not this")
    lines.note("said", 1.0, words="this")
    assert told == ["this"]
