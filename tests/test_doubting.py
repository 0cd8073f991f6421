"""Words that may have been misheard: asked about one by one, and the voice stays until that is done."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from voicejournal.dialogue.actions import AcceptEntries, Action, DropEntry, GoOn, Hush, SetAside
from voicejournal.dialogue.activity import Asking, Checking, Waiting
from voicejournal.dialogue.awaiting import awaited
from voicejournal.dialogue.doubting import MORE, MOST_AT_ONCE, NOW, RIGHT, WHICH, word_in
from voicejournal.dialogue.events import (
    EntryChanged,
    EntryLookedUp,
    EntryRepaired,
    EntryWritten,
    FellSilent,
    Pressed,
    StretchJudged,
    TimePassed,
    VoiceBegan,
    VoicePaused,
)
from voicejournal.dialogue.respond import respond
from voicejournal.dialogue.state import Capture, State
from voicejournal.hearing.stretches import Stretch
from voicejournal.hearing.transcripts import KeptStretch, Transcript, Word
from voicejournal.journal.doubts import doubts
from voicejournal.journal.entries import Entry
from voicejournal.languages import language_of
from voicejournal.ports.journal import Journal
from voicejournal.rehearsing import replaying
from voicejournal.settings import Settings
from voicejournal.shelf import shelf_of

ENGLISH = language_of("en")
START = datetime(2026, 3, 1, 5, tzinfo=UTC)
WORDS = ("one", "two", "three", "four", "five", "six", "seven")
STRETCH = KeptStretch(0.0, 4.0, " ".join(WORDS), tuple(Word(text, 0.0, 0.4, 0.1) for text in WORDS))
ENTRY = Entry("260301-001", START, START, "mood", "inferred", None, STRETCH.text, 4.0, "en", "whisper", "written")
STATE = State(ENGLISH, shelf_of("en").scripts, date(2026, 3, 1), last=ENTRY, private_tick=0)


def checking(*left: str) -> State:
    """The first of these words is being asked about."""
    found = tuple(doubt for doubt in doubts((STRETCH,), "whisper") if doubt.spoken in left)
    return replace(STATE, activity=Asking(RIGHT, Checking(ENTRY, found, sound_from_seconds=0.0)))


def say(state: State, words: str, seconds: float = 1.0) -> tuple[State, tuple[Action, ...]]:
    """The person says this into the silence after a question."""
    state = replace(state, capture=Capture(1, undecided=1), captures=1)
    stretch = Stretch(100, 100 + round(seconds * 50), voiced_ticks=40, clear_ticks=40, certain_ticks=40)
    return respond(state, StretchJudged(200, 1, stretch, Transcript(words)))


def test_words_are_asked_about_from_the_first_and_never_more_than_some_at_once() -> None:
    state, _ = respond(STATE, Pressed(1, "check_words"))
    state, _ = respond(state, EntryLookedUp(1, ENTRY, (STRETCH,), None))
    asked = []
    while isinstance(state.activity, Asking) and state.activity.question == RIGHT:
        asked.append(state.activity.checking.doubt.spoken)
        state, _ = respond(state, Pressed(2, "yes"))
    assert asked == list(WORDS[:MOST_AT_ONCE])
    assert isinstance(state.activity, Asking) and state.activity.question == MORE
    state, _ = respond(state, Pressed(3, "yes"))
    assert isinstance(state.activity, Asking) and state.activity.checking.doubt.spoken == "six"


def test_a_question_about_a_word_that_is_gone_is_asked_no_further() -> None:
    state = replace(checking("one"), ours="playing")
    state, (hush, *_) = respond(state, EntryLookedUp(2, ENTRY, (STRETCH,), None))
    assert hush == Hush() and isinstance(state.activity, Asking)


@pytest.mark.parametrize(
    "said", ["stop that", "help me with this right now please", "", "ground me", "play my voice please"]
)
def test_what_is_no_word_changes_nothing(said: str) -> None:
    """A command that acts somewhere else is not the word that was misheard."""
    before = checking("one")
    _, actions = say(before, said)
    assert not any(type(action).__name__ == "RepairWord" for action in actions)


@pytest.mark.parametrize("heard", [Transcript("I heard one. Is that what you said?"), None])
def test_a_question_that_its_own_echo_held_goes_on(heard: Transcript | None) -> None:
    state = replace(checking("one"), ours="playing", said="I heard one. Is that what you said?")
    state, _ = respond(state, VoiceBegan(100))
    over = Stretch(95, 135, voiced_ticks=40, clear_ticks=0, certain_ticks=40)
    state, _ = respond(state, VoicePaused(140, over))
    state, actions = respond(state, StretchJudged(150, 1, over, heard))
    assert (GoOn() in actions, state.ours) == ((True, "playing") if heard else (False, "silent"))


@pytest.mark.parametrize("said", ["I would rather speak of something else", "No. I want to die."])
def test_more_than_a_word_and_what_sounds_very_hard_begin_an_entry(said: str) -> None:
    state, _ = say(checking("one"), said)
    assert state.place == "entry"


@pytest.mark.parametrize("said", ["I miss my mother", "won", "ground me", ""])
def test_what_is_said_to_a_word_is_kept_aside(said: str) -> None:
    """It may be the word, or nothing, or the person's own: nobody can tell yet."""
    _, actions = say(checking("one"), said)
    assert SetAside(1) in actions and not any(isinstance(action, DropEntry) for action in actions)


