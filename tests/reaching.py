"""Which modules of the standard library can reach another machine, as its own source has it.

In: nothing. Out: full names of modules. Touches: the source of the Python that runs this.
"""

import ast
import sysconfig
from collections.abc import Iterator
from functools import cache
from pathlib import Path

SOCKETS = frozenset({"socket", "_socket", "ssl", "_ssl"})
"""What every connection of Python's own goes through; two of these are no Python themselves."""

ASIDE = {"site-packages", "dist-packages", "test", "tests", "idlelib", "lib2to3", "turtledemo", "ensurepip"}
"""Folders in which no module lies that a program would import."""


def imported(path: Path, package: str = "") -> Iterator[str]:
    """Full names of everything that a module imports, anywhere in it; `package` is the one that it lies in."""
    for node in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            parents = package.split(".")[: 1 - node.level or None] if node.level else []
            name = ".".join([*parents, *([node.module] if node.module else [])])
            yield name
            yield from (f"{name}.{alias.name}" for alias in node.names)


@cache
def reaching() -> frozenset[str]:
    """What imports sockets, and what imports that: a step further nearly everything would be among them."""
    library = Path(sysconfig.get_path("stdlib"))
    imports = {}
    for path in library.rglob("*.py"):
        parts = path.relative_to(library).with_suffix("").parts
        if ASIDE.isdisjoint(parts):
            is_package = parts[-1] == "__init__"
            package = ".".join(parts[:-1])
            imports[package if is_package else ".".join(parts)] = set(imported(path, package))
    first = SOCKETS | {name for name, others in imports.items() if others & SOCKETS}
    return first | {name for name, others in imports.items() if others & first}
