"""The whole program on real sound with real models: spoken, kept, answered, killed and started again."""

import os
import random
import subprocess
import time
import tomllib
from pathlib import Path

import pytest
import soundfile
from pulse import Pulse, a_pulse  # noqa: F401
from spoken import (
    EVALUATION,
    command,
    entries,
    environment,
    events,
    needs_evaluation,
    needs_model,
    run,
    speak,
)

ENDED = 0

PLAYED_BYTES_A_SECOND = 2 * 48_000
"""The speaker is given a frame for each that was heard, however slow the machine is."""


@pytest.fixture
def dream(tmp_path: Path) -> Path:
    words = (1.0, "Dream. I was on a train.", 2.0, "Finish my entry.", 0.5)
    return speak(tmp_path / "dream.wav", *words, voice="en-us+f3")


@needs_model("whisper-en")
def test_a_dream_is_kept_and_answered_and_the_same_sound_gives_the_same_entry(tmp_path: Path, dream: Path) -> None:
    journal, again, answer = tmp_path / "journal.sqlite3", tmp_path / "again.sqlite3", tmp_path / "answer.wav"

    ended = run("listen", "--microphone", dream, "--fast", "--journal", journal, "--speaker", answer)
    run("listen", "--microphone", dream, "--fast", "--journal", again)

    assert ended.returncode == ENDED, ended.stderr
    (entry,), (same,) = entries(journal), entries(again)
    assert (entry["text"], entry["seconds"]) == (same["text"], same["seconds"])
    assert (entry["tag"], entry["tag_source"], entry["state"]) == ("dream", "spoken", "written")
    assert "train" in entry["text"] and "finish" not in entry["text"].lower()
    heard, played = soundfile.info(dream), soundfile.info(answer)
    assert played.samplerate == 48_000 and played.duration > heard.duration


@needs_model("whisper-en")
@needs_evaluation
def test_its_own_voice_in_a_room_changes_nothing(tmp_path: Path, dream: Path) -> None:
    journal = tmp_path / "journal.sqlite3"
    room = EVALUATION / "rir" / "speechbrain_rir1.wav"
    arguments = ("listen", "--microphone", dream, "--fast", "--journal", journal, "--room", room)

    ended = run(*arguments, "--room-level", "-10", "--speaker", tmp_path / "answer.wav")

    assert ended.returncode == ENDED, ended.stderr
    (entry,) = entries(journal)
    assert (entry["tag"], entry["tag_source"]) == ("dream", "spoken")


@needs_model("whisper-en")
def test_what_keeps_it_from_beginning_is_spoken_too(tmp_path: Path, dream: Path) -> None:
    journal, answer = tmp_path / "journal.sqlite3", tmp_path / "answer.wav"
    journal.write_bytes(b"not a journal" * 1000)

    ended = run("listen", "--microphone", dream, "--fast", "--journal", journal, "--speaker", answer)

    assert ended.returncode == 1 and ended.stderr.startswith("error: That file is not a journal")
    assert 2 < soundfile.info(answer).duration < 8, "the sentence, and nothing else"
    assert journal.read_bytes() == b"not a journal" * 1000


@needs_model("vosk-ko")
@needs_evaluation
def test_korean_is_heard_as_the_bare_engine_hears_it(tmp_path: Path) -> None:
    journal = tmp_path / "journal.sqlite3"
    sound = EVALUATION / "other_languages" / "ko.flac"
    arguments = ("--language", "ko", "--recognizer", "vosk", "--fast", "--journal", journal)

    ended = run("listen", "--microphone", sound, *arguments)

    assert ended.returncode == ENDED, ended.stderr
    (entry,) = entries(journal)
    assert entry["text"] == "그 는 디비전 이 피 하면서 기흥 옆으로 걸어갔 다"


@needs_model("whisper-en")
def test_what_was_said_survives_a_kill(tmp_path: Path) -> None:
    lose_and_recover(tmp_path, times=1)


@pytest.mark.slow
@needs_model("whisper-en")
def test_what_was_said_survives_twenty_kills(tmp_path: Path) -> None:
    lose_and_recover(tmp_path, times=20)


def lose_and_recover(tmp_path: Path, times: int) -> None:
    """Kill a run at random moments: at most a second is lost each time, and the next start writes the entry."""
    sentence = "I was walking by the river and the water was very high."
    parts: list[str | float] = [sentence, 0.4, sentence, 0.4, sentence, 0.4]
    spoken = speak(tmp_path / "spoken.wav", 0.5, *parts)
    quiet = speak(tmp_path / "quiet.wav", 1.0)
    seed = random.randrange(10**6)
    moments = random.Random(seed)
    for attempt in range(times):
        journal, trace = tmp_path / f"{attempt}.sqlite3", tmp_path / f"{attempt}.jsonl"
        answer = tmp_path / f"{attempt}.wav"
        arguments = ("listen", "--microphone", spoken, "--journal", journal, "--trace", trace, "--speaker", answer)
        with subprocess.Popen(
            command(*arguments), env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        ) as process:
            first_event(trace)
            time.sleep(moments.uniform(3.5, 8))
            process.kill()
        heard_seconds = answer.stat().st_size / PLAYED_BYTES_A_SECOND
        again = run("listen", "--microphone", quiet, "--fast", "--plain", "--journal", journal)
        assert "river" not in again.stdout, "nobody has asked to see it"
        (entry,) = entries(journal)
        kept_until = next(e["t"] for e in events(trace) if e["event"] == "entry_opened") + entry["seconds"]
        assert kept_until >= heard_seconds - 1.0, f"seed {seed}, attempt {attempt}"
        assert entry["state"] == "written" and "river" in entry["text"], f"seed {seed}: {entry['text']!r}"


