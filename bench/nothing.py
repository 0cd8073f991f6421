"""Row: ten minutes of noise, of silence, of music are no entry."""

import tempfile
from pathlib import Path

from bench import programs, sounds
from bench.figures import Figure

ROW = "nothing"

SECONDS = 600.0
QUICK_SECONDS = 60.0
LEVELS = (1.0, 0.3)
"""Each noise at its own level, and as if from the next room."""


def measure(is_quick: bool) -> list[Figure]:
    """Entries that `list` shows after each of the sounds."""
    seconds = QUICK_SECONDS if is_quick else SECONDS
    heard = {"silence": sounds.silence(seconds), "music": sounds.music(seconds)}
    for name, noise in sounds.noises().items():
        for level in LEVELS:
            heard[f"{name} × {level:g}"] = sounds.looped(noise, seconds) * level
    with tempfile.TemporaryDirectory() as folder:
        return [_figure(name, samples, Path(folder) / name) for name, samples in heard.items()]


def _figure(name: str, samples: sounds.Samples, folder: Path) -> Figure:
    folder.mkdir()
    sound = sounds.write(folder / "noise.wav", samples)
    run = programs.listen(sound, folder)
    sound.unlink()
    texts = ", ".join(f'"{entry["text"][:40]}"' for entry in run.entries)
    what = f"entries of {len(samples) / sounds.HERTZ / 60:.0f} min of {name} {texts}"
    is_reached = not run.entries and run.ended.exit_code == 0
    return Figure(ROW, what, str(len(run.entries)), "0", is_reached)
