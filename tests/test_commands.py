"""What acts in each state, held against the design; and what a key does where words are the person's own."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from voicejournal.dialogue import awaiting, commands
from voicejournal.dialogue.actions import CloseEntry, DropEntry, Hush, KeepStretch, LeaveOut, Say, SetAside
from voicejournal.dialogue.activities import COMMANDS
from voicejournal.dialogue.activity import (
    Activity,
    Asking,
    Grounding,
    Journalling,
    Question,
    Reading,
    SettingUp,
    Waiting,
)
from voicejournal.dialogue.doubting import RIGHT
from voicejournal.dialogue.events import Pressed, StretchJudged
from voicejournal.dialogue.feeling import FORGET
from voicejournal.dialogue.guard import Guard
from voicejournal.dialogue.keeping import TAG
from voicejournal.dialogue.reading import PRIVATE
from voicejournal.dialogue.respond import respond
from voicejournal.dialogue.reviewing import DELETE, DELETE_SURELY
from voicejournal.dialogue.state import Capture, State
from voicejournal.hearing.spelling import letters
from voicejournal.hearing.stretches import Stretch
from voicejournal.hearing.transcripts import Nearest, Sounded, Transcript, Unhinted
from voicejournal.journal.entries import Entry
from voicejournal.languages import language_of
from voicejournal.shelf import shelf_of

NOW = datetime(2026, 3, 1, 5, 0, tzinfo=UTC)
ENTRY = Entry("260301-001", NOW, NOW, None, None, None, "the bus was late", 2.0, "en", "scripted", "written", False)

IN_AN_ENTRY = {"finish", "more_time", "scratch_that", "help_me_now"}
WHILE_OURS_PLAYS = {"stop", "pause", "go_on", "next", "say_again", "slower", "faster", "how_long", "help_me_now"}
IN_A_QUESTION = {"help", "help_me_now", "stop"}
KINDS = {"mood", "dream", "experiment", "none_of_these", "no"}

ABOUT_OUR_VOICE = {"quiet_mode", "text_only", "normal_voice", "hide"}
"""While it plays as well: somebody may come into the room."""


OF_A_KIND = KINDS | {"for_my_therapist"}
"""What answers the question about it, and what may be said of the entry beside."""


def at(activity: Activity, **changes: object) -> State:
    fresh = State(language_of("en"), shelf_of("en").scripts, date(2026, 3, 1), activity=activity)
    return replace(fresh, **changes)  # type: ignore[arg-type]


def in_an_entry(**changes: object) -> State:
    capture = Capture(1, is_entry=True, has_content=True)
    return at(Journalling(), capture=capture, captures=1, **changes)


TABLE = {
    "waiting": (at(Waiting()), set(COMMANDS)),
    "in an entry": (in_an_entry(), IN_AN_ENTRY),
    "in an entry, our voice plays": (in_an_entry(ours="playing"), IN_AN_ENTRY),
    "a question is open": (at(Asking(TAG, ENTRY)), IN_A_QUESTION | OF_A_KIND),
    "a question is being asked": (
        at(Asking(TAG, ENTRY), ours="playing"),
        IN_A_QUESTION | OF_A_KIND | WHILE_OURS_PLAYS | ABOUT_OUR_VOICE,
    ),
    "a name is asked for": (at(SettingUp("contact", "name")), IN_A_QUESTION | {"no"}),
    "a script plays": (at(Grounding("water"), ours="playing"), WHILE_OURS_PLAYS | ABOUT_OUR_VOICE | {"help"}),
    "a script is held": (at(Grounding("water"), ours="held"), set(COMMANDS)),
    "a reading is interrupted": (at(Reading(ENTRY), ours="held", is_interrupted=True), set(COMMANDS)),
    "a script is all there is, and held": (
        at(Grounding("water"), ours="held", opening_script="water"),
        WHILE_OURS_PLAYS | ABOUT_OUR_VOICE | {"help"},
    ),
    "a script is held while others may be talking": (
        at(Grounding("water"), ours="held", guard=Guard(watch="hidden")),
        WHILE_OURS_PLAYS | ABOUT_OUR_VOICE | {"help"},
    ),
}


@pytest.mark.parametrize(("state", "acts"), TABLE.values(), ids=list(TABLE))
def test_what_acts_in_each_state(state: State, acts: set[str]) -> None:
    assert set(awaiting.acting(state)) == acts
    assert "help_me_now" in acts


def test_over_a_script_help_is_no_hint_for_it_is_near_to_help_me_now() -> None:
    assert "help" not in awaiting.awaited(at(Grounding("water"), ours="playing")).hints
    assert {"help", "help me now"} <= set(awaiting.awaited(at(Grounding("water"), ours="held")).hints)


@pytest.mark.parametrize(
    ("heard", "name"),
    [("No.", "stop"), ("no no", "stop"), ("That's enough.", "stop"), ("Shut up!", "stop"), ("Hold on.", "pause")],
)
def test_over_a_script_or_a_reading_more_words_stop_it_and_nowhere_else(heard: str, name: str) -> None:
    clear = Stretch(2000, 2030, 30, clear_ticks=30)
    over = Stretch(2000, 2030, 30, clear_ticks=0)
    for activity in (Grounding("water"), Reading(ENTRY)):
        for ours in ("playing", "barged in"):
            assert commands.understood(at(activity, ours=ours), over, Transcript(heard)) == name
        assert commands.understood(at(activity, ours="held"), clear, Transcript(heard)) is None
        echo = at(activity, ours="playing", tick=2000, vain_holds=(1700, 1800, 1900))
        assert commands.understood(echo, over, Transcript(heard)) is None, "a script may say that"
    assert commands.understood(at(Waiting()), clear, Transcript(heard)) is None
    assert commands.understood(in_an_entry(), clear, Transcript(heard)) is None
    assert commands.understood(at(Asking(TAG, ENTRY)), clear, Transcript("no")) == "no"
    assert commands.understood(at(Grounding("water"), ours="playing"), clear, Transcript(f"{heard} mum")) is None


@pytest.mark.parametrize("state", [state for state, _ in TABLE.values()], ids=TABLE.keys())
def test_whatever_acts_may_be_asked_with_a_please(state: State) -> None:
    language = state.language
    says = [
        language.commands[name].say if name in language.commands else language.answers[name]
        for name in awaiting.acting(state)
    ]
    for say in (say[0] for say in says):
        understood = commands.understood(state, BRIEF, Transcript(say))
        for asked in (f"Please {say}.", f"{say}, please", f"please {say} please", f"{say}, please, {say}, please"):
            assert commands.understood(state, BRIEF, Transcript(asked)) == understood, asked
    assert commands.understood(state, BRIEF, Transcript("please")) is None


def test_a_please_goes_with_a_script_a_search_and_a_kind_too() -> None:
    for said, name in (
        ("ground me with water", "script water"),
        ("find my mother", "search find my mother"),
        ("change it to dream", "change to dream"),
    ):
        for asked in (said, f"please {said}", f"{said} please"):
            assert commands.understood(at(Waiting()), BRIEF, Transcript(asked)) == name


@pytest.mark.parametrize("words", ["please find my mother she is lost", "please him", "stop him please", "please"])
def test_a_please_makes_no_command_of_other_words(words: str) -> None:
    assert commands.understood(at(Waiting()), BRIEF, Transcript(words)) is None


def test_in_an_entry_the_key_for_help_says_where_one_is_and_that_for_stop_ends_it() -> None:
    """A key is never a part of what is said, so it acts where the words are content; the entry goes on."""
    helped, (say,) = respond(in_an_entry(), Pressed(20, "help"))
    assert isinstance(say, Say) and "You are in an entry" in helped.said and helped.place == "entry"
    stopped, actions = respond(helped, Pressed(40, "stop"))
    assert actions == (Hush(),)
    assert (stopped.place, stopped.is_playing, stopped.activity) == ("entry", False, Journalling())


def test_what_is_asked_for_is_never_said_behind_what_is_held() -> None:
    held = at(Asking(TAG, ENTRY), ours="held")
    state, actions = respond(held, Pressed(20, "help"))
    assert [type(action) for action in actions] == [Hush, Say] and state.ours == "playing"


BRIEF = Stretch(100, 150, 50, 50)


@pytest.mark.parametrize(
    ("state", "heard", "near", "name"),
    [
        (in_an_entry(), "Help me out.", Nearest("help me now", -1.8, -6.5), "help_me_now"),
        (in_an_entry(), "Help me out.", Nearest("help me now", -3.7, -13.0), None),
        (in_an_entry(), "It helped me now.", Nearest("help me now", -1.6, -5.4), None),
        (in_an_entry(), "Now help me now.", Nearest("help me now", -0.5, -1.0), None),
        (in_an_entry(), "Channel entry.", Nearest("journal entry", -1.0, 2.0), None),
        (at(Waiting()), "Chanel entry.", Nearest("journal entry", -2.9, -3.3), "journal_entry"),
        (at(Waiting()), "Last time.", Nearest("less time", -2.7, -6.3), None),
        (at(Waiting()), "Stop time.", Nearest("stop", -3.1, -2.0), None),
        (at(Asking(TAG, ENTRY)), "Let us get a ribbon.", Nearest("experiment", -3.6, 2.9), "experiment"),
        (at(Asking(TAG, ENTRY)), "Excellent.", Nearest("experiment", -5.6, -10.2), None),
        (
            at(Asking(TAG, ENTRY)),
            "Let me tell you about my experience.",
            Nearest("experiment", -4.0, -5.9),
            None,
        ),
        (at(Asking(TAG, ENTRY)), "A thought experiment.", Nearest("experiment", -1.0, -1.0), None),
    ],
)
def test_a_phrase_is_misheard_only_where_the_sound_says_so(
    state: State, heard: str, near: Nearest, name: str | None
) -> None:
    assert commands.understood(state, BRIEF, Transcript(heard, nearest=near)) == name


def test_what_only_the_second_ear_hears_acts_where_it_may_and_stays_in_an_entry() -> None:
    heard = Transcript("Don't mind.", sounded=Sounded("goodbye", 0.0, -4.2))
    assert commands.understood(at(Waiting()), BRIEF, heard) == "goodbye"
    assert commands.understood(in_an_entry(), BRIEF, heard) is None
    heard = Transcript("It'll meet out.", sounded=Sounded("help me now", 0.1, -6.0))
    assert commands.understood(in_an_entry(), BRIEF, heard) == "help_me_now"
    assert commands.fate(in_an_entry(), BRIEF, heard, "help_me_now") == "in the text"


def test_where_it_is_locked_what_sounds_like_unlocking_is_no_locking() -> None:
    locked = replace(at(Waiting()), guard=replace(at(Waiting()).guard, watch="locked"))
    heard = Transcript("Lock my journal.", sounded=Sounded("unlock my journal", 0.2, -4.0))
    assert commands.understood(locked, BRIEF, heard) == "unlock"
    assert commands.understood(at(Waiting()), BRIEF, heard) == "lock"


@pytest.mark.parametrize("words", ["Finish the entry exam.", "Finish my essay."])
def test_what_only_sounds_like_the_end_of_an_entry_ends_none(words: str) -> None:
    heard = Transcript(words, sounded=Sounded("finish my entry", 0.3, -1.0))
    assert commands.understood(in_an_entry(), BRIEF, heard) is None
    heard = replace(heard, text="Finish my entry.", unhinted=Unhinted(words, -8.0))
    assert commands.understood(in_an_entry(), BRIEF, heard) == "finish"


def test_what_is_a_phrase_at_another_rate_is_obeyed_and_its_sound_set_aside() -> None:
    heard = Transcript("Fill it.", again="Help me now.")
    assert commands.understood(at(Waiting()), BRIEF, heard) == "help_me_now"
    assert commands.fate(at(Waiting()), BRIEF, heard, "help_me_now") == "aside"
    for label in ("Dream.", "Mood."):
        assert commands.understood(at(Asking(TAG, ENTRY)), BRIEF, replace(heard, again=label)) == letters(label)
        assert commands.understood(at(Waiting()), BRIEF, replace(heard, again=label)) is None


@pytest.mark.parametrize(
    "state",
    [
        in_an_entry(),
        at(Grounding("water"), ours="playing"),
        at(Grounding("water"), ours="held"),
        at(Reading(ENTRY), ours="held", is_interrupted=True),
        at(Asking(TAG, ENTRY), ours="playing"),
        at(SettingUp("contact", "name")),
        at(Asking(RIGHT, ENTRY)),
        at(Waiting(), guard=Guard(watch="hidden")),
        at(Waiting(), guard=Guard(then="hidden")),
    ],
)
def test_it_is_never_heard_again_where_more_is_at_stake(state: State) -> None:
    """In an entry, over our voice, where words are asked for, while somebody whom it is hidden from may talk."""
    assert not awaiting.awaited(state).obeyed
    for phrase in ("Help me now.", "Go on.", "Stop.", "Experiment.", "Unlock my journal."):
        assert commands.understood(state, BRIEF, Transcript("Fill it.", again=phrase)) is None


def test_what_would_be_obeyed_as_it_is_written_is_told() -> None:
    assert {"carryon", "helpmenow"} <= awaiting.awaited(at(Waiting())).obeyed
    assert {"yes", "help", "stop"} <= awaiting.awaited(at(Asking(DELETE, ENTRY))).obeyed


def test_what_is_no_hint_can_be_heard_all_the_same() -> None:
    awaited = awaiting.awaited(at(Waiting()))
    assert "what do you keep" in awaited.unhinted
    assert not set(awaited.unhinted) & set(awaited.hints)


def judged(state: State, heard: Transcript) -> list[type]:
    """What is done, in order, about a stretch with these words."""
    capture = replace(state.capture or Capture(1), undecided=1)
    state = replace(state, capture=capture, captures=1)
    _, actions = respond(state, StretchJudged(200, 1, BRIEF, heard))
    return [type(action) for action in actions if not isinstance(action, Say)]


@pytest.mark.parametrize(
    ("words", "unhinted", "done"),
    [
        ("Finish my entry.", None, [LeaveOut, CloseEntry]),
        ("Finish my entry.", Unhinted("Finish my end tree.", -0.4), [LeaveOut, CloseEntry]),
        ("Finish my entry.", Unhinted("Finish my end train.", -3.4), [KeepStretch, CloseEntry]),
        ("Finish my entry.", Unhinted("And finish my M3.", -5.5), [LeaveOut, CloseEntry]),
        ("Finish my entry.", Unhinted("and finish my entry", -1.8), [LeaveOut, CloseEntry]),
        ("Finish my entry.", Unhinted("I will finish my entry", -1.8), [KeepStretch]),
        ("Finish my entry.", Unhinted("Don't finish my entry.", -1.8), [KeepStretch]),
        ("Finish my entry.", Unhinted("Finish my essay.", -6.0), [KeepStretch]),
        ("Finish my entry.", Unhinted("Finished my entry", -0.4), [LeaveOut, CloseEntry]),
        ("Scratch that.", Unhinted("Scratch it out.", -5.4), [KeepStretch]),
        ("Help me out.", None, [KeepStretch]),
    ],
)
def test_in_an_entry_words_that_may_not_have_been_a_command_stay(
    words: str, unhinted: Unhinted | None, done: list[type]
) -> None:
    """Whether it is obeyed or not; what is a phrase however it is heard is no part of the text."""
    state = in_an_entry()
    assert judged(state, Transcript(words, unhinted=unhinted)) == done


@pytest.mark.parametrize(("likeness", "done"), [(0.21, [LeaveOut, CloseEntry]), (0.19, [KeepStretch, CloseEntry])])
def test_the_end_of_an_entry_stays_in_it_unless_both_ears_are_sure(likeness: float, done: list[type]) -> None:
    sounded, other = Sounded("finish my entry", likeness, -3.4), Unhinted("Finish my end train.", -3.4)
    assert judged(in_an_entry(), Transcript("Finish my entry.", unhinted=other, sounded=sounded)) == done


def test_what_only_sounds_like_it_takes_nothing_out_of_an_entry() -> None:
    longer = Unhinted("Scratch that itch.", -7.0)
    heard = Transcript("Scratch that.", unhinted=longer, sounded=Sounded("scratch that", 0.1, -7.0))
    assert judged(in_an_entry(), heard) == [KeepStretch]


@pytest.mark.parametrize(("words", "longer"), [("Goodbye.", "Good bye, Mum."), ("Delete that.", "Undelete that.")])
def test_what_is_a_part_of_likely_words_is_none_for_a_second_ear_either(words: str, longer: str) -> None:
    phrase = words.lower().removesuffix(".")
    heard = Transcript(words, unhinted=Unhinted(longer, 1.0), sounded=Sounded(phrase, 0.0, 0.0))
    assert commands.understood(at(Waiting()), BRIEF, heard) is None


@pytest.mark.parametrize(("lead", "name"), [(-5.2, "scratch_that"), (-5.4, None)])
def test_what_can_be_undone_may_be_further_behind(lead: float, name: str | None) -> None:
    heard = Transcript("Scratch that.", unhinted=Unhinted("Crush that!", lead))
    assert commands.understood(at(Waiting()), BRIEF, heard) == name


def test_a_command_that_hints_have_made_of_nothing_ends_no_entry() -> None:
    heard = Transcript("Finish my entry.", unhinted=Unhinted("", 0.0))
    assert judged(in_an_entry(), heard) == [KeepStretch]


@pytest.mark.parametrize("question", [DELETE, DELETE_SURELY, PRIVATE, FORGET])
def test_a_yes_that_may_cost_something_has_to_be_likely(question: Question) -> None:
    asked = at(Asking(question, ENTRY))
    assert commands.understood(asked, BRIEF, Transcript("Yes.", unhinted=Unhinted("Guess.", -3.8))) == "yes"
    assert commands.understood(asked, BRIEF, Transcript("Yes.", unhinted=Unhinted("Guess.", -4.0))) is None


@pytest.mark.parametrize("unhinted", [Unhinted("Guess.", -4.0), Unhinted("", 0.0)])
def test_where_a_yes_has_to_be_sure_one_that_is_not_is_asked_for_once_more(unhinted: Unhinted) -> None:
    asked = at(Asking(DELETE_SURELY, ENTRY), capture=Capture(1, undecided=1), captures=1, said="Shall it go?")
    heard = Transcript("Yes.", unhinted=unhinted)
    state, actions = respond(asked, StretchJudged(200, 1, BRIEF, heard))
    assert (state.activity, state.said) == (asked.activity, "Shall it go?")
    assert [type(action) for action in actions] == [LeaveOut, SetAside, Say]


def test_help_that_was_misheard_is_given_and_its_words_stay() -> None:
    done = judged(in_an_entry(), Transcript("Help me out.", nearest=Nearest("help me now", -1.8, -6.5)))
    assert done[0] is KeepStretch and len(done) > 1


def test_what_may_have_begun_an_entry_is_kept_aside_when_it_is_obeyed() -> None:
    sure, unsure = (
        Transcript("What helped me?"),
        Transcript("What helped me?", unhinted=Unhinted("What held me?", -1.2)),
    )
    assert judged(at(Waiting()), sure) == [LeaveOut, DropEntry]
    assert judged(at(Waiting()), unsure) == [LeaveOut, SetAside]
    two = at(Waiting(), capture=Capture(1, undecided=2), captures=1)
    one, _ = respond(two, StretchJudged(200, 1, BRIEF, unsure))
    _, actions = respond(one, StretchJudged(300, 1, BRIEF, sure))
    assert SetAside(1) in actions and DropEntry(1) not in actions


def test_a_command_is_understood_without_its_hints_too() -> None:
    heard = Transcript("Don't mind.", unhinted=Unhinted("Goodbye!", -3.3))
    assert commands.understood(at(Waiting()), BRIEF, heard) == "goodbye"


def test_over_a_script_hints_may_bend_what_they_like() -> None:
    heard = Transcript("Slower.", unhinted=Unhinted("so it", -8.6))
    assert commands.understood(at(Grounding("water"), ours="playing"), BRIEF, heard) == "slower"
    assert commands.understood(at(Waiting()), BRIEF, heard) is None


@pytest.mark.parametrize(
    ("key", "name"), [("u", "undo"), ("x", "scratch_that"), ("w", "not_done"), ("d", "delete_that")]
)
def test_at_a_question_what_repairs_an_entry_is_a_key_and_a_word_of_the_next_one(key: str, name: str) -> None:
    asked = at(Asking(TAG, ENTRY))
    words = asked.language.commands[name].say[0]
    assert awaiting.of_key(asked, key) == name
    assert commands.understood(asked, BRIEF, Transcript(words)) is None


def test_a_recogniser_expects_no_unlocking_where_it_is_open_and_no_locking_where_it_is_locked() -> None:
    locked = replace(at(Waiting()), guard=replace(at(Waiting()).guard, watch="locked"))
    lock, unlock = "lock my journal", "unlock my journal"
    when_open, when_locked = awaiting.awaited(at(Waiting())), awaiting.awaited(locked)
    assert lock in when_open.hints and unlock not in (*when_open.hints, *when_open.unhinted)
    assert unlock in when_locked.hints and lock not in (*when_locked.hints, *when_locked.unhinted)


@pytest.mark.parametrize(
    ("text", "other", "lead", "name"),
    [
        ("What helped me?", "Help me now.", 3.0, "help_me_now"),
        ("Help me now.", "What helped me?", -3.0, "help_me_now"),
        ("Don't keep my voice.", "Keep my voice.", -2.0, "keep_voice"),
        ("Keep my voice.", "Don't keep my voice.", 2.0, "keep_voice"),
    ],
)
def test_of_two_commands_the_likelier_is_meant_and_help_comes_first(
    text: str, other: str, lead: float, name: str
) -> None:
    heard = Transcript(text, unhinted=Unhinted(other, lead))
    assert commands.understood(at(Waiting()), BRIEF, heard) == name


@pytest.mark.parametrize(
    ("near", "sounded", "name"), [("go on", "how long", "how_long"), ("help me now", "slower", "help_me_now")]
)
def test_of_two_near_phrases_the_sounds_tell_and_help_gives_way_to_none(near: str, sounded: str, name: str) -> None:
    heard = Transcript("Now long.", nearest=Nearest(near, -2.8, -6.8), sounded=Sounded(sounded, 0.068, -6.8))
    over_script = at(Grounding("water"), ours="playing")
    assert commands.understood(over_script, BRIEF, heard) == name


@pytest.mark.parametrize(("likeness", "name"), [(0.03, "read_it_back"), (0.06, "delete_that")])
def test_of_two_near_phrases_one_that_costs_something_has_to_be_likely_by_itself(
    likeness: float, name: str
) -> None:
    sounded = Sounded("delete that", likeness, -5.9)
    heard = Transcript("Delay it back.", nearest=Nearest("read it back", -1.3, -5.5), sounded=sounded)
    assert commands.understood(at(Waiting()), BRIEF, heard) == name


@pytest.mark.parametrize(
    ("text", "is_understood"),
    [("Forget what helped. Forget what helped.", True), ("Forget all that helped.", False)],
)
def test_a_phrase_that_is_written_twice_is_as_likely_as_once(text: str, is_understood: bool) -> None:
    heard = Transcript(
        text, unhinted=Unhinted("Forget what hell.", -8.1), nearest=Nearest("forget what helped", -1.5, -4.0)
    )
    understood = commands.understood(at(Waiting()), BRIEF, heard)
    assert understood == ("forget_helped" if is_understood else None)
