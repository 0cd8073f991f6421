"""One window of sound through Whisper: how it is decoded, and what the segment that comes of it says.

In: a loaded model, samples, hints. Out: a segment, its transcript. Touches: the model that it is given.
The same sound gives the same words, whatever was heard before.
"""

from collections.abc import Iterable
from typing import Any

from voicejournal.edges.resampling import Samples
from voicejournal.hearing import doubt
from voicejournal.hearing.frames import HEARD_HERTZ
from voicejournal.hearing.transcripts import NOTHING_HEARD, Transcript, Word
from voicejournal.hearing.whole_words import whole_words

BEAM = 5
"""16.9 % word errors against 19.8 % with 1 (design §4). With the phrases as hints both understand 92 of 95 spoken
commands (5 synthetic voices; 56 without hints), and the encoder costs most: 0.80 against 0.79 CPU seconds."""

FIXED = {
    "beam_size": BEAM,
    # Its fallback to higher temperatures samples, and CTranslate2's generator can't be seeded twice (4.8.5): the
    # same sound gave other words. Without timestamps it is not needed: nothing looped in 203 stretches of speech.
    "temperature": 0.0,
    # One pass over each window and no second one over its last silence: 0.75 × the CPU, and 12.1 % word errors
    # on 41 blocks against 12.8 %.
    "without_timestamps": True,
    "condition_on_previous_text": False,
    # Judged by `doubt` instead.
    "compression_ratio_threshold": None,
    "log_prob_threshold": None,
    "no_speech_threshold": None,
}


def decoded(
    model: Any,
    samples: Samples,
    language: str,
    hints: Iterable[str],
    most_tokens: int | None = None,
    has_times: bool = True,
) -> Any:
    """The only segment of this window; None where there is none."""
    segments, _ = model.transcribe(
        samples,
        language=language,
        hotwords=" ".join(map(as_sentence, hints)) or None,
        word_timestamps=has_times,
        max_new_tokens=most_tokens,
        **FIXED,
    )
    # Asking for another one would decode the silence after its last word.
    return next(iter(segments), None)


def transcript_of(segment: Any, start_seconds: float, samples: int) -> Transcript:
    """Of a window of so many samples, which begins `start_seconds` into its stretch."""
    if segment is None:
        return NOTHING_HEARD
    verdict = doubt.of_whisper(
        doubt.Measures(
            mean_log_probability=segment.avg_logprob,
            no_speech_probability=segment.no_speech_prob,
            compression_ratio=segment.compression_ratio,
            words_per_second=len(segment.text.split()) * HEARD_HERTZ / samples,
        )
    )
    if verdict == "refused":
        return Transcript("", is_doubtful=True)
    words = whole_words(
        Word(word.word, start_seconds + float(word.start), start_seconds + float(word.end), float(word.probability))
        for word in segment.words or ()
    )
    return Transcript(" ".join(word.text for word in words), words, is_doubtful=verdict == "doubtful")


def as_sentence(phrase: str) -> str:
    """As hints are given; then the words come as sentences too.

    "Mood. Dream. Experiment." had 27 of 27 labels that began an entry heard (9 synthetic voices); "mood, dream,
    experiment" was written into some entries, and with no hint 4 of 12 were heard. On 77 recordings that named
    no kind it was never written, and word errors were 17.5 % against 16.8 % with none.
    """
    return f"{phrase.capitalize()}."
