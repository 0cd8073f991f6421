"""Claims: what is said lies in the journal, which is encrypted, and nowhere else."""

from audit.claims import Check
from audit.runs import by_tests

NOWHERE = "tests/test_said_nowhere_else.py"

CHECKS = [
    Check(
        "A word that was said, or its sound, can be read in no file, the journal's among them, no trace, "
        "no complaint, no name of a process, and not on the terminal afterwards.",
        by_tests(f"{NOWHERE}::test_a_word_that_is_said_can_be_read_nowhere"),
    ),
    Check(
        "The list of processes shows what was typed to start it, and no window gets a title from it.",
        by_tests(f"{NOWHERE}::test_the_list_of_processes_shows_what_was_typed_and_no_window_gets_a_title"),
    ),
    Check(
        "Killed while it hears, the program leaves nothing of it behind that can be read.",
        by_tests(
            f"{NOWHERE}::test_a_program_that_is_killed_while_it_hears_leaves_nothing_that_can_be_read",
            marks="slow",
        ),
    ),
    Check(
        "An entry that is read aloud never lies in a file, not for a moment.",
        by_tests("tests/edges/test_voice.py::test_what_is_read_aloud_never_lies_in_a_file"),
    ),
    Check("A failure that nobody foresaw is told without a word of an entry.", by_tests("tests/test_failing.py")),
]
