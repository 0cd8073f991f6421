"""Doubting: words that may not be what was said are read to the person, one by one, and repaired by them.

In: commands, answers, words said in place of others. Out: the next state and actions. Pure.
Only the person changes a word, and only by saying that the new one is right. All else leaves it as it was.
"""

from collections.abc import Sequence
from dataclasses import replace

from voicejournal.dialogue import journalling, our_voice, playing
from voicejournal.dialogue.actions import ConfirmWord, RepairWord, Say
from voicejournal.dialogue.activity import Asking, Checking, Doubted, Question, Waiting
from voicejournal.dialogue.declaring import Answers, Command, Commands, Response
from voicejournal.dialogue.events import EntryLookedUp, EntryRepaired, StretchJudged
from voicejournal.dialogue.language import obeyed
from voicejournal.dialogue.reading import in_private, looked_up, not_private
from voicejournal.dialogue.state import State
from voicejournal.dialogue.telling import PHRASE_REST_SECONDS, hushed, left_with, tell
from voicejournal.hearing.spelling import letters
from voicejournal.hearing.transcripts import KeptStretch
from voicejournal.journal.doubts import doubts, marked
from voicejournal.journal.entries import Entry
from voicejournal.journal.hard import sounds_hard
from voicejournal.journal.labels import begins_with_kind
from voicejournal.speaking.steps import Recorded, Rest, Words

PRIVATE_WORDS = Question("private_words", own_answers="private", yes_costs="something")
RIGHT = Question("right", keys="keys_word", takes_words=True, own_answers="word")
WHICH = Question("which_word", keys="keys_which_word", takes_words=True, own_answers="word")
NOW = Question("now_right", keys="keys_word", takes_words=True, own_answers="word")
MORE = Question("more_words", own_answers="offer")

MOST_AT_ONCE = 5
"""Words asked about before it offers to go on: each takes some ten seconds, and checking is not what an entry
is for [J]."""

MOST_WORDS = 4
"""What is said in place of one word: "sister in law" is three. More is an entry that begins."""

AROUND_SECONDS = 0.6
"""Of the person's own voice before and after a word that is played: a word alone is hard to tell (F2.4)."""


def noted(state: State, entry: Entry, stretches: Sequence[KeptStretch]) -> State:
    """The newest entry, as it is shown; where words are doubted its sound stays until they are repaired."""
    is_named = begins_with_kind(entry, state.language.labels)
    if not doubts(stretches, entry.recognizer, is_named):
        return replace(state, doubted=None, unrepaired=None)
    shown = Doubted(entry.id, entry.text, marked(stretches, entry.recognizer, is_named))
    return replace(state, doubted=shown, unrepaired=entry.id)


def check_words(state: State) -> Response:
    return in_private(state, PRIVATE_WORDS, "ask_private_words", _look_up)


def check(state: State, asking: Asking) -> Response:
    """It is private here."""
    return _look_up(replace(state, private_tick=state.tick), asking.entry)


def _look_up(state: State, entry: Entry) -> Response:
    return looked_up(replace(state, activity=Asking(RIGHT, Checking(entry))), entry)


def found(state: State, checking: Checking, event: EntryLookedUp) -> Response:
    """The words that are doubted, or that there are none; a question about one that is gone is asked no further."""
    entry = event.entry
    state, hush = hushed(state)
    doubted = doubts(event.stretches, entry.recognizer, begins_with_kind(entry, state.language.labels))
    if not doubted:
        state, told = tell(replace(state, activity=Waiting()), "doubts_none")
        return state, (*hush, *told)
    state, asked = _ask(state, Checking(entry, doubted, sound_from_seconds=event.sound_from_seconds))
    return state, (*hush, *asked)


def _ask(state: State, checking: Checking) -> Response:
    state = replace(state, activity=Asking(RIGHT, checking))
    return tell(state, "doubt_right", word=checking.doubt.spoken)


def _next(state: State, checking: Checking) -> Response:
    """The word after this one; after some of them it offers to go on, and after the last it says so."""
    checking = replace(checking, left=checking.left[1:], asked=checking.asked + 1, said="", misses=0)
    if not checking.left:
        return tell(replace(state, activity=Waiting()), "doubts_done")
    if checking.asked == MOST_AT_ONCE:
        return tell(replace(state, activity=Asking(MORE, checking)), "doubts_more")
    return _ask(state, checking)


def right(state: State, asking: Asking) -> Response:
    """The word is the person's from now on, as it was heard."""
    state, asked = _next(state, asking.checking)
    return state, (ConfirmWord(asking.checking.entry.id, asking.checking.doubt), *asked)


def wrong(state: State, asking: Asking) -> Response:
    """ "No" alone: ask for the word, once."""
    return tell(replace(state, activity=Asking(WHICH, asking.checking)), "doubt_which")


