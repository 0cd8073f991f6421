"""The system's key store: what is asked of keyring, and what its refusals become."""

from collections.abc import Iterator

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends.chainer import ChainerBackend
from rings import ClosedRing, ForgetfulRing, Ring

from voicejournal.edges import key_store
from voicejournal.errors import StoreError

KEY = bytes(range(32))


@pytest.fixture(autouse=True)
def as_it_was() -> Iterator[None]:
    before = keyring.get_keyring()
    yield
    keyring.set_keyring(before)


@pytest.fixture
def chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    """The person has chosen a key store, so it is not looked whether the system has one."""
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "chosen")


@pytest.mark.usefixtures("chosen")
def test_a_key_that_is_kept_is_there_until_it_is_forgotten() -> None:
    keyring.set_keyring(Ring())
    assert key_store.is_here()
    assert key_store.get(b"one") is None
    key_store.keep(b"one", KEY)
    key_store.keep(b"other", bytes(32))
    assert key_store.get(b"one") == KEY
    key_store.forget(b"one")
    key_store.forget(b"one")
    assert key_store.get(b"one") is None
    assert key_store.get(b"other") == bytes(32)


@pytest.mark.usefixtures("chosen")
@pytest.mark.parametrize("ring", [ClosedRing(), ForgetfulRing()])
def test_what_is_not_kept_is_told(ring: KeyringBackend) -> None:
    keyring.set_keyring(ring)
    with pytest.raises(StoreError, match="key_store_closed"):
        key_store.keep(b"one", KEY)


def test_where_no_log_in_has_a_bus_none_is_looked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    for name in ("PYTHON_KEYRING_BACKEND", "DBUS_SESSION_BUS_ADDRESS", "XDG_RUNTIME_DIR"):
        monkeypatch.delenv(name, raising=False)
    assert not key_store.is_here()
    assert key_store.get(b"one") is None
    with pytest.raises(StoreError, match="key_store_closed"):
        key_store.keep(b"one", KEY)


class Wallet(Ring):
    """As if it were one of keyring's own."""

    __module__ = "keyring.backends.kwallet"


def test_a_plain_file_of_another_package_is_no_key_store(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "there")
    monkeypatch.delenv("PYTHON_KEYRING_BACKEND", raising=False)
    keyring.set_keyring(Ring())
    assert not key_store.is_here()
    keyring.set_keyring(Wallet())
    assert key_store.is_here()


def test_of_several_stores_the_key_goes_to_one_that_is_locked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "there")
    monkeypatch.delenv("PYTHON_KEYRING_BACKEND", raising=False)
    plain, wallet = Ring(), Wallet()
    monkeypatch.setattr(ChainerBackend, "backends", (plain, wallet))
    keyring.set_keyring(ChainerBackend())  # type: ignore[no-untyped-call]
    key_store.keep(b"one", KEY)
    assert wallet.kept and not plain.kept
    monkeypatch.setattr(ChainerBackend, "backends", (plain,))
    assert not key_store.is_here()
