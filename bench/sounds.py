"""Sounds to measure with: recordings of the evaluation data, mixed and joined, and what is made on the spot.

In: names of recordings, levels, pauses. Out: 16 kHz mono samples (float, ±1), WAV files, the evaluation's tables.
Touches: soundfile, soxr, espeak-ng, flite. The same arguments give the same sound.
"""

import csv
import io
import random
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy

HERTZ = 16_000

EVALUATION = Path(__file__).parents[2] / "shared" / "evaluation"
"""Recordings that are no part of the repository; every row that needs them says so when they are absent."""

FLITE_WORDS_A_MINUTE = 165.0
"""As fast as espeak-ng that is asked for so many: its three voices took 0.82 to 1.06 of the time that espeak-ng
took at 150 for a sentence of 19 words."""

Samples = Any
"""A one-dimensional float array; numpy's own types say less than the word does."""


@dataclass(frozen=True)
class Utterance:
    """One recorded sentence and what was said in it."""

    name: str
    speaker: str
    condition: str
    transcript: str

    @property
    def samples(self) -> Samples:
        return read(EVALUATION / "speech" / self.name)


@dataclass(frozen=True)
class Joined:
    """Utterances with pauses between them."""

    utterances: tuple[Utterance, ...]
    spans: tuple[tuple[int, int], ...]
    """First sample of each utterance, and the first one after it."""
    samples: Samples


def utterances() -> list[Utterance]:
    """All recorded sentences, in the order of the manifest."""
    return [
        Utterance(row["path"], row["speaker"], row["condition"], row["transcript"])
        for row in rows("speech/manifest.tsv")
    ]


