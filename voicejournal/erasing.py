"""Everything erased: the key first, so that what can't be reached any more can't be read either; then all the rest.

In: settings. Out: lines to print, and errors about single pieces.
Touches: whether files are there, and the empty folder of the demo; all else through the edges it opens.
Invariant: a piece that can't be erased keeps no other from going, and is told by name; what the person made stays.
Nothing at all goes where the journal that was named may be a file of another kind.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from voicejournal.errors import JournalError, StoreError
from voicejournal.languages import language_of
from voicejournal.settings import Settings


@dataclass(frozen=True)
class Places:
    """Where the pieces lie. The demo has a journal of its own, with a key of its own."""

    journals: tuple[Path, ...]
    demo: Path
    notes: tuple[Path, ...]
    """Small files: what was chosen by voice, and whom to call."""


def erase_if_sure(chosen: Settings, answer: Callable[[str], str] | None) -> Iterator[str | JournalError]:
    """Asked twice, in two ways: a word that is typed is no slip of the finger. None as `answer` does not ask."""
    words, goes = language_of(chosen.language).printed, list(what_goes(chosen))
    yield from goes or [words["erase_nothing"]]
    if not goes:
        return
    if answer is None or (
        answer(words["erase_surely"]) in words["yes"].split()
        and answer(words["erase_type"].format(word=words["erase_word"])) == words["erase_word"]
    ):
        yield from erase(chosen)
    else:
        yield words["not_erased"]


def what_goes(chosen: Settings) -> Iterator[str]:
    """What there is, before anything happens; nothing where there is nothing. Raises: as `erase` does."""
    words, places = language_of(chosen.language).printed, _places(chosen)
    _refuse_what_is_strange(chosen, places)
    yield from (words["erase_goes"].format(path=path) for path in (*_keys(places), *_rest(places)))
    if _kept_in_store(places):
        yield words["erase_goes_store"]


def erase(chosen: Settings) -> Iterator[str | JournalError]:
    """Raises: StoreError `second_copy`, `erase_strange` before anything went; `erased_in_part` after the rest."""
    from voicejournal.edges import disk, key_store, remains

    words, places = language_of(chosen.language).printed, _places(chosen)
    _refuse_what_is_strange(chosen, places)
    left: list[StoreError] = []

    def each(*steps: Callable[[], None]) -> Iterator[JournalError]:
        for step in steps:
            try:
                step()
            except StoreError as error:
                left.append(error)
                yield error

    with _nobody_listening(places):
        for journal in places.journals:
            remains.allow(journal)
        if _is_key_unknown(chosen, places):
            left.append(StoreError("key_may_be_left"))
            yield left[-1]
        yield from each(
            *(partial(remains.let_go, path) for path in _keys(places)),
            *(partial(key_store.forget, salt) for salt in _salts(places)),
            *(partial(remains.let_go, path) for path in _rest(places)),
        )
    files = (*places.journals, *places.notes)
    yield from each(*(partial(remains.let_go, path) for file in files for path in remains.locks_of(file)))
    with suppress(OSError):  # something of the person's lies in it
        places.demo.rmdir()
    for folder in {file.parent for file in files}:
        disk.settle(folder)
    yield from _what_stays(chosen, places)
    yield words["erase_limits"]
    if left:
        raise StoreError("erased_in_part", count=str(len(left)))
    yield words["erased"]


def _places(chosen: Settings) -> Places:
    from voicejournal.edges.places import care_path, demo_directory, journal_path
    from voicejournal.edges.preferences import preferences_path

    demo = demo_directory()
    journals = (journal_path(chosen.journal).absolute(), demo / "journal.sqlite3")
    return Places(journals, demo, (*map(preferences_path, journals), care_path()))


def _refuse_what_is_strange(chosen: Settings, places: Places) -> None:
    """A name may be mistyped, and lead to a photograph or to a folder. Raises: StoreError `erase_strange`."""
    from voicejournal.edges.places import journal_path

    own, named = journal_path().absolute(), places.journals[0]
    if named != own and not _is_ours(named) and not _is_opened(named, chosen.key_file):
        raise StoreError("erase_strange", path=str(named))


def _is_ours(journal: Path) -> bool:
    """By what lies beside it, or by its key; or nothing is there that could be somebody's."""
    from voicejournal.edges import journal_file, remains

    is_known = bool(remains.companions_of(journal)) or not remains.journal_and_leftovers(journal)
    return is_known or journal_file.is_plain_journal(journal) or _has_key(journal)