def first_event(trace: Path) -> float:
    """When the first frame was there (the first line of a trace comes with it), on the monotonic clock."""
    give_up_at = time.monotonic() + 30
    while not (trace.exists() and trace.stat().st_size):
        assert time.monotonic() < give_up_at, "nothing was heard"
        time.sleep(0.005)
    return time.monotonic()


@needs_model("whisper-en")
def test_spoken_into_a_microphone_and_answered_by_a_speaker(tmp_path: Path, dream: Path, pulse: Pulse) -> None:
    journal, trace = tmp_path / "journal.sqlite3", tmp_path / "trace.jsonl"
    arguments = command("listen", "--journal", journal, "--trace", trace, "--trace-words")
    pulse.environment |= {"VOICEJOURNAL_MODELS": environment()["VOICEJOURNAL_MODELS"]}
    program = pulse.start(arguments, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    first_event(trace)
    pulse.feed(dream)
    give_up_at = time.monotonic() + 30
    while not any(event["event"] == "said" for event in events(trace)):
        assert time.monotonic() < give_up_at, trace.read_text(encoding="utf-8")
        time.sleep(0.1)
    speaker = pulse.listen()
    time.sleep(1.5)
    program.terminate()

    _, error = program.communicate(timeout=30)

    assert program.returncode == 130, error.decode()
    assert abs(speaker.stop()).max() > 0.05
    (entry,) = entries(journal)
    # Not more: through devices, in real time, the little model may hear another word for the train.
    assert (entry["state"], entry["tag"], entry["tag_source"]) == ("written", "dream", "spoken")


CARE = """
[contact]
name = "Sam"
number = "0700 900 123"
"""


@needs_model("whisper-en")
def test_help_me_now_is_understood_and_reads_the_number_figure_by_figure(tmp_path: Path) -> None:
    spoken = speak(tmp_path / "help.wav", 1.0, "Help me now.", 12.0, "Stop.", 3.0, voice="en-us+f3")
    care, trace = Path(os.environ["XDG_CONFIG_HOME"]) / "voicejournal" / "care.toml", tmp_path / "trace.jsonl"
    care.parent.mkdir(parents=True)
    care.write_text(CARE)
    arguments = ("--journal", tmp_path / "journal.sqlite3", "--trace", trace, "--trace-words", "--plain")

    ended = run("listen", "--microphone", spoken, "--fast", *arguments)

    assert ended.returncode == ENDED, ended.stderr
    said = [event["words"] for event in events(trace) if event["event"] == "said"]
    assert said[:3] == ["If you are in danger, you can call Sam.", "zero, seven, zero, zero", "nine, zero, zero"]
    assert "call: Sam: 0700 900 123" in ended.stdout
    assert entries(tmp_path / "journal.sqlite3") == []


@needs_model("whisper-en")
def test_what_is_chosen_while_grounding_is_known_to_the_journal_and_the_other_way(tmp_path: Path) -> None:
    spoken = speak(tmp_path / "slower.wav", 3.6, "slower", 6.0, "stop", 3.0, voice="en-gb")
    journal = tmp_path / "journal.sqlite3"
    kept = tmp_path / "journal.preferences.toml"
    arguments = ("--microphone", spoken, "--fast", "--journal", journal)

    assert run("ground", "water", *arguments).returncode == ENDED
    assert tomllib.loads(kept.read_text()) == {"rate": "0.9", "rest": "1.5"}
    assert run("listen", *arguments).returncode == ENDED
    remembered = tomllib.loads(kept.read_text())
    assert (remembered["rate"], remembered["rest"]) == ("0.8", "2.25")


def test_in_quiet_mode_a_script_is_twenty_decibels_softer_or_only_to_be_read(tmp_path: Path) -> None:
    script = tmp_path / "short.md"
    script.write_text("---\ntitle: Short\n---\n\nYou can stop any time. [2s]\nNotice the floor.\n")
    levels, seconds = {}, set()
    for quiet in ("off", "whisper", "text"):
        played = tmp_path / f"{quiet}.wav"
        ended = run("ground", "--script", script, "--fast", "--speaker", played, "--quiet", quiet)
        assert ended.returncode == ENDED, ended.stderr
        assert ("said: Notice the floor." in ended.stdout) == (quiet != "off")
        sound, hertz = soundfile.read(played)
        levels[quiet] = float((sound**2).mean() ** 0.5)  # a peak differs by a tenth from run to run of espeak-ng
        seconds.add(round(len(sound) / hertz, 1))
    assert levels["whisper"] == pytest.approx(levels["off"] / 10, rel=0.05)
    assert levels["text"] == 0 and len(seconds) == 1
