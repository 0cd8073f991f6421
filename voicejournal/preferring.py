"""Which holds, where something can be chosen both in the settings and by voice.

In: settings, and what the person chose by voice, None where that is nothing. Out: what to begin with. Pure.
A flag or a setting comes before what was chosen by voice; offers, and the keeping of a voice, are off if either of
the two says so.
"""

from dataclasses import replace
from typing import get_args

from voicejournal.hearing.patience import LADDER, USUAL, Patience
from voicejournal.settings import Settings
from voicejournal.speaking import steps
from voicejournal.speaking.steps import Pace, Quiet


def patience_of(chosen: Settings, preferred: str | None) -> Patience:
    """The patience to begin with; `preferred` is what the person chose by voice."""
    wanted = chosen.patience or preferred
    return next((step for step in LADDER if step == wanted), USUAL)


def tidy_of(chosen: Settings, preferred: str | None) -> bool:
    """Whether entries are shown tidied; their words are kept as they were said either way."""
    return preferred == "on" if chosen.tidy is None else chosen.tidy


def keeps_voice_of(chosen: Settings, preferred: str | None) -> bool:
    """Whether the person's voice stays for some days: off where either says so, for it is theirs."""
    return chosen.keep_voice is not False and preferred != "off" and (chosen.keep_voice or preferred == "on")


def quiet_of(chosen: Settings, preferred: str | None) -> Quiet:
    """How softly to begin."""
    wanted = chosen.quiet or preferred
    return next((quiet for quiet in get_args(Quiet) if quiet == wanted), "off")


def offers_of(chosen: Settings, preferred: str | None) -> bool:
    """Whether anything is ever offered after an entry."""
    return chosen.offers is not False and preferred != "off"


def asks_strength_of(chosen: Settings, preferred: str | None) -> bool:
    """Whether it is asked how strong it is, before and after a script."""
    return preferred == "on" if chosen.before_after is None else chosen.before_after


def pace_of(chosen: Settings, rate: str | None, rest: str | None) -> Pace:
    """The person's own pace; how long rests are is chosen by voice only."""
    preferred = steps.pace_of(rate, rest)
    return replace(preferred, rate=chosen.rate or preferred.rate)
