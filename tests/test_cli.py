"""Commands as typed: what they print, and what they answer to a mistake. The journal is a real one."""

import json
import os
import pty
import subprocess
import sys
import tomllib
from datetime import UTC, datetime
from pathlib import Path

import pytest
from spoken import events, needs_model, run, speak

from voicejournal.cli import main
from voicejournal.edges.store import Store
from voicejournal.hearing.transcripts import KeptStretch, Word

KEYS = [
    "id",
    "started_at",
    "ended_at",
    "tag",
    "tag_source",
    "tag_reason",
    "text",
    "seconds",
    "state",
    "recognizer",
    "language",
    "for_therapist",
]


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    """Two entries: a dream of the morning, and one of the evening without a tag."""
    path = tmp_path / "journal.sqlite3"
    store = Store(path)
    texts = ("dream I was on a slow train", "the bus was late")
    for hour, text, tag in zip((5, 20), texts, ("dream", None), strict=True):
        entry_id = store.open_entry(datetime(2026, 3, 1, hour, tzinfo=UTC), "en", "scripted")
        store.keep_sound(entry_id, bytes(8000))
        store.close_entry(entry_id, datetime(2026, 3, 1, hour, 1, tzinfo=UTC))
        store.keep_stretch(entry_id, KeptStretch(0.0, 0.2, text))
        store.write_entry(entry_id, "dream" if tag else None, "spoken" if tag else None, None)
    store.close()
    return path


def printed(capsys: pytest.CaptureFixture[str], *arguments: object) -> str:
    """Standard output of a command that works."""
    assert main([str(argument) for argument in arguments]) == 0
    return capsys.readouterr().out


def test_list_is_newest_first(capsys: pytest.CaptureFixture[str], journal: Path) -> None:
    entries = json.loads(printed(capsys, "list", "--json", "--journal", journal))
    assert [entry["text"] for entry in entries] == ["the bus was late", "dream I was on a slow train"]
    assert all(list(entry) == KEYS for entry in entries)


def test_list_can_be_narrowed(capsys: pytest.CaptureFixture[str], journal: Path) -> None:
    (dream,) = json.loads(printed(capsys, "list", "--tag", "dream", "--json", "--journal", journal))
    assert dream["tag_source"] == "spoken"
    assert json.loads(printed(capsys, "list", "--since", "2026-03-03", "--json", "--journal", journal)) == []
    (newest,) = json.loads(printed(capsys, "list", "--limit", 1, "--json", "--journal", journal))
    assert newest["text"] == "the bus was late"


def test_a_plain_list_has_one_line_an_entry(capsys: pytest.CaptureFixture[str], journal: Path) -> None:
    lines = printed(capsys, "list", "--journal", journal).splitlines()
    assert len(lines) == 2
    assert "260301-002" in lines[0] and "the bus was late" in lines[0]


def test_search_wants_all_the_words(capsys: pytest.CaptureFixture[str], journal: Path) -> None:
    assert "slow train" in printed(capsys, "search", "train", "slow", "--journal", journal)
    assert json.loads(printed(capsys, "search", "train", "bus", "--json", "--journal", journal)) == []


def test_show_prints_the_whole_text(capsys: pytest.CaptureFixture[str], journal: Path) -> None:
    assert "dream I was on a slow train" in printed(capsys, "show", "260301-001", "--journal", journal)
    entry = json.loads(printed(capsys, "show", "260301-001", "--json", "--journal", journal))
    assert entry["seconds"] == 0.25


def test_show_marks_doubted_words_and_json_does_not(capsys: pytest.CaptureFixture[str], journal: Path) -> None:
    store = Store(journal)
    words = (Word("my", 0.0, 0.1, 0.9), Word("mudder.", 0.1, 0.2, 0.2))
    store.keep_stretch("260301-002", KeptStretch(0.0, 0.2, "my mudder.", words))
    store.write_entry("260301-002", None, None, None)
    store.close()
    assert "my mudder (?)." in printed(capsys, "show", "260301-002", "--journal", journal).splitlines()
    entry = json.loads(printed(capsys, "show", "260301-002", "--json", "--journal", journal))
    assert entry["text"] == "my mudder."


def test_tag_is_changed(capsys: pytest.CaptureFixture[str], journal: Path) -> None:
    printed(capsys, "tag", "260301-002", "mood", "--journal", journal)
    entry = json.loads(printed(capsys, "show", "260301-002", "--json", "--journal", journal))
    assert (entry["tag"], entry["tag_source"]) == ("mood", "changed")


def test_delete_removes_one_entry(capsys: pytest.CaptureFixture[str], journal: Path) -> None:
    printed(capsys, "delete", "260301-001", "--yes", "--journal", journal)
    (entry,) = json.loads(printed(capsys, "list", "--json", "--journal", journal))
    assert entry["id"] == "260301-002"


