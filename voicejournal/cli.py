"""The command line: what a person types, and what they see of it.

In: arguments. Out: text, and exit codes: 0; 1 with `error:` and `fix:`; 2 for unknown flags; 130 interrupted.
Touches: standard output and error, signals; the only module that prints and exits.
"""

import argparse
import json
import os
import signal
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import fields
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from voicejournal.arguments import parse
from voicejournal.errors import JournalError, MicrophoneError, SettingsError
from voicejournal.settings import Settings, settings

if TYPE_CHECKING:
    from voicejournal.assembling import Situation
    from voicejournal.edges.store import Store
    from voicejournal.journal.entries import Entry

INTERRUPTED = 130
"""What shells expect of a program that Ctrl-C ended."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; its exit code."""
    parsed = parse(list(sys.argv[1:] if arguments is None else arguments))
    language = "en"
    try:
        chosen = _settings(parsed)
        language = chosen.language
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


def _settings(parsed: argparse.Namespace) -> Settings:
    from voicejournal.edges.places import settings_text

    names = {field.name for field in fields(Settings)}
    flags = {name: value for name, value in vars(parsed).items() if name in names}
    return settings(settings_text(), os.environ, flags)


def _print_error(error: JournalError, language: str) -> int:
    from voicejournal.finding import language_of

    try:
        words = language_of(language)
    except JournalError:
        words = language_of("en")
    print(f"error: {words.spoken(error)}", file=sys.stderr)
    print(f"fix: {words.fix(error)}", file=sys.stderr)
    return 1


# The voice


def listen(parsed: argparse.Namespace, chosen: Settings) -> None:
    from voicejournal.assembling import listening

    try:
        with _situation() as situation, listening(chosen, situation) as loop:
            loop.run()
    except MicrophoneError as error:
        if not parsed.or_demo or error.name != "microphone_missing":
            raise
        demo(parsed, chosen)


def demo(parsed: argparse.Namespace, chosen: Settings) -> None:
    """The bundled recording through the very same loop; its journal and its answer lie apart from one's own."""
    from voicejournal.assembling import listening
    from voicejournal.finding import demo_settings, language_of

    words = language_of(chosen.language).printed
    chosen = demo_settings(chosen)
    print(words["demo_intro"], flush=True)
    with _situation() as situation, listening(chosen, situation) as loop:
        loop.run()
    with _journal(chosen) as journal:
        _print_entries(journal.entries(limit=1), parsed, chosen)
    print(words["demo_entry"].format(path=chosen.journal))
    print(words["demo_answer"].format(path=chosen.speaker))


def ground(parsed: argparse.Namespace, chosen: Settings) -> None:
    from voicejournal.assembling import grounding
    from voicejournal.finding import language_of, read_script, scripts_of

    scripts = scripts_of(chosen.language)
    name = parsed.name or language_of(chosen.language).grounding
    if parsed.script is not None:
        script = read_script(Path(parsed.script))
        scripts, name = {**scripts, script.name: script}, script.name
    with _situation() as situation, grounding(chosen, situation, scripts, name) as loop:
        loop.run()


def replay(parsed: argparse.Namespace, chosen: Settings) -> None:
    from voicejournal.assembling import replaying

    with replaying(chosen, _now(), Path(parsed.file), lambda words: print(f"< {words}")) as (loop, journal):
        before = {entry.id for entry in journal.entries()}
        loop.run()
        for entry in reversed(journal.entries()):
            if entry.id not in before:
                print(f"* entry {_json(entry)}")


@contextmanager
def _situation() -> "Iterator[Situation]":
    """This terminal and this clock; the first Ctrl-C, or a closed window, ends the run and keeps everything."""
    from voicejournal.assembling import Situation

    asked: list[int] = []
    signals = [signal.SIGINT, signal.SIGTERM]
    if hasattr(signal, "SIGHUP"):
        signals.append(signal.SIGHUP)
    before = {number: signal.getsignal(number) for number in signals}

    def ask(number: int, _frame: object) -> None:
        asked.append(number)
        if len(asked) > 1:
            raise KeyboardInterrupt

    for number in signals:
        signal.signal(number, ask)
    has_terminal = sys.stdin.isatty() and sys.stdout.isatty() and os.environ.get("TERM") != "dumb"
    try:
        yield Situation(now=_now, is_interrupted=lambda: bool(asked), has_terminal=has_terminal)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _now() -> datetime:
    return datetime.now().astimezone()


# The journal


@contextmanager
def _journal(chosen: Settings) -> "Iterator[Store]":
    from voicejournal.edges.store import Store
    from voicejournal.finding import journal_path

    store = Store(journal_path(chosen))
    try:
        yield store
    finally:
        store.close()


def list_entries(parsed: argparse.Namespace, chosen: Settings) -> None:
    with _journal(chosen) as journal:
        _print_entries(journal.entries(parsed.tag, _since(parsed.since), parsed.limit), parsed, chosen)


def search(parsed: argparse.Namespace, chosen: Settings) -> None:
    with _journal(chosen) as journal:
        _print_entries(journal.search(" ".join(parsed.words), parsed.limit), parsed, chosen)


def show(parsed: argparse.Namespace, chosen: Settings) -> None:
    from voicejournal.browsing import entry_page
    from voicejournal.finding import language_of

    with _journal(chosen) as journal:
        entry = journal.entry(parsed.id)
        if parsed.json:
            print(_json(entry))
            return
        language = language_of(chosen.language)
        print("\n".join(entry_page(entry, journal.stretches(entry.id), language, _now().date())))


def tag(parsed: argparse.Namespace, chosen: Settings) -> None:
    with _journal(chosen) as journal:
        _print_entries([journal.tag_entry(parsed.id, parsed.tag, "changed", None)], parsed, chosen)


