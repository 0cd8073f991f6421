"""What kind of entry this is: told by the person, or guessed from their words.

In: the words of an entry, as a recogniser or a keyboard wrote them. Out: a tag, or a `Guess` with its reason. Pure.
When nothing is clear there is no tag: an untagged entry is whole, a wrong tag breaks trust.
"""

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from voicejournal.hearing.spelling import letters
from voicejournal.journal.cues import KINDS, Cue, Cues, Kind, Weights
from voicejournal.journal.entries import TAGS, Tag

ANYWHERE_WORDS = 3
"""A label of this many words counts wherever it is a sentence of its own: "this is a dream"."""


@dataclass(frozen=True)
class Labels:
    """What a person says to name a kind, from `tags/labels.toml`."""

    whole: Mapping[Tag, tuple[str, ...]]
    """Said alone."""
    openers: Mapping[Tag, tuple[str, ...]]
    """Said first, whatever follows."""
    kinds: Mapping[Tag, tuple[str, ...]]
    """Bare names, which count when one of `followers` comes next."""
    followers: tuple[str, ...]
    fillers: tuple[str, ...]
    """Words that may come before a label and mean nothing."""


MORE_STRONG = 3
"""Saying "the dream" ten times makes an entry no surer than saying it four times."""

LEAST_WORDS = 50
"""Shorter entries count weak cues as if they were this long: one "suddenly" in five words means little."""

CLAIM = 0.55
"""Below this probability there is no tag, and the person is asked."""

IMPLIED_MOST = 0.85
"""The most that is claimed without one strong cue: measured, such guesses are not right 95 times in 100."""


@dataclass(frozen=True)
class Guess:
    """What an entry seems to be."""

    tag: Tag | None
    confidence: float
    """0 to 1: how often such a guess is right; with no tag, how likely the likeliest would have been."""
    reason: str
    """In plain words: "you said: I dreamt"; empty without a tag."""


@dataclass(frozen=True)
class _Token:
    letters: str
    start: int
    end: int


@dataclass(frozen=True)
class _Match:
    cue: Cue
    at: int
    """Index of its first word."""

    @property
    def span(self) -> range:
        return range(self.at, self.at + len(self.cue.words))


def read_labels(table: Mapping[str, Any]) -> Labels:
    """The labels of a language from its `tags/labels.toml`."""
    by_tag: dict[str, dict[Tag, tuple[str, ...]]] = {
        name: {tag: tuple(source[tag]) for tag in TAGS}
        for name, source in (
            ("whole", table["whole"]),
            ("openers", table["openers"]),
            ("kinds", table["followers"]["kinds"]),
        )
    }
    fillers = tuple(table["fillers"]["words"])
    return Labels(**by_tag, followers=tuple(table["followers"]["words"]), fillers=fillers)


def spoken_label(stretches: Sequence[str], labels: Labels) -> Tag | None:
    """The kind that the person named, in the texts of an entry's stretches; None when they named none.

    Recognised text may have full stops or none: then only a bare kind followed by a new beginning counts.
    """
    if not stretches:
        return None
    first = _without_fillers(stretches[0].split(), labels)
    parts = [part for stretch in stretches for part in re.split(r"[.!?…:;]+", stretch) if letters(part)]
    beginning = letters(" ".join(_without_fillers(parts[0].split(), labels))) if parts else ""
    for tag in TAGS:
        whole = {letters(label) for label in labels.whole[tag]}
        anywhere = {letters(label) for label in labels.whole[tag] if len(label.split()) >= ANYWHERE_WORDS}
        if beginning in whole or any(letters(part) in anywhere for part in parts):
            return tag
        if _begins(first, labels.openers[tag]) or _begins(first, labels.kinds[tag], labels.followers):
            return tag
    return None


def _without_fillers(words: list[str], labels: Labels) -> list[str]:
    fillers = {letters(filler) for filler in labels.fillers}
    while words and letters(words[0]) in fillers:
        words = words[1:]
    return words


def _begins(words: Sequence[str], labels: Sequence[str], followers: Sequence[str] = ()) -> bool:
    """Whether the words begin with a label, and go on with a follower where some are given."""
    wanted, after = {letters(label) for label in labels}, {letters(follower) for follower in followers}
    longest = max(len(label) for label in wanted)
    said = ""
    for index, word in enumerate(words):
        said += letters(word)
        if said in wanted and (not after or letters(" ".join(words[index + 1 : index + 2])) in after):
            return True
        if len(said) >= longest:
            return False
    return False


