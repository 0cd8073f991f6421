"""What a guess looks at in an entry: its words, the work they do, where they do it, and the phrases of each kind.

In: the words of an entry. Out: named features with their weight. Pure.
Nothing depends on capitals, apostrophes or full stops: a recogniser writes none.
"""

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from voicejournal.journal.cues import Kind, Match
from voicejournal.journal.first_words import Shapes, opening, read_shapes

NEAR_WORDS = 10
"""Two words work together when they are no further apart: half a spoken sentence."""

RUN, CLASS, OPENING, FIRST, REACH, LENGTH = "run:", "class:", "opening:", "first:", "reach:", "length:"
"""The groups: runs of words, classes, shapes and classes at the beginning, how far each class reaches."""

SAID = "said:"
"""The group of runs once more, each as much as every other: how often they are said in entries of each kind is
counted, while the weights of all other groups are learned together."""

FIRST_WORDS = 8
"""Classes of these first words count once more: how an entry begins says what it is (with 14 less is told)."""

STRETCH_WORDS = 8
"""A class reaches through the stretches of so many words that hold it: one feeling in a long dream is no mood."""

USUAL_WORDS = 25
"""Half of the entries that are learned from are longer."""

LONGEST_RUN, LONGEST_SAID = 3, 2
"""Runs of up to three words, or shapes; of four, few come twice. Of those that are counted, three win nothing."""

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
    shapes: Shapes


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
        read_shapes(table["shapes"]),
    )


def features(words: Sequence[str], cues: Mapping[Kind, Sequence[Match]], lexicon: Lexicon) -> dict[str, float]:
    """Runs, classes and openings are of length one each, so that long entries weigh no more; cues as counted."""
    placed = list(_placed(words, lexicon))
    found = {
        **_scaled(RUN, runs(words, LONGEST_RUN)),
        **_said(words),
        **_scaled(CLASS, _work(placed)),
        **_scaled(OPENING, runs(opening(words, lexicon.shapes), LONGEST_RUN)),
        **_scaled(FIRST, ((name,) for at, name in placed if at < FIRST_WORDS)),
        **_reach(placed, len(words)),
        LENGTH: math.log(max(len(words), FIRST_WORDS) / USUAL_WORDS),
    }
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


def _said(words: Sequence[str]) -> dict[str, float]:
    """Each run once, and all together of length one."""
    names = {SAID + " ".join(run) for run in runs(words, LONGEST_SAID)}
    return dict.fromkeys(sorted(names), 1 / math.sqrt(len(names)))


def runs(words: Sequence[str], longest: int) -> Iterator[tuple[str, ...]]:
    """Every run of one to so many words."""
    for length in range(1, longest + 1):
        yield from zip(*(words[start:] for start in range(length)), strict=False)


def _work(placed: Sequence[tuple[int, str]]) -> Iterator[tuple[str, ...]]:
    """The class of each word that has one, and each two classes that come near each other, in their order."""
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


def _reach(placed: Iterable[tuple[int, str]], words: int) -> dict[str, float]:
    """The share of an entry's stretches in which each class comes."""
    stretches = max(1, round(words / STRETCH_WORDS))
    held = Counter(name for _, name in dict.fromkeys((at * stretches // words, name) for at, name in placed))
    return {REACH + name: count / max(stretches, 2) for name, count in held.items()}


def _scaled(group: str, found: Iterable[tuple[str, ...]]) -> dict[str, float]:
    """What comes often counts by its logarithm."""
    counted = {group + " ".join(names): 1 + math.log(count) for names, count in Counter(found).items()}
    length = math.sqrt(sum(value * value for value in counted.values()))
    return {name: value / length for name, value in counted.items()}