def test_delete_with_nobody_to_ask_deletes_nothing(journal: Path) -> None:
    done = typed("delete", "260301-001", "--journal", journal)
    assert done.returncode == 1 and "--help" in done.stderr
    assert typed("show", "260301-001", "--journal", journal).returncode == 0


@pytest.mark.parametrize(
    "arguments",
    [
        ["show", "999999-001"],
        ["delete", "999999-001", "--yes"],
        ["list", "--since", "the day before"],
        ["replay", "nowhere.txt"],
        ["listen", "--microphone", "nowhere.wav"],
        ["listen", "--fast"],
        ["listen", "--language", "tlh"],
        ["ground", "nothing-like-it"],
        ["ground", "--script", "nowhere.md"],
        ["models", "install", "tlh"],
        ["listen", "--model", "nowhere"],
    ],
    ids=" ".join,
)
def test_a_mistake_is_told_with_its_mending(
    arguments: list[str], capsys: pytest.CaptureFixture[str], journal: Path
) -> None:
    assert main([*arguments, "--journal", str(journal)]) == 1
    error, fix = capsys.readouterr().err.splitlines()
    assert error.startswith("error: ") and fix.startswith("fix: ")


@pytest.mark.parametrize(
    "arguments", [["lizten"], ["listen", "--loud"], ["list", "--tag", "nightmare"]], ids=" ".join
)
def test_what_is_unknown_ends_with_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2


