"""A kind is what the person called it, or what their words clearly say; in doubt there is none."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicejournal.dialogue import guessing
from voicejournal.journal.entries import TAGS, Tag
from voicejournal.journal.labels import spoken_label
from voicejournal.journal.tagging import IMPLIED_MOST, guess
from voicejournal.languages import language_of

ENGLISH, KOREAN = (language_of(code) for code in ("en", "ko"))
assert ENGLISH.guesser is not None
GUESSER = ENGLISH.guesser


@pytest.mark.parametrize(
    ("stretches", "tag"),
    [
        (["dream", "i was on a train"], "dream"),
        (["Dream. I was on a train and it went under the sea."], "dream"),
        (["dream i was on a train"], "dream"),
        (["Dream, we were on a train."], "dream"),
        (["um okay a dream", "there was a train"], "dream"),
        (["A dream entry. There was a train."], "dream"),
        (["dream entry the train had no driver"], "dream"),
        (["this is a mood entry everything is slow"], "mood"),
        (["This is a mood entry. Everything is slow."], "mood"),
        (["mood", "everything is slow"], "mood"),
        (["My mood.", "Slow."], "mood"),
        (["Mood! I am slow."], "mood"),
        (["experiment i asked my neighbour for salt"], "experiment"),
        (["an experiment", "i asked my neighbour for salt"], "experiment"),
        (["I asked my neighbour for salt.", "This is an experiment."], "experiment"),
        (["I asked for salt. This was an experiment. She smiled."], "experiment"),
        (["dream the lake was frozen and we walked on it"], "dream"),
        (["dream a dog in the kitchen"], "dream"),
        (["um dream so in a house with no stairs"], "dream"),
        (["dream on a ship we ate stones"], "dream"),
        (["dream dad was alive"], "dream"),
        (["mood the day was grey"], "mood"),
        (["mood six out of ten"], "mood"),
        (["mood since lunch low"], "mood"),
        (["experiment no coffee for a week"], "experiment"),
        (["experiment what happens if i wait"], "experiment"),
    ],
)
def test_a_spoken_label(stretches: list[str], tag: Tag) -> None:
    assert spoken_label(stretches, ENGLISH.labels) == tag


@pytest.mark.parametrize(
    "stretches",
    [
        [],
        [""],
        ["dreams are strange"],
        ["my mood has been low"],
        ["dream job or not I am tired"],
        ["dream catchers hang in her window"],
        ["a dream I have always had is to own a boat"],
        ["mood swings all day"],
        ["the experiment at work failed"],
        ["experimental music on the radio"],
        ["I was on a train", "dream", "and it stopped"],
        ["she asked was it a dream or not"],
        ["it was a dream come true"],
        ["I said this is a dream and she laughed"],
        ["dream on she said"],
        ["dream of a better life"],
        ["dream a little dream of me was on the radio"],
        ["mood lighting in the hall"],
        ["mood in the office was bad"],
        ["experiment with tea went wrong"],
        ["experiment in the lab took all day"],
    ],
)
def test_content_is_no_label(stretches: list[str]) -> None:
    assert spoken_label(stretches, ENGLISH.labels) is None


@pytest.mark.parametrize(
    ("stretches", "tag"),
    [
        (["꿈", "기차를 타고 있었어요"], "dream"),
        (["꿈 일기예요. 기차를 타고 있었어요."], "dream"),
        (["꿈 일기 예요 기차를 타고 있었어요"], "dream"),
        (["꿈 내가 기차를 타고 있었어요"], "dream"),
        (["음 오늘 기분", "무거워요"], "mood"),
        (["이건 실험 일기예요 먼저 인사를 했어요"], "experiment"),
        (["꿈 기차를 놓쳤어요"], "dream"),
        (["꿈 갑자기 비가 왔어요"], "dream"),
        (["기분 하루 종일 흐렸어요"], "mood"),
        (["실험 옆집에 먼저 인사를 했어요"], "experiment"),
        (["꿈 해몽을 봤어요"], None),
        (["꿈 같은 하루였어요"], None),
        (["기분 전환을 했어요"], None),
        (["실험 결과가 나왔어요"], None),
        (["실험 때문에 늦게까지 학교에 있었어요"], None),
        (["실험 조교가 자리에 없었어요"], None),
        (["실험 교수님이 또 화를 냈어요"], None),
        (["실험 실에 하루 종일 있었어요"], None),
        (["실험 동물을 돌봤어요"], None),
        (["꿈 직업을 찾고 싶어요"], None),
        (["꿈 장면이 떠올랐어요"], None),
        (["기분 이유를 모르겠어요"], None),
        (["기분 기복이 심해요"], None),
        (["꿈이 자꾸 생각나요"], None),
        (["꿈에 그리던 집을 봤어요"], None),
        (["기분이 좋아요"], None),
        (["실험실에 다녀왔어요"], None),
    ],
)
def test_a_spoken_label_in_korean(stretches: list[str], tag: Tag | None) -> None:
    assert spoken_label(stretches, KOREAN.labels) == tag


CLEAR: list[tuple[str, Tag]] = [
    ("I dreamt I was on a train and nobody had a face", "dream"),
    ("last night i dreamt that the sea came up to the door", "dream"),
    ("had the nightmare again the one with the stairs", "dream"),
    ("the dream was about my father he was rowing and i could not reach him", "dream"),
    ("i'm running down a hallway somebody is chasing me the doors won't open and then i woke up", "dream"),
    ("I feel heavy today", "mood"),
    ("so angry at him i could spit", "mood"),
    ("everything is grey and i can't get going", "mood"),
    ("i've been anxious all day about the appointment", "mood"),
    ("calm for once sitting on the step with my tea", "mood"),
    ("I tried saying no to my sister and nothing bad happened", "experiment"),
    ("this week i left my phone in the kitchen at night to see if i'd sleep", "experiment"),
    ("we agreed i would ask one question so i did and people answered", "experiment"),
    ("instead of checking the door four times i checked once and went to work", "experiment"),
    ("i asked the man at the counter for his pen although i was terrified and he smiled", "experiment"),
    ("tested what happens if i leave the dishes until morning nobody died", "experiment"),
    ("the homework was to eat with the others so i sat down with them and it went fine", "experiment"),
    ("I drove over the bridge on purpose, the one I avoid. It was over in a minute.", "experiment"),
]
UNCLEAR = [
    "",
    "hello",
    "the bus was late and it rained",
    "i need to buy milk and call the plumber",
    "my therapist said to write about the garden",
    "woke up at four could not get back to sleep",
    "slept eight hours no dreams",
    "I got offered my dream job today",
    "this is our dream house and we signed the papers",
    "I always dreamed of becoming a pilot",
    "she has big dreams",
    "dreams are strange",
    "the meeting was a nightmare",
    "a sudden memory of my uncle's garage and the smell of oil",
    "that old song came on in the shop and i was seven again",
    "when I was little my father drove a truck up into the hills and there was a house with a red door",
    "I went to the store and came home and put the bags on the table and the kids were outside",
]


@pytest.mark.parametrize(("text", "tag"), CLEAR)
def test_clear_words_give_a_tag_and_the_reason_in_the_person_s_own_words(text: str, tag: Tag) -> None:
    guessed = guess(text, GUESSER)
    assert guessed.tag == tag
    reason = guessed.reason.partition(". There may be")[0]
    if reason != GUESSER.cues.reasons.implied[tag]:
        assert all(part in text for part in reason.removeprefix("you said: ").split("; "))


@pytest.mark.parametrize("text", UNCLEAR)
def test_unclear_words_give_none_and_a_plain_reason(text: str) -> None:
    guessed = guess(text, GUESSER)
    assert guessed.tag is None
    assert guessed.reason and not guessed.reason.startswith("you said")


def test_with_no_tag_it_says_how_sure_it_is_that_it_is_none_of_the_three() -> None:
    plumber = guess("the plumber came at nine fixed the tap took two hours", GUESSER)
    assert (plumber.tag, plumber.reason) == (None, "it sounds like none of the three")
    assert plumber.confidence > 0.9
    assert guess("she is in a bad mood again", GUESSER).confidence < 0.5


@pytest.mark.parametrize(("text", "tag"), CLEAR)
def test_spelling_does_not_matter(text: str, tag: Tag) -> None:
    recognised = "".join(letter for letter in text.lower() if letter.isalnum() or letter == " ")
    shouted = text.upper().replace("'", "’")
    assert guess(recognised, GUESSER).tag == guess(shouted, GUESSER).tag == tag


def test_the_longer_phrase_decides_what_a_word_means() -> None:
    assert guess("in my dream the sea was green", GUESSER).tag == "dream"
    assert guess("in my dream job the sea was green", GUESSER).tag is None


SOBER = [
    "I am in a hotel with my aunt and we are looking for the stairs. There is a man in a grey coat who says that "
    "he has been waiting for us. I am glad to see him. Then I am alone in the lift and it goes sideways.",
    "I was at work and my boss asked me to water the plants. They were in a big room behind the office that I "
    "had never seen. I walked in and there was a lake. I felt happy and a little guilty, and I went back.",
]


@pytest.mark.parametrize("text", SOBER)
def test_a_dream_needs_no_name_and_may_hold_a_feeling(text: str) -> None:
    assert guess(text, GUESSER).tag == "dream"


def test_a_plain_day_is_none_and_the_same_day_with_its_feeling_is_a_mood() -> None:
    day = "I picked up the kids and then we had soup and watched the news"
    assert guess(day, GUESSER).tag is None
    assert guess(f"{day} and I felt so happy to have them all at home", GUESSER).tag == "mood"


def test_a_memory_stays_without_a_tag_until_something_names_it() -> None:
    memory = "when I was little my uncle had a boat and we went out on the lake in it and the water was black"
    assert guess(memory, GUESSER).tag is None
    assert guess(f"I had a dream last night {memory}", GUESSER).tag == "dream"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (
            "went to the party stayed thirty minutes like the plan said then left hated it but did it",
            "it sounds like something you tried out",
        ),
        (
            "saw my dead grandfather at the table he said nothing just smiled then i opened my eyes",
            "it sounds like how you felt",
        ),
        (
            "water everywhere in the hall rising and my son was small again and i could not lift him",
            "it is told as dreams are told",
        ),
        ("today was okay actually i felt light walking home", "you said: i felt"),
    ],
)
def test_a_word_that_tells_nothing_by_itself_is_no_reason(text: str, reason: str) -> None:
    guessed = guess(text, GUESSER)
    assert guessed.tag is not None
    assert guessed.reason == reason


def test_what_is_only_implied_is_never_claimed_as_sure() -> None:
    odd = "suddenly we were on a boat, somehow i knew him, my teeth were loose and the house turned into a horse"
    guessed = guess(odd, GUESSER)
    assert guessed.tag == "dream" and guessed.confidence <= IMPLIED_MOST
    assert guess("I dreamt it. In the dream I flew.", GUESSER).confidence > 0.9


def test_a_new_recipe_is_never_surely_an_experiment() -> None:
    assert guess("tried a new recipe with beans and it was fine", GUESSER).confidence <= IMPLIED_MOST


def test_a_language_without_cues_never_guesses() -> None:
    assert guessing.guessed("꿈을 꿨어요", KOREAN).tag is None
    assert guessing.guessed("I had a dream", KOREAN).tag is None


@given(st.text())
def test_any_text_has_a_guess(text: str) -> None:
    guessed = guess(text, GUESSER)
    assert guessed.tag in (*TAGS, None) and 0 <= guessed.confidence <= 1


@given(st.lists(st.text()))
def test_any_stretches_may_be_asked_for_a_label(stretches: list[str]) -> None:
    assert spoken_label(stretches, ENGLISH.labels) in (*TAGS, None)


def test_a_guess_takes_milliseconds() -> None:
    """At most 5 ms an entry; a hundred words are an ordinary one. The best of 200, for the machine may be busy."""
    text = "then we were in a room and i felt afraid but i tried to open the door and she said it was fine " * 5
    taken = []
    for _ in range(200):
        begin = time.process_time()
        guess(text, GUESSER)
        taken.append(time.process_time() - begin)
    assert min(taken) < 0.005


def test_another_kind_in_the_same_entry_is_named_with_the_reason() -> None:
    text = "I had a dream that I was on a train to the sea with my sister, and now I feel so sad and anxious"
    guessed = guess(text, GUESSER)
    assert guessed.tag == "dream"
    assert ". There may be a mood in it too: I feel" in guessed.reason
