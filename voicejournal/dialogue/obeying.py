"""Obeying: whether what was said or pressed is a command or an answer, and what is done then.

In: judged stretches, names of keys. Out: the next state and actions. Pure.
What is no command is the person's own; what plays goes on after a command, unless that takes its place.
"""

from dataclasses import replace

from voicejournal.dialogue import (
    awaiting,
    commands,
    doubting,
    feeling,
    grounding,
    guarding,
    journalling,
    keeping,
    meaning,
    playing,
    reviewing,
    searching,
    setting_up,
)
from voicejournal.dialogue.actions import Action, Aside, Hush, Interject, KeepStretch, LeaveOut, Say
from voicejournal.dialogue.activities import ANSWERS, BESIDE_VOICE, COMMANDS, KEYED_IN_ENTRY, acting_in
from voicejournal.dialogue.activity import Asking, Grounding, Reading, SettingUp
from voicejournal.dialogue.declaring import BESIDE, Response
from voicejournal.dialogue.events import StretchJudged
from voicejournal.dialogue.state import OurVoice, State
from voicejournal.dialogue.telling import PHRASE_REST_SECONDS, speak, tell
from voicejournal.hearing.transcripts import NOTHING_HEARD
from voicejournal.speaking.steps import Rest


def judged(state: State, event: StretchJudged) -> Response:
    if state.capture is None or state.capture.number != event.capture:
        return _judged_late(state, event)
    name = commands.understood(state, event.stretch, event.transcript or NOTHING_HEARD)
    if guarding.is_deaf(state) and name not in guarding.HIDDEN_HEARS:
        return journalling.left_out(state, event)
    if name is None and isinstance(state.activity, SettingUp) and not state.capture.is_entry:
        return setting_up.answered(state, state.activity, event)
    asking = state.activity
    if name is None and isinstance(asking, Asking) and asking.question.takes_words and not state.capture.is_entry:
        return doubting.said_again(state, asking, event)
    if name is None:
        return _no_command(state, event)
    state, kept = _left_or_kept(state, event, name)
    is_hasty = reviewing.is_hasty(state, name, event.stretch.start_tick)
    state, actions = reviewing.heard_out(state) if is_hasty else _obey(state, name)
    return state, (*kept, *actions)


def _asked_once_more(state: State, event: StretchJudged) -> Response:
    """The question goes on, or is asked again; what was said is kept aside."""
    state, left = journalling.left_out(state, event, aside=True)
    state, asked = playing.go_on(state) if state.is_playing else speak(state, state.said)
    return state, (*left, *asked)


def _no_command(state: State, event: StretchJudged) -> Response:
    """What plays goes on after it, but for an entry that is read: somebody else may be there."""
    if commands.is_unsure_yes(state, event.stretch, event.transcript or NOTHING_HEARD):
        return _asked_once_more(state, event)
    is_read = isinstance(state.activity, Reading) and state.place == "speaking"
    is_interrupted = is_read and journalling.is_theirs(state, event)
    state, actions = journalling.content(state, event)
    follow = playing.hold_entry if is_interrupted else playing.go_on_if_nothing_was_said
    state, played = follow(state)
    return state, (*actions, *played)


def _left_or_kept(state: State, event: StretchJudged, name: str) -> Response:
    fate = commands.fate(state, event.stretch, event.transcript or NOTHING_HEARD, name)
    if fate == "in the text":
        return journalling.content(state, event)
    return journalling.left_out(state, event, aside=fate == "aside")


def _judged_late(state: State, event: StretchJudged) -> Response:
    """The entry was closed by hand meanwhile: what was said in it is content."""
    if event.capture not in state.closing:
        return state, ()
    has_words = event.transcript is None or event.transcript.text or event.transcript.is_doubtful
    action = KeepStretch if has_words else LeaveOut
    return state, (action(event.capture, event.stretch),)


