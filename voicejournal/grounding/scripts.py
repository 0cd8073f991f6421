"""A grounding script: sentences, rests and beats in order, and the ways through them.

In: the marks of a script file, already parsed. Out: `Script`. Pure.
Every rest of the file is kept to the millisecond, and no word of it is left out.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from voicejournal.grounding.marks import Mark
from voicejournal.grounding.outline import Part, steps
from voicejournal.grounding.sections import outline
from voicejournal.speaking.lengths import counted_seconds
from voicejournal.speaking.steps import Step


@dataclass(frozen=True)
class Script:
    """What `ground` speaks."""

    name: str
    """The file's name without its ending."""
    title: str
    kind: str | None
    """What it holds on to: water, breath, walk, touch…; free text."""
    seconds: int
    """How long it takes at the usual pace the first time, as its front matter says, else counted."""
    not_for: str | None
    """For whom it is not meant."""
    parts: tuple[Part, ...]
    steps: tuple[Step, ...]
    """What is played to somebody who hears it for the first time."""
    later_steps: tuple[Step, ...]
    """What is played after that; the same, unless a repeat says otherwise."""

    @property
    def grows(self) -> bool:
        """It is longer once a person has heard it to its end."""
        return self.steps != self.later_steps


def script(name: str, about: Mapping[str, str], marks: Sequence[Mark]) -> Script:
    """Put a script together. `about` is the front matter: `title`, and maybe `kind`, `seconds`, `not_for`.

    Raises: ScriptError, with the line, for a section that is not whole.
    """
    parts = outline(marks)
    first = steps(parts)
    return Script(
        name=name,
        title=about["title"],
        kind=about.get("kind"),
        seconds=int(about["seconds"]) if "seconds" in about else round(counted_seconds(first)),
        not_for=about.get("not_for"),
        parts=parts,
        steps=first,
        later_steps=steps(parts, is_first=False),
    )
