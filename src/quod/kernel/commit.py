"""Commitments (``spec/commitments.md``): the only way to make a root, and to open a part of one.

One tree serves the map of predicates and the indexes of relations: a binary Patricia trie over byte-string keys
whose shape depends on the set of keys alone.
"""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

from quod.kernel.canonical import digest, spell, unspell
from quod.kernel.rejection import reject
from quod.kernel.values import Clause, Pending, Term
from quod.kernel.wellformed import arity, ground_row, index, predicate

_FLIP = bytes(range(255, -1, -1))
EMPTY = hashlib.sha256(b"quod1.empty\n").digest()


def leaf_hash(key: bytes, value: bytes = b"") -> bytes:
    """The digest of a tree of one key."""
    return hashlib.sha256(b"quod1.leaf\n" + len(key).to_bytes(4, "big") + key + value).digest()


def node_hash(bit: int, left: bytes, right: bytes) -> bytes:
    """The digest of a tree whose keys first differ at *bit*."""
    return hashlib.sha256(b"quod1.node\n" + bit.to_bytes(4, "big") + left + right).digest()


# --- keys ---------------------------------------------------------------------------------------------------------


def predicate_key(name: str) -> bytes:
    """The key of a predicate in the map."""
    return name.encode() + b"\0"


def _integer(value: int) -> bytes:
    if value == 0:
        return b"\x80"
    size = (abs(value).bit_length() + 7) // 8
    body = abs(value).to_bytes(size, "big")
    return bytes([0x80 + size]) + body if value > 0 else bytes([0x80 - size]) + _complement(body)


def _complement(body: bytes) -> bytes:
    return body.translate(_FLIP)


def _number(value: str) -> bytes:
    if "/" not in value:
        return b"\x02" + _integer(int(value)) + b"\x00"
    above, below = map(int, value.split("/"))
    parts, odd = [b"\x02"], False
    while below:
        whole, rest = divmod(above, below)
        parts.append(_complement(_integer(whole)) if odd else _integer(whole))
        above, below, odd = below, rest, not odd
    return b"".join(parts) + (b"\x00" if odd else b"\xff")


def cell_key(value: Term) -> bytes:
    """The order-preserving encoding of a ground term (continued fractions order the rationals exactly)."""
    tag = value[0]
    name: bytes = value[1].encode()
    if tag == "s":
        return b"\x05" + name + b"\0"
    if tag == "n":
        return _number(value[1])
    if tag == "t":
        return b"\x06" + name + b"\0"
    if tag == "d":
        return b"\x03" + name
    if tag == "b":
        return b"\x01\x01" if name == b"true" else b"\x01\x00"
    if tag == "u":
        return b"\x04" + _integer(int(value[1])) + _integer(int(value[2]))
    if tag == "f":
        return b"\x07" + name + b"\0" + b"".join(map(cell_key, value[2])) + b"\0"
    return b"\x08" + name


def row_key(cells: Sequence[Term], order: Iterable[int]) -> bytes:
    """The key of a row in the index that orders its columns by *order*."""
    return b"".join([cell_key(cells[column]) for column in order])


# --- opening ------------------------------------------------------------------------------------------------------


class Pruned(NamedTuple):
    """A subtree not shown: its keys agree with *sample* before *bit*, and have *side* there."""

    sample: bytes
    bit: int
    side: int


def bit_of(key: bytes, position: int) -> int:
    """Bit *position* of *key*, from the most significant of the first byte; 0 beyond the end."""
    byte = position >> 3
    return (key[byte] >> (7 - (position & 7))) & 1 if byte < len(key) else 0


def _agrees(prefix: bytes, pruned: Pruned) -> bool:
    """Whether a key that starts with *prefix* could stand in the subtree *pruned*."""
    size = 8 * len(prefix)
    shared = min(size, pruned.bit)
    whole = shared >> 3
    if prefix[:whole] != pruned.sample[:whole]:
        return False
    if any(bit_of(prefix, at) != bit_of(pruned.sample, at) for at in range(8 * whole, shared)):
        return False
    return pruned.bit >= size or bit_of(prefix, pruned.bit) == pruned.side


class Opened:
    """A partly opened tree: its root, the leaves shown in order, and what was pruned."""

    def __init__(self, items: Any, tag: str, leaf: Callable[[list[Any]], tuple[bytes, bytes, Any]]) -> None:
        self.leaves: list[Any] = []
        self._pruned: list[Pruned] = []
        stack: list[tuple[bytes, bytes | None]] = []
        if not isinstance(items, list):
            reject("malformed_value", expected="tree")
        for item in items:
            if not isinstance(item, list) or not item:
                reject("malformed_tree")
            if item[0] == "h" and len(item) == 2:
                stack.append((unspell(item[1]), None))
            elif item[0] == "n" and len(item) == 2 and len(stack) >= 2:
                stack.append(self._join(index(item[1]), *stack.pop(-2), *stack.pop()))
            elif item[0] == tag:
                key, value, shown = leaf(item)
                self.leaves.append(shown)
                stack.append((leaf_hash(key, value), key))
            else:
                reject("malformed_tree")
        if items and (len(stack) != 1 or stack[0][1] is None):
            reject("malformed_tree")
        self.root = stack[0][0] if stack else EMPTY

    def _join(
        self, bit: int, left: bytes, left_key: bytes | None, right: bytes, right_key: bytes | None
    ) -> tuple[bytes, bytes]:
        sample = right_key if left_key is None else left_key
        if sample is None or bit >= 1 << 32:
            reject("malformed_tree")
        if left_key is None or right_key is None:
            self._pruned.append(Pruned(sample, bit, 0 if left_key is None else 1))
        return node_hash(bit, left, right), sample

    def shows(self, prefix: bytes) -> bool:
        """Whether every key that starts with *prefix* is among the leaves shown."""
        return not any(_agrees(prefix, pruned) for pruned in self._pruned)


