"""A script is put together so that every word is spoken and every rest is kept."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicejournal.dialogue.language import obeyed
from voicejournal.edges.prompt_files import languages, script_paths, shipped_scripts
from voicejournal.grounding.marks import Mark, Silence, Spoken
from voicejournal.grounding.outline import Optional, Placed, branchings, walks
from voicejournal.grounding.scripts import Script, script
from voicejournal.hearing.spelling import letters
from voicejournal.languages import language_of
from voicejournal.shelf import read_script
from voicejournal.speaking.lengths import counted_seconds
from voicejournal.speaking.steps import SENTENCE_REST_SECONDS, Beat, Rest, Step, Words

ABOUT = {"title": "A chair"}


def steps(*marks: Mark) -> tuple[Step, ...]:
    return script("chair", ABOUT, marks).steps


def shipped(code: str) -> dict[str, Script]:
    return {path.stem: read_script(path) for path in script_paths(shipped_scripts(code)).values()}


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
    assert [part.line for part in made.parts if isinstance(part, Placed)] == [4, 4, 4, 5, 7]
    assert len(made.steps) == 5


def test_length_is_counted_where_the_front_matter_says_nothing() -> None:
    assert script("chair", ABOUT, [Spoken(4, "one " * 148), Silence(5, 30.0)]).seconds == 90
    assert script("chair", {**ABOUT, "seconds": "77"}, [Spoken(4, "One.")]).seconds == 77


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
def test_every_language_has_all_ten_in_two_to_four_minutes(code: str) -> None:
    ours = {"water", "slow-breath", "walk-outside", "something-solid", "five-senses", "feet-and-chair"}
    ours |= {"quiet-company", "after-a-session", "after-a-dream", "help-me-now"}
    assert ours == set(shipped(code))
    assert language_of(code).grounding in ours
    for name in ours - {"quiet-company"}:
        for walk in walks(shipped(code)[name].parts):
            assert 120 <= counted_seconds([placed.step for placed in walk]) <= 245, name


@pytest.mark.parametrize("code", languages())
def test_whichever_way_is_taken_a_script_is_about_as_long_as_it_says(code: str) -> None:
    for one in shipped(code).values():
        for walk in walks(one.parts):
            counted = counted_seconds([placed.step for placed in walk])
            assert counted == pytest.approx(one.seconds, rel=0.06), one.name


@pytest.mark.parametrize("code", languages())
def test_quiet_company_is_mostly_quiet(code: str) -> None:
    steps = shipped(code)["quiet-company"].steps
    rests = sum(step.seconds for step in steps if isinstance(step, Rest))
    assert rests >= 0.85 * counted_seconds(steps)


@pytest.mark.parametrize("code", languages())
def test_no_sentence_of_a_script_sounds_like_a_command(code: str) -> None:
    """A rest follows each sentence, so its last words may come back from the room as a stretch of their own."""
    commands = obeyed(language_of(code))
    for name, one in shipped(code).items():
        for placed in (placed for walk in walks(one.parts) for placed in walk):
            said = placed.step.text.split() if isinstance(placed.step, Words) else []
            for start in range(len(said)):
                assert letters(" ".join(said[start:])) not in commands, (name, placed)


@pytest.mark.parametrize("code", languages())
def test_a_breath_goes_in_for_four_and_out_for_six_for_a_minute_first_and_two_later(code: str) -> None:
    """From cue to cue; never held. R17."""
    breath = shipped(code)["slow-breath"]
    for is_first, seconds in ((True, 60), (False, 120)):
        (walk, *_) = walks(breath.parts, is_first)
        beats = [placed.step.seconds for placed in walk if isinstance(placed.step, Beat)]
        assert beats == [4.0, 6.0] * (seconds // 10)
    assert breath.grows


@pytest.mark.parametrize("code", languages())
def test_the_senses_come_in_any_order_and_smell_and_taste_can_be_left_out(code: str) -> None:
    senses = shipped(code)["five-senses"]
    assert [len(choice.branches) for choice in branchings(senses.parts)] == [3]
    assert sum(isinstance(part, Optional) for part in senses.parts) == 4


@pytest.mark.parametrize("code", languages())
def test_a_walk_is_taken_sitting_down_unless_it_is_asked_for(code: str) -> None:
    (choice,) = branchings(shipped(code)["walk-outside"].parts)
    silent = " ".join(
        p.step.text for p in choice.branches[0].parts if isinstance(p, Placed) and isinstance(p.step, Words)
    )
    assert ("imagine" in silent and " walk" not in silent) if code == "en" else "떠올려" in silent
