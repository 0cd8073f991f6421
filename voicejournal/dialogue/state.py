"""Everything the dialogue knows between two events.

In: nothing. Out: `State` and its parts. Pure.
A state is never changed, only replaced: the same state and event always give the same answer.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

from voicejournal.dialogue.activity import (
    Activity,
    Asking,
    Doubted,
    Grounding,
    Journalling,
    Place,
    Reading,
    SettingUp,
    Waiting,
)
from voicejournal.dialogue.care import Care
from voicejournal.dialogue.guard import Guard
from voicejournal.dialogue.language import Language
from voicejournal.errors import JournalError
from voicejournal.grounding.scripts import Script
from voicejournal.hearing.patience import USUAL, Patience
from voicejournal.hearing.stretches import Stretch
from voicejournal.journal.deeds import Deed, History
from voicejournal.journal.entries import Entry, Tag
from voicejournal.journal.helped import Helped
from voicejournal.speaking.steps import Pace, Quiet, Way

OurVoice = Literal["silent", "playing", "held", "barged in"]
"""Nothing is to be played; it sounds or rests; it was asked to wait; or it waits because somebody speaks, until it
is known what they said."""

Leaving = Literal["not", "when all is said", "in silence"]
"""To end as soon as all is written and said; or the person has left, and what is still written is not spoken of."""

LONG_AGO = -(10**9)
"""A tick before all others: what has not happened yet."""

OfferKind = Literal["hard", "circling", "rest"]


@dataclass(frozen=True)
class Offer:
    """What is to be offered about an entry as soon as nobody speaks; in memory only, and only until then."""

    kind: OfferKind
    entry: Entry


@dataclass(frozen=True)
class Capture:
    """Sound that is being kept, and may be an entry, a command or nothing."""

    number: int
    is_entry: bool = False
    """True once it has content, or was asked for."""
    is_voiced: bool = False
    undecided: int = 0
    """Stretches that are over and not judged yet."""
    label: Tag | None = None
    """The kind that its first words named, when they were short enough to be judged by themselves."""
    is_aside: bool = False
    """Something of it was no command for sure, so its sound stays for a week."""
    kept: tuple[Stretch, ...] = ()
    """Content, in order; what was struck is no longer here."""
    struck: tuple[Stretch, ...] = ()
    """What was struck, in the order in which it was."""
    has_content: bool = False
    voice_end_tick: int = 0
    """Where its last content ended; of an entry that was asked for, where it began."""
    cue_tick: int | None = None
    """When the soft cue sounded in this silence."""

    @property
    def is_awaited(self) -> bool:
        """Somebody speaks, or may have: words of it are still to come."""
        return self.is_voiced or self.undecided > 0


@dataclass(frozen=True)
class PastOffer:
    """Ways that were offered until this tick; nobody had named one, but somebody may have begun to."""

    ways: tuple[Way, ...]
    end_tick: int


@dataclass(frozen=True)
class State:
    # What the run was told
    language: Language
    scripts: Mapping[str, Script]
    """By name, read already; one that was here before the others were read stands before any of its name."""
    today: date
    """For "from yesterday"; told, never asked for."""
    cues_start: bool = True
    """A rising cue says that frames really flow."""
    opening_script: str | None = None
    """Speak this at once, then end: what `voicejournal ground` does."""

    # Now
    tick: int = 0
    alarm_tick: int | None = None
    """When to be woken, if nothing happens before."""
    activity: Activity = field(default_factory=Waiting)

    # What is being said by the person
    capture: Capture | None = None
    captures: int = 0
    """How many there have been: the last number given."""
    voice_tick: int = LONG_AGO
    """When somebody's voice was last certain to be there."""

    # Entries, from their last word to their acceptance
    closing: Mapping[int, Tag | None] = field(default_factory=dict)
    """Entries that are over and not written yet, by capture, with the kind that each was named at its beginning.
    Those of an earlier run have numbers below zero."""
    adding: Mapping[int, "Entry | int"] = field(default_factory=dict)
    """Captures that are to be the end of an entry: that entry, or the capture of one that waits for its words."""
    bringing: frozenset[int] = frozenset()
    """The captures of those that are to be marked for the therapist once they are written."""
    unaccepted: tuple[str, ...] = ()
    """Written, and their sound still kept: accepted once nothing is asked about them."""
    last: Entry | None = None
    """What "that" means: the entry that was kept or spoken of last."""
    doubted: Doubted | None = None
    """The newest entry, where words in it are doubted."""
    unrepaired: str | None = None
    """Its id, until the person has decided on every doubted word: so long its sound stays."""
    private_tick: int | None = None
    """When the person said last that it is private here."""
    shown: Entry | None = None
    """What was kept last in this run; nothing of earlier days is shown unasked."""
    history: History = field(default_factory=History)
    """What "undo" takes back."""
    kind_told_tick: int = LONG_AGO
    """When the kind of the last entry was told: a correction may follow."""
    recovered: tuple[Entry, ...] = ()
    """Written from an earlier run's sound, and not spoken of yet."""

    # What is being played
    ours: OurVoice = "silent"
    is_interrupted: bool = False
    """It was held last because words were heard, and nobody asked for it."""
    silent_tick: int = LONG_AGO
    """When the last of it had been played."""
    vain_holds: tuple[int, ...] = ()
    """The ticks of the last holds for somebody who then said nothing that means anything here."""
    said: str = ""
    """What was said last: the room may bring it back."""
    ways: tuple[Way, ...] = ()
    """The ways that the script offers just now; their names act as long as it does."""
    past_offer: PastOffer | None = None

    # What the person chose, and is remembered
    patience: Patience = USUAL
    pace: Pace = field(default_factory=Pace)
    quiet: Quiet = "off"
    """Others may be in the room: an offer is then shown, or a neutral cue, and not spoken (R32)."""
    care: Care = field(default_factory=Care)
    """Whom to call."""
    known_scripts: frozenset[str] = frozenset()
    """Names of scripts that this person has heard to their end."""
    makes_offers: bool = True
    """The person wants to be offered a pause, rest, or how to reach help, after an entry."""
    asks_strength: bool = False
    """The person wants to be asked how strong it is, before and after a script."""
    keeps_voice: bool = False
    """The sound of an entry stays for some days after its words are accepted."""
    is_tidy: bool = False
    """Entries are shown with capitals, spoken marks and figures; never kept so."""
    helped: tuple[Helped, ...] = ()
    """Oldest first."""

    # What is still to be told, once
    offer_due: Offer | None = None
    """To be made as soon as nobody speaks and nothing else is open."""
    offered_about: frozenset[str] = frozenset()
    """Entries of this run that something was offered about."""
    greets: bool = False
    """The first words of all are still to be said, after the first entry."""
    troubles: tuple[JournalError, ...] = ()
    """Small things that went wrong at the start, and are still to be told."""
    is_loss_told: bool = False
    """That choices can't be kept has been said; once is enough."""

    guard: Guard = field(default_factory=Guard)

    # The end
    leaving: Leaving = "not"
    has_sound_ended: bool = False
    """A file was heard to its end: nothing is waited for without end, and nothing is held, any more."""

    @property
    def place(self) -> Place:
        """An open entry comes before all else: what is said in it is the person's own."""
        if self.capture is not None and self.capture.is_entry:
            return "entry"
        match self.activity:
            case Asking() | SettingUp():
                return "question"
            case Grounding() | Reading():
                return ("interrupted" if self.is_interrupted else "held") if self._leaves_free else "speaking"
            case Waiting() | Journalling():
                return "waiting"

    @property
    def _leaves_free(self) -> bool:
        """Every command acts; not where a script is all there is, nor while it is hidden from others."""
        is_hidden = "hidden" in (self.guard.watch, self.guard.then)
        return self.ours == "held" and self.opening_script is None and not is_hidden

    @property
    def is_playing(self) -> bool:
        """Something is queued, sounding or held."""
        return self.ours != "silent"

    @property
    def is_muted(self) -> bool:
        """Nobody is there to be spoken to."""
        return self.leaving == "in silence"

    @property
    def being_written(self) -> int | None:
        """The newest capture of this run that is over and waits for its words."""
        return max((number for number in self.closing if number > 0), default=None)

    def with_known(self, entry: Entry) -> "State":
        """The journal has this entry otherwise than before; nothing else is meant by "that" than was."""
        return replace(
            self,
            last=entry if _is(self.last, entry.id) else self.last,
            shown=entry if _is(self.shown, entry.id) else self.shown,
            adding={n: entry if _is(to, entry.id) else to for n, to in self.adding.items()},
        )

    def with_changed(self, entry: Entry) -> "State":
        """The same, and it is what "that" means."""
        return replace(self.with_known(entry), last=entry)

    def without(self, entry_id: str, newest: Entry | None) -> "State":
        """The journal has this entry no more; where it was what "that" meant, that is the newest of those left."""
        is_offered = self.offer_due is not None and self.offer_due.entry.id == entry_id
        is_doubted = self.doubted is not None and self.doubted.entry_id == entry_id
        return replace(
            self,
            last=newest if _is(self.last, entry_id) else self.last,
            shown=None if _is(self.shown, entry_id) else self.shown,
            adding={n: to for n, to in self.adding.items() if not _is(to, entry_id)},
            unaccepted=tuple(one for one in self.unaccepted if one != entry_id),
            recovered=tuple(one for one in self.recovered if one.id != entry_id),
            doubted=None if is_doubted else self.doubted,
            unrepaired=None if self.unrepaired == entry_id else self.unrepaired,
            offer_due=None if is_offered else self.offer_due,
            history=self.history.without(entry_id),
        )

    def with_done(self, *deeds: Deed | None) -> "State":
        """Something was done that "undo" can take back; None is nothing."""
        return replace(self, history=self.history.with_done(*(deed for deed in deeds if deed is not None)))

    def with_more(self) -> "State":
        """Something is to be played after what is queued already: a hold stays a hold."""
        return self if self.is_playing else replace(self, ours="playing")

    def released(self) -> "State":
        """What was held plays on; where nothing is queued there is still nothing."""
        return replace(self, ours="playing") if self.is_playing else self

    @property
    def is_free(self) -> bool:
        """Nobody speaks, neither the person nor we, and nothing is open."""
        return isinstance(self.activity, Waiting) and self.capture is None and not self.is_playing


def _is(one: Entry | int | None, entry_id: str) -> bool:
    return isinstance(one, Entry) and one.id == entry_id
