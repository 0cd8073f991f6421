"""How strong it is, from none to ten, as people say it.

In: the table of numbers of a language. Out: everything that may be said for each number. Pure.
Only a whole answer counts; "seven of my friends" is no number.
"""

from collections.abc import Mapping
from typing import Any

STRENGTHS = tuple(str(number) for number in range(11))
"""Names of the answers: "0" is none."""


def read_strengths(table: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """The wordings of each answer: every name of the number, alone and in every frame."""
    return {
        number: tuple(
            dict.fromkeys(
                frame.replace("{}", name) for frame in table["frames"] for name in table["numbers"][number]
            )
        )
        for number in STRENGTHS
    }
