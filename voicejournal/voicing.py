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
from voicejournal.installed import find_voice
from voicejournal.ports.sound import Voice
from voicejournal.settings import Settings
from voicejournal.shelf import our_scripts
from voicejournal.speaking.playback import Render
from voicejournal.speaking.routes import words_ahead
from voicejournal.speaking.sentences import sentences
from voicejournal.speaking.steps import Pace, Words

LONG_WORDS = 10
"""Three of our phrases begin with so many, 5 s of sound each; one is what is said to "help me now". The others
begin with 3.5 s or less, which the natural voice renders in 0.4 s."""


def voice_of(chosen: Settings, state: State, stack: ExitStack, is_script: bool = False) -> Voice:
    """The natural voice where one is installed and whole; else the system's, and `doctor` says why.

    `is_script`: its first word is waited for, and until then nothing is made ready that may be said at any moment.
    """
    from voicejournal.edges.voice import SpokenVoice

    language = state.language
    folder = None
    with suppress(VoiceError, ModelError):
        folder = find_voice(chosen, language)
    if folder is None:
        return SpokenVoice(language.voice)
    from voicejournal.edges.ahead import Ahead

    rate = state.pace.rate
    # No words: they load the voice, so that the first answer that was never said before finds it there.
    late = [] if is_script else [(words, rate) for words in (*long_beginnings(language), "")]
    ahead = Ahead(partial(natural, folder, language), late)
    stack.callback(ahead.close)
    return ahead


def long_beginnings(language: Language) -> list[str]:
    """First sentences of ours that a slow voice would begin late if it had not rendered them before."""
    beginnings = [first for text in language.said.values() for first in sentences(text)[:1]]
    return [words for words in beginnings if len(words.split()) >= LONG_WORDS and "{" not in words]


def kept_sentences(language: Language) -> set[str]:
    """What is said first, with somebody waiting for it: of the scripts that came with us, and the above."""
    firsts = {next(words_ahead(script.steps), Words("")).text for script in our_scripts(language.code)}
    return firsts | set(long_beginnings(language))


def natural(folder: Path, language: Language) -> Render:
    """For the thread that renders: from where the natural voice can't be loaded or speak, the system's does."""
    from voicejournal.edges.kept_sentences import KeptSentences
    from voicejournal.edges.voice import SpokenVoice

    kept = KeptSentences(folder, partial(_loaded, folder), partial(kept_sentences, language))
    system: SpokenVoice | None = None

    def render(words: str, rate: float) -> bytes:
        nonlocal system
        if system is None:
            try:
                return kept.render(words, rate)
            except VoiceError:
                system = SpokenVoice(language.voice)
        return system.render(words, rate)

    return render


def keep_first_sentences(folder: Path, language: Language) -> None:
    """Let the natural voice say now, at the usual pace, what is waited for later. Raises: VoiceError."""
    from voicejournal.edges.kept_sentences import KeptSentences

    ours = kept_sentences(language)
    kept = KeptSentences(folder, partial(_loaded, folder), lambda: ours)
    for words in sorted(ours):
        kept.render(words, Pace().rate)


def _loaded(folder: Path) -> Render:
    from voicejournal.edges.natural_voice import NaturalVoice

    return NaturalVoice(folder).render
