"""Python with no network: whatever would open a connection raises instead.

In: the name of an address, for `refuse`. Out: nothing. Touches: the standard library's `socket`, in this process.
The tests load it (`conftest.py`), and every Python that a test starts finds it on its path and loads it by itself.
"""

import os
import socket
from collections.abc import Callable
from typing import Any

LOOPBACK = "VOICEJOURNAL_TESTS_LOOPBACK"
"""Set for the tests of downloads, and what they start: they bring a server of their own, on this machine."""

HERE = ("127.0.0.1", "::1", "localhost", None)


class Reached(AssertionError):
    """Something tried to reach another machine."""


def refuse(address: Any) -> None:
    """Raise, but for this machine's own addresses where those are allowed."""
    host = address[0] if isinstance(address, tuple) else address
    if host not in HERE or not os.environ.get(LOOPBACK):
        raise Reached(f"tried to reach {address}")


def guarded(name: str, where: Callable[..., Any]) -> None:
    """Put a refusal before a method of sockets; `where` finds the address among its arguments."""
    original = getattr(socket.socket, name)

    def only_here(self: socket.socket, *arguments: Any) -> Any:
        if self.family != getattr(socket, "AF_UNIX", None):
            refuse(where(*arguments))
        return original(self, *arguments)

    setattr(socket.socket, name, only_here)


def close_the_network() -> None:
    guarded("connect", lambda address: address)
    guarded("connect_ex", lambda address: address)
    guarded("sendto", lambda *arguments: arguments[-1])
    look_up, open_one = socket.getaddrinfo, socket.create_connection

    def only_this_machine(host: Any, *arguments: Any, **more: Any) -> Any:
        refuse(host.decode() if isinstance(host, bytes) else host)
        return look_up(host, *arguments, **more)

    def only_to_here(address: Any, *arguments: Any, **more: Any) -> Any:
        refuse(address)
        return open_one(address, *arguments, **more)

    setattr(socket, "getaddrinfo", only_this_machine)  # noqa: B010 - mypy knows them as functions
    setattr(socket, "create_connection", only_to_here)  # noqa: B010


close_the_network()
