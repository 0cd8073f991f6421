"""Which command an utterance is, if it is one: what two ears have made of it is weighed.

In: a state, and the words of one stretch of voice. Out: the name of a command or an answer, or None. Pure.
Only a whole stretch counts, and only what acts in the state; everything else is the person's own words.
"""

from typing import Literal

from voicejournal.dialogue import guarding, meaning, misheard
from voicejournal.dialogue.activities import COMMANDS, HEARD_OVER_VOICE
from voicejournal.dialogue.activity import Asking
from voicejournal.dialogue.awaiting import acting, answers, may_be_heard_again
from voicejournal.dialogue.our_voice import may_be_ours
from voicejournal.dialogue.state import State
from voicejournal.hearing.spelling import letters
from voicejournal.hearing.stretches import Stretch
from voicejournal.hearing.transcripts import Nearest, Transcript

Fate = Literal["in the text", "aside", "gone"]
"""What becomes of the words of a command; aside is their sound, for a week."""

STAY_WHEN_UNSURE = frozenset(name for name, command in COMMANDS.items() if command.stays_when_unsure)


def understood(state: State, stretch: Stretch, heard: Transcript) -> str | None:
    """The command or answer that these words are, if they are one here."""
    if stretch.is_cut:
        return None
    name = _heard_either_way(state, stretch, heard) or _nearly(state, stretch, heard) or _heard_again(state, heard)
    if name in guarding.unlikely(state):
        name = _sounded(state, stretch, heard) or name
    return name if name in HEARD_OVER_VOICE or not may_be_ours(state, stretch) else None


def is_unsure_yes(state: State, stretch: Stretch, heard: Transcript) -> bool:
    """Whether what was not understood is a yes all the same, to a question where that has to be sure."""
    is_costly = isinstance(state.activity, Asking) and state.activity.question.yes_costs != "nothing"
    texts = (heard.text,) if heard.unhinted is None else (heard.text, heard.unhinted.text)
    is_yes = is_costly and any(meaning.meant(state, stretch, text) == "yes" for text in texts)
    return is_yes and not may_be_ours(state, stretch)


def fate(state: State, stretch: Stretch, heard: Transcript, name: str) -> Fate:
    """A command's own words are no part of a text, but for those that may not have been it.

    Rather a phrase too many in an entry than a sentence lost; where it would have begun one it is kept aside.
    """
    if not _may_be_content(state, stretch, heard, name):
        return "gone"
    is_in_entry = state.capture is not None and state.capture.is_entry
    if not is_in_entry:
        return "aside"
    return "in the text" if name in STAY_WHEN_UNSURE else "gone"


def _may_be_content(state: State, stretch: Stretch, heard: Transcript, name: str) -> bool:
    """Whether these words, which are obeyed as `name`, may be the person's own all the same.

    They may where they are taken for a search; where they are written as something else, and were the phrase by
    their sound alone or without hints; and where without hints they are written as something else, and likelier.
    """
    if name.startswith(meaning.SEARCH) or meaning.meant(state, stretch, heard.text) != name:
        return True
    return not _is_sure(state, heard, name) and _meant_unhinted(state, stretch, heard, name) != name


def _is_sure(state: State, heard: Transcript, name: str) -> bool:
    """Whether what is written with hints is believed; the end of an entry where the second ear is sure too."""
    is_by_both = _cost(state, name) == "the end" and misheard.is_by_both(heard, misheard.VERY_LIKE)
    return not _is_kept(state) or misheard.is_alike(heard) or is_by_both


def _is_kept(state: State) -> bool:
    """What is said over a script, and is no command, is not."""
    return state.place != "speaking"


def _heard_either_way(state: State, stretch: Stretch, heard: Transcript) -> str | None:
    """With hints and without; what is a command in one of both alone has to be likely."""
    hinted, unhinted = meaning.meant(state, stretch, heard.text), heard.unhinted
    if unhinted is None or not _is_kept(state):
        return hinted
    other = _meant_unhinted(state, stretch, heard, hinted)
    if hinted == other or (hinted or "").startswith(meaning.SEARCH):
        return hinted
    if hinted is not None and other is not None:
        return _likelier(state, hinted, other, unhinted.lead)
    if hinted is not None:
        lead = unhinted.lead if (once := _once(heard)) is None else max(unhinted.lead, once.lead)
        return hinted if misheard.is_rather(heard.text, unhinted.text, lead, _cost(state, hinted)) else None
    assert other is not None
    return other if misheard.is_rather(unhinted.text, heard.text, -unhinted.lead, _cost(state, other)) else None


