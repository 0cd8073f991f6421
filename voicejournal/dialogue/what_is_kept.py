"""What is kept about the person, for whoever asks.

In: the command, and how the journal is protected in this run. Out: sentences. Pure.
Every sentence is true: which of them is said about the lock follows from the state, and from nothing else.
The same at more length is `docs/what-is-kept.md`; who changes what is kept changes both.
"""

from collections.abc import Mapping

from voicejournal.dialogue.declaring import Answer, Command, Commands
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


def what_do_you_keep(state: State) -> Answer:
    return tell(state, "keeps", lock=state.language.say(PROTECTED[state.guard.protection]))


COMMANDS: Commands = {
    "what_do_you_keep": Command(what_do_you_keep, is_hinted=False),
}
