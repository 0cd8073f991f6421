"""What kind of entry this seems to be, where the person did not name it.

In: the words of an entry, as a recogniser or a keyboard wrote them. Out: a `Guess` with its reason. Pure.
When nothing is clear there is no tag: an untagged entry is whole, a wrong tag breaks trust.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from voicejournal.hearing.spelling import letters
from voicejournal.journal.cues import Cues, Kind, Match, found_in
from voicejournal.journal.entries import TAGS, Tag
from voicejournal.journal.features import Lexicon, features
from voicejournal.journal.situations import Situation, told_of
from voicejournal.journal.weights import Weights, probabilities, scores

CLAIM = 0.5
"""Below this probability there is no tag, and the person is asked: it would more likely be wrong than right."""

BY_RULE = 0.5
"""With no tag where the words alone would have given one: of 13 short ones by other people five were none of the
three, and of memories there are too few to count; so as likely as not."""

TELLING_WORDS = 16
"""Fewer words than these need a phrase that tells: it costs no right guess (measured), and short entries are those
that say what they are, or nothing at all."""

MOST_WORDS = 10_000
"""An hour and more of speech, looked at in a second: by then it is plain what an entry is, if it ever will be. The
whole of a text of ten megabytes took four minutes."""

IMPLIED_MOST = 0.85
"""The most that is claimed without one strong cue: measured, such guesses are not right 95 times in 100."""


@dataclass(frozen=True)
class Guesser:
    """What a language's guesses go by."""

    cues: Cues
    lexicon: Lexicon
    situations: tuple[Situation, ...]
    weights: Weights


@dataclass(frozen=True)
class Guess:
    """What an entry seems to be."""

    tag: Tag | None
    confidence: float
    """0 to 1: how often such a guess is right; with no tag, how likely it is none of the three."""
    reason: str
    """In plain words: "you said: I dreamt", and what else there may be in it; or why there is no tag."""
    is_named: bool = False
    """Whether a phrase by itself says that it is this."""
    is_called: bool = False
    """Whether it goes by what the person called others like it, and not by its own words."""


@dataclass(frozen=True)
class _Token:
    letters: str
    start: int
    end: int


def guess(text: str, guesser: Guesser) -> Guess:
    """What the entry seems to be; no tag when unsure."""
    tokens = list(islice(_tokens(text), MOST_WORDS))
    if not tokens:
        return Guess(None, 0.0, guesser.cues.reasons.none["empty"])
    reasons = guesser.cues.reasons
    words = [token.letters for token in tokens]
    cues = found_in(words, guesser.cues)
    found = features(words, cues, guesser.lexicon)
    likely = probabilities(scores(found, guesser.weights), guesser.weights.spread)
    best: Tag = max(TAGS, key=lambda tag: likely[tag])
    told = {match.cue.strength for match in cues[best]}
    is_named = "strong" in told
    confidence = likely[best] if is_named else min(likely[best], IMPLIED_MOST)
    is_clear = len(words) >= TELLING_WORDS or bool(told & {"strong", "medium"})
    is_other = likely["other"] >= CLAIM
    situation = None if is_other else told_of(words, best, cues[best], guesser.situations)
    if situation is not None:
        return _none(BY_RULE, situation.reason)
    if is_other or confidence < max(CLAIM, likely["other"]):
        return _none(likely["other"], reasons.none["plain" if is_other else "unclear"])
    if not is_clear:
        return _none(BY_RULE, reasons.none["short"])
    return Guess(best, round(confidence, 3), _reason(text, tokens, cues, best, guesser), is_named)


def _none(confidence: float, reason: str) -> Guess:
    return Guess(None, round(confidence, 3), reason)


def _reason(
    text: str, tokens: Sequence[_Token], cues: Mapping[Kind, Sequence[Match]], best: Tag, guesser: Guesser
) -> str:
    """The phrases that decided, and what else is named; single words that tell nothing by themselves are none."""
    reasons = guesser.cues.reasons
    said = _phrases(text, tokens, cues[best])
    reason = reasons.said.format(words="; ".join(said)) if said else reasons.implied[best]
    for tag in TAGS:
        if tag != best and any(match.cue.strength == "strong" for match in cues[tag]):
            words_too = _phrases(text, tokens, cues[tag])[0]
            reason = reasons.also.format(reason=reason, kind=reasons.kinds[tag], words=words_too)
    return reason


def words_of(text: str) -> list[str]:
    """As they are compared."""
    return [token.letters for token in _tokens(text)]


def _tokens(text: str) -> Iterator[_Token]:
    for word in re.finditer(r"[^\W_]+(?:['’][^\W_]+)*", text):
        said = word.group()
        # Most words need no closer look, and an entry may be an hour long.
        spelt = said.lower() if said.isascii() and said.isalnum() else letters(said)
        yield _Token(spelt, word.start(), word.end())


def _phrases(text: str, tokens: Sequence[_Token], matches: Sequence[Match]) -> list[str]:
    """The phrases that tell, strongest first, at most two, in the person's own spelling."""
    order = ("strong", "medium")
    telling = [match for match in matches if match.cue.strength in order]
    telling.sort(key=lambda match: (order.index(match.cue.strength), match.at))
    phrases: list[str] = []
    for match in telling:
        phrase = text[tokens[match.at].start : tokens[match.at + len(match.cue.words) - 1].end]
        if phrase.lower() not in [known.lower() for known in phrases]:
            phrases.append(phrase)
    return phrases[:2]
