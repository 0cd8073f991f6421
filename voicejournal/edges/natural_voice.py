"""The natural voice: Piper, with a voice that the person installed.

In: words and a rate. Out: their sound, 48 kHz mono s16. Touches: piper and onnxruntime, the voice's two files.
The same words at the same rate give the same bytes: nothing in it is left to chance.
"""

import importlib.util
import json
from pathlib import Path
from typing import Any

from voicejournal.edges.shaping import shaped, speakable
from voicejournal.errors import VoiceError

ENGINE = "piper-tts==1.8.0"
"""What has to be installed beside the voice: GPL-3.0-or-later, so it is offered, never brought along."""

WEIGHTS, CONFIG = "*.onnx", "*.onnx.json"

LENGTH, LENGTH_OFFSET = 2.1, 0.25
"""Piper's length scale is LENGTH / rate - LENGTH_OFFSET. A scale of 1 gave 243 words a minute and 1.64 gave 161: it
rounds each sound up to a whole frame, so length is not in proportion. Over our 3459 words 1.75 gave 157; at rate 1
this asks for 152, within R10's 140 to 155 and no slower: stretching further makes words harder to tell."""

NOISE_SCALE = 0.0
NOISE_WIDTH = 0.0
"""Piper's own 0.667 and 0.8 say each sentence a little differently every time."""

THREADS = 1
"""One second of sound takes 0.10 to 0.11 s on one thread, and 0.12 to 0.19 s on two of a machine with two cores;
the other core is the recogniser's."""


def is_engine_here() -> bool:
    """Whether Piper can be imported."""
    return importlib.util.find_spec("piper") is not None


class NaturalVoice:
    """A loaded voice; for one thread at a time."""

    def __init__(self, folder: Path) -> None:
        """Takes a quarter of a second. `folder` holds one voice whose bytes were verified. Raises: VoiceError."""
        try:
            import onnxruntime
            from piper import PiperVoice
            from piper.config import PiperConfig
        except ImportError as exc:
            raise VoiceError("natural_engine_missing", engine=ENGINE) from exc
        # The switch in `edges` ends its reports; this is for builds that report to Windows (its `Privacy.md`).
        onnxruntime.disable_telemetry_events()
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = THREADS
        options.inter_op_num_threads = THREADS
        options.log_severity_level = 4
        # Worked over by onnxruntime, it took 0.9 s of processor time to load in place of 0.2, and spoke no faster.
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
        try:
            (weights,), (config,) = folder.glob(WEIGHTS), folder.glob(CONFIG)
            model = onnxruntime.InferenceSession(str(weights), options, providers=["CPUExecutionProvider"])
            self._voice = PiperVoice(model, PiperConfig.from_dict(json.loads(config.read_text("utf-8"))))
        except Exception as exc:  # onnxruntime's errors have nothing else in common
            raise VoiceError("natural_broken", folder=str(folder)) from exc
        self._folder = folder

    def render(self, words: str, rate: float) -> bytes:
        """Sound of the words, as the port has it; takes a tenth of their length. Raises: VoiceError."""
        import numpy
        from piper import SynthesisConfig

        how = SynthesisConfig(
            length_scale=LENGTH / rate - LENGTH_OFFSET,
            noise_scale=NOISE_SCALE,
            noise_w_scale=NOISE_WIDTH,
            normalize_audio=False,
        )
        # Two brackets would be taken for phonemes.
        text = speakable(words).replace("[[", "[ [")
        try:
            parts: list[Any] = (
                [part.audio_float_array for part in self._voice.synthesize(text, how)] if text else []
            )
        except Exception as exc:  # as above
            raise VoiceError("natural_broken", folder=str(self._folder)) from exc
        if not parts:
            return b""
        return shaped(numpy.concatenate(parts), self._voice.config.sample_rate)
