"""The whole dialogue, in one function.

In: a state and an event. Out: the next state, and what to do. Pure.
Total: every event has an answer in every state, and none of them loses an accepted word.
"""

from dataclasses import replace

from voicejournal.dialogue import (
    amending,
    choices,
    doubting,
    feeling,
    grounding,
    guarding,
    journalling,
    keeping,
    keeping_voice,
    obeying,
    offering,
    playing,
    reading,
    reviewing,
    searching,
    setting_up,
    silence,
    wayfinding,
)
from voicejournal.dialogue.actions import Say
from voicejournal.dialogue.activities import ANSWERS
from voicejournal.dialogue.activity import Asking, Checking, Grounding, Reading, SettingUp, Waiting
from voicejournal.dialogue.declaring import Response
from voicejournal.dialogue.events import (
    CareKept,
    ChoiceLost,
    EntriesFound,
    EntryChanged,
    EntryDeleted,
    EntryGone,
    EntryHeard,
    EntryLookedUp,
    EntryParted,
    EntryRepaired,
    EntryWritten,
    Event,
    FellSilent,
    Interrupted,
    LastStruck,
    LeftMeasured,
    Pressed,
    QuietPassed,
    ScriptsRead,
    SecretTyped,
    Slept,
    SoundBegan,
    SoundEnded,
    SoundMeasured,
    StretchJudged,
    TimePassed,
    VoiceBegan,
    VoicePaused,
    WaysOffered,
)
from voicejournal.dialogue.state import State
from voicejournal.speaking.steps import Cue


def respond(state: State, event: Event) -> Response:
    """The response to one event; when all is done, and the person is leaving, it ends with `Leave`."""
    state, actions = _response(replace(state, tick=event.tick), event)
    state, offered = offering.offer_when_free(state)
    state, told = _speak_of_what_is_left(state)
    state, guarded = guarding.watched(state)
    state, last = wayfinding.left_when_done(state)
    return state, (*actions, *offered, *told, *guarded, *last)


def _response(state: State, event: Event) -> Response:  # noqa: C901, PLR0911, PLR0912 - one line an event
    match event:
        case SoundBegan():
            return _sound_began(state)
        case ScriptsRead():
            return replace(state, scripts={**event.scripts, **state.scripts}), ()
        case VoiceBegan():
            state, actions = journalling.voice_began(state)
            state, held = playing.barge_in(state)
            return state, (*actions, *held)
        case VoicePaused():
            return journalling.voice_paused(state, event)
        case StretchJudged():
            return obeying.judged(state, event)
        case EntryHeard():
            return keeping.entry_heard(state, event)
        case EntryWritten():
            return keeping.entry_written(state, event)
        case EntryChanged():
            return keeping.entry_changed(state, event)
        case LastStruck():
            return amending.last_struck(state, event)
        case EntryParted():
            return keeping.entry_parted(state, event)
        case SoundMeasured():
            return reviewing.ask(state, event)
        case EntryLookedUp():
            return _looked_up(state, event)
        case EntryGone():
            return reading.gone(state, event)
        case EntryDeleted():
            return reviewing.deleted(state, event)
        case EntryRepaired():
            return doubting.repaired(state, event)
        case WaysOffered():
            return grounding.ways_offered(state, event)
        case LeftMeasured():
            return playing.left_measured(state, event)
        case ChoiceLost():
            return choices.lost(state, event)
        case CareKept():
            return setting_up.kept(state, event)
        case EntriesFound():
            return searching.found(state, event)
        case FellSilent():
            return _fell_silent(state)
        case TimePassed():
            return _time_passed(state)
        case Pressed():
            return obeying.pressed(state, event.command)
        case SecretTyped():
            return guarding.secret_typed(state, event)
        case QuietPassed():
            return state, ()  # what follows is seen to after every event
        case Slept():
            return guarding.slept(state)
        case SoundEnded():
            return wayfinding.sound_ended(state)
        case Interrupted():
            return wayfinding.interrupted(state)


def _sound_began(state: State) -> Response:
    """The rising cue says that frames really flow; a script that was asked for begins without it."""
    if state.opening_script is not None:
        return grounding.ground(replace(state, leaving="when all is said"), state.opening_script)
    return (state.with_more(), (Say((Cue("rising"),)),)) if state.cues_start else (state, ())


def _looked_up(state: State, event: EntryLookedUp) -> Response:
    """What was asked for is there."""
    match state.activity:
        case Reading():
            return reading.found(state, state.activity, event)
        case Asking(about=Checking() as checking):
            return doubting.found(state, checking, event)
        case _:
            return state, ()


def _time_passed(state: State) -> Response:
    state = replace(state, alarm_tick=None)
    if state.place == "entry":
        return journalling.silence_lasted(state)
    if isinstance(state.activity, Asking):
        # While it is still being asked nobody has been silent yet; the time counts from its end.
        return (state, ()) if state.is_playing else _left_open(state, state.activity)
    if isinstance(state.activity, SettingUp):
        return setting_up.silence_lasted(state, state.activity)
    return journalling.still_writing(state)


def _left_open(state: State, asking: Asking) -> Response:
    """Silence is an answer: what waited for the question goes on, and where nothing did, it ends."""
    state = replace(state, activity=Waiting())
    follow = ANSWERS[asking.question].get("silence")
    return (state, ()) if follow is None else follow(state, asking)


def _fell_silent(state: State) -> Response:
    """All is said: a question is open now, and what was kept is accepted once nothing is asked about it."""
    state = replace(state, ours="silent", silent_tick=state.tick)
    if isinstance(state.activity, Asking | SettingUp):
        return silence.await_silence(state), ()
    done = state.activity
    state, actions = grounding.ended(state)
    if isinstance(done, Grounding):
        state, asked = feeling.script_over(state, done)
        if asked:
            return state, (*actions, *asked)
    repaired = tuple(entry_id for entry_id in state.unaccepted if entry_id != state.unrepaired)
    if not repaired or state.capture is not None:
        return state, actions
    waiting = tuple(entry_id for entry_id in state.unaccepted if entry_id == state.unrepaired)
    return replace(state, unaccepted=waiting), (*actions, *keeping_voice.accepted(state, repaired))


def _speak_of_what_is_left(state: State) -> Response:
    """When nobody is speaking and nothing else is open, tell what an earlier run had left, or what was damaged."""
    if state.recovered and state.is_free:
        return keeping.speak_of_recovered(state)
    if state.troubles and state.is_free and not state.is_muted:
        return choices.speak_of_trouble(state)
    return state, ()
