"""How days are counted where this person lives.

In: the locale of this machine's user, or a chosen one. Out: `Customs`. Touches: Babel, the environment, reading.
With no locale it is as in most of the world: weeks begin on Monday, and the day comes before the month.
"""

import re
from dataclasses import dataclass

WORLD = "en_001"
"""What CLDR calls English in no particular country; ISO 8601 begins the week on Monday too."""

NO_COUNTRY = ("en_US_POSIX", None)
"""What Babel makes of LANG=C, which is how a machine says that nobody chose."""


@dataclass(frozen=True)
class Customs:
    """How days are counted where the person lives."""

    first_weekday: int
    """0 is Monday."""
    date_order: str
    """Of day, month and year in figures: "DMY"."""


def customs_of(locale: str | None = None) -> Customs:
    """`locale`: such as "en_GB"; None is the one that this machine's user has for dates and times."""
    from babel import Locale, UnknownLocaleError, default_locale

    name = locale or default_locale("LC_TIME")
    try:
        known = Locale.parse(WORLD if name in NO_COUNTRY else name)
    except (UnknownLocaleError, ValueError):
        known = Locale.parse(WORLD)
    parts = re.findall("[dMy]", known.date_formats["short"].pattern)
    return Customs(known.first_week_day, "".join(dict.fromkeys(parts)).upper())
