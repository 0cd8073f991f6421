"""Which command an utterance is, if it is one.

In: a state, and the words of one stretch of voice. Out: the name of a command or an answer, or None. Pure.
Only a whole stretch counts, and only what acts in the state; everything else is the person's own words.
"""

from collections.abc import Iterable, Mapping

from voicejournal.dialogue import guarding, misheard, searching
from voicejournal.dialogue.activities import COMMANDS, HEARD_OVER_VOICE
from voicejournal.dialogue.activity import Asking, Grounding, SettingUp
from voicejournal.dialogue.awaiting import WAYS, acting, answers, ways, wordings
from voicejournal.dialogue.language import Language
from voicejournal.dialogue.our_voice import may_be_ours
from voicejournal.dialogue.state import State
from voicejournal.hearing.frames import ticks
from voicejournal.hearing.spelling import letters
from voicejournal.hearing.stretches import Stretch
from voicejournal.hearing.transcripts import Nearest, Transcript
from voicejournal.journal.entries import TAGS, Tag
from voicejournal.journal.searches import asked
from voicejournal.speaking.steps import Way

ANY_QUESTION = "any_question"
"""The table of `own_answers` that holds at every one."""

SCRIPT = "script "
"""Begins the name of what a person has asked for who names a script; the script's own name follows."""

SEARCH = "search "
"""Begins the name of what a person has asked for who looks for entries; their own words follow."""

STAY_WHEN_UNSURE = frozenset(name for name, command in COMMANDS.items() if command.stays_when_unsure)

KINDS: Mapping[str, Tag] = {f"change to {tag}": tag for tag in TAGS}
"""What a person has asked for who names another kind at once."""

SOON_TICKS = ticks(15)
"""Until a kind that was told is no longer plainly what a correction is about: 1.5 s of silence, 4 s of speech, and
the 10 s that a question stays open (R3)."""


def understood(state: State, stretch: Stretch, heard: Transcript) -> str | None:
    """The command or answer that these words are, if they are one here."""
    if stretch.is_cut:
        return None
    name = _heard_either_way(state, stretch, heard) or _nearly(state, stretch, heard)
    if name in guarding.unlikely(state):
        name = _sounded(state, stretch, heard) or name
    return name if name in HEARD_OVER_VOICE or not may_be_ours(state, stretch) else None


def may_be_content(state: State, stretch: Stretch, heard: Transcript, name: str) -> bool:
    """Whether these words, which are obeyed as `name`, may be the person's own all the same.

    They may where they are taken for a search; where they are written as something else, and were the phrase by
    their sound alone or without hints; and where without hints they are written as something else, and likelier.
    """
    texts = [heard.text]
    if heard.unhinted is not None and _is_kept(state) and not misheard.is_alike(heard):
        texts.append(heard.unhinted.text)
    return name.startswith(SEARCH) or any(_meant(state, stretch, text) != name for text in texts)


def _is_kept(state: State) -> bool:
    """What is said over a script, and is no command, is not."""
    return state.place != "speaking"


def _heard_either_way(state: State, stretch: Stretch, heard: Transcript) -> str | None:
    """With hints and without; what is a command in one of both alone has to be likely."""
    hinted, unhinted = _meant(state, stretch, heard.text), heard.unhinted
    if unhinted is None or not _is_kept(state):
        return hinted
    other = _meant(state, stretch, unhinted.text)
    if other is None and hinted is not None and _cost(hinted) == "the end":
        # A kitchen puts a word before it: "and finish my entry".
        other = _meant(state, stretch, unhinted.text.partition(" ")[2])
    if hinted == other or (hinted or "").startswith(SEARCH):
        return hinted
    if hinted is not None and other is not None:
        return _likelier(hinted, other, unhinted.lead)
    if hinted is not None:
        lead = unhinted.lead if (once := _once(heard)) is None else max(unhinted.lead, once.lead)
        return hinted if misheard.is_rather(heard.text, unhinted.text, lead, _cost(hinted)) else None
    assert other is not None
    return other if misheard.is_rather(unhinted.text, heard.text, -unhinted.lead, _cost(other)) else None


def _once(heard: Transcript) -> Nearest | None:
    """The phrase that was written twice or more, and may have been said once."""
    near = heard.nearest
    return near if near is not None and _is_again(letters(heard.text), letters(near.phrase)) else None


def _likelier(hinted: str, other: str, lead: float) -> str:
    """Of two commands that one sound may be; who may need help is not left without."""
    if "no help" in (_cost(hinted), _cost(other)):
        return hinted if _cost(hinted) == "no help" else other
    return hinted if lead >= 0 else other


def _meant(state: State, stretch: Stretch, text: str) -> str | None:
    """By the words alone; a please before, after or between them changes nothing."""
    bare = _without_please(state.language, text)
    return _asked_for(state, stretch, text) or (_asked_for(state, stretch, bare) if bare != text else None)


def _without_please(language: Language, text: str) -> str:
    return " ".join(word for word in text.split() if letters(word) not in language.please)


