"""Models on disk: unpacking refuses what is not plain, and no changed byte goes unseen."""

import io
import json
import os
import stat
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from voicejournal.catalogue import Catalogue, File, Kind, Model, Source, Url
from voicejournal.edges.model_directory import (
    STAGING,
    Installed,
    find,
    installed,
    kind_of,
    read_catalogue,
    record,
    staging_place,
    unpack,
    verify,
)
from voicejournal.errors import ModelError

SOURCE = Source("a test", Url("https://example.org/x.zip"), "x/", "0" * 64, 1000)


def zipped(*files: tuple[str | zipfile.ZipInfo, bytes]) -> io.BytesIO:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            archive.writestr(name, content)
    return packed


def model(name: str = "vosk-xx", kind: Kind = "vosk", files: tuple[File, ...] = ()) -> Model:
    return Model(name, kind, name[-2:], "a small model", "MIT", 1000, (SOURCE,), files)


def laid_down(directory: Path, what: Model) -> Installed:
    content = zipped(("x/am/final.mdl", b"sound"), ("x/conf/mfcc.conf", b"settings"))
    sums = unpack(content, "x/", 1000, directory / what.name)
    record(directory / what.name, SOURCE, sums)
    return Installed(what, directory / what.name)


def test_only_the_models_folder_is_unpacked(tmp_path: Path) -> None:
    sums = unpack(zipped(("x/a/b", b"1"), ("y/c", b"2")), "x/", 1000, tmp_path / "m")
    assert list(sums) == ["a/b"]
    assert (tmp_path / "m" / "a" / "b").read_bytes() == b"1"
    assert [path.name for path in tmp_path.rglob("*")] == ["m", "a", "b"]


def link(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name)
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    return info


@pytest.mark.parametrize(
    "name",
    ["x/../../out", "../out", "/tmp/voicejournal-out", "x\\..\\out", "C:/out", "x/..", link("x/out")],
    ids=str,
)
def test_a_path_that_leads_out_and_a_link_are_refused(tmp_path: Path, name: str | zipfile.ZipInfo) -> None:
    with pytest.raises(ValueError):
        unpack(zipped(("x/a", b"1"), (name, b"/etc/passwd")), "x/", 1000, tmp_path / "in" / "m")
    assert list(tmp_path.rglob("*")) == []
    assert not Path("/tmp/voicejournal-out").exists()


def test_more_bytes_than_the_model_has_are_refused_before_any_is_written(tmp_path: Path) -> None:
    bomb = zipped(("x/a", bytes(20_000_000)))
    assert len(bomb.getvalue()) < 50_000
    with pytest.raises(ValueError):
        unpack(bomb, "x/", 1000, tmp_path / "m")
    assert list(tmp_path.rglob("*")) == []


def test_an_archive_that_lies_about_a_size_brings_no_more_than_it_said(tmp_path: Path) -> None:
    honest = zipped(("x/a", bytes(20_000_000))).getvalue()
    size = (20_000_000).to_bytes(4, "little")
    lying = io.BytesIO(honest.replace(size, (500).to_bytes(4, "little")))
    with pytest.raises(ValueError):
        unpack(lying, "x/", 1000, tmp_path / "m")
    assert sum(path.stat().st_size for path in tmp_path.rglob("*") if path.is_file()) <= 500


def test_too_many_files_a_file_twice_and_none_at_all_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError):
        unpack(zipped(*((f"x/{number}", b"") for number in range(1001))), "x/", 1000, tmp_path / "m")
    with pytest.warns(UserWarning, match="Duplicate"):
        twice = zipped(("x/a", b"1"), ("x/a", b"2"))
    with pytest.raises(ValueError):
        unpack(twice, "x/", 1000, tmp_path / "m")
    with pytest.raises(ValueError):
        unpack(zipped(("y/a", b"1")), "x/", 1000, tmp_path / "m")
    with pytest.raises(ValueError):
        unpack(zipped(("x/sums.json", b"{}")), "x/", 1000, tmp_path / "m")


