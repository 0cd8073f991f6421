"""What words mean in a state: the command or answer that they are, as a whole.

In: a state, words. Out: a name of what is to be done, or None. Pure.
Only what acts in the state counts; how sure the words are is not looked at.
"""

from collections.abc import Iterable, Mapping

from voicejournal.dialogue import searching
from voicejournal.dialogue.activity import Asking, Grounding, SettingUp
from voicejournal.dialogue.awaiting import WAYS, acting, answers, ways, wordings
from voicejournal.dialogue.language import Language
from voicejournal.dialogue.our_voice import may_be_ours
from voicejournal.dialogue.state import State
from voicejournal.hearing.frames import ticks
from voicejournal.hearing.spelling import letters
from voicejournal.hearing.stretches import Stretch
from voicejournal.journal.entries import TAGS, Tag
from voicejournal.journal.searches import asked
from voicejournal.speaking.steps import Way

ANY_QUESTION = "any_question"
"""The table of `own_answers` that holds at every one."""

SCRIPT = "script "
"""Begins the name of what a person has asked for who names a script; the script's own name follows."""

SEARCH = "search "
"""Begins the name of what a person has asked for who looks for entries; their own words follow."""

KINDS: Mapping[str, Tag] = {f"change to {tag}": tag for tag in TAGS}
"""What a person has asked for who names another kind at once."""

SOON_TICKS = ticks(15)
"""Until a kind that was told is no longer plainly what a correction is about: 1.5 s of silence, 4 s of speech, and
the 10 s that a question stays open (R3)."""


def meant(state: State, stretch: Stretch, text: str) -> str | None:
    """By the words alone; a please before, after or between them changes nothing."""
    bare = _without_please(state.language, text)
    return _asked_for(state, stretch, text) or (_asked_for(state, stretch, bare) if bare != text else None)


def named(language: Language, names: Iterable[str], heard: str) -> str | None:
    """Which of these commands and answers the words are, as a whole; None when they are none of them."""
    whole = letters(heard)
    return next((name for name in names if any(_is(whole, wording) for wording in wordings(language, name))), None)


def _without_please(language: Language, text: str) -> str:
    return " ".join(word for word in text.split() if letters(word) not in language.please)


def _asked_for(state: State, stretch: Stretch, text: str) -> str | None:
    name = _answered(state, text) or named(state.language, acting(state), text)
    name = name or _way_named(_ways_when(state, stretch), text) or _script_asked(state, text)
    name = name or _kind_named(state, stretch, text) or _search_asked(state, text)
    return name or _named_over_voice(state, stretch, text)


def _answered(state: State, heard: str) -> str | None:
    """An answer in words that mean it at this question alone, or at any: "go back", while words are checked."""
    if not isinstance(state.activity, Asking | SettingUp):
        return None
    whole, acts = letters(heard), acting(state)
    said = (
        name
        for table in _tables(state.activity)
        for name, wordings in state.language.own_answers.get(table, {}).items()
        if any(_is(whole, wording) for wording in wordings)
    )
    return next((name for name in said if name in acts), None)


def _tables(asking: Asking | SettingUp) -> tuple[str, ...]:
    """Of what is said for an answer here; a question's own comes first."""
    if isinstance(asking, SettingUp):
        return (ANY_QUESTION,)
    own = asking.question.own_answers
    return (own,) if asking.question.has_only_own else (own, ANY_QUESTION)


def _ways_when(state: State, stretch: Stretch) -> tuple[Way, ...]:
    """The ways that could be taken when this was begun."""
    past = state.past_offer
    if past is None or stretch.start_tick >= past.end_tick or ways(state):
        return ways(state)
    return past.ways if isinstance(state.activity, Grounding) else ()


def _way_named(offered: Iterable[Way], heard: str) -> str | None:
    """A way by any of its names; they act as long as it is offered, and never before a command."""
    whole = letters(heard)
    said = (any(_is(whole, name) for name in way.names) for way in offered)
    return next((name for name, is_said in zip(WAYS, said, strict=False) if is_said), None)


def _script_asked(state: State, heard: str) -> str | None:
    """ "Ground me with water": a script by its name or its title, a person's own as well as ours."""
    if "ground_me" not in acting(state):
        return None
    whole = letters(heard)
    for request in state.language.script_requests:
        before, _, after = (letters(part) for part in request.partition("{script}"))
        named = whole[len(before) : len(whole) - len(after)]
        if named and whole == before + named + after:
            for name, script in state.scripts.items():
                if named in (letters(name), letters(script.title)):
                    return SCRIPT + name
    return None


def _kind_named(state: State, stretch: Stretch, heard: str) -> str | None:
    """ "Change it to dream" whenever "change" acts; "it was a dream" just after another kind was told.

    Later that may well be how an entry begins. Where the kind is asked for both are answers.
    """
    is_asked = bool(set(TAGS) & set(answers(state)))
    if not is_asked and "change" not in acting(state):
        return None
    is_soon = stretch.start_tick - state.kind_told_tick <= SOON_TICKS
    language, whole = state.language, letters(heard)
    for name, tag in KINDS.items():
        is_correction = is_asked or (is_soon and (state.last is None or state.last.tag != tag))
        forms = (*language.kind_requests, *(language.kind_corrections if is_correction else ()))
        if any(whole == letters(form.format(kind=kind)) for form in forms for kind in language.kind_names[tag]):
            return tag if is_asked else name
    return None


def _search_asked(state: State, heard: str) -> str | None:
    return SEARCH + heard if searching.may_search(state) and asked(state.language.searches, heard) else None


def _named_over_voice(state: State, stretch: Stretch, heard: str) -> str | None:
    """ "Enough" while a script is spoken; scripts say such words too, so nobody is stopped by their echo."""
    if state.place != "speaking" or may_be_ours(state, stretch):
        return None
    whole, said = letters(heard), state.language.commands.items()
    return next((name for name, it in said if any(_is(whole, wording) for wording in it.over_voice)), None)


def _is(whole: str, wording: str) -> bool:
    """Whisper likes to double a short word ("change, change"), and so do people in need."""
    phrase = letters(wording)
    return whole == phrase or (not phrase.isdigit() and is_again(whole, phrase))


def is_again(whole: str, phrase: str) -> bool:
    """Whether these are the letters of a phrase two or three times."""
    return whole in (phrase * 2, phrase * 3)
