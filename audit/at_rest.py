"""Claims: the journal is encrypted, locked and hidden as it says, and what is gone is gone."""

from audit.claims import Check
from audit.runs import by_tests

GUARDING = "tests/test_guarding.py"

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
        by_tests(
            "tests/test_protecting.py",
            "tests/edges/test_passphrase.py",
            "tests/edges/test_key_file.py",
            "tests/edges/test_key_store.py",
        ),
    ),
    Check(
        "A passphrase is offered and the recovery code spoken of, once; who declines is told: not locked.",
        by_tests(
            f"{GUARDING}::test_it_is_offered_at_the_first_quiet_moment_after_an_entry",
            f"{GUARDING}::test_who_declines_or_says_nothing_is_told_once_that_it_is_not_locked",
            f"{GUARDING}::test_what_declining_means_and_how_to_lock_it_later_is_said",
            f"{GUARDING}::test_where_it_is_locked_the_recovery_code_is_spoken_of_once",
            f"{GUARDING}::test_what_a_lost_key_means_is_said_with_the_code",
            f"{GUARDING}::test_once_a_passphrase_was_declined_the_code_is_spoken_of_in_the_next_run",
            f"{GUARDING}::test_where_a_key_can_be_lost_the_code_is_spoken_of",
        ),
    ),
    Check(
        "Two minutes with nobody there are enough, where nothing else was chosen, whatever there is to offer.",
        by_tests(
            f"{GUARDING}::test_two_minutes_is_what_nobody_had_to_choose",
            f"{GUARDING}::test_after_two_minutes_with_nobody_it_locks",
            f"{GUARDING}::test_it_locks_as_soon_where_the_code_was_not_spoken_of_yet",
            f"{GUARDING}::test_it_locks_as_soon_after_hard_words",
        ),
    ),
    Check(
        "What is said while it is locked is sealed on the disk, to be read with the key alone, also after kill -9.",
        by_tests("tests/edges/test_sealed_entries.py", "tests/test_door.py"),
    ),
    Check(
        "It locks when it was quiet for long and on waking, never in an entry; hidden, it shows and keeps nothing.",
        by_tests(GUARDING),
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
