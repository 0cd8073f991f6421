"""Words put together from their parts."""

from voicejournal.hearing.transcripts import Word
from voicejournal.hearing.whole_words import whole_words


def test_whole_words_are_put_together_and_notes_left_out() -> None:
    texts = [
        " well",
        "-known",
        " [Music",
        " playing]",
        " (laughs)",
        " ...",
        " ♪",
        " it's",
        " (as",
        " I",
        " know)",
    ]
    words = whole_words(Word(text, at, at + 1.0, 1 - at / 100) for at, text in enumerate(texts))
    assert [word.text for word in words] == ["well-known", "it's", "(as", "I", "know)"]
    assert words[0] == Word("well-known", 0, 2.0, 0.99)
