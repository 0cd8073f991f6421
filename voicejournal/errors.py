"""What can go wrong, by name.

In: nothing. Out: `JournalError` and its few children, `Detail`. Pure.
An error names its two sentences in `prompts/<language>/errors.toml`: `spoken` says calmly what happened,
`fix` is the exact next step. `loop` speaks them and `cli` prints them; whoever can go on without what failed, or
knows better what it means here, handles some by name on the way there.
"""

from enum import StrEnum
from typing import Literal

ErrorName = Literal[
    "language_unknown",
    "language_incomplete",
    "language_broken",
    "script_missing",
    "script_not_text",
    "script_unreadable",
    "script_empty",
    "script_front_matter",
    "script_mark_unknown",
    "script_mark_not_alone",
    "script_end_missing",
    "script_end_extra",
    "script_section_empty",
    "script_ways_count",
    "script_offer_missing",
    "script_beat_alone",
    "script_repeat_count",
    "script_quiet_not_last",
    "script_rest_too_long",
    "model_missing",
    "model_none_known",
    "model_unknown",
    "model_changed",
    "model_unreachable",
    "model_download_changed",
    "disk_full_models",
    "models_unwritable",
    "model_path_missing",
    "model_path_odd",
    "settings_broken",
    "settings_unknown",
    "setting_wrong",
    "fast_needs_file",
    "conversation_unreadable",
    "trace_unwritable",
    "journal_damaged",
    "journal_locked",
    "journal_read_only",
    "disk_full",
    "journal_not_yours",
    "journal_newer",
    "not_a_journal",
    "journal_unreachable",
    "journal_unlocked",
    "key_wrong",
    "key_missing",
    "key_file_missing",
    "key_file_short",
    "key_file_unreadable",
    "key_file_unwritable",
    "key_store_closed",
    "passphrase_wanted",
    "passphrase_wrong",
    "passphrase_file_damaged",
    "passphrase_unwritable",
    "encrypting_failed",
    "erasing_failed",
    "passphrase_short",
    "passphrases_differ",
    "code_wrong",
    "key_store_missing",
    "key_file_not_named",
    "not_encrypted",
    "rekey_failed",
    "sealed_aside",
    "nothing_to_seal_to",
    "journal_absent",
    "backup_there",
    "backup_failed",
    "backup_damaged",
    "backup_unreadable",
    "backup_plain",
    "backup_changed",
    "restore_over",
    "piece_left",
    "erase_strange",
    "key_may_be_left",
    "erased_in_part",
    "entry_unknown",
    "entry_in_use",
    "second_copy",
    "date_unreadable",
    "script_not_named",
    "preview_needs_file",
    "script_has_problems",
    "file_missing",
    "script_unknown",
    "model_other_kind",
    "input_ended",
    "file_unreadable",
    "microphone_missing",
    "microphone_unknown",
    "microphone_busy",
    "microphone_lost",
    "microphone_library_missing",
    "speaker_missing",
    "speaker_unknown",
    "speaker_busy",
    "speaker_lost",
    "speaker_library_missing",
    "sound_file_missing",
    "sound_file_unreadable",
    "sound_file_folder_missing",
    "sound_file_unwritable",
    "voice_missing",
    "voice_language_missing",
    "voice_silent",
    "model_broken",
    "second_ear_broken",
    "preferences_damaged",
    "preferences_mistaken",
    "preference_not_kept",
    "care_damaged",
    "care_mistaken",
    "care_not_kept",
    "natural_missing",
    "natural_engine_missing",
    "natural_changed",
    "natural_broken",
    "internal",
]
"""Each has its words in every language; mypy knows whoever raises or compares another."""


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

    def __init__(self, name: ErrorName, /, **details: str) -> None:
        """`details` fill the braces of its sentences."""
        super().__init__(f"{name} {details}" if details else name)
        self.name: ErrorName = name
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
