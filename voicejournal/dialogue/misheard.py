"""Whether words are a phrase that was misheard, and how sure one can be of a phrase that was heard.

In: what a recogniser tells of one stretch beside its words. Out: whether the phrase was said. Pure.
How likely a phrase has to be, where others may have been said, depends on what it costs to obey it wrongly.
"""

from typing import Literal

from voicejournal.hearing.spelling import alike, letters
from voicejournal.hearing.transcripts import Transcript

NEAR_ENOUGH = -3.0
"""Natural logarithm. In a kitchen commands came to -4.6 to -0.5, and what was none of them to -3.2 at most, but for
"Top." (`bench commands` measures what follows from it)."""

CLOSE_BEHIND = -3.9
"""Natural logarithm. Phrases that were misheard are so much less probable than the words written, at most
("journal entry" -3.8 to 2.2, "experiment" -3.3 to 7.7); where the words were really said it is more ("last time"
against "less time" -9.3 to -6.3, "excellent" against "experiment" -10.2 to -9.9).

So it is with a phrase that hints alone have made of others: said for real, "scratch that" came to -3.8 to -2.1
where "scratch mod" was written; "scratch that itch" to -7.0, "help me no more" as "help me now" to -4.7. "Scratched
that" came to -2.5, and is obeyed."""

FREELY_BEHIND = -6.0
"""As `CLOSE_BEHIND`, for what costs nothing: "less time" came to -5.9 to -2.6 where "last time" was written. Of
1,365 times that words near a phrase were said, 4 more are obeyed for it ("best time", -4.1)."""

FREELY_BENT = -8.0
"""As `FREELY_BEHIND`, where hints made the phrase: what was written without them was mostly no words that anybody
would say ("set of past phrase" -4.2, "I did my words" for "tidy my words" -6.9), for Whisper knows no such phrase.
Of the same 1,365, 6 more are obeyed ("around me" as "ground me", -6.1)."""

HELP_BEHIND = -6.0
"""As `CLOSE_BEHIND`, for a call for help that without hints was written as nothing like it, which is a guess too,
or as no more words: "help me now" came to -5.7 behind "It'll meet out", and to -5.0 behind "Help me out". "Help me
no more" came to -4.7."""

A_STRETCH_BEHIND = -5.3
"""As `CLOSE_BEHIND`, for what takes out a stretch that "undo" brings back: loud enough to be clipped, "scratch
that" came to -6.0 to -4.3 where without hints "crash net" or "crush that" was written (7 of 60 renderings by 20
voices); "scratch the hat" came to -6.1. Of 1,371 times that words near a phrase were said one more is obeyed
("stretch that")."""

FAR_BEHIND = -5.0
"""As `CLOSE_BEHIND`, for what ends an entry, which "I wasn't done" begins again, and which has to be understood in
a kitchen: there and in rooms "finish my entry" came to -4.5 to -0.1, "finish my essay" to -5.7."""

ALIKE = -1.0
"""As `CLOSE_BEHIND`, where who obeys the phrase may also take it out of the text. "Finish my entry" came to -0.84,
-0.38 and -0.06 where it was written as "finish my end tree" or "finish my N3" (18 renderings by six voices); of 107
sentences near to what acts in an entry, by two voices, one that was none came closer: "helping me now", -0.55."""

LONG_LETTERS = 8
"""A shorter phrase is a part of too much else: where "stop sign" was heard as "stop time", "stop" was -4.2."""

MORE_WORDS = 2
"""A phrase may be heard as so many more words: "tidy my words" as "Should I be my words?", "finish my entry" as
"finish my end to me". Where hints made it, and it costs something, as one more."""

AS_MANY_LETTERS = 0.7
"""Of the others' letters: with this share a phrase is not shorter, however many words they are. "Set a passphrase"
has 0.74 of "See you in the past week", as which it was heard; "set up contact" has 0.67 of what was said, "Set up a
car attack, is it?"."""

LIKENESS_TELLS = 40.0
"""By so much more is what the sounds tell weighed than what the words do: both are natural logarithms, and that of
the sounds comes scaled to a thousandth. Of 5,967 commands and answers by 39 voices 3 fewer are understood with half
of it, 7 with twice."""

