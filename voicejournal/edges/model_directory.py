"""Models on disk: unpacking them, finding them, and telling whether any byte of them has changed.

In: a zip, or a directory of models. Out: `Installed` models. Touches: the file system, never the network.
A model without `sums.json` is not there; a file that `sums.json` does not know makes it a changed one.
"""

import hashlib
import json
import os
import shutil
import stat
import struct
import tempfile
import time
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO

from voicejournal.catalogue import RECOGNIZERS, Catalogue, Kind, Model, RecognizerKind, Source, parse
from voicejournal.errors import ModelError

SUMS = "sums.json"
MEMBERS_LIMIT = 1000
"""Files an archive may hold; the largest model known has 15."""
CHUNK_BYTES = 1024 * 1024
STAGING = ".installing-"
STALE_SECONDS = 24 * 3600
"""No installation takes a day; what is older was left by one that was killed."""

_PACKAGE = Path(__file__).parents[1]
# The files that make a directory a model of that kind. Without its tokenizer.json faster-whisper 1.2.1 would
# fetch one from the network (transcribe.py), so a Whisper model must bring it.
_MARKS: Mapping[RecognizerKind, tuple[str, ...]] = {
    "vosk": ("am/final.mdl", "conf/mfcc.conf"),
    "whisper": ("model.bin", "config.json", "tokenizer.json"),
}


@dataclass(frozen=True)
class Installed:
    """A model of the catalogue that lies in a directory."""

    model: Model
    path: Path


def read_catalogue() -> Catalogue:
    """The catalogue that came with the program: in the package, or beside it in a checkout."""
    inside = _PACKAGE / "models" / "catalogue.toml"
    path = inside if inside.exists() else _PACKAGE.parent / "models" / "catalogue.toml"
    return parse(path.read_text(encoding="utf-8"))


def installed(catalogue: Catalogue, directory: Path) -> list[Installed]:
    """The models that are there, in the catalogue's order; their bytes are not looked at."""
    return [
        Installed(model, directory / model.name)
        for model in catalogue.models
        if (directory / model.name / SUMS).is_file()
    ]


def find(catalogue: Catalogue, directory: Path, language: str, kind: Kind | None = None) -> Installed:
    """The first installed model of the language, of this kind or of any recogniser's.

    Raises: ModelError model_none_known when the catalogue has none to install, else model_missing.
    """
    known = [m for m in catalogue.models if m.language == language and m.kind in ((kind,) if kind else RECOGNIZERS)]
    if not known:
        raise ModelError("model_none_known", language=language)
    for there in installed(catalogue, directory):
        if there.model in known:
            return there
    # A kind that was asked for by name is not what the language alone would bring.
    raise ModelError("model_missing", wanted=language if kind is None else known[0].name)


def verify(there: Installed) -> None:
    """Read every byte (78 MB in 0.06 s, 264 MB in 0.2 s). Raises: ModelError, naming the file."""
    sums = _recorded(there)
    sums |= {known.path: known.sha256 for known in there.model.files}
    for path, sha256 in sums.items():
        try:
            with (there.path / path).open("rb") as file:
                is_same = sha256_of(file) == sha256
        except OSError as exc:
            raise _changed(there, path) from exc
        if not is_same:
            raise _changed(there, path)
    # One file more can change what Vosk makes of the rest (rescore/, rnnlm/); dotted ones are the desktop's.
    for file_path in sorted(there.path.rglob("[!.]*")):
        path = file_path.relative_to(there.path).as_posix()
        if path != SUMS and path not in sums and not file_path.is_dir():
            raise _changed(there, path)


def whole(model: Model, directory: Path) -> Installed | None:
    """The model, when it is there and no byte of it has changed."""
    there = Installed(model, directory / model.name)
    try:
        verify(there)
    except ModelError:
        return None
    return there


def sha256_of(file: IO[bytes]) -> str:
    """Of the whole file, wherever it stands; it stands at its end afterwards."""
    file.seek(0)
    return hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]


def kind_of(path: Path) -> RecognizerKind:
    """Which recogniser reads the model in this directory, by its content. Raises: ModelError."""
    if not os.path.isdir(path):
        raise ModelError("model_path_missing", path=str(path))
    for kind, marks in _MARKS.items():
        if all((path / mark).is_file() for mark in marks):
            return kind
    raise ModelError("model_path_odd", path=str(path))


