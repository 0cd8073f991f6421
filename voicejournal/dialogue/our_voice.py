"""Whether what was heard may be the program itself: its own voice, come back from the room.

In: a state, a stretch of voice, what was heard and what was said. Out: yes or no. Pure.
Only what is surely somebody else's is taken for a command or an answer while the program hears itself.
"""

import difflib

from voicejournal.dialogue.state import State
from voicejournal.hearing.frames import ticks
from voicejournal.hearing.spelling import letters
from voicejournal.hearing.stretches import Stretch

VAIN_HOLDS = 3
VAIN_TICKS = ticks(8)
"""So many holds for nothing, so close together, are no accident: its own voice held itself every 2.3 to 2.8 s."""

WARY_TICKS = ticks(30)
"""After that, what seems theirs may be ours for so long: a few sentences, which teach a canceller the room."""

CLEAR_TICKS = ticks(0.5)
"""Voice of this length outside our own and its echo can't be our own."""

ECHO_LIKENESS = 0.6
"""Share of letters in common, in order. Our sentences heard in two rooms gave 0.75 and more (measured)."""

BRIEF_WORDS = 2
BRIEF_LIKENESS = 0.9
"""So few words are ours only if they are nearly the same: "dream on" is no piece of "a dream, or an experiment"."""

LEAST_LETTERS = 3
"""Fewer in a row are there by chance: two thirds of "moody day" could be found in the question about the kind."""


def is_over_voice(stretch: Stretch) -> bool:
    """Whether it was heard while the program's own voice was in the room."""
    return stretch.clear_ticks < min(CLEAR_TICKS, stretch.voiced_ticks)


def may_be_ours(state: State, stretch: Stretch) -> bool:
    """Whether the stretch may be nothing but the program's own voice."""
    return hears_itself(state) and is_over_voice(stretch)


def hears_itself(state: State) -> bool:
    """Taking our own voice out of what is heard does not seem to succeed: too many holds were for nothing."""
    if len(state.vain_holds) < VAIN_HOLDS:
        return False
    first, *_, last = state.vain_holds
    return last - first < VAIN_TICKS and state.tick - last < WARY_TICKS


def resembles(heard: str, said: str) -> bool:
    """Whether what was heard is much like a part of what was just said."""
    heard_letters, said_letters = letters(heard), letters(said)
    if not heard_letters:
        return True
    match = difflib.SequenceMatcher(None, heard_letters, said_letters, autojunk=False)
    common = sum(block.size for block in match.get_matching_blocks() if block.size >= LEAST_LETTERS)
    least = BRIEF_LIKENESS if len(heard.split()) <= BRIEF_WORDS else ECHO_LIKENESS
    return common / len(heard_letters) >= least
