"""Ports for what is not there: no speaker, nobody looking, no model, no entry.

In: whatever the loop gives. Out: nothing. Pure.
Each keeps its port's promises, so the loop never has to ask what is missing.
"""

from collections.abc import Iterator, Sequence
from itertools import count

from voicejournal.dialogue.care import Care
from voicejournal.dialogue.events import Outcome
from voicejournal.dialogue.guard import Secret
from voicejournal.dialogue.preferences import PreferenceName
from voicejournal.hearing.awaiting import ANYTHING, Awaited
from voicejournal.hearing.frames import SILENT_PLAYED_FRAME, Frame
from voicejournal.hearing.recognizing import Recognized
from voicejournal.hearing.transcripts import NOTHING_HEARD
from voicejournal.ports.person import Trace
from voicejournal.ports.sound import Cleaned
from voicejournal.scene import Scene


class NoSpeaker:
    """The `Speaker` port where a file is heard and none is written."""

    def __init__(self) -> None:
        self._frame = SILENT_PLAYED_FRAME

    def play(self, frame: Frame) -> None:
        self._frame = frame

    def sounding(self) -> Frame:
        return self._frame

    def hush(self) -> None:
        pass

    def close(self) -> None:
        pass


class NoEcho:
    """The `EchoCanceller` port of a conversation that is only written: nothing comes back to be taken out."""

    def accept(self, played: Frame, heard: Frame) -> Cleaned:
        return Cleaned(heard)

    def doubt_room(self) -> None:
        pass


class FleetingPreferences:
    """The `Preferences` port that lasts as long as the run."""

    def __init__(self) -> None:
        self._chosen: dict[str, str] = {}

    def get(self, name: PreferenceName) -> str | None:
        return self._chosen.get(name)

    def prefer(self, name: PreferenceName, value: str) -> None:
        self._chosen[name] = value


class FleetingCare:
    """The `CareNotes` port that lasts as long as the run."""

    def __init__(self, care: Care) -> None:
        self._care = care

    def get(self) -> Care:
        return self._care

    def keep(self, care: Care) -> None:
        self._care = care


class NoTrace:
    """The `Trace` port where nobody asked for one."""

    def note(self, event: str, seconds: float, words: str | None = None, **fields: float | str) -> None:
        pass

    def close(self) -> None:
        pass


class NoEntries:
    """The `Trace` port of a run that makes none: what it hears meanwhile is not told as one."""

    def __init__(self, trace: Trace) -> None:
        self._trace = trace

    def note(self, event: str, seconds: float, words: str | None = None, **fields: float | str) -> None:
        if not event.startswith("entry_"):
            self._trace.note(event, seconds, words, **fields)


class LaterTrace:
    """The `Trace` port of a run that another came before: the microphone's clock goes on."""

    def __init__(self, trace: Trace, earlier_seconds: float) -> None:
        self._trace = trace
        self._earlier_seconds = earlier_seconds

    def note(self, event: str, seconds: float, words: str | None = None, **fields: float | str) -> None:
        self._trace.note(event, self._earlier_seconds + seconds, words, **fields)


class NoSecrets:
    """The `Secrets` port where nobody can type: whoever is asked gives up."""

    def __init__(self) -> None:
        self._is_asked = False

    def ask(self, secret: Secret) -> None:
        self._is_asked = True

    def poll(self) -> Outcome | None:
        is_asked, self._is_asked = self._is_asked, False
        return "given up" if is_asked else None

    def give_up(self) -> None:
        self._is_asked = False


class NoKeys:
    """The `Keys` port where there is no keyboard."""

    def pressed(self) -> Iterator[str]:
        """Nothing, ever."""
        return iter(())

    def collect(self) -> None: ...

    def collected(self) -> str | None:
        """Nobody can type it."""
        return ""

    def give_up(self) -> None: ...

    def close(self) -> None: ...


class NoView:
    """The `View` port where nobody looks."""

    def show(self, scene: Scene) -> None:
        pass

    def close(self) -> None:
        pass


class NoRecognizer:
    """The `Recognizer` port without a model: it hears that there is voice, and no words in it."""

    name = "none"
    streams = False

    def __init__(self) -> None:
        self._tickets = count(1)
        self._finished: list[int] = []

    def begin(self) -> int:
        return next(self._tickets)

    def accept(self, ticket: int, pcm: bytes) -> None:
        pass

    def finish(self, ticket: int, awaited: Awaited = ANYTHING) -> None:
        self._finished.append(ticket)

    def abandon(self, ticket: int) -> None:
        self._finished = [other for other in self._finished if other != ticket]

    def poll(self, wait: bool = False) -> Sequence[Recognized]:
        finished, self._finished = self._finished, []
        return [Recognized(ticket, NOTHING_HEARD) for ticket in finished]

    def pending(self) -> int:
        return len(self._finished)

    def close(self) -> None:
        pass
