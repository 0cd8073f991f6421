"""Python with no network: whatever would open a connection raises instead, and is noted.

In: what Python tells of each thing it is about to do (`sys.addaudithook`). Out: nothing.
Touches: this process, for good; the file in which it is noted.
The tests load it (`conftest.py`), and every Python that a test starts finds it on its path and loads it by itself.
"""

import os
import socket
import sys
from typing import Any

LOOPBACK = "VOICEJOURNAL_TESTS_LOOPBACK"
"""Set for the tests of downloads, and what they start: they bring a server of their own, on this machine."""

NOTED = "VOICEJOURNAL_TESTS_REACHED"
"""Path of a file that says what was tried: the test fails by it, whatever became of the exception."""

HERE = ("127.0.0.1", "::1", "localhost", None)

BY_A_FILE = getattr(socket, "AF_UNIX", None)
"""The family of sockets between programs of one machine."""

TO_AN_ADDRESS = ("socket.connect", "socket.sendto", "socket.sendmsg")
"""Told with the socket and the address; `connect_ex` is told as the first."""

LOOKING_UP = ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr", "socket.getnameinfo")


class Reached(BaseException):
    """Something tried to reach another machine. No `except Exception` keeps it from being seen."""


def refuse(address: Any) -> None:
    """Raise, but for this machine's own addresses where those are allowed."""
    host = address[0] if isinstance(address, tuple) else address
    host = host.decode() if isinstance(host, bytes) else host
    if host in HERE and os.environ.get(LOOPBACK):
        return
    if noted := os.environ.get(NOTED):
        with open(noted, "a", encoding="utf-8") as file:
            file.write(f"tried to reach {address}\n")
    raise Reached(f"tried to reach {address}")


def only_here(event: str, told: tuple[Any, ...]) -> None:
    """Python is about to do this. A program of this machine can be spoken to by a file."""
    if event in TO_AN_ADDRESS:
        one, address = told
        if one.family != BY_A_FILE and address is not None:  # without one it was connected before, or can't be sent
            refuse(address)
    elif event in LOOKING_UP:
        refuse(told[0])


sys.addaudithook(only_here)
