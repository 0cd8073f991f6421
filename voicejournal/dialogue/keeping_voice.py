"""Whether the person's own voice is kept once its words are accepted: for seven days, or, as usual, not at all.

In: a state, and what was said. Out: the next state and actions. Pure.
How long it stays is said when it is chosen; when it is chosen no more, all of it goes at once.
"""

from dataclasses import replace

from voicejournal.dialogue.actions import AcceptEntries, LetVoicesGo, Prefer
from voicejournal.dialogue.declaring import Command, Commands, Response
from voicejournal.dialogue.state import State
from voicejournal.dialogue.telling import tell

KEPT_DAYS = 7
"""Of an entry's sound, from when it was spoken (issue 6): until the next hour with the therapist, for most."""


def keep(state: State) -> Response:
    """ "Keep my voice": from now on."""
    state, said = tell(replace(state, keeps_voice=True), "voice_stays")
    return state, (Prefer("keep_voice", "on"), *said)


def keep_no_more(state: State) -> Response:
    """What is still being asked about, or in doubt, goes when that is over, as it always did."""
    state, said = tell(replace(state, keeps_voice=False), "voice_goes")
    return state, (Prefer("keep_voice", "off"), LetVoicesGo(but=state.unaccepted), *said)


def accepted(state: State, entry_ids: tuple[str, ...]) -> tuple[AcceptEntries, ...]:
    """Their words are accepted: the sound goes now, or at the start of a run that finds it seven days old."""
    return () if state.keeps_voice else (AcceptEntries(entry_ids),)


COMMANDS: Commands = {
    "keep_voice": Command(keep),
    "keep_voice_not": Command(keep_no_more, opens_journal=True, wrong_costs="something"),
}
