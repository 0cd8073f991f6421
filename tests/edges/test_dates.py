"""The days that are meant by what people say, in English and in Korean; now is told, and never asked for."""

import subprocess
import sys
from dataclasses import replace
from datetime import date

import pytest

from voicejournal.edges.customs import Customs
from voicejournal.edges.dates import SpokenDates
from voicejournal.journal.queries import Span
from voicejournal.journal.time_words import is_time, span
from voicejournal.languages import language_of

THURSDAY = date(2026, 11, 26)
EUROPE, AMERICA = Customs(0, "DMY"), Customs(6, "MDY")


def meant(words: str, code: str = "en", today: date = THURSDAY, customs: Customs = EUROPE) -> Span | None:
    """By all that the program does with words that are heard."""
    time = language_of(code).searches.time
    assert is_time(time, words), words
    dates = SpokenDates(code, lambda: customs)
    return span(time, words, lambda text: dates.days(text, today), today)


def night(first: str, last: str) -> Span:
    return replace(days(first, last), is_night=True)


def days(first: str | None, last: str | None) -> Span:
    return Span(date.fromisoformat(first) if first else None, date.fromisoformat(last) if last else None)


ENGLISH = {
    "today": days("2026-11-26", "2026-11-26"),
    "yesterday": days("2026-11-25", "2026-11-25"),
    "last night": night("2026-11-25", "2026-11-26"),
    "from last night": night("2026-11-25", "2026-11-26"),
    "in the last night": night("2026-11-25", "2026-11-26"),
    "during the night": night("2026-11-25", "2026-11-26"),
    "yesterday night": night("2026-11-25", "2026-11-26"),
    "on tuesday night": night("2026-11-24", "2026-11-25"),
    "last tuesday night": night("2026-11-24", "2026-11-25"),
    "on thursday night": night("2026-11-19", "2026-11-20"),
    "the night before last": night("2026-11-24", "2026-11-25"),
    "two nights ago": night("2026-11-24", "2026-11-25"),
    "a couple of nights ago": night("2026-11-24", "2026-11-25"),
    "on the night of the third of march": night("2026-03-03", "2026-03-04"),
    "tuesday night last week": night("2026-11-17", "2026-11-18"),
    "on thursday night of last week": night("2026-11-19", "2026-11-20"),
    "last week on sunday night": night("2026-11-22", "2026-11-23"),
    "the night of tuesday last week": night("2026-11-17", "2026-11-18"),
    "from the night to monday": night("2026-11-22", "2026-11-23"),
    "from the night to wednesday": night("2026-11-24", "2026-11-25"),
    "from the night from sunday to monday": night("2026-11-22", "2026-11-23"),
    "the night before christmas": night("2025-12-24", "2025-12-25"),
    "since last night": days("2026-11-25", None),
    "over the last three nights": days("2026-11-23", None),
    "tonight": days("2026-11-26", "2026-11-26"),
    "this night": days("2026-11-26", "2026-11-26"),
    "this morning": days("2026-11-26", "2026-11-26"),
    "yesterday evening": days("2026-11-25", "2026-11-25"),
    "on tuesday morning": days("2026-11-24", "2026-11-24"),
    "the day before yesterday": days("2026-11-24", "2026-11-24"),
    "last week": days("2026-11-16", "2026-11-22"),
    "this week": days("2026-11-23", None),
    "last month": days("2026-10-01", "2026-10-31"),
    "this month": days("2026-11-01", None),
    "last year": days("2025-01-01", "2025-12-31"),
    "two weeks ago": days("2026-11-09", "2026-11-15"),
    "a week ago": days("2026-11-16", "2026-11-22"),
    "three days ago": days("2026-11-23", "2026-11-23"),
    "a month ago": days("2026-10-01", "2026-10-31"),
    "a couple of weeks ago": days("2026-11-09", "2026-11-15"),
    "on tuesday": days("2026-11-24", "2026-11-24"),
    "last tuesday": days("2026-11-24", "2026-11-24"),
    "on thursday": days("2026-11-19", "2026-11-19"),
    "in march": days("2026-03-01", "2026-03-31"),
    "last march": days("2026-03-01", "2026-03-31"),
    "in december": days("2025-12-01", "2025-12-31"),
    "in march 2025": days("2025-03-01", "2025-03-31"),
    "in 2025": days("2025-01-01", "2025-12-31"),
    "on the third of march": days("2026-03-03", "2026-03-03"),
    "on march 3rd": days("2026-03-03", "2026-03-03"),
    "on the twenty first of may": days("2026-05-21", "2026-05-21"),
    "on the 16th": days("2026-11-16", "2026-11-16"),
    "since christmas": days("2025-12-25", None),
    "since last week": days("2026-11-16", None),
    "since monday": days("2026-11-23", None),
    "since march": days("2026-03-01", None),
    "in the last two weeks": days("2026-11-09", None),
    "in the past month": days("2026-10-01", None),
    "over the last three days": days("2026-11-23", None),
    "from the last three days": days("2026-11-23", None),
    "the last three days": days("2026-11-23", None),
    "from the past week": days("2026-11-16", None),
    "within the past week": days("2026-11-16", None),
    "tuesday last week": days("2026-11-17", "2026-11-17"),
    "on thursday of last week": days("2026-11-19", "2026-11-19"),
    "last week on sunday": days("2026-11-22", "2026-11-22"),
    "the week before last": days("2026-11-09", "2026-11-15"),
    "before christmas": days(None, "2025-12-24"),
    "until yesterday": days(None, "2026-11-25"),
    "until last week": days(None, "2026-11-22"),
    "until last night": days(None, "2026-11-25"),
    "until today": days(None, None),
    "from monday until yesterday": days("2026-11-23", "2026-11-25"),
    "from monday to wednesday": days("2026-11-23", "2026-11-25"),
    "between march and may": days("2026-03-01", "2026-05-31"),
    "last weekend": days("2026-11-21", "2026-11-22"),
    "since 2026-11-01": days("2026-11-01", None),
    "on 3/4/2026": days("2026-04-03", "2026-04-03"),
}


