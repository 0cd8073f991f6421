"""Claims: what protects, what is kept, what may hurt and how to tell of a hole is written down, with its limits.

Touches: the papers themselves.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from audit.claims import Broken, Check
from audit.runs import ROOT

SAYING: Mapping[str, Sequence[str]] = {
    "docs/threat-model.md": (
        "A partner",
        "A child",
        "A repair shop",
        "A thief",
        "the same account",
        "Another program of your account",
        "A cloud backup",
        "puts you under pressure",
        "The network",
        "Who gives you a file",
        "Does not stop them:",
        "What can't be promised",
        "Erasing from flash",
        "Encrypt the whole disk",
    ),
    "docs/what-is-kept.md": (
        "What is kept",
        "What is not kept",
        "Why something was offered to you",
        "the journal is not locked: anyone using your account can open it",
        "If the key and the recovery code are lost, nobody can open the journal. We can't either.",
        "voicejournal lock code",
        "voicejournal erase",
        "What we can't promise",
    ),
    "docs/hazards.md": (
        "No clinician and nobody with lived experience has read the words yet",
        "A journal can't be opened any more: key and recovery code are lost",
        "Somebody believes that it is locked when it is not",
        "Somebody believes that deleting reaches backups and flash",
        "Somebody takes it for a clinician",
    ),
    "SECURITY.md": (
        "docs/threat-model.md",
        "docs/what-is-kept.md",
        "docs/hazards.md",
        "Telling us of a hole",
        "What counts as a hole",
        "make audit",
        "make fuzz",
    ),
}
"""What each paper must say, by its place."""

HAZARD = re.compile(r"^\| (\d+) \|(.+)\|(.+)\|(.+)\|$", re.MULTILINE)

LEFT = ("low", "some", "high")
"""How much of a hazard is left."""


def missing(text: str, saying: Sequence[str]) -> list[str]:
    """What it does not say; how lines are broken and what is bold makes no difference."""
    plain = " ".join(text.replace("*", "").split()).lower()
    return [words for words in saying if words.lower() not in plain]


def says(name: str) -> Callable[[], str]:
    """A look that finds all of it in that paper, and the paper named in the README."""

    def look() -> str:
        path = ROOT / name
        if not path.is_file():
            raise Broken(f"there is no {name}")
        if name not in (ROOT / "README.md").read_text(encoding="utf-8"):
            raise Broken(f"the README does not name {name}")
        if absent := missing(path.read_text(encoding="utf-8"), SAYING[name]):
            raise Broken(f"{name} does not say: {'; '.join(absent)}")
        return f"{name} is named in the README, and says all {len(SAYING[name])} things that are looked for"

    return look


def hazards(text: str) -> list[str]:
    """What is wrong with the log's numbers and with what is left of each; an empty list if nothing is."""
    rows = HAZARD.findall(text)
    numbers = [int(number) for number, *_ in rows]
    wrong = [] if numbers and numbers == sorted(set(numbers)) else [f"its numbers are {numbers}"]
    wrong += [f"{number}: how it is met is not said" for number, _, met, _ in rows if not met.strip()]
    unjudged = (number for number, _, _, left in rows if not left.strip().startswith(LEFT))
    return wrong + [f"{number}: how much is left is not judged" for number in unjudged]


def hazards_are_met() -> str:
    seen = says("docs/hazards.md")()
    text = Path(ROOT / "docs/hazards.md").read_text(encoding="utf-8")
    if wrong := hazards(text):
        raise Broken(f"docs/hazards.md: {'; '.join(wrong)}")
    return f"{seen}; {len(HAZARD.findall(text))} hazards, each with how it is met and how much is left"


CHECKS = [
    Check(
        "Who may read the journal is written down, person by person: what stops each, and what does not.",
        says("docs/threat-model.md"),
    ),
    Check(
        "What is kept is written down plainly, and that nobody can open it without key and code.",
        says("docs/what-is-kept.md"),
    ),
    Check("What may upset or mislead is written down, with what is left of each.", hazards_are_met),
    Check("How to tell of a hole, and what counts as one, is written down.", says("SECURITY.md")),
]
