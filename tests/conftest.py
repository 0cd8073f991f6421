"""What every test stands on: no network but this machine's own, and no home but an empty one."""

import socket
from pathlib import Path
from typing import Any

import hypothesis
import pytest

# A busy machine is no failure; what is too slow is measured by the bench.
hypothesis.settings.register_profile("voicejournal", deadline=None)
hypothesis.settings.load_profile("voicejournal")

LOCAL = ("127.0.0.1", "::1", "localhost")


@pytest.fixture(autouse=True)
def offline(monkeypatch: pytest.MonkeyPatch) -> None:
    """A connection to anywhere else raises: offline is a promise, so it is tested in every test."""
    connect = socket.socket.connect

    def only_here(self: socket.socket, address: Any) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6) and address[0] not in LOCAL:
            raise AssertionError(f"tried to reach {address}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", only_here)


@pytest.fixture(autouse=True)
def empty_home(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Settings, scripts and journals of whoever runs the tests stay out of them."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("HOME", str(home))
    for name, folder in (("CONFIG", ".config"), ("DATA", ".local/share"), ("CACHE", ".cache")):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(home / folder))
    monkeypatch.setenv("LC_TIME", "C")  # weeks begin on Monday in every test, wherever it runs
    for name in ("VOICEJOURNAL_JOURNAL", "VOICEJOURNAL_KEY_FILE", "VOICEJOURNAL_MODEL"):
        monkeypatch.delenv(name, raising=False)
    return home
