"""A script is put together so that every word is spoken and every rest is kept."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicejournal.dialogue.language import letters, read_language
from voicejournal.edges.prompt_files import language_files, languages, script_files
from voicejournal.edges.speech_markdown import load_script
from voicejournal.grounding.scripts import (
    SENTENCE_REST_SECONDS,
    Mark,
    Silence,
    Spoken,
    counted_seconds,
    script,
)
from voicejournal.speaking.steps import Rest, Words

ABOUT = {"title": "A chair"}


def steps(*marks: Mark) -> tuple[Words | Rest, ...]:
    return script("chair", ABOUT, marks).steps


def test_a_sentence_runs_over_the_end_of_a_line() -> None:
    assert steps(Spoken(4, "Notice the"), Spoken(5, "chair.")) == (Words("Notice the chair."),)


def test_an_empty_line_ends_what_was_being_said() -> None:
    assert steps(Spoken(4, "A chair"), Spoken(6, "A table")) == (Words("A chair"), Words("A table"))


def test_sentences_without_a_rest_between_them_get_one() -> None:
    rest = Rest(SENTENCE_REST_SECONDS)
    assert steps(Spoken(4, "One. Two."), Spoken(6, "Three.")) == (
        Words("One."),
        rest,
        Words("Two."),
        rest,
        Words("Three."),
    )


def test_a_change_of_pace_inside_a_sentence_brings_no_rest() -> None:
    assert steps(Spoken(4, "Now"), Spoken(4, "slowly", 0.9), Spoken(4, ".")) == (
        Words("Now"),
        Words("slowly.", 0.9),
    )


def test_every_step_knows_its_line() -> None:
    made = script("chair", ABOUT, [Spoken(4, "One. Two."), Silence(5, 4.0), Spoken(7, "Three.")])
    assert made.lines == (4, 4, 4, 5, 7) and len(made.steps) == 5


def test_length_is_counted_from_words_and_rests() -> None:
    assert counted_seconds([Words("one two three four " * 37), Rest(30)]) == pytest.approx(90)
    assert counted_seconds([Words("가나다라마 " * 48)]) == pytest.approx(60)
    assert counted_seconds([Words("one " * 148, 0.8)]) == pytest.approx(75)


MARKS = st.lists(
    st.one_of(
        st.builds(
            Spoken,
            st.integers(1, 30),
            st.text("ab. !\n", min_size=1).map(str.strip).filter(bool),
            st.sampled_from([0.9, 1.0]),
        ),
        st.builds(Silence, st.integers(1, 30), st.floats(0, 60)),
    )
)


@given(MARKS)
def test_no_word_and_no_rest_is_lost(marks: list[Mark]) -> None:
    marks.sort(key=lambda mark: mark.line)
    made = steps(*marks)
    words = "".join(mark.text for mark in marks if isinstance(mark, Spoken))
    assert "".join("".join(s.text for s in made if isinstance(s, Words)).split()) == "".join(words.split())
    rests = [s.seconds for s in made if isinstance(s, Rest)]
    for mark in marks:
        if isinstance(mark, Silence):
            assert mark.seconds in rests
            rests.remove(mark.seconds)
    assert set(rests) <= {SENTENCE_REST_SECONDS}


@pytest.mark.parametrize("code", languages())
def test_every_language_has_the_four_anchors_in_two_to_four_minutes(code: str) -> None:
    texts = script_files(code)
    ours = {"water", "slow-breath", "walk-outside", "something-solid", "five-senses", "feet-and-chair"}
    ours |= {"after-a-session", "after-a-dream"}
    assert ours <= set(texts)
    assert read_language(language_files(code)).grounding in texts
    for name in ours:
        assert 120 <= counted_seconds(load_script(texts[name], name).steps) <= 245


@pytest.mark.parametrize("code", languages())
def test_quiet_company_is_mostly_quiet(code: str) -> None:
    steps = load_script(script_files(code)["quiet-company"], "quiet-company").steps
    rests = sum(step.seconds for step in steps if isinstance(step, Rest))
    assert rests >= 0.85 * counted_seconds(steps)


@pytest.mark.parametrize("code", languages())
def test_no_sentence_of_a_script_sounds_like_a_command(code: str) -> None:
    """A rest follows each sentence, so its last words may come back from the room as a stretch of their own."""
    commands = read_language(language_files(code)).commands.values()
    obeyed = {letters(say) for command in commands for say in command.say}
    for name, text in script_files(code).items():
        for step in load_script(text, name).steps:
            said = step.text.split() if isinstance(step, Words) else []
            for start in range(len(said)):
                assert letters(" ".join(said[start:])) not in obeyed, (name, step)


def test_slow_breath_goes_in_for_four_and_out_for_six_and_ends_within_a_minute() -> None:
    """From cue to cue, within the tenths that voices differ by; never held."""
    steps = load_script(script_files("en")["slow-breath"], "slow-breath").steps
    cues = [i for i, step in enumerate(steps) if isinstance(step, Words) and step.text.startswith("Breathe ")]
    lengths = [counted_seconds(steps[i : i + 2]) for i in cues]
    assert lengths[::2] == pytest.approx([4.0] * 5, abs=0.2)
    assert lengths[1::2] == pytest.approx([6.0] * 5, abs=0.2)
    assert sum(lengths) <= 60
