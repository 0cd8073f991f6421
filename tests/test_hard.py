"""After which words how to reach help is offered: often enough, and seldom where they mean something else.

It is a courtesy and misses some, so shares are tested and not every line. The sentences are our own.
"""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicejournal.journal.hard import sounds_hard
from voicejournal.languages import language_of

ENGLISH, KOREAN = language_of("en").hard, language_of("ko").hard
TEXTS = Path(__file__).parent.parent.parent / "shared" / "evaluation" / "text"

HARD = """
i don't want to live anymore
i wish i was dead
i feel suicidal tonight
i've been having thoughts of killing myself
some days i think it would be easier if i was gone
nobody would miss me if i was gone
my family would be happier without me
i can't go on like this
what is the point of living
there's nothing left for me to live for
i'm tired of being alive
i don't think i can keep myself safe tonight
i keep thinking about jumping off the bridge
i took too many pills
i want it all to end
i wish i had never been born
i am thinking of ending things
i'm afraid of what i might do to myself
i have the pills next to my bed and i keep looking at them
i've written a goodbye letter
i don't see a way out
i just want the pain to stop forever
i wanted to die this morning when i woke up
i hope i don't wake up tomorrow
i feel like a burden to everyone
life isn't worth living
i can't take living like this
i cut myself again last night
i want to hurt myself
the urge to cut is back
i've been thinking about driving into a tree
i could just walk in front of a train
i don't want to exist
i don't care if i live or die
i'd rather be dead
maybe i should just kill myself
i'm going to end it tonight
i don't deserve to live
i'm done with life
i have no reason to live
it would be better if i wasn't here
i'm not safe with myself tonight
i don't feel safe being alone tonight
i have decided to end my life
they'd all be better off if i was dead
i can't stop thinking about dying
i want to go to sleep forever
i want to disappear forever
i've been planning how i would do it
i have nothing to live for
i'm scared i'm going to do something to myself
i tried to kill myself last week
i have thoughts about not being here anymore
i don't want to wake up in the morning
i wish the car had hit me
i want to be dead
i don't want to do this anymore i want to be gone
i am ready to die
sometimes i picture my own funeral and i like it
i feel like there is no reason to go on
i want out of this life
i don't see the point in going on
i don't see a future for myself
i'm thinking about overdosing
life is not worth it anymore
i just can't keep going
no one would care if i died
i feel like i'd be better off dead
i burned myself on purpose last night
i don't want to live like this
i keep having thoughts of suicide
i am going to kill myself
i started hurting myself again
i can't live with this anymore
i stood on the platform and thought about stepping off
i want to stop existing
it hurts so much i just want to die
i'm so tired of living
i think about killing myself every day
everyone would be happier if i just disappeared
i might do something to hurt myself
i said my goodbyes today in my head
i don't know how much longer i can go on
i'm thinking about taking all my pills
ive had enough i want to end it
nothing matters and i do not want to be here
i don't trust myself to be alone tonight
i would be better off dead
i want to take my own life
i am a danger to myself
i don't think i want to be alive
i keep wishing i was dead
i can't stand being alive another day
i feel like killing myself
i think about ending my life a lot
i wish i could just stop existing
i'm thinking of taking my own life
what's the point in going on
i don't see any point anymore
there is no reason for me to be here
nobody needs me here anymore
i wish i didn't exist
i've started self harming again
i just want to be gone
i want to cut myself
i can't promise i'll be safe tonight
i have been thinking about suicide again
i don't think i'll make it through the night
i've given up on life
i feel like dying
they would be happier if i was dead
i feel like everyone would be better off if i wasn't around
i want to die
i wouldn't mind if i didn't wake up
i hope something happens to me and i die
i've got a plan to kill myself
i don't want to live
i am going to hurt myself
i'm scared i will kill myself
i want to jump in front of a train
i've been looking up ways to die
i want it to be over
i can't do this anymore
i think tonight is the night i end it
i bought enough pills to end it
i want to go to sleep and never wake up
i have been cutting
my life is not worth living
i'm better off dead
i wish i could go to sleep and not wake up
i think i might kill myself
there's no way out except dying
i don't feel safe on my own
no one would even notice if i was gone
i really want to hurt myself right now
i'm thinking about not being here
i could end it all
i've thought about how i would kill myself
it would be better for everyone if i died
i want to stop living
""".strip().splitlines()

