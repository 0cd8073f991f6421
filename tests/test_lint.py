"""What we ship is bearable, and what is not is named with its line."""

import pytest

from voicejournal.dialogue.language import read_language
from voicejournal.edges.prompt_files import language_files, languages, script_files
from voicejournal.edges.speech_markdown import load_script
from voicejournal.grounding.lint import problems, told

HEAD = "---\ntitle: A chair\n---\n"
GOOD = """You can stop any time. [2s]
Notice the chair. [8s]
Now it is quiet. [30s]
That was all.
"""
MANNER = read_language(language_files("en")).manner


def found(body: str, head: str = HEAD) -> list[tuple[int, str]]:
    return [(problem.line, problem.name) for problem in problems(load_script(head + body, "chair"), MANNER)]


@pytest.mark.parametrize("code", languages())
def test_everything_we_ship_passes(code: str) -> None:
    manner = read_language(language_files(code)).manner
    for name, text in script_files(code).items():
        found = [told(problem, manner) for problem in problems(load_script(text, name), manner)]
        assert not found, (name, found)


def test_a_good_script_has_no_problems() -> None:
    assert found(GOOD) == []


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            GOOD.replace("the chair.", "the chair that is near you and how it holds you up now."),
            (5, "long_sentence"),
        ),
        (GOOD.replace("Now it is", "Now it should be"), (6, "unwanted_word")),
        (GOOD.replace("Now it is", "Hold your breath, it is"), (6, "unwanted_word")),
        (GOOD.replace("You can stop any time.", "Here is a chair."), (1, "no_way_out")),
        (GOOD.replace("You can", "Here. [10s] You can"), (1, "no_way_out")),
        (GOOD.replace("[2s]", "[1s]"), (4, "short_rest")),
        (GOOD.replace("[8s]", "[3s]"), (5, "short_notice")),
        (GOOD.replace("[8s]", "[90s]"), (5, "short_notice")),
        (GOOD.replace("[30s]", "[20s]"), (7, "no_quiet_end")),
        (GOOD.replace("[30s]", "[120s]"), (7, "no_quiet_end")),
        (GOOD.replace("[2s]", "[2s] " + "It is a chair of wood. [2s] " * 9), (4, "long_stretch")),
        (GOOD.replace("the chair", "each step"), (1, "not_seated")),
        (GOOD.replace("the chair", "your breath"), (1, "only_breath")),
    ],
)
def test_what_is_hard_to_bear_is_named_with_its_line(body: str, expected: tuple[int, str]) -> None:
    assert found(body) == [expected]


def test_other_ways_are_enough() -> None:
    assert found(GOOD.replace("the chair", "each step, or sit and imagine it")) == []
    assert found(GOOD.replace("the chair", "your breath, or your hands")) == []


def test_the_promised_length_is_about_what_it_takes() -> None:
    assert found(GOOD, "---\ntitle: A chair\nseconds: 300\n---\n") == [(1, "wrong_length")]
    assert found(GOOD, "---\ntitle: A chair\nseconds: 46\n---\n") == []


@pytest.mark.parametrize("code", languages())
def test_every_problem_can_be_told(code: str) -> None:
    manner = read_language(language_files(code)).manner
    bad = "Why should you walk and breathe and notice this and that and all? [1s] One. " + "Words. " * 60
    for problem in problems(load_script(HEAD + bad, "bad"), MANNER):
        assert str(problem.line) in told(problem, manner) and "{" not in told(problem, manner)


def test_korean_is_checked_by_beginnings() -> None:
    manner = read_language(language_files("ko")).manner
    text = "---\ntitle: 의자\n---\n눈을 감으세요. [2s]\n언제든 멈추셔도 돼요. [2s]\n"
    text += "의자를 느껴 보세요. [1s]\n조용히 있을게요. [30s]"
    assert [problem.name for problem in problems(load_script(text, "의자"), manner)] == [
        "unwanted_word",
        "short_notice",
    ]
