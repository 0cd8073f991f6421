"""Whisper: words from whole stretches, in windows of half a minute.

In: stretches of voice. Out: their transcripts. Touches: faster-whisper, the model's folder; never the network.
The same sound gives the same words, whatever was heard before.
"""

import copy
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from voicejournal.edges import phrase_sounds
from voicejournal.edges.phrase_sounds import PhraseSounds
from voicejournal.edges.worker import Worker
from voicejournal.errors import ModelError
from voicejournal.hearing import doubt
from voicejournal.hearing.awaiting import Awaited
from voicejournal.hearing.frames import HEARD_HERTZ
from voicejournal.hearing.spelling import alike, letters
from voicejournal.hearing.transcripts import NOTHING_HEARD, Nearest, Sounded, Transcript, Unhinted, Word
from voicejournal.hearing.whole_words import whole_words
from voicejournal.ports import Recognizer

THREADS = 1
"""A second one waits by spinning: 19.5 CPU seconds against 18.3 for four speakers. A full window takes 1.4 s in
place of 1.0, and leaves the other core to what must not wait, the sound."""

BEAM = 5
"""16.9 % word errors against 19.8 % with 1 (design §4). With the phrases as hints both understand 92 of 95 spoken
commands (5 synthetic voices; 56 without hints), and the encoder costs most: 0.80 against 0.79 CPU seconds."""

WINDOW_SAMPLES = 28 * HEARD_HERTZ
"""Whisper hears 30 s at once. Callers join stretches up to this length, so nothing is cut but what is longer."""

BRIEF_FRAMES = 1500
"""15 s of features in place of 30, for stretches of a few seconds that may be a phrase: 85 of 105 spoken commands
understood against 86, for 0.43 of the processor time (5 synthetic voices; clean, in kitchen noise, in a room).
With 10 s 83, with 6 s 68. Not for what is written down: word errors of 154 utterances 25.8 % against 17.6 %."""

LEAST_PROBABILITY = 1e-9
"""Of a token: one that could not be there at all does not decide alone."""

BRIEF_TOKENS = 16
"""More than any phrase has; what is no phrase often runs on."""

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

def whisper_recognizer(path: Path, language: str) -> Recognizer:
    """Returns at once; the model in the folder `path` loads in the background. `language`: such as "en"."""
    return Worker(lambda: _Whisper(path, language), "whisper")