def guess(text: str, cues: Cues) -> Guess:
    """What the entry seems to be; no tag when unsure, or when the language has no cues."""
    tokens = list(_tokens(text))
    if not cues.weights or not tokens:
        return Guess(None, 0.0, "")
    matches = _matches(tokens, cues)
    scores = {kind: _score(matches[kind], len(tokens), cues.weights[kind]) for kind in KINDS}
    total = sum(math.exp(score) for score in scores.values())
    best: Tag = max(TAGS, key=lambda tag: scores[tag])
    confidence = math.exp(scores[best]) / total
    if not any(match.cue.strength == "strong" for match in matches[best]):
        confidence = min(confidence, IMPLIED_MOST)
    if confidence < CLAIM or scores[best] <= scores["other"]:
        return Guess(None, round(confidence, 3), "")
    reason = cues.reason.format(words=_deciding(text, tokens, matches[best]))
    return Guess(best, round(confidence, 3), reason)


def _tokens(text: str) -> Iterator[_Token]:
    for word in re.finditer(r"[^\W_]+(?:['’][^\W_]+)*", text):
        said = word.group()
        # Most words need no closer look, and an entry may be an hour long.
        spelt = said.lower() if said.isascii() and said.isalnum() else letters(said)
        yield _Token(spelt, word.start(), word.end())


def _matches(tokens: Sequence[_Token], cues: Cues) -> dict[Kind, list[_Match]]:
    """For each kind its cues in the text, in order, none over another of that kind."""
    found: dict[Kind, list[_Match]] = {kind: [] for kind in KINDS}
    for at, token in enumerate(tokens):
        for cue in cues.by_first_word.get(token.letters, ()):
            if _fits(cue, tokens, at):
                found[cue.kind].append(_Match(cue, at))
    return {kind: _untangled(matches) for kind, matches in found.items()}


def _untangled(matches: Sequence[_Match]) -> list[_Match]:
    """The other meaning first ("in my dream job"), unless a longer phrase holds all of it; then the longest."""
    spans = [match.span for match in matches if match.cue.strength != "against"]

    def order(match: _Match) -> tuple[bool, int]:
        is_against = match.cue.strength == "against"
        is_held = is_against and any(set(match.span) < set(span) for span in spans if match.at in span)
        return not is_against or is_held, -len(match.cue.words)

    taken: set[int] = set()
    chosen = []
    for match in sorted(matches, key=order):
        if taken.isdisjoint(match.span):
            taken.update(match.span)
            chosen.append(match)
    return sorted(chosen, key=lambda match: match.at)


def _fits(cue: Cue, tokens: Sequence[_Token], at: int) -> bool:
    if at + len(cue.words) > len(tokens):
        return False
    return all(word in ("*", tokens[at + index].letters) for index, word in enumerate(cue.words))


def _score(matches: Sequence[_Match], words: int, weights: Weights) -> float:
    strong, medium = (
        len({match.cue.words for match in matches if match.cue.strength == strength})
        for strength in ("strong", "medium")
    )
    weak = sum(match.cue.strength == "weak" for match in matches)
    score = weights.prior
    if strong:
        score += weights.strong + weights.more * min(strong - 1, MORE_STRONG)
    score += min(weights.medium * medium, weights.medium_most)
    return score + min(weights.weak * weak * 100 / max(words, LEAST_WORDS), weights.weak_most)


def _deciding(text: str, tokens: Sequence[_Token], matches: Sequence[_Match]) -> str:
    """The phrases that decided, strongest first, at most two, in the person's own spelling."""
    order = ("strong", "medium", "weak")
    telling = [match for match in matches if match.cue.strength in order]
    telling.sort(key=lambda match: (order.index(match.cue.strength), match.at))
    phrases: list[str] = []
    for match in telling:
        phrase = text[tokens[match.at].start : tokens[match.at + len(match.cue.words) - 1].end]
        if phrase.lower() not in [known.lower() for known in phrases]:
            phrases.append(phrase)
    return "; ".join(phrases[:2])
