"""The outline of a script: what is said in order, what is repeated, chosen or optional.

In: nothing, or parts. Out: the steps to play, and walks through them. Pure.
Every part knows its line, so that whatever is wrong with it can be found.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from voicejournal.speaking.steps import Beat, Choice, OptionalBegins, OptionalEnds, Rest, Step, Way, Words


@dataclass(frozen=True)
class Placed:
    """A step, and the line of the file that it begins on; lines count from 1."""

    step: Words | Rest | Beat
    line: int


@dataclass(frozen=True)
class Repeated:
    parts: tuple["Part", ...]
    times: int
    """The first time that a person hears the script."""
    later_times: int
    """Every time after that."""


@dataclass(frozen=True)
class Optional:
    """ "Next" leaves out all of it."""

    parts: tuple["Part", ...]


@dataclass(frozen=True)
class Branch:
    names: tuple[str, ...]
    parts: tuple["Part", ...]
    line: int


@dataclass(frozen=True)
class Branching:
    """Two or three ways, and what offers them."""

    offer: tuple[Placed, ...]
    branches: tuple[Branch, ...]


Part = Placed | Repeated | Optional | Branching


def steps(parts: Iterable[Part], is_first: bool = True) -> tuple[Step, ...]:
    """What is played; `is_first`: to somebody who has not heard it before."""
    made: list[Step] = []
    for part in parts:
        match part:
            case Placed(step):
                made.append(step)
            case Repeated(inner, times, later_times):
                made += steps(inner, is_first) * (times if is_first else later_times)
            case Optional(inner):
                made += (OptionalBegins(), *steps(inner, is_first), OptionalEnds())
            case Branching(offer, branches):
                ways = tuple(Way(branch.names, steps(branch.parts, is_first)) for branch in branches)
                made.append(Choice(steps(offer), ways))
    return tuple(made)


def walks(parts: Sequence[Part], is_first: bool = True) -> list[list[Placed]]:
    """Enough walks through the script to meet every way of it; the first is the one that silence takes."""
    most = max((len(choice.branches) for choice in branchings(parts)), default=1)
    return [_walk(parts, number, is_first) for number in range(most)]


def branchings(parts: Iterable[Part]) -> list[Branching]:
    """All choices, wherever they are."""
    found: list[Branching] = []
    for part in parts:
        match part:
            case Repeated(parts=inner) | Optional(parts=inner):
                found += branchings(inner)
            case Branching(branches=branches):
                found += [part, *(deeper for branch in branches for deeper in branchings(branch.parts))]
    return found


def _walk(parts: Iterable[Part], way: int, is_first: bool) -> list[Placed]:
    met: list[Placed] = []
    for part in parts:
        match part:
            case Placed():
                met.append(part)
            case Repeated(inner, times, later_times):
                met += _walk(inner, way, is_first) * (times if is_first else later_times)
            case Optional(inner):
                met += _walk(inner, way, is_first)
            case Branching(offer, branches):
                met += [*offer, *_walk(branches[min(way, len(branches) - 1)].parts, way, is_first)]
    return met
