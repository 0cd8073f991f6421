"""The whole dialogue, in one function.

In: a state and an event. Out: the next state, and what to do. Pure.
Total: every event has an answer in every state, and none of them loses an accepted word.
"""

from dataclasses import replace

from voicejournal.dialogue import (
    amending,
    awaiting,
    choices,
    commands,
    doubting,
    feeling,
    grounding,
    guarding,
    journalling,
    keeping,
    keeping_voice,
    offering,
    playing,
    reading,
    reviewing,
    searching,
    setting_up,
    silence,
    wayfinding,
)
from voicejournal.dialogue.actions import Action, Aside, Hush, Interject, KeepStretch, LeaveOut, Say
from voicejournal.dialogue.activities import ANSWERS, BESIDE_VOICE, COMMANDS, KEYED_IN_ENTRY, acting_in
from voicejournal.dialogue.declaring import Answer
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
from voicejournal.dialogue.state import Asking, Checking, Grounding, OurVoice, Reading, SettingUp, State, Waiting
from voicejournal.dialogue.telling import PHRASE_REST_SECONDS
from voicejournal.hearing.transcripts import NOTHING_HEARD
from voicejournal.speaking.steps import Cue, Rest


def respond(state: State, event: Event) -> Answer:
    """The answer to one event; when all is done, and the person is leaving, it ends with `Leave`."""
    state, actions = _answer(replace(state, tick=event.tick), event)
    state, offered = offering.offer_when_free(state)
    state, told = _speak_of_what_is_left(state)
    state, guarded = guarding.watched(state)
    state, last = wayfinding.left_when_done(state)
    return state, (*actions, *offered, *told, *guarded, *last)


def _answer(state: State, event: Event) -> Answer:  # noqa: C901, PLR0911, PLR0912 - one line an event
    match event:
        case SoundBegan():
            return _sound_began(state)
        case VoiceBegan():
            state, actions = journalling.voice_began(state)
            state, held = playing.barge_in(state)
            return state, (*actions, *held)
        case VoicePaused():
            return journalling.voice_paused(state, event)
        case StretchJudged():
            return _judged(state, event)
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
            return _pressed(state, event.command)
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


def _sound_began(state: State) -> Answer:
    """The rising cue says that frames really flow; a script that was asked for begins without it."""
    if state.opening_script is not None:
        return grounding.ground(replace(state, leaving="when all is said"), state.opening_script)
    return (state.with_more(), (Say((Cue("rising"),)),)) if state.cues_start else (state, ())


def _judged(state: State, event: StretchJudged) -> Answer:
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


def _no_command(state: State, event: StretchJudged) -> Answer:
    """What plays goes on after it, but for an entry that is read: somebody else may be there."""
    is_read = isinstance(state.activity, Reading) and state.place == "speaking"
    is_interrupted = is_read and journalling.is_theirs(state, event)
    state, actions = journalling.content(state, event)
    follow = playing.hold_entry if is_interrupted else playing.go_on_if_nothing_was_said
    state, played = follow(state)
    return state, (*actions, *played)


def _left_or_kept(state: State, event: StretchJudged, name: str) -> Answer:
    """A command's own words are no part of a text, but for those that may not have been it.

    Rather a phrase too many in an entry than a sentence lost; where it would have begun one it is kept aside.
    """
    may_be_content = commands.may_be_content(state, event.stretch, event.transcript or NOTHING_HEARD, name)
    is_in_entry = state.capture is not None and state.capture.is_entry
    if may_be_content and is_in_entry and name in commands.STAY_WHEN_UNSURE:
        return journalling.content(state, event)
    return journalling.left_out(state, event, aside=may_be_content)


def _looked_up(state: State, event: EntryLookedUp) -> Answer:
    """What was asked for is there."""
    match state.activity:
        case Reading():
            return reading.found(state, state.activity, event)
        case Asking(about=Checking() as checking):
            return doubting.found(state, checking, event)
        case _:
            return state, ()


def _judged_late(state: State, event: StretchJudged) -> Answer:
    """The entry was closed by hand meanwhile: what was said in it is content."""
    if event.capture not in state.closing:
        return state, ()
    has_words = event.transcript is None or event.transcript.text or event.transcript.is_doubtful
    action = KeepStretch if has_words else LeaveOut
    return state, (action(event.capture, event.stretch),)


def _obey(state: State, name: str) -> Answer:
    """Commands about what plays find it as it is; before any other, what was spoken over or held is dropped."""
    is_beside = state.place in ("speaking", "held")
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


def _obeyed_beside(state: State, name: str) -> Answer:
    """A script goes on, or stays held, after a word about something else; a question or an entry ends it."""
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


def _obeyed(state: State, name: str) -> Answer:
    if state.guard.watch == "locked" and _opens_journal(name):
        return guarding.refuse(state)
    return _obeyed_with_detail(state, name) or _obeyed_by_name(state, name)


def _opens_journal(name: str) -> bool:
    """Whether what it asks for lies in the journal."""
    is_command = name in COMMANDS and COMMANDS[name].opens_journal
    return is_command or name in commands.KINDS or name.startswith(commands.SEARCH)


def _obeyed_with_detail(state: State, name: str) -> Answer | None:
    """What names more than a command: a way, a script, what to look for, a kind."""
    if name in awaiting.WAYS:
        return grounding.take_way(state, awaiting.WAYS.index(name))
    if name.startswith(commands.SCRIPT):
        return feeling.begin(state, Grounding(name.removeprefix(commands.SCRIPT)))
    if name.startswith(commands.SEARCH):
        return searching.begin(state, name.removeprefix(commands.SEARCH))
    if name in commands.KINDS:
        return keeping.change_to(state, commands.KINDS[name])
    return None


def _obeyed_by_name(state: State, name: str) -> Answer:
    asking = state.activity
    if isinstance(asking, Asking) and name in ANSWERS[asking.question]:
        return ANSWERS[asking.question][name](state, asking)
    if isinstance(asking, SettingUp) and name in awaiting.answers(state):
        return setting_up.ANSWERS[name](state, asking)
    return COMMANDS[name].obey(state)


def _pressed(state: State, command: str) -> Answer:
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


def _space(state: State) -> Answer:
    """One key is enough: it stops what plays, ends what is being said, or begins."""
    if state.place == "entry":
        return journalling.finish(state)
    if state.is_playing:
        return playing.stop(state)
    return journalling.begin(state)


def _time_passed(state: State) -> Answer:
    state = replace(state, alarm_tick=None)
    if state.place == "entry":
        return journalling.silence_lasted(state)
    if isinstance(state.activity, Asking):
        # While it is still being asked nobody has been silent yet; the time counts from its end.
        return (state, ()) if state.is_playing else _left_open(state, state.activity)
    if isinstance(state.activity, SettingUp):
        return setting_up.silence_lasted(state, state.activity)
    return journalling.still_writing(state)


def _left_open(state: State, asking: Asking) -> Answer:
    """Silence is an answer: what waited for the question goes on, and where nothing did, it ends."""
    state = replace(state, activity=Waiting())
    silence = ANSWERS[asking.question].get("silence")
    return (state, ()) if silence is None else silence(state, asking)


def _fell_silent(state: State) -> Answer:
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


def _speak_of_what_is_left(state: State) -> Answer:
    """When nobody is speaking and nothing else is open, tell what an earlier run had left, or what was damaged."""
    if state.recovered and state.is_free:
        return keeping.speak_of_recovered(state)
    if state.troubles and state.is_free and not state.is_muted:
        return choices.speak_of_trouble(state)
    return state, ()
