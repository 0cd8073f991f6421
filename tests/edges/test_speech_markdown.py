"""Grounding scripts are read whole, and what we don't know is an error with its line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicejournal.edges.speech_markdown import BREAKS, LONGEST_REST_SECONDS, MOST_REPEATS, RATES, load_script
from voicejournal.errors import ScriptError
from voicejournal.speaking.lengths import counted_seconds
from voicejournal.speaking.steps import Beat, Choice, OptionalBegins, OptionalEnds, Rest, Way, Words

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


@pytest.mark.parametrize(("name", "seconds"), BREAKS.items())
def test_a_break_has_the_length_of_its_name(name: str, seconds: float) -> None:
    """R11: 0.7 s after a phrase, 1.5 to 2 after a sentence, 5 to 10 to notice something, 30 to 60 of quiet."""
    assert load_script(f'{HEAD}Look. [break:"{name}"] See.', "chair").steps[1] == Rest(seconds)
    assert list(BREAKS) == ["weak", "medium", "strong", "x-strong"] and sorted(BREAKS.values()) == [0.7, 2, 8, 30]


@pytest.mark.parametrize("mark", ['[beat:"4s"]', '[beat:"4000ms"]', "[beat:“4s”]"])
def test_a_beat_follows_its_words(mark: str) -> None:
    assert load_script(f"{HEAD}In. {mark} Out.", "chair").steps == (Words("In."), Beat(4.0), Words("Out."))


def test_quotes_bent_by_a_word_processor_are_quotes() -> None:
    steps = load_script(f"{HEAD}Look. [break:“2s”] (See.)[rate:“slow”]", "chair").steps
    assert steps == (Words("Look."), Rest(2.0), Words("See.", 0.9))


SECTIONS = """One. [2s]
#[optional]
Two. [2s]
#[end]

Feet, or hands, as you like? [8s]

#[choice:"feet,  my feet"]
Feet. [2s]
#[choice:“hands”]
  #[repeat:"2";later:"3"]
In. [beat:"4s"]
  #[end]
#[end]
#[quiet]
Quiet. [30s]
"""


def test_sections_are_read_whole() -> None:
    script = load_script(HEAD + SECTIONS, "chair")
    ways = (
        Way(("feet", "my feet"), (Words("Feet."), Rest(2))),
        Way(("hands",), (Words("In."), Beat(4)) * 2),
    )
    assert script.steps == (
        *(Words("One."), Rest(2), OptionalBegins(), Words("Two."), Rest(2), OptionalEnds()),
        Choice((Words("Feet, or hands, as you like?"), Rest(8)), ways),
        *(Words("Quiet.", 0.9, decibels=-3.0), Rest(30)),
    )
    assert script.grows and len(script.later_steps[6].ways[1].steps) == 6  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("#[optional]", "Now #[optional]", ("script_mark_not_alone", "8")),
        ("#[optional]", "#[optional] Now.", ("script_mark_not_alone", "8")),
        ("#[optional]", "#[optional", ("script_mark_not_alone", "8")),
        ("#[optional]", "#[perhaps]", ("script_mark_unknown", "8")),
        ("#[optional]", '#[optional:"yes"]', ("script_mark_unknown", "8")),
        ('"feet,  my feet"', '"feet,"', ("script_mark_unknown", "14")),
        ('"feet,  my feet"', '""', ("script_mark_unknown", "14")),
        ('#[repeat:"2";later:"3"]', '#[repeat:"two"]', ("script_mark_unknown", "17")),
        ('#[repeat:"2";later:"3"]', '#[repeat:"1"]', ("script_repeat_count", "17")),
        ('#[repeat:"2";later:"3"]', f'#[repeat:"2";later:"{MOST_REPEATS + 1}"]', ("script_repeat_count", "17")),
        ("#[quiet]", "#[end]", ("script_end_extra", "21")),
        ("  #[end]\n#[end]", "#[end]", ("script_end_missing", "16")),
        ("#[end]\n\nFeet", "Feet", ("script_end_missing", "8")),
        ('"4s"', '"700s"', ("script_rest_too_long", "18")),
        ('[beat:"4s"]', '[beat:"soon"]', ("script_mark_unknown", "18")),
    ],
)
def test_a_section_that_is_wrong_is_an_error_with_file_and_line(
    old: str, new: str, expected: tuple[str, str]
) -> None:
    assert old in SECTIONS
    name, details = refusal(HEAD + SECTIONS.replace(old, new, 1))
    assert (name, details["line"]) == expected and details["file"] == "chair.md"


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
        '[break:"none"]',
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
    longest = str(LONGEST_REST_SECONDS)
    assert details == {"line": "7", "mark": "[3600s]", "longest": longest, "file": "chair.md"}


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
        assert any(isinstance(s, Words) for s in script.steps)


LINES = st.lists(
    st.sampled_from(
        [
            *("One. [2s]", "Two", "", '#[repeat:"2"]', '#[choice:"a"]', '#[choice:"b"]', "#[optional]", "#[end]"),
            *("#[quiet]", '[beat:"2s"]', "Three. [8s]"),
        ]
    ),
    max_size=20,
)


@given(LINES)
def test_any_order_of_sections_is_a_script_or_a_calm_error_with_a_line(lines: list[str]) -> None:
    try:
        script = load_script(HEAD + "\n".join(lines), "any")
    except ScriptError as error:
        assert error.name == "script_empty" or int(error.details["line"]) > 6
    else:
        assert counted_seconds(script.steps) > 0


@pytest.mark.parametrize(
    "script",
    [
        f"---\ntitle: x\nseconds: {'9' * 5000}\n---\nHello.",
        f'---\ntitle: x\n---\n#[repeat:"{"9" * 5000}"]\nHello.\n#[end]',
        f'---\ntitle: x\n---\n#[repeat:"3;later:"{"9" * 5000}"]\nHello.\n#[end]',
        f'---\ntitle: x\n---\nHello. [beat:"{"9" * 5000}s"]',
        f"---\ntitle: x\n---\nHello. [{'9' * 5000}s]",
    ],
    ids=lambda script: script[:40],
)
def test_a_number_without_end_is_a_calm_error(script: str) -> None:
    with pytest.raises(ScriptError):
        load_script(script, "any")
