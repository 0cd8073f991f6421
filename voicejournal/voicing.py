"""Which voice speaks.

In: settings, and the state to begin with. Out: the `Voice` port. Touches: nothing itself; it opens edges.
A voice that can't be had never silences the program: the system's own speaks in its place.
"""

from contextlib import ExitStack, suppress
from functools import partial
from pathlib import Path

from voicejournal.dialogue.language import Language
from voicejournal.dialogue.state import State
from voicejournal.errors import ModelError, VoiceError
from voicejournal.finding import find_voice
from voicejournal.ports import Voice
from voicejournal.settings import Settings
from voicejournal.speaking.playback import Render
from voicejournal.speaking.sentences import sentences

LONG_WORDS = 10
"""Three of our phrases begin with so many, 5 s of sound each; one is what is said to "help me now". The others
begin with 3.5 s or less, which the natural voice renders in 0.4 s."""


def voice_of(chosen: Settings, state: State, stack: ExitStack) -> Voice:
    """The natural voice where one is installed and whole; else the system's, and `doctor` says why."""
    from voicejournal.edges.voice import SpokenVoice

    language = state.language
    folder = None
    with suppress(VoiceError, ModelError):
        folder = find_voice(chosen, language)
    if folder is None:
        return SpokenVoice(language.voice)
    from voicejournal.edges.ahead import Ahead

    late = [(words, state.pace.rate) for words in long_beginnings(language)]
    ahead = Ahead(partial(natural, folder, language), late)
    stack.callback(ahead.close)
    return ahead


def long_beginnings(language: Language) -> list[str]:
    """First sentences of ours that a slow voice would begin late if it had not rendered them before."""
    beginnings = [first for text in language.said.values() for first in sentences(text)[:1]]
    return [words for words in beginnings if len(words.split()) >= LONG_WORDS and "{" not in words]


def natural(folder: Path, language: Language) -> Render:
    """In the thread that renders: the system's voice speaks there too when the other can't be loaded."""
    from voicejournal.edges.natural_voice import NaturalVoice
    from voicejournal.edges.voice import SpokenVoice

    try:
        return NaturalVoice(folder).render
    except VoiceError:
        return SpokenVoice(language.voice).render
