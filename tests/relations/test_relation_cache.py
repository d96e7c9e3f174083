"""The trees of large tables between runs: found again, never believed, never needed."""

from __future__ import annotations

import hashlib
import os
import stat
from array import array
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from quod.knowledge import Relation, RelationSpec, read_relation, relation_cache, tables
from quod.knowledge.commitments import CommittedRelation, Encoded, Index
from quod.knowledge.relation_cache import Unsound, folder

ROWS = 300
SPEC = RelationSpec("account", key=("id",), indexes=(("owner",),))


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(tables, "FEWEST", 100)
    return tmp_path / "cache" / "quod" / "relations"


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., Relation]:
    def make(rows: int = ROWS, spec: RelationSpec = SPEC, extra: str = "") -> Relation:
        lines = [f"a{at},owner {at * 7 % 31},{at * 13 % 97}\n" for at in range(rows)]
        path = tmp_path / "account.csv"
        path.write_text("id,owner,amount\n" + "".join(lines) + extra, encoding="utf-8")
        return read_relation(spec, path)

    return make


def without_cache(relation: Relation) -> CommittedRelation:
    return replace(relation, digest="").commitment()


def files(home: Path) -> list[Path]:
    return sorted(home.glob("*/*.index"))


def test_the_second_time_the_trees_are_found(
    read: Callable[..., Relation], home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    relation = read()
    first = relation.commitment()
    assert [path.name for path in files(home)] == ["0-1-2.index", "1-0-2.index"]
    monkeypatch.setattr(relation_cache, "sorted_keys", None)
    again = read().commitment()
    assert again.json() == first.json() == without_cache(relation).json()


def test_what_is_found_answers_and_opens_and_changes_like_what_was_made(read: Callable[..., Relation]) -> None:
    relation = read()
    relation.commitment()
    found, made = relation.commitment(), without_cache(relation)
    prefix = (("s", "owner 3"),)
    new = (("s", "b1"), ("s", "owner 3"), ("n", "5"))
    for _ in range(2):
        assert found.indexes[1].rows(prefix) == made.indexes[1].rows(prefix)
        assert found.indexes[1].open(prefix) == made.indexes[1].open(prefix)
        for each in (found, made):
            each.change(add=[new], remove=[relation.rows[3]])
        assert found.json() == made.json()


def test_only_the_user_may_read_the_folder(read: Callable[..., Relation], home: Path) -> None:
    read().commitment()
    (place,) = home.iterdir()
    assert stat.S_IMODE(place.stat().st_mode) == 0o700
    assert all(stat.S_IMODE(path.stat().st_mode) == 0o600 for path in files(home))


def test_small_tables_are_not_kept(read: Callable[..., Relation], home: Path) -> None:
    relation = read(99)
    assert relation.digest == ""
    relation.commitment()
    assert not home.exists()


def test_the_bound_is_fifty_thousand_rows() -> None:
    assert relation_cache.FEWEST == 50_000


def test_tables_with_private_columns_are_not_kept(read: Callable[..., Relation], home: Path) -> None:
    relation = read(spec=replace(SPEC, private=("amount",)))
    rows = tuple((*row[:2], ("h", "x" * 43)) for row in relation.rows)
    assert replace(relation, rows=rows).commitment().count == ROWS
    assert not home.exists()


@pytest.mark.parametrize(
    "other",
    [
        replace(SPEC, key=()),
        replace(SPEC, indexes=(("amount",),)),
        replace(SPEC, sorts={"amount": "text"}),
        replace(SPEC, name="balance"),
    ],
)
def test_another_way_to_read_the_file_is_another_table(read: Callable[..., Relation], other: RelationSpec) -> None:
    assert read(spec=other).digest != read().digest


def test_another_byte_is_another_table(read: Callable[..., Relation]) -> None:
    assert read(extra="z,owner 1,1\n").digest != read().digest


# --- corruption ---------------------------------------------------------------------------------------------------


def resealed(content: bytes) -> bytes:
    """*content* with the digest that fits it, as somebody would write it who knows the format."""
    return hashlib.sha256(content[32:]).digest() + content[32:]


def sections(content: bytes) -> dict[str, tuple[int, int]]:
    """Where the parts of a file begin and end."""
    start = content.index(b"\n", 32) + 1
    import json

    sizes = json.loads(content[32 : start - 1])["sizes"]
    names = ("numbers", "lengths", "bit", "left", "right", "leaves", "digests", "keys")
    found = {}
    for name, size in zip(names, sizes, strict=True):
        found[name] = (start, start + size)
        start += size
    return found


def flipped(content: bytes, at: int) -> bytes:
    return content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :]


