"""Whom to call: the person's own contact, and a helpline that they chose.

In: what was typed or said. Out: `Care`. Pure.
Nothing is preset: no number is in here that the person did not give (R30).
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from voicejournal.journal.plain_text import one_line


@dataclass(frozen=True)
class Line:
    """Somebody to call, one field for each thing that can be told; empty means not told."""

    name: str = ""
    number: str = ""
    """As it was given: its own groups help who writes it down."""
    hours: str = ""
    cost: str = ""
    text: str = ""
    """How to write to them, for who can't speak."""
    country: str = ""

    @property
    def is_set(self) -> bool:
        return bool(self.number)


@dataclass(frozen=True)
class Care:
    """Both may be unset; then the words are "your local emergency number"."""

    contact: Line = Line()
    """Somebody whom the person trusts: name and number."""
    helpline: Line = Line()

    @property
    def lines(self) -> tuple[Line, ...]:
        """Those that can be called, the person's own first."""
        return tuple(line for line in (self.contact, self.helpline) if line.is_set)


FIELDS = {"contact": ("name", "number"), "helpline": tuple(field.name for field in fields(Line))}
"""What is asked of each."""


def care_of(tables: Mapping[str, Any]) -> Care:
    """From its tables, as `tables_of` makes them; what is not known is passed over."""
    return Care(*(_line(tables.get(whose), names) for whose, names in FIELDS.items()))


def not_understood(tables: Mapping[str, Any]) -> tuple[str, ...]:
    """What `care_of` passes over, by name: a mistake of who wrote it by hand."""
    wrong = [whose for whose, table in tables.items() if whose not in FIELDS or not isinstance(table, Mapping)]
    for whose, names in FIELDS.items():
        table = tables.get(whose)
        given = table.items() if isinstance(table, Mapping) else ()
        wrong += [f"{whose}.{name}" for name, value in given if name not in names or not _is_plain(value)]
    return tuple(wrong)


def tables_of(care: Care) -> dict[str, dict[str, str]]:
    """Only what is set."""
    lines = {whose: {name: value for name, value in line.items() if value} for whose, line in asdict(care).items()}
    return {whose: line for whose, line in lines.items() if line}


def _line(table: object, names: tuple[str, ...]) -> Line:
    given = table if isinstance(table, Mapping) else {}
    return Line(**{name: one_line(str(given[name])) for name in names if _is_plain(given.get(name))})


def _is_plain(value: object) -> bool:
    return isinstance(value, str | int | float)
