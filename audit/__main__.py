"""`python -m audit [GROUP…]`: look at every claim, and print one table. Exit code 1 when one of them is not true.

Another group of claims is one more module here with a list `CHECKS`, and its name below.
"""

import argparse
import importlib
import sys

from audit.claims import Check, result, table

GROUPS = ("at_rest", "cost", "network", "models", "said", "bad_input", "dependencies", "papers")


def main() -> int:
    parser = argparse.ArgumentParser(prog="audit", description=__doc__)
    parser.add_argument("groups", nargs="*", metavar="GROUP", help=", ".join(GROUPS))
    asked = parser.parse_args()
    unknown = [group for group in asked.groups if group not in GROUPS]
    if unknown:
        parser.error(f"no group is called {unknown[0]}; there are {', '.join(GROUPS)}")
    results = []
    for group in asked.groups or GROUPS:
        checks: list[Check] = importlib.import_module(f"audit.{group}").CHECKS
        for check in checks:
            print(f"looking: {check.claim} …", file=sys.stderr, flush=True)
            results.append(result(check))
    print(table(results))
    count = {answer: sum(one.answer == answer for one in results) for answer in ("pass", "FAIL", "not checked")}
    print(f"\n{count['pass']} true, {count['FAIL']} not true, {count['not checked']} not checked on this machine")
    return int(count["FAIL"] > 0)


if __name__ == "__main__":
    sys.exit(main())
