"""How strong it is, as people and recognisers say it."""

import pytest

from voicejournal.dialogue.meaning import named
from voicejournal.journal.strength import STRENGTHS
from voicejournal.languages import language_of

HEARD = {
    "7": ["seven", "about a seven", "Seven.", "7", "7 out of 10"],
    "0": ["none", "Zero.", "nothing at all", "0"],
    "10": ["ten", "10", "I think it's a ten"],
    "8": ["it's an eight", "ate"],
    "2": ["too", "just two"],
    "4": ["I'd say a four", "for", "still a four"],
    "5": ["five five", "um five"],
    "1": ["1", "one"],
    None: ["11", "twelve", "seven of my friends came", "it is more like a stone", ""],
}
HEARD_KO = {
    "7": ["칠", "칠이요", "한 일곱 정도요"],
    "10": ["십", "열"],
    "0": ["영", "없음"],
    "3": ["3", "삼 정도예요"],
    None: ["오늘은 좋았어요", ""],
}
CASES = [
    (code, heard, number)
    for code, numbers in (("en", HEARD), ("ko", HEARD_KO))
    for number, wordings in numbers.items()
    for heard in wordings
]


@pytest.mark.parametrize(("code", "heard", "expected"), CASES)
def test_numbers_are_understood_as_whole_answers(code: str, heard: str, expected: str | None) -> None:
    assert named(language_of(code), STRENGTHS, heard) == expected
