"""What keeps a run from beginning, or ends it in the middle, said aloud: the person may have their eyes closed.

In: settings, a speaker. Out: the error, once it was spoken. Touches: nothing itself; it opens edges.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress

from voicejournal.errors import JournalError
from voicejournal.failing import unforeseen
from voicejournal.languages import language_of
from voicejournal.ports.sound import Speaker
from voicejournal.preferring import quiet_of
from voicejournal.settings import Settings
from voicejournal.speaking.playback import spoken_frames


@contextmanager
def errors_spoken(chosen: Settings, speaker: Speaker) -> Iterator[None]:
    """What keeps a run from beginning."""
    try:
        yield
    except JournalError as error:
        with suppress(JournalError):
            _speak(error, chosen, speaker)
        raise


@contextmanager
def failures_spoken(chosen: Settings, speaker: Speaker) -> Iterator[None]:
    """What nobody foresaw ends a run in the middle; else there would only be silence, and whoever waits in it."""
    try:
        yield
    except JournalError:
        raise  # the loop has spoken it, where it could
    except Exception as failure:
        with suppress(Exception):  # it may be the voice that failed
            speaker.hush()
            _speak(unforeseen(failure), chosen, speaker)
        raise


def _speak(error: JournalError, chosen: Settings, speaker: Speaker) -> None:
    from voicejournal.edges.places import journal_path
    from voicejournal.edges.preferences import preferred
    from voicejournal.edges.voice import SpokenVoice

    language = language_of(chosen.language)
    quiet = quiet_of(chosen, preferred(journal_path(chosen.journal), "quiet"))
    for frame in spoken_frames(language.aloud(error), SpokenVoice(language.voice).render, quiet):
        speaker.play(frame)
