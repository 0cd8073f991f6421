"""Key stores in memory, with keyring's own interface."""

from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked, PasswordDeleteError


class Ring(KeyringBackend):
    """A key store in memory."""

    priority = 1

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if self.kept.pop((service, username), None) is None:
            raise PasswordDeleteError("not there")


class ClosedRing(Ring):
    """Whose owner did not open it."""

    def get_password(self, service: str, username: str) -> str | None:
        raise KeyringLocked("closed")

    def set_password(self, service: str, username: str, password: str) -> None:
        raise KeyringLocked("closed")

    def delete_password(self, service: str, username: str) -> None:
        raise KeyringLocked("closed")


class ForgetfulRing(Ring):
    """Which takes a key and does not keep it."""

    def set_password(self, service: str, username: str, password: str) -> None:
        pass
