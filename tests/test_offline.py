"""The tests themselves reach nothing: what would open a connection raises, here and in what they start."""

import _socket
import imaplib
import socket
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import pytest
from offline.sitecustomize import Reached


def by(
    method: str, *arguments: object, family: int = socket.AF_INET, kind: int = socket.SOCK_STREAM, of: Any = socket
) -> None:
    """By a method of a socket, of IPv4 unless another family is named."""
    with closing(of.socket(family, kind)) as one:
        getattr(one, method)(*arguments)


WAYS: dict[str, Callable[[], object]] = {
    "connect": lambda: by("connect", ("192.0.2.1", 443)),
    "connect_ex": lambda: by("connect_ex", ("127.0.0.1", 9)),
    "create_connection": lambda: socket.create_connection(("127.0.0.1", 9), 1),
    "getaddrinfo": lambda: socket.getaddrinfo("example.org", 443),
    "sendto": lambda: by("sendto", b"", ("127.0.0.1", 9), kind=socket.SOCK_DGRAM),
    "sendmsg": lambda: by("sendmsg", [b""], [], 0, ("127.0.0.1", 9), kind=socket.SOCK_DGRAM),
    "gethostbyname": lambda: socket.gethostbyname("example.org"),
    "below": lambda: by("connect", ("192.0.2.1", 9), of=_socket),
    "library": lambda: imaplib.IMAP4("192.0.2.1", timeout=1),
    "six": lambda: by("connect", ("::1", 9), family=socket.AF_INET6),
}


def reached(noted: Path) -> str:
    """What was noted, which the test wanted: it does not fail by it."""
    told = noted.read_text(encoding="utf-8")
    noted.unlink()
    return told


@pytest.mark.parametrize("way", WAYS)
def test_no_test_reaches_anything(way: str, offline: Path) -> None:
    with pytest.raises(Reached):
        WAYS[way]()
    assert reached(offline).startswith("tried to reach ")


@pytest.mark.parametrize("way", WAYS)
def test_no_exception_that_is_caught_hides_it(way: str, offline: Path) -> None:
    with pytest.raises(Reached), suppress(Exception):
        WAYS[way]()
    offline.unlink()


@pytest.mark.loopback
def test_the_tests_of_downloads_reach_this_machine_alone(offline: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname()[:2]).close()
    with pytest.raises(Reached):
        WAYS["connect"]()
    assert reached(offline) == "tried to reach ('192.0.2.1', 443)\n"


def test_what_a_test_starts_reaches_nothing_either(offline: Path) -> None:
    """And is noted, however little is left of the exception."""
    text = (
        "import os, socket\ntry: socket.create_connection(('127.0.0.1', 9), 1)\nexcept BaseException: os._exit(0)"
    )
    assert subprocess.run([sys.executable, "-c", text]).returncode == 0
    assert reached(offline) == "tried to reach 127.0.0.1\n"


def test_a_program_on_this_machine_can_be_spoken_to() -> None:
    """The sound server is one: by a file, not by an address."""
    here, there = socket.socketpair()
    here.sendall(b"sound")
    assert there.recv(5) == b"sound"
    here.close()
    there.close()
