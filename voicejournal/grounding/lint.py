"""What makes a grounding script hard to bear, line by line.

In: a script, the manners of its language, and what is obeyed in it. Out: problems. Pure.
A script without problems says its way out early, never presses, and leaves real silence, on whichever way.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from voicejournal.grounding.manner import Manner, is_common
from voicejournal.grounding.outline import Branching, Placed, branchings, walks
from voicejournal.grounding.scripts import Script
from voicejournal.grounding.sections import SENTENCE_ENDS
from voicejournal.hearing.spelling import letters
from voicejournal.speaking.lengths import counted_seconds, step_seconds
from voicejournal.speaking.steps import SENTENCE_REST_SECONDS, Beat, Rest, Words

LONGEST_SENTENCE_WORDS = 12
"""R12."""

WAY_OUT_SECONDS = 10
"""R16: "you can stop any time" is said within this many seconds of the start."""

NOTICE_REST_SECONDS = (5, 10)
"""R11: least and most after a sentence that asks to notice something."""

OFFER_REST_SECONDS = 8
"""R3: the least time in which somebody can answer."""

QUIET_END_SECONDS = (30, 60)
"""R11, F2.12: least and most quiet at the end; one last sentence may follow it."""

LONGEST_STRETCH_WORDS = 50
"""R12: most words between two rests of `NOTICE_REST_SECONDS`, so that nobody has to keep up."""

BREATH_SECONDS = (60, 300)
"""R17: most of guided breath the first time, and ever."""

LENGTH_TOLERANCE = 0.15
"""Share by which the front matter may differ from the count; voices differ by about a tenth."""


@dataclass(frozen=True)
class Problem:
    """One thing to change."""

    line: int
    """Line of the file, from 1; the first for what concerns the whole script."""
    name: str
    """A key of the language's problems."""
    details: Mapping[str, str]


def told(problem: Problem, manner: Manner) -> str:
    """The problem in one printed line."""
    return manner.problems[problem.name].format(line=problem.line, **problem.details)


def problems(script: Script, manner: Manner, obeyed: Collection[str] = ()) -> list[Problem]:
    """Everything to change, by line; an empty list is a script fit to be spoken.

    `obeyed`: the letters of what is obeyed in its language, which nothing may end with: the room brings it back.
    """
    first = [Walk(walk, manner) for walk in walks(script.parts)]
    found = [problem for walk in first for problem in walk.problems(obeyed)]
    later = [Walk(walk, manner) for walk in walks(script.parts, is_first=False)]
    for most, ways in zip(BREATH_SECONDS, (first, later), strict=True):
        found += [problem for walk in ways for problem in walk.long_breath(most)]
    for choice in branchings(script.parts):
        found += _choice(choice, manner, obeyed)
    found += _about(script)
    # Several walks meet the same sentence.
    unique = {(problem.line, problem.name, *problem.details.items()): problem for problem in found}
    return sorted(unique.values(), key=lambda problem: problem.line)


