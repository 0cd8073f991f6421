"""Verdicts on what recognisers say about their own work; the numbers are those of real recordings."""

from dataclasses import replace

import pytest

from voicejournal.hearing.doubt import Measures, Verdict, is_doubted, of_vosk, of_whisper
from voicejournal.hearing.transcripts import Word


@pytest.mark.parametrize(
    ("log_probability", "no_speech", "compression", "words_per_second", "verdict"),
    [
        pytest.param(-0.20, 0.04, 1.04, 2.5, "trusted", id="a read sentence"),
        pytest.param(-0.67, 0.06, 0.81, 1.6, "trusted", id="a strong accent"),
        pytest.param(-1.01, 0.05, 0.80, 1.5, "doubtful", id="an accent with half of its words wrong"),
        pytest.param(-0.91, 0.06, 1.04, 2.7, "doubtful", id="German"),
        pytest.param(-1.10, 0.36, 0.79, 0.7, "doubtful", id="Spanish"),
        pytest.param(-0.74, 0.28, 0.71, 0.6, "doubtful", id="French"),
        pytest.param(-0.93, 0.24, 0.71, 0.7, "doubtful", id="Italian"),
        pytest.param(-1.39, 0.26, 0.84, 2.6, "doubtful", id="Korean"),
        pytest.param(-1.15, 0.70, 0.56, 0.3, "refused", id="a kitchen: thank you"),
        pytest.param(-1.25, 0.94, 0.56, 0.3, "refused", id="a machine: thank you"),
        pytest.param(-0.15, 0.41, 5.38, 1.3, "doubtful", id="please stop, ten times, really said"),
        pytest.param(-0.19, 0.38, 15.74, 8.8, "refused", id="a bit of a bit of a bit of, without end"),
    ],
)
def test_whisper(
    log_probability: float, no_speech: float, compression: float, words_per_second: float, verdict: Verdict
) -> None:
    assert of_whisper(Measures(log_probability, no_speech, compression, words_per_second)) == verdict


@pytest.mark.parametrize(
    ("confidences", "verdict"),
    [
        pytest.param([], "trusted", id="no words"),
        pytest.param([1.0, 1.0, 0.6, 1.0], "trusted", id="one unsure word among sure ones"),
        pytest.param([1.0, 0.7, 0.8, 0.6], "doubtful", id="English heard as Korean"),
    ],
)
def test_vosk(confidences: list[float], verdict: Verdict) -> None:
    assert of_vosk(confidences) == verdict


@pytest.mark.parametrize(
    ("recognizer", "confidence", "is_marked"),
    [
        ("whisper", 0.39, True),
        ("whisper", 0.4, False),
        ("vosk", 0.49, True),
        ("vosk", 0.5, False),
        ("new", 0.0, False),
    ],
)
def test_a_word_is_marked_where_it_is_more_often_wrong_than_right(
    recognizer: str, confidence: float, is_marked: bool
) -> None:
    word = Word("drain", 0.0, 0.4, confidence)
    assert is_doubted(word, recognizer) is is_marked
    assert not is_doubted(replace(word, by="person"), recognizer)
