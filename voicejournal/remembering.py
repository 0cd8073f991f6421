"""What is remembered of this person beside their entries: what they chose by voice, and whom to call.

In: settings. Out: ports that keep it, and what is to be told about them. Touches: nothing itself; it opens edges.
"""

from collections.abc import Mapping
from contextlib import suppress

from voicejournal.absent import FleetingPreferences
from voicejournal.errors import JournalError, SettingsError
from voicejournal.ports.person import CareNotes, Preferences
from voicejournal.preferring import tidy_of
from voicejournal.settings import Settings


def preferences_of(chosen: Settings, older: Mapping[str, str]) -> tuple[Preferences, JournalError | None]:
    """What this person chose by voice, also as an older journal holds it; and what is to be told about that."""
    from voicejournal.edges.lock import MEMORY
    from voicejournal.edges.places import journal_path
    from voicejournal.edges.preferences import FilePreferences, preferences_path

    if chosen.journal == MEMORY:
        return FleetingPreferences(), None
    preferences = FilePreferences(preferences_path(journal_path(chosen.journal)))
    with suppress(SettingsError):  # they hold for this run, and the next start tries once more
        preferences.take_over(older)
    return preferences, preferences.trouble


def care_notes() -> tuple[CareNotes, JournalError | None]:
    """Whom this person may want to call; and what is to be told about that."""
    from voicejournal.edges.care_file import CareFile
    from voicejournal.edges.places import care_path

    care = CareFile(care_path())
    return care, care.trouble


def is_tidy(chosen: Settings) -> bool:
    """Whether entries are to be shown tidied, as was chosen in the settings or by voice."""
    from voicejournal.edges.places import journal_path
    from voicejournal.edges.preferences import preferred

    return tidy_of(chosen, preferred(journal_path(chosen.journal), "tidy"))
