"""Memories, songs, the dreams of others and wishes are none of the three; what names a kind beside them is."""

import pytest

from voicejournal.journal.entries import Tag
from voicejournal.journal.tagging import guess
from voicejournal.languages import language_of

ENGLISH = language_of("en")
assert ENGLISH.guesser is not None
GUESSER = ENGLISH.guesser

TOLD_OF = {
    "memory": (
        "when i was six we had a dog called rex and he slept under the table",
        "when i was 12 my brother fell through the ice and a farmer pulled him out",
        "at the age of eight i moved to my aunt and she had a parrot",
        "suddenly i was back in the classroom in my head the chalk and mr brown shouting",
        "out of nowhere i remembered the day my cat died and how my mother cried",
        "a flashback in the queue the brown sofa and his hand on the door",
    ),
    "song": (
        "i heard that song from my wedding in the supermarket and stood there with the milk",
        "an old song was on the radio and i was back in the kitchen of our first flat",
    ),
    "their_dream": (
        "my son had a nightmare and came to our bed",
        "my husband dreamt about his old boss and talked about it at breakfast",
        "my daughter told me her dream about a purple dragon",
        "my niece woke up from a bad dream and wanted water",
    ),
    "dreamt_before": (
        "i used to dream about flying when i was a child",
        "i used to have nightmares about the cellar",
        "as a girl i often dreamt of wolves",
        "when i was ten i dreamt of snakes for a whole year",
    ),
    "wish": (
        "i feel like having pizza tonight",
        "i felt like baking so there is bread now",
        "i feel like a coffee",
    ),
}
BESIDE: list[tuple[str, Tag]] = [
    ("when i was nine i was laughed at and today i feel so sad about it", "mood"),
    ("that old song came on and i felt so sad i had to sit down", "mood"),
    ("i dreamt that my son had a nightmare and i could not reach him", "dream"),
    ("in my dream i was back in the classroom and that song was playing", "dream"),
    ("my son had a nightmare and now i feel anxious and tired", "mood"),
    ("i feel like crying all the time", "mood"),
    ("i feel like going mad in here", "mood"),
    ("when i was ten minutes late i felt so ashamed", "mood"),
]


@pytest.mark.parametrize(("name", "text"), [(name, text) for name, texts in TOLD_OF.items() for text in texts])
def test_it_stays_untagged_and_the_reason_says_what_it_sounds_like(name: str, text: str) -> None:
    guessed = guess(text, GUESSER)
    assert guessed.tag is None
    assert guessed.reason.startswith("it sounds like")


@pytest.mark.parametrize(("text", "tag"), BESIDE)
def test_what_names_a_kind_beside_it_counts(text: str, tag: Tag) -> None:
    assert guess(text, GUESSER).tag == tag


def test_an_age_in_passing_makes_no_memory_of_a_feeling() -> None:
    day = "i am so ashamed of how i spoke to my sister on the phone and i keep going over it all evening"
    assert guess(day, GUESSER).tag == "mood"
    assert guess(f"{day} like when i was nine", GUESSER).tag == "mood"