@pytest.mark.parametrize("words", ENGLISH)
def test_what_english_words_mean(words: str) -> None:
    assert meant(words) == ENGLISH[words]


def test_two_days_that_would_end_before_they_begin_are_none() -> None:
    assert meant("from wednesday to monday") is None


KOREAN = {
    "오늘": days("2026-11-26", "2026-11-26"),
    "어제": days("2026-11-25", "2026-11-25"),
    "어젯밤": night("2026-11-25", "2026-11-26"),
    "어젯밤에": night("2026-11-25", "2026-11-26"),
    "간밤에": night("2026-11-25", "2026-11-26"),
    "지난밤": night("2026-11-25", "2026-11-26"),
    "그저께 밤": night("2026-11-24", "2026-11-25"),
    "이틀 전 밤": night("2026-11-24", "2026-11-25"),
    "화요일 밤에": night("2026-11-24", "2026-11-25"),
    "지난주 화요일 밤": night("2026-11-17", "2026-11-18"),
    "지난주 화요일 밤에": night("2026-11-17", "2026-11-18"),
    "지난 주 일요일 밤": night("2026-11-22", "2026-11-23"),
    "월요일 전날 밤": night("2026-11-22", "2026-11-23"),
    "오늘 밤": days("2026-11-26", "2026-11-26"),
    "오늘 아침": days("2026-11-26", "2026-11-26"),
    "어제 저녁에": days("2026-11-25", "2026-11-25"),
    "그저께": days("2026-11-24", "2026-11-24"),
    "지난주": days("2026-11-16", "2026-11-22"),
    "지난주 화요일에": days("2026-11-17", "2026-11-17"),
    "지난 주 일요일": days("2026-11-22", "2026-11-22"),
    "지난 주에": days("2026-11-16", "2026-11-22"),
    "이번 주": days("2026-11-23", None),
    "지난달": days("2026-10-01", "2026-10-31"),
    "작년": days("2025-01-01", "2025-12-31"),
    "월요일에": days("2026-11-23", "2026-11-23"),
    "지난 월요일": days("2026-11-23", "2026-11-23"),
    "3월에": days("2026-03-01", "2026-03-31"),
    "11월 3일에": days("2026-11-03", "2026-11-03"),
    "2주 전": days("2026-11-09", "2026-11-15"),
    "이 주 전": days("2026-11-09", "2026-11-15"),
    "일주일 전에": days("2026-11-16", "2026-11-22"),
    "사흘 전": days("2026-11-23", "2026-11-23"),
    "한 달 전": days("2026-10-01", "2026-10-31"),
    "크리스마스부터": days("2025-12-25", None),
    "3월부터 5월까지": days("2026-03-01", "2026-05-31"),
    "지난 주말": days("2026-11-21", "2026-11-22"),
    "2025년에": days("2025-01-01", "2025-12-31"),
    "2025년 3월": days("2025-03-01", "2025-03-31"),
    "최근 2주": days("2026-11-09", None),
    "어제까지": days(None, "2026-11-25"),
    "어제 전까지": days(None, "2026-11-24"),
    "2주 전까지": days(None, "2026-11-15"),
    "크리스마스 이전": days(None, "2025-12-24"),
}


@pytest.mark.parametrize("words", KOREAN)
def test_what_korean_words_mean(words: str) -> None:
    assert meant(words, "ko") == KOREAN[words]


def test_a_week_and_an_order_are_those_of_the_locale() -> None:
    assert meant("last week", customs=AMERICA) == days("2026-11-15", "2026-11-21")
    assert meant("sunday last week", customs=AMERICA) == days("2026-11-15", "2026-11-15")
    assert meant("on 3/4/2026", customs=AMERICA) == days("2026-03-04", "2026-03-04")
    sunday = date(2026, 11, 22)
    assert meant("last week", today=sunday) == days("2026-11-09", "2026-11-15")
    assert meant("last week", today=sunday, customs=AMERICA) == days("2026-11-15", "2026-11-21")


@pytest.mark.parametrize("words", ["february 30", "the 31st of june", "in the week of march"])
def test_days_that_there_are_not_are_none(words: str) -> None:
    assert meant(words) is None


def test_nothing_is_loaded_before_days_are_to_be_understood() -> None:
    code = "import sys, voicejournal.assembling, voicejournal.edges.dates; print('dateparser' in sys.modules)"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "False"
