"""When words may not be what was said.

In: what a recogniser says about its own work. Out: a mark, nothing more. Pure.
Doubt is only shown: no word is ever thrown away because of it.
"""

LEAST_LOG_PROBABILITY = -0.7
"""Whisper's average per token. Five other languages gave -0.74 to -1.39, accented English down to -1.07
(design §4): no value parts them, and a needless mark costs less than a silent mistake."""

LEAST_WORD_CONFIDENCE = 0.6
"""Vosk's mean per word; English spoken to the Korean model stays below."""

MOST_COMPRESSION = 2.4
"""Text that packs better than this repeats itself: Whisper's own threshold for a loop."""


def is_doubtful_log_probability(average: float, compression: float) -> bool:
    """Of a stretch that Whisper decoded."""
    return average < LEAST_LOG_PROBABILITY or compression > MOST_COMPRESSION


def is_doubtful_confidence(confidences: list[float]) -> bool:
    """Of a stretch that Vosk decoded; a voice without words is doubtful too."""
    return not confidences or sum(confidences) / len(confidences) < LEAST_WORD_CONFIDENCE
