"""Whether words are a phrase that was misheard, and how sure one can be of a phrase that was heard.

In: what a recogniser tells of one stretch beside its words. Out: a phrase, or a verdict. Pure.
Rather too little is understood than a word lost: what is a command by its hints alone has to be a likely one.
"""

from typing import Literal

from voicejournal.dialogue.language import letters
from voicejournal.hearing.transcripts import Transcript

NEAR_ENOUGH = -3.0
"""Natural logarithm. In a kitchen commands came to -4.6 to -0.5, and what was none of them to -3.2 at most, but for
"Top." (`bench commands` measures what follows from it)."""

CLOSE_BEHIND = -3.9
"""Natural logarithm. Phrases that were misheard are so much less probable than the words written, at most
("journal entry" -3.8 to 2.2, "experiment" -3.3 to 7.7); where the words were really said it is more ("last time"
against "less time" -9.3 to -6.3, "excellent" against "experiment" -10.2 to -9.9).

So it is with a phrase that hints alone have made of other words: of 54 that were said and heard so, 48 came to
-3.6 to 0.3; "scratch the hat" to -7.8, "help me no more" to -4.5, "forgot what helped" to -4.2."""

HARDLY_BEHIND = -1.5
"""As `CLOSE_BEHIND`, for what takes something away: "scratched that" came to -2.3 as "scratch that", "undone" to
-1.6 as "undo". Said for real, "finish my entry" came to -0.3 and 0.3, "delete that" to -1.2."""

FAR_BEHIND = -5.0
"""As `CLOSE_BEHIND`, for what ends an entry, which "I wasn't done" begins again, and which has to be understood in
a kitchen: there and in rooms "finish my entry" came to -4.5 to -0.1, "finish my essay" to -5.7."""

ALIKE = -1.0
"""As `CLOSE_BEHIND`, where who obeys the phrase may also take it out of the text. "Finish my entry" came to -0.84,
-0.38 and -0.06 where it was written as "finish my end tree" or "finish my N3" (18 renderings by six voices); of 107
sentences near to what acts in an entry, by two voices, one that was none came closer: "helping me now", -0.55."""

LONG_LETTERS = 8
"""A shorter phrase is a part of too much else: where "stop sign" was heard as "stop time", "stop" was -4.2."""

SURELY_NEAR = -2.7
"""As `NEAR_ENOUGH`, where most of what is said is no command. "Help me now" that was heard as "help me out" or
"help me home" came to -2.7 to -1.3 (10 of 30 renderings); those words themselves to -4.0 to -2.8 (four voices)."""

Cost = Literal["nothing", "something", "the end", "silence"]
"""Of obeying what was not said: nothing that matters; something of the person's; or, if it is not obeyed, the end
of an entry, or the help that somebody needs."""


def is_near_where_little_else_is_said(heard: Transcript) -> bool:
    """Over a script nothing is kept, and to a question after a number hardly anything else is said."""
    return heard.nearest is not None and heard.nearest.fit >= NEAR_ENOUGH


def is_misheard(heard: Transcript, cost: Cost, is_answer: bool) -> bool:
    """Whether the nearest phrase is as likely as the words that were written, and as long: "it helped me now" is
    more than a phrase misheard.
    """
    near = heard.nearest
    if near is None:
        return False
    is_call = cost == "silence" and near.fit >= SURELY_NEAR
    is_as_good = near.lead >= _least_lead(cost) and len(letters(near.phrase)) >= LONG_LETTERS
    is_as_short = is_answer or len(heard.text.split()) == len(near.phrase.split())
    is_more = letters(near.phrase) in letters(heard.text)
    return (is_call or is_as_good) and is_as_short and not is_more


def is_rather(words: str, others: str, lead: float, cost: Cost) -> bool:
    """Whether a command was said, where the same sound was also written as others that are none: as likely as they
    are, and neither a part of them nor much shorter ("stop it" of "stop it, Mum").
    """
    is_part = letters(words) in letters(others)
    is_shorter = len(words.split()) < len(others.split()) - 1
    return lead >= _least_lead(cost) and not is_part and not is_shorter


def is_alike(heard: Transcript) -> bool:
    """Whether it makes no difference which of the two ways it was written is believed."""
    return heard.unhinted is None or heard.unhinted.lead >= ALIKE


def _least_lead(cost: Cost) -> float:
    match cost:
        case "something":
            return HARDLY_BEHIND
        case "the end":
            return FAR_BEHIND
        case _:
            return CLOSE_BEHIND
