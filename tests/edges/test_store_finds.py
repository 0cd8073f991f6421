"""What is found in the journal equals what anybody would pick out by hand, and no words break it."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from voicejournal.edges.store import Store
from voicejournal.hearing.transcripts import KeptStretch
from voicejournal.journal.entries import TAGS, Entry, Tag
from voicejournal.journal.queries import EVENING_HOUR, MOST_COUNTED, NOON_HOUR, Query, Span
from voicejournal.journal.searches import forms
from voicejournal.languages import language_of

NOW = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)
DAY = NOW.date()

TEXTS = ("", "my mother called", "mothers and dogs", "the dog", "엄마가 왔다")
WORDS: tuple[tuple[tuple[str, ...], ...], ...] = (
    (),
    (("mother", "mothers"),),
    (("dog", "dogs"), ("mothers",)),
    (("엄마*",),),
)

rows = st.tuples(
    st.sampled_from(TEXTS),
    st.integers(-80, 80),
    st.integers(-12, 12),
    st.sampled_from((None, *TAGS)),
    st.booleans(),
)
offsets = st.none() | st.dates(DAY - timedelta(days=3), DAY + timedelta(days=3))
spans = st.builds(Span, offsets, offsets)
nights = st.dates(DAY - timedelta(days=3), DAY + timedelta(days=3)).map(
    lambda day: Span(day, day + timedelta(days=1), is_night=True)
)
queries = st.builds(
    Query,
    st.sampled_from((None, *TAGS)),
    st.booleans(),
    st.sampled_from(WORDS),
    spans | nights,
)


@pytest.fixture
def store() -> Iterator[Store]:
    store = Store(":memory:")
    yield store
    store.close()


def keep(store: Store, text: str, at: datetime, tag: Tag | None = None, for_therapist: bool = False) -> str:
    entry_id = store.open_entry(at, "en", "vosk")
    store.keep_stretch(entry_id, KeptStretch(0.0, 1.0, text))
    store.write_entry(entry_id, tag, "inferred" if tag else None, None)
    if for_therapist:
        store.mark_for_therapist(entry_id)
    return entry_id


def is_of_night(at: datetime, night: Span) -> bool:
    return at.hour >= EVENING_HOUR if at.date() == night.first else at.hour < NOON_HOUR


def is_one(entry: Entry, query: Query) -> bool:
    words = entry.text.split()
    day = entry.started_at.date()
    return (
        query.tag in (None, entry.tag)
        and (entry.for_therapist or not query.for_therapist)
        and (query.span.first or date.min) <= day <= (query.span.last or date.max)
        and (not query.span.is_night or is_of_night(entry.started_at, query.span))
        and all(
            any(
                word.startswith(form[:-1]) if form.endswith("*") else word == form
                for form in some
                for word in words
            )
            for some in query.words
        )
    )


@settings(deadline=None)
@given(st.lists(rows, max_size=12), queries, st.integers(0, 3), st.integers(1, 4))
def test_it_finds_what_one_would_pick_by_hand(
    kept: list[tuple[str, int, int, Tag | None, bool]], query: Query, skip: int, limit: int
) -> None:
    store = Store(":memory:")
    for text, hours, offset, tag, for_therapist in kept:
        keep(
            store,
            text,
            (NOW + timedelta(hours=hours)).astimezone(timezone(timedelta(hours=offset))),
            tag,
            for_therapist,
        )

    found = store.find(query, limit, skip)

    wanted = [entry for entry in store.entries() if is_one(entry, query)]
    assert (found.query, found.skipped, found.count) == (query, skip, len(wanted))
    assert list(found.entries) == wanted[skip : skip + limit]
    store.close()


def test_what_is_unwritten_or_set_aside_is_not_found(store: Store) -> None:
    store.open_entry(NOW, "en", "vosk")
    store.set_aside(keep(store, "a cough", NOW), NOW)
    assert store.find(Query(), 3).count == 0


def test_counting_ends_where_nobody_wants_to_know(store: Store) -> None:
    for number in range(MOST_COUNTED + 5):
        keep(store, "again", NOW + timedelta(seconds=number))
    found = store.find(Query(), 3)
    assert found.count == MOST_COUNTED + 1 and found.has_older


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(about=st.text(max_size=80), code=st.sampled_from(["en", "ko"]))
def test_no_words_break_it(store: Store, about: str, code: str) -> None:
    assert store.find(Query(words=forms(language_of(code).searches, about)), 3).count == 0


def test_water_is_found_whatever_hangs_at_the_word(store: Store) -> None:
    kept = [keep(store, text, NOW + timedelta(hours=n)) for n, text in enumerate(("물을 건넜다", "물건을 샀다"))]
    found = store.find(Query(words=forms(language_of("ko").searches, "물이")), 3)
    assert [entry.id for entry in found.entries] == kept[:1]
