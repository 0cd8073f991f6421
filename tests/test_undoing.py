"""Whatever is taken out, added, changed and undone, in whatever order: no accepted word goes unasked."""

import tempfile
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voicejournal.dialogue.actions import (
    DeleteEntry,
    GoOn,
    JoinEntry,
    MeasureSound,
    OpenEntry,
    PartEntry,
    RestoreStretch,
    RewordEntry,
    Say,
    StrikeStretch,
    TagEntry,
)
from voicejournal.dialogue.activity import Asking, Journalling, Question
from voicejournal.dialogue.events import EntryWritten, FellSilent, Pressed, SoundMeasured, StretchJudged
from voicejournal.dialogue.respond import respond
from voicejournal.dialogue.reviewing import DELETE, DELETE_SURELY
from voicejournal.dialogue.state import Capture, State
from voicejournal.edges.store import Store
from voicejournal.hearing.stretches import Stretch
from voicejournal.hearing.transcripts import KeptStretch, Transcript
from voicejournal.journal.deeds import Added, Deed, Deleted, History, Retagged, Reworded
from voicejournal.journal.entries import Entry
from voicejournal.languages import language_of
from voicejournal.rehearsing import replaying
from voicejournal.settings import Settings

START = datetime(2026, 3, 1, 5, tzinfo=UTC)
COMMANDS = [
    "scratch that", "undo", "redo", "add to my last entry", "i wasn't done", "change", "change it to dream",
    "dream", "none of these", "no", "finish my entry", "it was a mood",
]  # fmt: skip
DELETING = ["delete that", "yes"]


def run(lines: list[str]) -> tuple[list[str], Counter[str], Counter[str]]:
    """What was said to the person; words of content in the entries that are listed, and in all stretches kept."""
    said: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "conversation.txt"
        path.write_text("\n".join(lines))
        with replaying(Settings(), START, path, said.append) as (loop, journal):
            loop.run()
            assert isinstance(journal, Store)
            listed = " ".join(entry.text for entry in journal.entries())
            with journal._statement() as db:
                kept = " ".join(text for (text,) in db.execute("select text from stretch"))
    return said, words_of(listed), words_of(kept)


def words_of(text: str) -> Counter[str]:
    """Spelt like nothing that we say, so that none of them is taken for the echo of our own voice."""
    return Counter(word for word in text.split() if word.startswith("qzx"))


def written(moves: list[int | float | str]) -> tuple[list[str], Counter[str]]:
    """The lines of the conversation: words of content by their number, silences, and commands."""
    lines: list[str] = []
    said: Counter[str] = Counter()
    for move in moves:
        match move:
            case int():
                words = [f"qzx{said.total() + i}" for i in range(move)]
                said.update(words)
                lines += [f"> {' '.join(words)}", "~ 1"]
            case float():
                lines.append(f"~ {move:.1f}")
            case str():
                lines += [f"> {move}", "~ 4"]
    return lines, said


contents, waits = st.integers(1, 8), st.floats(1, 40)
harmless = st.lists(st.one_of(contents, waits, st.sampled_from(COMMANDS)), min_size=2, max_size=12)
anything = st.lists(st.one_of(contents, waits, st.sampled_from([*COMMANDS, *DELETING])), min_size=2, max_size=14)


@settings(max_examples=8, deadline=None)
@given(harmless)
def test_undone_to_the_beginning_every_word_is_there_once(moves: list[int | float | str]) -> None:
    lines, said = written(moves)
    back = [line for _ in range(len(moves)) for line in ("> undo", "~ 8")]

    _, listed, kept = run([*lines, "~ 50", *back])

    assert kept == said and listed == said


@settings(max_examples=8, deadline=None)
@given(anything)
def test_no_word_goes_before_it_was_asked_twice(moves: list[int | float | str]) -> None:
    lines, spoken = written(moves)

    said, _, kept = run([*lines, "~ 50"])

    gone = said.count("It is gone.")
    assert kept == spoken or gone
    assert not gone or sum(line.startswith("You asked to delete") for line in said) >= gone
    assert not gone or said.count("To be sure, say yes once more, or it stays.") >= gone
    assert kept <= spoken, "and nothing is there twice"


