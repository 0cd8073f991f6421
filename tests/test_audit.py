"""`python -m audit`: what could not be looked at is never counted as true."""

import importlib

import pytest

from audit import __main__ as audit
from audit import dependencies, network, papers
from audit.claims import Broken, Check, NotChecked, result, table
from audit.runs import ROOT, by_tests


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


def test_tests_that_pass_are_counted_and_none_is_no_evidence() -> None:
    counted = "tests/test_audit.py::test_the_table_has_one_line_a_claim"
    assert by_tests(counted)() == f"1 test: {counted}"
    for names, marks in (("tests/no_such_tests.py", "not slow"), (counted, "slow")):
        with pytest.raises(Broken):
            by_tests(names, marks=marks)()


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


@pytest.mark.parametrize("name", papers.SAYING)
def test_a_paper_that_leaves_something_out_is_seen(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    for words in papers.SAYING[name]:
        assert papers.missing(text, [words]) == []
    assert papers.missing("", papers.SAYING[name]) == list(papers.SAYING[name])
    assert papers.missing("It is **never\nlocked**.", ["never locked", "always"]) == ["always"]


def test_a_hazard_without_a_number_an_answer_or_a_judgement_is_seen() -> None:
    assert papers.hazards((ROOT / "docs/hazards.md").read_text(encoding="utf-8")) == []
    assert papers.hazards("") == ["its numbers are []"]
    assert papers.hazards("| 2 | a | b | low |\n| 2 | a | b | low |") == ["its numbers are [2, 2]"]
    assert papers.hazards("| 1 | a | | low |") == ["1: how it is met is not said"]
    assert papers.hazards("| 1 | a | b | |") == ["1: how much is left is not judged"]


SOUND = """7 socket(AF_UNIX, SOCK_STREAM|SOCK_CLOEXEC, 0) = 9
7 connect(9, {sa_family=AF_UNIX, sun_path="/run/pulse"}, 110) = 0
"""
IPV6 = "7 socket(AF_INET6, SOCK_STREAM|SOCK_CLOEXEC, IPPROTO_IP) = 11\n"
LOOK = '7 bind(11, {sa_family=AF_INET6, sin6_port=htons(0), inet_pton(AF_INET6, "::1", &sin6_addr)}, 28) = 0\n'
ASKED = '7 connect(14, {sa_family=AF_INET, sin_port=htons(53), sin_addr=inet_addr("192.0.2.53")}, 16) = 0\n'


@pytest.mark.parametrize(
    ("calls", "reached"),
    [
        (SOUND, 0),
        (SOUND + IPV6 + LOOK, 0),
        (SOUND + IPV6, 1),
        (SOUND + IPV6 + IPV6 + LOOK, 2),
        (SOUND + ASKED, 1),
        (SOUND + IPV6 + LOOK + ASKED, 1),
        (SOUND + "7 socket(AF_NETLINK, SOCK_RAW|SOCK_CLOEXEC, NETLINK_ROUTE) = 5\n", 1),
    ],
)
def test_of_what_was_watched_whatever_could_reach_a_network_is_seen(calls: str, reached: int) -> None:
    assert len(network.reaching(calls)) == reached
