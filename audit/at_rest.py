"""Claims: the journal is encrypted, locked and hidden as it says, and what is gone is gone."""

from audit.claims import Check
from audit.runs import by_tests

CHECKS = [
    Check(
        "A new journal is encrypted, under the key store, a key file of one's own, or one of the account; "
        "a plain one of before becomes so, and a wrong key touches nothing.",
        by_tests("tests/test_opening.py"),
    ),
    Check(
        "A plain journal is compared row by row before it goes, written over, and whole whenever it is killed.",
        by_tests("tests/edges/test_encrypting.py"),
    ),
    Check(
        "A passphrase, a key file or the key store can be chosen, and the recovery code opens what is lost.",
        by_tests("tests/test_protecting.py", "tests/edges/test_passphrase.py", "tests/edges/test_key_file.py"),
    ),
    Check(
        "What is said while it is locked is sealed on the disk, to be read with the key alone, also after kill -9.",
        by_tests("tests/edges/test_sealed_entries.py", "tests/test_door.py"),
    ),
    Check(
        "It locks after two quiet minutes and on waking, never in an entry; hidden, it shows and keeps nothing.",
        by_tests("tests/test_guarding.py"),
    ),
    Check(
        "At a terminal: spoken to while locked, unlocked by hand, hidden and left, with no word in any file.",
        by_tests("tests/test_locked_run.py", marks="slow"),
    ),
    Check(
        "What is deleted is nowhere in the bytes of a plain journal; accepted sound and a voice given up are not.",
        by_tests("tests/test_gone.py", "tests/edges/test_scouring.py"),
    ),
    Check("A backup is encrypted and whole, and a hostile one is refused.", by_tests("tests/test_moving.py")),
    Check(
        "Erasing destroys the key first, works on what is damaged, and is ended by the next try.",
        by_tests("tests/test_erasing.py"),
    ),
    Check(
        "Links and files of somebody else are refused; files are of mode 0600; one copy hears at a time.",
        by_tests("tests/edges/test_journal_file.py", "tests/edges/test_lock.py"),
    ),
]