def delete(parsed: argparse.Namespace, chosen: Settings) -> None:
    from voicejournal.finding import language_of

    words = language_of(chosen.language).printed
    with _journal(chosen) as journal:
        _print_entries([journal.entry(parsed.id)], parsed, chosen)
        if not parsed.yes and _answer(words["delete_surely"]) not in words["yes"].split():
            print(words["not_deleted"])
            return
        journal.delete_entry(parsed.id)
        print(words["deleted"])


def _answer(question: str) -> str:
    """What the person types. Raises: SettingsError when nobody is there."""
    try:
        return input(f"{question} ").strip().lower()
    except EOFError as exc:
        print()
        raise SettingsError("input_ended") from exc


def _print_entries(entries: "Sequence[Entry]", parsed: argparse.Namespace, chosen: Settings) -> None:
    from voicejournal.browsing import entry_line
    from voicejournal.finding import language_of
    from voicejournal.journal.records import as_json

    if getattr(parsed, "json", False):
        print(json.dumps([as_json(entry) for entry in entries], ensure_ascii=False))
        return
    language = language_of(chosen.language)
    if not entries:
        print(language.printed["no_entries"])
    for entry in entries:
        print(entry_line(entry, language, _now().date()))


def _json(entry: "Entry") -> str:
    from voicejournal.journal.records import as_json

    return json.dumps(as_json(entry), ensure_ascii=False)


def _since(text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        return datetime.fromisoformat(text).astimezone()
    except ValueError as exc:
        raise SettingsError("date_unreadable", given=text) from exc


def guess_tag(parsed: argparse.Namespace, chosen: Settings) -> None:
    from voicejournal.finding import language_of
    from voicejournal.journal.tagging import guess

    cues = language_of(chosen.language).cues
    with _lines(parsed.file) as lines:
        for line in lines:
            found = guess(line.rstrip("\n"), cues)
            record = {"tag": found.tag, "confidence": found.confidence, "reason": found.reason}
            print(json.dumps(record, ensure_ascii=False), flush=True)


@contextmanager
def _lines(path: str | None) -> Iterator[Iterator[str]]:
    if path is None or path == "-":
        yield iter(sys.stdin)
        return
    from voicejournal.finding import text_lines

    yield iter(text_lines(Path(path)))


# What is installed


def models(parsed: argparse.Namespace, chosen: Settings) -> None:
    from voicejournal.edges.model_directory import installed, read_catalogue, verify
    from voicejournal.edges.places import models_directory

    catalogue, directory = read_catalogue(), models_directory()
    if parsed.action == "install":
        _install(parsed.name or chosen.language, chosen)
        return
    there = {found.model.name: found for found in installed(catalogue, directory)}
    for model in catalogue.models:
        found = there.get(model.name)
        if parsed.action == "verify" and found is not None:
            verify(found)
        mark = "✓" if found else " "
        print(f"{mark} {model.name}  {model.language}  {model.licence}  {model.title}")


def _install(name: str, chosen: Settings) -> None:
    from voicejournal.edges.model_directory import read_catalogue
    from voicejournal.edges.model_files import install
    from voicejournal.edges.places import models_directory
    from voicejournal.edges.progress import Bar
    from voicejournal.finding import language_of

    words = language_of(chosen.language).printed
    with Bar(words) as bar:
        done = install(name, read_catalogue(), models_directory(), bar.tell)
    model, source = done.installed.model, done.source
    if source is None:
        print(words["model_there"].format(model=model.name))
    else:
        print(words["model_installed"].format(model=model.name, source=source.name, title=model.title))
    if model.kind == "piper":
        _print_what_else(words)


def _print_what_else(words: Mapping[str, str]) -> None:
    """A voice needs an engine, which its licence keeps from being brought along."""
    from voicejournal.edges.natural_voice import ENGINE, is_engine_here

    if not is_engine_here():
        print(words["natural_needs"].format(engine=ENGINE))


def scripts(parsed: argparse.Namespace, chosen: Settings) -> None:
    from voicejournal.finding import script_problems, scripts_of

    if parsed.action == "check":
        problems = script_problems(Path(parsed.file or ""), chosen.language)
        for problem in problems:
            print(problem)
        if problems:
            raise SettingsError("script_has_problems", count=str(len(problems)))
        return
    found = [{"name": s.name, "title": s.title, "seconds": s.seconds} for s in scripts_of(chosen.language).values()]
    if parsed.json:
        print(json.dumps(found, ensure_ascii=False))
        return
    for script in found:
        print(f"{script['name']}  {script['seconds']} s  {script['title']}")


def doctor(parsed: argparse.Namespace, chosen: Settings) -> None:
    from voicejournal.checking import checks
    from voicejournal.finding import language_of

    language = language_of(chosen.language)
    failed: list[JournalError] = []
    for name, check in checks(chosen, language):
        try:
            print(f"✓ {language.printed[name]}: {check()}", flush=True)
        except JournalError as error:
            failed.append(error)
            print(f"✗ {language.printed[name]}: {language.spoken(error)}")
            print(f"  {language.fix(error)}", flush=True)
    if failed:
        raise failed[0]


COMMANDS: dict[str, Callable[[argparse.Namespace, Settings], None]] = {
    "listen": listen,
    "demo": demo,
    "ground": ground,
    "replay": replay,
    "list": list_entries,
    "search": search,
    "show": show,
    "tag": tag,
    "delete": delete,
    "guess-tag": guess_tag,
    "models": models,
    "scripts": scripts,
    "doctor": doctor,
}


if __name__ == "__main__":
    sys.exit(main())