OTHER = """
my back is killing me
i'm dying for a cup of tea
i could murder a curry
that joke nearly killed me
i'm dead on my feet
the battery died
she was dying to see the photos
we shot hoops in the park
i killed the engine and walked
my plants died while i was away
i would rather die than eat liver
i was bored to death in the lecture
he scared me to death
this traffic makes me want to scream
i ended it with my boyfriend last week
i ended the call
i want to end the week on a good note
we ended up at my mother's house
i don't want to be here at work on a sunday
i can't live without coffee
i jumped off the diving board for the first time
i jumped at the chance
in the film the hero dies
i watched a film about a man who wants to die
my grandmother died last spring and i miss her
my uncle killed himself when i was ten
my friend told me she wants to die and i stayed with her
i don't want to die
i am not suicidal
i'm glad i didn't kill myself back then
ten years ago i wanted to die but now i love my life
when i was fifteen i used to cut myself
he said i want to kill you in the play
i cut my finger while cooking
i burned myself with the iron
i hurt myself playing football
i took my pills and went to bed
i counted my pills for the week
i can't go on holiday this year
i can't keep going to the gym every day
i want to disappear into my bed with a book
i wish i could disappear for the weekend to the sea
i have a plan for tonight we cook together
what is the point of this meeting
there is no point in arguing with him
i gave up on the diet
i'm tired of living with roommates
i'm done with this job
nobody noticed my new haircut
nobody would miss this old sofa
i dreamed i was dead and my family was crying
i had a nightmare that i killed myself
in the dream i wanted to jump from the roof
i dreamt that my brother drowned
suicide squad was on tv last night
i read an article about suicide rates
i volunteered at the suicide hotline
the deadline is tonight and i'm dying
i nearly died when i saw the bill
i could have died of shame
i almost choked laughing
kill two birds with one stone
that cake is to die for
i slept and did not wake up until noon
i didn't wake up on time
i don't want to wake up early tomorrow
she hangs pictures for a living
we were hanging out at the mall
i'm hanging in there
i drowned my sorrows in ice cream
i bombed the exam
i'd kill for a holiday
i shot him an email
my phone is dead again
i don't feel safe cycling on that road
i keep myself safe by wearing a helmet
i wrote a goodbye card for my colleague
we said goodbye to everyone and drove home
i want to live by the sea
i don't want to live in this city anymore
the doctor asked me if i had thoughts of suicide and i said no
the song goes i want to die and i like it
everyone is better off without that boss
i cut myself off from the news
cut the grass again
i can't see the point of the new rules
the kids want to kill each other
i took my own lunch to work
my life ended up quite different from what i planned
it's the end of my shift
the game ended and we were dead last
the suspense nearly killed me
i could just die she was so cute
if the printer jams again i'll kill myself
i want to kill my brother for eating the cake
she thinks i should quit
i never want to hurt anyone
the cat jumped off the roof
i overslept and i wanted the day to end
i'm dead serious about the garden
this heat is killing me
i'm dying of hunger
you kill me with those jokes
we killed it on stage
my laptop died on me
i died a little when she said my name
i would die for that dress
he is drop dead handsome
i was dead wrong about her
i could kill my brother sometimes
this essay is going to kill me
i'm dying to see the new season
the roses died in the frost
i'm sick to death of this weather
it's a matter of life and death for the team
my goldfish died and i buried it
i dreamed my mother died and woke up crying
last night i dreamt i was falling off a cliff
in my nightmare i killed someone
i dreamed that i wanted to end my life and it felt so strange
i attended a talk on suicide prevention at school
there was a suicide in the book i am reading
my aunt died by suicide and we lit a candle
my sister said she wanted to kill herself and i called her
he told me that he would kill himself if i left
i don't want to kill myself
i never thought about suicide
i no longer want to die
i used to want to die when i was at school
two years ago i tried to kill myself and i'm glad i'm here
i cut my hair today
i cut my hand on a tin
i burned my tongue on the soup
i hurt my back lifting boxes
i took too many photos
i ended things with tom
i want to end the meeting early
i don't want to be here in this queue
i don't want to go on this trip
i can't go on without my coffee
i can't keep going to bed so late
i want to disappear from the office party
i wish i could disappear to an island
i jumped in the lake
we jumped off the pier
i give up on this puzzle
i'm done with homework for today
i'm tired of living out of a suitcase
there's no point in watching the news
nobody would miss that meeting
i slept like the dead
i didn't wake up until ten
my plan for tonight is a movie
i hung the laundry out
the nurse gave me pills for the pain
i shot a video of the kids
i'm so embarrassed i could die
the plot of the series was to die for
i would rather be dead than wear that hat
i overdosed on garlic bread
""".strip().splitlines()

