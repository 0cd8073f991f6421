"""Hiding and locking: what nobody is to see is gone, and what is said is kept."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Literal

import pytest

from voicejournal.absent import FleetingPreferences
from voicejournal.beginning import Situation, first_guard
from voicejournal.dialogue.actions import (
    Actions,
    AskSecret,
    CloseEntry,
    DropEntry,
    Hush,
    KeepStretch,
    Leave,
    LeaveOut,
    OpenEntry,
    Prefer,
    Say,
    Seal,
    WriteEntry,
)
from voicejournal.dialogue.activity import Grounding, Reading
from voicejournal.dialogue.awaiting import acting
from voicejournal.dialogue.events import (
    EntryHeard,
    EntryWritten,
    Event,
    FellSilent,
    Outcome,
    Pressed,
    QuietPassed,
    SecretTyped,
    Slept,
    SoundBegan,
    StretchJudged,
    TimePassed,
    VoiceBegan,
    VoicePaused,
)
from voicejournal.dialogue.guard import Guard
from voicejournal.dialogue.guarding import OFFER_TICKS
from voicejournal.dialogue.preferences import PreferenceName
from voicejournal.dialogue.respond import respond
from voicejournal.dialogue.state import State
from voicejournal.hearing.frames import ticks
from voicejournal.hearing.stretches import Stretch
from voicejournal.hearing.transcripts import Transcript
from voicejournal.journal.entries import Entry
from voicejournal.journal.protection import Protection
from voicejournal.languages import language_of
from voicejournal.seeing import scene
from voicejournal.settings import Settings
from voicejournal.shelf import shelf_of
from voicejournal.speaking.steps import Words

NOW = datetime(2026, 11, 26, 5, 0, tzinfo=UTC)
ENGLISH = language_of("en")
IDLE = ticks(120)


def entry(text: str = "the bus was late") -> Entry:
    return Entry("261126-001", NOW, NOW, "mood", "inferred", None, text, 2.0, "en", "scripted", "written", False)


def state_with(guard: Guard, **changes: object) -> State:
    fresh = State(ENGLISH, shelf_of("en").scripts, date(2026, 11, 26), guard=guard)
    return replace(fresh, **changes)  # type: ignore[arg-type]


def after(state: State, *events: Event) -> tuple[State, Actions]:
    """The state after these, and all that was done."""
    done: Actions = ()
    for event in events:
        state, actions = respond(state, event)
        done += actions
    return state, done


def said(actions: Actions) -> str:
    steps = [step for action in actions if isinstance(action, Say) for step in action.steps]
    return " ".join(step.text for step in steps if isinstance(step, Words))


def spoken(text: str, start: int = 100, capture: int = 1) -> tuple[Event, ...]:
    """A stretch of a second, alone."""
    stretch = Stretch(start, start + 50, voiced_ticks=50, clear_ticks=50)
    heard = Transcript(text)
    return (
        VoiceBegan(start),
        VoicePaused(start + 90, stretch, goes_on=False),
        StretchJudged(start + 95, capture, stretch, heard),
    )


def locked(**changes: object) -> State:
    return state_with(Guard("passphrase", "locked", idle_ticks=IDLE), **changes)


def hidden(**changes: object) -> State:
    return state_with(Guard("passphrase", "hidden", idle_ticks=IDLE), cues_start=False, **changes)


# Hiding


def test_hide_is_silent_at_once_and_keeps_what_was_being_said() -> None:
    state, _ = after(state_with(Guard("key_store")), *spoken("I was on a train"))
    assert state.place == "entry"
    state, actions = after(state, Pressed(200, "hide"))
    assert actions[0] == Hush()
    assert any(isinstance(action, CloseEntry) for action in actions)
    assert said(actions) == ""
    assert scene(state, False, -30.0, "I was on a train", ()).words == ""
    assert state.guard.then == "hidden"
    assert Leave() not in actions  # first its words are written
    state, actions = after(state, EntryHeard(300, 1, ("I was on a train",), False, entry()))
    assert isinstance(actions[0], WriteEntry)
    state, actions = after(state, EntryWritten(301, 1, entry()))
    assert (said(actions), actions[-1]) == ("", Leave())


def test_while_the_words_of_before_are_written_the_room_is_not_heard() -> None:
    state, _ = after(state_with(Guard("key_store")), *spoken("I was on a train"))
    state, _ = after(state, Pressed(200, "hide"))
    state, actions = after(state, *spoken("who is that you are talking to", 210, capture=2), Pressed(310, "space"))
    assert actions == ()
    _, actions = after(
        state, EntryHeard(320, 1, ("I was on a train",), False, entry()), EntryWritten(321, 1, entry())
    )
    assert (said(actions), actions[-1]) == ("", Leave())


def test_hide_acts_by_voice_while_an_entry_is_read_aloud() -> None:
    state, _ = after(state_with(Guard("key_store")), Pressed(1, "ground_me"))
    assert state.place == "speaking"
    state, actions = after(state, *spoken("hide"))
    assert Hush() in actions
    assert state.guard.then == "hidden"


def test_in_an_entry_the_word_is_the_person_s_own() -> None:
    state, _ = after(state_with(Guard("key_store")), *spoken("I wanted to run"))
    state, actions = after(state, *spoken("hide", 300))
    assert any(isinstance(action, KeepStretch) for action in actions)
    assert state.guard.then is None


@pytest.mark.parametrize(
    "words", ["he said he would call tomorrow", "dream", "finish my entry", "ground me", "help"]
)
def test_while_it_is_hidden_nothing_of_the_room_is_kept_or_shown_or_answered(words: str) -> None:
    state, actions = after(hidden(), SoundBegan(0), *spoken(words))
    assert actions == (OpenEntry(1), LeaveOut(1, Stretch(100, 150, voiced_ticks=50, clear_ticks=50)), DropEntry(1))
    assert state.capture is None
    looks = scene(state, True, -20.0, words, ())
    assert (looks.status, looks.words, looks.notice, looks.level) == ("hidden", "", "", -96.0)


def test_while_it_is_hidden_help_is_there() -> None:
    state, actions = after(hidden(), *spoken("help me now"))
    assert state.activity == Grounding("help-now", is_help=True) or isinstance(state.activity, Grounding)
    assert "emergency" in said(actions)
    assert scene(state, False, -96.0, "", ()).status != "hidden"


@pytest.mark.parametrize("key", ["space", "unlock", "hide"])
def test_one_key_comes_back(key: str) -> None:
    state, actions = after(hidden(), Pressed(10, key))
    assert (state.guard.then, actions[-1]) == ("open", Leave())
    state, actions = after(hidden(), Pressed(10, "read_it_back"))
    assert (state.guard.then, actions) == (None, ())


def test_goodbye_is_silent_too() -> None:
    state, actions = after(hidden(), Pressed(10, "goodbye"))
    assert (said(actions), state.guard.then, actions[-1]) == ("", None, Leave())


# Locking


def test_what_is_said_while_it_is_locked_waits_sealed() -> None:
    state, _ = after(locked(), *spoken("I was on a train"))
    state, _ = after(state, Pressed(200, "finish"))
    state, actions = after(state, EntryHeard(300, 1, ("I was on a train",), False, entry()))
    assert Seal(1) in actions
    assert not any(isinstance(action, WriteEntry) for action in actions)
    assert said(actions) == ENGLISH.said["kept_locked"]
    assert (state.last, state.shown, state.closing) == (None, None, {})


def test_help_is_offered_for_hard_words_all_the_same() -> None:
    state, _ = after(locked(), *spoken("I do not want to be alive"))
    state, _ = after(state, Pressed(200, "finish"))
    heard = EntryHeard(300, 1, ("I do not want to be alive",), False, entry())
    state, actions = after(state, heard, FellSilent(400))
    assert Seal(1) in actions
    assert ENGLISH.said["offer_hard"][:20] in said(actions)
    assert state.place == "question"


@pytest.mark.parametrize(
    "words",
    [
        "read it back",
        "change",
        "delete that",
        "play my voice",
        "check the words",
        "what helped me",
        "I wasn't done",
    ],
)
def test_what_lies_in_the_journal_is_not_to_be_had(words: str) -> None:
    state, actions = after(locked(last=entry()), *spoken(words))
    assert said(actions) == ENGLISH.said["is_locked"]
    assert state.place == "waiting"


def test_a_search_is_refused_as_well() -> None:
    _, actions = after(locked(), *spoken("what did I dream last week"))
    assert said(actions) == ENGLISH.said["is_locked"]


def test_what_could_not_be_noted_is_not_asked() -> None:
    state, _ = after(locked(asks_strength=True), *spoken("ground me"))
    assert isinstance(state.activity, Grounding) and state.activity.before is None


def test_what_could_not_be_marked_is_not_offered() -> None:
    begun = locked(activity=Grounding("something-solid", about=entry()), ours="playing")
    state, actions = after(begun, FellSilent(900))
    assert said(actions) == ENGLISH.said["what_next_locked"] and "therapist" not in acting(state)
    state, actions = after(begun, FellSilent(900), FellSilent(1000), *spoken("note", 1100))
    assert said(actions).endswith(ENGLISH.said["note_now"])


def test_no_voice_is_said_to_be_let_go_that_can_t_be_reached() -> None:
    state, actions = after(locked(keeps_voice=True), *spoken("don't keep my voice"))
    assert said(actions) == ENGLISH.said["is_locked"] and state.keeps_voice


@pytest.mark.parametrize("words", ["ground me", "help me now", "help", "more time"])
def test_what_needs_no_journal_is_there(words: str) -> None:
    _, actions = after(locked(), *spoken(words))
    assert said(actions) not in ("", ENGLISH.said["is_locked"]) or any(isinstance(a, Prefer) for a in actions)


def test_the_passphrase_is_typed_and_opens_it() -> None:
    state, actions = after(locked(), Pressed(10, "unlock"))
    assert AskSecret("opens") in actions
    assert scene(state, False, -96.0, "", ()).status == "typing_opens"
    state, actions = after(state, SecretTyped(60, "wrong"))
    assert said(actions) == ENGLISH.said["passphrase_wrong"]
    assert AskSecret("opens") in actions  # who goes on typing presses no command with it
    state, actions = after(state, FellSilent(200), SecretTyped(300, "opened"))
    assert (state.guard.then, actions[-1]) == ("open", Leave())


def test_what_could_not_be_opened_just_now_is_not_said_to_be_unchanged() -> None:
    state, actions = after(locked(), Pressed(10, "unlock"), SecretTyped(60, "failed"))
    assert said(actions) == ENGLISH.said["opening_failed"]
    assert (state.guard.watch, state.guard.typing, state.guard.then) == ("locked", None, None)


def test_what_is_being_said_while_it_is_typed_is_kept() -> None:
    state, actions = after(locked(), *spoken("I was on a train"), Pressed(200, "unlock"))
    assert AskSecret("opens") in actions  # in an entry as well
    assert state.place == "entry"
    state, actions = after(state, SecretTyped(300, "opened"))
    assert any(isinstance(action, CloseEntry) for action in actions)
    assert Leave() not in actions
    _, actions = after(state, EntryHeard(400, 1, ("I was on a train",), False, entry()))
    assert (Seal(1) in actions, actions[-1]) == (True, Leave())


def test_lock_says_so_and_leaves() -> None:
    state, actions = after(state_with(Guard("passphrase", idle_ticks=IDLE)), Pressed(10, "lock"))
    assert said(actions) == ENGLISH.said["locking"]
    _, actions = after(state, FellSilent(100))
    assert (state.guard.then, actions[-1]) == ("locked", Leave())


@pytest.mark.parametrize("protection", ["nothing", "account", "key_file", "key_store"])
def test_where_no_passphrase_was_chosen_it_does_not_pretend(protection: Protection) -> None:
    state, actions = after(state_with(Guard(protection, idle_ticks=IDLE)), Pressed(10, "lock"))
    assert said(actions) == ENGLISH.said["lock_needs_passphrase"]
    state, actions = after(state, FellSilent(100), QuietPassed(100 + 10 * IDLE))
    assert (state.guard.then, actions) == (None, ())


# By itself


def test_after_two_minutes_with_nobody_it_locks() -> None:
    state, _ = after(state_with(Guard("passphrase", idle_ticks=IDLE)), SoundBegan(0), FellSilent(50))
    assert state.guard.quiet_tick == 50 + IDLE
    state, actions = after(state, QuietPassed(50 + IDLE))
    assert (state.guard.then, actions[-1], said(actions)) == ("locked", Leave(), "")


def test_two_minutes_is_what_nobody_had_to_choose() -> None:
    begins = first_guard(Settings(), Situation(lambda: NOW), FleetingPreferences(), "passphrase", "open")
    assert begins.idle_ticks == ticks(120)


@pytest.mark.parametrize("offers", [None, "passphrase"])
def test_a_pause_that_nobody_comes_back_from_locks_it_too(offers: Literal["passphrase"] | None) -> None:
    guard = Guard("passphrase", idle_ticks=IDLE, offers=offers)
    reading = state_with(guard, activity=Reading(entry()), ours="playing", shown=entry())
    state, _ = after(reading, Pressed(50, "pause"))
    assert state.guard.quiet_tick == 50 + IDLE
    state, _ = after(state, QuietPassed(50 + IDLE))
    assert state.guard.then == "locked" and not state.is_playing


def test_it_locks_as_soon_where_the_code_was_not_spoken_of_yet() -> None:
    """Nothing was said since the start, so nothing is offered, and nothing comes before the lock."""
    guard = Guard("passphrase", idle_ticks=IDLE, offers="code")
    state, actions = after(state_with(guard), FellSilent(50), QuietPassed(50 + OFFER_TICKS), QuietPassed(49 + IDLE))
    assert (state.guard.then, actions) == (None, ())
    state, actions = after(state, QuietPassed(50 + IDLE))
    assert (state.guard.then, actions[-1], said(actions)) == ("locked", Leave(), "")


def test_it_locks_as_soon_after_hard_words() -> None:
    state = kept(Guard("passphrase", idle_ticks=IDLE, offers="code"))
    state = replace(state, offered_about=frozenset({"261126-001"}))
    state, actions = after(state, QuietPassed(400 + OFFER_TICKS), QuietPassed(399 + IDLE))
    assert (state.guard.then, actions) == (None, ())
    state, actions = after(state, QuietPassed(400 + IDLE))
    assert (state.guard.then, actions[-1], said(actions)) == ("locked", Leave(), "")


def test_never_in_the_middle_of_an_entry() -> None:
    state, _ = after(
        state_with(Guard("passphrase", idle_ticks=IDLE), patience="never"), *spoken("I was on a train")
    )
    assert state.guard.quiet_tick is None
    state, _ = after(state, TimePassed(10 * IDLE), QuietPassed(10 * IDLE), Slept(10 * IDLE))
    assert (state.place, state.guard.then) == ("entry", None)


def test_whoever_wakes_the_computer_finds_it_locked() -> None:
    state, actions = after(state_with(Guard("passphrase", idle_ticks=IDLE)), FellSilent(50), Slept(60))
    state, actions = after(state, QuietPassed(61))
    assert (state.guard.then, actions[-1]) == ("locked", Leave())


def test_it_locks_while_a_new_passphrase_is_half_typed() -> None:
    state, _ = after(
        state_with(Guard("passphrase", idle_ticks=IDLE)), Pressed(10, "set_passphrase"), FellSilent(300)
    )
    state, actions = after(state, QuietPassed(300 + IDLE))
    assert (state.guard.then, actions[-1]) == ("locked", Leave())


def test_after_a_sleep_nothing_is_offered_first() -> None:
    state = replace(kept(Guard("passphrase", idle_ticks=IDLE, offers="code")), tick=500)
    state, _ = after(state, Slept(500), QuietPassed(501))
    assert state.guard.then == "locked"


def test_off_is_off() -> None:
    state, _ = after(state_with(Guard("passphrase")), FellSilent(50), Slept(60), QuietPassed(100 * IDLE))
    assert state.guard.then is None


# A passphrase, offered once


def kept(guard: Guard) -> State:
    state, _ = after(state_with(guard), *spoken("the bus was late"))
    state, _ = after(state, Pressed(200, "finish"), EntryHeard(300, 1, ("the bus was late",), False, entry()))
    return after(state, EntryWritten(301, 1, entry()), FellSilent(400))[0]


def test_it_is_offered_at_the_first_quiet_moment_after_an_entry() -> None:
    guard = Guard("account", offers="passphrase")
    fresh, actions = after(state_with(guard), FellSilent(10), QuietPassed(10 + 10 * OFFER_TICKS))
    assert actions == ()  # never before it
    state, actions = after(kept(guard), QuietPassed(400 + OFFER_TICKS))
    assert said(actions) == ENGLISH.said["offer_passphrase"]
    assert state.place == "question"
    assert fresh.guard.offers == "passphrase"


@pytest.mark.parametrize(
    ("outcomes", "words"),
    [
        (["again", "set"], "passphrase_set"),
        (["again", "differ"], "passphrase_differ"),
        (["short"], "passphrase_short"),
        (["again", "failed"], "passphrase_failed"),
    ],
)
def test_yes_and_it_is_typed_twice(outcomes: list[Outcome], words: str) -> None:
    state, _ = after(kept(Guard("account", offers="passphrase")), QuietPassed(400 + OFFER_TICKS))
    state, actions = after(state, *spoken("yes", 1000, capture=2))
    assert AskSecret("new") in actions
    state, actions = after(state, *(SecretTyped(2000, outcome) for outcome in outcomes))
    assert said(actions).endswith(ENGLISH.said[words])
    assert (state.guard.protection == "passphrase") == (words == "passphrase_set")


@pytest.mark.parametrize("declining", [spoken("no", 1000, capture=2), (FellSilent(1000), TimePassed(3000))])
def test_who_declines_or_says_nothing_is_told_once_that_it_is_not_locked(declining: tuple[Event, ...]) -> None:
    state, _ = after(kept(Guard("account", offers="passphrase")), QuietPassed(400 + OFFER_TICKS))
    state, actions = after(state, *declining)
    assert said(actions) == ENGLISH.said["not_locked"]
    assert (Prefer("passphrase_offered", "yes") in actions, state.place) == (True, "waiting")
    state, actions = after(state, FellSilent(4000), QuietPassed(4000 + 10 * OFFER_TICKS))
    assert (actions, state.guard.protection) == ((), "account")


@pytest.mark.parametrize(
    ("code", "told"),
    [("en", ("not locked", "Anyone", "capital K")), ("ko", ("잠그지 않고", "누구나", "대문자 K"))],
)
def test_what_declining_means_and_how_to_lock_it_later_is_said(code: str, told: tuple[str, ...]) -> None:
    words = language_of(code).said["not_locked"]
    assert all(part in words for part in (*told, "voicejournal lock key-file"))


@pytest.mark.parametrize(("code", "nobody"), [("en", "nobody can open it"), ("ko", "아무도 열 수 없어요")])
def test_what_a_lost_key_means_is_said_with_the_code(code: str, nobody: str) -> None:
    words = language_of(code).said["recovery_code"]
    assert nobody in words and "voicejournal lock code" in words


def begun(protection: Protection, *told: PreferenceName) -> str | None:
    """What is offered to somebody at a terminal who was told of these before."""
    preferences = FleetingPreferences()
    for name in told:
        preferences.prefer(name, "yes")
    situation = Situation(lambda: NOW, has_terminal=True)
    return first_guard(Settings(), situation, preferences, protection, "open").offers


def test_once_a_passphrase_was_declined_the_code_is_spoken_of_in_the_next_run() -> None:
    """A key of this account can be lost as well, with its settings folder."""
    assert begun("account") == "passphrase"
    assert begun("account", "passphrase_offered") == "code"
    assert begun("account", "passphrase_offered", "code_told") is None


@pytest.mark.parametrize("protection", ["key_store", "passphrase", "key_file"])
def test_where_a_key_can_be_lost_the_code_is_spoken_of(protection: Protection) -> None:
    assert begun(protection) == "code"
    assert begun(protection, "code_told") is None


def test_a_plain_journal_has_no_key_and_no_code() -> None:
    assert begun("nothing") is None


def test_who_was_just_offered_help_is_asked_nothing_more() -> None:
    state = replace(kept(Guard("account", offers="passphrase")), offered_about=frozenset({"261126-001"}))
    _, actions = after(state, QuietPassed(400 + OFFER_TICKS))
    assert actions == ()


def test_where_it_is_locked_the_recovery_code_is_spoken_of_once() -> None:
    state, actions = after(kept(Guard("key_store", offers="code")), QuietPassed(400 + OFFER_TICKS))
    assert said(actions) == ENGLISH.said["recovery_code"]
    assert Prefer("code_told", "yes") in actions
    _, actions = after(state, FellSilent(2000), QuietPassed(2000 + OFFER_TICKS))
    assert actions == ()


def test_where_its_key_is_missing_no_passphrase_is_asked_for() -> None:
    state = state_with(Guard("key_store", "locked"))
    _, actions = after(state, *spoken("read it back"))
    assert said(actions) == ENGLISH.said["is_locked_away"]
    state, actions = after(state, Pressed(10, "unlock"))
    assert (state.guard.then, actions[-1]) == ("open", Leave())


def test_escape_leaves_it() -> None:
    state, _ = after(state_with(Guard("account")), Pressed(10, "set_passphrase"))
    state, actions = after(state, SecretTyped(100, "given up"))
    assert (actions, state.guard.typing, state.guard.protection) == ((), None, "account")


def test_after_typing_was_given_up_over_a_script_what_is_said_begins_an_entry() -> None:
    over = locked(activity=Grounding("water"), ours="playing")
    state, _ = after(over, Pressed(10, "unlock"), SecretTyped(20, "given up"), *spoken("I was on a train"))
    assert state.place == "entry"
