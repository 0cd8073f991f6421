"""Setting up whom to call, by typing: one question at a time, each of which can be skipped.

In: settings, what is asked, and answers. Out: lines to print, questions, and what is then set; an error among the
lines ends nothing. Touches: nothing itself; it opens edges. Raises: JournalError when it can't be kept.
Nothing changes but what was answered; a number that can't be called is asked for once more, then left as it was.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace

from voicejournal.dialogue.care import FIELDS, Care, Line, tables_of
from voicejournal.dialogue.language import Language
from voicejournal.dialogue.numbers import can_be_called
from voicejournal.errors import JournalError
from voicejournal.journal.plain_text import one_line, safe_json
from voicejournal.languages import language_of
from voicejournal.remembering import care_notes
from voicejournal.settings import Settings

REMOVE = "-"
"""Typed in place of an answer."""

Ask = Callable[[str], str]
"""Puts a question, gives what was typed."""


def care(chosen: Settings, remove: str | None, is_json: bool, ask: Ask | None) -> Iterator[str | JournalError]:
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


def asked(language: Language, care: Care, ask: Ask) -> Care:
    """What is set after all questions."""
    contact = _asked_line(language, "contact", care.contact, ask)
    return Care(contact, _asked_line(language, "helpline", care.helpline, ask))


def without(care: Care, which: str) -> Care:
    """What is left without the "contact", the "helpline" or "all"."""
    return Care() if which == "all" else replace(care, **{which: Line()})


def _asked_line(language: Language, whose: str, line: Line, ask: Ask) -> Line:
    """Who has no number can't be called: then nothing more is asked, and nothing is kept."""
    for name in ("number", *(name for name in FIELDS[whose] if name != "number")):
        line = _asked_field(language, whose, line, name, ask)
        if not line.is_set:
            return Line()
    return line


def _asked_field(language: Language, whose: str, line: Line, name: str, ask: Ask) -> Line:
    words = language.printed
    before = getattr(line, name)
    wording = words["care_ask" if before else "care_ask_new"]
    question = wording.format(whose=language.care[whose], field=language.care[name], value=before)
    answer = one_line(ask(question))
    if answer and answer != REMOVE and name == "number" and not can_be_called(answer):
        odd = words["care_odd"]
        answer = one_line(ask(f"{odd}\n{question}"))
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