def check_ignored(read: Callable[..., Relation], home: Path, spoil: Callable[[bytes], bytes]) -> None:
    """Whatever was done to the files, the commitment is right, and the files are made again."""
    relation = read()
    right = relation.commitment().json()
    before = [path.read_bytes() for path in files(home)]
    for path, content in zip(files(home), before, strict=True):
        path.write_bytes(spoil(content))
        with pytest.raises(Unsound):
            relation_cache._load(path, relation.digest, tuple(map(int, path.stem.split("-"))), relation.rows)
    assert read().commitment().json() == right
    assert [path.read_bytes() for path in files(home)] == before


@pytest.mark.parametrize("where", [0, 31, 32, 40, 200, 1000, 5000, -1])
def test_a_changed_byte_is_noticed(read: Callable[..., Relation], home: Path, where: int) -> None:
    check_ignored(read, home, lambda content: flipped(content, where % len(content)))


@pytest.mark.parametrize("size", [0, 10, 32, 33, 100, 5000, -1])
def test_a_file_cut_off_is_noticed(read: Callable[..., Relation], home: Path, size: int) -> None:
    check_ignored(read, home, lambda content: content[:size])
    check_ignored(read, home, lambda content: resealed(content[:size].ljust(32, b"\0")))


@pytest.mark.parametrize("part", ["numbers", "lengths", "bit", "left", "right", "leaves", "digests", "keys"])
def test_a_part_replaced_and_sealed_again_does_not_lead_to_the_root(
    read: Callable[..., Relation], home: Path, part: str
) -> None:
    def spoil(content: bytes) -> bytes:
        start, end = sections(content)[part]
        return resealed(content[:start] + content[start:end][::-1] + content[end:])

    check_ignored(read, home, spoil)


def test_a_tree_that_runs_in_a_circle_is_noticed(read: Callable[..., Relation], home: Path) -> None:
    def spoil(content: bytes) -> bytes:
        start, end = sections(content)["left"]
        circle = array("q", [ROWS - 2] * (ROWS - 1)).tobytes()
        assert len(circle) == end - start
        return resealed(content[:start] + circle + content[end:])

    check_ignored(read, home, spoil)


@pytest.mark.parametrize("head", [b"{}", b"[]", b"null", b'{"sizes": [1]}', b'{"sizes": "x"}', b"\xff"])
def test_another_header_is_noticed(read: Callable[..., Relation], home: Path, head: bytes) -> None:
    check_ignored(read, home, lambda content: resealed(content[:32] + head + b"\n" + content[32:].split(b"\n", 1)[1]))


def test_the_file_of_another_table_is_noticed(read: Callable[..., Relation], home: Path) -> None:
    """The same number of rows, one of them another."""
    other = read(ROWS - 1, extra="z,owner 1,1\n")
    other.commitment()
    strange = {path.name: path.read_bytes() for path in files(home)}
    for path in files(home):
        path.unlink()
    right = read().commitment().json()
    for path in files(home):
        path.write_bytes(strange[path.name])
    assert read().commitment().json() == right != other.commitment().json()


def test_a_forged_file_with_other_rows_is_noticed(read: Callable[..., Relation], home: Path) -> None:
    """Everything fits but the rows: a sample of the leaves shows it."""
    relation = read()
    other = replace(relation, rows=tuple((*row[:2], ("n", "1000")) for row in relation.rows))
    right = without_cache(relation).json()
    assert other.commitment().json() != right
    assert len(files(home)) == 2
    assert relation.commitment().json() == right


# --- folders ------------------------------------------------------------------------------------------------------


def test_the_folder_is_below_home_where_no_other_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    for named in ("", "relative/folder"):
        monkeypatch.setenv("XDG_CACHE_HOME", named)
        assert folder() == tmp_path / ".cache" / "quod" / "relations"


@pytest.mark.skipif(os.name != "posix", reason="expanduser takes HOME on POSIX")
def test_without_a_home_nothing_is_kept(read: Callable[..., Relation], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", "")
    monkeypatch.setattr(os.path, "expanduser", lambda path: path)
    assert folder() is None
    assert read().commitment().json() == without_cache(read()).json()


def test_a_folder_that_cannot_be_made_is_no_obstacle(read: Callable[..., Relation], tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file where the folder should be")
    assert read().commitment().json() == without_cache(read()).json()


def test_a_full_disk_leaves_nothing_behind(
    read: Callable[..., Relation], home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(relation_cache.os, "replace", full)
    assert read().commitment().json() == without_cache(read()).json()
    assert not [path for path in home.rglob("*") if path.is_file()]


def test_old_files_go(read: Callable[..., Relation], home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(relation_cache, "MOST_FILES", 4)
    for more in range(4):
        read(ROWS + more).commitment()
    assert len(files(home)) == 4
    assert read(ROWS + 3).digest in {path.parent.name for path in files(home)}


def test_an_index_without_a_cache_is_the_same(read: Callable[..., Relation]) -> None:
    rows = read().rows
    made = Index.made((1, 0, 2), rows, Encoded(), None)
    kept = relation_cache.kept_indexes("d" * 64)((1, 0, 2), rows, Encoded(), None)
    assert kept.tree.root == made.tree.root
