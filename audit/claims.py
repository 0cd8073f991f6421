"""A claim, and how to see whether it is true.

In: nothing. Out: `Check`, `Result` and the two ways in which a look can end without a yes. Pure.
What could not be looked at never counts as true, and neither does a look that broke.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal


class Broken(Exception):
    """The claim is not true; the message is what was seen."""


class NotChecked(Exception):
    """It can't be seen on this machine; the message says why."""


@dataclass(frozen=True)
class Check:
    """One claim."""

    claim: str
    """In plain words, as somebody would be told who does not program."""
    look: Callable[[], str]
    """What was seen, in one line. Raises: Broken, NotChecked."""


@dataclass(frozen=True)
class Result:
    claim: str
    evidence: str
    answer: Literal["pass", "FAIL", "not checked"]


def result(check: Check) -> Result:
    try:
        return Result(check.claim, check.look(), "pass")
    except Broken as broken:
        return Result(check.claim, str(broken), "FAIL")
    except NotChecked as reason:
        return Result(check.claim, str(reason), "not checked")
    except Exception as failure:  # a look that breaks has shown nothing, and the others are still to be had
        return Result(check.claim, f"the look itself broke: {type(failure).__name__}: {failure}", "FAIL")


def table(results: list[Result]) -> str:
    """For people and for Markdown alike."""
    rows = [("claim", "evidence", "pass"), ("---", "---", "---")]
    rows += [(one.claim, one.evidence.replace("\n", " ").replace("|", "/"), one.answer) for one in results]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)
