"""Every error that the code names has its two sentences, in every language."""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest

from voicejournal import errors
from voicejournal.edges import journal_file, lock

ROOT = Path(__file__).parents[1]
LANGUAGES = sorted(path.parent.name for path in ROOT.glob("prompts/*/errors.toml"))
KINDS = {kind.__name__ for kind in vars(errors).values() if isinstance(kind, type)}
MAKERS = {*KINDS, "error", "_error"}
"""Where the kind is chosen as well, it is the argument `error` or made by a method `_error`."""
NAMES = set(get_args(errors.ErrorName))


IN_A_FILE = ("edges/speech_markdown.py", "grounding/sections.py")
"""What is raised here goes through `load_script`, which adds the file."""


def raised() -> Iterator[tuple[str, frozenset[str]]]:
    """Names of errors as the code makes them, with the details that go along."""
    for path in (ROOT / "voicejournal").rglob("*.py"):
        added = {"file"} if path.as_posix().endswith(IN_A_FILE) else set()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case ast.Call(func=ast.Name(id=kind) | ast.Attribute(attr=kind)) if kind in MAKERS:
                    details = frozenset(keyword.arg or "**" for keyword in node.keywords) | added
                    written = {part.value for part in ast.walk(node) if isinstance(part, ast.Constant)}
                    yield from ((name, details) for name in NAMES & written)


def sentences(language: str) -> dict[str, dict[str, str]]:
    return tomllib.loads((ROOT / "prompts" / language / "errors.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_error_has_its_words(language: str) -> None:
    assert set(sentences(language)) == NAMES


def test_every_error_is_raised_somewhere() -> None:
    assert {name for name, _ in raised()} | {*lock.NAMES.values(), *journal_file.NAMES.values()} == NAMES


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_ask_for_no_detail_that_is_not_given(language: str) -> None:
    words = sentences(language)
    asked = {name: set(re.findall(r"{(\w+)}", " ".join(words[name].values()))) for name, _ in raised()}
    missing = {name: asked[name] - details for name, details in raised() if "**" not in details}
    assert not {name: details for name, details in missing.items() if details}


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_spoken_is_calm(language: str) -> None:
    """At most twelve words a sentence, no paths, no "should"; braces would be read aloud as whatever they hold."""
    for name, words in sentences(language).items():
        assert {"spoken", "fix"} <= set(words) <= {"spoken", "next", "fix"}, name
        aloud = f"{words['spoken']} {words.get('next', '')}"
        assert all(len(sentence.split()) <= 12 for sentence in re.split(r"[.!?]\s", aloud)), name
        assert not re.search(r"[/{}]|\bshould\b|must|!", aloud), name
