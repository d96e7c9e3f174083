"""Building and changing the tree of ``spec/commitments.md``: roots of sets of keys, and openings of parts.

The nodes stand in parallel arrays: a million rows fit, and a change touches one path.
"""

from __future__ import annotations

import hashlib
from array import array
from collections.abc import Iterable, Iterator, Sequence

from quod.kernel.canonical import spell
from quod.kernel.commit import EMPTY, bit_of, leaf_hash, node_hash


class Tree:
    """A set of prefix-free byte-string keys, each with a value, committed to by `root`.

    A node is a non-negative number, a leaf ``~n`` for the n-th key. Building from sorted keys is linear.
    """

    def __init__(self, keys: Iterable[bytes] = (), values: Sequence[bytes] | None = None) -> None:
        self.keys: list[bytes] = list(keys)
        self.values = None if values is None else list(values)
        self._bit = array("I")
        self._left = array("q")
        self._right = array("q")
        self._hash: list[bytes] = []
        self._leaf_hash = self._hash_leaves()
        self._top: int | None = self._build() if self.keys else None
        self._free: list[int] = []

    def _hash_leaves(self) -> list[bytes]:
        if self.values is not None:
            return list(map(leaf_hash, self.keys, self.values))
        sha, head = hashlib.sha256, b"quod1.leaf\n"
        return [sha(head + len(key).to_bytes(4, "big") + key).digest() for key in self.keys]

    def _build(self) -> int:
        """The tree of the sorted, distinct `keys`, by a stack of open left spines."""
        spine: list[tuple[int, int]] = []  # (bit, left child), bits ascending
        current = ~0
        numbers = [int.from_bytes(key[:64].ljust(64, b"\0"), "big") for key in self.keys] if self._short() else None
        for at in range(1, len(self.keys)):
            if numbers is not None:
                bit = 512 - (numbers[at - 1] ^ numbers[at]).bit_length()
            else:
                bit = first_difference(self.keys[at - 1], self.keys[at])
            while spine and spine[-1][0] > bit:
                current = self._node(spine[-1][0], spine.pop()[1], current)
            spine.append((bit, current))
            current = ~at
        while spine:
            current = self._node(spine[-1][0], spine.pop()[1], current)
        return current

    def _short(self) -> bool:
        return max(map(len, self.keys)) <= 64

    def _node(self, bit: int, left: int, right: int) -> int:
        self._bit.append(bit)
        self._left.append(left)
        self._right.append(right)
        self._hash.append(node_hash(bit, self.hash(left), self.hash(right)))
        return len(self._bit) - 1

    def hash(self, node: int) -> bytes:
        """The digest of the subtree at *node*."""
        return self._hash[node] if node >= 0 else self._leaf_hash[~node]

    @property
    def root(self) -> str:
        """The digest of the whole tree."""
        return spell(EMPTY if self._top is None else self.hash(self._top))

    # --- changes ----------------------------------------------------------------------------------------------

    def _path(self, key: bytes) -> tuple[list[int], int]:
        path: list[int] = []
        node = self._top if self._top is not None else ~0
        while node >= 0:
            path.append(node)
            node = self._right[node] if bit_of(key, self._bit[node]) else self._left[node]
        return path, node

    def insert(self, key: bytes, value: bytes = b"") -> bool:
        """Add *key*, in O(depth); false if it was there already (its value is then replaced)."""
        if self._top is None:
            self._top = ~self._new_leaf(key, value)
            return True
        path, near = self._path(key)
        if self.keys[~near] == key:
            self._set(~near, key, value)
            self._rehash(path)
            return False
        bit = first_difference(self.keys[~near], key)
        depth = next((at for at, node in enumerate(path) if self._bit[node] > bit), len(path))
        below = path[depth] if depth < len(path) else near
        leaf = ~self._new_leaf(key, value)
        pair = (below, leaf) if bit_of(key, bit) else (leaf, below)
        self._replace(path[:depth], below, self._node(bit, *pair))
        return True

    def remove(self, key: bytes) -> bool:
        """Take *key* away, in O(depth); false if it was not there."""
        if self._top is None:
            return False
        path, near = self._path(key)
        if self.keys[~near] != key:
            return False
        self._free.append(~near)
        if not path:
            self._top = None
            return True
        parent = path[-1]
        other = self._left[parent] if self._right[parent] == near else self._right[parent]
        self._replace(path[:-1], parent, other)
        return True

    def _new_leaf(self, key: bytes, value: bytes) -> int:
        if self._free:
            self._set(self._free[-1], key, value)
            return self._free.pop()
        self.keys.append(key)
        self._leaf_hash.append(leaf_hash(key, value))
        if self.values is not None:
            self.values.append(value)
        return len(self.keys) - 1

    def _set(self, leaf: int, key: bytes, value: bytes) -> None:
        self.keys[leaf] = key
        self._leaf_hash[leaf] = leaf_hash(key, value)
        if self.values is not None:
            self.values[leaf] = value

    def _replace(self, path: list[int], old: int, new: int) -> None:
        if not path:
            self._top = new
        elif self._left[path[-1]] == old:
            self._left[path[-1]] = new
        else:
            self._right[path[-1]] = new
        self._rehash(path)

    def _rehash(self, path: list[int]) -> None:
        for node in reversed(path):
            self._hash[node] = node_hash(self._bit[node], self.hash(self._left[node]), self.hash(self._right[node]))

    # --- openings ---------------------------------------------------------------------------------------------

    def open(self, prefixes: Iterable[bytes]) -> Iterator[int | tuple[str, str]]:
        """The opening that shows *prefixes* completely: leaf numbers, and items ``("h", digest)``, ``("n", bit)``."""
        if self._top is None:
            return
        shown: set[int] = set()
        for prefix in prefixes:
            self._mark(self._top, prefix, shown)
        yield from self._items(shown)

    def _mark(self, node: int, prefix: bytes, shown: set[int]) -> None:
        """Mark the path to *prefix* and all below it; where nothing starts with it, the nearest key."""
        size = 8 * len(prefix)
        while node >= 0 and self._bit[node] < size:
            shown.add(node)
            node = self._right[node] if bit_of(prefix, self._bit[node]) else self._left[node]
        nearest = node
        while nearest >= 0:
            nearest = self._left[nearest]
        below = [node] if self.keys[~nearest].startswith(prefix) else [nearest]
        if below == [nearest]:
            while node >= 0:
                shown.add(node)
                node = self._left[node]
        while below:
            at = below.pop()
            shown.add(at)
            if at >= 0:
                below += (self._left[at], self._right[at])

    def _items(self, shown: set[int]) -> Iterator[int | tuple[str, str]]:
        todo: list[tuple[int, bool]] = [] if self._top is None else [(self._top, False)]
        while todo:
            node, done = todo.pop()
            if done:
                yield ("n", str(self._bit[node]))
            elif node not in shown:
                yield ("h", spell(self.hash(node)))
            elif node < 0:
                yield ~node
            else:
                todo += ((node, True), (self._right[node], False), (self._left[node], False))

    def number(self, key: bytes) -> int:
        """The number of *key*, which must be in the set."""
        return ~self._path(key)[1]

    def below(self, prefix: bytes) -> list[int]:
        """The numbers of the keys that start with *prefix*, in key order."""
        if self._top is None:
            return []
        node, size = self._top, 8 * len(prefix)
        while node >= 0 and self._bit[node] < size:
            node = self._right[node] if bit_of(prefix, self._bit[node]) else self._left[node]
        found: list[int] = []
        todo = [node]
        while todo:
            at = todo.pop()
            if at < 0:
                found.append(~at)
            else:
                todo += (self._right[at], self._left[at])
        return found if self.keys[found[0]].startswith(prefix) else []


def first_difference(a: bytes, b: bytes) -> int:
    """The first bit at which two prefix-free keys differ."""
    size = max(len(a), len(b))
    difference = int.from_bytes(a.ljust(size, b"\0"), "big") ^ int.from_bytes(b.ljust(size, b"\0"), "big")
    return 8 * size - difference.bit_length()
