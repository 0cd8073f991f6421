"""Offering: after an entry is kept, at most one soft offer, and no more about it.

In: entries written, answers. Out: the next state and actions. Pure.
It waits until nobody speaks and all else is said; silence declines it; of why it was made nothing is ever kept.
"""

from dataclasses import replace

from voicejournal.dialogue import calling, feeling
from voicejournal.dialogue.actions import Prefer
from voicejournal.dialogue.activity import Asking, Grounding, Question, Waiting
from voicejournal.dialogue.declaring import Answers, Command, Commands, Response
from voicejournal.dialogue.events import EntryWritten
from voicejournal.dialogue.state import Offer, OfferKind, State
from voicejournal.dialogue.telling import left_with, tell, tell_discreetly
from voicejournal.journal.circling import goes_in_circles
from voicejournal.journal.hard import sounds_hard
from voicejournal.journal.resting import rest_is_due

OPEN_SECONDS = 30.0
"""Choices about help are weighed slowly; nothing else waits for them."""

HARD = Question("hard", keys="keys_hard", open_seconds=OPEN_SECONDS, own_answers="hard", has_only_own=True)
"""R29: three choices, or no thanks."""

CIRCLING = Question("circling", own_answers="circling")


def note_due(state: State, event: EntryWritten) -> State:
    """What there is to offer about the entry, once, when all is quiet; what is hard comes before all else."""
    entry = event.entry
    is_grounding = isinstance(state.activity, Grounding)  # "help me now" has just named it
    is_unwanted = not state.makes_offers or state.is_muted or entry.id in state.offered_about
    if is_unwanted or is_grounding or event.is_recovered:
        return state
    kind = _kind(state, event)
    if kind is None or (state.offer_due is not None and state.offer_due.kind == "hard"):
        return state
    return replace(state, offer_due=Offer(kind, entry), offered_about=state.offered_about | {entry.id})


def _kind(state: State, event: EntryWritten) -> OfferKind | None:
    entry, language = event.entry, state.language
    is_dream = entry.tag == "dream"
    if sounds_hard(entry.text, language.hard, is_dream):
        return "hard"
    texts = [earlier.text for earlier in event.earlier]
    if not is_dream and goes_in_circles(entry.text, entry.seconds, texts, language.circling):
        return "circling"
    day = entry.started_at.date()
    today = [earlier.seconds for earlier in event.earlier if earlier.started_at.date() == day]
    return "rest" if rest_is_due(entry.seconds, today) else None


def offer_when_free(state: State) -> Response:
    """When nobody is speaking and nothing else is open."""
    if state.offer_due is None or state.closing or state.is_muted or not state.is_free:
        return state, ()
    kind, entry = state.offer_due.kind, state.offer_due.entry
    state = replace(state, offer_due=None, alarm_tick=None)
    match kind:
        case "hard":
            return tell_discreetly(replace(state, activity=Asking(HARD, entry)), "offer_hard")
        case "circling":
            return tell_discreetly(replace(state, activity=Asking(CIRCLING, entry)), "offer_circling")
        case "rest":
            return tell_discreetly(state, "offer_rest")


def ground_now(state: State, asking: Asking) -> Response:
    """At once: nothing is asked before it."""
    return feeling.start(state, Grounding(state.language.grounding))


def choose(state: State, asking: Asking) -> Response:
    """ "Yes" is no choice yet: the three are named once more."""
    return tell_discreetly(state, "which_hard")


def declined(state: State, asking: Asking) -> Response:
    """It goes on as it was; how to reach help is said once more (R29)."""
    return tell_discreetly(replace(state, activity=Waiting()), "offer_declined")


def ground(state: State, asking: Asking) -> Response:
    """Outward, and then a choice."""
    return feeling.begin(state, Grounding(state.language.grounding, about=asking.entry))


def turn_off(state: State, asking: Asking | None = None) -> Response:
    """ "No more offers": from now on, until they are wanted again."""
    is_open = isinstance(state.activity, Asking)
    state = replace(state, makes_offers=False, offer_due=None, activity=Waiting() if is_open else state.activity)
    state, said = tell(state, "offers_off")
    return state, (Prefer("offers", "off"), *said)


def turn_on(state: State) -> Response:
    state, said = tell(replace(state, makes_offers=True), "offers_on")
    return state, (Prefer("offers", "on"), *said)


COMMANDS: Commands = {
    "offers_off": Command(turn_off),
    "offers_on": Command(turn_on),
}

ANSWERS: Answers = {
    HARD: {
        "number": calling.number,
        "person": calling.person,
        "ground_me": ground_now,
        "yes": choose,
        "no": declined,
        "offers_off": turn_off,
    },
    CIRCLING: {"yes": ground, "no": left_with("let_be"), "offers_off": turn_off},
}
