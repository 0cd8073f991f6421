"""What a guess looks at in an entry: its words, the work they do, and the phrases of each kind.

In: the words of an entry. Out: named features with their weight. Pure.
Nothing depends on capitals, apostrophes or full stops: a recogniser writes none.
"""

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from voicejournal.journal.cues import Kind, Match

NEAR_WORDS = 10
"""Two words work together when they are no further apart: half a spoken sentence."""

RUN, CLASS = "run:", "class:"

LONGEST_RUN = 3
"""Runs of up to three words; of four, few come twice."""


MOST_CUES = 4
"""Saying "the dream" ten times makes an entry no surer than saying it four times."""

LEAST_WORDS = 50
"""Shorter entries count weak cues as if they were this long: one "suddenly" in five words means little."""


@dataclass(frozen=True)
class Lexicon:
    """Words that do the same work, from `tags/lexicon.toml`."""

    classes: Mapping[str, tuple[str, ...]]
    """By word."""
    phrases: Mapping[str, tuple[tuple[str, tuple[str, ...]], ...]]
    """By first word: the class, and all its words."""


def read_lexicon(table: Mapping[str, Any]) -> Lexicon:
    """The lexicon of a language from its `tags/lexicon.toml`."""
    classes: dict[str, list[str]] = {}
    for name, words in table["words"].items():
        for word in words.split():
            classes.setdefault(word, []).append(name)
    phrases: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
    for name, all_of_them in table["phrases"].items():
        for phrase in all_of_them:
            words = tuple(phrase.split())
            phrases.setdefault(words[0], []).append((name, words))
    return Lexicon(
        {word: tuple(names) for word, names in classes.items()},
        {word: tuple(found) for word, found in phrases.items()},
    )


def features(words: Sequence[str], cues: Mapping[Kind, Sequence[Match]], lexicon: Lexicon) -> dict[str, float]:
    """Runs of words, classes, and cues; the first two of length one each, so that long entries weigh no more."""
    found = {**_scaled(RUN, runs(words)), **_scaled(CLASS, _work(words, lexicon))}
    for kind, matches in cues.items():
        found.update(_counted(kind, matches, len(words)))
    return found


def _counted(kind: Kind, matches: Sequence[Match], words: int) -> Iterator[tuple[str, float]]:
    """Half a point for each different phrase; for a weak one, each time in a hundred words."""
    for strength in ("strong", "medium"):
        count = len({match.cue.words for match in matches if match.cue.strength == strength})
        yield f"cue:{kind} {strength}", min(count, MOST_CUES) / 2
    count = sum(match.cue.strength == "weak" for match in matches)
    yield f"cue:{kind} weak", min(100 * count / max(words, LEAST_WORDS), MOST_CUES) / 2


def runs(words: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Every run of one to three words."""
    for length in range(1, LONGEST_RUN + 1):
        yield from zip(*(words[start:] for start in range(length)), strict=False)


def _work(words: Sequence[str], lexicon: Lexicon) -> Iterator[tuple[str, ...]]:
    """The class of each word that has one, and each two classes that come near each other, in their order."""
    placed = list(_placed(words, lexicon))
    for index, (at, name) in enumerate(placed):
        yield (name,)
        for later, other in placed[index + 1 :]:
            if later - at > NEAR_WORDS:
                break
            if other != name:
                yield name, other


def _placed(words: Sequence[str], lexicon: Lexicon) -> Iterator[tuple[int, str]]:
    for at, word in enumerate(words):
        for name in lexicon.classes.get(word, ()):
            yield at, name
        for name, phrase in lexicon.phrases.get(word, ()):
            if tuple(words[at : at + len(phrase)]) == phrase:
                yield at, name


def _scaled(group: str, found: Iterable[tuple[str, ...]]) -> dict[str, float]:
    """What comes often counts by its logarithm."""
    counted = {group + " ".join(names): 1 + math.log(count) for names, count in Counter(found).items()}
    length = math.sqrt(sum(value * value for value in counted.values()))
    return {name: value / length for name, value in counted.items()}
