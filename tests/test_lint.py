"""What we ship is bearable, and what is not is named with its line."""

import textwrap
from pathlib import Path

import pytest

from voicejournal.dialogue.language import obeyed
from voicejournal.edges.prompt_files import languages, script_paths, shipped_scripts
from voicejournal.edges.speech_markdown import load_script
from voicejournal.grounding.lint import problems, told
from voicejournal.grounding.manner import is_common
from voicejournal.grounding.outline import walks
from voicejournal.languages import language_of

HEAD = "---\ntitle: A chair\nnot_for: nobody\n---\n"
GOOD = """You can stop any time. [2s]
Notice the chair. [8s]
Now it is quiet. [30s]
That was all.
"""
ENGLISH = language_of("en")
MANNER = ENGLISH.manner


def found(body: str, head: str = HEAD) -> list[tuple[int, str]]:
    script = load_script(head + body, "chair")
    return [(problem.line, problem.name) for problem in problems(script, MANNER, obeyed(ENGLISH))]


@pytest.mark.parametrize("code", languages())
def test_everything_we_ship_passes(code: str) -> None:
    language = language_of(code)
    for name, path in script_paths(shipped_scripts(code)).items():
        script = load_script(path.read_text(encoding="utf-8"), name)
        assert not [told(one, language.manner) for one in problems(script, language.manner, obeyed(language))], name


def test_a_good_script_has_no_problems() -> None:
    assert found(GOOD) == []


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            GOOD.replace("the chair.", "the chair that is near you and how it holds you up now."),
            (6, "long_sentence"),
        ),
        (GOOD.replace("Now it is", "Now it should be"), (7, "unwanted_word")),
        (GOOD.replace("Now it is", "Hold your breath, it is"), (7, "unwanted_word")),
        (GOOD.replace("You can stop any time.", "Here is a chair."), (1, "no_way_out")),
        (GOOD.replace("You can", "Here. [10s] You can"), (1, "no_way_out")),
        (GOOD.replace("[2s]", "[1s]"), (5, "short_rest")),
        (GOOD.replace("[8s]", "[3s]"), (6, "short_notice")),
        (GOOD.replace("[8s]", "[90s]"), (6, "short_notice")),
        (GOOD.replace("[30s]", "[20s]"), (8, "no_quiet_end")),
        (GOOD.replace("[30s]", "[120s]"), (8, "no_quiet_end")),
        (GOOD.replace("[2s]", "[2s] " + "It is a chair of wood. [2s] " * 9), (5, "long_stretch")),
        (GOOD.replace("the chair", "each step"), (1, "not_seated")),
        (GOOD.replace("the chair", "your breath"), (6, "only_breath")),
        (GOOD.replace("the chair.", "your breath. [8s]\nNotice your feet."), (6, "breath_first")),
        (GOOD.replace("the chair", "the mitochondria"), (6, "uncommon_word")),
        (GOOD.replace("the chair", "the next"), (6, "ends_with_command")),
    ],
)
def test_what_is_hard_to_bear_is_named_with_its_line(body: str, expected: tuple[int, str]) -> None:
    assert found(body) == [expected]


def test_other_ways_are_enough() -> None:
    assert found(GOOD.replace("the chair", "each step, or sit and imagine it")) == []
    assert found(GOOD.replace("the chair", "your breath, or your hands")) == []


def test_the_promised_length_is_about_what_it_takes() -> None:
    assert found(GOOD, "---\ntitle: A chair\nseconds: 300\nnot_for: us\n---\n") == [(1, "wrong_length")]
    assert found(GOOD, "---\ntitle: A chair\nseconds: 46\nnot_for: us\n---\n") == []


@pytest.mark.parametrize("code", languages())
def test_every_problem_can_be_told(code: str) -> None:
    manner = language_of(code).manner
    bad = "Why should you walk and breathe and notice this and that and all? [1s] One. " + "Words. " * 60
    for problem in problems(load_script(HEAD + bad, "bad"), MANNER):
        assert str(problem.line) in told(problem, manner) and "{" not in told(problem, manner)


def test_korean_is_checked_by_beginnings() -> None:
    manner = language_of("ko").manner
    text = "---\ntitle: 의자\nnot_for: 없음\n---\n눈을 감으세요. [2s]\n언제든 멈추셔도 돼요. [2s]\n"
    text += "의자를 느껴 보세요. [1s]\n조용히 있을게요. [30s]"
    assert [problem.name for problem in problems(load_script(text, "의자"), manner)] == [
        "unwanted_word",
        "short_notice",
    ]


CHOICE = """You can stop any time. [2s]
Feet, or hands, as you like? [8s]
#[choice:"feet, my feet"]
Notice your feet. [8s]
#[choice:"hands"]
Notice your hands. [8s]
#[end]
Now it is quiet. [30s]
That was all.
"""


def test_a_good_choice_has_no_problems() -> None:
    assert found(CHOICE) == []


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (CHOICE.replace("? [8s]", "? [5s]"), (6, "short_offer")),
        (CHOICE.replace("Feet, or hands, as", "Feet, as"), (9, "way_not_said")),
        (CHOICE.replace(", my feet", ", stop"), (7, "way_taken")),
        (CHOICE.replace(", my feet", ", hands"), (7, "way_taken")),
        (CHOICE.replace("hands, as you like?", "hands?"), (6, "ends_with_command")),
        (CHOICE.replace("Notice your hands. [8s]", "Notice your hands. [2s]"), (10, "short_notice")),
    ],
)
def test_what_is_hard_to_choose_is_named_with_its_line(body: str, expected: tuple[int, str]) -> None:
    assert expected in found(body)


BREATH = """You can stop any time. [2s]
Notice your feet. [8s]
#[repeat:"6";later:"30"]
Breathe in. [beat:"4s"]
Breathe out. [beat:"6s"]
#[end]
Now it is quiet. [30s]
That was all.
"""


def test_led_breath_is_a_minute_the_first_time_and_never_more_than_five() -> None:
    assert found(BREATH) == []
    assert found(BREATH.replace('"6"', '"7"')) == [(8, "long_breath")]
    assert found(BREATH.replace('"30"', '"31"')) == [(8, "long_breath")]
    assert found(BREATH.replace("4s", "1s")) == [(8, "short_rest")]


def test_for_whom_it_is_not_is_said() -> None:
    assert found(GOOD, "---\ntitle: A chair\n---\n") == [(1, "no_not_for")]


def test_the_example_on_the_page_about_writing_scripts_passes() -> None:
    page = (Path(__file__).parent.parent / "docs" / "writing-a-script.md").read_text(encoding="utf-8")
    lines = [line for line in page.splitlines() if line.startswith("    ") or not line]
    example = textwrap.dedent("\n".join(lines)).strip()
    script = load_script(example, "cat")
    assert not [told(one, MANNER) for one in problems(script, MANNER, obeyed(ENGLISH))]
    assert len(walks(script.parts)) == 2


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("making", "en"),
        ("stopped", "en"),
        ("easier", "en"),
        ("hands’", "en"),
        ("half-open", "en"),
        ("“손”이나", "ko"),
        ("1", "ko"),
    ],
)
def test_a_common_word_may_have_an_ending(word: str, code: str) -> None:
    assert is_common(word, language_of(code).manner)


@pytest.mark.parametrize(
    ("word", "code"), [("parasympathetic", "en"), ("void-like", "en"), ("교감신경을", "ko"), ("손해", "ko")]
)
def test_an_uncommon_word_is_one(word: str, code: str) -> None:
    assert not is_common(word, language_of(code).manner)
