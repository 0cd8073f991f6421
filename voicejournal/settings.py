"""What a person, or a command line, has chosen.

In: the text of settings.toml, flags and environment. Out: one frozen `Settings`. Pure.
A flag wins over the environment, the environment over the file, the file over what suits most people.
A mistake in the file costs no more than the line it is in, for whoever asks forgivingly.
"""

import re
import sys
import tomllib
from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass, fields, replace
from typing import Any, Literal, get_args

from voicejournal.errors import Detail, SettingsError
from voicejournal.hearing.patience import LADDER, Patience
from voicejournal.speaking.steps import FASTEST, SLOWEST, Quiet

RecognizerChoice = Literal["auto", "vosk", "whisper"]
LockAfter = Literal["1", "2", "5", "10", "20", "off"]
VoiceChoice = Literal["auto", "natural", "system"]


@dataclass(frozen=True)
class Settings:
    """Every choice; paths are kept as they were given."""

    journal: str | None = None
    """Path of the journal; None means the platform's user data folder."""
    key_file: str | None = None
    """Path of a file whose bytes are the journal's key; None means the key store, the passphrase or this account's
    own key file, as the journal was made."""
    language: str = "en"
    locale: str | None = None
    """Whose calendar counts, such as "en_US": where weeks begin, and whether the day or the month comes first; None
    means as this machine's user has it."""
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
    tidy: bool | None = None
    """Show entries with capitals, marks that were said and figures; None means as chosen by voice, else false."""
    keep_voice: bool | None = None
    """Keep the sound of an entry for seven days after its words are accepted; None means as chosen by voice, else
    false. Whichever of the two says no, it is no."""
    rate: float | None = None
    """0.8 to 1.3 times the usual pace of the voice; None means what the person chose by voice, else 1."""
    lock_after: LockAfter = "2"
    """Minutes with nobody there after which a journal with a passphrase is locked again."""
    quiet: Quiet | None = None
    """As softly as a whisper, or text only; None means what the person chose by voice, else off."""


ENVIRONMENT = {
    "VOICEJOURNAL_JOURNAL": "journal",
    "VOICEJOURNAL_KEY_FILE": "key_file",
    "VOICEJOURNAL_MODEL": "model",
}

CHOICES: Mapping[str, tuple[str, ...]] = {
    "patience": LADDER,
    "recognizer": get_args(RecognizerChoice),
    "quiet": get_args(Quiet),
    "voice": get_args(VoiceChoice),
    "lock_after": get_args(LockAfter),
}

SWITCHES = ("fast", "trace_words", "plain", "offers", "before_after", "tidy", "keep_voice")
NUMBERS = ("room_level", "rate")
GUARDED: Mapping[str, Any] = {"quiet": "whisper", "offers": False}
"""Who wrote these wanted less of our voice, whatever they meant: others may be in the room."""

LARGEST = sys.float_info.max
"""A whole number in a file may be larger than any with a point can be."""

NOT_TOML = (ValueError, RecursionError)
"""What `tomllib` raises: its own error is a ValueError, so is a number of 4301 figures, and a thousand brackets one
inside the other are too deep for it."""

PATHS = ("journal", "key_file")
"""Of these an empty one is what is left of a name that the shell did not know, and means no other place."""

NUMBERED = ("microphone", "speaker", "patience", "lock_after")
"""Words, of which some are numbers: in a file these may stand without quotes."""


def forgiving(
    file: str,
    environment: Mapping[str, str],
    flags: Mapping[str, Any],
    place: str = "settings.toml",
    languages: Collection[str] = (),
) -> tuple[Settings, tuple[SettingsError, ...]]:
    """The choices of the file's text, the environment and the flags; and what in the file means nothing.

    `place` is the path of the file, for whoever mends it; `languages`, where given, are those there are.
    Raises: SettingsError for a flag.
    """
    given = {name: environment[key] for key, name in ENVIRONMENT.items() if environment.get(key)}
    flagged = {name: value for name, value in flags.items() if value is not None}
    written, mistakes = _read(file, place)
    chosen: dict[str, Any] = {}
    for name, value in written.items():
        if name in (*given, *flagged):
            continue
        try:
            chosen[name] = _allowed(name, value, _where(place, file, name), languages)
        except SettingsError as error:
            mistakes.append(error)
            chosen |= {name: GUARDED[name]} if name in GUARDED else {}
    chosen |= given
    for name, value in flagged.items():
        chosen[name] = _allowed(name, value, {"where": f"--{name.replace('_', '-')}"})
    return replace(Settings(), **chosen), tuple(mistakes)


def _read(file: str, place: str) -> tuple[dict[str, Any], list[SettingsError]]:
    """Every line that can be read by itself, where the file as a whole can't."""
    try:
        return tomllib.loads(file), []
    except NOT_TOML as exc:
        broken = SettingsError("settings_broken", path=place, reason=str(exc))
    written: dict[str, Any] = {}
    for line in file.splitlines():
        with suppress(*NOT_TOML):
            written |= tomllib.loads(line)
    return written, [broken]


def _where(place: str, file: str, name: str) -> Mapping[str, str]:
    """The path, and the line that begins with the name."""
    begins = re.compile(rf"\s*[\[\"']*{re.escape(name)}\b")
    numbers = (number for number, line in enumerate(file.splitlines(), start=1) if begins.match(line))
    number = next(numbers, None)
    return {"where": place} if number is None else {"where": Detail.LINE, "path": place, "line": str(number)}


def _allowed(name: str, value: object, where: Mapping[str, str], languages: Collection[str] = ()) -> Any:
    """The value as its setting holds it. Raises: SettingsError for one that there is no choice of."""
    known = sorted(field.name for field in fields(Settings))
    if name not in known:
        raise SettingsError("settings_unknown", name=name, **where, known=", ".join(known))
    typed = _typed(name, value, where)
    choices = languages if name == "language" else CHOICES.get(name)
    if choices and typed not in choices:
        raise SettingsError("setting_wrong", name=name, **where, allowed=", ".join(choices))
    if name == "rate" and not SLOWEST <= typed <= FASTEST:
        ends = {"least": str(SLOWEST), "most": str(FASTEST)}
        raise SettingsError("setting_wrong", name=name, **where, allowed=Detail.BETWEEN, **ends)
    return typed


def _typed(name: str, value: object, where: Mapping[str, str]) -> Any:
    """True or false, a number or a text. Raises: SettingsError for another."""
    match value:
        case bool() if name in SWITCHES:
            return value
        case int() | float() if name in NUMBERS and not isinstance(value, bool) and abs(value) <= LARGEST:
            return float(value)
        case int() if name in NUMBERED and not isinstance(value, bool):
            return str(value)
        case "" if name in PATHS:
            raise SettingsError("setting_wrong", name=name, **where, allowed=Detail.A_PATH)
        case str() if name not in SWITCHES and name not in NUMBERS and "\0" not in value:
            return value
    allowed = "true, false" if name in SWITCHES else Detail.A_NUMBER if name in NUMBERS else Detail.A_TEXT
    raise SettingsError("setting_wrong", name=name, **where, allowed=allowed)
