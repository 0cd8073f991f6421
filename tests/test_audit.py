"""`python -m audit`: what could not be looked at is never counted as true."""

import importlib

import pytest

from audit import __main__ as audit
from audit import dependencies
from audit.claims import Broken, Check, NotChecked, result, table


def raising(error: Exception) -> Check:
    def look() -> str:
        raise error

    return Check("A claim.", look)


def test_only_what_was_seen_is_true() -> None:
    looks = (Check("A claim.", lambda: "seen"), raising(Broken("it is not")), raising(NotChecked("no tool")))
    assert [result(look).answer for look in looks] == ["pass", "FAIL", "not checked"]


@pytest.mark.parametrize("error", [ValueError("not found"), KeyError("name"), TimeoutError("300 seconds")])
def test_a_look_that_breaks_is_no_yes_and_the_others_are_looked_at(error: Exception) -> None:
    seen = result(raising(error))
    assert seen.answer == "FAIL"
    assert type(error).__name__ in seen.evidence and str(error) in seen.evidence


def test_the_table_has_one_line_a_claim() -> None:
    lines = table([result(raising(Broken("one\ntwo | three")))]).splitlines()
    assert lines[2:] == ["| A claim. | one two / three | FAIL |"]


@pytest.mark.parametrize("group", audit.GROUPS)
def test_every_group_has_claims_in_sentences(group: str) -> None:
    checks = importlib.import_module(f"audit.{group}").CHECKS
    assert checks and all(check.claim.endswith(".") for check in checks)


def test_what_is_needed_is_found_with_what_that_needs_and_without_what_is_offered() -> None:
    needed = dependencies.needed()
    assert {"requests", "urllib3", "huggingface-hub"} <= set(needed)
    assert not {"piper-tts", "pytest", "atheris"} & set(needed)
