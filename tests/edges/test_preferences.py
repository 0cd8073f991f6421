"""What was chosen by voice is there for every program, whatever became of the file."""

import os
import re
import stat
import subprocess
import sys
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from voicejournal.dialogue.preferences import PREFERRED, PreferenceName
from voicejournal.edges import private_file
from voicejournal.edges.preferences import FilePreferences, preferences_path
from voicejournal.errors import SettingsError
from voicejournal.journal.plain_text import one_line

ROOT = Path(__file__).parents[2]

CHOOSE = """
import sys
from pathlib import Path
from typing import get_args
from voicejournal.edges.preferences import FilePreferences
chosen = FilePreferences(Path(sys.argv[1]))
for number in range(20):
    chosen.prefer(sys.argv[2] + str(number), "yes")
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return preferences_path(tmp_path / "new folder" / "journal.sqlite3")


def test_it_lies_beside_the_journal_named_after_it_for_its_owner_alone(path: Path) -> None:
    FilePreferences(path).prefer("patience", "20")
    assert path.name == "journal.preferences.toml"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_what_was_chosen_is_there_at_the_next_start(path: Path) -> None:
    chosen = FilePreferences(path)
    chosen.prefer("patience", "20")
    chosen.prefer("patience", "60")
    assert chosen.get("patience") == "60"
    again = FilePreferences(path)
    assert (again.get("patience"), again.get("rate"), again.trouble) == ("60", None, None)


def test_programs_that_run_together_keep_each_others_choices(path: Path) -> None:
    FilePreferences(path).prefer("patience", "20")
    programs = [subprocess.Popen([sys.executable, "-c", CHOOSE, str(path), name]) for name in ("listen", "ground")]
    assert [program.wait() for program in programs] == [0, 0]
    assert len(private_file.read(path)) == 41


@pytest.mark.parametrize("damage", [b"\xff\xfe\x00", b"patience = ", b"\0" * 100])
def test_a_damaged_file_is_set_aside_and_told(path: Path, damage: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(damage)
    chosen = FilePreferences(path)
    assert chosen.trouble is not None and chosen.trouble.name == "preferences_damaged"
    aside = Path(chosen.trouble.details["path"])
    assert aside.read_bytes() == damage and not path.exists()
    chosen.prefer("patience", "20")
    assert (FilePreferences(path).get("patience"), FilePreferences(path).trouble) == ("20", None)


MISTAKEN = """# by hand
rate = "fast"
contact = 3
offers = false
patience = 20
quiet = "whisper"
[rest]
"""


def test_what_was_written_wrong_by_hand_is_told_once_and_kept(path: Path) -> None:
    path.parent.mkdir()
    path.write_text(MISTAKEN)
    chosen = FilePreferences(path)
    assert chosen.trouble is not None and chosen.trouble.name == "preferences_mistaken"
    assert chosen.trouble.details == {"names": "rate, contact, offers, rest", "path": str(path)}
    assert (chosen.get("patience"), chosen.get("quiet")) == ("20", "whisper")
    assert path.read_text() == MISTAKEN, "it is left as it is"
    chosen.prefer("patience", "60")
    chosen.prefer("patience", "10")
    copy = path.with_name(path.name + ".damaged")
    assert copy.read_text() == MISTAKEN, "before it is written over it is copied"
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert FilePreferences(path).get("patience") == "10"


def test_whatever_is_chosen_by_voice_is_understood_at_the_next_start(path: Path) -> None:
    """Every `Prefer` that the dialogue makes has its place in the table of what may be chosen."""
    sources = [file.read_text(encoding="utf-8") for file in (ROOT / "voicejournal" / "dialogue").glob("*.py")]
    names = {name for source in sources for name in re.findall(r'Prefer\("(\w+)"', source)}
    assert {*names, "protection_told"} == set(PREFERRED) == set(get_args(PreferenceName))
    chosen = FilePreferences(path)
    chosen.prefer("offers", "off")
    chosen.prefer("rate", "0.9")
    chosen.prefer("known_scripts", "water,walk")
    chosen.prefer("patience", "never")
    assert FilePreferences(path).trouble is None


def test_a_pipe_in_its_place_is_set_aside_and_not_waited_for(path: Path) -> None:
    path.parent.mkdir()
    os.mkfifo(path)
    chosen = FilePreferences(path)
    assert chosen.trouble is not None and chosen.trouble.name == "preferences_damaged"
    chosen.prefer("patience", "20")
    assert FilePreferences(path).get("patience") == "20"


def test_where_nothing_can_be_written_a_choice_holds_for_the_run(tmp_path: Path) -> None:
    (tmp_path / "folder").write_text("a file, where a folder is needed")
    chosen = FilePreferences(tmp_path / "folder" / "journal.preferences.toml")
    with pytest.raises(SettingsError) as told:
        chosen.prefer("patience", "20")
    assert (told.value.name, chosen.get("patience")) == ("preference_not_kept", "20")


def test_a_full_disk_leaves_the_file_as_it_was(path: Path) -> None:
    chosen = FilePreferences(path)
    chosen.prefer("patience", "20")
    before = path.read_bytes()
    # What a full disk does to the new file, a limit on the size of files does as well.
    limit = (
        "import resource, signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN); "
        "resource.setrlimit(resource.RLIMIT_FSIZE, (10, 10))"
    )
    command = [sys.executable, "-c", f"{limit}\n{CHOOSE}", str(path), "x"]
    done = subprocess.run(command, capture_output=True, text=True)
    assert "preference_not_kept" in done.stderr
    assert path.read_bytes() == before
    assert [file.name for file in path.parent.glob("journal*")] == [path.name]


def test_what_an_older_journal_holds_is_taken_over_where_nothing_newer_is(path: Path) -> None:
    FilePreferences(path).prefer("rate", "0.9")
    FilePreferences(path).take_over({"rate": "1.2", "patience": "20"})
    again = FilePreferences(path)
    assert (again.get("rate"), again.get("patience")) == ("0.9", "20")
    again.prefer("patience", "60")
    FilePreferences(path).take_over({"rate": "1.2", "patience": "20"})
    assert FilePreferences(path).get("patience") == "60"


NAMES = st.text(st.characters(categories=("L", "N", "P", "S")), min_size=1)
TEXTS = st.text()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
@given(st.dictionaries(NAMES, TEXTS | st.dictionaries(NAMES, TEXTS)))
def test_any_text_comes_back_as_it_would_be_shown(tmp_path: Path, tables: private_file.Tables) -> None:
    def plain(text: str) -> str:
        return one_line(text).replace(private_file.DELETE, " ")

    path = tmp_path / "any.toml"
    private_file.change(path, "Anything.", lambda there: tables)
    assert private_file.read(path) == {
        name: plain(value) if isinstance(value, str) else {key: plain(text) for key, text in value.items()}
        for name, value in tables.items()
    }
