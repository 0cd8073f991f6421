"""What makes words from stretches of voice, and what it promises.

In: nothing. Out: the Protocol of a recogniser, and its answer. Pure.
Every method returns at once unless its docstring says that it waits; it raises only `JournalError`s.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from voicejournal.hearing.awaiting import ANYTHING, Awaited
from voicejournal.hearing.transcripts import Transcript


@dataclass(frozen=True)
class Recognized:
    """A recogniser's answer about the stretch with this ticket; partial ones may come before the final one."""

    ticket: int
    transcript: Transcript


class Recognizer(Protocol):
    """Words from stretches of voice, made in the background; several stretches may be in hand at once."""

    name: str
    """What the entry's `recognizer` field says: vosk, whisper or scripted."""
    streams: bool
    """True when partial results come while a stretch is still being accepted."""

    def begin(self) -> int:
        """A ticket for a new stretch. Never waits for the model: what is accepted before it has loaded is kept."""
        ...

    def accept(self, ticket: int, pcm: bytes) -> None:
        """More sound of that stretch: 16 kHz mono s16, any whole number of samples."""
        ...

    def finish(self, ticket: int, awaited: Awaited = ANYTHING) -> None:
        """The stretch is whole; `awaited` is what may be said in this state.

        Its effort "brief": nothing but whether it is one of the phrases will be asked; less work may do.
        "nearest": if it is none, also which of them sounds most like it; a recogniser may not be able to tell.
        """
        ...

    def abandon(self, ticket: int) -> None:
        """Forget the stretch; no final will come for it."""
        ...

    def poll(self, wait: bool = False) -> Sequence[Recognized]:
        """What became ready since the last poll, in order; with `wait`, first wait for every finished stretch.

        What was finished with another effort than "whole" may come before what was finished earlier.

        Raises: ModelError when the model could not be loaded.
        """
        ...

    def pending(self) -> int:
        """Finished stretches whose final has not been polled yet."""
        ...

    def close(self) -> None: ...
