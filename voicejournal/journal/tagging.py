"""What kind of entry this seems to be, where the person did not name it.

In: the words of an entry, as a recogniser or a keyboard wrote them. Out: a `Guess` with its reason. Pure.
When nothing is clear there is no tag: an untagged entry is whole, a wrong tag breaks trust.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from voicejournal.hearing.spelling import letters
from voicejournal.journal.cues import KINDS, Cues, Match, found_in
from voicejournal.journal.entries import TAGS, Tag
from voicejournal.journal.features import CLASS, RUN, Lexicon, features
from voicejournal.journal.weights import Weights, probabilities, scores

CLAIM = 0.5
"""Below this probability there is no tag, and the person is asked: it would more likely be wrong than right."""

TELLING_WORDS = 16
"""Fewer words than these need a phrase that tells: it costs no right guess (measured), and short entries are those
that say what they are, or nothing at all."""

MOST_WORDS = 10_000
"""An hour and more of speech, looked at in a second: by then it is plain what an entry is, if it ever will be. The
whole of a text of ten megabytes took four minutes."""

MEMORY = f"{CLASS}remembering"
"""A memory that comes suddenly is told as a dream is, or with a feeling; it stays as told, without a tag."""

NAMED: Mapping[Tag, set[str]] = {
    "dream": {"strong"},
    "mood": {"strong", "medium"},
    "experiment": {"strong", "medium"},
}
"""How strong a phrase must be for a memory to be more than one."""

IMPLIED_MOST = 0.85
"""The most that is claimed without one strong cue: measured, such guesses are not right 95 times in 100."""


@dataclass(frozen=True)
class Guesser:
    """What a language's guesses go by."""

    cues: Cues
    lexicon: Lexicon
    weights: Weights


@dataclass(frozen=True)
class Guess:
    """What an entry seems to be."""

    tag: Tag | None
    confidence: float
    """0 to 1: how often such a guess is right; with no tag, how likely the likeliest would have been."""
    reason: str
    """In plain words: "you said: I dreamt", and what else there may be in it; empty without a tag."""


@dataclass(frozen=True)
class _Token:
    letters: str
    start: int
    end: int


def guess(text: str, guesser: Guesser | None) -> Guess:
    """What the entry seems to be; no tag when unsure, or when the language has no guesser."""
    tokens = list(islice(_tokens(text), MOST_WORDS))
    if guesser is None or not tokens:
        return Guess(None, 0.0, "")
    words = [token.letters for token in tokens]
    cues = found_in(words, guesser.cues)
    found = features(words, cues, guesser.lexicon)
    likely = probabilities(scores(found, guesser.weights), guesser.weights.spread)
    best: Tag = max(TAGS, key=lambda tag: likely[tag])
    confidence = likely[best]
    told = {match.cue.strength for match in cues[best]}
    if "strong" not in told:
        confidence = min(confidence, IMPLIED_MOST)
    is_clear = len(words) >= TELLING_WORDS or bool(told & {"strong", "medium"})
    is_memory = MEMORY in found and not told & NAMED[best]
    if confidence < CLAIM or likely[best] < likely["other"] or not is_clear or is_memory:
        return Guess(None, round(confidence, 3), "")
    said = _by_cue(text, tokens, cues[best]) or _by_run(text, tokens, found, best, guesser)
    reason = guesser.cues.reason.format(words="; ".join(said))
    for tag in TAGS:
        if tag != best and any(match.cue.strength == "strong" for match in cues[tag]):
            words_too = _by_cue(text, tokens, cues[tag])[0]
            reason = guesser.cues.also.format(reason=reason, kind=guesser.cues.kinds[tag], words=words_too)
    return Guess(best, round(confidence, 3), reason)


def words_of(text: str) -> list[str]:
    """As they are compared."""
    return [token.letters for token in _tokens(text)]


def _tokens(text: str) -> Iterator[_Token]:
    for word in re.finditer(r"[^\W_]+(?:['’][^\W_]+)*", text):
        said = word.group()
        # Most words need no closer look, and an entry may be an hour long.
        spelt = said.lower() if said.isascii() and said.isalnum() else letters(said)
        yield _Token(spelt, word.start(), word.end())


def _by_cue(text: str, tokens: Sequence[_Token], matches: Sequence[Match]) -> list[str]:
    """The phrases that decided, strongest first, at most two, in the person's own spelling."""
    order = ("strong", "medium", "weak")
    telling = [match for match in matches if match.cue.strength in order]
    telling.sort(key=lambda match: (order.index(match.cue.strength), match.at))
    phrases: list[str] = []
    for match in telling:
        phrase = text[tokens[match.at].start : tokens[match.at + len(match.cue.words) - 1].end]
        if phrase.lower() not in [known.lower() for known in phrases]:
            phrases.append(phrase)
    return phrases[:2]


def _by_run(
    text: str, tokens: Sequence[_Token], found: Mapping[str, float], tag: Tag, guesser: Guesser
) -> list[str]:
    """Where no phrase did, the words that spoke for it most, and mean something: "and" is no reason."""
    kind = KINDS.index(tag)
    small = guesser.lexicon.shapes.small_words

    def spoke(name: str) -> tuple[bool, float]:
        values = guesser.weights.of.get(name, (0.0,) * len(KINDS))
        says_something = not small.issuperset(name.removeprefix(RUN).split())
        return says_something, found[name] * (values[kind] - sum(values) / len(KINDS))

    run = max((name for name in found if name.startswith(RUN)), key=spoke).removeprefix(RUN).split()
    words = [token.letters for token in tokens]
    at = next(at for at in range(len(words)) if words[at : at + len(run)] == run)
    return [text[tokens[at].start : tokens[at + len(run) - 1].end]]