@pytest.mark.parametrize(
    ("heard", "word"),
    [
        ("Mother.", "Mother."),
        ("No, mother.", "mother."),
        ("No. I said mother.", "mother."),
        ("It's mother, please", "mother,"),
        ("no", "no"),
        ("sister in law", "sister in law"),
    ],
)
def test_what_is_said_around_a_word_is_no_part_of_it(heard: str, word: str) -> None:
    assert word_in(heard, ENGLISH.repairs).removesuffix(" please") == word


@pytest.mark.parametrize(
    ("answer", "follows"),
    [
        ("yes that's it", ["RepairWord"]),
        ("no that's wrong", []),
        ("what", []),
        ("i don't know", []),
        ("go back", []),
        ("someone is coming", []),
        ("cancel", []),
        ("sister", []),
        ("", []),
    ],
)
def test_a_word_said_again_is_taken_only_when_it_was_confirmed(answer: str, follows: list[str]) -> None:
    """Natural answers are understood; whatever else is said, or nothing, the text stays."""
    state, actions = say(checking("one", "two"), "i said won")
    assert not any("Word" in type(action).__name__ for action in actions)
    state, actions = say(replace(state, ours="silent"), answer)
    state, more = respond(replace(state, ours="silent"), TimePassed(2000))
    done = [type(action).__name__ for action in (*actions, *more)]
    assert [name for name in done if "Word" in name] == follows
    assert done.count("OpenEntry") == 0


def test_who_is_not_alone_any_more_hears_no_further_word_and_is_asked_next_time() -> None:
    state, _ = say(checking("one", "two"), "someone is coming")
    assert isinstance(state.activity, Waiting) and state.private_tick is None


def test_silence_leaves_a_word_and_goes_on() -> None:
    state, actions = respond(checking("one", "two"), TimePassed(900))
    assert isinstance(state.activity, Asking) and state.activity.checking.doubt.spoken == "two"
    assert not any("Word" in type(action).__name__ for action in actions)


def test_no_asks_for_the_word_and_a_second_mishearing_is_the_last() -> None:
    state, _ = respond(checking("one", "two"), Pressed(1, "no"))
    assert isinstance(state.activity, Asking) and state.activity.question == WHICH
    for question in (WHICH, RIGHT):
        state, _ = say(state, "none the less")
        assert isinstance(state.activity, Asking) and state.activity.question == NOW
        state, actions = respond(replace(state, ours="silent"), Pressed(300, "no"))
        assert isinstance(state.activity, Asking) and state.activity.question == question
        assert not any("Word" in type(action).__name__ for action in actions)
    assert isinstance(state.activity, Asking) and state.activity.checking.doubt.spoken == "two"


