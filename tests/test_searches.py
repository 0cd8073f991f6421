"""What is a search, and what is the person's own: a search that eats an entry would break trust."""

import pytest

from voicejournal.journal.searches import Asked, asked, forms
from voicejournal.languages import language_of

ENGLISH, KOREAN = language_of("en").searches, language_of("ko").searches

SEARCHES = {
    "What did I dream last week?": Asked("dream", when="last week"),
    "find my dreams": Asked("dream"),
    "show me my dreams from today": Asked("dream", when="from today"),
    "what did I dream about two weeks ago": Asked("dream", when="two weeks ago"),
    "what did i dream on tuesday": Asked("dream", when="on tuesday"),
    "Show me dreams about the red house since Christmas.": Asked(
        "dream", about="the red house", when="since christmas"
    ),
    "find my dreams in March": Asked("dream", when="in march"),
    "when did I last dream about my sister": Asked("dream", about="my sister"),
    "what was my mood yesterday": Asked("mood", when="yesterday"),
    "what experiments did I try this month": Asked("experiment", when="this month"),
    "show me my experiments": Asked("experiment"),
    "Entries for my therapist.": Asked(for_therapist=True),
    "show me entries for my therapist from last week": Asked(for_therapist=True, when="from last week"),
    "what's for my therapist": Asked(for_therapist=True),
    "Find my mother.": Asked(about="my mother"),
    "find Anna": Asked(about="anna"),
    "find my mother last week": Asked(about="my mother", when="last week"),
    "what did I say about the argument with my sister": Asked(about="the argument with my sister"),
    "what did I say about my mum in the last two weeks": Asked(about="my mum", when="in the last two weeks"),
    "show me entries about work": Asked(about="work"),
    "find entries from last week": Asked(when="from last week"),
    "when did I last talk about my father": Asked(about="my father"),
    "what did I say yesterday": Asked(when="yesterday"),
    "entries on the twenty-first of May": Asked(when="on the twenty first of may"),
    "find entries from the 3rd of March 2025": Asked(when="from the 3rd of march 2025"),
    "find entries since 2026-11-01": Asked(when="since 2026-11-01"),
    "find what I said about sleep": Asked(about="sleep"),
    "find my sister in law": Asked(about="my sister in law"),
    "find my mother-in-law since Christmas": Asked(about="my mother in law", when="since christmas"),
    "find the argument with my sister": Asked(about="the argument with my sister"),
    "find the letter from last week": Asked(about="the letter", when="from last week"),
    "find my last dream": Asked("dream"),
    "find the last dream": Asked("dream"),
    "what was my last dream": Asked("dream"),
    "show me my latest experiment": Asked("experiment"),
    "find my last entry": Asked(),
    "did I dream about my mother last week": Asked("dream", about="my mother", when="last week"),
    "did I ever dream of water": Asked("dream", about="water"),
    "find my dreams from two nights ago": Asked("dream", when="from two nights ago"),
    "find entries from the last three days": Asked(when="from the last three days"),
    # As a recogniser writes them.
    "Find the dream and out the sea.": Asked("dream", about="the sea"),
    "Show me my moods is from last month.": Asked("mood", when="from last month"),
    "When did I last talk and out my sister?": Asked(about="my sister"),
}


@pytest.mark.parametrize("heard", SEARCHES)
def test_a_search_is_understood(heard: str) -> None:
    assert asked(ENGLISH, heard) == SEARCHES[heard]


CONTENT = [
    "I find my mother difficult",
    "find my mother difficult",
    "I find it hard to find my mother",
    "find it hard to talk about her",
    "find myself crying every night",
    "find out what she wanted",
    "find me",
    "find hope",
    "find help",
    "found my mother",
    "I want to find my mother",
    "please find my mother she is lost",
    "what did I dream last night it was so strange",
    "what did I dream I was in a house with no doors",
    "last night I dreamed about my mother",
    "what did I say that made her so angry with me",
    "what did I say about that",
    "what did I say about my mother that could have made her so very angry",
    "what did I do last week",
    "what happened with my sister yesterday",
    "what happened",
    "when did I last feel happy",
    "when did I last talk about it",
    "show me the way home",
    "show me",
    "I made entries for my therapist",
    "entries for my therapist are hard to write",
    "my therapist asked me what did I dream last week",
    "my dreams",
    "my dreams this week",
    "what did I dream",
    "What did I dream last night?",
    "what did I dream about today",
    "what happened yesterday",
    "how was my mood yesterday",
    "did I dream of my father",
    "did I dream about my mother last night",
    "what did I dream during the night",
    "find fault with my sister",
    "find comfort with my sister",
    "find my way with people",
    "find my mother with",
    "find in law",
    "what was my last dream trying to say",
    "dreams about my mother",
    "my dreams are getting worse since christmas",
    "dream I was on a slow train",
    "mood last week was better",
    "search",
    "find",
    "last week",
    "yesterday",
    "may",
    "find the strength",
    "find this amusing",
    "find a reason",
    "find my way",
    "how was my mood",
    "what was I thinking yesterday",
    "how did I feel when she left last week",
    "I dreamed about my mother last week",
    "did I dream",
    "look for me",
    "",
]


