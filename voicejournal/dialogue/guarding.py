"""Locking, hiding, and coming back.

In: "hide", "lock my journal", a passphrase that was typed, the passing of time. Out: the next state, actions. Pure.
Each of these ends the run, keeping what was said, and another begins that knows nothing of it: what nobody is to
see any more is not there any more. A secret is typed, never spoken, and never comes here.
"""

from collections.abc import Mapping
from dataclasses import replace

from voicejournal.dialogue import grounding, wayfinding
from voicejournal.dialogue.actions import AskSecret, Hush, Prefer
from voicejournal.dialogue.activity import Asking, Question, Waiting
from voicejournal.dialogue.declaring import HELD, Answers, Command, Commands, Response
from voicejournal.dialogue.events import Outcome, SecretTyped
from voicejournal.dialogue.guard import Guard, Watch
from voicejournal.dialogue.state import State
from voicejournal.dialogue.telling import tell
from voicejournal.hearing.frames import ticks

PASSPHRASE = Question("passphrase", own_answers="offer")

OFFER_TICKS = ticks(8)
"""A quiet moment: longer than a pause to think after an entry, and nothing is being waited for [J]."""

HIDDEN_HEARS = ("help_me_now", "unlock")
"""What acts by voice while it is hidden: the rest may be somebody's talk in the room."""


def hide(state: State) -> Response:
    """Silence at once; what was said is kept, and then nothing shows what this is."""
    return wayfinding.interrupted(_then(state, "hidden"))


def lock(state: State) -> Response:
    if state.guard.protection != "passphrase":
        return tell(state, "lock_needs_passphrase")
    if state.guard.watch == "locked":
        return tell(state, "is_locked")
    state, said = tell(replace(_then(state, "locked"), leaving="in silence", activity=Waiting()), "locking")
    return state, (Hush(), *said)


def unlock(state: State) -> Response:
    """ "Unlock": where a passphrase opens it, it is to be typed now."""
    match state.guard.watch:
        case "open":
            return tell(state, "is_open")
        case "hidden":
            return wayfinding.interrupted(_then(state, "open"))
        case "locked" if state.guard.protection != "passphrase":
            return wayfinding.interrupted(_then(state, "open"))  # its key may be here by now
        case "locked":
            guard = replace(state.guard, typing="opens")
            return replace(state, activity=Waiting(), guard=guard), (Hush(), AskSecret("opens"))


def secret_typed(state: State, event: SecretTyped) -> Response:
    """What came of it; after a slip it can be tried again."""
    secret = state.guard.typing
    if event.outcome in TRIED_AGAIN and secret is not None:
        # Whoever goes on typing must not press one command after the other with it.
        state, said = tell(state, TRIED_AGAIN[event.outcome])
        again = () if event.outcome == "again" else (AskSecret(secret),)
        return state, (*again, *said)
    state = _guarded(state, replace(state.guard, typing=None))
    match event.outcome:
        case "opened":
            return wayfinding.interrupted(_then(state, "open"))
        case "set":
            state = replace(state, guard=replace(state.guard, protection="passphrase", offers="code"))
            return tell(state, "passphrase_set")
        case "given up":
            return state, ()
        case _:
            return tell(state, "opening_failed" if secret == "opens" else "passphrase_failed")


TRIED_AGAIN: Mapping[Outcome, str] = {
    "again": "passphrase_again",
    "wrong": "passphrase_wrong",
    "differ": "passphrase_differ",
    "short": "passphrase_short",
}
"""What is said when it is typed once more."""


def refuse(state: State) -> Response:
    """What was asked for lies in the journal, and that is locked."""
    return tell(state, "is_locked" if state.guard.protection == "passphrase" else "is_locked_away")


def unlikely(state: State) -> tuple[str, ...]:
    """What nobody says here: it sounds nearly as what is said, so a recogniser had better not expect it."""
    return ("unlock",) if state.guard.watch == "open" else ("lock",)


def is_deaf(state: State) -> bool:
    """While it is hidden, or will be as soon as all is written, somebody may be talking in the room."""
    is_hidden = state.guard.watch == "hidden" or state.guard.then == "hidden"
    return is_hidden and state.place in ("waiting", "entry")


