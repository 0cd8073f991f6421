"""Where a queue of steps goes: what comes next, what is left out, and which way is taken.

In: the queue, and an index in it. Out: another index. Pure, but that choices unfold in the queue they are given.
A choice stays folded until it is reached, so a fork ahead means that its offer is being made.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from voicejournal.speaking.steps import Choice, Fork, OptionalBegins, OptionalEnds, Step, Way, Words


@dataclass(frozen=True)
class Passed:
    """A fork that nobody decided in time, and that may still be decided by who had begun to speak."""

    ways: tuple[Way, ...]
    at: int
    """Where its first way begins in the queue."""
    after: int
    """How many steps follow that way: counted from the end, so that what is put in meanwhile moves nothing."""


def unfold(steps: list[Step], index: int) -> Passed | None:
    """At this place a choice becomes its offer and a fork; a fork that nobody decided becomes its first way."""
    passed = None
    while index < len(steps):
        match steps[index]:
            case Choice(offer, ways):
                steps[index : index + 1] = [*offer, Fork(ways)]
            case Fork(ways):
                passed = Passed(ways, index, len(steps) - index - 1)
                steps[index : index + 1] = ways[0].steps
            case _:
                return passed
    return passed


def take_passed(steps: list[Step], passed: Passed, number: int) -> int:
    """Put the way of this number, from 0, in the place of the one that was begun; where it begins."""
    steps[passed.at : len(steps) - passed.after] = passed.ways[number].steps
    return passed.at


def ways_ahead(steps: Sequence[Step], at: int) -> tuple[Way, ...]:
    """The ways of the offer that is being made at this place; none when none is."""
    return next((step.ways for step in steps[at:] if isinstance(step, Fork)), ())


def take_way(steps: list[Step], at: int, number: int) -> int | None:
    """Put the way of this number, from 0, in the place of the fork ahead; where it begins, None without a fork."""
    for index in range(at, len(steps)):
        fork = steps[index]
        if isinstance(fork, Fork):
            steps[index : index + 1] = fork.ways[number].steps
            return index
    return None


def words_ahead(steps: Sequence[Step]) -> Iterator[Words]:
    """The sentences of our own to come, by the first way of each choice."""
    for step in steps:
        match step:
            case Words(recorded=None):
                yield step
            case Choice(offer, ways):
                yield from words_ahead((*offer, *ways[0].steps))
            case Fork(ways):
                yield from words_ahead(ways[0].steps)


def sentence_at(steps: Sequence[Step], at: int) -> int:
    """The last sentence at or before this place; the place itself if there is none."""
    backwards = range(min(at, len(steps) - 1), -1, -1)
    return next((i for i in backwards if _begins(steps[i])), at)


def after_skip(steps: list[Step], at: int) -> int:
    """The next sentence, or the first one after the optional part that this place is in; else the end."""
    end = _optional_end(steps, at)
    index = at + 1 if end is None else end
    while index < len(steps):
        unfold(steps, index)
        if _begins(steps[index]):
            return index
        index += 1
    return len(steps)


def _optional_end(steps: Sequence[Step], at: int) -> int | None:
    """Where the optional part ends that this place is in; None outside of one."""
    begun = 0
    for index in range(at, len(steps)):
        match steps[index]:
            case OptionalBegins():
                begun += 1
            case OptionalEnds() if begun:
                begun -= 1
            case OptionalEnds():
                return index
    return None


def _begins(step: Step) -> bool:
    """Whether a sentence begins with it."""
    return isinstance(step, Words) and not step.follows
