"""Whom to call, said so that it can be written down.

In: a language, and whom the person chose. Out: steps to play, lines to show. Pure.
Each number is said twice, figure by figure, with rests to write in (R30); nothing in it waits for an answer.
"""

from voicejournal.dialogue.care import Care, Line
from voicejournal.dialogue.language import Language
from voicejournal.dialogue.numbers import spelled, spoken_groups
from voicejournal.speaking.sentences import sentences
from voicejournal.speaking.steps import SENTENCE_REST_SECONDS, Rest, Step, Words

GROUP_REST_SECONDS = 1.0
"""Between groups, beside the second or two in which one is said: time to write three figures by hand [J]."""

NUMBER_RATE = 0.9
"""Figures are told apart by single sounds: a little slower, and not stretched (F2.4)."""


def help_steps(language: Language, care: Care) -> tuple[Step, ...]:
    """The person's own contact, then the helpline; where no helpline is set, the local emergency number."""
    helpline = helpline_steps(language, care) or _told(language.say("help_emergency"))
    return (*contact_steps(language, care), *helpline, *_told(language.say("help_calm")))


def contact_steps(language: Language, care: Care) -> tuple[Step, ...]:
    """The person's own contact; nothing where none is set."""
    name = care.contact.name
    called = language.say("help_contact", who=name) if name else language.say("help_contact_unnamed")
    return _line_steps(language, care.contact, called)


def helpline_steps(language: Language, care: Care) -> tuple[Step, ...]:
    """The helpline; nothing where none is set."""
    name = care.helpline.name
    called = language.say("help_helpline", who=name) if name else language.say("help_helpline_unnamed")
    return _line_steps(language, care.helpline, called)


def number_steps(language: Language, number: str) -> tuple[Step, ...]:
    """The number once: one sentence in parts, so that "say again" begins it anew."""
    steps: list[Step] = []
    for group in spoken_groups(language, number):
        steps += [Words(group, NUMBER_RATE, follows=bool(steps)), Rest(GROUP_REST_SECONDS)]
    return tuple(steps)


def shown(care: Care) -> tuple[str, ...]:
    """The same to look at, a line each."""
    return tuple(": ".join(part for part in (line.name, line.number) if part) for line in care.lines)


def _line_steps(language: Language, line: Line, called: str) -> tuple[Step, ...]:
    if not line.is_set:
        return ()
    number = number_steps(language, line.number)
    steps = [*_told(called), *number, *_told(language.say("help_once_more")), *number]
    for value, detail in ((line.hours, "help_hours"), (line.cost, "help_cost"), (line.text, "help_text")):
        if value:
            steps += _told(language.say(detail, value=spelled(language, value)))
    return tuple(steps)


def _told(text: str) -> list[Step]:
    return [step for sentence in sentences(text) for step in (Words(sentence), Rest(SENTENCE_REST_SECONDS))]
