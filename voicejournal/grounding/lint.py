"""What makes a grounding script hard to bear, line by line.

In: a script, and the manners of its language. Out: problems. Pure.
A script without problems says its way out early, never presses, and leaves real silence.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from voicejournal.grounding.scripts import SENTENCE_ENDS, Script, counted_seconds, spoken_seconds
from voicejournal.speaking.steps import Rest, Words

LONGEST_SENTENCE_WORDS = 12
"""R12."""

WAY_OUT_SECONDS = 10
"""R16: "you can stop any time" is said within this many seconds of the start."""

SENTENCE_REST_SECONDS = 1.5
"""R11; rests between a breath's cues are longer anyway."""

NOTICE_REST_SECONDS = (5, 10)
"""R11: least and most after a sentence that asks to notice something."""

QUIET_END_SECONDS = (30, 60)
"""R11, F2.12: least and most quiet at the end; one last sentence may follow it."""

LONGEST_STRETCH_WORDS = 50
"""R12: most words between two rests of `NOTICE_REST_SECONDS`, so that nobody has to keep up."""

LENGTH_TOLERANCE = 0.15
"""Share by which the front matter may differ from the count; voices differ by about a tenth."""


@dataclass(frozen=True)
class Manner:
    """What a language's scripts say and never say, from `check.toml`; its words are in lower case."""

    way_out: tuple[str, ...]
    unwanted: tuple[str, ...]
    notice: tuple[str, ...]
    moving: tuple[str, ...]
    seated: tuple[str, ...]
    breath: tuple[str, ...]
    besides_breath: tuple[str, ...]
    problems: Mapping[str, str]
    """The sentence for each problem; braces are line, count, most, seconds, word."""


@dataclass(frozen=True)
class Problem:
    """One thing to change."""

    line: int
    """Line of the file, from 1; the first for what concerns the whole script."""
    name: str
    """A key of the language's problems."""
    details: Mapping[str, str]


def read_manner(table: Mapping[str, Any]) -> Manner:
    """The manners of a language from its `check.toml`."""
    lists: dict[str, Any] = {
        field.name: tuple(table[field.name]) for field in fields(Manner) if field.name != "problems"
    }
    return Manner(**lists, problems=dict(table["problems"]))


def told(problem: Problem, manner: Manner) -> str:
    """The problem in one printed line."""
    return manner.problems[problem.name].format(line=problem.line, **problem.details)


def problems(script: Script, manner: Manner) -> list[Problem]:
    """Everything to change, by line; an empty list is a script fit to be spoken."""
    found = [
        *_sentences(script, manner),
        *_rests(script, manner),
        *_stretches(script),
        *_whole(script, manner),
    ]
    return sorted(found, key=lambda problem: problem.line)


def _sentences(script: Script, manner: Manner) -> Iterator[Problem]:
    for step, line in zip(script.steps, script.lines, strict=True):
        if isinstance(step, Words):
            count = len(step.text.split())
            if count > LONGEST_SENTENCE_WORDS:
                yield _problem(line, "long_sentence", count=count, most=LONGEST_SENTENCE_WORDS)
            for word in _found(manner.unwanted, step.text):
                yield _problem(line, "unwanted_word", word=word.strip())


def _rests(script: Script, manner: Manner) -> Iterator[Problem]:
    for index, (step, line) in enumerate(zip(script.steps, script.lines, strict=True)):
        if isinstance(step, Rest) or index == len(script.steps) - 1:
            continue
        rest = 0.0
        for following in script.steps[index + 1 :]:
            if isinstance(following, Words):
                break
            rest += following.seconds
        least, most = NOTICE_REST_SECONDS
        if _found(manner.notice, step.text):
            if not least <= rest <= QUIET_END_SECONDS[1]:
                yield _problem(line, "short_notice", seconds=least, most=most)
        elif step.text.endswith(SENTENCE_ENDS) and rest < SENTENCE_REST_SECONDS:
            yield _problem(line, "short_rest", seconds=SENTENCE_REST_SECONDS)


def _stretches(script: Script) -> Iterator[Problem]:
    count, begin = 0, 1
    for step, line in zip(script.steps, script.lines, strict=True):
        match step:
            case Rest(seconds) if seconds >= NOTICE_REST_SECONDS[0]:
                count = 0
            case Words(text):
                begin = begin if count else line
                before, count = count, count + len(text.split())
                if before <= LONGEST_STRETCH_WORDS < count:
                    yield _problem(begin, "long_stretch", count=count, most=LONGEST_STRETCH_WORDS)


def _whole(script: Script, manner: Manner) -> Iterator[Problem]:
    if not _tells_way_out(script.steps, manner):
        yield _problem(1, "no_way_out", seconds=WAY_OUT_SECONDS)
    least, most = QUIET_END_SECONDS
    # The quiet may have one last sentence and its rest after it.
    if not any(isinstance(step, Rest) and least <= step.seconds <= most for step in script.steps[-4:]):
        yield _problem(script.lines[-1], "no_quiet_end", seconds=least, most=most)
    counted = counted_seconds(script.steps)
    if abs(counted - script.seconds) > LENGTH_TOLERANCE * script.seconds:
        yield _problem(1, "wrong_length", count=round(counted), seconds=script.seconds)
    said = " ".join(step.text for step in script.steps if isinstance(step, Words))
    if _found(manner.moving, said) and not _found(manner.seated, said):
        yield _problem(1, "not_seated")
    if _found(manner.breath, said) and not _found(manner.besides_breath, said):
        yield _problem(1, "only_breath")


def _tells_way_out(steps: Sequence[Words | Rest], manner: Manner) -> bool:
    elapsed = 0.0
    for step in steps:
        elapsed += step.seconds if isinstance(step, Rest) else spoken_seconds(step)
        if elapsed > WAY_OUT_SECONDS:
            return False
        if isinstance(step, Words) and _found(manner.way_out, step.text):
            return True
    return False


def _found(wanted: Sequence[str], said: str) -> list[str]:
    """Which of these are said: English as whole words, Korean as beginnings, because its endings change."""
    plain = said.lower().replace("’", "'")
    spaced = " " + " ".join(re.sub(r"[^\w']", " ", plain).split()) + " "
    return [word for word in wanted if (f" {word} " if word.isascii() else f" {word}") in spaced]


def _problem(line: int, name: str, **details: float | str) -> Problem:
    return Problem(line, name, {key: str(value) for key, value in details.items()})
