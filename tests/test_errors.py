"""Every error that the code names has its two sentences, in every language."""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from voicejournal import errors

ROOT = Path(__file__).parents[1]
LANGUAGES = sorted(path.parent.name for path in ROOT.glob("prompts/*/errors.toml"))
KINDS = {kind.__name__ for kind in vars(errors).values() if isinstance(kind, type)}


IN_A_FILE = ("edges/speech_markdown.py", "grounding/sections.py")
"""What is raised here goes through `load_script`, which adds the file."""


def raised() -> Iterator[tuple[str, frozenset[str]]]:
    """Names of errors as the code writes them, with the details that go along."""
    for path in (ROOT / "voicejournal").rglob("*.py"):
        added = {"file"} if path.as_posix().endswith(IN_A_FILE) else set()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case ast.Call(func=ast.Name(id=kind), args=[ast.Constant(value=str(name))]) if kind in KINDS:
                    yield name, frozenset(keyword.arg or "**" for keyword in node.keywords) | added


def sentences(language: str) -> dict[str, dict[str, str]]:
    return tomllib.loads((ROOT / "prompts" / language / "errors.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_error_has_its_words(language: str) -> None:
    names = {name for name, _ in raised()}
    assert len(names) > 10
    assert not names - set(sentences(language))


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
