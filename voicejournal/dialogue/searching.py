"""Searching: entries of before, asked for in words, named by day and kind, and heard only when one is chosen.

In: a search as it was heard, what the journal found, a choice. Out: the next state and actions. Pure.
No word of an entry is spoken or shown here: a choice leads to the question whether it is private.
"""

from collections.abc import Callable
from dataclasses import replace

from voicejournal.dialogue import reading
from voicejournal.dialogue.actions import FindEntries
from voicejournal.dialogue.activity import Asking, Listed, Question, Waiting
from voicejournal.dialogue.declaring import HELD, Answers, Response
from voicejournal.dialogue.events import EntriesFound
from voicejournal.dialogue.looking import looked_for, looked_on
from voicejournal.dialogue.state import State
from voicejournal.dialogue.telling import entry_name, hushed, left_with, speak, tell
from voicejournal.dialogue.times import length, number
from voicejournal.journal.entries import Entry
from voicejournal.journal.queries import AT_ONCE, MOST_COUNTED, Found
from voicejournal.journal.searches import asked

CHOOSE = Question("choose", keys="keys_found", own_answers="choose")

CHOICES = ("choose_one", "choose_two", "choose_three")
"""What is offered, by the number of entries that were named."""


def may_search(state: State) -> bool:
    """While nothing else goes on, or it waits, or the entries of the last search are offered."""
    is_choosing = isinstance(state.activity, Asking) and state.activity.question == CHOOSE
    return state.place in ("waiting", *HELD) or (is_choosing and state.place == "question")


def begin(state: State, heard: str) -> Response:
    """The answer follows at once, as `EntriesFound`."""
    wanted = asked(state.language.searches, heard)
    assert wanted is not None  # it was one when it was understood
    state, hush = hushed(replace(state, activity=Waiting()))
    return state, (*hush, FindEntries(wanted))


def found(state: State, event: EntriesFound) -> Response:
    """First what was understood, then how many there are, then the newest of them; older ones only when asked."""
    found = event.found
    parts = [_opening(state, found), *(_named(state, place, entry) for place, entry in enumerate(found.entries, 1))]
    if found.entries:
        parts.append(_offer(state, found))
        state = replace(state, activity=Asking(CHOOSE, Listed(event.asked, found)))
    return speak(state, " ".join(parts))


def _opening(state: State, found: Found) -> str:
    say, query = state.language.say, found.query
    if found.skipped:
        return say("found_older") if found.entries else say("found_no_older")
    unclear = say("looked_everywhere") if query.is_span_unclear else ""
    looked = say("looked", what=looked_for(state.language, query))
    days = looked_on(state.language, query.span, state.today)
    return " ".join(filter(None, (unclear, looked, days, _how_many(state, found))))


def _how_many(state: State, found: Found) -> str:
    say = state.language.say
    match found.count:
        case 0:
            return say("found_nothing")
        case 1:
            return say("found_one")
        case count if count > MOST_COUNTED:
            return say("found_very_many", count=number(state.language, MOST_COUNTED))
        case count if count > AT_ONCE:
            return say("found_many", count=number(state.language, count))
        case count:
            return say("found_some", count=number(state.language, count))


def _named(state: State, place: int, entry: Entry) -> str:
    """Its kind, its day and its length: enough to know it by, and none of its words."""
    language, say = state.language, state.language.say
    named = say("found_named", place=number(language, place), what=entry_name(state, entry))
    return " ".join((named, say("found_length", length=length(language, entry.seconds))))


def _offer(state: State, found: Found) -> str:
    say = state.language.say
    offer = say(CHOICES[len(found.entries) - 1])
    return " ".join((offer, say("choose_older"))) if found.has_older else offer


def chosen(place: int) -> Callable[[State, Asking], Response]:
    """What follows from a number: the same as from "read it back", of that entry."""

    def choose(state: State, asking: Asking) -> Response:
        entries = asking.listed.found.entries
        if place > len(entries):
            return tell(state, CHOICES[len(entries) - 1])
        state, hush = hushed(replace(state, activity=Waiting(), last=entries[place - 1]))
        state, said = reading.read_it_back(state)
        return state, (*hush, *said)

    return choose


def older(state: State, asking: Asking) -> Response:
    """ "Next": the three before these."""
    listed = asking.listed
    if not listed.found.has_older:
        return tell(state, "found_no_older")
    state, hush = hushed(replace(state, activity=Waiting()))
    return state, (*hush, FindEntries(listed.asked, listed.found.skipped + len(listed.found.entries)))


ANSWERS: Answers = {
    CHOOSE: {
        **{str(place): chosen(place) for place in range(1, AT_ONCE + 1)},
        "next": older,
        "no": left_with("let_be"),
    },
}
