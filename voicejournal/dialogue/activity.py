"""What the person is in: waiting, an entry, a question, a script, an entry that is read.

In: nothing. Out: `Activity` and its parts, `Question`, `Place`. Pure.
"""

from dataclasses import dataclass
from typing import Literal

from voicejournal.dialogue.misheard import Cost
from voicejournal.journal.doubts import Doubt
from voicejournal.journal.entries import Entry
from voicejournal.journal.queries import Found
from voicejournal.journal.searches import Asked

ANSWER_SECONDS = 10.0
"""R3: how long a question stays open in silence."""


@dataclass(frozen=True)
class Question:
    """A question, declared where it is asked; its answers, and what follows from them, stand beside it."""

    name: str
    keys: str = "keys_yes_no"
    """The hints about keys that fit, from the phrases' `view` table."""
    is_left_by_any_key: bool = False
    """Any key, space too, is "no" to it, but those of its answers and of "help me now"."""
    asks_number: bool = False
    """Little else is said here, so what is heard need only be near an answer."""
    open_seconds: float = ANSWER_SECONDS
    takes_words: bool = False
    """A few words that are none of its answers are what was asked for, and no entry."""
    own_answers: str = ""
    """The table of what is said for its answers, and elsewhere means another thing or nothing."""
    has_only_own: bool = False
    """What answers any question is no answer to this one: "it doesn't matter" may be said of oneself."""
    yes_costs: Cost = "nothing"
    """What it costs the person when a yes is obeyed wrongly."""


@dataclass(frozen=True)
class Waiting:
    """Listening; whatever is said next may be a command or the beginning of an entry."""


@dataclass(frozen=True)
class Journalling:
    """An entry is being spoken."""


@dataclass(frozen=True)
class Asking:
    """A question is open; silence is an answer too."""

    question: Question
    about: "Entry | Grounding | Listed | Checking | None" = None

    @property
    def entry(self) -> Entry:
        """What is asked about, where that is an entry."""
        assert isinstance(self.about, Entry)
        return self.about

    @property
    def listed(self) -> "Listed":
        """The entries that one may be chosen of."""
        assert isinstance(self.about, Listed)
        return self.about

    @property
    def checking(self) -> "Checking":
        """The words that the question is one of."""
        assert isinstance(self.about, Checking)
        return self.about

    @property
    def grounding(self) -> "Grounding":
        """The script that the question stands before or after."""
        assert isinstance(self.about, Grounding)
        return self.about


@dataclass(frozen=True)
class Reading:
    """An entry is being read back."""

    entry: Entry
    aloud: Literal["our voice", "their voice"] = "our voice"


@dataclass(frozen=True)
class Checking:
    """The doubted words of an entry are being gone through."""

    entry: Entry
    left: tuple[Doubt, ...] = ()
    """Those still to be asked about, the present one first; none until they are looked up."""
    asked: int = 0
    """How many since it last offered to go on."""
    said: str = ""
    """What the person said in place of the present word."""
    misses: int = 0
    """How often that was misheard."""
    sound_from_seconds: float | None = None
    """Where the sound that is still kept of the entry begins; None when none is."""

    @property
    def doubt(self) -> Doubt:
        """The word that is asked about."""
        return self.left[0]


@dataclass(frozen=True)
class Doubted:
    """How an entry is shown, with its doubted words marked."""

    entry_id: str
    text: str
    """As it was when it was marked."""
    marked: str


@dataclass(frozen=True)
class Grounding:
    """A grounding script is being spoken, or will be."""

    name: str
    is_help: bool = False
    """Whom to call is told first, and shown all the while."""
    before: int | None = None
    """How strong it was before, from none (0) to ten, where that was told."""
    about: Entry | None = None
    """The entry that it was offered for."""


@dataclass(frozen=True)
class Listed:
    """Entries that were found and named."""

    asked: Asked
    found: Found


Whose = Literal["contact", "helpline"]


@dataclass(frozen=True)
class SettingUp:
    """Whom to call is being asked, one thing at a time."""

    whose: Whose
    asks: Literal["name", "number", "keep"]
    name: str = ""
    number: str = ""
    """As far as it has been said."""
    misses: int = 0


Activity = Waiting | Journalling | Asking | Reading | Grounding | SettingUp

Place = Literal["waiting", "entry", "question", "speaking", "held", "interrupted"]
"""Where the person is, as far as it decides what can be said; while what they hear is held, that is anything.
"Held" was asked for; "interrupted" is an entry that waits because somebody spoke."""
