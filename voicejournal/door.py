"""The door to the journal: open, locked or hidden, and what can be kept at each.

In: settings, how the door is to stand, passphrases. Out: the journal that a run may see.
Touches: nothing itself; it opens edges.
Invariant: while it is not open no key and nothing of the journal is in memory here; what is said is still kept.
"""

from collections.abc import Mapping
from contextlib import suppress
from typing import Protocol

from voicejournal.beginning import Situation
from voicejournal.dialogue.events import Outcome
from voicejournal.dialogue.guard import Secret, Watch
from voicejournal.dialogue.language import Language
from voicejournal.errors import ErrorName, SettingsError, StoreError
from voicejournal.journal.protection import UNLOCKED, Protection, is_other, noted
from voicejournal.opening import Opened, open_journal, protection_line, take_in_sealed
from voicejournal.ports.journal import Journal
from voicejournal.ports.person import Preferences
from voicejournal.protecting import SHORTEST, protect_with_passphrase
from voicejournal.settings import Settings

LOCKED: Mapping[ErrorName, Protection] = {
    "passphrase_wanted": "passphrase",
    "key_store_closed": "key_store",
    "key_missing": "key_file",
    "key_file_missing": "key_file",
}
"""Why a journal may stay closed while nothing is wrong: its key is not here now, and what is said can be sealed.
With that, what protects it."""

WRONG: tuple[ErrorName, ...] = ("passphrase_wrong", "key_wrong")
"""The second is of a passphrase that was replaced, where a box of before lies there."""


class Door:
    """One for the whole time that the program listens."""

    def __init__(self, chosen: Settings) -> None:
        from voicejournal.edges.places import journal_path

        self.opened: Opened | None = None
        self.protection: Protection = "nothing"
        """As far as it is known: of a journal that has not been opened yet, what keeps it closed."""
        self._chosen = chosen
        self._path = journal_path(chosen.journal)
        self._stand_in: Journal | None = None

    @property
    def trouble(self) -> StoreError | None:
        """What could not be done to the journal that is open."""
        return None if self.opened is None else self.opened.trouble

    def stand(self, watch: Watch, may_wait: bool = True) -> tuple[Watch, Journal]:
        """How it stands now, and what a run keeps to: it is locked where it was to be open and can't be.

        Without `may_wait` a key store that asks the person first counts as locked. Raises: StoreError.
        """
        from voicejournal.edges.lock import MEMORY
        from voicejournal.edges.store import Store

        self._close_stand_in()
        if watch == "open":
            return self._open(may_wait)
        self._stand_in = Store(MEMORY) if watch == "hidden" else self._sealed()
        self._close_opened()
        return watch, self._stand_in

    def tell_protection(
        self, language: Language, preferences: Preferences, situation: Situation
    ) -> StoreError | None:
        """Once for each journal: that anyone at this account can open it; where it was not so, what is to be said.

        Somebody may have put another in its place, or taken its lock away. Of a first one nothing is told at a
        terminal: there a passphrase is offered.
        """
        from voicejournal.edges import passphrase
        from voicejournal.edges.places import passphrase_path

        salt = self.opened.salt if self.opened is not None else b""
        before, now = preferences.get("protection_told"), noted(self.protection, salt)
        if before == now:
            return None
        is_open = self.protection in UNLOCKED
        is_worse = is_open and (is_other(before, now) or passphrase.is_set(passphrase_path(self._path)))
        if is_open and not is_worse and situation.has_terminal:
            return None
        if is_open and not situation.has_terminal:
            situation.note(protection_line(self.protection, salt, language.protection))
        with suppress(SettingsError):  # then it is told again
            preferences.prefer("protection_told", now)
        return StoreError("journal_unlocked", path=str(self._path)) if is_worse else None

    def try_passphrase(self, passphrase: str) -> Outcome:
        try:
            self.opened = open_journal(self._chosen, lambda question: passphrase)
        except StoreError as error:
            return "wrong" if error.name in WRONG else "failed"
        self.protection = self.opened.protection
        return "opened"

    def set_passphrase(self, passphrase: str) -> Outcome:
        if self.opened is None:
            return "failed"
        try:
            self.opened = protect_with_passphrase(self._path, self.opened, passphrase)
        except StoreError as error:
            if error.name == "rekey_failed":  # its connection is closed: this run ends, and says so
                raise
            return "failed"
        self.protection = self.opened.protection
        return "set"

    def close(self) -> None:
        self._close_stand_in()
        self._close_opened()

    def _open(self, may_wait: bool) -> tuple[Watch, Journal]:
        try:
            opened = self.opened or open_journal(self._chosen, may_wait=may_wait)
        except StoreError as error:
            if error.name not in LOCKED:
                raise
            self.protection = LOCKED[error.name]
            self._stand_in = self._sealed(error)
            return "locked", self._stand_in
        self.opened, self.protection = take_in_sealed(self._path, opened), opened.protection
        return "open", opened.journal

    def _sealed(self, why: StoreError | None = None) -> Journal:
        """Raises: StoreError `nothing_to_seal_to` where nothing that is said could be kept."""
        from voicejournal.edges.sealed_entries import SealedEntries
        from voicejournal.edges.sealed_key import public_key

        key = public_key(self._path)
        if key is None:
            raise StoreError("nothing_to_seal_to", path=str(self._path)) from why
        return SealedEntries(self._path, key)

    def _close_stand_in(self) -> None:
        if self._stand_in is not None:
            self._stand_in.close()
            self._stand_in = None

    def _close_opened(self) -> None:
        if self.opened is not None:
            self.opened.journal.close()
            self.opened = None


class Typing(Protocol):
    """A keyboard that can take a secret."""

    def collect(self) -> None:
        """From now on what is typed is a secret: it is not shown, and no command."""
        ...

    def collected(self) -> str | None:
        """The whole secret, once, when it was ended; an empty one when the person gave up; None before."""
        ...

    def give_up(self) -> None:
        """What was typed of one is forgotten, and keys are commands again."""
        ...


class TypedSecrets:
    """The `Secrets` port at a terminal: what is typed unseen goes to the door, and is nowhere once it was tried."""

    def __init__(self, keys: Typing, door: Door) -> None:
        self._keys = keys
        self._door = door
        self._asked: Secret | None = None
        self._first = ""
        """A new passphrase that was typed once."""

    def ask(self, secret: Secret) -> None:
        self._asked, self._first = secret, ""
        self._keys.collect()

    def give_up(self) -> None:
        """Nobody waits for it any more."""
        self._asked, self._first = None, ""
        self._keys.give_up()

    def poll(self) -> Outcome | None:
        typed = None if self._asked is None else self._keys.collected()
        if typed is None:
            return None
        outcome = self._tried(typed)
        if outcome == "again":
            self._first = typed
            self._keys.collect()
        else:
            self._asked, self._first = None, ""
        return outcome

    def _tried(self, typed: str) -> Outcome:
        if not typed:
            return "given up"
        if self._asked == "opens":
            return self._door.try_passphrase(typed)
        if len(typed) < SHORTEST:
            return "short"
        if not self._first:
            return "again"
        return self._door.set_passphrase(typed) if typed == self._first else "differ"
