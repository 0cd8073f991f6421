"""What a person chose, and what became of it.

In: commands about the voice and the look of words, a lost choice, trouble at the start. Out: state, actions. Pure.
Told once, calmly, and never over anything that is being spoken.
"""

from collections.abc import Callable
from dataclasses import replace

from voicejournal.dialogue.actions import GoOn, Prefer, SetQuiet
from voicejournal.dialogue.activity import Grounding, Reading
from voicejournal.dialogue.declaring import HELD, Command, Commands, Response
from voicejournal.dialogue.events import ChoiceLost
from voicejournal.dialogue.state import State
from voicejournal.dialogue.telling import speak, speak_beside, tell
from voicejournal.speaking.steps import Quiet


def lost(state: State, event: ChoiceLost) -> Response:
    """It holds for now; that it can't be remembered is said once, between two sentences if need be."""
    if state.is_loss_told or state.is_muted:
        return state, ()
    state = replace(state, is_loss_told=True)
    text = state.language.aloud(event.error)
    return speak_beside(state, text) if isinstance(state.activity, Grounding | Reading) else speak(state, text)


def speak_of_trouble(state: State) -> Response:
    trouble, *others = state.troubles
    return speak(replace(state, troubles=tuple(others)), state.language.aloud(trouble))


def quiet_mode(state: State) -> Response:
    """Others are in the room: everything is played as softly as a whisper."""
    return _at_quiet(state, "whisper", "quiet_whisper")


def text_only(state: State) -> Response:
    """Nothing is played; what would have been said is shown for as long as it would have taken."""
    return _at_quiet(state, "text", "quiet_text")


def normal_voice(state: State) -> Response:
    return _at_quiet(state, "off", "quiet_off")


def tidy(state: State) -> Response:
    """ "Tidy my words": from now on, for the eye alone; what is kept stays as it was said."""
    return _at_tidy(state, True, "tidied")


def as_said(state: State) -> Response:
    return _at_tidy(state, False, "as_said")


def _at_tidy(state: State, is_tidy: bool, name: str) -> Response:
    state, said = tell(replace(state, is_tidy=is_tidy), name)
    return state, (Prefer("tidy", "on" if is_tidy else "off"), *said)


def _at_quiet(state: State, quiet: Quiet, name: str) -> Response:
    """Changed at once and remembered; a script goes on unless it is held, and into an entry nothing is said."""
    actions = (SetQuiet(quiet), Prefer("quiet", quiet))
    state = replace(state, quiet=quiet)
    if state.place in HELD:
        state, said = speak_beside(state, state.language.say(name))
        return state, (*actions, *said)
    if state.is_playing:
        return state.released(), (*actions, GoOn())
    if state.place == "entry":
        return state, actions
    state, said = tell(state, name)
    return state, (*actions, *said)


def _of_voice(obey: Callable[[State], Response]) -> Command:
    """Somebody may come into the room at any time; in an entry there is the key."""
    return Command(
        obey,
        also_in=("speaking",),
        has_key_in_entry=True,
        is_heard_over_voice=True,
    )


COMMANDS: Commands = {
    "quiet_mode": _of_voice(quiet_mode),
    "text_only": _of_voice(text_only),
    "normal_voice": _of_voice(normal_voice),
    "tidy": Command(tidy),
    "as_said": Command(as_said),
}
