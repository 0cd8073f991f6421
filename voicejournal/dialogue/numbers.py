"""Phone numbers, said so that someone can write them down, and understood as people say them.

In: a number as it was given, or words as they were heard. Out: groups of figures in words, or figures. Pure.
A number that is not wholly understood is none: a wrong number is worse than no number.
"""

import re

from voicejournal.dialogue.language import Language
from voicejournal.hearing.spelling import letters

LEAST_FIGURES = 3
"""The shortest numbers that are called have three figures: 112, 911, 999."""

MOST_FIGURES = 20
"""E.164 allows 15; an extension may come on top."""

GROUP_FIGURES = 3
"""Three or four figures at a time is what people hold while they write; a last single one joins those before it."""

LONGEST_GROUP = 4

_EXTENSION = re.compile(r"(?:ext(?:ension)?\.?|x|#|;|,)", re.IGNORECASE)


def can_be_called(text: str) -> bool:
    """Whether somebody could call this: figures, one + at the front, one extension, and what stands between."""
    main, *extension = _EXTENSION.split(text)
    plain = re.sub(r"[\s().\-/]", "", main)
    parts = [re.sub(r"[\s().\-/]", "", part) for part in extension]
    is_called = re.fullmatch(r"\+?[0-9]+", plain) is not None and len(plain.lstrip("+")) >= LEAST_FIGURES
    is_short = sum(map(len, (plain, *parts))) <= MOST_FIGURES
    return is_called and is_short and len(parts) <= 1 and all(re.fullmatch("[0-9]+", part) for part in parts)


def spoken_groups(language: Language, number: str) -> list[str]:
    """The number in words, a few figures at a time: "zero, two, zero"."""
    main, *extension = _EXTENSION.split(number, maxsplit=1)
    groups = [_spoken(language, group) for group in _groups(main)]
    if extension:
        first, *others = [_spoken(language, group) for group in _groups(extension[0])] or [""]
        groups += [f"{language.digits['extension']}, {first}", *others]
    return groups


def spelled(language: Language, text: str) -> str:
    """Any text, with the numbers in it said figure by figure."""
    return re.sub(r"\+?[0-9]{3,}", lambda found: _spoken(language, found.group()), text)


def _groups(part: str) -> list[str]:
    """As they were given, long ones cut."""
    given = re.findall(r"\+?[0-9]+", part)
    return [piece for group in given for piece in _cut(group)]


def _cut(group: str) -> list[str]:
    if len(group.lstrip("+")) <= LONGEST_GROUP:
        return [group]
    pieces = [group[at : at + GROUP_FIGURES] for at in range(0, len(group), GROUP_FIGURES)]
    if len(pieces[-1]) == 1:
        *pieces, before, last = pieces
        pieces.append(before + last)
    return pieces


def _spoken(language: Language, group: str) -> str:
    return ", ".join(language.digits["plus" if figure == "+" else figure] for figure in group)


def understood(language: Language, heard: str) -> str | None:
    """The figures that were said, or None if anything else was; the figures of one number may come in parts."""
    figures = ""
    times = 1
    for word in re.sub(r"[^\w+]", " ", heard.lower()).split():
        parts = _parts(language, word)
        if parts is None:
            return None
        for part in parts:
            match part:
                case "double" | "triple":
                    times = 2 if part == "double" else 3
                case "filler":
                    continue
                case "plus":
                    figures += "+"
                case "extension":
                    figures += " x"
                case _:
                    figures += part * times
                    times = 1
    return figures if times == 1 and re.search("[0-9]", figures) else None


def _parts(language: Language, word: str) -> list[str] | None:
    """The word cut into what is known, longest first; a language without spaces says many in one."""
    names = {letters(say): part for part, sayings in language.heard_digits.items() for say in sayings}
    parts: list[str] = []
    while word:
        if word[0].isdecimal():
            figures = re.match(r"\d+", word)
            assert figures is not None
            parts += [str(int(figure)) for figure in figures.group()]
            word = word[figures.end() :]
            continue
        if word[0] == "+":
            parts, word = [*parts, "plus"], word[1:]
            continue
        known = max((name for name in names if word.startswith(name)), key=len, default=None)
        if known is None:
            return None
        parts, word = [*parts, names[known]], word[len(known) :]
    return parts
