"""The command line: what a person types, and what they see of it.

In: arguments. Out: text, and exit codes: 0; 1 with `error:` and `fix:`; 2 for unknown flags; 130 interrupted.
Touches: standard output and error; the only module that prints and exits.
"""

import argparse
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import fields
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from voicejournal.arguments import parse
from voicejournal.errors import JournalError, MicrophoneError, SettingsError
from voicejournal.failing import nothing_told_but, shows_tracebacks, unforeseen
from voicejournal.interrupting import asked_to_end
from voicejournal.journal.plain_text import harmless
from voicejournal.settings import Settings, forgiving

if TYPE_CHECKING:
    from voicejournal.beginning import Situation
    from voicejournal.leafing import Reader

INTERRUPTED = 130
"""What shells expect of a program that Ctrl-C ended."""


FORGIVING = ("listen", "ground", "demo", "care")
"""Somebody may need these now; the others change or show what a wrong journal would make wrong."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; its exit code."""
    parsed = parse(list(sys.argv[1:] if arguments is None else arguments))
    with nothing_told_but(lambda failure: _print_error(failure, "en")):
        return _run(parsed)


def _run(parsed: argparse.Namespace) -> int:
    language = parsed.language or "en"
    try:
        chosen, mistakes = _settings(parsed)
        language = chosen.language
        if mistakes and parsed.command not in FORGIVING:
            raise mistakes[0]
        for mistake in mistakes:
            _print_error(mistake, language)
        if parsed.command == "listen":
            listen(parsed, chosen, mistakes)
        else:
            COMMANDS[parsed.command](parsed, chosen)
        return 0
    except JournalError as error:
        return _print_error(error, language)
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read our output has left; Python would complain once more when it closes the stream.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except Exception as failure:  # nobody foresaw it; a traceback would show what it was about
        if shows_tracebacks():
            raise
        return _print_error(unforeseen(failure), language)


def _settings(parsed: argparse.Namespace) -> tuple[Settings, Sequence[SettingsError]]:
    """What was chosen, and the mistakes in the file. Raises: SettingsError for a flag."""
    from voicejournal.edges.places import settings_path, settings_text
    from voicejournal.edges.prompt_files import languages

    names = {field.name for field in fields(Settings)}
    flags = {name: value for name, value in vars(parsed).items() if name in names}
    place = str(settings_path())
    text, mistakes = "", []
    try:
        text = settings_text()
    except SettingsError as error:
        mistakes.append(error)
    chosen, more = forgiving(text, os.environ, flags, place, languages())
    return chosen, (*mistakes, *more)


def _print_note(line: str) -> None:
    _print(line, to=sys.stderr)


def _print_error(error: JournalError, language: str) -> int:
    from voicejournal.languages import language_of

    try:
        words = language_of(language)
    except JournalError:
        words = language_of("en")
    _print(f"error: {words.spoken(error)}", f"fix: {words.fix(error)}", to=sys.stderr)
    return 1


def _print(*lines: str, to: TextIO | None = None) -> None:
    """Each on a line of its own, at once, with nothing in it that acts on a terminal: it may quote anything."""
    for line in lines:
        print(harmless(line), file=to or sys.stdout, flush=True)


# The voice


def listen(parsed: argparse.Namespace, chosen: Settings, mistakes: Sequence[SettingsError]) -> None:
    """The first of the mistakes is told aloud too."""
    from voicejournal.assembling import listening

    try:
        with _situation() as situation, listening(chosen, situation, mistakes) as loop:
            loop.run()
    except MicrophoneError as error:
        if not parsed.or_demo or error.name != "microphone_missing":
            raise
        demo(parsed, chosen)


def demo(parsed: argparse.Namespace, chosen: Settings) -> None:
    from voicejournal import rehearsing

    _tell(rehearsing.demo(chosen, _situation()), chosen)


def ground(parsed: argparse.Namespace, chosen: Settings) -> None:
    from voicejournal.assembling import grounding
    from voicejournal.languages import language_of
    from voicejournal.shelf import named_script, read_script, shelf_of

    if parsed.script is None:
        name, shelf = parsed.name or language_of(chosen.language).grounding, shelf_of(chosen.language)
        script = named_script(name, shelf)
        if name in shelf.broken:  # ours is spoken in its place: nobody waits for a file to be mended
            _print_error(shelf.broken[name], chosen.language)
    else:
        script = read_script(Path(parsed.script))
    with _situation() as situation, grounding(chosen, situation, script) as loop:
        loop.run()


def replay(parsed: argparse.Namespace, chosen: Settings) -> None:
    from voicejournal import rehearsing

    _tell(rehearsing.replay(chosen, _now(), Path(parsed.file), lambda words: _print(f"< {words}")), chosen)


