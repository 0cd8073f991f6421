"""Reading: hearing an entry again, in our voice or in one's own.

In: commands and answers about the last entry, what the journal has of it. Out: the next state and actions. Pure.
Nothing of an entry sounds before asking whether it is private here; asked once, that holds for a few minutes.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise

from voicejournal.dialogue.actions import Hush, LookUp, Say
from voicejournal.dialogue.activity import Asking, Question, Reading, Waiting
from voicejournal.dialogue.declaring import Answers, Command, Commands, Response
from voicejournal.dialogue.events import EntryGone, EntryLookedUp
from voicejournal.dialogue.language import Language
from voicejournal.dialogue.state import State
from voicejournal.dialogue.telling import PHRASE_REST_SECONDS, entry_day, tell
from voicejournal.dialogue.times import length
from voicejournal.hearing.frames import ticks
from voicejournal.hearing.spelling import letters
from voicejournal.hearing.transcripts import KeptStretch
from voicejournal.journal.entries import Entry
from voicejournal.speaking.lengths import counted_seconds
from voicejournal.speaking.sentences import sentences
from voicejournal.speaking.steps import OptionalBegins, OptionalEnds, Recorded, Rest, Step, Words, text_of

PRIVATE = Question("private", own_answers="private", yes_costs="something")
PRIVATE_VOICE = Question("private_voice", own_answers="private", yes_costs="something")

PRIVATE_TICKS = ticks(300)
"""So long nobody is asked again whether it is private here: reading, playing and checking words belong to one
sitting (R41: "first time"). After five minutes somebody may have come in [J]."""

TITLE_WORDS = 5
"""An entry's first words, enough to know it by [J]; a name that we made up would be a meaning that we gave it."""

LONG_SECONDS = 120.0
"""What takes longer is told before it begins."""

STRETCH_REST_SECONDS = 1.0
"""Between stretches, where the person was silent as well: longer than after a phrase (R11: at least 0.7 s)."""

PAD_SECONDS = 0.3
"""Of kept sound on both sides of a stretch, for a voice begins and ends more softly than what is surely a voice.
A command beside it is 0.7 s away and more."""


def in_private(state: State, question: Question, name: str, then: Callable[[State, Entry], Response]) -> Response:
    """Ask whether it is private here, unless that was said a moment ago; `name` is the sentence that asks."""
    entry = state.last
    if entry is None or not entry.text:
        return tell(state, "read_nothing")
    if is_private(state):
        return then(state, entry)
    return tell(replace(state, activity=Asking(question, entry)), name)


def is_private(state: State) -> bool:
    """The person said so a moment ago."""
    return state.private_tick is not None and state.tick - state.private_tick < PRIVATE_TICKS


def not_private(state: State, asking: Asking) -> Response:
    return tell(replace(state, activity=Waiting(), private_tick=None), "not_read")


def read_it_back(state: State) -> Response:
    return in_private(state, PRIVATE, "ask_private", _look_up_words)


def play_my_voice(state: State) -> Response:
    if state.quiet == "text":
        return tell(state, "voice_unheard")
    return in_private(state, PRIVATE_VOICE, "ask_private_voice", _look_up_voice)


def read(state: State, asking: Asking) -> Response:
    """It is private here."""
    return _look_up_words(replace(state, private_tick=state.tick), asking.entry)


def play(state: State, asking: Asking) -> Response:
    return _look_up_voice(replace(state, private_tick=state.tick), asking.entry)


def _look_up_words(state: State, entry: Entry) -> Response:
    return looked_up(replace(state, activity=Reading(entry)), entry)


def _look_up_voice(state: State, entry: Entry) -> Response:
    return looked_up(replace(state, activity=Reading(entry, "their voice")), entry)


def looked_up(state: State, entry: Entry) -> Response:
    """What the journal has of it comes next, in the place of what is playing."""
    return replace(state, ours="silent"), (Hush(), LookUp(entry.id))


def found(state: State, reading: Reading, event: EntryLookedUp) -> Response:
    """Title, tag and day first, then what was asked for, stretch by stretch."""
    said = [stretch for stretch in event.stretches if not stretch.is_struck]
    if reading.aloud == "our voice":
        return _begin(state, event.entry, (), _words(event.entry, said))
    kept_from = event.sound_from_seconds
    kept = () if kept_from is None else tuple(one for one in said if one.start_seconds >= kept_from)
    spoken = _voice(state.language, event.entry, kept, said)
    if not spoken:
        return tell(replace(state, activity=Waiting()), "voice_gone")
    in_part = () if len(kept) == len(said) else (state.language.say("voice_in_part"),)
    return _begin(state, event.entry, in_part, spoken)


