"""Setting up whom to call, by typing: one question at a time, each of which can be skipped.

In: settings, what is asked, and answers. Out: lines to print, questions, and what is then set; an error among the
lines ends nothing. Touches: nothing itself; it opens edges. Raises: JournalError when it can't be kept.
Nothing changes but what was answered; a number that can't be called is asked for once more, then left as it was.
"""

from collections.abc import Callable, Generator, Iterator
from dataclasses import replace
from typing import cast

from voicejournal.dialogue.care import FIELDS, Care, Line, tables_of
from voicejournal.dialogue.language import Language
from voicejournal.dialogue.numbers import can_be_called
from voicejournal.errors import JournalError
from voicejournal.finding import care_notes, language_of
from voicejournal.journal.plain_text import one_line, safe_json
from voicejournal.settings import Settings

REMOVE = "-"
"""Typed in place of an answer."""

Typed = Generator[str, str, Line]
"""Gives questions, takes answers."""


def care(
    chosen: Settings, remove: str | None, is_json: bool, ask: Callable[[str], str] | None
) -> Iterator[str | JournalError]:
    """Whom to call: shown, removed, or, where there is somebody to `ask`, asked for."""
    from voicejournal.edges.places import care_path

    language, (notes, trouble) = language_of(chosen.language), care_notes()
    if trouble is not None:
        yield trouble
    if remove is not None:
        notes.keep(without(notes.get(), remove))
    if is_json:
        yield safe_json(tables_of(notes.get()))
        return
    yield from care_lines(language, notes.get())
    if remove is None and ask is not None:
        notes.keep(asked(language, notes.get(), ask))
        yield language.printed["care_kept"].format(path=care_path())


def questions(language: Language, care: Care) -> Generator[str, str, Care]:
    """All that is asked, and `Care` at the end."""
    contact = yield from _of_line(language, "contact", care.contact)
    helpline = yield from _of_line(language, "helpline", care.helpline)
    return Care(contact, helpline)


def asked(language: Language, care: Care, ask: Callable[[str], str]) -> Care:
    """All questions, each put by `ask`, which gives the answer."""
    asking = questions(language, care)
    question = next(asking)
    while True:
        try:
            question = asking.send(ask(question))
        except StopIteration as done:
            return cast(Care, done.value)


def without(care: Care, which: str) -> Care:
    """What is left without the "contact", the "helpline" or "all"."""
    return Care() if which == "all" else replace(care, **{which: Line()})


def _of_line(language: Language, whose: str, line: Line) -> Typed:
    """Who has no number can't be called: then nothing more is asked, and nothing is kept."""
    for name in ("number", *(name for name in FIELDS[whose] if name != "number")):
        line = yield from _of_field(language, whose, line, name)
        if not line.is_set:
            return Line()
    return line


def _of_field(language: Language, whose: str, line: Line, name: str) -> Typed:
    words = language.printed
    before = getattr(line, name)
    ask = words["care_ask" if before else "care_ask_new"]
    question = ask.format(whose=language.care[whose], field=language.care[name], value=before)
    answer = one_line((yield question))
    if answer and answer != REMOVE and name == "number" and not can_be_called(answer):
        odd = words["care_odd"]
        answer = one_line((yield f"{odd}\n{question}"))
        if answer != REMOVE and not can_be_called(answer):
            return line
    if not answer:
        return line
    return replace(line, **{name: "" if answer == REMOVE else answer})


def care_lines(language: Language, care: Care) -> list[str]:
    """What is set, a line each."""
    words = language.printed
    lines = [
        words["care_line"].format(whose=language.care[whose], field=language.care[name], value=value)
        for whose, line in tables_of(care).items()
        for name, value in line.items()
    ]
    return lines or [words["care_none"]]
