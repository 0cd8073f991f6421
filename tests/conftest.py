"""What every test stands on: no network, and no home but an empty one."""

import os
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import hypothesis
import keyring
import pytest
from offline import sitecustomize
from offline.sitecustomize import LOOPBACK, NOTED
from rings import Ring

# A busy machine is no failure; what is too slow is measured by the bench.
hypothesis.settings.register_profile("voicejournal", deadline=None)
hypothesis.settings.load_profile("voicejournal")

OFFLINE = str(Path(sitecustomize.__file__).parent)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The whole program first, which takes longest: at the end one core would wait for it."""
    items.sort(key=lambda item: item.path.name != "test_whole_loop.py")


@pytest.fixture(scope="session")
def fresh_paths(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """One for each test: pytest looks through all of its own before it makes another."""
    folder = tmp_path_factory.mktemp("each")
    return (folder / str(number) for number in count())


@pytest.fixture(autouse=True)
def offline(
    monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest, fresh_paths: Iterator[Path]
) -> Iterator[Path]:
    """Offline is a promise, so it is tested in every test: no connection at all, here or in what a test starts.

    `tests/offline` has closed the network for good, and notes here what tried to open one all the same: a test
    fails by that, also where the exception was caught. The tests of downloads are marked `loopback`: they bring a
    server of their own, and reach nothing but this machine.
    """
    noted = next(fresh_paths)
    monkeypatch.setenv("PYTHONPATH", OFFLINE, prepend=os.pathsep)
    monkeypatch.setenv(NOTED, str(noted))
    monkeypatch.delenv(LOOPBACK, raising=False)
    if request.node.get_closest_marker("loopback"):
        monkeypatch.setenv(LOOPBACK, "1")
    yield noted
    assert not noted.exists(), noted.read_text(encoding="utf-8")


@pytest.fixture(autouse=True)
def empty_home(monkeypatch: pytest.MonkeyPatch, fresh_paths: Iterator[Path]) -> Path:
    """Settings, scripts and journals of whoever runs the tests stay out of them."""
    home = next(fresh_paths)
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    for name, folder in (("CONFIG", ".config"), ("DATA", ".local/share"), ("CACHE", ".cache")):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(home / folder))
    monkeypatch.setenv("LC_TIME", "C")  # weeks begin on Monday in every test, wherever it runs
    for name in ("VOICEJOURNAL_JOURNAL", "VOICEJOURNAL_KEY_FILE", "VOICEJOURNAL_MODEL"):
        monkeypatch.delenv(name, raising=False)
    return home


@pytest.fixture
def no_log_in(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine without a key store."""
    for name in ("PYTHON_KEYRING_BACKEND", "DBUS_SESSION_BUS_ADDRESS", "XDG_RUNTIME_DIR"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def no_key_store(no_log_in: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same, and nobody who waits after a wrong key."""
    from voicejournal import opening

    monkeypatch.setattr(opening, "SLOW_SECONDS", 0.0)


@pytest.fixture
def ring(monkeypatch: pytest.MonkeyPatch) -> Iterator[Ring]:
    """A key store that the person has chosen, in memory; after the journal that a test begins with."""
    before, ring = keyring.get_keyring(), Ring()
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "chosen")
    keyring.set_keyring(ring)
    yield ring
    keyring.set_keyring(before)
