"""Natural answers to each question are understood as answers, and what may be the person's own begins an entry."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from voicejournal.dialogue import doubting, feeling, guarding, keeping, offering, reading, reviewing, searching
from voicejournal.dialogue.activity import Activity, Asking, SettingUp
from voicejournal.dialogue.commands import understood
from voicejournal.dialogue.state import State
from voicejournal.hearing.stretches import Stretch
from voicejournal.hearing.transcripts import Transcript
from voicejournal.journal.entries import Entry
from voicejournal.languages import language_of
from voicejournal.shelf import shelf_of

BRIEF = Stretch(100, 150, 50, 50)

PRIVATE = Asking(reading.PRIVATE)
DELETE = Asking(reviewing.DELETE)
SURELY = Asking(reviewing.DELETE_SURELY)
CHOOSE = Asking(searching.CHOOSE)
TAG = Asking(keeping.TAG)
HARD = Asking(offering.HARD)
CIRCLING = Asking(offering.CIRCLING)
PASSPHRASE = Asking(guarding.PASSPHRASE)

ENGLISH: list[tuple[Activity, str, str | None]] = [
    (PRIVATE, "Yes, it is private.", "yes"),
    (PRIVATE, "Yes, I'm alone.", "yes"),
    (PRIVATE, "Yes, go ahead.", "yes"),
    (PRIVATE, "No, I'm not alone.", "others_here"),
    (PRIVATE, "No, someone is here.", "others_here"),
    (PRIVATE, "I'm alone with my thoughts.", None),
    (DELETE, "Yes, I am sure.", "yes"),
    (DELETE, "I don't want to delete it.", "no"),
    (DELETE, "Delete it.", "delete_that"),
    (DELETE, "It is private.", None),
    (SURELY, "Yes, once more.", "yes"),
    (SURELY, "Please delete that.", "delete_that"),
    (SURELY, "Yes, please delete it.", "yes"),
    (SURELY, "Yes, delete it.", "yes"),
    (SURELY, "No, keep it.", "no"),
    (SURELY, "Never mind.", "no"),
    (CHOOSE, "The second one.", "2"),
    (CHOOSE, "Number two.", "2"),
    (CHOOSE, "Read one.", "1"),
    (CHOOSE, "The newest.", "1"),
    (CHOOSE, "None of them.", "no"),
    (CHOOSE, "The second one was my brother's.", None),
    (TAG, "I don't know.", "no"),
    (TAG, "I'm not sure.", "no"),
    (TAG, "None.", "none_of_these"),
    (TAG, "Neither.", "none_of_these"),
    (TAG, "Doesn't matter.", "no"),
    (TAG, "Leave it.", "no"),
    (TAG, "Someone is here.", None),
    (TAG, "Neither of them really, it was just a day.", None),
    (TAG, "No, I was going to say that my mother", None),
    (HARD, "I'm fine, thank you.", "no"),
    (HARD, "The second one.", "person"),
    (HARD, "I don't want to.", None),
    (HARD, "I really don't know.", None),
    (HARD, "It doesn't matter.", None),
    (HARD, "Never mind.", None),
    (HARD, "Cancel, please.", "no"),
    (CIRCLING, "Ground me.", "yes"),
    (CIRCLING, "Let's pause.", "yes"),
    (CIRCLING, "Maybe later.", "no"),
    (CIRCLING, "I'm alone.", None),
    (PASSPHRASE, "I would like one.", "yes"),
    (PASSPHRASE, "I don't know.", "no"),
    (PASSPHRASE, "Ground me.", None),
    (PASSPHRASE, "Let's pause.", None),
    (Asking(doubting.MORE), "Yes, ground me.", None),
    (Asking(doubting.MORE), "Someone is coming.", "others_here"),
    (Asking(feeling.BEFORE), "I'd rather not say.", "no"),
    (Asking(feeling.FORGET), "Forget it.", "yes"),
    (SettingUp("contact", "name"), "I don't know.", "no"),
]

KOREAN: list[tuple[Activity, str, str | None]] = [
    (PRIVATE, "네, 혼자예요.", "yes"),
    (PRIVATE, "아니요, 옆에 사람이 있어요.", "others_here"),
    (DELETE, "지우고 싶지 않아요.", "no"),
    (SURELY, "네, 정말 지워 주세요.", "yes"),
    (DELETE, "지워 주세요.", "delete_that"),
    (SURELY, "삭제해 주세요.", "delete_that"),
    (CHOOSE, "두 번째 거요.", "2"),
    (TAG, "모르겠어요.", "no"),
    (TAG, "혼자예요.", None),
    (HARD, "모르겠어요.", None),
    (HARD, "아무래도 좋아요.", None),
    (HARD, "아니요, 됐어요.", "no"),
    (CIRCLING, "네, 그럴게요.", "yes"),
    (CIRCLING, "네, 진정시켜 주세요.", "yes"),
    (PASSPHRASE, "네, 쉬어요.", None),
    (PASSPHRASE, "진정시켜 주세요.", None),
    (Asking(doubting.RIGHT), "모르겠어요.", "next"),
]


def at(code: str, activity: Activity) -> State:
    return State(language_of(code), shelf_of(code).scripts, date(2026, 3, 1), activity=activity)


@pytest.mark.parametrize(
    ("code", "activity", "said", "name"),
    [*(("en", *case) for case in ENGLISH), *(("ko", *case) for case in KOREAN)],
)
def test_a_natural_answer_is_one_and_only_to_its_question(
    code: str, activity: Activity, said: str, name: str | None
) -> None:
    assert understood(at(code, activity), BRIEF, Transcript(said)) == name


@pytest.mark.parametrize(
    "heard", ["This was a dream.", "That's a dream.", "No, it was a dream.", "Change it to dream."]
)
def test_a_kind_that_is_asked_for_may_be_the_one_it_has(heard: str) -> None:
    """Just after that was told, and nothing is asked, "this was a dream" is how an entry begins."""
    now = datetime(2026, 3, 1, tzinfo=UTC)
    dream = Entry("260301-001", now, now, "dream", "spoken", None, "dream a bus", 2.0, "en", "scripted", "written")
    told = State(language_of("en"), {}, date(2026, 3, 1), last=dream, kind_told_tick=90)
    asked = replace(told, activity=Asking(keeping.CHANGE, dream))
    assert understood(asked, BRIEF, Transcript(heard)) == "dream"
    assert understood(told, BRIEF, Transcript(heard)) == ("change to dream" if "Change" in heard else None)
