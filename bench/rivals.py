"""Other ways to guess the kind of an entry, learned from the same invented entries as ours.

In: the entries in `training/`. Out: a `System` each: texts in, a kind and a confidence each out.
Touches: scikit-learn, and for the vectors wordllama, whose package holds them; neither is part of the program.
"""

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy

from training.entries import Recogniser, Written, read_entries
from voicejournal.dialogue.guessing import guessed
from voicejournal.journal.cues import KINDS, Kind, found_in
from voicejournal.journal.entries import TAGS, Tag
from voicejournal.journal.tagging import CLAIM, words_of
from voicejournal.languages import language_of

Answer = tuple[Tag | None, float]
System = Callable[[Sequence[str]], list[Answer]]

STRONG, MEDIUM, WEAK = 2.0, 0.7, 0.1
"""What a phrase counts where nothing is learned: one strong phrase decides, of the medium two do."""

ENOUGH = 1.4


def ours() -> System:
    """`guessed`, as the journal calls it."""
    language = language_of("en")

    def answer(texts: Sequence[str]) -> list[Answer]:
        guesses = [guessed(text, language) for text in texts]
        return [(one.tag, one.confidence) for one in guesses]

    return answer


def rules() -> System:
    """The cues alone, with weights by hand: the most telling kind, when its phrases are enough."""
    guesser = language_of("en").guesser
    assert guesser is not None
    cues = guesser.cues
    worth = {"strong": STRONG, "medium": MEDIUM, "weak": WEAK, "against": 0.0}

    def one(text: str) -> Answer:
        found = found_in(words_of(text), cues)
        score = {kind: sum(worth[match.cue.strength] for match in found[kind]) for kind in KINDS}
        best = max(TAGS, key=lambda tag: score[tag])
        share = score[best] / (sum(score.values()) or 1.0)
        return (best if score[best] >= max(ENOUGH, score["other"]) else None), share

    return lambda texts: [one(text) for text in texts]


def words_and_letters() -> System:
    """A linear model over runs of one and two words and of two to five letters."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import SGDClassifier
    from sklearn.pipeline import make_pipeline, make_union

    runs = make_union(
        TfidfVectorizer(ngram_range=(1, 2), min_df=3, sublinear_tf=True, token_pattern=r"\S+"),
        TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), min_df=5, sublinear_tf=True),
    )
    linear = SGDClassifier(loss="log_loss", alpha=1e-5, class_weight="balanced", random_state=0)
    texts, kinds = _learned_from()
    model = make_pipeline(runs, linear).fit(texts, kinds)
    return lambda texts: _answers(model.predict_proba([_plain(text) for text in texts]), model.classes_)


def vectors() -> System:
    """A linear model over the 256 numbers that wordllama gives a text: a static embedding, inside its package."""
    import wordllama
    from sklearn.linear_model import LogisticRegression

    # Its own search looks for the tokenizer in a folder that the package calls otherwise, and would download it.
    inside = Path(wordllama.__file__).parent
    embedding = wordllama.WordLlama.load(cache_dir=inside, disable_download=True)
    texts, kinds = _learned_from()
    model = LogisticRegression(C=10.0, class_weight="balanced", max_iter=1000)
    model.fit(embedding.embed(texts, norm=True), kinds)

    def answer(texts: Sequence[str]) -> list[Answer]:
        return _answers(
            model.predict_proba(embedding.embed([_plain(text) or "." for text in texts], norm=True)), model.classes_
        )

    return answer


def _learned_from() -> tuple[list[str], list[Kind]]:
    """Each entry as typed and once as heard, without capitals and marks."""
    entries = list(read_entries(words_of))
    recogniser = Recogniser((entry.words for entry in entries), seed=1)
    learned: list[tuple[Sequence[str], Written]] = [(entry.words, entry) for entry in entries]
    learned += [(recogniser.hear(entry.words), entry) for entry in entries]
    return [" ".join(words) or "." for words, _ in learned], [entry.kind for _, entry in learned]


def _plain(text: str) -> str:
    return " ".join(words_of(text))


def _answers(shares: "numpy.ndarray", kinds: Sequence[Kind]) -> list[Answer]:
    """The likeliest kind, where it is a tag and as likely as ours must be."""
    answers: list[Answer] = []
    for row in shares:
        by_kind = dict(zip(kinds, row, strict=True))
        best = max(TAGS, key=lambda tag: by_kind[tag])
        is_clear = by_kind[best] >= max(CLAIM, by_kind["other"])
        answers.append((best if is_clear else None, float(by_kind[best])))
    return answers
