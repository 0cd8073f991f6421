"""Which command an utterance is, if it is one.

In: a state, and the words of one stretch of voice. Out: the name of a command or an answer, or None. Pure.
Only a whole stretch counts, and only what acts in the state; everything else is the person's own words.
"""

import difflib
from collections.abc import Iterable

from voicejournal.dialogue.language import Language, letters
from voicejournal.dialogue.state import Asking, Grounding, Reading, State
from voicejournal.hearing.frames import ticks
from voicejournal.hearing.stretches import Stretch
from voicejournal.journal.entries import TAGS

IN_ENTRY = ("finish", "more_time", "scratch_that", "help_me_now")
WHILE_ASKED = ("help", "help_me_now", "stop")
WHILE_PLAYING = (
    "stop",
    "pause",
    "go_on",
    "next",
    "say_again",
    "slower",
    "faster",
    "how_long",
    "help_me_now",
)
OVER_VOICE = ("stop", "pause", "help_me_now")
"""Obeyed even while the program may be hearing itself (R8, the case of no echo canceller)."""

CLEAR_TICKS = ticks(0.5)
"""Voice of this length outside our own and its echo can't be our own."""

ECHO_LIKENESS = 0.6
"""Share of letters in common, in order. Our sentences heard in two rooms gave 0.75 and more (measured)."""


def is_over_voice(stretch: Stretch) -> bool:
    """Whether the stretch may be nothing but the program's own voice."""
    return stretch.clear_ticks < min(CLEAR_TICKS, stretch.voiced_ticks)


def resembles(heard: str, said: str) -> bool:
    """Whether what was heard is much like a part of what was just said."""
    own, ours = letters(heard), letters(said)
    if not own:
        return True
    match = difflib.SequenceMatcher(None, own, ours, autojunk=False)
    return sum(block.size for block in match.get_matching_blocks()) / len(own) >= ECHO_LIKENESS


def acting(state: State) -> tuple[str, ...]:
    """The commands and answers that act in this state."""
    if state.capture is not None and state.capture.is_entry:
        return IN_ENTRY
    match state.activity:
        case Asking(question=question):
            return (*question.answers, *WHILE_ASKED)
        case Grounding() | Reading():
            return WHILE_PLAYING
        case _:
            return tuple(state.language.commands)


def phrases(state: State) -> tuple[str, ...]:
    """What may be said in this state, as hints for a recogniser: the first wording of each, and the labels.

    "I wasn't done" is left out: hinted at, Whisper hears it in "I was done" (4 of 5 voices), and it is
    understood without (5 of 5).
    """
    hints = [_wordings(state.language, name)[0] for name in acting(state) if name != "not_done"]
    return tuple(dict.fromkeys((*hints, *labels(state.language))))


def labels(language: Language) -> tuple[str, ...]:
    """What an entry may begin with, to say its kind."""
    return tuple(language.answers[tag][0] for tag in TAGS)


def understood(state: State, stretch: Stretch, heard: str) -> str | None:
    """The command or answer that these words are, if they are one here."""
    if stretch.is_cut:
        return None
    name = named(state.language, acting(state), heard)
    return name if name in OVER_VOICE or not is_over_voice(stretch) else None


def of_key(state: State, key: str) -> str | None:
    """The command, answer or "space" that this key stands for here."""
    language = state.language
    question = state.activity.question if isinstance(state.activity, Asking) else None
    if key == " " and not (question and question.is_left_by_any_key):
        return "space"
    if question is None:
        return next((name for name in language.commands if key == _key(language, name)), None)
    names = (*question.answers, *(("help_me_now",) if question.is_left_by_any_key else language.commands))
    otherwise = "no" if question.is_left_by_any_key else None
    return next((name for name in names if key == _key(language, name)), otherwise)


def _key(language: Language, name: str) -> str:
    return language.answer_keys[name] if name in language.answer_keys else language.commands[name].key


def named(language: Language, names: Iterable[str], heard: str) -> str | None:
    """Which of these commands and answers the words are, as a whole; None when they are none of them."""
    whole = letters(heard)
    return next((name for name in names if any(_is(whole, wording) for wording in _wordings(language, name))), None)


def _is(whole: str, wording: str) -> bool:
    """Whisper likes to double a short word ("change, change"), and so do people in need."""
    phrase = letters(wording)
    return whole == phrase or (not phrase.isdigit() and whole in (phrase * 2, phrase * 3))


def _wordings(language: Language, name: str) -> tuple[str, ...]:
    return language.answers[name] if name in language.answers else language.commands[name].say
