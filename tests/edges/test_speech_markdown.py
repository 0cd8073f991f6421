"""Grounding scripts are read whole, and what we don't know is an error with its line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicejournal.edges.speech_markdown import LONGEST_REST_SECONDS, RATES, load_script
from voicejournal.errors import ScriptError
from voicejournal.speaking.steps import Rest, Words

HEAD = "---\ntitle: A chair\nkind: touch\nseconds: 90\nnot_for: nobody\n---\n"


def refusal(text: str) -> tuple[str, dict[str, str]]:
    with pytest.raises(ScriptError) as caught:
        load_script(text, "chair")
    return caught.value.name, caught.value.details


def test_front_matter_is_read() -> None:
    script = load_script(HEAD + "Here is a chair.", "chair")
    assert (script.name, script.title, script.kind, script.seconds, script.not_for) == (
        "chair",
        "A chair",
        "touch",
        90,
        "nobody",
    )


def test_only_the_title_is_needed_and_the_length_is_counted_without_it() -> None:
    script = load_script('\N{BYTE ORDER MARK}---\r\ntitle: "A chair"\r\n---\r\nHere. [60s] There.\r\n', "chair")
    assert (script.title, script.kind, script.not_for) == ("A chair", None, None)
    assert script.seconds == 61


@pytest.mark.parametrize(
    ("mark", "seconds"),
    [("[4s]", 4.0), ("[2.5s]", 2.5), ("[700ms]", 0.7), ('[break:"2s"]', 2.0), ("[break:'1.5s']", 1.5)],
)
def test_a_rest_is_exactly_as_marked(mark: str, seconds: float) -> None:
    for words in (f"Look. {mark} See.", f"Look.{mark}See.", f"Look.\n{mark}\nSee."):
        assert load_script(HEAD + words, "chair").steps == (Words("Look."), Rest(seconds), Words("See."))


@pytest.mark.parametrize("end", ["!", "?", " -", "…", ".”"])
def test_a_mark_is_seen_after_signs_that_the_library_swallows_it_with(end: str) -> None:
    steps = load_script(f"{HEAD}Look{end} [4s] See.", "chair").steps
    assert steps == (Words(f"Look{end}"), Rest(4.0), Words("See."))


@pytest.mark.parametrize(("name", "rate"), RATES.items())
def test_words_have_their_rate(name: str, rate: float) -> None:
    steps = load_script(f'{HEAD}One. [2s] (Now this. And that)[rate:"{name}"].', "chair").steps
    assert steps[2:] == (Words("Now this.", rate), Rest(1.5), Words("And that.", rate))


@pytest.mark.parametrize(
    "mark",
    [
        "[pause]",
        "[4x]",
        "[4s",
        '[break:"strong"]',
        "(see below)",
        '(low)[pitch:"low"]',
        '(slow)[rate:"snail"]',
        '(slow)[rate:"slow";volume:"loud"]',
        '( )[rate:"slow"]',
        "(H2O){water}",
        "++",
        "#",
        "*",
        "/wɔtə/",
        '!["bell.mp3"]',
    ],
)
def test_an_unknown_mark_is_an_error_with_its_line(mark: str) -> None:
    name, details = refusal(f"{HEAD}Here is a chair. [4s]\n\nIt is {mark} there.")
    assert name == "script_mark_unknown" and details["line"] == "9"
    assert details["mark"] in mark


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Here is a chair.", "1"),
        ("", "1"),
        ("---\nkind: touch\n---\nHere.", "3"),
        ("---\ntitle:\n---\nHere.", "3"),
        ("---\ntitle: A\nseconds: soon\n---\nHere.", "3"),
        ("---\ntitle: A\nseconds: 0\n---\nHere.", "3"),
        ("---\ntitle: A\nmusic: bells\n---\nHere.", "3"),
        ("---\ntitle: A\nHere is a chair.", "3"),
    ],
)
def test_front_matter_that_is_not_whole_is_an_error_with_its_line(text: str, line: str) -> None:
    name, details = refusal(text)
    assert (name, details["line"]) == ("script_front_matter", line)


@pytest.mark.parametrize("body", ["", "[4s]", "\n \n", "…"])
def test_a_script_without_words_is_an_error(body: str) -> None:
    assert refusal(HEAD + body)[0] == "script_empty"


def test_nobody_is_left_in_silence_for_hours() -> None:
    name, details = refusal(f"{HEAD}Rest. [3600s]")
    assert name == "script_rest_too_long"
    assert details == {"line": "7", "mark": "[3600s]", "longest": str(LONGEST_REST_SECONDS)}


SENTENCES = st.from_regex(r"[A-Za-z가-힣][a-z가-힣0-9,' -]{0,30}[a-z가-힣][.!?]", fullmatch=True).map(
    lambda words: " ".join(words.split())
)
STEPS = st.lists(
    st.tuples(
        SENTENCES,
        st.sampled_from(sorted(RATES)),
        st.integers(1, LONGEST_REST_SECONDS * 1000),
        st.sampled_from(["[{}ms]", '[break:"{}ms"]', "\n[{}ms]\n", "  [{}ms]"]),
    ),
    min_size=1,
    max_size=8,
)


@given(STEPS)
def test_what_is_written_is_what_is_spoken(written: list[tuple[str, str, int, str]]) -> None:
    """Render any steps as a script: reading it gives the same words, rates and rests, to the millisecond."""
    text, expected = HEAD, list[Words | Rest]()
    for words, rate, rest_milliseconds, mark in written:
        spoken = words if RATES[rate] == 1.0 else f'({words})[rate:"{rate}"]'
        text += f"{spoken} {mark.format(rest_milliseconds)} "
        expected += [Words(words, RATES[rate]), Rest(rest_milliseconds / 1000)]
    assert list(load_script(text, "any").steps) == expected


@given(st.text())
def test_any_text_is_a_script_or_a_calm_error(body: str) -> None:
    try:
        script = load_script(HEAD + body, "any")
    except ScriptError as error:
        assert error.name.startswith("script_")
    else:
        assert len(script.steps) == len(script.lines) and any(isinstance(s, Words) for s in script.steps)