def open_map(items: Any) -> Opened:
    """A partly opened map of predicates; its leaves are ``(predicate, leaf)``."""

    def leaf(item: list[Any]) -> tuple[bytes, bytes, Any]:
        if len(item) != 3:
            reject("malformed_tree")
        name = predicate(item[1])
        shown = (name, Leaf.read(item[2], arity(name)))
        return predicate_key(name), unspell(digest("predicate", item[2])), shown

    return Opened(items, "l", leaf)


def open_index(items: Any, order: Sequence[int], spend: Callable[[int], None]) -> Opened:
    """A partly opened index of a relation; its leaves are rows. Long cells cost fuel."""

    def leaf(item: list[Any]) -> tuple[bytes, bytes, Any]:
        if len(item) != 2:
            reject("malformed_tree")
        cells = ground_row(item[1], len(order))
        parts = [cell_key(cells[column]) for column in order]
        spend(sum([len(part) // 64 for part in parts]))
        return b"".join(parts), b"", cells

    return Opened(items, "r", leaf)


# --- what is committed --------------------------------------------------------------------------------------------


class RelationInfo(NamedTuple):
    """What a theory says of a relation: its columns and the roots of its indexes."""

    digest: str
    indexes: tuple[tuple[tuple[int, ...], str], ...]
    private: tuple[int, ...]

    @classmethod
    def read(cls, value: Any, size: int) -> RelationInfo:
        """From JSON. Fails when: it is not of the form of the spec (``malformed_value``)."""
        if not isinstance(value, dict) or value.keys() != {"columns", "count", "indexes", "key", "private"}:
            reject("malformed_value", expected="relation")
        columns = value["columns"]
        if not isinstance(columns, list) or not all(isinstance(name, str) for name in columns):
            reject("malformed_value", expected="columns")
        if len(set(columns)) != len(columns) or len(columns) != size:
            reject("malformed_value", expected="distinct columns, as many as the arity")
        index(value["count"])
        cls._columns(value["key"], size)
        private = cls._columns(value["private"], size)
        if not isinstance(value["indexes"], list) or not value["indexes"]:
            reject("malformed_value", expected="indexes")
        return cls(digest("relation", value), tuple([cls._index(each, size) for each in value["indexes"]]), private)

    @staticmethod
    def _columns(value: Any, size: int) -> tuple[int, ...]:
        numbers = tuple(map(index, value)) if isinstance(value, list) else reject("malformed_value", expected="columns")
        return numbers if all(number < size for number in numbers) else reject("malformed_value", expected="column")

    @classmethod
    def _index(cls, value: Any, size: int) -> tuple[tuple[int, ...], str]:
        if not isinstance(value, list) or len(value) != 2:
            reject("malformed_value", expected="index")
        order = cls._columns(value[0], size)
        if sorted(order) != list(range(size)):
            reject("malformed_value", expected="permutation of the columns")
        return order, spell(unspell(value[1]))


class Leaf(NamedTuple):
    """What a theory holds of one predicate."""

    clauses: tuple[str, ...]
    closed: bool
    relation: RelationInfo | None = None

    @classmethod
    def read(cls, value: Any, size: int) -> Leaf:
        """From JSON. Fails when: it is not of the form of the spec (``malformed_value``)."""
        if not isinstance(value, dict) or value.keys() != {"clauses", "closed", "relation"}:
            reject("malformed_value", expected="leaf")
        clauses = value["clauses"]
        if not isinstance(clauses, list) or any(spell(unspell(each)) != each for each in clauses):
            reject("malformed_value", expected="clause digests")
        if any(a >= b for a, b in itertools.pairwise(clauses)) or value["closed"] not in (
            "yes",
            "no",
        ):
            reject("malformed_value", expected="leaf")
        relation = None if value["relation"] == "" else RelationInfo.read(value["relation"], size)
        return cls(tuple(clauses), value["closed"] == "yes", relation)


def clause_digest(clause: Clause) -> str:
    """The digest by which a theory knows a clause."""
    return digest("clause", clause.json())


def cell_digest(salt: str, value: Term) -> str:
    """The digest of a private cell; *salt* has at least 16 characters."""
    return digest("cell", [salt, value])


def theory_digest(predicates_root: str, pending: Iterable[Pending]) -> str:
    """The digest of a theory; *pending* in canonical order."""
    return digest("theory", {"pending": [each.json() for each in pending], "predicates": predicates_root})