def _asked_for(state: State, stretch: Stretch, text: str) -> str | None:
    name = _answered(state, text) or named(state.language, acting(state), text)
    name = name or _way_named(_ways_when(state, stretch), text) or _script_asked(state, text)
    name = name or _kind_named(state, stretch, text) or _search_asked(state, text)
    return name or _named_over_voice(state, stretch, text)


def _ways_when(state: State, stretch: Stretch) -> tuple[Way, ...]:
    """The ways that could be taken when this was begun."""
    past = state.past_offer
    if past is None or stretch.start_tick >= past.end_tick or ways(state):
        return ways(state)
    return past.ways if isinstance(state.activity, Grounding) else ()


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


def _nearly(state: State, stretch: Stretch, heard: Transcript) -> str | None:
    """What is none by its words, and may be one by its sound. Silence and help give way to no other phrase."""
    near = _nearly_named(state, heard)
    if near is None:
        return _sounded(state, stretch, heard)
    is_sounded_rather = near not in HEARD_OVER_VOICE and misheard.is_sounded_rather(heard)
    return (_sounded_named(state, stretch, heard) if is_sounded_rather else None) or near


def _nearly_named(state: State, heard: Transcript) -> str | None:
    """Where hardly anything else is said a phrase need only be near."""
    if heard.nearest is None:
        return None
    name = named(state.language, acting(state), heard.nearest.phrase)
    if name is None or (_may_be_near(state) and misheard.is_near_where_little_else_is_said(heard)):
        return name
    return name if misheard.is_misheard(heard, _cost(name), name in answers(state)) else None


def _may_be_near(state: State) -> bool:
    """Between the words of a script nothing is kept, and where a number is asked for little else is said."""
    asks_number = isinstance(state.activity, Asking) and state.activity.question.asks_number
    return state.place == "speaking" or (state.place == "question" and asks_number)


def _sounded(state: State, stretch: Stretch, heard: Transcript) -> str | None:
    """What only a second ear has made of it, where it is likely enough."""
    name = _sounded_named(state, stretch, heard)
    is_likely = name is not None and misheard.is_sounded(heard, _cost(name), is_over_script=not _is_kept(state))
    return name if is_likely else None


def _sounded_named(state: State, stretch: Stretch, heard: Transcript) -> str | None:
    """The phrase of the second ear, which hears nothing else.

    What would be gone from the text if it were wrong has to be written as well, if only by its hints.
    """
    sounded = heard.sounded
    name = named(state.language, acting(state), sounded.phrase) if sounded is not None else None
    if name is None:
        return None
    would_go = state.place == "entry" and name in COMMANDS and name not in STAY_WHEN_UNSURE
    return None if would_go and _meant(state, stretch, heard.text) != name else name


def _cost(name: str) -> misheard.Cost:
    return COMMANDS[name].wrong_costs if name in COMMANDS else "nothing"


def named(language: Language, names: Iterable[str], heard: str) -> str | None:
    """Which of these commands and answers the words are, as a whole; None when they are none of them."""
    whole = letters(heard)
    return next((name for name in names if any(_is(whole, wording) for wording in wordings(language, name))), None)


def _way_named(offered: Iterable[Way], heard: str) -> str | None:
    """A way by any of its names; they act as long as it is offered, and never before a command."""
    whole = letters(heard)
    said = (any(_is(whole, name) for name in way.names) for way in offered)
    return next((name for name, is_said in zip(WAYS, said, strict=False) if is_said), None)


def _named_over_voice(state: State, stretch: Stretch, heard: str) -> str | None:
    """ "Enough" while a script is spoken; scripts say such words too, so nobody is stopped by their echo."""
    if state.place != "speaking" or may_be_ours(state, stretch):
        return None
    whole, said = letters(heard), state.language.commands.items()
    return next((name for name, it in said if any(_is(whole, wording) for wording in it.over_voice)), None)


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


def _search_asked(state: State, heard: str) -> str | None:
    return SEARCH + heard if searching.may_search(state) and asked(state.language.searches, heard) else None


def _kind_named(state: State, stretch: Stretch, heard: str) -> str | None:
    """ "Change it to dream" whenever "change" acts; "it was a dream" just after another kind was told.

    Later that may well be how an entry begins. Where the kind is asked for both are answers.
    """
    is_asked = bool(set(TAGS) & set(answers(state)))
    if not is_asked and "change" not in acting(state):
        return None
    is_soon = is_asked or stretch.start_tick - state.kind_told_tick <= SOON_TICKS
    language, whole = state.language, letters(heard)
    for name, tag in KINDS.items():
        is_correction = is_soon and (state.last is None or state.last.tag != tag)
        forms = (*language.kind_requests, *(language.kind_corrections if is_correction else ()))
        if any(whole == letters(form.format(kind=kind)) for form in forms for kind in language.kind_names[tag]):
            return tag if is_asked else name
    return None


def _is(whole: str, wording: str) -> bool:
    """Whisper likes to double a short word ("change, change"), and so do people in need."""
    phrase = letters(wording)
    return whole == phrase or (not phrase.isdigit() and _is_again(whole, phrase))


def _is_again(whole: str, phrase: str) -> bool:
    return whole in (phrase * 2, phrase * 3)