@dataclass(frozen=True)
class Walk:
    """One way through a script, from its first sentence to its last."""

    placed: Sequence[Placed]
    manner: Manner

    @cached_property
    def sentences(self) -> list[tuple[int, Words, float]]:
        """Index, words, and seconds of silence after them, up to the next ones."""
        lengths = step_seconds([one.step for one in self.placed])
        starts = [index for index, one in enumerate(self.placed) if isinstance(one.step, Words)]
        found = []
        for start, end in pairwise([*starts, len(self.placed)]):
            words = self.placed[start].step
            if isinstance(words, Words):
                found.append((start, words, sum(lengths[start + 1 : end])))
        return found

    def problems(self, obeyed: Collection[str]) -> Iterator[Problem]:
        """Everything to change in it."""
        yield from self._wording(obeyed)
        yield from self._rests()
        yield from self._stretches()
        yield from self._whole()

    def long_breath(self, most: int) -> Iterator[Problem]:
        """Breath that is led by beats for too long."""
        seconds, begin = 0.0, 0
        for (index, words, _), (after, _, _) in pairwise([*self.sentences, (len(self.placed), Words(""), 0.0)]):
            is_led = any(isinstance(one.step, Beat) for one in self.placed[index:after])
            if is_led and _found(self.manner.breath, words.text):
                begin = begin or self.placed[index].line
                seconds += counted_seconds([one.step for one in self.placed[index:after]])
        if round(seconds, 3) > most:
            yield _problem(begin, "long_breath", count=round(seconds), most=most)

    def _wording(self, obeyed: Collection[str]) -> Iterator[Problem]:
        for index, words, _ in self.sentences:
            line, said = self.placed[index].line, words.text.split()
            if len(said) > LONGEST_SENTENCE_WORDS:
                yield _problem(line, "long_sentence", count=len(said), most=LONGEST_SENTENCE_WORDS)
            for word in _found(self.manner.unwanted, words.text):
                yield _problem(line, "unwanted_word", word=word.strip())
            for word in said:
                if not is_common(word, self.manner):
                    yield _problem(line, "uncommon_word", word=word.strip(".,!?…“”\"'"))
            yield from _ends_with(words, obeyed, line)

    def _rests(self) -> Iterator[Problem]:
        least, most = NOTICE_REST_SECONDS
        for index, words, rest in self.sentences[:-1]:
            line = self.placed[index].line
            if _found(self.manner.notice, words.text):
                if not least <= rest <= QUIET_END_SECONDS[1]:
                    yield _problem(line, "short_notice", seconds=least, most=most)
            elif words.text.endswith(SENTENCE_ENDS) and rest < SENTENCE_REST_SECONDS:
                yield _problem(line, "short_rest", seconds=SENTENCE_REST_SECONDS)

    def _stretches(self) -> Iterator[Problem]:
        count, begin = 0, 1
        for index, words, rest in self.sentences:
            begin = begin if count else self.placed[index].line
            before, count = count, count + len(words.text.split())
            if before <= LONGEST_STRETCH_WORDS < count:
                yield _problem(begin, "long_stretch", count=count, most=LONGEST_STRETCH_WORDS)
            if rest >= NOTICE_REST_SECONDS[0]:
                count = 0

    def _whole(self) -> Iterator[Problem]:
        if not self._tells_way_out():
            yield _problem(1, "no_way_out", seconds=WAY_OUT_SECONDS)
        least, most = QUIET_END_SECONDS
        # The quiet may have one last sentence or two, and a rest between them, after it.
        ending = [one.step for one in self.placed[-4:]]
        if not any(isinstance(step, Rest) and least <= step.seconds <= most for step in ending):
            yield _problem(self.placed[-1].line, "no_quiet_end", seconds=least, most=most)
        said = " ".join(words.text for _, words, _ in self.sentences)
        if _found(self.manner.moving, said) and not _found(self.manner.seated, said):
            yield _problem(1, "not_seated")
        yield from self._breath()

    def _breath(self) -> Iterator[Problem]:
        """Breath is never the only way, nor the first."""
        for index, words, _ in self.sentences:
            if _found(self.manner.besides_breath, words.text):
                return
            if _found(self.manner.breath, words.text):
                others = any(_found(self.manner.besides_breath, later.text) for _, later, _ in self.sentences)
                yield _problem(self.placed[index].line, "breath_first" if others else "only_breath")
                return

    def _tells_way_out(self) -> bool:
        elapsed = 0.0
        for index, words, rest in self.sentences:
            elapsed += counted_seconds([self.placed[index].step])
            if elapsed > WAY_OUT_SECONDS:
                return False
            if _found(self.manner.way_out, words.text):
                return True
            elapsed += rest
        return False


def _choice(choice: Branching, manner: Manner, obeyed: Collection[str]) -> Iterator[Problem]:
    """The ways are said, can be told from commands, and there is time to answer."""
    line = choice.offer[-1].line
    said = " ".join(one.step.text for one in choice.offer if isinstance(one.step, Words))
    *_, (_, _, rest) = Walk(choice.offer, manner).sentences
    if rest < OFFER_REST_SECONDS:
        yield _problem(line, "short_offer", seconds=OFFER_REST_SECONDS)
    names = [name for branch in choice.branches for name in branch.names]
    for branch in choice.branches:
        if letters(branch.names[0]) not in letters(said):
            yield _problem(branch.line, "way_not_said", word=branch.names[0])
        for name in branch.names:
            if letters(name) in obeyed or names.count(name) > 1:
                yield _problem(branch.line, "way_taken", word=name)
    for placed in choice.offer:
        if isinstance(placed.step, Words):
            yield from _ends_with(placed.step, [letters(name) for name in names], placed.line)


def _about(script: Script) -> Iterator[Problem]:
    counted = counted_seconds(script.steps)
    if abs(counted - script.seconds) > LENGTH_TOLERANCE * script.seconds:
        yield _problem(1, "wrong_length", count=round(counted), seconds=script.seconds)
    if script.not_for is None:
        yield _problem(1, "no_not_for")


def _ends_with(words: Words, obeyed: Collection[str], line: int) -> Iterator[Problem]:
    """A rest follows each sentence, so its last words may come back from the room as a stretch of their own."""
    said = words.text.split()
    for start in range(len(said)):
        if letters(" ".join(said[start:])) in obeyed:
            yield _problem(line, "ends_with_command", word=" ".join(said[start:]))


def _found(wanted: Sequence[str], said: str) -> list[str]:
    """Which of these are said: English as whole words, Korean as beginnings, because its endings change."""
    plain = said.lower().replace("’", "'")
    spaced = " " + " ".join(re.sub(r"[^\w']", " ", plain).split()) + " "
    return [word for word in wanted if (f" {word} " if word.isascii() else f" {word}") in spaced]


def _problem(line: int, name: str, **details: float | str) -> Problem:
    return Problem(line, name, {key: str(value) for key, value in details.items()})