def test_guess_tag_answers_each_line(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    texts = tmp_path / "texts.txt"
    texts.write_text("last night i dreamt that i was flying over the sea\nthe bus was late\n", encoding="utf-8")
    answers = [json.loads(line) for line in printed(capsys, "guess-tag", texts).splitlines()]
    assert [answer["tag"] for answer in answers] == ["dream", None]
    assert all(list(answer) == ["tag", "confidence", "reason"] for answer in answers)


def test_guess_tag_hears_a_kind_that_is_named(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    texts = tmp_path / "texts.txt"
    texts.write_text("Dream. I was on a train.\ndream my brother was driving the bus\n", encoding="utf-8")
    answers = [json.loads(line) for line in printed(capsys, "guess-tag", texts).splitlines()]
    assert answers == [{"tag": "dream", "confidence": 1.0, "reason": "You said it is a dream."}] * 2


def test_scripts_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    names = {script["name"] for script in json.loads(printed(capsys, "scripts", "list", "--json"))}
    assert {"water", "slow-breath", "walk-outside", "something-solid"} <= names


def typed(*arguments: object) -> "subprocess.CompletedProcess[str]":
    """The command as a process of its own, with nobody at the keyboard."""
    command = [sys.executable, "-m", "voicejournal.cli", *map(str, arguments)]
    return subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60)


# Settings


@pytest.fixture
def mistaken(empty_home: Path) -> Path:
    """Settings with a slip of the finger in them."""
    path = empty_home / ".config" / "voicejournal" / "settings.toml"
    path.parent.mkdir(parents=True)
    path.write_text('patience = "20"\nrate = 11\n', encoding="utf-8")
    return path


def test_a_mistake_in_the_settings_names_file_and_line(
    capsys: pytest.CaptureFixture[str], mistaken: Path, journal: Path
) -> None:
    assert main(["list", "--journal", str(journal)]) == 1
    assert f"fix: {mistaken}, line 2: set rate to: 0.8 to 1.3" in capsys.readouterr().err
    mistaken.write_text("patience = ")
    assert main(["list", "--journal", str(journal)]) == 1
    assert f"fix: correct {mistaken}: " in capsys.readouterr().err


def test_a_mistake_is_told_in_the_language_that_was_chosen(
    capsys: pytest.CaptureFixture[str], mistaken: Path, journal: Path
) -> None:
    mistaken.write_text('language = "ko"\nrate = 11\n', encoding="utf-8")
    assert main(["list", "--journal", str(journal)]) == 1
    assert f"{mistaken}, 2번째 줄" in capsys.readouterr().err
    mistaken.unlink()
    assert main(["list", "--language", "ko", "--journal", ""]) == 1
    assert "path" not in capsys.readouterr().err


def test_care_goes_on_with_a_mistake_in_the_settings(capsys: pytest.CaptureFixture[str], mistaken: Path) -> None:
    assert main(["care"]) == 0
    assert str(mistaken) in capsys.readouterr().err


def short_script(folder: Path) -> Path:
    path = folder / "short.md"
    path.write_text("---\ntitle: Short\n---\nThis takes a moment, and you can say stop. [6s]\n", encoding="utf-8")
    return path


@needs_model("whisper-en")
@pytest.mark.parametrize("command", ["listen", "ground"])
def test_whoever_speaks_or_wants_to_hear_a_voice_does_not_wait_for_the_settings_to_be_mended(
    tmp_path: Path, mistaken: Path, command: str
) -> None:
    silent, trace = speak(tmp_path / "nobody.wav", 2.0), tmp_path / "trace"
    what = ("--script", short_script(tmp_path)) if command == "ground" else ()
    ended = run(command, *what, "--fast", "--microphone", silent, "--trace", trace, "--trace-words")
    assert (ended.returncode, str(mistaken) in ended.stderr) == (0, True)
    told = [event["words"] for event in events(trace) if event["event"] == "said"]
    assert ("One setting has a value I can't use." in told) == (command == "listen")


# Scripts


@pytest.fixture
def own_script(empty_home: Path) -> Path:
    folder = empty_home / ".config" / "voicejournal" / "grounding"
    folder.mkdir(parents=True)
    path = folder / "cat.md"
    path.write_text("---\ntitle: The cat\nseconds: 40\n---\nYou can stop any time. [2s]\n", encoding="utf-8")
    return path


def test_own_scripts_are_listed_beside_ours(capsys: pytest.CaptureFixture[str], own_script: Path) -> None:
    listed = json.loads(printed(capsys, "scripts", "list", "--json"))
    assert {"name": "cat", "title": "The cat", "seconds": 40} in listed and len(listed) == 11
    assert all(list(one) == ["name", "title", "seconds"] for one in listed)
    lines = printed(capsys, "scripts", "list").splitlines()
    assert [line for line in lines if str(own_script) in line] == [f"cat  40 s  The cat  {own_script}"]


def test_a_broken_script_is_told_with_file_line_and_fix(
    capsys: pytest.CaptureFixture[str], own_script: Path
) -> None:
    own_script.write_text('---\ntitle: The cat\n---\nOne. [2s]\n#[repeat:"6"]\nTwo. [2s]\n', encoding="utf-8")
    assert main(["scripts", "list", "--json"]) == 0
    out, err = capsys.readouterr()
    assert len(json.loads(out)) == 10
    assert (
        err.startswith("error: ")
        and f'fix: {own_script}, line 5: after the last line that belongs to #[repeat:"6"]' in err
    )
    assert main(["ground", "cat", "--fast"]) == 1
    assert f"{own_script}, line 5" in capsys.readouterr().err


def test_check_names_each_line_to_change(capsys: pytest.CaptureFixture[str], own_script: Path) -> None:
    assert main(["scripts", "check", str(own_script)]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert any(line.startswith("line 1: it takes about") for line in lines) and any(
        "not_for" in line for line in lines
    )
    ours = Path(__file__).parent.parent / "prompts" / "en" / "grounding" / "water.md"
    assert printed(capsys, "scripts", "check", ours) == ""
    assert main(["scripts", "check"]) == 1
    assert "scripts check FILE" in capsys.readouterr().err


def test_check_takes_a_name_as_well(
    capsys: pytest.CaptureFixture[str], own_script: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert main(["scripts", "check", str(own_script)]) == 1
    by_file = capsys.readouterr()
    assert main(["scripts", "check", "cat"]) == 1
    assert capsys.readouterr() == by_file
    assert printed(capsys, "scripts", "check", "water") == ""
    assert main(["scripts", "check", "cow"]) == 1
    assert "water" in capsys.readouterr().err
    assert main(["scripts", "check", "cow.md"]) == 1
    assert "check the path cow.md" in capsys.readouterr().err
    monkeypatch.chdir(own_script.parent)
    own_script.rename("water")
    assert main(["scripts", "check", "water"]) == 1
    assert capsys.readouterr() == by_file


def test_ours_is_spoken_where_one_s_own_is_broken_and_that_is_told(
    capsys: pytest.CaptureFixture[str], own_script: Path, tmp_path: Path
) -> None:
    mine = own_script.with_name("water.md")
    mine.write_text("---\ntitle: My water\n---\nOne. [2s", encoding="utf-8")
    silent = tmp_path / "nobody.wav"
    speak(silent, 0.5)
    command = ("ground", "water", "--fast", "--microphone", silent, "--trace", tmp_path / "trace", "--trace-words")
    assert main([str(argument) for argument in command]) == 0
    assert f"fix: {mine}, line 4" in capsys.readouterr().err
    assert "This is about water" in (tmp_path / "trace").read_text(encoding="utf-8")


def test_ground_makes_no_entry_and_its_trace_tells_of_none(tmp_path: Path) -> None:
    said = speak(tmp_path / "said.wav", 3.0, "what a day it is", 2.0)
    trace = tmp_path / "trace"
    grounding = ("ground", "--script", short_script(tmp_path), "--fast", "--microphone", said, "--trace", trace)
    assert main([str(argument) for argument in grounding]) == 0
    events = {json.loads(line)["event"] for line in trace.read_text(encoding="utf-8").splitlines()}
    assert "speech_started" in events and not {event for event in events if "entry" in event}


# Whom to call


def care_file() -> Path:
    return Path(os.environ["XDG_CONFIG_HOME"]) / "voicejournal" / "care.toml"


def test_care_shows_prints_and_removes_and_asks_nothing_without_a_terminal(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert json.loads(printed(capsys, "care", "--json")) == {}
    assert "your local emergency number" in printed(capsys, "care")
    assert not care_file().exists()
    care_file().parent.mkdir(parents=True)
    care_file().write_text('[contact]\nname = "Sam"\nnumber = "0700"\n[helpline]\nnumber = "116"\n')
    assert "Sam" in printed(capsys, "care")
    kept = {"helpline": {"number": "116"}}
    assert json.loads(printed(capsys, "care", "--remove", "contact", "--json")) == kept
    assert json.loads(printed(capsys, "care", "--json")) == kept
    printed(capsys, "care", "--remove")
    assert not care_file().exists()


def test_care_asks_at_a_terminal() -> None:
    pid, terminal = pty.fork()
    if pid == 0:
        os.execv(sys.executable, [sys.executable, "-m", "voicejournal.cli", "care"])
    shown = b""
    for answer in (b"0700 900 123\n", b"Sam\n", b"\n"):
        while not shown.rstrip().endswith(b"(Enter skips it):"):
            shown += os.read(terminal, 1024)
        shown += b"."
        os.write(terminal, answer)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0
    os.close(terminal)
    assert tomllib.loads(care_file().read_text()) == {"contact": {"name": "Sam", "number": "0700 900 123"}}


def test_help_is_a_script_as_well_with_or_without_scripts_of_ones_own(
    capsys: pytest.CaptureFixture[str],
) -> None:
    own = Path(os.environ["XDG_CONFIG_HOME"]) / "voicejournal" / "grounding"
    own.mkdir(parents=True)
    (own / "help-me-now.md").write_text("broken")
    (own / "other.md").write_text("broken")
    assert "< If you are in danger" in replayed(capsys, own / "help.txt", "> help me now")


def replayed(capsys: pytest.CaptureFixture[str], path: Path, *lines: str) -> str:
    path.write_text("\n".join(lines))
    return printed(capsys, "replay", path)


def test_since_may_be_said_as_one_says_it(capsys: pytest.CaptureFixture[str], journal: Path) -> None:
    for command in (["list"], ["search", "the", "bus"]):
        shared = ["--json", "--journal", journal]
        assert json.loads(printed(capsys, *command, "--since", "the first of March 2026", *shared))
        assert json.loads(printed(capsys, *command, "--since", "last week", *shared)) == []
        assert json.loads(printed(capsys, *command, "--since", "in 2025", *shared))
        assert main([*command, "--since", "my mother"]) == 1
        assert "2026-11-01 or yesterday" in capsys.readouterr().err


def test_a_backup_is_made_and_taken_in_where_there_is_none(
    capsys: pytest.CaptureFixture[str], journal: Path, tmp_path: Path
) -> None:
    file, other = tmp_path / "my.backup", tmp_path / "there" / "journal.sqlite3"
    assert str(file) in printed(capsys, "backup", file, "--journal", journal)
    assert b"slow train" not in file.read_bytes()
    assert main(["backup", str(file), "--journal", str(journal)]) == 1
    assert "already" in capsys.readouterr().err
    assert main(["restore", str(file), "--journal", str(journal)]) == 1
    assert "--journal FILE, or erase it first" in capsys.readouterr().err
    assert str(other) in printed(capsys, "restore", file, "--journal", other)
    assert "slow train" in printed(capsys, "list", "--journal", other)


@pytest.mark.parametrize(
    ("answers", "is_gone"),
    [("", False), ("no\n", False), ("yes\n", False), ("yes\nyes\n", False), ("yes\nerase\n", True)],
)
def test_erase_asks_twice_in_two_ways(journal: Path, answers: str, is_gone: bool) -> None:
    main(["list", "--journal", str(journal)])  # which encrypts it
    command = [sys.executable, "-m", "voicejournal.cli", "erase", "--journal", str(journal)]
    ended = subprocess.run(command, input=answers, capture_output=True, text=True, check=False)
    assert f"This goes: {journal}" in ended.stdout
    assert journal.exists() is not is_gone
    assert ended.returncode == (0 if is_gone or answers.count("\n") > 1 or "no" in answers else 1)
    assert ("It is erased." in ended.stdout) is is_gone


def test_erase_without_asking(capsys: pytest.CaptureFixture[str], journal: Path) -> None:
    assert printed(capsys, "erase", "--yes", "--journal", journal).endswith("It is erased.\n")
    assert list(journal.parent.iterdir()) == []
    assert printed(capsys, "erase", "--journal", journal) == "There is nothing here to erase.\n"
