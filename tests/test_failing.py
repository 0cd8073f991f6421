"""`failing.py`: what nobody foresaw is told without a word of the journal in it."""

import logging
import subprocess
import sys
import threading
import warnings
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import pytest
import soundfile
from spoken import MODELS, environment, needs_model, speak

from voicejournal.assembling import listening
from voicejournal.beginning import Situation
from voicejournal.cli import main
from voicejournal.edges.places import demo_directory
from voicejournal.errors import JournalError
from voicejournal.failing import nothing_told_but, unforeseen
from voicejournal.settings import Settings

SECRET = "my sister Wilhelmina"

PROGRAM = f"""
import sys, threading
from pathlib import Path
from voicejournal import cli
def fails(parsed, chosen):
    entry = {SECRET!r}
    raise ValueError(entry)
def fails_elsewhere(parsed, chosen):
    thread = threading.Thread(target=fails, args=(parsed, chosen), name={SECRET!r})
    thread.start()
    thread.join()
cli.COMMANDS |= {{"list": fails, "search": fails_elsewhere}}
sys.exit(cli.main(sys.argv[1:]))
"""


def failed(*arguments: str, **more: str) -> "subprocess.CompletedProcess[str]":
    line = [sys.executable, "-c", PROGRAM, *arguments]
    return subprocess.run(line, env={**environment(), **more}, capture_output=True, text=True)


@pytest.mark.parametrize("arguments", [("list",), ("search", "x")], ids=["here", "in a thread"])
def test_a_person_is_told_what_to_do_and_no_value_is_shown(arguments: tuple[str, ...]) -> None:
    done = failed(*arguments)
    first, second = done.stderr.splitlines()
    assert first == "error: Something went wrong in me. What was kept is still kept."
    assert second.startswith("fix: start again") and "ValueError at" in second
    assert SECRET not in done.stderr and "Traceback" not in done.stderr and done.stdout == ""
    assert str(Path.home()) not in done.stderr and str(Path.cwd()) not in done.stderr


def test_who_mends_the_program_sees_everything() -> None:
    assert f"ValueError: {SECRET}" in failed("list", VOICEJOURNAL_TRACEBACK="1").stderr


def test_it_says_where_in_ours_and_where_in_a_library() -> None:
    from voicejournal.journal.plain_text import one_line

    try:
        one_line(object())  # type: ignore[arg-type]
    except TypeError as failure:
        error = unforeseen(failure)
    assert error.details["kind"] == "TypeError"
    assert error.details["place"].startswith("journal/plain_text.py:"), error.details


def test_warnings_and_logs_reach_nobody_and_all_is_given_back(capfd: pytest.CaptureFixture[str]) -> None:
    before = threading.excepthook, sys.unraisablehook, warnings.showwarning, list(logging.getLogger().handlers)
    told: list[JournalError] = []
    with nothing_told_but(told.append):
        warnings.showwarning(UserWarning(SECRET), UserWarning, "x.py", 1)
        logging.getLogger("a library").error("about %s", SECRET)
        thread = threading.Thread(target=lambda: [][1])
        thread.start()
        thread.join()
    assert [error.details["kind"] for error in told] == ["IndexError"]
    assert before == (threading.excepthook, sys.unraisablehook, warnings.showwarning, logging.getLogger().handlers)
    assert SECRET not in "".join(capfd.readouterr())


@pytest.mark.parametrize(
    "arguments",
    [
        ("list", "--limit", "9" * 30),
        ("list", "--since", "\udcff\x1b[2J"),
        ("search", "\udcff", '"', "*"),
        ("search", "x" * 100_000),
        ("show", "\u202e; drop table entry"),
        ("show", "\udcff"),
        ("tag", "\udcff", "mood"),
        ("delete", "\udcff", "--yes"),
        ("care", "--remove", "\udcff"),
        ("scripts", "check", "\u202e\x1b]0;x\x07.md"),
        ("scripts", "check", "x" * 5000),
        ("replay", "x" * 5000),
        ("replay", "/"),
        ("guess-tag", "/"),
        ("listen", "--microphone", "x" * 5000 + ".wav"),
        ("listen", "--microphone", "/dev/null", "--speaker", "/nowhere/x.wav"),
        ("ground", "--script", "/"),
        ("ground", "x" * 5000),
        ("care", "--json"),
        ("listen", "--model", "x" * 5000, "--microphone", "/dev/null"),
    ],
    ids=lambda arguments: " ".join(arguments)[:40].encode("ascii", "replace").decode(),
)
def test_whatever_is_typed_there_is_no_failure_inside(
    arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    with suppress(SystemExit):
        assert main(list(arguments)) in (0, 1)
    said = "".join(capsys.readouterr())
    assert "Something went wrong in me" not in said
    assert not {"\x1b", "\x07", "\u202e"} & set(said)


def test_where_the_demo_can_have_no_folder_it_says_what_to_do(
    empty_home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    demo_directory().parent.parent.mkdir(parents=True)
    demo_directory().parent.write_bytes(b"no folder")
    assert main(["demo"]) == 1
    assert f"fix: make {demo_directory()}" in capsys.readouterr().err


@needs_model("whisper-en")
def test_a_failure_in_the_middle_is_spoken_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever has their eyes closed would wait in silence for an answer."""
    monkeypatch.setenv("VOICEJOURNAL_MODELS", str(MODELS))
    heard, answer = speak(tmp_path / "heard.wav", 1.0), tmp_path / "answer.wav"
    chosen = Settings(
        journal=str(tmp_path / "journal.sqlite3"), microphone=str(heard), speaker=str(answer), fast=True, plain=True
    )

    def fails() -> bool:
        raise ValueError(SECRET)

    situation = Situation(now=lambda: datetime.now().astimezone(), is_interrupted=fails)
    with pytest.raises(ValueError), listening(chosen, situation) as loop:
        loop.run()
    assert 3 < soundfile.info(answer).duration < 9, "three short sentences, and nothing else"