def test_a_word_is_listened_to_closely_and_not_bent_into_a_label() -> None:
    told = awaited(checking("one"))
    assert told.effort == "whole" and "dream" not in told.hints and "yes" in told.hints


@pytest.mark.parametrize("shown", [ENTRY, None], ids=["kept now", "recovered"])
def test_the_voice_stays_until_the_words_are_checked_or_the_next_entry_is_kept(shown: Entry | None) -> None:
    written = replace(STATE, captures=1, closing={1: None}, makes_offers=False)
    state, _ = respond(written, EntryWritten(1, 1, ENTRY, stretches=(STRETCH,)))
    state, actions = respond(state, FellSilent(50))
    assert not any(isinstance(action, AcceptEntries) for action in actions) and state.unaccepted == (ENTRY.id,)

    sure = replace(ENTRY, id="260301-002")
    later, _ = respond(state, EntryWritten(60, 2, sure))
    _, actions = respond(later, FellSilent(90))
    assert AcceptEntries((ENTRY.id, sure.id)) in actions

    asked = replace(checking("one"), unaccepted=state.unaccepted, unrepaired=ENTRY.id, shown=shown)
    left, _ = respond(asked, TimePassed(99))
    assert isinstance(left.activity, Waiting) and left.unrepaired == ENTRY.id, "silence decides nothing"
    done, _ = respond(asked, Pressed(1, "yes"))
    done, _ = respond(done, EntryRepaired(1, ENTRY, ()))
    _, actions = respond(done, FellSilent(90))
    assert isinstance(done.activity, Waiting) and AcceptEntries((ENTRY.id,)) in actions


def test_what_is_shown_follows_the_repair() -> None:
    state = replace(checking("one"), shown=ENTRY)
    repaired = replace(ENTRY, text="won two three four five six seven")
    state, _ = respond(state, EntryRepaired(1, repaired, (STRETCH,)))
    assert state.shown == state.last == repaired and state.doubted is not None


def test_what_is_shown_and_the_voice_that_stays_follow_an_undone_repair() -> None:
    state = replace(STATE, shown=ENTRY, unaccepted=(ENTRY.id,))
    undone, _ = respond(state, EntryChanged(1, ENTRY, stretches=(STRETCH,)))
    assert undone.doubted is not None and undone.unrepaired == ENTRY.id
    newer = replace(state, unrepaired="260301-002")
    undone, _ = respond(newer, EntryChanged(1, ENTRY, stretches=(STRETCH,)))
    assert undone.unrepaired == "260301-002", "the voice that stays is that of the newest"
    older, _ = respond(replace(state, unaccepted=()), EntryChanged(1, ENTRY, stretches=(STRETCH,)))
    assert older.unrepaired is None, "no voice is left of it"


def test_the_journal_has_the_word_whose_it_is_and_what_it_was(tmp_path: Path) -> None:
    spoken = tmp_path / "conversation.txt"
    lines = ["> mood i saw my mudder(?) here", "~ 2", "> finish my entry", "~ 8"]
    lines += ["> check the words", "~ 8", "> yes", "~ 6"]
    before = kept(spoken, lines)
    assert before[0].text == "mood i saw my mudder here" and before[2] > 0
    entry, word, seconds = kept(spoken, [*lines, "> mother", "~ 6", "> yes", "~ 9"])
    assert entry.text == "mood i saw my mother here"
    assert (word.text, word.by, word.was) == ("mother", "person", "mudder")
    assert seconds == 0, "repair is done, so the sound has gone"


def kept(path: Path, lines: list[str]) -> tuple[Entry, Word, float]:
    """The entry, its fifth word, and how much of its sound is kept at the end."""
    path.write_text("\n".join(lines))
    with replaying(Settings(language="en"), START, path, lambda words: None) as (loop, journal):
        loop.run()
        return _kept(journal)


def _kept(journal: Journal) -> tuple[Entry, Word, float]:
    (entry,) = journal.entries()
    (stretch,) = journal.stretches(entry.id)
    return entry, stretch.words[4], journal.sound_seconds(entry.id)