def watched(state: State) -> Response:
    """After every event: how long it may still be quiet, and what follows when that is over."""
    guard, after = state.guard, _quiet_ticks(state)
    is_left = state.is_free or (state.place in HELD and state.capture is None)
    is_quiet = is_left and not state.closing and state.leaving == "not"
    if after is None or not is_quiet:
        return _guarded(state, replace(guard, quiet_since_tick=None, quiet_tick=None)), ()
    since = state.tick if guard.quiet_since_tick is None else guard.quiet_since_tick
    state = _guarded(state, replace(guard, quiet_since_tick=since, quiet_tick=since + after))
    is_over = guard.quiet_since_tick is not None and state.tick >= since + after
    return _quiet_over(state) if is_over else (state, ())


def _quiet_over(state: State) -> Response:
    if not _may_offer(state):
        return wayfinding.interrupted(_then(state, "locked"))
    offers = state.guard.offers
    state = _guarded(state, replace(state.guard, quiet_since_tick=None, quiet_tick=None, offers=None))
    if offers == "passphrase":
        return tell(replace(state, activity=Asking(PASSPHRASE)), "offer_passphrase")
    state, said = tell(state, "recovery_code")
    return state, (*said, Prefer("code_told", "yes"))


def _quiet_ticks(state: State) -> int | None:
    """How long a quiet something follows from; None when nothing does."""
    if _may_offer(state):
        return OFFER_TICKS
    return state.guard.idle_ticks if _locks_itself(state.guard) else None


def _may_offer(state: State) -> bool:
    """After an entry, and nothing comes before the lock once the computer was asleep."""
    guard = state.guard
    is_moved = bool(state.offered_about) or state.offer_due is not None
    is_due = guard.offers is not None and guard.watch == "open" and state.shown is not None
    return state.is_free and is_due and not is_moved and not _has_slept(guard)


def pressed_in_hiding(state: State, command: str) -> Response | None:
    """The keys that act while it is hidden, without a word but for "help me now"."""
    match command:
        case "space" | "hide" | "unlock":
            return unlock(state) if state.guard.watch == "hidden" else None
        case "help_me_now":
            return grounding.help_me_now(state)
        case "goodbye":
            return wayfinding.interrupted(state)
        case _:
            return None


def slept(state: State) -> Response:
    """The computer was asleep, and somebody else may have woken it: it locks as soon as nothing is being said."""
    if not _locks_itself(state.guard):
        return state, ()
    return _guarded(state, replace(state.guard, idle_ticks=0, quiet_since_tick=None)), ()


def _has_slept(guard: Guard) -> bool:
    return _locks_itself(guard) and guard.idle_ticks == 0


def _locks_itself(guard: Guard) -> bool:
    """Where the person chose a passphrase; any other key would be at hand for whoever comes by."""
    return guard.watch == "open" and guard.protection == "passphrase" and guard.idle_ticks is not None


def set_passphrase(state: State, asking: Asking | None = None) -> Response:
    """A first one, or another: whoever has the journal open may."""
    if state.guard.watch == "locked":
        return refuse(state)
    guard = replace(state.guard, typing="new", offers=None)
    state, said = tell(replace(state, activity=Waiting(), guard=guard), "type_passphrase")
    return state, (*said, AskSecret("new"))


def _declined(state: State, asking: Asking) -> Response:
    """By a no, or by silence, which is answered alike: nobody is to believe that it is locked. It is asked once."""
    state, said = tell(replace(state, activity=Waiting()), "not_locked")
    return state, (*said, Prefer("passphrase_offered", "yes"))


def _then(state: State, watch: Watch) -> State:
    return _guarded(state, replace(state.guard, then=watch))


def _guarded(state: State, guard: Guard) -> State:
    return replace(state, guard=guard)


COMMANDS: Commands = {
    "hide": Command(hide, also_in=("speaking",), has_key_in_entry=True, is_heard_over_voice=True),
    "lock": Command(lock),
    "unlock": Command(unlock, has_key_in_entry=True),
    "set_passphrase": Command(set_passphrase),
}

ANSWERS: Answers = {PASSPHRASE: {"yes": set_passphrase, "no": _declined, "silence": _declined}}
