"""The natural voice: Piper itself with a tiny voice made here, and the real one where it is installed."""

import json
import os
import shutil
import subprocess
import sys
import time
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy
import pytest
from spoken import MODELS, needs_model

from voicejournal import voicing
from voicejournal.checking import checks
from voicejournal.dialogue.language import Language
from voicejournal.edges import OFFLINE
from voicejournal.edges.natural_voice import ENGINE, NaturalVoice
from voicejournal.errors import JournalError, ModelError, VoiceError
from voicejournal.installed import find_voice
from voicejournal.languages import language_of
from voicejournal.settings import Settings
from voicejournal.speaking.sentences import sentences

ROOT = Path(__file__).parents[2]
SAMPLES_A_PHONEME = 2000

needs_espeak = pytest.mark.skipif(shutil.which("espeak-ng") is None, reason="espeak-ng is not installed")


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A voice as Piper's are, but it hums: so many samples for each phoneme, times the length scale."""
    pytest.importorskip("piper", reason="the engine of the natural voice is not installed: pip install piper-tts")
    onnx = pytest.importorskip("onnx", reason="onnx, which makes a tiny voice, is not installed")
    folder = tmp_path_factory.mktemp("tiny")
    make, kind, number = onnx.helper, onnx.TensorProto, onnx.numpy_helper.from_array
    nodes = [
        make.make_node("Gather", ["scales", "second"], ["scale"]),
        make.make_node("Cast", ["input_lengths"], ["count"], to=kind.FLOAT),
        make.make_node("Mul", ["count", "scale"], ["scaled"]),
        make.make_node("Mul", ["scaled", "each"], ["length"]),
        make.make_node("Squeeze", ["length"], ["end"]),
        make.make_node("Range", ["zero", "end", "step"], ["turns"]),
        make.make_node("Sin", ["turns"], ["hum"]),
        make.make_node("Mul", ["hum", "half"], ["soft"]),
        make.make_node("Unsqueeze", ["soft", "axes"], ["output"]),
    ]
    step = 0.05
    constants = {"second": numpy.array([1]), "axes": numpy.array([0, 1])}
    constants |= {
        "zero": numpy.array(0, numpy.float32),
        "step": numpy.array(step, numpy.float32),
        "half": numpy.array([0.5], numpy.float32),
    }
    constants |= {"each": numpy.array([SAMPLES_A_PHONEME * step], numpy.float32)}
    graph = make.make_graph(
        nodes,
        "hum",
        [
            make.make_tensor_value_info("input", kind.INT64, [1, "phonemes"]),
            make.make_tensor_value_info("input_lengths", kind.INT64, [1]),
            make.make_tensor_value_info("scales", kind.FLOAT, [3]),
        ],
        [make.make_tensor_value_info("output", kind.FLOAT, [1, 1, "samples"])],
        [number(value, name) for name, value in constants.items()],
    )
    model = make.make_model(graph, opset_imports=[make.make_opsetid("", 17)], ir_version=9)
    onnx.save(model, str(folder / "tiny.onnx"))
    letters = {letter: [i] for i, letter in enumerate("_^$ abcdefghijklmnopqrstuvwxyzəɪʌæɛɑɔʊɹθðŋʃʒɡː.,?ˈˌ")}
    config = {"audio": {"sample_rate": 22_050}, "espeak": {"voice": "en-us"}, "num_symbols": 60, "num_speakers": 1}
    (folder / "tiny.onnx.json").write_text(json.dumps(config | {"phoneme_id_map": letters}))
    return folder


def samples(pcm: bytes) -> Any:
    return numpy.frombuffer(pcm, "<i2") / 32768


def test_words_become_sound_at_the_rate_that_was_asked_for(tiny: Path) -> None:
    voice = NaturalVoice(tiny)
    normal = voice.render("I am listening.", 1.0)
    assert normal and voice.render("I am listening.", 1.0) == normal
    assert len(voice.render("I am listening, and you are not.", 1.0)) > len(normal)
    assert len(voice.render("I am listening.", 0.8)) > len(normal) > len(voice.render("I am listening.", 1.3))
    assert 20 * numpy.log10(numpy.sqrt(numpy.mean(samples(normal) ** 2))) == pytest.approx(-23, abs=0.5)


@pytest.mark.parametrize("words", ["", " \n", "\x00", "\ud800"])
def test_nothing_to_say_is_no_sound(tiny: Path, words: str) -> None:
    assert NaturalVoice(tiny).render(words, 1.0) == b""


