"""The voice loop, run after run: another begins when the journal is locked, hidden or opened again.

In: the door to the journal, what is kept of this person, the ports of the first run. Out: what each run says and
keeps, through its ports. Touches: nothing itself.
Devices, recogniser and voice stay; what a run knew goes with it.
"""

from dataclasses import dataclass, replace

from voicejournal.absent import LaterTrace
from voicejournal.aloud import errors_spoken
from voicejournal.beginning import Kept, Situation, first_guard, first_state
from voicejournal.dialogue.guard import Watch
from voicejournal.dialogue.keeping_voice import KEPT_DAYS
from voicejournal.dialogue.language import Language
from voicejournal.dialogue.state import State
from voicejournal.door import Door
from voicejournal.errors import JournalError
from voicejournal.loop import Loop
from voicejournal.preferring import keeps_voice_of
from voicejournal.settings import Settings
from voicejournal.world import Ports


@dataclass(frozen=True)
class Start:
    """Where every run starts from."""

    chosen: Settings
    situation: Situation
    language: Language
    door: Door

    def accept_all(self, kept: Kept) -> None:
        """What earlier runs left is accepted, its sound kept for as long as the person wants."""
        is_kept = keeps_voice_of(self.chosen, kept.preferences.get("keep_voice"))
        kept.journal.accept_all(self.situation.now(), KEPT_DAYS if is_kept else 0)

    def state(self, watch: Watch, kept: Kept, *troubles: JournalError | None) -> State:
        """How a run begins that has this of the journal; of the troubles those that there are will be told."""
        guard = first_guard(self.chosen, self.situation, kept.preferences, self.door.protection, watch)
        state = first_state(self.chosen, self.language, self.situation, kept)
        unlocked = self.door.tell_protection(self.language, kept.preferences, self.situation)
        told = tuple(one for one in (unlocked, *troubles) if one is not None)
        return replace(state, guard=guard, troubles=told)


class Runs:
    """From the first run to the one in which the person leaves."""

    def __init__(self, start: Start, kept: Kept, ports: Ports, state: State) -> None:
        """`kept`, `ports` and `state` are those of the first run."""
        self._start = start
        self._kept = kept
        self._ports = ports
        self._first: Loop | None = self._loop(ports, state)

    def run(self) -> None:
        """Until the person leaves. Raises: as `Loop.run` does."""
        loop, earlier_seconds = self._first, 0.0
        assert loop is not None, "it is run once"
        self._first = None  # with what it knew
        loop.run()
        while loop.then is not None:
            earlier_seconds += loop.seconds
            loop = self._next(loop.then, earlier_seconds)
            loop.run()

    def _next(self, wanted: Watch, earlier_seconds: float) -> Loop:
        """For how the journal is to be now, after so many seconds."""
        start, first = self._start, self._ports
        first.secrets.give_up()
        with errors_spoken(start.chosen, first.speaker):
            watch, journal = start.door.stand(wanted)
            kept = replace(self._kept, journal=journal)
            start.accept_all(kept)
            state = start.state(watch, kept, start.door.trouble)
        ports = replace(
            first,
            journal=journal,
            trace=LaterTrace(first.trace, earlier_seconds),
            now=lambda seconds: first.now(earlier_seconds + seconds),
        )
        return self._loop(ports, replace(state, cues_start=watch == "open"))

    def _loop(self, ports: Ports, state: State) -> Loop:
        return Loop(ports, state, is_fast=self._start.chosen.fast)
