"""Claims: what is installed is what was meant to be, and comes in no other way."""

import shutil
import subprocess

from audit.claims import Broken, Check
from audit.runs import MODELS, by_tests, environment, house, program, speech


def a_changed_byte_is_refused() -> str:
    """One bit of the installed model, in a copy of it, and then the real program."""
    with house() as home:
        spoken = speech(home)
        models = home / "models"
        shutil.copytree(MODELS / "whisper-en", models / "whisper-en")
        changed = models / "whisper-en" / "model.bin"
        with changed.open("r+b") as file:
            file.seek(changed.stat().st_size // 2)
            (byte,) = file.read(1)
            file.seek(-1, 1)
            file.write(bytes([byte ^ 1]))
        command = program("listen", "--microphone", spoken, "--fast", "--journal", home / "journal.sqlite3")
        done = subprocess.run(
            [*command, "--speaker", home / "answer.wav"],
            env=environment(home, VOICEJOURNAL_MODELS=str(models)),
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
        )
        if done.returncode != 1 or "has changed on disk" not in done.stderr:
            raise Broken(f"it was used all the same: {done.returncode}, {done.stderr[-200:]}")
        told = next(line for line in done.stderr.splitlines() if line.startswith("error:"))
        return f"one bit of {changed.stat().st_size} bytes changed: {told}"


FILES, FOLDER = "tests/edges/test_model_files.py", "tests/edges/test_model_directory.py"

CHECKS = [
    Check("A model of which one byte was changed is refused before it is loaded.", a_changed_byte_is_refused),
    Check(
        "An archive with paths that lead out, links, or too much in it is refused.",
        by_tests(FOLDER, f"{FILES}::test_a_hostile_archive_is_refused"),
    ),
    Check(
        "Models come over https alone, from a site that is vouched for, with the sum that is written down.",
        by_tests(
            f"{FILES}::test_an_address_that_others_can_listen_in_on_is_not_asked",
            f"{FILES}::test_a_site_that_nobody_vouches_for_is_not_asked",
            f"{FILES}::test_a_wrong_archive_is_thrown_away",
            f"{FILES}::test_a_right_archive_with_a_wrong_file_is_thrown_away",
            "tests/test_catalogue.py",
        ),
    ),
]
