"""What a view is to show, out of what the dialogue knows.

In: a state and what is being heard. Out: a `Scene`. Pure.
"""

from voicejournal.dialogue.activity import Asking, Grounding, Journalling, Reading, SettingUp
from voicejournal.dialogue.helping import shown
from voicejournal.dialogue.state import State
from voicejournal.journal.tidying import tidied
from voicejournal.scene import Scene
from voicejournal.speaking.told import Told, begun


def told_now(state: State, told: tuple[Told, ...], text: str, is_first: bool) -> tuple[Told, ...]:
    """Our sentences to show, as one more begins to sound.

    A script is shown only where it can't well be heard, else a screen reader would talk over it; and one sentence
    at a time, as an entry that is read back.
    """
    match state.activity:
        case Grounding(is_help=False) if state.quiet == "off":
            return told
        case Grounding() | Reading():
            return begun(told, text, is_first=True)
        case _:
            return begun(told, text, is_first)


def scene(state: State, is_voiced: bool, level: float, words: str, told: tuple[Told, ...]) -> Scene:
    """The scene of this tick; `words` are what is heard, or was heard last, `told` are our own sentences."""
    if _is_hidden(state):
        return Scene("hidden", keys="keys_hidden")
    return Scene(
        status=_status(state, is_voiced, told),
        level=level,
        words=words,
        said=told,
        notice=_notice(state),
        numbers=_numbers(state),
        keys=_keys(state),
    )


def _is_hidden(state: State) -> bool:
    """Nothing shows what this is; but whoever asks for help now sees whom to call."""
    is_asked = isinstance(state.activity, Grounding)
    return state.guard.then == "hidden" or (state.guard.watch == "hidden" and not is_asked)


def _notice(state: State) -> str:
    """What was kept last: its kind and its words, those that are doubted marked."""
    if state.shown is None:
        return ""
    doubted = state.doubted
    is_marked = doubted is not None and (doubted.entry_id, doubted.text) == (state.shown.id, state.shown.text)
    text = doubted.marked if doubted is not None and is_marked else state.shown.text
    text = tidied(text, state.language.tidiness) if state.is_tidy else text
    return f"{state.language.tag(state.shown.tag)}: {text}"


def _numbers(state: State) -> tuple[str, ...]:
    """Whom to call, for as long as it helps to look at it."""
    match state.activity:
        case Grounding(is_help=True):
            return shown(state.care)
        case SettingUp(number=number) if number:
            return (number,)
        case _:
            return ()


def _status(state: State, is_voiced: bool, told: tuple[Told, ...]) -> str:  # noqa: PLR0911 - one line a status
    if state.guard.typing is not None:
        return "typing_opens" if state.guard.typing == "opens" else "typing_new"
    if state.ours == "held":
        return "held"
    match state.activity:
        case Grounding():
            return "grounding"
        case Reading():
            return "reading"
    if is_voiced:
        return "hearing"
    if state.closing:
        return "thinking"
    match state.activity:
        case Asking() | SettingUp():
            return "asking"
        case Journalling():
            is_cued = state.capture is not None and state.capture.cue_tick is not None
            return "waiting" if is_cued else "entry"
    is_stopped = not told or told[-1].share is not None
    if state.is_playing and not is_stopped:
        return "speaking"
    return "locked" if state.guard.watch == "locked" else "listening"


def _keys(state: State) -> str:  # noqa: PLR0911 - one line a place
    if state.guard.typing is not None:
        return "keys_typing"
    if state.place == "entry":
        return "keys_entry"
    match state.activity:
        case Asking(question=question):
            return question.keys
        case Grounding() if state.ways:
            return "keys_choice"
        case SettingUp():
            return "keys_setup"
        case Reading():
            return "keys_reading"
        case Grounding():
            return "keys_speaking"
        case _:
            return "keys_locked" if state.guard.watch == "locked" else "keys_waiting"