HARD_KO = """
요즘은 그냥 죽고 싶어요
더 이상 살고 싶지 않아요
차라리 사라지고 싶다는 생각이 들어요
내가 없는 게 모두에게 나을 것 같아
살 이유를 모르겠어요
내일 아침에 깨어나지 않았으면 좋겠어
자살 생각이 자꾸 나요
어젯밤에 또 자해를 했어요
다 끝내고 싶어요
""".strip().splitlines()

OTHER_KO = """
배고파 죽겠어
더워 죽을 뻔했다
친구가 죽고 싶다고 말했어요
꿈에서 죽고 싶다고 소리쳤어요
혼자 살아요
자살 예방 교육을 들었어요
고등학교 때 죽고 싶었던 적이 있어요
휴가 가서 사라지고 싶다
이 집에서 더 이상 살 게 없어
""".strip().splitlines()


def share(texts: list[str], expected: bool) -> float:
    return sum(sounds_hard(text, ENGLISH) == expected for text in texts) / len(texts)


def test_most_of_what_is_hard_is_met_and_hardly_anything_else() -> None:
    assert share(HARD, True) >= 0.95
    assert share(OTHER, False) >= 0.98


@pytest.mark.parametrize("text", HARD_KO)
def test_hard_words_in_korean(text: str) -> None:
    assert sounds_hard(text, KOREAN) and sounds_hard(f"오늘은 일찍 일어났다 {text} 그리고 밥을 먹었다", KOREAN)


@pytest.mark.parametrize("text", OTHER_KO)
def test_other_meanings_in_korean(text: str) -> None:
    assert not sounds_hard(text, KOREAN)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I don't want to be here any more.", True),
        ("I DON’T WANT TO BE HERE ANYMORE", True),
        ("i um dont really want to like be here anymore", True),
        ("appeal the schools", False),
        ("he played in the dirt and i watched", False),
        ("i want to dye", True),
        ("", False),
        ("...", False),
    ],
)
def test_spelling_and_fillers_do_not_matter(text: str, expected: bool) -> None:
    assert sounds_hard(text, ENGLISH) == expected


def test_a_dream_is_a_dream_until_waking_is_told() -> None:
    assert not sounds_hard("i was on a roof and i wanted to die", ENGLISH, is_dream=True)
    assert sounds_hard("i was on a roof and then i woke up and i want to die", ENGLISH, is_dream=True)
    assert not sounds_hard("i dreamt of a roof and i wanted to die", ENGLISH)
    assert sounds_hard("i dreamt of the sea. " + "it was a long day. " * 12 + "i want to die", ENGLISH)


def test_what_is_long_past_is_past_unless_it_is_back() -> None:
    assert not sounds_hard("when i was a teenager i wanted to kill myself", ENGLISH)
    assert sounds_hard("when i was a teenager i wanted to kill myself and lately it is back", ENGLISH)


def test_it_is_found_in_the_middle_of_a_long_entry() -> None:
    day = "we had soup and i mended the fence and then it rained "
    assert sounds_hard(day * 20 + "i think everyone would be better off without me " + day * 20, ENGLISH)
    assert not sounds_hard(day * 40, ENGLISH)


@given(st.text())
def test_any_text_has_an_answer(text: str) -> None:
    assert sounds_hard(text, ENGLISH) in (True, False)
    assert sounds_hard(text, KOREAN) in (True, False)


def test_ordinary_texts_bring_an_offer_at_most_five_times_in_a_thousand() -> None:
    if not TEXTS.is_dir():
        pytest.skip("the texts to measure with are not here")
    texts = []
    for name in ("dream", "mood", "experiment", "other"):
        with (TEXTS / f"{name}.tsv").open(encoding="utf-8", newline="") as file:
            texts += [row["text"] for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)]
    assert sum(sounds_hard(text, ENGLISH) for text in texts) <= 0.005 * len(texts)
