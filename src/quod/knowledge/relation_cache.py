"""The trees of large tables, kept between runs in the user's cache folder.

A file holds one index: its keys, the row behind each, and the nodes of its tree. It is found by the digest of the
table's file and of how that was read, and named by its order. It is used only if its own digest is right, it fits the
rows, and a sample of its leaves leads to its root; otherwise it is as if it were not there. Nothing rests on it: the
kernel recomputes roots from what a proof shows.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import sys
import tempfile
from array import array
from collections.abc import Callable, Iterable, Sequence
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any

from quod.kernel.commit import leaf_hash, node_hash, row_key
from quod.kernel.tree import Tree
from quod.knowledge.commitments import Encoded, Index, MakeIndex, Row, sorted_keys

#: Tables with fewer rows are committed faster than it is worth to keep them.
FEWEST = 50_000
#: How many files are kept; the oldest go first.
MOST_FILES = 16
FORMAT = "1"
_SAMPLE = 64
_DIGEST = 32


class Unsound(Exception):
    """A file of the cache that is not to be used."""


class KeptTree(Tree):
    """A tree whose nodes can be taken out and put back."""

    def parts(self) -> tuple[array[int], array[int], array[int], list[bytes], list[bytes]]:
        """The nodes: bits, left and right children, digests; and the digests of the leaves."""
        return self._bit, self._left, self._right, self._hash, self._leaf_hash

    @classmethod
    def of(
        cls,
        keys: list[bytes],
        bit: array[int],
        left: array[int],
        right: array[int],
        digests: list[bytes],
        leaves: list[bytes],
    ) -> KeptTree:
        """The tree that has these *keys* and parts."""
        tree = cls()
        tree.keys = keys
        tree._bit, tree._left, tree._right, tree._hash, tree._leaf_hash = bit, left, right, digests, leaves
        tree._top = len(bit) - 1 if bit else ~0
        return tree

    def holds(self, leaf: int, key: bytes) -> bool:
        """Whether *leaf* is that of *key*, and its path leads to the root."""
        if self.keys[leaf] != key or self._leaf_hash[leaf] != leaf_hash(key):
            return False
        path, found = self._path(key)
        return found == ~leaf and all(
            self._hash[node] == node_hash(self._bit[node], self.hash(self._left[node]), self.hash(self._right[node]))
            for node in path
        )


def folder() -> Path | None:
    """Where the files are: ``$XDG_CACHE_HOME/quod/relations``, or below ``~/.cache``; None without a home."""
    base = os.environ.get("XDG_CACHE_HOME", "")
    if not os.path.isabs(base):
        base = os.path.expanduser("~/.cache")
    return Path(base) / "quod" / "relations" if os.path.isabs(base) else None


def kept_indexes(digest: str) -> MakeIndex:
    """What makes the indexes of the table with this *digest*, or finds them where they were kept."""

    def make(
        order: tuple[int, ...], rows: Sequence[Row], encoded: Encoded, progress: Callable[[int], object] | None
    ) -> Index:
        home = folder()
        if home is None:
            return Index.made(order, rows, encoded, progress)
        path = home / digest / ("-".join(map(str, order)) + ".index")
        try:
            return _load(path, digest, order, rows)
        except (OSError, Unsound):
            # reason: whatever is wrong with a file of the cache, the table itself is at hand
            keys, numbers = sorted_keys(order, rows, encoded, progress)
            tree = KeptTree(keys)
            _keep(path, digest, order, numbers, tree)
            return Index(order, rows, numbers, tree)

    return make


# --- files --------------------------------------------------------------------------------------------------------


def _load(path: Path, digest: str, order: tuple[int, ...], rows: Sequence[Row]) -> Index:
    """The index in the file at *path*. Fails when: it is not there (`OSError`) or not to be trusted (`Unsound`)."""
    raw = memoryview(path.read_bytes())
    if len(raw) < _DIGEST or hashlib.sha256(raw[_DIGEST:]).digest() != bytes(raw[:_DIGEST]):
        raise Unsound("its digest is another")
    head, _, _ = bytes(raw[_DIGEST : _DIGEST + 4096]).partition(b"\n")
    count = len(rows)
    try:
        sizes = json.loads(head)["sizes"]
    except (ValueError, KeyError, TypeError) as error:
        raise Unsound("it has no header") from error
    if head != _header(digest, order, count, sizes):
        raise Unsound("it is of another version, machine or table")
    parts = list(_cut(raw[_DIGEST + len(head) + 1 :], sizes))
    numbers, lengths, bit = (_array("I", part) for part in parts[:3])
    left, right = (_array("q", part) for part in parts[3:5])
    leaves, digests = (_digests(part) for part in parts[5:7])
    ends = list(accumulate(lengths))
    if len(numbers) != count or len(ends) != count or len(leaves) != count or ends[-1:] != [len(parts[7])][:count]:
        raise Unsound("it has another number of rows")
    if not len(bit) == len(left) == len(right) == len(digests) == count - 1:
        raise Unsound("its tree does not fit its keys")
    content = bytes(parts[7])
    keys = [content[start:end] for start, end in pairwise([0, *ends])]
    tree = KeptTree.of(keys, bit, left, right, digests, leaves)
    if len(set(numbers)) != count or max(numbers) >= count or not all(a < b for a, b in pairwise(keys)):
        raise Unsound("its rows are not a permutation")
    if not all(-count <= a < at and -count <= b < at for at, (a, b) in enumerate(zip(left, right, strict=True))):
        raise Unsound("its tree leads nowhere")  # children come before their parent, so every path ends
    _sample(tree, order, rows, numbers)
    return Index(order, rows, numbers, tree)


def _sample(tree: KeptTree, order: tuple[int, ...], rows: Sequence[Row], numbers: Sequence[int]) -> None:
    """Follow some leaves to the root. Fails when: one does not lead there, or is not that of its row (`Unsound`)."""
    for _ in range(_SAMPLE):
        leaf = secrets.randbelow(len(numbers))
        if not tree.holds(leaf, row_key(rows[numbers[leaf]], order)):
            raise Unsound("a row does not lead to its root")


def _keep(path: Path, digest: str, order: tuple[int, ...], numbers: list[int], tree: KeptTree) -> None:
    """Write the file at *path*, whole or not at all."""
    bit, left, right, digests, leaves = tree.parts()
    keys = tree.keys
    parts = [
        array("I", numbers).tobytes(),
        array("I", map(len, keys)).tobytes(),
        *(each.tobytes() for each in (bit, left, right)),
        b"".join(leaves),
        b"".join(digests),
        b"".join(keys),
    ]
    content = [_header(digest, order, len(keys), list(map(len, parts))), b"\n", *parts]
    total = hashlib.sha256()
    for each in content:
        total.update(each)
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
            try:
                file.writelines([total.digest(), *content])
                file.flush()
                os.replace(file.name, path)
            except OSError:
                os.unlink(file.name)
                raise
        _forget_old(path.parent.parent)
    except OSError:
        # reason: a cache that cannot be written is no reason to refuse an answer
        return


def _forget_old(home: Path) -> None:
    files = sorted(home.glob("*/*.index"), key=lambda each: each.stat().st_mtime_ns)
    for path in files[:-MOST_FILES]:
        path.unlink(missing_ok=True)


def _header(digest: str, order: tuple[int, ...], count: int, sizes: Any) -> bytes:
    return json.dumps(
        {
            "bytes": [sys.byteorder, array("I").itemsize, array("q").itemsize],
            "count": count,
            "order": order,
            "quod.index": FORMAT,
            "sizes": sizes,
            "table": digest,
        }
    ).encode()


def _cut(raw: memoryview, sizes: Any) -> Iterable[memoryview]:
    """The parts of *raw*. Fails when: *sizes* are not those of eight parts that fill it (`Unsound`)."""
    if not isinstance(sizes, list) or len(sizes) != 8 or not all(type(size) is int and size >= 0 for size in sizes):
        raise Unsound("it has other parts")
    if sum(sizes) != len(raw):
        raise Unsound("it is cut off")
    return [raw[start:end] for start, end in pairwise(accumulate(sizes, initial=0))]


def _array(kind: str, raw: memoryview) -> array[int]:
    found = array(kind)
    if len(raw) % found.itemsize:
        raise Unsound("a part is cut off")
    found.frombytes(raw)
    return found


def _digests(raw: memoryview) -> list[bytes]:
    content = bytes(raw)
    if len(content) % _DIGEST:
        raise Unsound("a part is cut off")
    return [content[at : at + _DIGEST] for at in range(0, len(content), _DIGEST)]
