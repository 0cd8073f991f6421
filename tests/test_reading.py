"""Hearing an entry again: what comes first, in which pieces, and whose voice it is."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from voicejournal.dialogue.actions import Action, Hush, LookUp, Say
from voicejournal.dialogue.activity import Asking, Grounding, Reading, Waiting
from voicejournal.dialogue.awaiting import acting
from voicejournal.dialogue.events import EntryGone, EntryLookedUp, FellSilent, Pressed
from voicejournal.dialogue.reading import PRIVATE, PRIVATE_TICKS, PRIVATE_VOICE, title
from voicejournal.dialogue.respond import respond
from voicejournal.dialogue.state import State
from voicejournal.hearing.transcripts import KeptStretch
from voicejournal.journal.entries import Entry
from voicejournal.languages import language_of
from voicejournal.shelf import shelf_of
from voicejournal.speaking.playback import Playback
from voicejournal.speaking.steps import Recorded, Words

ENGLISH = language_of("en")
NOW = datetime(2026, 3, 1, 5, tzinfo=UTC)
TEXTS = ("Dream. I was on a slow train.", "There was snow.", "Then the sea.")
STRETCHES = tuple(KeptStretch(10.0 * i, 10.0 * i + 4, text) for i, text in enumerate(TEXTS))
ENTRY = Entry("260301-001", NOW, NOW, "dream", "spoken", None, " ".join(TEXTS), 24.0, "en", "whisper", "written")
STATE = State(ENGLISH, shelf_of("en").scripts, date(2026, 3, 1), last=ENTRY)


def happen(state: State, *events: object) -> tuple[State, tuple[Action, ...]]:
    actions: tuple[Action, ...] = ()
    for event in events:
        state, actions = respond(state, event)  # type: ignore[arg-type]
    return state, actions


def looked_up(
    state: State, stretches: tuple[KeptStretch, ...] = STRETCHES, sound_from: float | None = 0.0
) -> list[Words]:
    """What is said once the journal has answered."""
    _, actions = respond(state, EntryLookedUp(state.tick, ENTRY, stretches, sound_from))
    return [step for say in actions if isinstance(say, Say) for step in say.steps if isinstance(step, Words)]


def reading(command: str) -> State:
    state, actions = happen(STATE, Pressed(1, command), Pressed(2, "yes"))
    assert actions == (Hush(), LookUp(ENTRY.id))
    return state


def test_nothing_is_looked_up_before_it_is_said_to_be_private() -> None:
    for command, question in (("read_it_back", PRIVATE), ("play_my_voice", PRIVATE_VOICE)):
        state, actions = happen(STATE, Pressed(1, command))
        assert state.activity == Asking(question, ENTRY)
        assert not any(isinstance(action, LookUp) for action in actions)
        state, actions = happen(state, Pressed(2, "no"))
        assert isinstance(state.activity, Waiting) and state.private_tick is None


def test_it_is_asked_once_and_again_after_some_minutes() -> None:
    state = replace(reading("read_it_back"), activity=Waiting())
    _, actions = happen(state, Pressed(state.tick + PRIVATE_TICKS - 1, "play_my_voice"))
    assert actions == (Hush(), LookUp(ENTRY.id))
    later, _ = happen(state, Pressed(state.tick + PRIVATE_TICKS, "play_my_voice"))
    assert later.activity == Asking(PRIVATE_VOICE, ENTRY)


def test_how_it_begins_its_kind_and_day_come_first() -> None:
    said = [words.text for words in looked_up(reading("read_it_back"))]
    assert said == [
        "It begins: I was on a slow.",
        "A dream, from today.",
        "Dream.",
        "I was on a slow train.",
        *TEXTS[1:],
    ]


def test_what_is_long_says_so_first() -> None:
    long = tuple(KeptStretch(30.0 * i, 30.0 * i + 20, "one two three four five " * 10) for i in range(12))
    said = [words.text for words in looked_up(reading("read_it_back"), long)]
    assert said[:3] == ["It begins: I was on a slow.", "A dream, from today.", "It takes about four minutes."]


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        ("Dream. I was on a slow train.", "I was on a slow"),
        ("mood i am tired, of it all today", "i am tired, of it"),
        ("I fell. And then I flew away.", "I fell"),
        ("I fell down.", ""),
        ("dream", ""),
        ("", ""),
    ],
)
def test_an_entry_is_called_by_its_own_first_words(text: str, begins: str) -> None:
    assert title(text, ENGLISH) == begins


def test_next_goes_to_what_was_said_after_the_next_silence() -> None:
    _, actions = respond(reading("read_it_back"), EntryLookedUp(3, ENTRY, STRETCHES, 0.0))
    playback = Playback(lambda words, rate: bytes(960 * len(words)))
    for action in actions:
        assert isinstance(action, Say)
        playback.add(action.steps)
    begun: list[str] = []
    while not playback.is_idle:
        began = [step.text for step in playback.next_frame().began if isinstance(step, Words)]
        begun += began
        if began == ["Dream."]:
            playback.skip()
    assert begun[2:] == ["Dream.", "There was snow.", "Then the sea."]


def test_struck_words_are_not_read_and_an_entry_without_stretches_is() -> None:
    struck = (STRETCHES[0], replace(STRETCHES[1], is_struck=True), STRETCHES[2])
    assert "There was snow." not in [words.text for words in looked_up(reading("read_it_back"), struck)]
    assert [words.text for words in looked_up(reading("read_it_back"), ())][-2:] == list(TEXTS[1:])


def test_ones_own_voice_is_every_stretch_with_a_little_around_it_and_nothing_of_the_next() -> None:
    close = (STRETCHES[0], KeptStretch(4.125, 6.0, "", is_doubtful=True), KeptStretch(8.0, 9.0, ""))
    voices = [words.recorded for words in looked_up(reading("play_my_voice"), close) if words.recorded]
    assert voices == [Recorded(ENTRY.id, 0.0, 4.125), Recorded(ENTRY.id, 4.125 - 0.3, 6.3)]


def test_it_is_said_plainly_when_the_voice_is_not_kept_or_only_a_part_of_it() -> None:
    state = reading("play_my_voice")
    assert [words.text for words in looked_up(state, sound_from=None)] == [
        "Your voice is not kept any more.",
        "The words are.",
    ]
    said = looked_up(state, sound_from=9.9)
    assert "Only a part of your voice is still kept." in [words.text for words in said]
    assert len([words for words in said if words.recorded]) == 2


def test_in_writing_only_no_voice_is_played() -> None:
    state, actions = happen(replace(STATE, quiet="text"), Pressed(1, "play_my_voice"))
    assert isinstance(state.activity, Waiting) and not any(isinstance(action, LookUp) for action in actions)


def test_ones_own_voice_can_be_asked_for_while_ours_reads_and_not_in_a_script() -> None:
    assert "play_my_voice" in acting(replace(STATE, activity=Reading(ENTRY), ours="playing"))
    assert "play_my_voice" not in acting(replace(STATE, activity=Grounding("water"), ours="playing"))


def test_who_asks_for_it_again_hears_it_from_the_start_and_not_twice() -> None:
    state = replace(reading("read_it_back"), ours="playing")
    state, actions = happen(state, Pressed(3, "read_it_back"))
    assert actions == (Hush(), LookUp(ENTRY.id)) and state.ours == "silent"


def test_an_entry_that_another_program_has_deleted_is_no_entry() -> None:
    left = replace(ENTRY, id="260228-001")
    state, _ = happen(replace(reading("read_it_back"), adding={1: ENTRY, 2: left}), EntryGone(3, ENTRY.id, left))
    assert state.last == left and state.adding == {2: left}
    state, _ = happen(reading("read_it_back"), EntryGone(3, ENTRY.id))
    assert state.last is None and isinstance(state.activity, Waiting)
    state, _ = happen(state, FellSilent(99), Pressed(100, "read_it_back"))
    assert state.said == "There is no entry to read yet."