@contextmanager
def _situation() -> "Iterator[Situation]":
    """This terminal and this clock; the first Ctrl-C, or a closed window, ends the run and keeps everything."""
    from voicejournal.beginning import Situation

    has_terminal = sys.stdin.isatty() and sys.stdout.isatty() and os.environ.get("TERM") != "dumb"
    with asked_to_end() as is_asked:
        yield Situation(now=_now, is_interrupted=is_asked, note=_print_note, has_terminal=has_terminal)


def _now() -> datetime:
    return datetime.now().astimezone()


def care(parsed: argparse.Namespace, chosen: Settings) -> None:
    from voicejournal import caring

    is_terminal = sys.stdin.isatty() and sys.stdout.isatty()
    _tell(caring.care(chosen, parsed.remove, parsed.json, _typed if is_terminal else None), chosen)


# The journal


def protect(parsed: argparse.Namespace, chosen: Settings) -> None:
    """What keeps others from reading the journal, also on its way to another machine."""
    from voicejournal import moving, protecting
    from voicejournal.asking import asker

    ask = asker(chosen)
    match parsed.command:
        case "lock":
            _tell(protecting.lock(parsed.way, parsed.file, chosen, ask), chosen)
        case "unlock":
            _tell(protecting.unlock(parsed.code, chosen, ask), chosen)
        case "backup":
            _tell(moving.backup(Path(parsed.file), chosen, ask), chosen)
        case "restore":
            _tell(moving.restore(Path(parsed.file), chosen, ask), chosen)


def erase(parsed: argparse.Namespace, chosen: Settings) -> None:
    from voicejournal.erasing import erase_if_sure

    _tell(erase_if_sure(chosen, None if parsed.yes else _answer), chosen)


def leaf(parsed: argparse.Namespace, chosen: Settings) -> None:
    """The journal, gone through by hand."""
    from voicejournal import leafing

    reader = _reader(chosen, getattr(parsed, "json", False))
    match parsed.command:
        case "list":
            _tell(leafing.listed(reader, parsed.tag, parsed.since, parsed.limit), chosen)
        case "search":
            _tell(leafing.found(reader, parsed.words, parsed.since, parsed.limit), chosen)
        case "show":
            _tell(leafing.shown(reader, parsed.id), chosen)
        case "tag":
            _tell(leafing.tagged(reader, parsed.id, parsed.tag), chosen)
        case "delete":
            _tell(leafing.deleted(reader, parsed.id, None if parsed.yes else _answer), chosen)


def _reader(chosen: Settings, is_json: bool = False) -> "Reader":
    from voicejournal.asking import asker
    from voicejournal.leafing import Reader

    return Reader(chosen, asker(chosen), _now().date(), is_json)


def _answer(question: str) -> str:
    return _typed(question).lower()


def _typed(question: str) -> str:
    """What the person types. Raises: SettingsError when nobody is there."""
    try:
        return input(f"{question} ").strip()
    except EOFError as exc:
        _print("")
        raise SettingsError("input_ended") from exc


def guess_tag(parsed: argparse.Namespace, chosen: Settings) -> None:
    from voicejournal.browsing import guess_lines
    from voicejournal.languages import language_of
    from voicejournal.opening import corrected_in

    language, corrected = language_of(chosen.language), corrected_in(chosen)
    _tell(guess_lines(_lines(parsed.file), language, corrected), chosen)


def _lines(path: str | None) -> Iterable[str]:
    from voicejournal.edges.text_file import text_lines

    return sys.stdin if path is None or path == "-" else text_lines(Path(path))


# What is installed


def models(parsed: argparse.Namespace, chosen: Settings) -> None:
    from voicejournal import upkeep

    _tell(upkeep.models(parsed.action, parsed.name, chosen), chosen)


def scripts(parsed: argparse.Namespace, chosen: Settings) -> None:
    from voicejournal import upkeep

    _tell(upkeep.scripts(parsed.action, parsed.file, chosen, parsed.json), chosen)


def doctor(parsed: argparse.Namespace, chosen: Settings) -> None:
    from voicejournal import upkeep

    _tell(upkeep.doctor(chosen), chosen)


def _tell(lines: "Iterator[str | JournalError]", chosen: Settings) -> None:
    """Each line as it comes; an error that does not end the command goes where errors go."""
    for line in lines:
        if isinstance(line, JournalError):
            _print_error(line, chosen.language)
        else:
            _print(line)


COMMANDS: dict[str, Callable[[argparse.Namespace, Settings], None]] = {
    "demo": demo,
    "ground": ground,
    "care": care,
    "replay": replay,
    "list": leaf,
    "search": leaf,
    "show": leaf,
    "tag": leaf,
    "delete": leaf,
    "guess-tag": guess_tag,
    "models": models,
    "scripts": scripts,
    "doctor": doctor,
    "lock": protect,
    "unlock": protect,
    "backup": protect,
    "restore": protect,
    "erase": erase,
}


if __name__ == "__main__":
    sys.exit(main())
