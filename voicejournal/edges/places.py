"""Where things lie on this machine.

In: the environment. Out: paths. Touches: platformdirs, the environment; makes no folder.
"""

import os
from pathlib import Path

from voicejournal.errors import SettingsError

APP = "voicejournal"


def journal_path(chosen: str | None = None) -> Path:
    """Where the journal is, or will be: as was chosen, else in the platform's user data folder."""
    return Path(chosen) if chosen else _data() / "journal.sqlite3"


def models_directory() -> Path:
    """Where installed models lie: VOICEJOURNAL_MODELS, else the user data folder."""
    chosen = os.environ.get("VOICEJOURNAL_MODELS")
    return Path(chosen) if chosen else _data() / "models"


def demo_directory() -> Path:
    """Where the bundled recording leaves its entry and its answer: never in the person's own journal."""
    return _data() / "demo"


def settings_text() -> str:
    """The text of settings.toml; none is the same as an empty one. Raises: SettingsError."""
    path = settings_path()
    try:
        return path.read_text(encoding="utf-8") if path.is_file() else ""
    except (OSError, UnicodeDecodeError) as exc:
        raise SettingsError("settings_broken", path=str(path), reason=str(exc)) from exc


def settings_path() -> Path:
    from platformdirs import user_config_path

    return user_config_path(APP, appauthor=False) / "settings.toml"


def scripts_folder() -> Path:
    """Where a person keeps grounding scripts of their own, beside settings.toml."""
    return settings_path().parent / "grounding"


def account_key_path(salt: bytes) -> Path:
    """The key of the journal of this salt, where nothing better keeps it: whoever uses this account has it."""
    return settings_path().with_name(f"journal-{salt.hex()[:8]}.key")


def passphrase_path(journal: Path) -> Path:
    """Where the journal's key lies, locked up under the person's passphrase."""
    return journal.with_name(f"{journal.name}.passphrase")


def care_path() -> Path:
    """Whom to call: beside the settings, apart from the journal."""
    return settings_path().with_name("care.toml")


def _data() -> Path:
    from platformdirs import user_data_path

    return user_data_path(APP, appauthor=False)
