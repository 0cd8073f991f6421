"""Which models exist, where each comes from, and the sums its bytes must have.

In: the text of `models/catalogue.toml`. Out: `Catalogue` of `Model`s with their `Source`s, in order.
Pure. A model's name is safe as the name of a directory, and every archive has a sum.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

from voicejournal.errors import ModelError

RecognizerKind = Literal["vosk", "whisper"]
Kind = Literal["vosk", "whisper", "piper"]
"""Two kinds understand speech; piper speaks."""
KINDS: tuple[Kind, ...] = get_args(Kind)
RECOGNIZERS: tuple[RecognizerKind, ...] = get_args(RecognizerKind)


@dataclass(frozen=True)
class Url:
    """A file on a site."""

    url: str


@dataclass(frozen=True)
class Folder:
    """A place on a site where the files of a model lie loose."""

    url: str
    """Ends with a slash; the path of a file follows it."""


@dataclass(frozen=True)
class Package:
    """A wheel on the Python package index."""

    package: str
    version: str


@dataclass(frozen=True)
class Source:
    """One place that an archive (a zip; a wheel is one) of a model can come from."""

    name: str
    """In plain words, such as: the maker's site."""
    address: Url | Folder | Package
    inside: str
    """The folder of the archive that holds the model, ending with a slash; empty for all of it."""
    sha256: str
    """Of the archive; empty where files lie loose, for each of them has its own."""
    archive_bytes: int
    """Bytes of the archive, or of all loose files, where known; else a bound that they stay under."""


@dataclass(frozen=True)
class File:
    """A file of a model whose sum is known beforehand."""

    path: str
    """Inside the model's directory, with forward slashes."""
    sha256: str


@dataclass(frozen=True)
class Model:
    """What a recogniser of one kind needs to understand one language, or a voice to speak it."""

    name: str
    kind: Kind
    language: str
    title: str
    licence: str
    unpacked_bytes: int
    """Bytes of all its files together where known, else a bound that they stay under."""
    sources: tuple[Source, ...]
    files: tuple[File, ...]
    """Empty when no sum is known beforehand; installing records the sums of every file."""


@dataclass(frozen=True)
class Catalogue:
    """All models; those of one language stand in the order in which they are tried."""

    models: tuple[Model, ...]

    def wanted(self, name_or_language: str) -> tuple[Model, ...]:
        """The model of that name, or the recognisers' models of that language in order. Raises: ModelError.

        A voice has to be asked for by its name: nobody needs one, and its licence is its own.
        """
        named = tuple(model for model in self.models if model.name == name_or_language)
        recognizers = (model for model in self.models if model.kind in RECOGNIZERS)
        found = named or tuple(model for model in recognizers if model.language == name_or_language)
        if not found:
            known = [*dict.fromkeys(model.language for model in self.models)]
            known += [model.name for model in self.models]
            raise ModelError("model_unknown", wanted=name_or_language, known=", ".join(known))
        return found


Reason = Literal["unreachable", "refused", "cut", "changed", "unsafe", "pip", "no_pip", "insecure"]
"""Why a source was passed over; its words are in the `details` table of `prompts/<language>/phrases.toml`."""


@dataclass(frozen=True)
class Progress:
    """How far one archive has come."""

    model: Model
    source: Source
    done_bytes: int
    total_bytes: int
    """Of the archive; a bound when its size is not known yet."""


@dataclass(frozen=True)
class Skipped:
    """A source that did not work."""

    model: Model
    source: Source
    reason: Reason


def parse(text: str) -> Catalogue:
    """The catalogue from the text of its file.

    Raises: ValueError, KeyError or TypeError when it is not well formed; the file is ours, so that is a bug.
    """
    catalogue = Catalogue(tuple(_model(table) for table in tomllib.loads(text)["model"]))
    names = [model.name for model in catalogue.models]
    if len(set(names)) < len(names):
        raise ValueError(f"a model is listed twice: {names}")
    return catalogue


def _model(table: Mapping[str, Any]) -> Model:
    name, kind = table["name"], table["kind"]
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name):
        raise ValueError(f"not the name of a model: {name}")
    if kind not in KINDS:
        raise ValueError(f"not a kind of model: {kind}")
    model = Model(
        name=name,
        kind=kind,
        language=table["language"],
        title=table["title"],
        licence=table["licence"],
        unpacked_bytes=table["unpacked_bytes"],
        sources=tuple(_source(source) for source in table["source"]),
        files=tuple(File(_inside(path), _sum(sha256)) for path, sha256 in table.get("files", {}).items()),
    )
    if not model.files and any(isinstance(source.address, Folder) for source in model.sources):
        raise ValueError(f"loose files without their sums: {name}")
    return model


def _source(table: Mapping[str, Any]) -> Source:
    inside = table.get("inside", "")
    if inside and not inside.endswith("/"):
        raise ValueError(f"a folder inside an archive ends with a slash: {inside}")
    address = _address(table)
    return Source(
        name=table["name"],
        address=address,
        inside=inside,
        sha256="" if isinstance(address, Folder) else _sum(table["sha256"]),
        archive_bytes=table["archive_bytes"],
    )


def _address(table: Mapping[str, Any]) -> Url | Folder | Package:
    if "url" not in table:
        package, version = table["package"], table["version"]
        if not re.fullmatch(r"[A-Za-z0-9][\w.-]*==[0-9][\w.]*", f"{package}=={version}"):
            raise ValueError(f"not a package and its version: {package} {version}")
        return Package(package, version)
    if not table["url"].startswith("https://"):
        raise ValueError(f"not an address that nobody can listen in on: {table['url']}")
    return Folder(table["url"]) if table["url"].endswith("/") else Url(table["url"])


def _inside(path: str) -> str:
    if not re.fullmatch(r"[\w-][\w.-]*(/[\w-][\w.-]*)*", path):
        raise ValueError(f"not a plain path inside a model: {path}")
    return path


def _sum(sha256: str) -> str:
    if not re.fullmatch(r"[0-9a-f]{64}", sha256):
        raise ValueError(f"not a sha256 sum: {sha256}")
    return sha256