BOTH_EARS, BOTH_EARS_FREELY = -4.5, -6.0
"""The least of both together; where being wrong costs nothing, a little less will do. "Goodbye" came to -4.4 and
-4.2 where "Love my." and "Don't mind." were written; those words, by 12 voices, are like other phrases or none, and
"good night" came to -5.1 to -4.7. Over a script it costs something: "a step" came to -5.2 as "faster"; "the shop"
came to -4.3 as "stop", and is obeyed."""

HARDLY_BEHIND = -1.0
"""What the sounds are like, against what by the words is nearer: "pause" by the natural voice came to -0.7 and -0.4
behind "go on", which it is not like."""

LEAST_LEAD, LEAST_LEAD_OF_PLAIN = -10.0, -7.0
"""Below it other words were said, whatever they sound like: without the first one more of 1,857 stretches that were
no command is obeyed, and no command more of 5,967; without the second 8, and 7 commands. The second is for words
that hints can't have bent, for they are like no phrase, or were written alike with hints and without; the first for
them too, where being wrong costs nothing and the sounds are very like it."""

VERY_LIKE = 0.2
"""Such a likeness. "Unlock my journal" came to 0.23 where "I like my journal" was written; of 1,830 stretches that
were no command, and did not hold one, the most was 0.18."""

BY_BOTH = -0.05
"""Likeness of a phrase that hints made Whisper write and that the second ear hears too: where being wrong costs
nothing it is believed, whatever is written without hints. "Set a passphrase" came to -0.035 to 0.15 where that was
"Santa Pan Street". So 13 of 5,967 more are understood, and of 1,857 that were no command one more is obeyed."""

SOUNDED_LETTERS = 4
"""A shorter phrase is no more than a vowel and its edges: "no" was found in 2 of 162 pieces of speech."""

SURELY_NEAR = -2.9
"""As `NEAR_ENOUGH`, where most of what is said is no command. "Help me now" that was heard as "help me out" or
"help me home" came to -2.8 to -1.3 (36 of 127 renderings); those words themselves to -4.0 to -2.8 (four voices):
help is better given once too often."""

Cost = Literal["nothing", "a stretch", "something", "the end", "no help"]
"""Of obeying what was not said: nothing that matters; a stretch of words, until it is undone; something of the
person's; or, if it is not obeyed, the end of an entry, or the help that somebody needs."""


def is_near_where_little_else_is_said(heard: Transcript) -> bool:
    """Over a script nothing is kept, and to a question after a number hardly anything else is said."""
    return heard.nearest is not None and heard.nearest.fit >= NEAR_ENOUGH


def is_misheard(heard: Transcript, cost: Cost, is_answer: bool) -> bool:
    """Whether the nearest phrase is as likely as the words that were written, and of as many words: "it helped me
    now" is more than a phrase misheard. Of an answer half the letters will do: "Let us get a ribbon." was
    "experiment", and "let me tell you about my experience" is none.
    """
    near = heard.nearest
    if near is None:
        return False
    is_call = cost == "no help" and near.fit >= SURELY_NEAR
    is_as_good = near.lead >= _least_lead(cost, FREELY_BEHIND) and len(letters(near.phrase)) >= LONG_LETTERS
    is_as_long = _is_half(near.phrase, heard.text) if is_answer else _has_as_many_words(near.phrase, heard.text)
    return (is_call or is_as_good) and is_as_long and not _is_part(near.phrase, heard.text, cost)


def is_rather(words: str, others: str, lead: float, cost: Cost) -> bool:
    """Whether a command was said, where the same sound was also written as others that are none: as likely as they
    are, and neither a part of them nor much shorter ("stop it" of "stop it, Mum").
    """
    more_words = 1 if cost in ("a stretch", "something") else MORE_WORDS
    is_shorter = _is_shorter(words, others, more_words)
    is_brief = len(others.split()) <= len(words.split())
    is_call = cost == "no help" and (is_brief or not alike((words,), others))
    least = HELP_BEHIND if is_call else _least_lead(cost, FREELY_BENT)
    is_anything = bool(letters(others)) or cost in ("nothing", "no help")
    return is_anything and lead >= least and not _is_part(words, others, cost) and not is_shorter


