"""A grounding script: sentences and rests in order.

In: the marks of a script file, already parsed. Out: `Script`. Pure.
Every rest of the file is kept to the millisecond, and no word of it is left out.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from voicejournal.speaking.sentences import sentences
from voicejournal.speaking.steps import Rest, Words

SENTENCE_REST_SECONDS = 1.5
"""R11: 1.5 to 2 s after a sentence. Used where a script puts no rest of its own between two sentences."""

WORDS_PER_MINUTE = 148
"""The voice's own pace, in the middle of R10's 140 to 155; English words."""

SYLLABLES_PER_MINUTE = 240
"""Korean is counted by syllables, for a word with its endings may be long (our scripts, espeak-ng: 233 to 241)."""

SENTENCE_ENDS = (".", "!", "?", "…", "。", "？", "！", ".”", "?”", "!”", '."', '?"', '!"')


@dataclass(frozen=True)
class Spoken:
    """Words between two marks of a line."""

    line: int
    text: str
    rate: float = 1.0


@dataclass(frozen=True)
class Silence:
    """A rest as marked in a line."""

    line: int
    seconds: float


Mark = Spoken | Silence


@dataclass(frozen=True)
class Script:
    """What `ground` speaks."""

    name: str
    """The file's name without its ending."""
    title: str
    kind: str | None
    """What it holds on to: water, breath, walk, touch…; free text."""
    seconds: int
    """How long it takes at the usual pace, as its front matter says, else counted."""
    not_for: str | None
    """For whom it is not meant."""
    steps: tuple[Words | Rest, ...]
    lines: tuple[int, ...]
    """For each step, the line of the file that it begins on; lines count from 1."""


def script(name: str, about: Mapping[str, str], marks: Sequence[Mark]) -> Script:
    """Put a script together. `about` is the front matter: `title`, and maybe `kind`, `seconds`, `not_for`."""
    steps, lines = _steps(_joined(marks))
    return Script(
        name=name,
        title=about["title"],
        kind=about.get("kind"),
        seconds=int(about["seconds"]) if "seconds" in about else round(counted_seconds(steps)),
        not_for=about.get("not_for"),
        steps=tuple(steps),
        lines=tuple(lines),
    )


def counted_seconds(steps: Sequence[Words | Rest]) -> float:
    """About how long the steps take at the usual pace: words counted, rests added."""
    return sum(step.seconds if isinstance(step, Rest) else spoken_seconds(step) for step in steps)


def spoken_seconds(words: Words) -> float:
    """About how long these words take."""
    hangul = sum("가" <= letter <= "힣" for letter in words.text)
    minutes = hangul / SYLLABLES_PER_MINUTE or len(words.text.split()) / WORDS_PER_MINUTE
    return 60 * minutes / words.rate


def _joined(marks: Sequence[Mark]) -> list[Mark]:
    """Sentences may run over the end of a line, but not over an empty one, a rest or a change of rate."""
    joined: list[Mark] = []
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


def _steps(marks: Sequence[Mark]) -> tuple[list[Words | Rest], list[int]]:
    steps: list[Words | Rest] = []
    lines: list[int] = []
    for mark in marks:
        made: list[Words | Rest]
        if isinstance(mark, Silence):
            made = [Rest(mark.seconds)]
        else:
            made = [Words(sentence, mark.rate) for sentence in sentences(mark.text)]
        for step in made:
            last = steps[-1] if steps else None
            if isinstance(step, Words) and isinstance(last, Words) and last.text.endswith(SENTENCE_ENDS):
                steps.append(Rest(SENTENCE_REST_SECONDS))
                lines.append(mark.line)
            steps.append(step)
            lines.append(mark.line)
    return steps, lines
