"""`python -m bench [ROW…] [--quick]`: measure, and print one table. Exit code 1 when a target is missed."""

import argparse
import importlib
import sys

from bench.figures import Figure, table, unmeasured
from bench.sounds import EVALUATION

ROWS = (
    "words",
    "processor",
    "noise",
    "nothing",
    "patience",
    "kill",
    "start",
    "stop",
    "echo",
    "commands",
    "understanding",
    "cancellers",
    "offers",
    "voice",
    "search",
    "doubt",
    "learning",
    "encryption",
    "tags",
    "second",
)


def main() -> int:
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("rows", nargs="*", metavar="ROW", help=", ".join(ROWS))
    parser.add_argument("--quick", action="store_true", help="fewer recordings, fewer repeats")
    asked = parser.parse_args()
    unknown = [row for row in asked.rows if row not in ROWS]
    if unknown:
        parser.error(f"no row is called {unknown[0]}; there are {', '.join(ROWS)}")
    if not EVALUATION.is_dir():
        print(f"The recordings to measure with are not at {EVALUATION}.", file=sys.stderr)
        return 1
    figures: list[Figure] = []
    for row in asked.rows or ROWS:
        print(f"measuring {row} …", file=sys.stderr, flush=True)
        try:
            figures += importlib.import_module(f"bench.{row}").measure(asked.quick)
        except FileNotFoundError as missing:
            figures.append(unmeasured(row, "all of it", f"missing: {missing.filename}"))
    print(table(figures))
    return int(any(figure.is_reached is False for figure in figures))


if __name__ == "__main__":
    sys.exit(main())
