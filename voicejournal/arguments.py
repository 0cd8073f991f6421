"""What can be typed: the commands, their flags, and the flags they share (design §6).

In: arguments. Out: an `argparse.Namespace` with `command` and the flags; unknown ones end with exit code 2.
Pure but for argparse, which prints help and usage itself.
"""

import argparse

from voicejournal import __version__
from voicejournal.journal.entries import TAGS
from voicejournal.settings import CHOICES


def parse(arguments: list[str]) -> argparse.Namespace:
    """`voicejournal` alone, or with flags only, is `voicejournal listen`."""
    is_bare = not arguments or (arguments[0].startswith("-") and arguments[0] not in ABOUT)
    return _parser().parse_args(["listen", *arguments] if is_bare else arguments)


ABOUT = ("-h", "--help", "--version")


MOST = 10**9
"""More entries than a journal will ever have; SQLite takes no number of more than 19 figures."""


def _count(text: str) -> int:
    return max(-1, min(int(text), MOST))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="voicejournal", description="An offline voice journal.")
    parser.add_argument("--version", action="version", version=__version__)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)

    def command(name: str, help: str) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=help, description=help)
        _add_shared(added)
        return added

    spoken = command("listen", "listen, keep what is said, answer")
    spoken.add_argument("--or-demo", action="store_true", help="with no microphone, play the bundled recording")
    command("demo", "play the bundled recording through the same loop")
    grounded = command("ground", "speak a grounding script at once")
    grounded.add_argument("name", nargs="?")
    grounded.add_argument("--script", metavar="FILE", help="a script file of your own")
    replayed = command("replay", "play a written conversation")
    replayed.add_argument("file")
    listed = command("list", "list entries, newest first")
    listed.add_argument("--tag", choices=TAGS)
    found = command("search", "entries that hold all the words")
    found.add_argument("words", nargs="+")
    for several in (listed, found):
        several.add_argument("--since", metavar="DATE", help='such as 2026-11-01, yesterday or "last week"')
        several.add_argument("--limit", type=_count, metavar="N")
    shown = command("show", "one entry, whole")
    tagged = command("tag", "change the tag of an entry")
    deleted = command("delete", "delete an entry")
    deleted.add_argument("--yes", action="store_true", help="do not ask")
    for single in (shown, tagged, deleted):
        single.add_argument("id")
    tagged.add_argument("tag", choices=TAGS)
    for readable in (listed, found, shown):
        readable.add_argument("--json", action="store_true")
    guessed = command("guess-tag", "guess the tag of each line of a file")
    guessed.add_argument("file", nargs="?")
    known = command("models", "list, install or verify models")
    known.add_argument("action", nargs="?", choices=("list", "install", "verify"), default="list")
    known.add_argument("name", nargs="?", help="a language or a model")
    written = command("scripts", "list, check or preview grounding scripts")
    written.add_argument("action", nargs="?", choices=("list", "check", "preview"), default="list")
    written.add_argument("file", nargs="?", help="a script file, or a name")
    written.add_argument("--json", action="store_true")
    cared = command("care", "whom you may want to call: shows it, and asks for it")
    cared.add_argument("--remove", nargs="?", const="all", choices=("all", "contact", "helpline"))
    cared.add_argument("--json", action="store_true")
    locked = command("lock", "what keeps others from reading the journal: shows it, and changes it")
    locked.add_argument("way", nargs="?", choices=("passphrase", "key-store", "key-file", "code"))
    locked.add_argument("file", nargs="?", help="the key file, which is made if it is not there")
    unlocked = command("unlock", "try whether the journal opens; with --code, get back in without its key")
    unlocked.add_argument("--code", action="store_true", help="asks for the recovery code")
    backed_up = command("backup", "the whole journal in one file, still encrypted")
    restored = command("restore", "a backup becomes the journal, where there is none")
    for moved in (backed_up, restored):
        moved.add_argument("file")
    erased = command("erase", "destroy the key, the journal and all that belongs to it")
    erased.add_argument("--yes", action="store_true", help="do not ask")
    command("doctor", "check microphone, speaker, voice, model, journal and disk")
    return parser


def _add_shared(parser: argparse.ArgumentParser) -> None:
    """The flags that every command takes (design §6)."""
    shared = parser.add_argument_group("shared flags")
    for name in ("key-file", "journal", "language", "model", "microphone", "speaker", "room", "trace"):
        shared.add_argument(f"--{name}")
    for name in ("recognizer", "patience", "quiet"):
        shared.add_argument(f"--{name}", choices=CHOICES[name])
    shared.add_argument("--room-level", type=float, metavar="DB")
    for name in ("fast", "trace-words", "plain"):
        shared.add_argument(f"--{name}", action="store_true", default=None)
