"""What is kept about the person, for whoever asks.

In: the command, how the journal is protected in this run, and what is kept of the voice. Out: sentences. Pure.
Every sentence is true: which are said of the lock, the voice and deleting follows from the state, and nothing else.
The same at more length is `docs/what-is-kept.md`; who changes what is kept changes both.
"""

from collections.abc import Mapping

from voicejournal.dialogue.declaring import Command, Commands, Response
from voicejournal.dialogue.state import State
from voicejournal.dialogue.telling import tell
from voicejournal.journal.protection import Protection

PROTECTED: Mapping[Protection, str] = {
    "nothing": "keeps_in_the_open",
    "account": "keeps_unlocked",
    "key_file": "keeps_by_key_file",
    "key_store": "keeps_by_key_store",
    "passphrase": "keeps_by_passphrase",
}


def what_do_you_keep(state: State) -> Response:
    say, is_locked = state.language.say, state.guard.watch == "locked"
    lock = say(PROTECTED[state.guard.protection])
    goes = say("keeps_until_open" if is_locked else "keeps_until_deleted")
    if state.keeps_voice:
        voice = say("keeps_voice")
    else:
        voice = say("keeps_voice_locked" if is_locked else "keeps_voice_briefly")
    return tell(state, "keeps", voice=voice, lock=lock, goes=goes)


COMMANDS: Commands = {
    "what_do_you_keep": Command(what_do_you_keep, is_hinted=False),
}