def _recorded(there: Installed) -> dict[str, str]:
    try:
        files = json.loads((there.path / SUMS).read_text(encoding="utf-8"))["files"]
        return {str(path): str(sha256) for path, sha256 in files.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as exc:
        raise _changed(there, SUMS) from exc


def _changed(there: Installed, path: str) -> ModelError:
    if there.model.kind == "piper":
        return ModelError("natural_changed", model=there.model.name)
    return ModelError("model_changed", model=there.model.name, file=path)


def record(path: Path, source: Source, sums: Mapping[str, str]) -> None:
    """Write down what was installed, beside it."""
    known = {"source": source.name, "archive_sha256": source.sha256, "files": dict(sorted(sums.items()))}
    (path / SUMS).write_text(json.dumps(known, indent=1) + "\n", encoding="utf-8")


def unpack(file: IO[bytes], inside: str, most_bytes: int, into: Path) -> dict[str, str]:
    """Unpack the folder `inside` of a zip into a new directory; the sha256 of every file written, by path.

    Raises: ValueError when the zip is damaged or holds anything but plain files in plain places, or more than
    `most_bytes` of them; OSError.
    """
    sums = {}
    try:
        with zipfile.ZipFile(file) as archive:
            _require_plain(archive.infolist(), most_bytes)
            for member in archive.infolist():
                path = member.filename.removeprefix(inside)
                if member.is_dir() or not member.filename.startswith(inside):
                    continue
                sums[path] = _write(archive, member, into / path)
    except (zipfile.BadZipFile, zlib.error, struct.error, NotImplementedError, EOFError) as exc:
        raise ValueError("damaged") from exc
    if not sums or SUMS in sums:
        raise ValueError(f"nothing in {inside}, or a {SUMS} of its own")
    return sums


def _require_plain(members: list[zipfile.ZipInfo], most_bytes: int) -> None:
    names = [member.filename for member in members]
    if len(names) > MEMBERS_LIMIT or len(set(names)) < len(names):
        raise ValueError("too many files, or one of them twice")
    if sum(member.file_size for member in members) > most_bytes + CHUNK_BYTES:
        raise ValueError("too large")  # the megabyte is for what a wheel holds beside the model
    for member in members:
        name, mode = member.filename, stat.S_IFMT(member.external_attr >> 16)
        is_plain = mode in (0, stat.S_IFREG, stat.S_IFDIR) and not member.flag_bits & 1  # 1: encrypted
        is_plain = is_plain and bool(name) and member.compress_type in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
        is_inside = not name.startswith("/") and ".." not in PurePosixPath(name).parts
        # orig_filename: zipfile has already turned the separators of Windows into slashes there
        if not is_plain or not is_inside or {"\\", ":"} & set(member.orig_filename):
            raise ValueError(f"not a plain file: {name}")


def _write(archive: zipfile.ZipFile, member: zipfile.ZipInfo, path: Path) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256()
    with archive.open(member) as packed, path.open("wb") as file:
        while chunk := packed.read(CHUNK_BYTES):
            digest.update(chunk)
            file.write(chunk)
    return digest.hexdigest()


@contextmanager
def staging_place(directory: Path) -> Iterator[Path]:
    """An empty directory beside the models, gone afterwards; one left by a killed installation goes too."""
    for left in directory.glob(STAGING + "*"):
        with suppress(FileNotFoundError):
            if time.time() - left.stat().st_mtime > STALE_SECONDS:
                shutil.rmtree(left, ignore_errors=True)
    with tempfile.TemporaryDirectory(prefix=STAGING, dir=directory, ignore_cleanup_errors=True) as name:
        yield Path(name)


def put_in_place(new: Path, place: Path, staging: Path) -> Path:
    """Let `new` be at `place` by renaming; what was there moves to the staging place."""
    if place.exists():
        with suppress(FileNotFoundError):
            place.rename(staging / "before")
    try:
        new.rename(place)
    except OSError:
        # Another installation may have been quicker by a moment; its files passed the same sums.
        if not (place / SUMS).exists():
            raise
    return place
