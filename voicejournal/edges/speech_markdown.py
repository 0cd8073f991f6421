"""Reads grounding scripts: front matter, then Speech Markdown.

In: the text of a script file. Out: `Script`. Touches: the speechmarkdown library, nothing else.
A mark that we don't know is an error with its line; it is never read aloud.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from voicejournal.errors import ScriptError
from voicejournal.grounding.scripts import Mark, Script, Silence, Spoken, script

if TYPE_CHECKING:
    from speechmarkdown.speechmarkdown import SpeechMarkdown

LONGEST_REST_SECONDS = 600
"""Ten minutes; more is a slip of the pen, and nobody would know that the program still runs."""

RATES = {"x-slow": 0.8, "slow": 0.9, "medium": 1.0, "fast": 1.1, "x-fast": 1.2}
"""R10, R11: never outside 0.8 to 1.3, and about a tenth a step."""

PARTS = {"s": 1, "ms": 1000}
"""How many of each unit make a second."""

MARK = re.compile(r"(\([^()]*\)\[[^\[\]]*\]|\[[^\[\]]*\])")
"""What may be a mark. Each is given to the library by itself, because it takes "Now! [4s]" for plain text."""

STRAY = re.compile(r"\([^()]*\)\{[^{}]*\}|[\[(][^\[\]()]*[\])]|[\[(]\S*|[\[\](){}*~`@#\\_+<>|=^]+|(?<!\w)/[^/]+/")
"""What the library would pass through as text, or a voice would read as a sign."""

KEYS = ("title", "kind", "seconds", "not_for")


def load_script(text: str, name: str) -> Script:
    """The script of this text.

    Raises: ScriptError script_front_matter, script_mark_unknown, script_rest_too_long (with the line), or
    script_empty.
    """
    lines = text.removeprefix("\N{BYTE ORDER MARK}").splitlines()
    about, first = _front_matter(lines)
    marks = [mark for number, line in enumerate(lines[first:], first + 1) for mark in _marks(line, number)]
    if not any(isinstance(mark, Spoken) and any(map(str.isalnum, mark.text)) for mark in marks):
        raise ScriptError("script_empty")
    return script(name, about, marks)


def _front_matter(lines: list[str]) -> tuple[dict[str, str], int]:
    """What stands between the two lines of dashes, and how many lines that takes."""
    if not lines or lines[0].strip() != "---":
        raise ScriptError("script_front_matter", line="1", reason="---")
    about: dict[str, str] = {}
    for number, line in enumerate(lines[1:], 2):
        if line.strip() == "---":
            if not about.get("title"):
                raise ScriptError("script_front_matter", line=str(number), reason="title")
            return about, number
        key, colon, value = (part.strip() for part in line.partition(":"))
        if line.strip() and not (colon and key in KEYS):
            raise ScriptError("script_front_matter", line=str(number), reason=line.strip())
        if key == "seconds" and not (value.isascii() and value.isdigit() and int(value) > 0):
            raise ScriptError("script_front_matter", line=str(number), reason=line.strip())
        if value:
            about[key] = value.strip("\"'")
    raise ScriptError("script_front_matter", line=str(len(lines)), reason="---")


def _marks(line: str, number: int) -> Iterator[Mark]:
    for index, piece in enumerate(MARK.split(line)):
        if index % 2:
            yield _mark(piece, number)
        elif piece.strip():
            if stray := STRAY.search(piece):
                raise _unknown(stray.group(), number)
            yield Spoken(number, piece.strip())


def _mark(piece: str, number: int) -> Mark:
    words, bracket, modifier = piece.rpartition("[")
    # The library sees the modifier on a stand-in for the words: they can't change it, and so it is parsed once.
    match _parsed(f"(words){bracket}{modifier}" if words else piece):
        case ("shortBreak" | "break", time):
            seconds = _seconds(time)
            if seconds is None:
                raise _unknown(piece, number)
            if seconds > LONGEST_REST_SECONDS:
                longest = str(LONGEST_REST_SECONDS)
                raise ScriptError("script_rest_too_long", line=str(number), mark=piece, longest=longest)
            return Silence(number, seconds)
        case ("rate", rate) if rate in RATES and words[1:-1].strip() and not STRAY.search(words[1:-1]):
            return Spoken(number, words[1:-1].strip(), RATES[rate])
    raise _unknown(piece, number)


def _seconds(time: str) -> float | None:
    """ "4s", "2.5s", "700ms" in seconds; None for anything else, such as the library's "strong"."""
    found = re.fullmatch(r"(\d+(?:\.\d*)?)(m?s)", time)
    return float(found[1]) / PARTS[found[2]] if found else None


@cache
def _library() -> "SpeechMarkdown":
    from speechmarkdown.speechmarkdown import SpeechMarkdown

    return SpeechMarkdown()


@cache
def _parsed(mark: str) -> tuple[str, str] | None:
    """What one mark is, as its kind and value. Cached, because parsing takes milliseconds."""
    try:
        nodes = _library().to_ast(mark).children
    except ValueError:
        return None
    while len(nodes) == 1 and nodes[0].name in ("paragraph", "simpleLine"):
        nodes = nodes[0].children
    match [(node.name, node.children) for node in nodes]:
        case [("shortBreak" | "break" as kind, [time])]:
            return kind, time.allText.strip()
        case [("textModifier", [_, modifier])] if len(modifier.children) == 2:
            key, value = modifier.children
            return key.allText, value.allText
    return None


def _unknown(mark: str, number: int) -> ScriptError:
    return ScriptError("script_mark_unknown", line=str(number), mark=mark)
