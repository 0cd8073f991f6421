"""What is said and understood in a language, and what is a date in it.

In: a language's code, settings. Out: `Language`, the `Dates` port. Touches: nothing itself; it opens edges.
"""

from voicejournal.dialogue.activities import NAMES
from voicejournal.dialogue.language import Language, read_language
from voicejournal.ports.person import Dates
from voicejournal.settings import Settings


def language_of(code: str) -> Language:
    """Everything said and understood in that language. Raises: NotFound, SettingsError."""
    from voicejournal.edges.prompt_files import language_files

    return read_language(language_files(code), NAMES)


def dates_of(chosen: Settings, language: Language) -> Dates:
    """Who knows what "last week" is, in this language and where this person lives."""
    from voicejournal.edges.customs import customs_of
    from voicejournal.edges.dates import SpokenDates

    return SpokenDates(language.dates, lambda: customs_of(chosen.locale))