@pytest.mark.parametrize("heard", CONTENT)
def test_an_ordinary_sentence_is_never_a_search(heard: str) -> None:
    assert asked(ENGLISH, heard) is None


IN_KOREAN = {
    "지난주에 무슨 꿈을 꿨어요": Asked("dream", when="지난주에"),
    "지난 주 꿈 찾아 줘": Asked("dream", when="지난 주"),
    "엄마 찾아 줘": Asked(about="엄마"),
    "엄마를 찾아주세요": Asked(about="엄마"),
    "어제 뭐라고 했어요": Asked(when="어제"),
    "지난달에 엄마에 대해 뭐라고 했어요": Asked(about="엄마", when="지난달에"),
    "상담에 가져갈 일기 찾아 줘": Asked(for_therapist=True),
    "3월에 기분이 어땠어요": Asked("mood", when="3월에"),
    "크리스마스부터 꿈 일기 보여 줘": Asked("dream", when="크리스마스부터"),
    "2주 전에 무슨 꿈을 꿨어요": Asked("dream", when="2주 전에"),
    "지난 주말 일기 찾아 줘": Asked(when="지난 주말"),
    "그저께 일기를 찾아 주세요": Asked(when="그저께"),
    "작년 일기 찾아 줘": Asked(when="작년"),
    "3일 전 일기 찾아 줘": Asked(when="3일 전"),
    "지난주에 쓴 일기 찾아 줘": Asked(when="지난주에"),
    "일기 찾아 줘": Asked(),
    "내 꿈 찾아 줘": Asked("dream"),
    "어젯밤 내 꿈 보여 줘": Asked("dream", when="어젯밤"),
    "마지막 꿈 찾아 줘": Asked("dream"),
    "내 기분 일기 보여 줘": Asked("mood"),
    "내 실험 찾아 줘": Asked("experiment"),
    "엄마 일기 찾아 줘": Asked(about="엄마"),
    "물이 나오는 꿈 찾아 줘": Asked("dream", about="물이"),
    # the person's own
    "엄마를 찾아 다녔어요": None,
    "지난주에 엄마를 찾아 갔어요": None,
    "어제 무슨 꿈을 꿨는지 기억이 안 나요": None,
    "꿈에서 엄마를 찾아 헤맸어요": None,
    "나를 찾아 줘": None,
    "어제": None,
    "어젯밤 무슨 꿈을 꿨어요": None,
    "어제 뭐라고 했지": None,
}


@pytest.mark.parametrize("heard", IN_KOREAN)
def test_korean_is_understood_as_well(heard: str) -> None:
    assert asked(KOREAN, heard) == IN_KOREAN[heard]


def test_a_search_that_whisper_says_twice_is_one() -> None:
    once = Asked(about="my father")
    assert asked(ENGLISH, "When did I last talk about my father? When did I last talk about my father") == once
    assert asked(ENGLISH, "When did I last talk about my father? When did I last") == once


def test_a_word_is_looked_for_in_the_forms_it_may_have_been_said_in() -> None:
    assert forms(ENGLISH, "my dream") == (("dream", "dreams"),)
    assert "mum" in forms(ENGLISH, "my mother")[0] and "mother" in forms(ENGLISH, "moms")[0]
    assert forms(ENGLISH, "the cities")[0][:2] == ("cities", "city")
    assert forms(ENGLISH, "bus")[0][:2] == ("bus", "buses")
    assert forms(ENGLISH, "my sister in law") == (("sister", "sisters"), ("law", "laws"))
    assert forms(ENGLISH, "the argument with my sister") == (("argument", "arguments"), ("sister", "sisters"))
    assert forms(KOREAN, "우리 엄마") == (("엄마*", "엄마들*", "어머니*", "어머님*"),)
    assert forms(KOREAN, "엄마가") == forms(KOREAN, "엄마랑") == forms(KOREAN, "엄마")
    assert {"물", "물을", "물이", "물에"} <= {*forms(KOREAN, "물이")[0]}
    assert "물*" not in forms(KOREAN, "물이")[0]
    assert forms(ENGLISH, "") == ()
