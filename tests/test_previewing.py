"""A preview is the script as it is heard: its silences are measured in the file that the real voice made."""

import shutil
from itertools import pairwise
from pathlib import Path

import numpy
import pytest
import soundfile

from bench.rests import LEAST_SECONDS, rests_off, silences
from voicejournal.cli import main
from voicejournal.edges.prompt_files import languages, script_paths, shipped_scripts
from voicejournal.grounding.outline import walks
from voicejournal.previewing import preview
from voicejournal.settings import Settings
from voicejournal.shelf import read_script
from voicejournal.speaking.lengths import counted_seconds
from voicejournal.speaking.steps import Rest

needs_espeak = pytest.mark.skipif(shutil.which("espeak-ng") is None, reason="espeak-ng is not installed")

SCRIPT = """---
title: Short
not_for: nobody
---
You can stop any time. [2s]
Notice the chair. [break:"strong"]
#[repeat:"3"]
Breathe in. [beat:"4s"]
Breathe out. [beat:"6s"]
#[end]
#[quiet]
Now it is quiet. [3.25s]
That was all.
"""

WINDOW_SECONDS = 0.005


@pytest.fixture
def script(tmp_path: Path) -> Path:
    path = tmp_path / "short.md"
    path.write_text(SCRIPT, encoding="utf-8")
    return path


def heard(path: Path) -> list[tuple[float, float]]:
    """Beginning and end, in seconds, of every silence of a sound file."""
    samples, hertz = soundfile.read(path)
    return silences(samples, hertz, WINDOW_SECONDS)


@needs_espeak
@pytest.mark.parametrize("rate", [None, 0.8, 1.3])
def test_every_rest_and_beat_is_within_a_frame_of_the_script(
    script: Path, tmp_path: Path, rate: float | None
) -> None:
    preview(str(script), Settings(speaker=str(tmp_path / "out.wav"), rate=rate))
    found = heard(tmp_path / "out.wav")
    rests = [end - start for start, end in found]
    begins = [end for _, end in found]
    assert len(rests) == 2 + 6 + 1
    assert [rests[0], rests[1], rests[-1]] == pytest.approx([2.0, 8.0, 3.25], abs=0.02)
    cues = [after - before for before, after in pairwise(begins[1:8])]
    assert cues == pytest.approx([4.0, 6.0] * 3, abs=0.02), "from cue to cue, at any rate"
    assert begins[7] - begins[1] == pytest.approx(30.0, abs=0.02)


@needs_espeak
@pytest.mark.parametrize("name", ["quiet-company", "slow-breath"])
def test_a_preview_by_name_takes_as_long_as_the_list_says(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out.wav"
    assert main(["scripts", "preview", name, "--speaker", str(out)]) == 0
    script = read_script(shipped_scripts("en") / f"{name}.md")
    info = soundfile.info(out)
    assert (info.samplerate, info.channels, info.subtype) == (48_000, 1, "PCM_16")
    assert info.duration == pytest.approx(script.seconds, rel=0.05)
    silent = sum(p.step.seconds for p in walks(script.parts)[0] if isinstance(p.step, Rest))
    assert sum(end - start for start, end in heard(out)) > silent
    assert counted_seconds(script.steps) == pytest.approx(info.duration, rel=0.05)


def test_a_preview_needs_a_file(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["scripts", "preview", "water"]) == 1
    assert "--speaker OUT.wav" in capsys.readouterr().err
    assert main(["scripts", "preview"]) == 1
    assert "scripts preview" in capsys.readouterr().err


def test_a_preview_into_a_folder_that_is_not_there_says_which(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "no" / "such"
    assert main(["scripts", "preview", "water", "--speaker", str(folder / "x.wav")]) == 1
    assert f"fix: make the folder {folder} first" in capsys.readouterr().err


def test_a_preview_of_nothing_known_names_what_there_is(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["scripts", "preview", "cow", "--speaker", str(tmp_path / "out.wav")]) == 1
    assert "water" in capsys.readouterr().err and not (tmp_path / "out.wav").exists()


@needs_espeak
@pytest.mark.slow
@pytest.mark.parametrize("code", languages())
@pytest.mark.parametrize("name", sorted(script_paths(shipped_scripts("en"))))
def test_every_script_we_ship_keeps_its_silences_without_clicks_or_clipping(
    code: str, name: str, tmp_path: Path
) -> None:
    path = shipped_scripts(code) / f"{name}.md"
    preview(str(path), Settings(language=code, speaker=str(tmp_path / "out.wav")))
    samples, hertz = soundfile.read(tmp_path / "out.wav")
    off = rests_off(read_script(path).steps, samples, hertz, WINDOW_SECONDS)
    assert off is not None, "a silence between every two sentences, and nowhere else"
    assert off and max(off) <= 0.02

    assert numpy.abs(samples).max() <= 10 ** (-3 / 20) + 1e-3, "nothing is clipped"
    sounding = numpy.flatnonzero(samples)
    apart = numpy.flatnonzero(numpy.diff(sounding) > LEAST_SECONDS * hertz)
    edges = numpy.concatenate((samples[sounding[apart]], samples[sounding[apart + 1]]))
    assert numpy.abs(edges).max() < 0.002, "no click where a sentence begins or ends"