# One deed after the other

NOW = START
ENTRY = Entry("260301-001", NOW, NOW, "mood", "spoken", "you said: mood", "a b", 2.0, "en", "scripted", "written")
DREAM = Entry("260301-001", NOW, NOW, "dream", "changed", None, "a b", 2.0, "en", "scripted", "written")
PART = Entry("260301-002", NOW, NOW, None, None, None, "c", 1.0, "en", "scripted", "written")
THERE, STRUCK, REPAIRED = KeptStretch(0, 1, "a"), KeptStretch(0, 1, "a", is_struck=True), KeptStretch(0, 1, "ay")

WHOLE = Added(ENTRY, PART, DREAM)
DEEDS = [
    (
        Retagged(ENTRY, DREAM),
        TagEntry(ENTRY.id, "mood", "spoken", "you said: mood"),
        "The entry from today is a mood again.",
    ),
    (
        Reworded(ENTRY, THERE, STRUCK),
        RewordEntry(ENTRY.id, THERE),
        "This is about the mood entry from today. Your words are back.",
    ),
    (
        Reworded(ENTRY, THERE, REPAIRED),
        RewordEntry(ENTRY.id, THERE),
        "This is about the mood entry from today. Its words are as before.",
    ),
    (WHOLE, PartEntry(WHOLE), "What you added is an entry of its own now."),
]
AGAIN = [
    TagEntry(ENTRY.id, "dream", "changed", None),
    RewordEntry(ENTRY.id, STRUCK),
    RewordEntry(ENTRY.id, REPAIRED),
    JoinEntry(WHOLE),
]


def state(*deeds: Deed) -> State:
    return State(language_of("en"), {}, date(2026, 3, 1), last=ENTRY, history=History(deeds))


@pytest.mark.parametrize(("deed", "action", "words"), DEEDS)
def test_undo_puts_back_what_was_there_and_says_it(deed: Deed, action: object, words: str) -> None:
    undone, actions = respond(state(deed), Pressed(20, "undo"))
    assert (actions[0], undone.said, undone.history) == (action, words, History((), (deed,)))


@pytest.mark.parametrize(
    ("deed", "action"), [(deed, again) for (deed, *_), again in zip(DEEDS, AGAIN, strict=True)]
)
def test_redo_does_it_once_more(deed: Deed, action: object) -> None:
    undone, _ = respond(state(deed), Pressed(20, "undo"))
    redone, actions = respond(undone, Pressed(60, "redo"))
    assert action in actions and redone.history == History((deed,))


def test_a_deletion_is_not_undone_and_what_was_before_it_can_be() -> None:
    deed = Retagged(DREAM, ENTRY)
    told, actions = respond(state(deed, Deleted("260301-009")), Pressed(20, "undo"))
    assert told.said == "That was deleted, and can't be brought back." and len(actions) == 1
    again, actions = respond(told, Pressed(60, "undo"))
    assert isinstance(actions[0], TagEntry) and again.history.undone == (deed,)


def test_a_yes_that_began_before_the_second_question_was_over_does_not_delete() -> None:
    asked = replace(state(), activity=Asking(DELETE_SURELY, ENTRY), ours="playing")
    for hasty in (asked, replace(asked, ours="held")):
        going_on, actions = respond(hasty, Pressed(100, "yes"))
        assert (actions, going_on.ours) == ((GoOn(),), "playing")
    over, _ = respond(replace(asked, capture=Capture(1, undecided=1), captures=1), FellSilent(200))
    again, actions = respond(over, StretchJudged(240, 1, Stretch(190, 220, 20, 20), Transcript("yes")))
    assert again.activity == asked.activity and not any(isinstance(action, DeleteEntry) for action in actions)
    assert again.said == "Nothing brings it back, not even undo. To be sure, say yes once more, or it stays."
    _, actions = respond(over, StretchJudged(240, 1, Stretch(201, 220, 20, 20), Transcript("yes")))
    assert any(isinstance(action, DeleteEntry) for action in actions)


