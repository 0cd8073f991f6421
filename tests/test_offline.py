"""The tests themselves reach nothing: what would open a connection raises, here and in what they start."""

import socket
import subprocess
import sys
from collections.abc import Callable

import pytest
from offline.sitecustomize import Reached


def by(method: str, *arguments: object, family: int = socket.AF_INET, kind: int = socket.SOCK_STREAM) -> None:
    with socket.socket(family, kind) as one:
        getattr(one, method)(*arguments)


WAYS: dict[str, Callable[[], object]] = {
    "connect": lambda: by("connect", ("192.0.2.1", 443)),
    "connect_ex": lambda: by("connect_ex", ("127.0.0.1", 9)),
    "create_connection": lambda: socket.create_connection(("127.0.0.1", 9), 1),
    "getaddrinfo": lambda: socket.getaddrinfo("example.org", 443),
    "sendto": lambda: by("sendto", b"", ("127.0.0.1", 9), kind=socket.SOCK_DGRAM),
    "six": lambda: by("connect", ("::1", 9), family=socket.AF_INET6),
}


@pytest.mark.parametrize("way", WAYS)
def test_no_test_reaches_anything(way: str) -> None:
    with pytest.raises(Reached):
        WAYS[way]()


@pytest.mark.loopback
def test_the_tests_of_downloads_reach_this_machine_alone() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname()[:2]).close()
    with pytest.raises(Reached):
        WAYS["connect"]()


def test_what_a_test_starts_reaches_nothing_either() -> None:
    text = "import socket; socket.create_connection(('127.0.0.1', 9), 1)"
    done = subprocess.run([sys.executable, "-c", text], capture_output=True, text=True)
    assert "Reached: tried to reach ('127.0.0.1', 9)" in done.stderr


def test_a_program_on_this_machine_can_be_spoken_to() -> None:
    """The sound server is one: by a file, not by an address."""
    here, there = socket.socketpair()
    here.sendall(b"sound")
    assert there.recv(5) == b"sound"
    here.close()
    there.close()
