"""A soak: an hour is one entry, whole, and takes no more memory at its end than at its beginning."""

import random
import subprocess
import time
from pathlib import Path

import numpy
import pytest
import soundfile
from spoken import HERTZ, command, entries, environment, needs_model, speak

HOUR_SECONDS = 3600

GROWTH_MEGABYTES = 25
"""Of the second half over the first. The journal's own pages and the words of 3 h made 10 (measured)."""

SENTENCES = (
    "I walked along the river, and the water was very high.",
    "My sister called, and we talked about the house.",
    "Then I sat down, and I could feel my heart.",
)


@pytest.mark.slow
@needs_model("whisper-en")
def test_an_hour_is_one_entry_in_bounded_memory(tmp_path: Path) -> None:
    sound, journal = tmp_path / "hour.wav", tmp_path / "journal.sqlite3"
    times = an_hour(sound, tmp_path)
    arguments = command("listen", "--microphone", sound, "--fast", "--journal", journal)

    with subprocess.Popen(
        arguments, env=environment(), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL
    ) as process:
        megabytes = [resident_megabytes(process)]
        while process.poll() is None:
            megabytes.append(resident_megabytes(process) or megabytes[-1])
            time.sleep(0.5)

    assert process.returncode == 0
    (entry,) = entries(journal)
    heard = sum(entry["text"].lower().count(word) for word in ("river", "sister", "heart"))
    print(f"{times} sentences, {heard} heard; {max(megabytes):.0f} MB at most")
    assert heard >= 0.95 * times
    half = len(megabytes) // 2
    assert max(megabytes[half:]) - max(megabytes[:half]) <= GROWTH_MEGABYTES


def an_hour(path: Path, folder: Path) -> int:
    """Sentences with pauses of 1 to 8 s; how many there are."""
    spoken = [soundfile.read(speak(folder / f"{n}.wav", said))[0] for n, said in enumerate(SENTENCES)]
    chance, count = random.Random(1), 0
    with soundfile.SoundFile(path, "w", HERTZ, 1) as file:
        while file.tell() < HOUR_SECONDS * HERTZ:
            file.write(spoken[count % len(spoken)])
            file.write(numpy.zeros(round(chance.uniform(1, 8) * HERTZ)))
            count += 1
    return count


def resident_megabytes(process: "subprocess.Popen[bytes]") -> float:
    """0 when the process has ended; Linux only, as this test is."""
    try:
        pages = int(Path(f"/proc/{process.pid}/statm").read_text().split()[1])
    except (OSError, IndexError):
        return 0.0
    return pages * 4096 / 1e6
