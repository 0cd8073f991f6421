"""Reads grounding scripts: front matter, then Speech Markdown, and the few marks that we add to it.

In: the text of a script file. Out: `Script`. Touches: the speechmarkdown library, nothing else.
A mark that we don't know is an error with its line; it is never read aloud. Ours look like the library's own: a
beat like a break, `[beat:"4s"]`, and sections like its sections, `#[repeat:"6"]` … `#[end]`, each on its own line.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING

from voicejournal.errors import ScriptError
from voicejournal.grounding.marks import Closing, Mark, Opening, Silence, Spoken, Timed
from voicejournal.grounding.scripts import Script, script

if TYPE_CHECKING:
    from speechmarkdown.speechmarkdown import SpeechMarkdown

LONGEST_REST_SECONDS = 600
"""Ten minutes; more is a slip of the pen, and nobody would know that the program still runs."""

RATES = {"x-slow": 0.8, "slow": 0.9, "medium": 1.0, "fast": 1.1, "x-fast": 1.2}
"""R10, R11: never outside 0.8 to 1.3, and about a tenth a step."""

BREAKS = {"weak": 0.7, "medium": 2.0, "strong": 8.0, "x-strong": 30.0}
"""R11: after a phrase; after a sentence; after asking to notice something; the quiet at the end. Seconds."""

MOST_REPEATS = 60
"""Thirty breaths are five minutes, the most there may be (R17); a slower count is no breath."""

PARTS = {"s": 1, "ms": 1000}
"""How many of each unit make a second."""

MARK = re.compile(r"(\([^()]*\)\[[^\[\]]*\]|\[[^\[\]]*\])")
"""What may be a mark. Each is given to the library by itself, because it takes "Now! [4s]" for plain text."""

STRAY = re.compile(r"\([^()]*\)\{[^{}]*\}|[\[(][^\[\]()]*[\])]|[\[(]\S*|[\[\](){}*~`@#\\_+<>|=^]+|(?<!\w)/[^/]+/")
"""What the library would pass through as text, or a voice would read as a sign."""

BEAT = re.compile(r'\[beat:"(\d+(?:\.\d*)?m?s)"\]')

SECTION = re.compile(r'#\[(?P<kind>[a-z]+)(?::"(?P<value>[^"]*)")?(?:;later:"(?P<later>\d+)")?\]')

QUOTES = str.maketrans("“”„’‘", '"""\'\'')
"""Word processors bend the quotes of a mark; they mean the same."""

SECONDS = re.compile(r"0*[1-9][0-9]{0,4}")
"""Up to a day of them; from 4300 figures on Python raises instead of counting."""

NUMBER = re.compile(r"[0-9]{1,4}")

KEYS = ("title", "kind", "seconds", "not_for")


def load_script(text: str, name: str, file: str | None = None) -> Script:
    """The script of this text; `file` is what its errors call it, else `name` with its ending.

    Raises: ScriptError, with the file and the line.
    """
    with _told_of(file or f"{name}.md"):
        lines = text.removeprefix("\N{BYTE ORDER MARK}").splitlines()
        about, first = _front_matter(lines)
        marks = [mark for number, line in enumerate(lines[first:], first + 1) for mark in _marks(line, number)]
        if not any(isinstance(mark, Spoken) and any(map(str.isalnum, mark.text)) for mark in marks):
            raise ScriptError("script_empty")
        return script(name, about, marks)


@contextmanager
def _told_of(file: str) -> Iterator[None]:
    """Every error says which file it is in."""
    try:
        yield
    except ScriptError as error:
        error.details["file"] = file
        raise


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
        if key == "seconds" and not SECONDS.fullmatch(value):
            raise ScriptError("script_front_matter", line=str(number), reason=line.strip())
        if value:
            about[key] = value.strip("\"'")
    raise ScriptError("script_front_matter", line=str(len(lines)), reason="---")


def _marks(line: str, number: int) -> Iterator[Mark]:
    if "#[" in line:
        yield _section(line.strip(), number)
        return
    for index, piece in enumerate(MARK.split(line)):
        if index % 2:
            yield _mark(piece, number)
        elif piece.strip():
            if stray := STRAY.search(piece):
                raise _unknown(stray.group(), number)
            yield Spoken(number, piece.strip())


def _section(line: str, number: int) -> Opening | Closing:
    """A section's beginning or end, which has its line to itself."""
    if not (line.startswith("#[") and line.find("]") == len(line) - 1):
        raise ScriptError("script_mark_not_alone", line=str(number), mark=line[line.index("#[") :])
    found = SECTION.fullmatch(line.translate(QUOTES))
    match found and (found["kind"], found["value"], found["later"]):
        case ("end", None, None):
            return Closing(number)
        case ("optional" | "quiet" as kind, None, None):
            return Opening(number, line, kind)
        case ("choice", str(names), None):
            return Opening(number, line, "choice", names=_names(names, line, number))
        case ("repeat", str(times), later) if NUMBER.fullmatch(times) and NUMBER.fullmatch(later or times):
            counts = int(times), int(later or times)
            if not all(2 <= count <= MOST_REPEATS for count in counts):
                raise ScriptError("script_repeat_count", line=str(number), mark=line, most=str(MOST_REPEATS))
            return Opening(number, line, "repeat", times=counts[0], later_times=counts[1])
    raise _unknown(line, number)


def _names(value: str, mark: str, number: int) -> tuple[str, ...]:
    """The names of a way, between commas: what is offered, and what else a person may say for it."""
    names = tuple(" ".join(name.split()) for name in value.split(","))
    if not all(any(map(str.isalnum, name)) for name in names):
        raise _unknown(mark, number)
    return names


def _mark(piece: str, number: int) -> Mark:
    if beat := BEAT.fullmatch(piece.translate(QUOTES)):
        return Timed(number, _rest_seconds(beat[1], piece, number))
    words, bracket, modifier = piece.rpartition("[")
    modifier = modifier.translate(QUOTES)
    # The library sees the modifier on a stand-in for the words: they can't change it, and so it is parsed once.
    match _parsed(f"(words){bracket}{modifier}" if words else f"{bracket}{modifier}"):
        case ("shortBreak" | "break", time):
            return Silence(number, _rest_seconds(time, piece, number))
        case ("rate", rate) if rate in RATES and words[1:-1].strip() and not STRAY.search(words[1:-1]):
            return Spoken(number, words[1:-1].strip(), RATES[rate])
    raise _unknown(piece, number)


def _rest_seconds(time: str, mark: str, number: int) -> float:
    """ "4s", "2.5s", "700ms" or the name of a break, in seconds."""
    found = re.fullmatch(r"(\d+(?:\.\d*)?)(m?s)", time)
    seconds = float(found[1]) / PARTS[found[2]] if found else BREAKS.get(time)
    if seconds is None:
        raise _unknown(mark, number)
    if seconds > LONGEST_REST_SECONDS:
        raise ScriptError("script_rest_too_long", line=str(number), mark=mark, longest=str(LONGEST_REST_SECONDS))
    return seconds


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