def _meant_unhinted(state: State, stretch: Stretch, heard: Transcript, hinted: str | None) -> str | None:
    """By what is written without hints. A kitchen puts a word before the end of an entry: "and finish my entry"."""
    assert heard.unhinted is not None
    text = heard.unhinted.text
    first, _, rest = text.partition(" ")
    is_end = hinted is not None and _cost(state, hinted) == "the end"
    return meaning.meant(state, stretch, rest if is_end and letters(first) in state.language.noise else text)


def _once(heard: Transcript) -> Nearest | None:
    """The phrase that was written twice or more, and may have been said once."""
    near = heard.nearest
    return near if near is not None and meaning.is_again(letters(heard.text), letters(near.phrase)) else None


def _likelier(state: State, hinted: str, other: str, lead: float) -> str:
    """Of two commands that one sound may be; who may need help is not left without."""
    if "no help" in (_cost(state, hinted), _cost(state, other)):
        return hinted if _cost(state, hinted) == "no help" else other
    return hinted if lead >= 0 else other


def _nearly(state: State, stretch: Stretch, heard: Transcript) -> str | None:
    """What is none by its words, and may be one by its sound. Silence and help give way to no other phrase."""
    near = _nearly_named(state, heard)
    if near is None:
        return _sounded(state, stretch, heard)
    if near in HEARD_OVER_VOICE or not misheard.is_sounded_rather(heard):
        return near
    rather = _sounded_named(state, stretch, heard)
    is_free = rather is not None and _cost(state, rather) == "nothing"
    return (rather if is_free else _sounded(state, stretch, heard)) or near


def _nearly_named(state: State, heard: Transcript) -> str | None:
    """Where hardly anything else is said a phrase need only be near."""
    if heard.nearest is None:
        return None
    name = meaning.named(state.language, acting(state), heard.nearest.phrase)
    if name is None or (_may_be_near(state) and misheard.is_near_where_little_else_is_said(heard)):
        return name
    return name if misheard.is_misheard(heard, _cost(state, name), name in answers(state)) else None


def _may_be_near(state: State) -> bool:
    """Between the words of a script nothing is kept, and where a number is asked for little else is said."""
    asks_number = isinstance(state.activity, Asking) and state.activity.question.asks_number
    return state.place == "speaking" or (state.place == "question" and asks_number)


def _sounded(state: State, stretch: Stretch, heard: Transcript) -> str | None:
    """What only a second ear has made of it, where it is likely enough."""
    name = _sounded_named(state, stretch, heard)
    if name is None:
        return None
    cost = _cost(state, name)
    return name if misheard.is_sounded(heard, cost, is_over_script=not _is_kept(state)) else None


def _sounded_named(state: State, stretch: Stretch, heard: Transcript) -> str | None:
    """The phrase of the second ear, which hears nothing else.

    What ends an entry, or takes something out of it, has to be written as well, if only by its hints.
    """
    sounded = heard.sounded
    name = meaning.named(state.language, acting(state), sounded.phrase) if sounded is not None else None
    if name is None:
        return None
    would_cost = state.place == "entry" and _cost(state, name) in ("the end", "a stretch", "something")
    return None if would_cost and meaning.meant(state, stretch, heard.text) != name else name


def _heard_again(state: State, heard: Transcript) -> str | None:
    """What is written as a phrase at another rate alone, where it is likely enough."""
    if not heard.again or not may_be_heard_again(state):
        return None
    name = meaning.named(state.language, acting(state), heard.again)
    return name if name is not None and misheard.is_heard_again(heard, _cost(state, name)) else None


def _cost(state: State, name: str) -> misheard.Cost:
    """Of obeying it wrongly."""
    if name in COMMANDS:
        return COMMANDS[name].wrong_costs
    return state.activity.question.yes_costs if name == "yes" and isinstance(state.activity, Asking) else "nothing"
