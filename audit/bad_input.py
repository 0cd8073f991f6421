"""Claims: whatever is brought to it, it takes or refuses, and nobody sees it break."""

from audit.claims import Check
from audit.runs import by_tests

CHECKS = [
    Check(
        "Sound, scripts, settings, archives and words of any bytes are taken, or refused with a plain error.",
        by_tests("tests/test_fuzz.py"),
    ),
    Check(
        "Nothing that is printed can act on a terminal or turn a line around.",
        by_tests("tests/test_plain_text.py", "tests/test_fuzz.py::test_any_bytes_are_taken_or_refused[shown]"),
    ),
    Check(
        "An entry of ten megabytes is listed, found, shown and guessed at.", by_tests("tests/test_long_entry.py")
    ),
]
