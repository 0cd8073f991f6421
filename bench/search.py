"""Row: how fast entries are found in a long life of journalling: 100,000 of them."""

import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from bench import phrases
from bench.figures import Figure, at_most
from voicejournal.edges.journal_rows import entry_key
from voicejournal.edges.store import Store
from voicejournal.journal.corrections import CORRECTIONS
from voicejournal.journal.entries import TAGS
from voicejournal.journal.queries import AT_ONCE, Query, Span
from voicejournal.journal.searches import asked
from voicejournal.languages import language_of

ROW = "search"

LANGUAGE = language_of("en")
SAID = (
    "what did I dream last week",
    "find my mother",
    "entries for my therapist",
    "what did I say about my sister",
    "when did I last talk about my father",
    "show me entries about work",
    "what did I dream about on Tuesday",
    "find entries from yesterday",
    "find my dreams since Christmas",
    "show me my dreams from this month",
)

ENTRIES = 100_000
WORDS_EACH = 60
VOCABULARY = 5_000
REPEATS = 15
START = datetime(1990, 1, 1, 7, tzinfo=UTC)
STEP = timedelta(hours=3)
ANSWER_SECONDS = 1.0
"""R6: who asked hears that they were heard within a second."""
NEW_YEAR = date(2020, 1, 1)


def measure(is_quick: bool) -> list[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "journal.sqlite3"
        _fill(path, ENTRIES // 10 if is_quick else ENTRIES)
        store = Store(path)
        figures = _figures(store)
        store.close()
    first_days = at_most(
        ROW, "days understood, the first time in a run", _first_days_seconds(), ANSWER_SECONDS, " s"
    )
    return [*figures, first_days, _understood(is_quick)]


def _fill(path: Path, count: int) -> None:
    """Words as frequent as words are: the first of them is in most entries, the last in hardly any."""
    Store(path).close()
    drawn = random.Random(20261126)
    words = [f"w{number}" for number in range(VOCABULARY)]
    weights = [1 / (number + 1) for number in range(VOCABULARY)]
    store = Store(path)
    db = store._connection
    db.execute("begin")
    for number in range(count):
        at = START + number * STEP
        text = " ".join(drawn.choices(words, weights, k=WORDS_EACH))
        row = (
            entry_key(at),
            f"b{number:06d}",
            at.isoformat(),
            drawn.choice((None, *TAGS)),
            number % 500 == 0,
            text,
        )
        db.execute(
            "insert into entry (key, id, started_at, tag, for_therapist, text, seconds, language, recognizer,"
            " state) values (?, ?, ?, ?, ?, ?, 60.0, 'en', 'vosk', 'written')",
            row,
        )
    db.execute("commit")
    store.close()


def _figures(store: Store) -> list[Figure]:
    common, rare, middle = (("w0", "w0s"),), (("w4999",),), (("w100",), ("w200", "w201"))
    week = Span(NEW_YEAR, NEW_YEAR + timedelta(days=6))
    questions = {
        "newest 20, a word that is nearly everywhere": (20.0, lambda: store.search("w0", 20)),
        "newest 20, a rare word": (20.0, lambda: store.search("w4999", 20)),
        "newest 50 entries": (50.0, lambda: store.entries(limit=50)),
        "those whose kind the person decided, where there are none": (50.0, lambda: store.corrected(CORRECTIONS)),
        "newest 3 and how many: the word nearly everywhere": (20.0, _find(store, Query(words=common))),
        "newest 3 and how many: a rare word": (20.0, _find(store, Query(words=rare))),
        "newest 3 and how many: two words, one of them in two forms": (20.0, _find(store, Query(words=middle))),
        "newest 3 and how many: dreams of a week": (20.0, _find(store, Query(tag="dream", span=week))),
        "newest 3 and how many: dreams with a word, of a week": (
            20.0,
            _find(store, Query(tag="dream", words=common, span=week)),
        ),
        "newest 3 and how many: for the therapist, 1 in 500": (50.0, _find(store, Query(for_therapist=True))),
        "newest 3 and how many: for the therapist, moods with a word that nobody said": (
            20.0,
            _find(store, Query(tag="mood", for_therapist=True, words=(("never",),))),
        ),
    }
    return [at_most(ROW, what, _milliseconds(ask), limit, " ms") for what, (limit, ask) in questions.items()]


def _find(store: Store, query: Query) -> Callable[[], object]:
    return lambda: store.find(query, AT_ONCE)


def _milliseconds(ask: Callable[[], object]) -> float:
    """The median, with the journal open and read once before."""
    ask()
    taken = []
    for _ in range(REPEATS):
        began = time.perf_counter()
        ask()
        taken.append(1000 * (time.perf_counter() - began))
    return statistics.median(taken)


def _first_days_seconds() -> float:
    """In a program of its own, as in a run: with the import of the library of dates."""
    code = (
        "import time; from datetime import date; from voicejournal.settings import Settings;"
        "from voicejournal.languages import dates_of, language_of;"
        "dates = dates_of(Settings(), language_of('en')); began = time.perf_counter();"
        "dates.days('last week', date(2026, 11, 26)); print(time.perf_counter() - began)"
    )
    runs = [
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True) for _ in range(5)
    ]
    return statistics.median(float(run.stdout) for run in runs)


def _understood(is_quick: bool) -> Figure:
    """Searches said by synthetic voices, where nothing else is going on."""
    recognizer, state = phrases.recognizer(), phrases.state_at("waiting")
    voices = phrases.TUNED[:2] if is_quick else phrases.TUNED[:8]
    good, total = 0, 0
    for words in SAID:
        for voice in voices:
            sound = phrases.rendered(words, phrases.Rendering(voice, 150, -24.0))
            heard = phrases.taken_for(recognizer, state, sound).heard
            total += 1
            good += asked(LANGUAGE.searches, " ".join(heard)) == asked(LANGUAGE.searches, words)
    recognizer.close()
    return Figure(ROW, "spoken searches understood as they were meant", f"{good} of {total}", "–", None)
