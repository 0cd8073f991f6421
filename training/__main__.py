"""Makes `prompts/en/tags/weights.tsv` anew from the entries beside this file: `make weights`.

In: entries, cues and lexicon. Out: the weights, and how right guesses about unseen writers are. Touches: files.
The same entries and the same version of scikit-learn give the same file to the byte.
"""

import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from training.entries import Recogniser, Written, read_entries
from training.learning import Example, learned
from voicejournal.journal.cues import Cues, found_in, read_cues
from voicejournal.journal.features import Lexicon, features, read_lexicon
from voicejournal.journal.tagging import words_of
from voicejournal.journal.weights import written

TAGS = Path(__file__).parents[1] / "prompts" / "en" / "tags"

HEARINGS = 2
"""Each entry is learned as it was typed, and so often as a recogniser might have heard it."""

PLAIN_HEARINGS = 10
PLAIN_TYPED, PLAIN_HEARD = 15, 3
"""Plain tellers are few, and nearest to most people: for so many counts an entry of theirs, and a hearing of it."""


def main() -> None:
    cues, lexicon = read_cues(_table("cues.toml")), read_lexicon(_table("lexicon.toml"))
    entries = list(read_entries(words_of))
    recogniser = Recogniser((entry.words for entry in entries), seed=1)
    examples = []
    for entry in entries:
        typed, heard, hearings = (PLAIN_TYPED, PLAIN_HEARD, PLAIN_HEARINGS) if entry.is_plain else (1, 1, HEARINGS)
        examples.append(_example(entry, entry.words, cues, lexicon, typed, is_heard=False))
        for _ in range(hearings):
            heard_words = recogniser.hear(entry.words)
            examples.append(_example(entry, heard_words, cues, lexicon, heard, is_heard=True))
    weights, right = learned(examples)
    (TAGS / "weights.tsv").write_text("\n".join(written(weights)) + "\n", encoding="utf-8")
    print(
        f"{len(entries)} entries by {len({entry.writer for entry in entries})} writers, {len(weights.of)} features"
    )
    print("F1 about writers and situations left out:", *(f"{kind} {value:.3f}" for kind, value in right.items()))


def _example(
    entry: Written, words: Sequence[str], cues: Cues, lexicon: Lexicon, weight: int, is_heard: bool
) -> Example:
    found = features(words, found_in(words, cues), lexicon)
    return Example(found, entry.kind, entry.writer, entry.situation, weight, is_heard)


def _table(name: str) -> dict[str, Any]:
    return tomllib.loads((TAGS / name).read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
