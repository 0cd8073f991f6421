"""From the stretches of one entry to its words.

In: stretches with their sound, the dialogue's verdict on each, what the recogniser answers.
Out: transcripts to judge, partial words to show, stretches to keep. Pure but for the recogniser it is given.
Every stretch is judged once; every stretch kept comes out exactly once, with words or without.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from voicejournal.hearing.awaiting import Awaited
from voicejournal.hearing.frames import HEARD_FRAME_BYTES, Frame, seconds, ticks
from voicejournal.hearing.joining import Block, Piece
from voicejournal.hearing.recognizing import Recognized, Recognizer
from voicejournal.hearing.stretches import Stretch
from voicejournal.hearing.transcripts import KeptStretch, Transcript

PHRASE_TICKS = ticks(3.0)
"""A longer stretch is no command: at a slow 120 words a minute "don't ask me before and after" takes 2.6 to 2.8 s
(ten synthetic voices), and of 30 renderings none of those ten was understood while this was 2.5."""

PHRASE_IN_ENTRY_TICKS = ticks(2.5)
"""Once there is content only four short phrases may come: "finish my entry" at a slow 100 words a minute takes
1.9 s, "help me now, help me now" 2.4 s. Each stretch that is judged costs a decode of its own."""


LEAST_WORDS_A_SECOND = 0.8
"""A stretch that has fewer is heard once more by itself: joined with others, Whisper passes over some. Of an hour
of many voices in turn, 81 of them, it passed over 91 of 460 stretches; word errors fell from 32.6 to 15.9 %."""

LEAST_SECONDS = 0.5
"""A shorter stretch may well be a breath or a cough."""


@dataclass(frozen=True)
class Judged:
    """A stretch that may be a command, or content: the words to tell by; None when it is too long for one."""

    stretch: Stretch
    transcript: Transcript | None


@dataclass(frozen=True)
class Heard:
    """A kept stretch has its words now."""

    kept: KeptStretch


@dataclass(frozen=True)
class Partial:
    """What a streaming recogniser has made of the stretch so far."""

    text: str


class Transcriber:
    """Owns what one entry has in the recogniser's hands."""

    def __init__(self, recognizer: Recognizer, entry_tick: int, first_words: Sequence[str] = ()) -> None:
        """`entry_tick`: the tick of the entry's first kept frame; kept stretches count seconds from it.

        `first_words` are what an entry may begin with: the first block is decoded with them as hints.
        """
        self._recognizer = recognizer
        self._hints = tuple(first_words)
        self._entry_tick = entry_tick
        self._live: int | None = None
        self._live_from = 0
        """The tick of the first frame that the live ticket was given."""
        self._judging: dict[int, tuple[Piece, float]] = {}
        """With the second from which words are not the piece's: a live ticket hears more than that."""
        self._undecided: dict[Stretch, tuple[Piece, Transcript | None]] = {}
        self._decoding: dict[int, Block] = {}
        self._hearing_again: dict[int, tuple[Piece, KeptStretch]] = {}
        """With what the block made of it."""
        self._block = Block()
        self._struck: dict[Stretch, None] = {}
        """In the order in which they were struck."""
        self._out: dict[Stretch, KeptStretch] = {}
        """What came out: "scratch that" may go back as far as it likes."""
        self._has_content = False
        self._is_closing = False

    @property
    def is_done(self) -> bool:
        """Closed, and every kept stretch has come out."""
        in_hand = self._judging or self._undecided or self._block.pieces or self._decoding or self._hearing_again
        return self._is_closing and not in_hand

    def voice_started(self, first_tick: int, sound: bytes) -> None:
        """Voice began; `sound` is what was heard since `first_tick`, padding included."""
        if self._recognizer.streams:
            self._live, self._live_from = self._recognizer.begin(), first_tick
            self._recognizer.accept(self._live, sound)

    def hear(self, frame: Frame) -> None:
        """One more frame while there is voice."""
        if self._live is not None:
            self._recognizer.accept(self._live, frame)

    def stretch_ended(self, piece: Piece, awaited: Awaited) -> Judged | None:
        """The stretch is whole; None when it takes words to judge it. `awaited`: what may be said in this state.

        What came after a cut is heard again, as the beginning of the next stretch.
        """
        stretch = piece.stretch
        if self._live is not None:
            ticket, self._live = self._live, None
            self._recognizer.finish(ticket, replace(awaited, effort="whole"))  # it was heard as it was spoken
            end_tick = piece.first_tick + len(piece.pcm) // HEARD_FRAME_BYTES
            self._judging[ticket] = replace(piece, first_tick=self._live_from), seconds(end_tick - self._live_from)
            if piece.following:
                self.voice_started(end_tick, piece.following)
            return None
        longest = awaited.longest_ticks or (PHRASE_IN_ENTRY_TICKS if self._has_content else PHRASE_TICKS)
        if stretch.is_cut or stretch.end_tick - stretch.start_tick > longest:
            self._undecided[stretch] = (piece, None)
            return Judged(stretch, None)
        if stretch.end_tick - stretch.start_tick > PHRASE_TICKS:
            awaited = replace(awaited, obeyed=frozenset())  # a search, which is worth one hearing
        ticket = self._recognizer.begin()
        self._recognizer.accept(ticket, piece.pcm)
        self._recognizer.finish(ticket, awaited)
        self._judging[ticket] = piece, math.inf
        return None

    def keep(self, stretch: Stretch) -> list[Heard]:
        """The dialogue's verdict: these are the person's words."""
        piece, transcript = self._undecided.pop(stretch)
        self._has_content = True
        if self._recognizer.streams and transcript is not None:
            return self._come_out(Block((piece,)), transcript)
        if not self._block.has_room_for(piece):
            self._decode()
        self._block = self._block.with_piece(piece)
        self._decode_last()
        return []

    def discard(self, stretch: Stretch) -> None:
        """The dialogue's verdict: a command, or nothing."""
        self._undecided.pop(stretch, None)
        self._decode_last()

    def strike(self, stretch: Stretch) -> list[Heard]:
        """Keep this stretch, but out of the text; comes out again if it already had."""
        self._struck[stretch] = None
        return [Heard(replace(self._out[stretch], is_struck=True))] if stretch in self._out else []

    def restore(self, stretch: Stretch) -> list[Heard]:
        """It was struck, and is not any more."""
        del self._struck[stretch]
        return [Heard(self._out[stretch])] if stretch in self._out else []

    def struck(self) -> tuple[KeptStretch, ...]:
        """Those that are struck, have come out and have words or voice in doubt, in the order of striking."""
        out = [self._out[stretch] for stretch in self._struck if stretch in self._out]
        return tuple(replace(kept, is_struck=True) for kept in out if kept.is_in_text)

    def close(self) -> None:
        """Nothing more will be heard: decode what is left as soon as every stretch is judged."""
        self._is_closing = True
        if self._live is not None:
            self._recognizer.abandon(self._live)
            self._live = None
        self._decode_last()

    def abandon(self) -> None:
        """The entry is dropped: forget it all."""
        live = [] if self._live is None else [self._live]
        for ticket in (*live, *self._judging, *self._decoding, *self._hearing_again):
            self._recognizer.abandon(ticket)

    def take(self, answer: Recognized) -> Judged | list[Heard] | Partial | None:
        """What follows from the recogniser's answer; None when its ticket is not of this entry."""
        if answer.ticket == self._live or not answer.transcript.is_final:
            return Partial(answer.transcript.text) if answer.ticket == self._live else None
        if answer.ticket in self._judging:
            piece, end_seconds = self._judging.pop(answer.ticket)
            transcript = answer.transcript.before(end_seconds)
            self._undecided[piece.stretch] = (piece, transcript)
            return self._judged(piece.stretch, transcript)
        if answer.ticket in self._decoding:
            return self._come_out(self._decoding.pop(answer.ticket), answer.transcript)
        if answer.ticket in self._hearing_again:
            piece, joined = self._hearing_again.pop(answer.ticket)
            (alone,) = Block((piece,)).kept(answer.transcript, self._entry_tick)
            return [self._let_out(piece.stretch, max(alone, joined, key=_word_count))]
        return None

    def _judged(self, stretch: Stretch, transcript: Transcript) -> Judged:
        """A glance at a long stretch that finds no words in it is no reason to doubt that somebody spoke."""
        is_glance = not self._recognizer.streams and stretch.end_tick - stretch.start_tick > PHRASE_TICKS
        return Judged(stretch, None if is_glance and not transcript.text else transcript)

    def _decode_last(self) -> None:
        if self._is_closing and not self._judging and not self._undecided and self._block.pieces:
            self._decode()

    def _decode(self) -> None:
        ticket = self._recognizer.begin()
        self._recognizer.accept(ticket, self._block.pcm)
        self._recognizer.finish(ticket, Awaited(self._hints))
        self._hints = ()
        self._decoding[ticket] = self._block
        self._block = Block()

    def _come_out(self, block: Block, transcript: Transcript) -> list[Heard]:
        heard = []
        for piece, kept in zip(block.pieces, block.kept(transcript, self._entry_tick), strict=True):
            if len(block.pieces) > 1 and _is_thin(kept):
                self._hear_again(piece, kept)
            else:
                heard.append(self._let_out(piece.stretch, kept))
        return heard

    def _hear_again(self, piece: Piece, kept: KeptStretch) -> None:
        ticket = self._recognizer.begin()
        self._recognizer.accept(ticket, piece.pcm)
        self._recognizer.finish(ticket)
        self._hearing_again[ticket] = piece, kept

    def _let_out(self, stretch: Stretch, kept: KeptStretch) -> Heard:
        self._out[stretch] = kept
        return Heard(replace(kept, is_struck=stretch in self._struck))


def _word_count(kept: KeptStretch) -> int:
    return len(kept.text.split())


def _is_thin(kept: KeptStretch) -> bool:
    """Whether there are so few words in it for its length that some may be missing."""
    length_seconds = kept.end_seconds - kept.start_seconds
    return length_seconds >= LEAST_SECONDS and _word_count(kept) < LEAST_WORDS_A_SECOND * length_seconds