def test_odd_text_is_said_as_far_as_it_can_be(tiny: Path) -> None:
    voice = NaturalVoice(tiny)
    assert voice.render("[[ə]] one", 1.0) != voice.render("one", 1.0), "brackets are no commands"
    for words in ("♥", "안녕", "<break time='9s'/>", "[[", "a" * 300):
        voice.render(words, 1.0)


def test_its_engine_is_told_to_report_nothing_before_it_is_used(
    tiny: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import onnxruntime

    done: list[str] = []

    def noting(name: str) -> Callable[..., Any]:
        real = getattr(onnxruntime, name)

        def noted(*given: Any, **more: Any) -> Any:
            done.append(name)
            return real(*given, **more)

        return noted

    for name in ("disable_telemetry_events", "InferenceSession"):
        monkeypatch.setattr(onnxruntime, name, noting(name))
    assert NaturalVoice(tiny).render("I am listening.", 1.0)
    assert done == ["disable_telemetry_events", "InferenceSession"]


SPEAKING = """
import sys
from pathlib import Path
from voicejournal.edges.natural_voice import NaturalVoice
assert NaturalVoice(Path(sys.argv[1])).render("I am listening.", 1.0)
"""


def test_its_engine_keeps_no_name_for_this_computer_and_nothing_to_send(tiny: Path, tmp_path: Path) -> None:
    """Where it reports, it writes both into the cache folder as soon as it is imported."""
    home = tmp_path / "home"
    home.mkdir()
    places = {"HOME": str(home), "XDG_CACHE_HOME": str(home / "cache"), "TMPDIR": str(home)}
    inherited = {name: value for name, value in os.environ.items() if name not in OFFLINE}
    done = subprocess.run(
        [sys.executable, "-c", SPEAKING, str(tiny)],
        env=inherited | places,
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert list(home.rglob("*")) == []


def broken(folder: Path) -> None:
    weights = folder / "tiny.onnx"
    weights.write_bytes(weights.read_bytes()[:-200])


def without_config(folder: Path) -> None:
    (folder / "tiny.onnx.json").unlink()


def no_config(folder: Path) -> None:
    (folder / "tiny.onnx.json").write_text("{")


@pytest.mark.parametrize("spoil", [broken, without_config, no_config])
def test_what_is_no_voice_is_told(tiny: Path, tmp_path: Path, spoil: Callable[[Path], None]) -> None:
    folder = tmp_path / "voice"
    shutil.copytree(tiny, folder)
    spoil(folder)
    with pytest.raises(VoiceError, match="natural_broken"):
        NaturalVoice(folder)


def test_the_engine_named_is_the_one_that_is_pinned() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["optional-dependencies"]["natural"] == [ENGINE]
    assert not [one for one in project["dependencies"] if "piper" in one], (
        "its licence is the GPL: never brought along"
    )


# Which voice speaks


@pytest.fixture(scope="module")
def english() -> Language:
    return language_of("en")


@pytest.fixture
def models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("VOICEJOURNAL_MODELS", str(tmp_path))
    return tmp_path


def why_not(chosen: Settings, language: Language) -> str:
    with pytest.raises(JournalError) as raised:
        find_voice(chosen, language)
    return raised.value.name


def test_where_no_voice_is_installed_the_systems_speaks(models: Path, english: Language) -> None:
    assert find_voice(Settings(), english) is None
    assert find_voice(Settings(voice="natural"), language_of("ko")) is None
    assert why_not(Settings(voice="natural"), english) == "natural_missing"


def test_a_changed_voice_is_refused_and_the_systems_can_be_chosen(models: Path, english: Language) -> None:
    (models / "voice-en").mkdir()
    (models / "voice-en" / "sums.json").write_text('{"files": {}}')
    assert why_not(Settings(), english) == "natural_changed"
    assert find_voice(Settings(voice="system"), english) is None


@needs_espeak
def test_doctor_says_why_the_system_speaks(models: Path, english: Language) -> None:
    (models / "voice-en").mkdir()
    (models / "voice-en" / "sums.json").write_text('{"files": {}}')
    with pytest.raises(ModelError, match="natural_changed"):
        dict(checks(Settings(), english))["voice"]()
    assert dict(checks(Settings(voice="system"), english))["voice"]() == english.printed["voice_ready"]


@needs_espeak
def test_a_voice_that_can_not_be_loaded_lets_the_system_speak(tmp_path: Path, english: Language) -> None:
    assert len(voicing.natural(tmp_path, english)("I am listening.", 1.0)) > 48_000


@needs_espeak
def test_a_voice_that_can_not_speak_on_lets_the_system_speak(tiny: Path, tmp_path: Path, english: Language) -> None:
    """Its configuration knows no way to say anything; that is found only when it speaks."""
    folder = tmp_path / "voice"
    shutil.copytree(tiny, folder)
    config = json.loads((folder / "tiny.onnx.json").read_text())
    (folder / "tiny.onnx.json").write_text(json.dumps(config | {"espeak": {"voice": "no such language"}}))
    with pytest.raises(VoiceError, match="natural_broken"):
        NaturalVoice(folder).render("I am listening.", 1.0)
    render = voicing.natural(folder, english)
    assert len(render("I am listening.", 1.0)) > 48_000 and len(render("You can stop.", 1.0)) > 48_000


BOTH = """
import sys, threading
from pathlib import Path
from voicejournal import voicing
from voicejournal.edges.ahead import Ahead
from voicejournal.edges.natural_voice import NaturalVoice
from voicejournal.edges.voice import SpokenVoice
from voicejournal.languages import language_of
english, tiny = language_of("en"), Path(sys.argv[1])
falls_back = Ahead(lambda: voicing.natural(tiny / "nothing", english), [("Number %d." % i, 1.0) for i in range(5)])
speaks = Ahead(lambda: NaturalVoice(tiny).render, [("Number %d." % i, 1.0) for i in range(5)])
for i in range(5):
    assert SpokenVoice("en").render("The microphone is not there, %d." % i, 1.0)
    assert falls_back.render("I am listening, %d." % i, 1.0) and speaks.render("I am listening, %d." % i, 1.0)
falls_back.close(), speaks.close()
"""


@needs_espeak
def test_both_engines_in_one_process_do_not_crash(tiny: Path) -> None:
    """Each has its own espeak-ng; an error is told while the fallback speaks, and another voice is at work."""
    environment = {**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{os.environ['PYTHONPATH']}"}
    command = [sys.executable, "-W", "error", "-c", BOTH, str(tiny)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr


# The real one


@pytest.fixture(scope="module")
def joe() -> NaturalVoice:
    pytest.importorskip("piper", reason="the engine of the natural voice is not installed: pip install piper-tts")
    return NaturalVoice(MODELS / "voice-en")


SENTENCES = (
    "I am listening.",
    "You can stop any time.",
    "Notice the floor, or the chair, under you.",
    "If you like, take one small sip of the water.",
)


@needs_model("voice-en")
@pytest.mark.parametrize("rate", [0.8, 1.0, 1.3])
def test_its_pace_is_the_one_that_was_asked_for(joe: NaturalVoice, rate: float) -> None:
    seconds = sum(len(joe.render(sentence, rate)) / 96_000 for sentence in SENTENCES)
    words = sum(len(sentence.split()) for sentence in SENTENCES)
    assert 125 < 60 * words / seconds / rate < 185, "these words are shorter than most"


def test_what_is_said_to_help_me_now_is_rendered_before_it_is_asked_for(english: Language) -> None:
    late = voicing.long_beginnings(english)
    assert sentences(english.said["help_emergency"])[0] in late and len(late) <= 26, "each is half a megabyte"
    assert not any("{" in words for words in late)


@needs_model("voice-en")
def test_a_short_sentence_is_rendered_within_half_a_second(joe: NaturalVoice) -> None:
    joe.render(SENTENCES[0], 1.0)  # what is loaded with the first words of all
    started_at = time.process_time()
    assert joe.render(SENTENCES[1], 0.99)
    assert time.process_time() - started_at < 0.5


@needs_model("voice-en")
def test_one_changed_byte_and_the_system_speaks(models: Path, english: Language) -> None:
    shutil.copytree(MODELS / "voice-en", models / "voice-en")
    assert find_voice(Settings(), english) == models / "voice-en"
    weights = models / "voice-en" / "en_US-joe-medium.onnx"
    with weights.open("r+b") as file:
        file.seek(1_000_000)
        byte = file.read(1)
        file.seek(1_000_000)
        file.write(bytes([byte[0] ^ 1]))
    assert why_not(Settings(), english) == "natural_changed"