def taken(state: State, asking: Asking) -> Response:
    """What the person said in its place is the word from now on."""
    checking = asking.checking
    state, asked = _next(state, checking)
    return state, (RepairWord(checking.entry.id, checking.doubt, checking.said), *asked)


def still_wrong(state: State, asking: Asking) -> Response:
    """What was said in its place was misheard too: it is asked for once more, but not for ever."""
    checking = asking.checking
    if checking.misses:
        return leave(state, asking)
    return wrong(state, replace(asking, about=replace(checking, misses=1)))


def leave(state: State, asking: Asking) -> Response:
    """The word stays as it was, and that is said."""
    state, left = tell(state, "doubt_left")
    state, asked = _next(state, asking.checking)
    return state, (*left, Say((Rest(PHRASE_REST_SECONDS),)), *asked)


def go_on(state: State, asking: Asking) -> Response:
    """Silence, or "next": on to the one after it."""
    return _next(state, asking.checking)


def ask_more(state: State, asking: Asking) -> Response:
    return _ask(state, replace(asking.checking, asked=0))


def say_again(state: State, asking: Asking) -> Response:
    """The same question once more."""
    checking = asking.checking
    if asking.question == WHICH:
        return tell(state, "doubt_which")
    if asking.question == NOW:
        return tell(state, "doubt_now", word=checking.said)
    return tell(state, "doubt_right", word=checking.doubt.spoken)


def play_word(state: State, asking: Asking) -> Response:
    """The word as the person said it; the question stays open."""
    checking = asking.checking
    word = checking.doubt.word
    kept_from = checking.sound_from_seconds
    if kept_from is None or word.start_seconds < kept_from:
        return tell(state, "voice_gone")
    if state.quiet == "text":
        return tell(state, "voice_unheard")
    around = Recorded(
        checking.entry.id,
        max(kept_from, word.start_seconds - AROUND_SECONDS),
        word.end_seconds + AROUND_SECONDS,
    )
    shown = state.language.view["own_voice"].format(words=checking.doubt.spoken)
    return replace(state.with_more(), said=shown), (Say((Words(shown, recorded=around),)),)


def said_again(state: State, asking: Asking, event: StretchJudged) -> Response:
    """What was said is no answer that we know: it may be the word, or nothing, or an entry that begins."""
    heard = "" if event.transcript is None else event.transcript.text
    said = word_in(heard, state.language.repairs)
    is_word = len(said.split()) <= MOST_WORDS and not sounds_hard(heard, state.language.hard)
    if event.transcript is None or not is_word:
        state, kept = journalling.content(state, event)
        state, resumed = playing.go_on_if_nothing_was_said(state)  # it may have been our own question
        return state, (*kept, *resumed)
    state, left = journalling.left_out(state, event, aside=True)  # it may have been more than a word
    is_command = letters(heard) in obeyed(state.language)
    if not letters(said) or is_command or our_voice.is_over_voice(event.stretch):
        state, resumed = playing.go_on_if_nothing_was_said(state)
        return state, (*left, *resumed)
    checking = replace(asking.checking, said=said.strip(" .,;:!?"))
    state, hush = hushed(replace(state, activity=Asking(NOW, checking)))
    state, asked = tell(state, "doubt_now", word=checking.said)
    return state, (*left, *hush, *asked)


def word_in(heard: str, frames: Sequence[str]) -> str:
    """ "No, I said mother" is about "mother": the longest frame around it is no part of the word."""
    words = heard.split()
    spelled = [letters(word) for word in words]
    found = words
    for frame in frames:
        before, after = ([letters(part) for part in side.split()] for side in frame.split("{}"))
        end = len(words) - len(after)
        is_framed = spelled[: len(before)] == before and spelled[end:] == after
        if is_framed and 0 < end - len(before) < len(found):
            found = words[len(before) : end]
    return " ".join(found)


def repaired(state: State, event: EntryRepaired) -> Response:
    """The journal has the word. What is shown follows; with the last doubt goes the reason to keep the sound."""
    entry = event.entry
    state = state.with_known(entry).with_done(event.deed)
    is_noted = state.shown == entry or state.unrepaired == entry.id
    return noted(state, entry, event.stretches) if is_noted else state, ()


COMMANDS: Commands = {
    "check_words": Command(check_words, is_about_reading=True, opens_journal=True, is_about_that=True),
}

_ABOUT_A_WORD = {
    "play_my_voice": play_word,
    "say_again": say_again,
    "others_here": not_private,
    "next": go_on,
    "silence": go_on,
}

ANSWERS: Answers = {
    PRIVATE_WORDS: {"yes": check, "no": not_private, "others_here": not_private},
    RIGHT: {"yes": right, "no": wrong, **_ABOUT_A_WORD},
    WHICH: {"no": leave, **_ABOUT_A_WORD},
    NOW: {"yes": taken, "no": still_wrong, **_ABOUT_A_WORD, "next": leave, "silence": leave},
    MORE: {"yes": ask_more, "no": left_with("let_be"), "others_here": not_private},
}
