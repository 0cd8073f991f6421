"""What a stranger may have made of a backup: two names are taken of it, and no more bytes than it has."""

import io
import stat
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from voicejournal.edges import backup_file
from voicejournal.edges.backup_file import BOX, JOURNAL, READ_BYTES, pack, private_folder, put, unpack
from voicejournal.errors import StoreError

CONTENT = bytes(range(256)) * 100


def made(*members: tuple[str | zipfile.ZipInfo, bytes], how: int = zipfile.ZIP_STORED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", how) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return out.getvalue()


def link(name: str) -> zipfile.ZipInfo:
    one = zipfile.ZipInfo(name)
    one.external_attr = (stat.S_IFLNK | 0o777) << 16
    return one


UNLOCKED = b"PK\x01\x02\x14\x03\x14\x00\x00\x00"
"""How the list of names begins; the last two bytes are marks, the first of which says that a name is locked."""

WHOLE = made((JOURNAL, CONTENT), (BOX, b"box"))


def unpacked(folder: Path, content: bytes) -> list[str]:
    """What came of it, by name."""
    (folder / "file").write_bytes(content)
    (folder / "out").mkdir(exist_ok=True)
    for path in (folder / "out").iterdir():
        path.unlink()
    unpack(folder / "file", folder / "out")
    return sorted(path.name for path in folder.rglob("*") if path.is_file() or path.is_symlink())


def test_packed_and_unpacked(tmp_path: Path) -> None:
    journal, file = tmp_path / "some", tmp_path / "file"
    journal.write_bytes(CONTENT)
    with private_folder(file) as folder:
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        pack(journal, b"box", file, folder)
    (tmp_path / "out").mkdir()
    assert unpack(file, tmp_path / "out").read_bytes() == CONTENT
    assert (tmp_path / "out" / BOX).read_bytes() == b"box"
    assert {stat.S_IMODE(path.stat().st_mode) for path in (file, *(tmp_path / "out").iterdir())} == {0o600}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "out", "some"]


@pytest.mark.parametrize(
    "content",
    [
        made(),
        made((JOURNAL, CONTENT), ("readme.txt", b"hello")),
        made((f"../{JOURNAL}", CONTENT)),
        made((f"/tmp/{JOURNAL}", CONTENT)),
        made((BOX, b"box")),
        made((JOURNAL, CONTENT), (BOX, bytes(10_001))),
        made((link(JOURNAL), b"/etc/passwd")),
        made((JOURNAL + "/", b"")),
        made((JOURNAL, bytes(10_000_000)), how=zipfile.ZIP_DEFLATED),
        made((JOURNAL, CONTENT)).replace(UNLOCKED, UNLOCKED[:-2] + b"\x01\x00"),
        b"PK\x05\x06" + bytes(18),
    ],
    ids=["empty", "more", "up", "root", "box", "large", "link", "folder", "bomb", "locked", "nothing"],
)
def test_anything_else_is_refused_and_nothing_of_it_written(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(StoreError, match="backup_damaged"):
        unpacked(tmp_path, content)
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["file", "out"]


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_name_that_is_there_twice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="backup_damaged"):
        unpacked(tmp_path, made((JOURNAL, CONTENT), (JOURNAL, b"other")))


def test_a_list_of_names_without_end_is_not_read(tmp_path: Path) -> None:
    names = READ_BYTES // 50
    with pytest.raises(StoreError, match="backup_damaged"):
        unpacked(tmp_path, made(*((f"{number:06}", b"") for number in range(names))))


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    changes=st.lists(st.tuples(st.integers(0, len(WHOLE) - 1), st.integers(0, 255)), min_size=1, max_size=6),
    near_end=st.booleans(),
    cut=st.integers(0, 200),
)
def test_whatever_is_changed_in_it_is_noticed_or_harmless(
    tmp_path: Path, changes: list[tuple[int, int]], near_end: bool, cut: int
) -> None:
    content = bytearray(WHOLE)
    for at, value in changes:
        content[-1 - at % 400 if near_end else at] = value
    try:
        names = unpacked(tmp_path, bytes(content[: len(content) - cut]))
    except StoreError as error:
        assert error.name == "backup_damaged"
        return
    assert set(names) <= {"file", JOURNAL, BOX}
    assert (tmp_path / "out" / JOURNAL).read_bytes() == CONTENT


def test_a_name_is_never_taken_from_another_file(tmp_path: Path) -> None:
    new, file = tmp_path / "new", tmp_path / "file"
    new.write_bytes(b"new")
    file.write_bytes(b"old")
    with pytest.raises(StoreError, match="backup_there"):
        put(new, file)
    assert (new.read_bytes(), file.read_bytes()) == (b"new", b"old")


def test_where_nothing_can_be_written_that_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(StoreError, match="backup_failed"), private_folder(tmp_path / "nowhere" / "file"):
        pass
    (tmp_path / "some").write_bytes(CONTENT)
    monkeypatch.setattr(backup_file, "_same", lambda one, other: False)  # a stick that keeps other bytes
    file = tmp_path / "file"
    with pytest.raises(StoreError, match="backup_failed"), private_folder(file) as folder:
        pack(tmp_path / "some", None, file, folder)
    assert [path.name for path in tmp_path.iterdir()] == ["some"]
