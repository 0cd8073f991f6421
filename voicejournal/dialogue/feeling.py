"""How strong it is before and after a script, for those who want to be asked; and what helped.

In: answers from none to ten. Out: the next state and actions. Pure.
Nothing waits for a number: no answer at all is as good, and what was noted only ever names a script.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from voicejournal.dialogue import afterwards, calling, grounding
from voicejournal.dialogue.actions import ForgetHelped, Hush, NoteHelped, Prefer
from voicejournal.dialogue.activity import Asking, Grounding, Question, Waiting
from voicejournal.dialogue.declaring import Answers, Command, Commands, Response
from voicejournal.dialogue.state import State
from voicejournal.dialogue.telling import left_with, tell
from voicejournal.journal.helped import Helped, in_order
from voicejournal.journal.strength import STRENGTHS

BEFORE = Question("before", keys="keys_strength", is_left_by_any_key=True, asks_number=True, own_answers="strength")
AFTER = Question("after", keys="keys_strength", is_left_by_any_key=True, asks_number=True, own_answers="strength")
ROSE = Question("rose", keys="keys_rose", own_answers="offer")
FORGET = Question("forget", own_answers="forget", yes_costs="something")


def ground_me(state: State) -> Response:
    return begin(state, Grounding(state.language.grounding))


def begin(state: State, wanted: Grounding) -> Response:
    """Ask first, where that was asked for; else speak at once. While it is locked nothing can be noted."""
    if not state.asks_strength or state.guard.watch == "locked":
        return start(state, wanted)
    state, said = tell(replace(state, activity=Asking(BEFORE, wanted)), "ask_before")
    return state, (Hush(), *said)


def start(state: State, wanted: Grounding) -> Response:
    """Speak the script, and remember for its end what it is for."""
    state, actions = grounding.ground(state, wanted.name)
    assert isinstance(state.activity, Grounding)
    begun = replace(state.activity, before=wanted.before, about=wanted.about)
    return replace(state, activity=begun), actions


def told_before(state: State, asking: Asking, strength: int) -> Response:
    return start(state, replace(asking.grounding, before=strength))


def skipped_before(state: State, asking: Asking) -> Response:
    """Then nothing is asked after it either."""
    return start(state, asking.grounding)


def script_over(state: State, done: Grounding) -> Response:
    """It came to its end by itself: how strong it is now, where that was told before, else what next."""
    if done.before is None:
        return afterwards.what_next(state, done)
    return ask_after(state, done)


def ask_after(state: State, done: Grounding) -> Response:
    return tell(replace(state, activity=Asking(AFTER, done)), "ask_after")


def told_after(state: State, asking: Asking, strength: int) -> Response:
    """Noted, without a word about more or less; but where it rose, another way is offered."""
    done = asking.grounding
    assert done.before is not None
    note = Helped(done.name, done.before, strength)
    state = replace(state, helped=(*state.helped, note), activity=Waiting())
    if strength <= done.before:
        state, said = tell(state, "noted")
        state, more = afterwards.what_next(state, done)
        return state, (NoteHelped(note), *said, *more)
    state, said = tell(replace(state, activity=Asking(ROSE, replace(done, before=strength))), "rose")
    return state, (NoteHelped(note), *said)


def skipped_after(state: State, asking: Asking) -> Response:
    """Nothing is noted, and it goes on as it would have."""
    return afterwards.what_next(replace(state, activity=Waiting()), asking.grounding)


def another_way(state: State, asking: Asking) -> Response:
    """What helped before comes first; how strong it is was just said."""
    last = asking.grounding
    ways = (*in_order(state.helped), *state.language.ways)
    name = next((name for name in ways if name != last.name and name in state.scripts), last.name)
    return start(state, replace(last, name=name))


def ask_me(state: State) -> Response:
    state, said = tell(replace(state, asks_strength=True), "will_ask")
    return state, (Prefer("before_after", "on"), *said)


def do_not_ask(state: State) -> Response:
    state, said = tell(replace(state, asks_strength=False), "will_not_ask")
    return state, (Prefer("before_after", "off"), *said)


def what_helped(state: State) -> Response:
    """ "Slow breath, and after that water." At most two; no numbers, ever."""
    titles = [state.scripts[name].title for name in in_order(state.helped) if name in state.scripts]
    match titles:
        case []:
            return tell(state, "helped_nothing")
        case [first]:
            return tell(state, "helped_one", first=first)
        case [first, second, *_]:
            return tell(state, "helped_two", first=first, second=second[:1].lower() + second[1:])
    raise AssertionError(titles)


def forget(state: State) -> Response:
    if not state.helped:
        return tell(state, "helped_nothing")
    return tell(replace(state, activity=Asking(FORGET)), "ask_forget")


def forgotten(state: State, asking: Asking) -> Response:
    state, said = tell(replace(state, helped=(), activity=Waiting()), "forgotten")
    return state, (ForgetHelped(), *said)


def _told(follow: Callable[..., Response]) -> dict[str, Callable[[State, Asking], Response]]:
    return {name: partial(follow, strength=int(name)) for name in STRENGTHS}


COMMANDS: Commands = {
    "ground_me": Command(ground_me),
    "ask_me": Command(ask_me),
    # Hinted at, "goodbye" is heard as "don't mind" (3 of 30 renderings).
    "ask_me_not": Command(do_not_ask, is_hinted=False),
    "what_helped": Command(what_helped, opens_journal=True),
    "forget_helped": Command(forget, opens_journal=True),
}

ANSWERS: Answers = {
    BEFORE: {**_told(told_before), "no": skipped_before, "next": skipped_before, "silence": skipped_before},
    AFTER: {**_told(told_after), "no": skipped_after, "next": skipped_after, "silence": skipped_after},
    ROSE: {"another": another_way, "person": calling.person, "no": left_with("let_be")},
    FORGET: {"yes": forgotten, "no": left_with("not_deleted")},
}
