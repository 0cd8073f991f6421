"""Row: utterances with pauses are one entry, with no more word errors than the bare engine, nothing missing."""

from bench.figures import Figure, all_of, at_most
from bench.speakers import comparisons
from bench.wording import pooled

ROW = "words"


def measure(is_quick: bool) -> list[Figure]:
    """Every speaker's utterances joined with pauses of 3 to 8 s, against one decode an utterance."""
    compared = comparisons(is_quick)
    ours = pooled([one.written for one in compared])
    bare = [pooled([one.bare[i] for one in compared]) for i in range(len(compared[0].bare))]
    worst = max(bare, key=lambda one: one.percent)
    single = sum(len(one.run.entries) == 1 for one in compared)
    bare_ends = max(one.ends_missing for one in bare)
    bare_lost = max(len(one.lost) for one in bare)
    told = ", ".join(f"{one.percent:.1f}" for one in bare)
    return [
        all_of(ROW, "speakers with one entry each", single, len(compared)),
        at_most(
            ROW, f"word errors over {ours.words} words (bare: {told})", ours.percent, round(worst.percent, 2), " %"
        ),
        at_most(
            ROW, "first or last words of an utterance missing (limit: bare)", ours.ends_missing, bare_ends, digits=0
        ),
        at_most(ROW, "runs of three and more words missing (limit: bare)", len(ours.lost), bare_lost, digits=0),
    ]
