"""Claims: nothing that is said goes anywhere.

Touches: the program, run where there is no network, and run while its calls to the system are written down.
"""

import re
import shutil
import subprocess
import sys

from audit.claims import Broken, Check, NotChecked
from audit.runs import ROOT, by_tests, environment, everyday, house, run, voices

LOOPBACK_TESTS = {"tests/edges/test_model_files.py", "tests/test_offline.py"}
"""The tests that may talk to this machine, and nothing else: a server of their own."""

READ = (
    "test_only_model_files_may_use_the_network",
    "test_what_can_reach_another_machine_is_known",
    "test_nothing_is_imported_or_started_where_it_can_t_be_seen",
)

REPORTS = (
    "test_its_engine_is_told_to_report_nothing_before_it_is_used",
    "test_its_engine_keeps_no_name_for_this_computer_and_nothing_to_send",
)

VOICE = "tests/edges/test_natural_voice.py"

NEW_SOCKET = re.compile(r"^\d+ +socket\(", re.MULTILINE)
LOCAL_SOCKET = re.compile(r"^\d+ +socket\((?:AF_UNIX|PF_LOCAL)", re.MULTILINE)
FOREIGN = re.compile(r"sa_family=AF_INET6?")

IPV6_LOOK = re.compile(r'^\d+ +bind\(\d+, \{sa_family=AF_INET6, sin6_port=htons\(0\).*"::1"', re.MULTILINE)
"""urllib3, which the package of Vosk loads, looks by it whether this machine has IPv6: nothing is sent by that."""


def every_test_is_offline() -> str:
    """The guard works, it stands before every test, and few are let through to this machine."""
    seen = by_tests("tests/test_offline.py")()
    marked = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "tests").rglob("test_*.py")
        if re.search(r"mark\.loopback", path.read_text(encoding="utf-8"))
    }
    if marked != LOOPBACK_TESTS:
        raise Broken(f"may reach this machine: {', '.join(sorted(marked))}")
    conftest = (ROOT / "tests" / "conftest.py").read_text(encoding="utf-8")
    if "@pytest.fixture(autouse=True)\ndef offline(" not in conftest:
        raise Broken("tests/conftest.py does not close the network for every test")
    return f"{seen}; closed for all (tests/conftest.py), {len(marked)} files of them may reach this machine"


def works_without_any_network() -> str:
    unshare = shutil.which("unshare")
    if unshare is None or subprocess.run([unshare, "-rn", "true"], capture_output=True).returncode:
        raise NotChecked("this machine lets nobody make a network of their own (unshare -n)")
    with house() as home:
        devices = run([unshare, "-rn", "cat", "/proc/net/dev", "/proc/net/route"], home).stdout
        if set(re.findall(r"^ *(\w+):", devices, re.MULTILINE)) - {"lo"}:
            raise Broken(f"there is still a network: {devices}")
        commands = everyday(home)
        for name, (command, typed) in commands.items():
            done = run([unshare, "-rn", *command], home, typed)
            if done.returncode:
                raise Broken(f"{name} ended with {done.returncode}: {done.stderr[-200:]}")
            if name == "list" and "train" not in done.stdout:
                raise Broken(f"what was said was not kept: {done.stdout}")
        names = ", ".join(commands)
        return f"unshare -rn: no interface but a closed lo; {names} ended well, {voices()}"


def opens_no_connection() -> str:
    strace = shutil.which("strace")
    if strace is None:
        raise NotChecked("strace is not installed: sudo apt install strace")
    with house() as home:
        log = home / "calls.txt"
        if run([strace, "-f", "-qq", "-e", "trace=network", "-o", str(log), "true"], home).returncode:
            raise NotChecked("this machine lets nobody watch a program (strace)")
        local = 0
        commands = everyday(home)
        for name, (command, typed) in commands.items():
            done = run([strace, "-f", "-qq", "-e", "trace=network", "-o", str(log), *command], home, typed)
            if done.returncode:
                raise Broken(f"{name} ended with {done.returncode}: {done.stderr[-200:]}")
            calls = log.read_text(encoding="utf-8", errors="replace")
            if reached := reaching(calls):
                raise Broken(f"{name}: {reached[0]}")
            local += len(LOCAL_SOCKET.findall(calls))
        names = ", ".join(commands)
        seen = f"0 connections and 0 packets to any network; {local} sockets to programs of this machine (sound)"
        return f"strace over {names}, {voices()}: {seen}"


def reaching(calls: str) -> list[str]:
    """Of the calls that strace wrote down, those with an address of a network, or with a socket for one."""
    looks = len(IPV6_LOOK.findall(calls))
    named = [line for line in calls.splitlines() if FOREIGN.search(line) and not IPV6_LOOK.search(line)]
    others = [line for line in calls.splitlines() if NEW_SOCKET.search(line) and not LOCAL_SOCKET.search(line)]
    return named + (others if len(others) > looks else [])


def telemetry_is_off() -> str:
    """As the libraries themselves see it, once an edge has been imported."""
    look = """
import importlib, voicejournal.edges
from huggingface_hub import constants
print(constants.HF_HUB_OFFLINE, constants.HF_HUB_DISABLE_TELEMETRY)
"""
    with house() as home:
        kept = {name: value for name, value in environment(home).items() if not name.startswith("HF_")}
        kept.pop("DO_NOT_TRACK", None)
        done = subprocess.run([sys.executable, "-c", look], env=kept, capture_output=True, text=True)
    if done.stdout.split() != ["True", "True"]:
        raise Broken(f"huggingface-hub says offline, no telemetry: {done.stdout or done.stderr[-200:]}")
    seen = by_tests(*(f"{VOICE}::{name}" for name in REPORTS))()
    return f"huggingface-hub: offline and no telemetry, as it says itself; onnxruntime: {seen}"


CHECKS = [
    Check(
        "Only the part that installs models knows how to open a connection.",
        by_tests(*(f"tests/test_architecture.py::{name}" for name in READ)),
    ),
    Check("No test reaches another machine, and neither does what a test starts.", every_test_is_offline),
    Check("All but installing a model works on a machine without a network.", works_without_any_network),
    Check(
        "Nothing that is done with a journal, from the first entry to its erasing, opens a connection.",
        opens_no_connection,
    ),
    Check("The libraries are told to report nothing to anybody, before they are loaded.", telemetry_is_off),
]