def pressed(state: State, command: str) -> Response:
    if guarding.is_deaf(state):
        return guarding.pressed_in_hiding(state, command) or (state, ())
    if command == "space":
        return _space(state)
    if reviewing.is_hasty(state, command, state.tick):
        return reviewing.heard_out(state)
    if command in state.language.answers:
        return _obey(state, command) if command in awaiting.answers(state) else (state, ())
    if state.place == "entry" and command not in KEYED_IN_ENTRY:
        return state, ()
    return _obey(state, command)


def _space(state: State) -> Response:
    """One key is enough: it stops what plays, ends what is being said, or begins."""
    if state.place == "entry":
        return journalling.finish(state)
    if state.is_playing:
        return playing.stop(state)
    return journalling.begin(state)


def _obey(state: State, name: str) -> Response:
    """Commands about what plays find it as it is; before any other, what was spoken over or held is dropped."""
    is_beside = state.place in BESIDE
    is_dropped = state.ours == "barged in" or (state.ours == "held" and not is_beside)
    state = state.released() if state.ours == "barged in" else state
    is_answer = isinstance(state.activity, Asking) and name in ANSWERS[state.activity.question]
    finds_it = name in (*acting_in("speaking"), *awaiting.WAYS) or (is_beside and name in BESIDE_VOICE)
    if finds_it and not is_answer:
        return _obeyed(state, name)
    if is_dropped:
        state, actions = _obeyed(replace(state, ours="silent"), name)
        return state, (Hush(), *actions)
    return _obeyed_beside(state, name) if is_beside else _obeyed(state, name)


def _obeyed_beside(state: State, name: str) -> Response:
    """A script goes on, or stays held, after a word about something else; a question or an entry ends it.

    Some commands end it themselves, but not in every state: "read it back" does where it is private.
    """
    after, actions = _obeyed(replace(state, ours="silent"), name)
    if Hush() in actions:
        return after, actions
    if after.activity == state.activity:
        ours: OurVoice = "held" if state.ours == "held" else "playing"
        return replace(after, ours=ours), tuple(_beside(action, ours) for action in actions)
    return after, (Hush(), *actions)


def _beside(action: Action, ours: OurVoice) -> Action:
    if not isinstance(action, Say):
        return action
    steps = (*action.steps, Rest(PHRASE_REST_SECONDS))
    return Aside(steps) if ours == "held" else Interject(steps)


def _obeyed(state: State, name: str) -> Response:
    if state.guard.watch == "locked" and _opens_journal(name):
        return guarding.refuse(state)
    if _is_too_early(state, name):
        return tell(replace(state, alarm_tick=None), "not_yet")
    return _obeyed_with_detail(state, name) or _obeyed_by_name(state, name)


def _opens_journal(name: str) -> bool:
    """Whether what it asks for lies in the journal."""
    is_command = name in COMMANDS and COMMANDS[name].opens_journal
    return is_command or name in meaning.KINDS or name.startswith(meaning.SEARCH)


def _is_too_early(state: State, name: str) -> bool:
    """What it is about waits for its words. An answer is about what was asked; in an entry all is about that."""
    is_about_that = name in meaning.KINDS or (name in COMMANDS and COMMANDS[name].is_about_that)
    is_about_other = state.place == "entry" or name in awaiting.answers(state)
    return is_about_that and not is_about_other and state.being_written is not None


def _obeyed_with_detail(state: State, name: str) -> Response | None:
    """What names more than a command: a way, a script, what to look for, a kind."""
    if name in awaiting.WAYS:
        return grounding.take_way(state, awaiting.WAYS.index(name))
    if name.startswith(meaning.SCRIPT):
        return feeling.begin(state, Grounding(name.removeprefix(meaning.SCRIPT)))
    if name.startswith(meaning.SEARCH):
        return searching.begin(state, name.removeprefix(meaning.SEARCH))
    if name in meaning.KINDS:
        return keeping.change_to(state, meaning.KINDS[name])
    return None


def _obeyed_by_name(state: State, name: str) -> Response:
    asking = state.activity
    if isinstance(asking, Asking) and name in ANSWERS[asking.question]:
        return ANSWERS[asking.question][name](state, asking)
    if isinstance(asking, SettingUp) and name in awaiting.answers(state):
        return setting_up.ANSWERS[name](state, asking)
    return COMMANDS[name].obey(state)