@pytest.mark.parametrize("packed", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_other_ways_to_pack_are_refused(tmp_path: Path, packed: int) -> None:
    """Their decompressors fail each in its own way, and no model needs them."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", packed) as archive:
        archive.writestr("x/a", b"1" * 1000)
    with pytest.raises(ValueError, match="not a plain file"):
        unpack(content, "x/", 2000, tmp_path / "m")


def test_a_file_without_a_name_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="not a plain file"):
        unnamed = zipped(("x/a", b"1"), ("qq", b"2")).getvalue().replace(b"qq", b"\0\0")
        unpack(io.BytesIO(unnamed), "x/", 1000, tmp_path / "m")


def test_what_is_no_zip_or_a_damaged_one_is_refused(tmp_path: Path) -> None:
    whole = zipped(("x/a", os.urandom(1000))).getvalue()
    damaged = whole[:200] + bytes([whole[200] ^ 255]) + whole[201:]
    for content in (b"<html>", whole[: len(whole) // 2], damaged):
        with pytest.raises(ValueError):
            unpack(io.BytesIO(content), "x/", 2000, tmp_path / "m")


def test_a_locked_archive_is_refused(tmp_path: Path) -> None:
    locked = zipped(("x/a", b"1")).getvalue()
    # bit 0 of the flags: 6 bytes into the file's own header, 8 into its line of the directory
    for header, flags in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        at = locked.index(header) + flags
        locked = locked[:at] + bytes([locked[at] | 1]) + locked[at + 1 :]
    with pytest.raises(ValueError):
        unpack(io.BytesIO(locked), "x/", 1000, tmp_path / "m")


def test_a_model_as_it_was_installed_is_whole(tmp_path: Path) -> None:
    there = laid_down(tmp_path, model())
    (there.path / ".DS_Store").write_bytes(b"the desktop's")
    verify(there)


def flip_a_byte(path: Path) -> None:
    (path / "am" / "final.mdl").write_bytes(b"sOund")


def cut_a_byte(path: Path) -> None:
    (path / "am" / "final.mdl").write_bytes(b"soun")


def take_away(path: Path) -> None:
    (path / "am" / "final.mdl").unlink()


def add_a_file(path: Path) -> None:
    (path / "rescore").mkdir()
    (path / "rescore" / "G.fst").write_bytes(b"")


def damage_the_sums(path: Path) -> None:
    (path / "sums.json").write_text("[]")


@pytest.mark.parametrize(
    ("change", "file"),
    [
        (flip_a_byte, "am/final.mdl"),
        (cut_a_byte, "am/final.mdl"),
        (take_away, "am/final.mdl"),
        (add_a_file, "rescore/G.fst"),
        (damage_the_sums, "sums.json"),
    ],
)
def test_any_change_is_seen_and_its_file_named(tmp_path: Path, change: Callable[[Path], None], file: str) -> None:
    there = laid_down(tmp_path, model())
    change(there.path)
    with pytest.raises(ModelError) as raised:
        verify(there)
    assert (raised.value.name, raised.value.details) == ("model_changed", {"model": "vosk-xx", "file": file})


def test_a_known_sum_counts_more_than_the_recorded_one(tmp_path: Path) -> None:
    laid_down(tmp_path, model())
    stranger = model(files=(File("am/final.mdl", "1" * 64),))
    with pytest.raises(ModelError, match="model_changed"):
        verify(Installed(stranger, tmp_path / "vosk-xx"))


def test_the_first_installed_model_of_a_language_is_found(tmp_path: Path) -> None:
    vosk, whisper = model("vosk-xx"), model("whisper-xx", "whisper")
    catalogue = Catalogue((vosk, whisper))
    laid_down(tmp_path, whisper)
    assert find(catalogue, tmp_path, "xx").model == whisper
    laid_down(tmp_path, vosk)
    assert find(catalogue, tmp_path, "xx").model == vosk
    assert find(catalogue, tmp_path, "xx", "whisper").model == whisper
    assert [there.model for there in installed(catalogue, tmp_path)] == [vosk, whisper]


def test_a_model_that_is_not_there_names_what_to_install(tmp_path: Path) -> None:
    catalogue = Catalogue((model("vosk-xx"), model("whisper-xx", "whisper"), model("vosk-yy")))
    (tmp_path / "vosk-xx").mkdir()  # without its sums it is not there
    for kind, wanted in ((None, "xx"), ("vosk", "vosk-xx"), ("whisper", "whisper-xx")):
        with pytest.raises(ModelError) as raised:
            find(catalogue, tmp_path, "xx", kind)  # type: ignore[arg-type]
        assert (raised.value.name, raised.value.details) == ("model_missing", {"wanted": wanted})
    with pytest.raises(ModelError, match="model_none_known"):
        find(catalogue, tmp_path, "yy", "whisper")


def test_the_kind_of_a_directory_is_told_by_its_content(tmp_path: Path) -> None:
    assert kind_of(laid_down(tmp_path, model()).path) == "vosk"
    whisper = tmp_path / "mine"
    whisper.mkdir()
    for name in ("model.bin", "config.json"):
        (whisper / name).write_bytes(b"")
    with pytest.raises(ModelError, match="model_path_odd"):
        kind_of(whisper)
    (whisper / "tokenizer.json").write_bytes(b"")
    assert kind_of(whisper) == "whisper"
    with pytest.raises(ModelError, match="model_path_missing"):
        kind_of(tmp_path / "nowhere")
    with pytest.raises(ModelError, match="model_path_missing"):
        kind_of(whisper / "model.bin")


def test_the_staging_place_goes_and_takes_what_was_left_a_day_ago(tmp_path: Path) -> None:
    old, new = tmp_path / f"{STAGING}old", tmp_path / f"{STAGING}new"
    for left in (old, new):
        left.mkdir()
    os.utime(old, (1_700_000_000, 1_700_000_000))
    with staging_place(tmp_path) as staging:
        (staging / "file").write_bytes(b"1")
    assert list(tmp_path.iterdir()) == [new]


def test_the_programs_own_catalogue_is_read() -> None:
    assert {there.language for there in read_catalogue().models} >= {"en", "ko"}


def test_what_was_installed_is_written_down_beside_it(tmp_path: Path) -> None:
    there = laid_down(tmp_path, model())
    known = json.loads((there.path / "sums.json").read_text())
    assert known["source"] == "a test"
    assert set(known["files"]) == {"am/final.mdl", "conf/mfcc.conf"}
