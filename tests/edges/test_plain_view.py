"""`edges/plain_view.py`: one line for each change, in the order in which things happened."""

import io
import os

import pytest

from voicejournal.edges.plain_view import PlainView
from voicejournal.scene import Scene
from voicejournal.speaking.told import Told

KEPT = (Told(1, "Kept as a {dream}."),)

LABELS = {
    "listening": "listening", "hearing": "hearing you", "entry": "in an entry", "reading": "reading",
    "thinking": "writing it down", "speaking": "speaking", "hidden": "ready", "keys_hidden": "",
    "plain_status": "{status}", "plain_heard": "heard: {words}", "plain_said": "said: {words}",
    "broken_off": "{words} … (stopped here)",
    "plain_kept": "kept: {words}", "plain_number": "call: {words}",
    "keys_waiting": "space speak   ? help", "keys_entry": "space finish",
}  # fmt: skip


def printed(*scenes: Scene) -> list[str]:
    stream = io.StringIO()
    view = PlainView(LABELS, stream)
    for scene in scenes:
        view.show(scene)
    view.close()
    return stream.getvalue().splitlines()


def test_one_line_a_change_through_one_entry() -> None:
    assert printed(
        Scene("listening"),
        Scene("listening", -50.0),
        Scene("hearing", -20.0),
        Scene("hearing", -20.0, "dream", keys="keys_entry"),
        Scene("entry", -60.0, "dream I was on a", keys="keys_entry"),
        Scene("hearing", -20.0, "Dream. I was on a train.", keys="keys_entry"),
        Scene("entry", -60.0, "Dream. I was on a train. By the sea.", keys="keys_entry"),
        Scene("thinking", -60.0, "Dream. I was on a train by the sea."),
        Scene("speaking", -60.0, "Dream. I was on a train by the sea.", KEPT, "a dream: Dream. …"),
        Scene("listening", -60.0, "Dream. I was on a train by the sea.", KEPT, "a dream: Dream. …"),
        Scene("hearing", -20.0, "read", KEPT, "a dream: Dream. …"),
        Scene("reading", -60.0, "read it back", KEPT, "a dream: Dream. …"),
    ) == [
        "listening",
        "space speak, ? help",
        "in an entry",
        "space finish",
        "writing it down",
        "kept: a dream: Dream. …",
        "speaking",
        "said: Kept as a {dream}.",
        "listening",
        "heard: read it back",
        "reading",
    ]


def heard(*words: str) -> list[str]:
    lines = printed(*(Scene("listening", -60.0, some) for some in words))
    return [line for line in lines if line.startswith("heard: ")]


def test_words_are_printed_once_each_time_they_are_heard() -> None:
    assert heard("help", "help", "stop", "", "stop") == ["heard: help", "heard: stop", "heard: stop"]


def test_words_are_one_line_and_do_nothing_to_the_terminal() -> None:
    assert heard("a\nb\x1b[2Jc\u202ed") == ["heard: a b [2Jcd"]


def test_a_stream_without_korean_shows_something_else() -> None:
    printed_bytes = io.BytesIO()
    stream = io.TextIOWrapper(printed_bytes, encoding="ascii")
    PlainView({**LABELS, "listening": "듣고 있어요"}, stream).show(Scene("listening"))
    assert printed_bytes.getvalue() == b"?? ???\nspace speak, ? help\n"


def test_each_line_is_flushed() -> None:
    reading, writing = os.pipe()
    with os.fdopen(writing, "w", encoding="utf-8") as stream, os.fdopen(reading, "rb") as reader:
        PlainView(LABELS, stream).show(Scene("listening"))
        assert reader.readline() + reader.readline() == b"listening\nspace speak, ? help\n"


def test_goes_on_when_nobody_reads_any_more() -> None:
    reading, writing = os.pipe()
    stream = os.fdopen(writing, "w", encoding="utf-8")
    view = PlainView(LABELS, stream)
    os.close(reading)
    view.show(Scene("listening"))
    view.show(Scene("speaking"))
    with pytest.raises(BrokenPipeError):
        stream.close()  # the pipe really is broken


def test_whom_to_call_is_printed_once_a_line_each() -> None:
    stream = io.StringIO()
    view = PlainView(LABELS, stream)
    for number, said in enumerate(("You can call Sam.", "zero, seven"), start=1):
        view.show(Scene("listening", said=(Told(number, said),), numbers=("Sam: 07", "the line: 116")))
    printed = [line for line in stream.getvalue().splitlines() if line.startswith("call:")]
    assert printed == ["call: Sam: 07", "call: the line: 116"]


def told(*said: tuple[Told, ...]) -> list[str]:
    lines = printed(*(Scene("speaking", said=some) for some in said))
    return [line.removeprefix("said: ") for line in lines if line.startswith("said: ")]


def test_a_sentence_is_printed_when_it_begins_and_one_that_was_stopped_as_far_as_it_came() -> None:
    first, second = Told(1, "I kept this as a dream."), Told(2, "Say change, and I will change it.")
    stopped = Told(2, second.text, share=0.4)
    assert told((first,), (first, second), (first, stopped), (first, stopped)) == [
        first.text,
        second.text,
        "Say change, … (stopped here)",
    ]


def test_what_was_stopped_before_its_first_word_was_whole_says_so() -> None:
    assert told((Told(1, "Kept.", share=0.1),)) == ["Kept.", "… (stopped here)"]


def test_the_same_sentence_said_again_is_printed_again() -> None:
    assert told((Told(1, "Kept."),), (Told(2, "Kept."),), (Told(2, "Kept."),)) == ["Kept.", "Kept."]


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_hiding_leaves_nothing_on_a_terminal_and_a_pipe_as_it_is() -> None:
    scenes = (Scene("listening", words="my sister"), Scene("hidden", keys="keys_hidden"))
    terminal, pipe = Terminal(), io.StringIO()
    for stream in (terminal, pipe):
        for scene in scenes:
            PlainView(LABELS, stream).show(scene)  # another run begins where it is hidden
    before, clear, after = terminal.getvalue().partition("\x1b[2J\x1b[3J\x1b[H")
    assert "my sister" in before and clear and after.splitlines()[0] == "ready"
    assert "\x1b" not in pipe.getvalue()