def rows(name: str) -> list[dict[str, str]]:
    """All lines of one of the evaluation's tables, each by its columns."""
    with (EVALUATION / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def by_speaker() -> dict[str, list[Utterance]]:
    """Sentences of everyone who said at least two."""
    found: dict[str, list[Utterance]] = {}
    for utterance in utterances():
        found.setdefault(utterance.speaker, []).append(utterance)
    return {speaker: said for speaker, said in found.items() if len(said) > 1}


def joined(said: list[Utterance], shortest: float, longest: float, seed: str) -> Joined:
    """The utterances with `shortest` to `longest` seconds of silence between them, and a second on each side."""
    chance = random.Random(seed)
    parts, spans, at = [silence(1)], [], HERTZ
    for i, utterance in enumerate(said):
        if i:
            pause = silence(chance.uniform(shortest, longest))
            parts.append(pause)
            at += len(pause)
        samples = utterance.samples
        parts.append(samples)
        spans.append((at, at + len(samples)))
        at += len(samples)
    return Joined(tuple(said), tuple(spans), numpy.concatenate([*parts, silence(1)]))


def read(path: Path) -> Samples:
    """A sound file, mono, at 16 kHz."""
    import soundfile
    import soxr

    samples, hertz = soundfile.read(str(path), dtype="float64", always_2d=True)
    return soxr.resample(samples.mean(axis=1), hertz, HERTZ) if hertz != HERTZ else samples.mean(axis=1)


def write(path: Path, samples: Samples) -> Path:
    """A 16 bit WAV; what is too loud is cut off as a sound card would."""
    import soundfile

    soundfile.write(str(path), numpy.clip(samples, -1, 0.99997), HERTZ, subtype="PCM_16")
    return path


def silence(seconds: float) -> Samples:
    return numpy.zeros(round(seconds * HERTZ))


def spoken(words: str, voice: str = "en-us", words_a_minute: int = 150) -> Samples:
    """A sentence by espeak-ng, without the silence around it, at about the level of a near voice (-24 dBFS)."""
    command = ["espeak-ng", "-v", voice, "-s", str(words_a_minute), "--stdout", words]
    return _near_voice(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)


def spoken_by_flite(words: str, voice: str, words_a_minute: int = 150) -> Samples:
    """The same by flite, whose voices are made from what people said."""
    with tempfile.NamedTemporaryFile(suffix=".wav") as wav:
        stretch = f"duration_stretch={FLITE_WORDS_A_MINUTE / words_a_minute:.2f}"
        subprocess.run(["flite", "-voice", voice, "--setf", stretch, "-t", words, "-o", wav.name], check=True)
        return _near_voice(Path(wav.name).read_bytes())


def _near_voice(wav: bytes) -> Samples:
    import soundfile
    import soxr

    samples, hertz = soundfile.read(io.BytesIO(wav), dtype="float64")
    loud = numpy.flatnonzero(abs(samples) > 0.003)
    samples = soxr.resample(samples[loud[0] : loud[-1] + 1], hertz, HERTZ)
    return samples * 0.063 / level(samples)


def noises() -> dict[str, Samples]:
    return {path.stem: read(path) for path in sorted((EVALUATION / "noise").glob("*.flac"))}


def rooms() -> dict[str, Path]:
    return {path.stem: path for path in sorted((EVALUATION / "rir").glob("*.wav"))}


def level(samples: Samples) -> float:
    """Root mean square."""
    return float(numpy.sqrt(numpy.mean(numpy.square(samples))))


def looped(samples: Samples, seconds: float) -> Samples:
    return numpy.resize(samples, round(seconds * HERTZ))


def with_noise(speech: Samples, noise: Samples, decibels: float, loud: Samples | None = None) -> Samples:
    """Speech with noise under it, `decibels` below the voice itself (the pauses between sentences don't count)."""
    reference = speech[abs(speech) > 0.01] if loud is None else loud
    noise = numpy.resize(noise, len(speech))
    return speech + noise * level(reference) / level(noise) / 10 ** (decibels / 20)


def in_room(speech: Samples, room: Path) -> Samples:
    """Speech as that room's far side hears it, as loud as it was."""
    import numpy.fft

    response = read(room)
    length = len(speech) + len(response) - 1
    heard = numpy.fft.irfft(numpy.fft.rfft(speech, length) * numpy.fft.rfft(response, length), length)
    return heard * level(speech) / level(heard)


def music(seconds: float, seed: int = 1) -> Samples:
    """Chords, an arpeggio and drums, with a fading tone for each note; -20 dBFS."""
    chance = random.Random(seed)
    beat = HERTZ // 2
    made = silence(seconds)
    chords = ((57, 60, 64), (53, 57, 60), (48, 52, 55), (55, 59, 62))
    for i in range(0, len(made) - 4 * beat, beat):
        chord = chords[i // (4 * beat) % 4]
        if i % (4 * beat) == 0:
            for note in chord:
                _add(made, i, _tone(note, 4 * beat) * 0.5)
        for step in range(2):
            _add(made, i + step * beat // 2, _tone(chance.choice(chord) + 12, beat) * 0.7)
        _add(made, i, _drum(chance.randrange(1 << 30), is_deep=i % (2 * beat) == 0))
    return made * 0.1 / level(made)


def _add(made: Samples, at: int, sound: Samples) -> None:
    sound = sound[: len(made) - at]
    made[at : at + len(sound)] += sound


def _tone(note: int, length: int) -> Samples:
    """Five partials of a plucked string; `note` is a MIDI number."""
    time = numpy.arange(length) / HERTZ
    hertz = 440 * 2 ** ((note - 69) / 12)
    return sum(numpy.sin(2 * numpy.pi * hertz * n * time) * numpy.exp(-2 * n * time) / n for n in range(1, 6))


def _drum(seed: int, is_deep: bool) -> Samples:
    time = numpy.arange(HERTZ // 5) / HERTZ
    if is_deep:
        return numpy.sin(2 * numpy.pi * 60 * time) * numpy.exp(-20 * time)
    return numpy.random.default_rng(seed).normal(0, 0.3, len(time)) * numpy.exp(-30 * time)
