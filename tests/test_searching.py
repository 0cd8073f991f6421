"""Searching: how many and the newest three, by kind and day; and never a word of an entry before it is private."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import product

import pytest

from voicejournal.dialogue import awaiting, commands
from voicejournal.dialogue.actions import Action, FindEntries, Hush, LeaveOut, LookUp, Say, SetAside
from voicejournal.dialogue.activity import Activity, Asking, Listed, Reading, Waiting
from voicejournal.dialogue.events import EntriesFound, Pressed, StretchJudged
from voicejournal.dialogue.reading import PRIVATE
from voicejournal.dialogue.respond import respond
from voicejournal.dialogue.searching import CHOOSE
from voicejournal.dialogue.state import Capture, State
from voicejournal.hearing.frames import ticks
from voicejournal.hearing.stretches import Stretch
from voicejournal.hearing.transcripts import Transcript
from voicejournal.journal.entries import TAGS, Entry, Tag
from voicejournal.journal.queries import MOST_COUNTED, Found, Query, Span
from voicejournal.journal.searches import Asked
from voicejournal.languages import language_of
from voicejournal.shelf import shelf_of
from voicejournal.speaking.steps import Words

NOW = datetime(2026, 11, 26, 9, tzinfo=UTC)
STATE = State(language_of("en"), shelf_of("en").scripts, NOW.date(), tick=1000)
ASKED = Asked("dream", when="last week")
SECRET = "quokka"


def entry(number: int) -> Entry:
    at = NOW - timedelta(days=number)
    return Entry(f"b{number}", at, at, "dream", "spoken", None, f"{SECRET} {number}", 130, "en", "vosk", "written")


def found(count: int, skipped: int = 0) -> Found:
    return Found(Query("dream"), count, tuple(entry(n) for n in range(skipped, min(count, skipped + 3))), skipped)


def said(actions: tuple[Action, ...]) -> list[str]:
    return [step.text for one in actions if isinstance(one, Say) for step in one.steps if isinstance(step, Words)]


def told(some: Found) -> tuple[State, list[str]]:
    state, actions = respond(STATE, EntriesFound(1000, ASKED, some))
    return state, said(actions)


DAYS = (date(2025, 10, 31), date(2026, 1, 1), date(2026, 1, 31), NOW.date())


@pytest.mark.parametrize("code", ["en", "ko"])
@pytest.mark.parametrize("tag", [None, *TAGS])
def test_no_sentence_of_an_answer_has_more_than_twelve_words(code: str, tag: Tag | None) -> None:
    """As long as they get: five words were asked for, on days of two months or years, and each took hours."""
    language = language_of(code)
    state = replace(STATE, language=language)
    about = "the argument with my sister"
    queries = [Query(tag, about=about, span=Span(first, last)) for first, last in product((None, *DAYS), repeat=2)]
    queries += [Query(tag, span=Span(day, day + timedelta(days=1), is_night=True)) for day in DAYS]
    queries += [Query(tag, for_therapist=True), Query(tag, about=about, is_span_unclear=True)]
    longest = [replace(entry(days), tag=tag, seconds=2 * 3600 + 25 * 60) for days in (0, 4, 400)]
    for query, count in product(queries, (0, 1, 3, 5, MOST_COUNTED + 1)):
        _, actions = respond(state, EntriesFound(1000, ASKED, Found(query, count, tuple(longest[:count]))))
        assert all(len(sentence.split()) <= 12 for sentence in said(actions)), said(actions)


def test_it_tells_what_it_looked_for_and_names_the_newest_three() -> None:
    state, words = told(found(5))
    assert words == [
        "I looked for dreams.",
        "I found five of them.",
        "Here are the newest ones.",
        "One: the dream from today.",
        "Two minutes.",
        "Two: the dream from yesterday.",
        "Two minutes.",
        "Three: the dream from Tuesday.",
        "Two minutes.",
        "Say one, two or three, and I ask if it is private.",
        "For older ones, say next, any time.",
    ]
    assert state.activity == Asking(CHOOSE, Listed(ASKED, found(5)))


@pytest.mark.parametrize("count", [0, 1, 2, 3, 4, MOST_COUNTED, MOST_COUNTED + 1])
def test_no_word_of_an_entry_is_spoken(count: int) -> None:
    assert not any(SECRET in words for words in told(found(count))[1])


def test_nothing_found_leaves_nothing_open() -> None:
    state, words = told(found(0))
    again = "To look again, say find and another word."
    assert words == ["I looked for dreams.", "I found nothing like that.", again] and state.activity == Waiting()


def test_more_than_anybody_counts_is_told_as_that() -> None:
    assert "I found more than 100." in told(found(MOST_COUNTED + 1))[1]


def pressed(state: State, command: str) -> tuple[State, tuple[Action, ...]]:
    return respond(state, Pressed(state.tick, command))


def test_a_choice_asks_first_whether_it_is_private() -> None:
    state, actions = pressed(told(found(3))[0], "2")
    assert state.activity == Asking(PRIVATE, entry(1)) and state.last == entry(1)
    assert Hush() in actions and not any(SECRET in words for words in said(actions))
    state, actions = pressed(state, "yes")
    assert state.activity == Reading(entry(1)) and LookUp(entry(1).id) in actions


def test_a_number_that_was_not_named_says_which_were() -> None:
    state, actions = pressed(told(found(2))[0], "3")
    assert said(actions) == ["Say one or two, and I ask if it is private."] and isinstance(state.activity, Asking)


def test_older_ones_come_when_they_are_asked_for() -> None:
    state, actions = pressed(told(found(5))[0], "next")
    assert actions == (Hush(), FindEntries(ASKED, skip=3))
    state, actions = respond(state, EntriesFound(1000, ASKED, found(5, skipped=3)))
    assert said(actions)[:2] == ["Here are older ones.", "One: the dream from Monday."]
    state, actions = pressed(state, "next")
    assert said(actions) == ["There are no older ones."] and isinstance(state.activity, Asking)


def test_no_leaves_it() -> None:
    state, actions = pressed(told(found(2))[0], "no")
    assert state.activity == Waiting() and said(actions)


def test_entries_of_the_same_query_may_be_gone_meanwhile() -> None:
    state, words = told(Found(Query("dream"), MOST_COUNTED + 1, (), skipped=99))
    assert words == ["There are no older ones."] and state.activity == Waiting()


def heard(state: State, words: str, seconds: float = 2.0) -> str | None:
    return commands.understood(state, Stretch(0, ticks(seconds), 40, 40), Transcript(words))


@pytest.mark.parametrize("activity", [Waiting(), Asking(CHOOSE, Listed(ASKED, found(2)))])
def test_a_search_counts_while_nothing_else_goes_on(activity: Activity) -> None:
    state = replace(STATE, activity=activity)
    assert heard(state, "Find my mother.") == "search Find my mother."
    assert awaiting.awaited(state).longest_ticks == ticks(4.5)


@pytest.mark.parametrize("activity", [Asking(PRIVATE, entry(0)), Reading(entry(0))])
def test_elsewhere_the_same_words_are_none(activity: Activity) -> None:
    state = replace(STATE, activity=activity)
    assert heard(state, "find my mother") is None and awaiting.awaited(state).longest_ticks is None
    in_entry = replace(STATE, capture=Capture(1, is_entry=True))
    assert heard(in_entry, "find my mother") is None and awaiting.awaited(in_entry).longest_ticks is None


def test_the_words_of_a_search_are_kept_aside_for_a_week() -> None:
    """They may have been the beginning of an entry after all."""
    state = replace(STATE, capture=Capture(1, undecided=1), captures=1)
    stretch = Stretch(900, 1000, 80, 80)
    state, actions = respond(state, StretchJudged(1000, 1, stretch, Transcript("what did I dream last week")))
    assert actions == (LeaveOut(1, stretch), SetAside(1), FindEntries(ASKED)) and state.capture is None


def test_today_is_told_and_never_asked() -> None:
    state, _ = told(found(1))
    later = replace(STATE, today=date(2026, 11, 28))
    _, actions = respond(later, EntriesFound(1000, ASKED, found(1)))
    assert "One: the dream from Thursday." in said(actions) and state.today == NOW.date()