def is_sounded(heard: Transcript, cost: Cost, is_over_script: bool = False) -> bool:
    """Whether a phrase was said that the words are not, or not for sure: the sounds are like it, and it is not too
    unlikely beside the words. Never where they hold it, or are much longer.
    """
    sounded = heard.sounded
    if sounded is None:
        return False
    some = letters(sounded.phrase)
    is_longer = _is_shorter(sounded.phrase, heard.text, MORE_WORDS)
    is_part = _is_held(some, heard, cost)
    is_free = cost == "nothing" and not is_over_script
    is_surely = is_free and sounded.likeness >= VERY_LIKE
    least_lead = LEAST_LEAD if heard.unhinted is not None or is_surely else LEAST_LEAD_OF_PLAIN
    least = BOTH_EARS_FREELY if is_free else BOTH_EARS
    is_likely = sounded.lead >= least_lead and sounded.lead + LIKENESS_TELLS * sounded.likeness >= least
    is_believed = is_free and is_by_both(heard, BY_BOTH)
    return (is_likely or is_believed) and len(some) >= SOUNDED_LETTERS and not is_longer and not is_part


def is_sounded_rather(heard: Transcript) -> bool:
    """Whether of two phrases, of which one is obeyed anyway, it is the one that the sounds are like."""
    near, sounded = heard.nearest, heard.sounded
    return near is not None and sounded is not None and sounded.lead - near.lead >= HARDLY_BEHIND


def is_heard_again(heard: Transcript, cost: Cost) -> bool:
    """Whether the phrase that is written at another rate alone was said: never where being wrong costs something,
    where the words hold it, or are much longer. "Low." is "no" at another rate, whoever says it.
    """
    some = letters(heard.again)
    is_free = cost in ("nothing", "no help") and len(some) >= SOUNDED_LETTERS
    return is_free and not _is_held(some, heard, cost) and not _is_shorter(heard.again, heard.text, MORE_WORDS)


def is_alike(heard: Transcript) -> bool:
    """Whether it makes no difference which of the two ways it was written is believed."""
    return heard.unhinted is None or heard.unhinted.lead >= ALIKE


def is_by_both(heard: Transcript, least: float) -> bool:
    """Whether what is written is just what the second ear hears, with so much of a likeness at least."""
    sounded = heard.sounded
    return sounded is not None and letters(sounded.phrase) == letters(heard.text) and sounded.likeness >= least


def _is_held(some: str, heard: Transcript, cost: Cost) -> bool:
    """Whether what the words may be holds these letters, and more."""
    return any(some in letters(text) and some != letters(text) for text in _believed(heard, cost))


def _believed(heard: Transcript, cost: Cost) -> tuple[str, ...]:
    """What the words may be: as they are written with hints, and without, unless it neither matters nor costs."""
    if heard.unhinted is None or (cost == "nothing" and is_alike(heard)):
        return (heard.text,)
    return heard.text, heard.unhinted.text


def _is_shorter(words: str, others: str, by: int) -> bool:
    """By more than so many words, and in letters too."""
    has_fewer_words = len(words.split()) + by < len(others.split())
    return has_fewer_words and len(letters(words)) < AS_MANY_LETTERS * len(letters(others))


def _has_as_many_words(words: str, others: str) -> bool:
    return len(words.split()) == len(others.split())


def _is_half(words: str, others: str) -> bool:
    """At least, by its letters."""
    return 2 * len(letters(words)) >= len(letters(others))


def _is_part(words: str, others: str, cost: Cost) -> bool:
    """Whether the others hold the words, or words that begin so: "undo" of "undone", and not "lock" of "block".

    Where it costs something it is enough that they hold the letters: "Good bye, Mum".
    """
    if cost != "nothing":
        return letters(words) in letters(others)
    some, more = (" ".join(letters(word) for word in text.split()) for text in (words, others))
    return f" {some}" in f" {more}"


def _least_lead(cost: Cost, freely: float) -> float:
    match cost:
        case "nothing":
            return freely
        case "a stretch":
            return A_STRETCH_BEHIND
        case "the end":
            return FAR_BEHIND
        case "something" | "no help":
            return CLOSE_BEHIND
