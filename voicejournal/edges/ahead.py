"""A thread that renders the sentences to come, so that the loop waits for none of them.

In: a slow voice, and which sentences are next. Out: their sound, at once when it is ready. Touches: one thread.
What was asked for last is what is rendered next; a sentence that nobody waits for any more is not begun. When
nothing is to come, it renders what may be said at any moment.
"""

import threading
from collections.abc import Callable, Sequence

from voicejournal.edges.shaping import Remembered
from voicejournal.speaking.playback import Render

Sentence = tuple[str, float]

CLOSE_SECONDS = 10
"""How long `close` waits for the thread at most; a sentence takes about one second when the machine is busy."""


class Ahead:
    """The `Voice` port for a voice that takes its time."""

    def __init__(self, load: Callable[[], Render], at_any_moment: Sequence[Sentence] = ()) -> None:
        """Returns at once; `load` runs in the thread, and what it raises comes out of `render`."""
        self._at_any_moment = tuple(at_any_moment)
        self._changed = threading.Condition()
        # All below is guarded by it.
        self._coming: tuple[Sentence, ...] = ()
        self._remembered = Remembered()
        self._failure: BaseException | None = None
        self._is_closed = False
        self._thread = threading.Thread(target=self._run, args=(load,), name="voice", daemon=True)
        self._thread.start()

    def prepare(self, coming: Sequence[Sentence]) -> None:
        """See the port."""
        with self._changed:
            if tuple(coming) != self._coming:
                self._coming = tuple(coming)
                self._changed.notify_all()

    def is_ready(self, words: str, rate: float) -> bool:
        """See the port; a failure too is ready to be heard of."""
        with self._changed:
            return (words, rate) in self._remembered or self._is_over()

    def render(self, words: str, rate: float) -> bytes:
        """See the port. Raises: what `load` or the voice raised."""
        sentence = (words, rate)
        with self._changed:
            if sentence not in self._remembered:
                self._coming = (sentence, *(other for other in self._coming if other != sentence))
                self._changed.notify_all()
                self._changed.wait_for(lambda: sentence in self._remembered or self._is_over())
            sound = self._remembered.get(sentence)
            if sound is None and self._failure is not None:
                raise self._failure
            return sound or b""

    def close(self) -> None:
        """Waits for the sentence the thread is at."""
        with self._changed:
            self._is_closed = True
            self._changed.notify_all()
        self._thread.join(CLOSE_SECONDS)

    def _is_over(self) -> bool:
        return self._is_closed or self._failure is not None

    def _run(self, load: Callable[[], Render]) -> None:
        try:
            render = load()
            while (sentence := self._next()) is not None:
                sound = render(*sentence)
                with self._changed:
                    self._remembered.add(sentence, sound)
                    self._changed.notify_all()
        except BaseException as exc:  # nobody else would hear of it: whoever renders next has to
            with self._changed:
                self._failure = exc
                self._changed.notify_all()

    def _next(self) -> Sentence | None:
        """The first sentence that is wanted and not ready, however long it takes to come; None when closed."""
        with self._changed:
            self._changed.wait_for(lambda: self._waiting() is not None or self._is_closed)
            return None if self._is_closed else self._waiting()

    def _waiting(self) -> Sentence | None:
        wanted = (*self._coming, *self._at_any_moment)
        return next((one for one in wanted if one not in self._remembered), None)
