"""When a recogniser's words may not be what was said.

In: what the recogniser says about its own work. Out: a verdict. Pure.
Doubt is only a mark: nothing is thrown away but what Whisper says where nobody spoke, and its endless loops.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from voicejournal.hearing.transcripts import Word

Verdict = Literal["trusted", "doubtful", "refused"]
"""refused: no words of anybody; the sound stays."""


@dataclass(frozen=True)
class Measures:
    """What Whisper says about one decode."""

    mean_log_probability: float
    """Natural logarithm, over the tokens."""
    no_speech_probability: float
    compression_ratio: float
    """Of the text's bytes, plain to deflated: what repeats itself packs well."""
    words_per_second: float
    """Of the sound it was given, silence included."""


MOST_UNCERTAINTY = 0.8
"""No-speech probability minus mean log probability: unsure that it is speech, unsure of the words.

tiny.en, beam 5, temperature 0, no timestamps; share of stretches over 0.8:
    the five foreign sentences                     5 of 5 (0.97 to 1.65)
    padded, halved, quieter, joined in pairs      69 of 70 (missed: the German one said three times over)
    twelve languages by espeak-ng                 12 of 12
    noise alone                                   13 of 13
    English, 137 utterances                        3 of 137 (2 of them with over half of their words wrong)
    English, joined to 41 blocks of up to 28 s     1 of 41 (48 % of its words wrong)
    mumbled, falsetto, whispered (25)              5 of 25
    English in noise, 10 and 0 dB (54)             9 of 54 (8 of them with over 30 % of their words wrong)
A threshold on the log probability alone does worse: -0.65 marks 5 of the 137, and misses one half sentence more.
"""

NOBODY_PROBABILITY = 0.6
NOBODY_LOG_PROBABILITY = -1.0
"""Whisper's own: past both, nobody spoke. No foreign or English stretch came near; 9 of 13 of noise did."""

MOST_COMPRESSION = 2.4
"""Whisper's own threshold for text that repeats itself. People do so too ("please stop", ten times: 5.4), so
such words stay and are doubtful."""

MOST_WORDS_PER_SECOND = 5.0
"""What repeats itself faster than this is a loop: people came to 4.0 over a whole stretch, loops 6 to 9."""


def of_whisper(measures: Measures) -> Verdict:
    """Of the words that Whisper found in one stretch."""
    if (
        measures.no_speech_probability > NOBODY_PROBABILITY
        and measures.mean_log_probability < NOBODY_LOG_PROBABILITY
    ):
        return "refused"
    if measures.compression_ratio > MOST_COMPRESSION:
        return "refused" if measures.words_per_second > MOST_WORDS_PER_SECOND else "doubtful"
    uncertainty = measures.no_speech_probability - measures.mean_log_probability
    return "doubtful" if uncertainty > MOST_UNCERTAINTY else "trusted"


LEAST_MEAN_CONFIDENCE = 0.85
"""Vosk's mean over the words of a stretch; share below it, with the small Korean model:
    German, Spanish, French, Italian, each with three paddings      12 of 12 (0.54 to 0.83)
    English                                                         24 of 26 (not: falsetto, one book sentence)
    the one Korean sentence: padded, louder, quieter, slower, faster, in noise down to 10 dB
                                                                    2 of 17 (with half of their words wrong)
    the same at 5 dB, and in two echoing rooms                      3 of 5 (nearly all words wrong in the 3)
Measured on one speaker of the language: with an English model it may mark more."""


def of_vosk(confidences: Sequence[float]) -> Verdict:
    """Of the words that Vosk found in one stretch; no words at all are nothing to doubt."""
    if not confidences:
        return "trusted"
    return "doubtful" if sum(confidences) / len(confidences) < LEAST_MEAN_CONFIDENCE else "trusted"


DOUBTED_BELOW: Mapping[str, float] = {"whisper": 0.4, "vosk": 0.5, "scripted": 0.4}
"""The confidence under which a single word is marked, by recogniser; a sure word is never asked about.

Whisper (tiny.en, 1,752 words of 31 speakers, each one's recordings spoken as one entry; `python -m bench doubt`):
share of words that were wrong, by confidence
    0.0-0.1  0.1-0.2  0.2-0.3  0.3-0.4  0.4-0.5  0.5-0.6  0.6-0.7  0.7-0.8  0.8-0.9  0.9-0.95  0.95-0.99  over
     64 %     64 %     58 %     66 %     45 %     38 %     36 %     22 %     12 %      9 %       6 %       2 %
so 0.4 is where a word stops being more often wrong than right. Below it lie 5.9 % of the words, 62 % of them wrong,
27 % of all that are wrong. Chosen on half of the speakers (59 %); on the other half 68 % are wrong, of 5.8 %.
Vosk (the small Korean model, the one Korean sentence in 22 conditions, 209 words): below 0.5 lie 7 %, 10 of 14 of
them wrong; but of the 66 wrong words 39 came with a confidence of 0.99 and more, so most go unmarked.
"""


def is_doubted(word: Word, recognizer: str) -> bool:
    """Whether the word is marked; never one that the person decided on, nor of a recogniser not measured."""
    return word.by != "person" and word.confidence < DOUBTED_BELOW.get(recognizer, 0.0)
