"""Setting up whom to call, by voice: a name, a number, and a question whether to keep them.

In: what is said while it is asked. Out: the next state and actions. Pure.
Nothing that is said here becomes an entry; silence and "stop" leave everything as it was.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace

from voicejournal.dialogue import journalling, our_voice, playing, silence
from voicejournal.dialogue.actions import KeepCare, Say
from voicejournal.dialogue.activity import SettingUp, Waiting, Whose
from voicejournal.dialogue.care import Line
from voicejournal.dialogue.declaring import Command, Commands, Response
from voicejournal.dialogue.events import CareKept, StretchJudged
from voicejournal.dialogue.helping import number_steps
from voicejournal.dialogue.numbers import can_be_called, understood
from voicejournal.dialogue.state import State
from voicejournal.dialogue.telling import PHRASE_REST_SECONDS, hushed, speak, tell
from voicejournal.journal.plain_text import one_line
from voicejournal.speaking.steps import Rest

MOST_MISSES = 2
"""After two misses another way is offered, without blame (R49)."""


def begin(state: State) -> Response:
    return tell(replace(state, activity=SettingUp("contact", "name")), "setup_contact")


def answered(state: State, setting: SettingUp, event: StretchJudged) -> Response:
    """What was said is an answer, or nothing; it is part of no entry either way."""
    heard = "" if event.transcript is None else event.transcript.text
    is_theirs = heard and not our_voice.is_over_voice(event.stretch)
    state, left = journalling.left_out(state, event, aside=event.transcript is None)
    if not is_theirs:
        state, resumed = playing.go_on_if_nothing_was_said(state)
        return state, (*left, *resumed)
    state, hush = hushed(state)
    state, said = _taken(state, setting, heard)
    return silence.await_silence(state), (*left, *hush, *said)


def _taken(state: State, setting: SettingUp, heard: str) -> Response:
    match setting.asks:
        case "name":
            name = one_line(heard).strip(" .!?,")
            state = replace(state, activity=replace(setting, asks="number", name=name))
            return tell(state, "setup_number", who=name)
        case "number":
            figures = understood(state.language, heard)
            if figures is None:
                return _missed(state, setting)
            return replace(state, activity=replace(setting, number=setting.number + figures)), ()
        case "keep":
            return tell(state, "setup_keep")


def silence_lasted(state: State, setting: SettingUp) -> Response:
    """The number is whole; or nobody wants to answer, and everything stays as it was."""
    if setting.asks != "number" or not setting.number:
        return tell(replace(state, activity=Waiting()), "setup_left")
    if not can_be_called(setting.number):
        return _missed(state, setting)
    state, said = tell(replace(state, activity=replace(setting, asks="keep")), "setup_heard", who=setting.name)
    state, asked = tell(state, "setup_keep")
    number = number_steps(state.language, setting.number)
    return state, (*said, Say((Rest(PHRASE_REST_SECONDS), *number)), *asked)


def _missed(state: State, setting: SettingUp) -> Response:
    """What was said is no number."""
    return _once_more(state, replace(setting, asks="number", number=""), "setup_missed")


def _once_more(state: State, setting: SettingUp, name: str) -> Response:
    setting = replace(setting, misses=setting.misses + 1)
    if setting.misses >= MOST_MISSES:
        return tell(replace(state, activity=Waiting()), "setup_typed")
    return tell(replace(state, activity=setting), name)


def yes(state: State, setting: SettingUp) -> Response:
    """Keep it: the number with its name, in the place of what was there."""
    line = Line(name=setting.name, number=setting.number)
    care = replace(state.care, contact=line) if setting.whose == "contact" else replace(state.care, helpline=line)
    return replace(state, alarm_tick=None), (KeepCare(care),)


def no(state: State, setting: SettingUp) -> Response:
    """The name or the number is wrong: both are said again; or, before there is a number, not this question."""
    if setting.asks == "keep":
        return _once_more(state, replace(setting, asks="name", name="", number=""), "setup_again")
    return _next(state, setting.whose, "setup_left")


def kept(state: State, event: CareKept) -> Response:
    """It is on disk, or it is not, and then that is said."""
    setting = state.activity
    if event.error is not None:
        return speak(replace(state, activity=Waiting()), state.language.aloud(event.error))
    state = replace(state, care=event.care)
    if not isinstance(setting, SettingUp):
        return state, ()
    return _next(state, setting.whose, "setup_kept")


def _next(state: State, whose: Whose, name: str) -> Response:
    state, said = tell(state, name)
    if whose == "helpline":
        return replace(state, activity=Waiting()), said
    state, asked = tell(replace(state, activity=SettingUp("helpline", "name")), "setup_helpline")
    return state, (*said, Say((Rest(PHRASE_REST_SECONDS),)), *asked)


COMMANDS: Commands = {"set_up_help": Command(begin)}

ANSWERS: Mapping[str, Callable[[State, SettingUp], Response]] = {"yes": yes, "no": no}


def answers_to(setting: SettingUp) -> tuple[str, ...]:
    """What may be said that is neither the name nor the number."""
    return ("yes", "no") if setting.asks == "keep" else ("no",)
