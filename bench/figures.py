"""A measured figure beside its target.

In: what was measured. Out: `Figure`, and lines of a table. Pure.
A figure that could not be measured says why and never counts as reached.
"""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """One line of the table."""

    row: str
    what: str
    measured: str
    target: str
    is_reached: bool | None
    """None when nothing was measured, or when there is no target to reach."""


def at_most(row: str, what: str, value: float, limit: float, unit: str = "", digits: int = 2) -> Figure:
    """A figure that is to be no more than `limit`."""
    return Figure(row, what, f"{value:.{digits}f}{unit}", f"≤ {limit:g}{unit}", value <= limit)


def at_least(row: str, what: str, value: float, limit: float, unit: str = "", digits: int = 2) -> Figure:
    """A figure that is to be no less than `limit`."""
    return Figure(row, what, f"{value:.{digits}f}{unit}", f"≥ {limit:g}{unit}", value >= limit)


def all_of(row: str, what: str, good: int, total: int) -> Figure:
    """A figure that is to hold every time."""
    return Figure(row, what, f"{good} of {total}", "all", good == total)


def unmeasured(row: str, what: str, reason: str) -> Figure:
    """What this machine could not measure."""
    return Figure(row, what, reason, "–", None)


MARKS = {True: "✓", False: "✗", None: "–"}


def table(figures: Sequence[Figure]) -> str:
    """All figures, one a line, in columns."""
    cells = [("row", "what", "measured", "target", ""), *(_cells(figure) for figure in figures)]
    widths = [max(len(row[i]) for row in cells) for i in range(4)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=False)) + f"  {row[4]}"
        for row in cells
    )


def _cells(figure: Figure) -> tuple[str, str, str, str, str]:
    return figure.row, figure.what, figure.measured, figure.target, MARKS[figure.is_reached]
