"""What can go wrong, by name.

In: nothing. Out: `JournalError` and its few children, `Detail`. Pure.
An error names its two sentences in `prompts/<language>/errors.toml`: `spoken` says calmly what happened,
`fix` is the exact next step. Edges raise them, `loop` speaks them, `cli` prints them; nobody else handles them.
"""

from enum import StrEnum


class Detail(StrEnum):
    """A detail that is still a name: its words are in the `details` table of `prompts/<language>/phrases.toml`."""

    NO_SOUND = "no_sound"
    SILENT = "silent"
    ODD_RATE = "odd_rate"
    MANY_CHANNELS = "many_channels"
    CLOSED = "closed"
    A_PATH = "a_path"
    A_NUMBER = "a_number"
    A_TEXT = "a_text"
    BETWEEN = "between"
    LINE = "line"


class JournalError(Exception):
    """Something a person can be told about, with what to do next."""

    def __init__(self, name: str, /, **details: str) -> None:
        """`name` is a table of errors.toml; `details` fill the braces of its sentences."""
        super().__init__(f"{name} {details}" if details else name)
        self.name = name
        self.details = details


class MicrophoneError(JournalError):
    """The microphone is missing, busy, silent or was unplugged."""


class SpeakerError(JournalError):
    """The speaker is missing or was unplugged."""


class VoiceError(JournalError):
    """The voice can't be started or can't say something."""


class ModelError(JournalError):
    """A model is missing, changed, broken or can't be fetched."""


class StoreError(JournalError):
    """The journal can't be read or written: full disk, locked, read-only or damaged."""


class ScriptError(JournalError):
    """A grounding script can't be read; the message names the line."""


class SettingsError(JournalError):
    """The settings file or a flag has a value that means nothing here."""


class NotFound(JournalError):
    """There is no entry, script or language of that name."""