def gone(state: State, event: EntryGone) -> Response:
    """There is nothing of it to read, or to change, any more; behind what is held nobody would hear that."""
    state = state.without(event.entry_id, event.newest)
    if state.place == "entry":
        return state, ()
    state = replace(state, activity=Waiting(), alarm_tick=None)
    if state.ours != "held":
        return tell(state, "entry_gone")
    state, told = tell(replace(state, ours="silent"), "entry_gone")
    return state, (Hush(), *told)


def _begin(state: State, entry: Entry, before: Sequence[str], stretches: Sequence[tuple[Words, ...]]) -> Response:
    steps = [step for stretch in stretches for step in _as_one(stretch)][:-1]
    first = [*_introduction(state, entry), *before]
    seconds = counted_seconds(steps, state.pace)
    if seconds > LONG_SECONDS:
        first.append(state.language.say("read_length", length=length(state.language, seconds)))
    told = [step for text in first for step in (Words(text), Rest(PHRASE_REST_SECONDS))]
    said = text_of((*told, *steps))
    return replace(state.with_more(), said=said), (Say((*told, *steps)),)


def _introduction(state: State, entry: Entry) -> list[str]:
    """What it is, before any of it is read: who does not want to hear this one can stop in time."""
    language = state.language
    begins = title(entry.text, language)
    intro = language.say("read_intro", tag=language.tag(entry.tag), day=entry_day(state, entry))
    return [language.say("read_title", title=begins), intro] if begins else [intro]


def title(text: str, language: Language) -> str:
    """Its first words, without the kind that it was named; none for an entry that has hardly more than those."""
    words = text.split()
    kinds = {letters(label) for labels in language.labels.whole.values() for label in labels}
    words = words[1:] if words and letters(words[0]) in kinds else words
    first = sentences(" ".join(words))[:1]
    begins = first[0].split()[:TITLE_WORDS] if first else []
    return " ".join(begins).rstrip(".,;:!?…") if len(words) > TITLE_WORDS else ""


def _as_one(stretch: tuple[Words, ...]) -> list[Step]:
    """Sentences that "next" leaves out together, and the rest after them."""
    steps: list[Step] = [OptionalBegins()]
    for words in stretch:
        steps += [words, Rest(PHRASE_REST_SECONDS)]
    return [*steps[:-1], OptionalEnds(), Rest(STRETCH_REST_SECONDS)]


def _words(entry: Entry, said: Sequence[KeptStretch]) -> list[tuple[Words, ...]]:
    """The words of each stretch, as our voice reads them; an entry that has no stretches is one."""
    texts = [stretch.text for stretch in said if stretch.text] or [entry.text]
    return [tuple(Words(sentence) for sentence in sentences(text)) for text in texts]


def _voice(
    language: Language, entry: Entry, kept: Sequence[KeptStretch], said: Sequence[KeptStretch]
) -> list[tuple[Words, ...]]:
    """Each kept stretch as the person said it; one whose words were not understood as well."""
    starts = {one.start_seconds: following.start_seconds for one, following in pairwise(said)}
    return [
        (
            Words(
                language.view["own_voice"].format(words=stretch.text or "…"),
                recorded=recorded(entry, stretch, starts.get(stretch.start_seconds)),
            ),
        )
        for stretch in kept
        if stretch.text or stretch.is_doubtful
    ]


def recorded(entry: Entry, stretch: KeptStretch, next_seconds: float | None = None) -> Recorded:
    """Its sound with a little around it, but nothing of the stretch that follows at `next_seconds`."""
    end = stretch.end_seconds + PAD_SECONDS
    return Recorded(
        entry.id,
        max(0.0, stretch.start_seconds - PAD_SECONDS),
        end if next_seconds is None else min(end, max(stretch.end_seconds, next_seconds)),
    )


COMMANDS: Commands = {
    "read_it_back": Command(read_it_back, opens_journal=True, is_about_that=True),
    "play_my_voice": Command(play_my_voice, is_about_reading=True, opens_journal=True, is_about_that=True),
}

ANSWERS: Answers = {
    PRIVATE: {"yes": read, "no": not_private, "others_here": not_private},
    PRIVATE_VOICE: {"yes": play, "no": not_private, "others_here": not_private},
}