class _Whisper:
    """The model at work, in the worker's thread."""

    def __init__(self, path: Path, language: str) -> None:
        self._name = path.name
        self._language = language
        self._sound: dict[int, bytearray] = {}
        with _explained(self._name):
            if not (path / "tokenizer.json").is_file():
                # Without it faster-whisper fetches one.
                raise FileNotFoundError(path / "tokenizer.json")
            from faster_whisper import WhisperModel
            from faster_whisper.tokenizer import Tokenizer

            self._model = WhisperModel(
                str(path), device="cpu", compute_type="int8", cpu_threads=THREADS, local_files_only=True
            )
            model = self._model
            self._tokenizer = Tokenizer(model.hf_tokenizer, model.model.is_multilingual, "transcribe", language)
            # The same weights; the features of a brief stretch are cut before they are encoded.
            self._brief = copy.copy(self._model)
            self._brief.encode = self._encode_brief
            self._sounds = _second_ear() if language == phrase_sounds.LANGUAGE else None
            self._encoded: Any = None
            """The brief stretch in hand, once it was encoded: that is most of the work."""

    def _encode_brief(self, features: Any) -> Any:
        if self._encoded is None:
            self._encoded = self._model.encode(features[..., :BRIEF_FRAMES])
        return self._encoded

    def accept(self, ticket: int, pcm: bytes) -> None:
        self._sound.setdefault(ticket, bytearray()).extend(pcm)

    def forget(self, ticket: int) -> None:
        self._sound.pop(ticket, None)

    def finish(self, ticket: int, awaited: Awaited) -> Transcript:
        pcm = self._sound.pop(ticket, b"")
        samples = _samples(pcm)
        windows = [
            self._decode(samples[start : start + WINDOW_SAMPLES], start / HEARD_HERTZ, awaited)
            for start in range(0, len(samples), WINDOW_SAMPLES)
        ]
        if not windows:
            return NOTHING_HEARD
        text = " ".join(window.text for window in windows if window.text)
        whole = Transcript(
            text=text,
            words=tuple(word for window in windows for word in window.words),
            is_doubtful=any(window.is_doubtful for window in windows),
        )
        return whole if awaited.effort == "whole" or not text else self._weighed(whole, bytes(pcm), awaited)

    def _weighed(self, heard: Transcript, pcm: bytes, awaited: Awaited) -> Transcript:
        """Which phrase it may be all the same, and whether it is one by its hints alone."""
        likely = awaited.hints if awaited.effort == "nearest" else alike(awaited.hints, heard.text)
        is_phrase = letters(heard.text) in map(letters, awaited.hints)
        plain = self._without_hints(pcm) if likely else heard.text
        is_bent = letters(plain) != letters(heard.text)
        if is_phrase and not is_bent:
            return heard
        with _explained(self._name):
            written = sum(self._fits(heard.text))
            otherwise = sum(self._fits(plain)) if is_bent and letters(plain) else written
            best = max(written, otherwise)
            return replace(
                heard,
                nearest=self._nearest(likely, best) if likely and not is_phrase else None,
                unhinted=Unhinted(plain, written - otherwise) if is_bent else None,
                sounded=self._sounded(pcm, (*awaited.hints, *awaited.unhinted), best),
            )

    def _sounded(self, pcm: bytes, phrases: Sequence[str], written: float) -> Sounded | None:
        """What is wrong with the second ear never costs what this one hears: from then on it hears alone."""
        try:
            found = self._sounds.nearest(pcm, phrases) if self._sounds else None
        except Exception:
            found = self._sounds = None
        if found is None:
            return None
        lead = sum(self._fits(_as_sentence(found.phrase))) - written
        return Sounded(found.phrase, found.likeness, lead)

    def _nearest(self, phrases: Sequence[str], written: float) -> Nearest:
        """Each phrase put to the sound that was just decoded: how probable would its tokens have been?"""
        fits = {phrase: self._fits(_as_sentence(phrase)) for phrase in phrases}
        found = (Nearest(phrase, sum(fit) / len(fit), sum(fit) - written) for phrase, fit in fits.items())
        return max(found, key=lambda near: near.fit)

    def _fits(self, sentence: str) -> list[float]:
        """Natural logarithm of the probability of each of its tokens."""
        import numpy

        tokens = self._tokenizer.encode(f" {sentence}")
        (aligned,) = self._model.model.align(self._encoded, self._tokenizer.sot_sequence, [tokens], BRIEF_FRAMES)
        return [float(one) for one in numpy.log(numpy.maximum(aligned.text_token_probs, LEAST_PROBABILITY))]

    def _without_hints(self, pcm: bytes) -> str:
        """The words of the stretch in hand, once more; when each was said is known well enough."""
        segment = self._segment(_samples(pcm), Awaited(effort="brief"), has_times=False)
        return "" if segment is None else segment.text.strip()

    def _segment(self, samples: Any, awaited: Awaited, has_times: bool = True) -> Any:
        with _explained(self._name):
            model = self._model if awaited.effort == "whole" else self._brief
            segments, _ = model.transcribe(
                samples,
                language=self._language,
                hotwords=" ".join(map(_as_sentence, awaited.hints)) or None,
                word_timestamps=has_times,
                max_new_tokens=None if awaited.effort == "whole" else BRIEF_TOKENS,
                **FIXED,
            )
            # The only one of this window; asking for another would decode the silence after its last word.
            return next(iter(segments), None)

    def _decode(self, samples: Any, start_seconds: float, awaited: Awaited) -> Transcript:
        """One window, which begins `start_seconds` into its stretch."""
        self._encoded = None
        segment = self._segment(samples, awaited)
        if segment is None:
            return NOTHING_HEARD
        verdict = doubt.of_whisper(
            doubt.Measures(
                mean_log_probability=segment.avg_logprob,
                no_speech_probability=segment.no_speech_prob,
                compression_ratio=segment.compression_ratio,
                words_per_second=len(segment.text.split()) * HEARD_HERTZ / len(samples),
            )
        )
        if verdict == "refused":
            return Transcript("", is_doubtful=True)
        is_doubtful = verdict == "doubtful"
        words = whole_words(
            Word(
                word.word,
                start_seconds + float(word.start),
                start_seconds + float(word.end),
                float(word.probability),
            )
            for word in segment.words or ()
        )
        return Transcript(" ".join(word.text for word in words), words, is_doubtful=is_doubtful)


def _second_ear() -> PhraseSounds | None:
    """None where its parts are missing or broken: it only helps."""
    try:
        return PhraseSounds()
    except Exception:
        return None


def _as_sentence(phrase: str) -> str:
    """As hints are given; then the words come as sentences too.

    "Mood. Dream. Experiment." had 27 of 27 labels that began an entry heard (9 synthetic voices); "mood, dream,
    experiment" was written into some entries, and with no hint 4 of 12 were heard. On 77 recordings that named
    no kind it was never written, and word errors were 17.5 % against 16.8 % with none.
    """
    return f"{phrase.capitalize()}."


def _samples(pcm: bytes | bytearray) -> Any:
    import numpy

    return numpy.frombuffer(pcm, dtype="<i2").astype(numpy.float32) / 32768


@contextmanager
def _explained(model: str) -> Iterator[None]:
    """The libraries' failures as ours. A tokenizer that can't be read panics in Rust, past Exception."""
    try:
        yield
    except BaseException as exc:
        raise ModelError("model_broken", model=model) from exc