def test_a_yes_that_began_before_the_first_question_was_over_does_not_answer_it() -> None:
    asked = replace(state(), activity=Asking(DELETE, ENTRY), ours="playing")
    going_on, actions = respond(asked, Pressed(100, "yes"))
    assert (going_on.activity, actions) == (asked.activity, (GoOn(),))
    over, _ = respond(replace(asked, capture=Capture(1, undecided=1), captures=1), FellSilent(200))
    again, actions = respond(over, StretchJudged(240, 1, Stretch(190, 220, 20, 20), Transcript("yes")))
    assert again.activity == asked.activity and MeasureSound(ENTRY) in actions
    answered, _ = respond(over, StretchJudged(240, 1, Stretch(201, 220, 20, 20), Transcript("yes")))
    assert answered.activity == Asking(DELETE_SURELY, ENTRY)


@pytest.mark.parametrize("question", [DELETE, DELETE_SURELY])
def test_delete_that_once_more_is_no_yes(question: Question) -> None:
    asked = replace(state(), activity=Asking(question, ENTRY))
    again, actions = respond(asked, Pressed(100, "delete_that"))
    assert again.activity == asked.activity and not any(isinstance(action, DeleteEntry) for action in actions)


def test_with_nothing_to_undo_or_redo_that_is_said() -> None:
    assert respond(state(), Pressed(20, "undo"))[0].said == "There is nothing to take back."
    assert respond(state(), Pressed(20, "redo"))[0].said == "There is nothing to do again."


def test_the_day_of_an_older_entry_is_said_before_it_is_added_to_or_changed() -> None:
    older = replace(state(), last=replace(ENTRY, started_at=datetime(2026, 2, 24, 20, tzinfo=UTC)))
    adding, actions = respond(older, Pressed(20, "add_to_last"))
    assert adding.said == "This is about the mood entry from Tuesday. What you say now is added."
    assert [type(action) for action in actions] == [Say, OpenEntry, Say]
    assert respond(older, Pressed(20, "change"))[0].said.startswith("This is about the mood entry from Tuesday.")


def test_what_is_added_while_the_entry_waits_for_its_words_is_added_to_that_one() -> None:
    waiting = replace(state(), closing={1: None}, captures=1)
    adding, _ = respond(waiting, Pressed(20, "not_done"))
    assert adding.adding == {2: 1}
    second = replace(ENTRY, id="260301-005")
    written, _ = respond(adding, EntryWritten(40, 1, second))
    assert written.adding == {2: second}


def test_how_much_sound_goes_is_said_before_the_question() -> None:
    asked, _ = respond(state(), SoundMeasured(20, ENTRY, 240.0))
    assert "Its sound goes as well, four minutes of it." in asked.said


STRETCH = Stretch(0, 50, 50, 50)


def test_in_an_entry_the_key_brings_back_what_was_taken_out_and_the_word_is_content() -> None:
    capture = Capture(1, is_entry=True, has_content=True, kept=(STRETCH,), undecided=1)
    speaking = State(language_of("en"), {}, date(2026, 3, 1), activity=Journalling(), capture=capture, captures=1)
    heard = StretchJudged(200, 1, Stretch(100, 150, 50, 50), Transcript("scratch that"))
    struck, actions = respond(speaking, heard)
    assert StrikeStretch(1, STRETCH) in actions
    back, actions = respond(struck, Pressed(220, "undo"))
    assert actions[0] == RestoreStretch(1, STRETCH) and back.said == "It is back in the entry."
    assert back.capture is not None and (back.capture.kept, back.capture.struck) == ((STRETCH,), ())
    assert respond(back, Pressed(240, "undo"))[0].said == "There is nothing to take back."
