"""The sections of a script file: repeats, choices, optional parts and the quiet end.

In: marks, line by line. Out: the outline's parts. Pure.
A section that is not closed, empty or in the wrong place is an error with its line: nothing is guessed.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from voicejournal.errors import ScriptError
from voicejournal.grounding.marks import Closing, Mark, Opening, Said, Silence, Spoken, Timed
from voicejournal.grounding.outline import Branch, Branching, Optional, Part, Placed, Repeated, walks
from voicejournal.speaking.sentences import sentences
from voicejournal.speaking.steps import SENTENCE_REST_SECONDS, Beat, Rest, Words

QUIET_RATE = 0.9
"""R11: the voice falls by about a tenth towards the end."""

QUIET_DECIBELS = -3.0
"""R11: and becomes a little softer [J]: a step that is just heard (1 dB is the least), far from a whisper (-20)."""

MOST_WAYS = 3
"""R14: nobody is asked to keep more than three things in mind."""

SENTENCE_ENDS = (".", "!", "?", "…", "。", "？", "！", ".”", "?”", "!”", '."', '?"', '!"')


def outline(marks: Iterable[Mark]) -> tuple[Part, ...]:
    """The parts in order. Raises: ScriptError, with the line, for a section that is not whole."""
    return tuple(_section(deque(_falling(marks)), None))


def _falling(marks: Iterable[Mark]) -> Iterator[Mark]:
    """From the quiet end on all words are a little softer, and those that have no rate of their own slower."""
    is_quiet = False
    for mark in marks:
        is_quiet = is_quiet or (isinstance(mark, Opening) and mark.kind == "quiet")
        if is_quiet and isinstance(mark, Spoken):
            rate = QUIET_RATE if mark.rate == 1.0 else mark.rate
            yield replace(mark, rate=rate, decibels=QUIET_DECIBELS)
        else:
            yield mark


def _section(marks: deque[Mark], opened: Opening | None) -> list[Part]:
    """The parts up to the end of the section that was opened, which is taken too; of a way, up to what ends it."""
    parts: list[Part] = []
    said: list[Said] = []
    while marks:
        match marks[0]:
            case Opening(kind="choice") | Closing() if opened is not None and opened.kind == "choice":
                return [*parts, *_placed(said, is_last=False)]
            case Closing(line):
                if opened is None:
                    raise ScriptError("script_end_extra", line=str(line))
                marks.popleft()
                return [*parts, *_placed(said, is_last=False)]
            case Opening(kind="choice") as opening:
                before, offer = _split_offer(said, opening)
                parts += [*_placed(before, is_last=False), Branching(offer, _branches(marks))]
                said = []
            case Opening() as opening:
                marks.popleft()
                parts += [*_placed(said, is_last=False), *_opened(marks, opening, opened)]
                said = []
            case Spoken() | Silence() | Timed() as mark:
                said.append(mark)
                marks.popleft()
    if opened is not None and opened.kind != "quiet":
        raise _not_closed(opened)
    return [*parts, *_placed(said, is_last=True)]


def _not_closed(opened: Opening) -> ScriptError:
    return ScriptError("script_end_missing", line=str(opened.line), mark=opened.mark)


def _opened(marks: deque[Mark], opening: Opening, around: Opening | None) -> list[Part]:
    """A repeat, an optional part or the quiet end."""
    inner = tuple(_section(marks, opening))
    _check_spoken(inner, opening)
    match opening.kind:
        case "repeat":
            return [Repeated(inner, opening.times, opening.later_times)]
        case "optional":
            return [Optional(inner)]
        case _:
            if around is not None:
                raise _not_closed(around)
            if marks:
                raise ScriptError("script_quiet_not_last", line=str(opening.line), mark=opening.mark)
            return list(inner)


def _branches(marks: deque[Mark]) -> tuple[Branch, ...]:
    """All ways of one choice, and the end after them."""
    branches: list[Branch] = []
    first = marks[0]
    while isinstance(opening := marks.popleft(), Opening):
        parts = tuple(_section(marks, opening))
        _check_spoken(parts, opening)
        branches.append(Branch(opening.names, parts, opening.line))
    if not 2 <= len(branches) <= MOST_WAYS and isinstance(first, Opening):
        raise ScriptError("script_ways_count", line=str(first.line), mark=first.mark, most=str(MOST_WAYS))
    return tuple(branches)


def _split_offer(said: list[Said], opening: Opening) -> tuple[list[Said], tuple[Placed, ...]]:
    """What offers the ways is the paragraph above them: it has words, and a rest to answer in."""
    first = len(said) - 1
    while first > 0 and said[first].line <= said[first - 1].line + 1:
        first -= 1
    offer = said[max(0, first) :]
    if not (offer and isinstance(offer[-1], Silence) and any(isinstance(mark, Spoken) for mark in offer)):
        raise ScriptError("script_offer_missing", line=str(opening.line), mark=opening.mark)
    return said[: max(0, first)], tuple(_placed(offer, is_last=False))


def _check_spoken(parts: Sequence[Part], opening: Opening) -> None:
    if not any(isinstance(placed.step, Words) for placed in walks(parts)[0]):
        raise ScriptError("script_section_empty", line=str(opening.line), mark=opening.mark)


def _placed(marks: Sequence[Said], is_last: bool) -> list[Placed]:
    """Sentences, rests and beats in order, with a rest between sentences that have none.

    `is_last`: the script ends here; anything else is followed by other words, and so ends with a rest.
    """
    placed: list[Placed] = []
    for mark in _joined(marks):
        match mark:
            case Silence(line, seconds):
                placed.append(Placed(Rest(seconds), line))
            case Timed(line, seconds):
                if not (placed and isinstance(placed[-1].step, Words)):
                    raise ScriptError("script_beat_alone", line=str(line))
                placed.append(Placed(Beat(seconds), line))
            case Spoken(line, text, rate, decibels):
                for sentence in sentences(text):
                    placed += _rest_after(placed, line)
                    placed.append(Placed(Words(sentence, rate, decibels=decibels), line))
    return placed if is_last or not placed else [*placed, *_rest_after(placed, placed[-1].line)]


def _rest_after(placed: Sequence[Placed], line: int) -> list[Placed]:
    last = placed[-1].step if placed else None
    is_sentence = isinstance(last, Words) and last.text.endswith(SENTENCE_ENDS)
    return [Placed(Rest(SENTENCE_REST_SECONDS), line)] if is_sentence else []


def _joined(marks: Sequence[Said]) -> list[Said]:
    """Sentences may run over the end of a line, but not over an empty one, a rest or a change of rate."""
    joined: list[Said] = []
    end_line = 0
    for mark in marks:
        last = joined[-1] if joined else None
        match mark, last:
            case Spoken(), Spoken() if not any(letter.isalnum() for letter in mark.text):
                joined[-1] = replace(last, text=last.text + mark.text)
            case Spoken(), Spoken() if mark.rate == last.rate and mark.line <= end_line + 1:
                joined[-1] = replace(last, text=f"{last.text} {mark.text}")
            case _:
                joined.append(mark)
        end_line = mark.line
    return joined
