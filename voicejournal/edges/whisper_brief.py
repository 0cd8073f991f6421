"""Whisper on a brief stretch that may be a phrase: encoded once, for less work, and asked in several ways.

In: a loaded model, the samples of a stretch, phrases. Out: its words, how well a sentence fits it.
Touches: faster-whisper.
Nothing that is asked changes what is answered next.
"""

import copy
from collections.abc import Iterable
from typing import Any

from voicejournal.edges.resampling import Samples
from voicejournal.edges.whisper_window import as_sentence, decoded
from voicejournal.hearing.transcripts import Nearest

BRIEF_FRAMES = 1500
"""15 s of features in place of 30, for stretches of a few seconds that may be a phrase: 85 of 105 spoken commands
understood against 86, for 0.43 of the processor time (5 synthetic voices; clean, in kitchen noise, in a room).
With 10 s 83, with 6 s 68. Not for what is written down: word errors of 154 utterances 25.8 % against 17.6 %."""

LEAST_PROBABILITY = 1e-9
"""Of a token: one that could not be there at all does not decide alone."""

BRIEF_TOKENS = 16
"""More than any phrase has; what is no phrase often runs on."""


class Brief:
    """One brief stretch in hand."""

    def __init__(self, model: Any, tokenizer: Any, language: str, samples: Samples) -> None:
        from faster_whisper.audio import pad_or_trim

        # Without the last frame, as faster-whisper decodes them.
        features = pad_or_trim(model.feature_extractor(samples)[..., :-1], BRIEF_FRAMES)
        self._encoded = encoded = model.encode(features)
        # The same weights, and the sound encoded already: that is most of the work.
        self._model = copy.copy(model)
        self._model.encode = lambda _: encoded
        self._tokenizer = tokenizer
        self._language = language
        self._samples = samples

    def segment(self, hints: Iterable[str]) -> Any:
        """What is decoded with these hints; None where that is nothing."""
        return decoded(self._model, self._samples, self._language, hints, BRIEF_TOKENS)

    def words(self, hints: Iterable[str] = ()) -> str:
        """Without when each of them was said, which is less work."""
        segment = decoded(self._model, self._samples, self._language, hints, BRIEF_TOKENS, has_times=False)
        return "" if segment is None else segment.text.strip()

    def nearest(self, phrases: Iterable[str], written: float) -> Nearest:
        """Each phrase put to the sound: how probable would its tokens have been? `written`: those that were."""
        fits = {phrase: self.fits(as_sentence(phrase)) for phrase in phrases}
        found = (Nearest(phrase, sum(fit) / len(fit), sum(fit) - written) for phrase, fit in fits.items())
        return max(found, key=lambda near: near.fit)

    def fits(self, sentence: str) -> list[float]:
        """Natural logarithm of the probability of each of its tokens."""
        import numpy

        tokens = self._tokenizer.encode(f" {sentence}")
        (aligned,) = self._model.model.align(self._encoded, self._tokenizer.sot_sequence, [tokens], BRIEF_FRAMES)
        return [float(one) for one in numpy.log(numpy.maximum(aligned.text_token_probs, LEAST_PROBABILITY))]
