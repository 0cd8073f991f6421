"""Where weeks begin on Monday and where on Sunday, and which comes first, the day or the month."""

import pytest

from voicejournal.edges.customs import Customs, customs_of

MONDAY, SATURDAY, SUNDAY = 0, 5, 6


@pytest.mark.parametrize(
    ("locale", "customs"),
    [
        ("en_US", Customs(SUNDAY, "MDY")),
        ("en_GB", Customs(MONDAY, "DMY")),
        ("de_DE", Customs(MONDAY, "DMY")),
        ("ko_KR", Customs(SUNDAY, "YMD")),
        ("ar_EG", Customs(SATURDAY, "DMY")),
        ("en_KR", Customs(MONDAY, "DMY")),
        ("no such place", Customs(MONDAY, "DMY")),
    ],
)
def test_a_locale_has_its_customs(locale: str, customs: Customs) -> None:
    assert customs_of(locale) == customs


@pytest.mark.parametrize(
    ("chosen", "customs"),
    [
        ("en_US.UTF-8", Customs(SUNDAY, "MDY")),
        ("de_DE.UTF-8", Customs(MONDAY, "DMY")),
        ("C.UTF-8", Customs(MONDAY, "DMY")),
        ("nonsense", Customs(MONDAY, "DMY")),
        ("", Customs(MONDAY, "DMY")),
    ],
)
def test_the_machine_s_locale_for_dates_counts(
    monkeypatch: pytest.MonkeyPatch, chosen: str, customs: Customs
) -> None:
    for name in ("LANGUAGE", "LC_ALL", "LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LC_TIME", chosen)
    assert customs_of() == customs
