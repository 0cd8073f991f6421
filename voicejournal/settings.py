"""What a person, or a command line, has chosen.

In: the text of settings.toml, flags and environment. Out: one frozen `Settings`. Pure.
A flag wins over the environment, the environment over the file, the file over what suits most people.
"""

import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, Literal, get_args

from voicejournal.errors import SettingsError
from voicejournal.hearing.patience import LADDER, USUAL, Patience
from voicejournal.speaking.steps import FASTEST, SLOWEST, Quiet

RecognizerChoice = Literal["auto", "vosk", "whisper"]
VoiceChoice = Literal["auto", "natural", "system"]


@dataclass(frozen=True)
class Settings:
    """Every choice; paths are kept as they were given."""

    journal: str | None = None
    """Path of the journal; None means the platform's user data folder."""
    language: str = "en"
    recognizer: RecognizerChoice = "auto"
    voice: VoiceChoice = "auto"
    """auto: the natural voice of the language where one is installed, else the system's."""
    model: str | None = None
    """Path of a model folder to use instead of the installed ones."""
    microphone: str | None = None
    """Device name or number, or path of a sound file; None means the system's own choice."""
    speaker: str | None = None
    """Device name or number, or path of a WAV to write."""
    fast: bool = False
    room: str | None = None
    """Path of an impulse response: the program hears itself through it."""
    room_level: float = -20.0
    """dB of the echo against what is played (design §3)."""
    trace: str | None = None
    trace_words: bool = False
    plain: bool = False
    patience: Patience | None = None
    """Seconds of silence until the soft cue; None means what the person chose by voice, else 10."""
    offers: bool | None = None
    """False: after an entry nothing is ever offered; else it is what the person chose by voice, else true."""
    before_after: bool | None = None
    """Ask how strong it is, before and after a script; None means what the person chose by voice, else false."""
    rate: float | None = None
    """0.8 to 1.3 times the usual pace of the voice; None means what the person chose by voice, else 1."""
    quiet: Quiet | None = None
    """As softly as a whisper, or text only; None means what the person chose by voice, else off."""


ENVIRONMENT = {"VOICEJOURNAL_JOURNAL": "journal", "VOICEJOURNAL_MODEL": "model"}

CHOICES: Mapping[str, tuple[str, ...]] = {
    "patience": LADDER,
    "recognizer": get_args(RecognizerChoice),
    "quiet": get_args(Quiet),
    "voice": get_args(VoiceChoice),
}

SWITCHES = ("fast", "trace_words", "plain", "offers", "before_after")
NUMBERS = ("room_level", "rate")
NUMBERED = ("microphone", "speaker", "patience")
"""Words, of which some are numbers: in a file these may stand without quotes."""


def settings(file: str, environment: Mapping[str, str], flags: Mapping[str, Any]) -> Settings:
    """The choices of the file's text, the environment and the flags. Raises: SettingsError."""
    try:
        chosen = tomllib.loads(file)
    except tomllib.TOMLDecodeError as exc:
        raise SettingsError("settings_broken", reason=str(exc)) from exc
    chosen |= {name: environment[key] for key, name in ENVIRONMENT.items() if environment.get(key)}
    chosen |= {name: value for name, value in flags.items() if value is not None}
    known = {field.name for field in fields(Settings)}
    unknown = sorted(set(chosen) - known)
    if unknown:
        raise SettingsError("settings_unknown", name=unknown[0], known=", ".join(sorted(known)))
    return _checked(replace(Settings(), **{name: _typed(name, value) for name, value in chosen.items()}))


def _typed(name: str, value: object) -> Any:
    """The value as its setting holds it: true or false, a number or a text. Raises: SettingsError for another."""
    match value:
        case bool() if name in SWITCHES:
            return value
        case int() | float() if name in NUMBERS and not isinstance(value, bool) and math.isfinite(value):
            return float(value)
        case int() if name in NUMBERED and not isinstance(value, bool):
            return str(value)
        case str() if name not in SWITCHES and name not in NUMBERS:
            return value
    allowed = "true, false" if name in SWITCHES else "a number" if name in NUMBERS else "a text in quotes"
    raise SettingsError("setting_wrong", name=name, allowed=allowed)


def _checked(chosen: Settings) -> Settings:
    """Only what there is to choose from. Raises: SettingsError."""
    for name, allowed in CHOICES.items():
        value = getattr(chosen, name)
        if value is not None and value not in allowed:
            raise SettingsError("setting_wrong", name=name, allowed=", ".join(allowed))
    if chosen.rate is not None and not SLOWEST <= chosen.rate <= FASTEST:
        raise SettingsError("setting_wrong", name="rate", allowed=f"{SLOWEST} to {FASTEST}")
    return chosen


def patience_of(chosen: Settings, preferred: str | None) -> Patience:
    """The patience to begin with; `preferred` is what the person chose by voice."""
    wanted = chosen.patience or preferred
    return next((step for step in LADDER if step == wanted), USUAL)


def quiet_of(chosen: Settings, preferred: str | None) -> Quiet:
    """How softly to begin."""
    wanted = chosen.quiet or preferred
    return next((quiet for quiet in get_args(Quiet) if quiet == wanted), "off")