def _is_opened(journal: Path, key: str | None) -> bool:
    """Whether the key file that was named opens it, as it does one that was just restored."""
    from voicejournal.edges import journal_file, key_file

    if key is None:
        return False
    with suppress(StoreError), closing(journal_file.open_journal(str(journal), key_file.key_of(Path(key)))):
        return True
    return False


def _salts(places: Places) -> list[bytes]:
    """What each journal is known by, also one about to be encrypted; of a damaged one, whatever lies there too."""
    return [salt for journal in places.journals for salt in _salts_of(journal)]


def _salts_of(journal: Path) -> list[bytes]:
    from voicejournal.edges.journal_file import SALT_BYTES, salt_of
    from voicejournal.edges.sealed_key import published_salt

    found = [published_salt(journal) or b""]
    for path in (journal, journal.with_name(f"{journal.name}.encrypting")):
        with suppress(StoreError):
            found.append(salt_of(path))
    return [salt for salt in dict.fromkeys(found) if len(salt) == SALT_BYTES]


def _is_key_unknown(chosen: Settings, places: Places) -> bool:
    """A journal was there, and none of the places where its key may be is known: a key of it may be left."""
    from voicejournal.edges import key_store, passphrase, remains
    from voicejournal.edges.journal_file import PLAIN
    from voicejournal.edges.places import passphrase_path, settings_path
    from voicejournal.edges.sealed_key import published_salt

    may_be_elsewhere = key_store.is_here() or bool(remains.account_keys(settings_path().parent))
    if chosen.key_file is not None or not may_be_elsewhere:
        return False
    return any(
        remains.journal_and_leftovers(journal)
        and not passphrase.is_set(passphrase_path(journal))
        and published_salt(journal) is None
        and PLAIN not in _salts_of(journal)  # which never had one
        and not _has_key(journal)
        for journal in places.journals
    )


def _has_key(journal: Path) -> bool:
    """Whether a key lies here that what the journal is known by leads to; a closed key store says nothing."""
    from voicejournal.edges import key_store
    from voicejournal.edges.places import account_key_path

    salts = _salts_of(journal)
    with suppress(StoreError):
        return any(account_key_path(salt).is_file() or key_store.get(salt) is not None for salt in salts)
    return False


def _keys(places: Places) -> list[Path]:
    from voicejournal.edges import remains
    from voicejournal.edges.places import account_key_path

    of_account = [path for salt in _salts(places) for path in remains.keys_of(account_key_path(salt))]
    return [*of_account, *(path for journal in places.journals for path in remains.boxes_of(journal))]


def _rest(places: Places) -> list[Path]:
    from voicejournal.edges import remains

    journals = [path for journal in places.journals for path in remains.journal_and_leftovers(journal)]
    notes = [path for file in places.notes for path in remains.notes_of(file)]
    sound = places.demo / "answer.wav"
    return [*journals, *([sound] if sound.exists() else []), *notes]


def _kept_in_store(places: Places) -> bool:
    from voicejournal.edges import key_store

    with suppress(StoreError):
        return any(key_store.get(salt) is not None for salt in _salts(places))
    return False


def _nobody_listening(places: Places) -> ExitStack:
    """Raises: StoreError `second_copy`. A lock that can't be made keeps nothing from being erased."""
    from voicejournal.edges.lock import hearing_lock

    with ExitStack() as stack:
        for journal in places.journals:
            if not journal.parent.is_dir():
                continue
            try:
                stack.enter_context(hearing_lock(journal))
            except StoreError as error:
                if error.name == "second_copy":
                    raise
        return stack.pop_all()


def _what_stays(chosen: Settings, places: Places) -> Iterator[str]:
    from voicejournal.edges import remains
    from voicejournal.edges.places import scripts_folder, settings_path

    words = language_of(chosen.language).printed
    own: Sequence[Path] = (settings_path(), scripts_folder(), *([Path(chosen.key_file)] if chosen.key_file else ()))
    yield from (words["erase_stays"].format(path=path) for path in own if path.exists())
    for path in remains.account_keys(settings_path().parent):
        yield words["erase_key_stays"].format(path=path)
    for journal in places.journals:
        yield from (words["erase_copy_stays"].format(path=path) for path in remains.others_of(journal))
