"""What a theory commits to: its digest, and openings of the parts a proof needs (``spec/commitments.md``).

The roots themselves are made by `quod.kernel.commit` and `quod.kernel.tree`; this module keeps the trees at hand.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeAlias

from quod.kernel.canonical import canonical, digest, unspell
from quod.kernel.commit import cell_key, clause_digest, predicate_key, row_key, theory_digest
from quod.kernel.tree import Tree
from quod.kernel.values import Clause, Pending, Term

Row = tuple[Term, ...]
Items = list[list[Any]]

_BLOCK = 65_536  # rows between two calls of progress


class Encoded(dict[Term, bytes]):
    """The keys of cells, each made once for all indexes of a relation."""

    def __missing__(self, cell: Term) -> bytes:
        key = self[cell] = cell_key(cell)
        return key


class Index:
    """One index of a relation: *rows* under keys that start with the columns of *order*.

    *numbers* says which row stands behind each key of *tree*.
    """

    def __init__(self, order: tuple[int, ...], rows: Sequence[Row], numbers: Iterable[int], tree: Tree) -> None:
        self.order = order
        self.tree = tree
        self._rows = {leaf: rows[number] for leaf, number in enumerate(numbers)}

    @classmethod
    def made(
        cls, order: tuple[int, ...], rows: Sequence[Row], encoded: Encoded, progress: Callable[[int], object] | None
    ) -> Index:
        """The index of *rows*, with a tree of its own."""
        keys, numbers = sorted_keys(order, rows, encoded, progress)
        return cls(order, rows, numbers, Tree(keys))

    def rows(self, prefix: Sequence[Term]) -> list[Row]:
        """The rows whose first columns, in this index's order, are *prefix*; in key order."""
        return [self._rows[leaf] for leaf in self.tree.below(b"".join(map(cell_key, prefix)))]

    def open(self, prefix: Sequence[Term]) -> Items:
        """The opening of the tree that shows all those rows."""
        items = self.tree.open([b"".join(map(cell_key, prefix))])
        return [["r", self._rows[item]] if isinstance(item, int) else list(item) for item in items]

    def insert(self, row: Row) -> None:
        """Add *row*, in O(depth)."""
        key = row_key(row, self.order)
        if self.tree.insert(key):
            self._rows[self.tree.number(key)] = row

    def remove(self, row: Row) -> None:
        """Take *row* away, in O(depth)."""
        self.tree.remove(row_key(row, self.order))


def sorted_keys(
    order: Sequence[int], rows: Sequence[Row], encoded: Encoded, progress: Callable[[int], object] | None
) -> tuple[list[bytes], list[int]]:
    """The keys of *rows* in the index of *order*, ascending, and the number of the row behind each."""
    keys: list[bytes] = []
    for start in range(0, len(rows), _BLOCK):
        block = rows[start : start + _BLOCK]
        columns = list(zip(*block, strict=True))
        cells = [map(encoded.__getitem__, columns[column]) for column in order]
        keys += map(b"".join, zip(*cells, strict=True)) if cells else [b""] * len(block)
        if progress is not None and len(block) == _BLOCK:
            progress(start + _BLOCK)
    numbers = sorted(range(len(keys)), key=keys.__getitem__)
    return [keys[number] for number in numbers], numbers


MakeIndex: TypeAlias = Callable[[tuple[int, ...], Sequence[Row], Encoded, Callable[[int], object] | None], Index]


class CommittedRelation:
    """A relation with the trees of its indexes.

    *rows* are distinct tuples of ground terms, one per column; private cells are already salted digests. *orders* are
    permutations of the column numbers, one per index; *make* makes an index, or finds one made before.
    """

    def __init__(
        self,
        columns: Sequence[str],
        rows: Sequence[Row],
        key: Sequence[int] = (),
        private: Sequence[int] = (),
        orders: Sequence[tuple[int, ...]] = (),
        progress: Callable[[int], object] | None = None,
        make: MakeIndex = Index.made,
    ) -> None:
        self.columns = tuple(columns)
        self.key = tuple(key)
        self.private = tuple(private)
        self.count = len(rows)
        natural = tuple(range(len(self.columns)))
        encoded = Encoded()
        self.indexes = [make(order, rows, encoded, progress) for order in dict.fromkeys((natural, *orders))]

    def json(self) -> dict[str, Any]:
        """The relation object of the predicate's leaf."""
        return {
            "columns": self.columns,
            "count": str(self.count),
            "indexes": [[list(map(str, index.order)), index.tree.root] for index in self.indexes],
            "key": list(map(str, self.key)),
            "private": list(map(str, self.private)),
        }

    def best(self, bound: Iterable[int]) -> tuple[int, int]:
        """The number of the index whose order starts with most of the columns *bound*, and how many.

        Private columns do not count: rows cannot be looked up by a value that is not shown.
        """
        known = frozenset(bound) - frozenset(self.private)

        def depth(order: tuple[int, ...]) -> int:
            return next((at for at, column in enumerate(order) if column not in known), len(order))

        depths = [depth(index.order) for index in self.indexes]
        number = max(range(len(depths)), key=lambda at: (depths[at], -at))
        return number, depths[number]

    def change(self, add: Iterable[Row] = (), remove: Iterable[Row] = ()) -> None:
        """Add and take away rows in every index, each in O(depth)."""
        for row in remove:
            self.count -= 1
            for index in self.indexes:
                index.remove(row)
        for row in add:
            self.count += 1
            for index in self.indexes:
                index.insert(row)


class TheoryCommitment:
    """The committed form of a theory: its digest, its leaves, and openings of them."""

    def __init__(
        self,
        clauses: Iterable[Clause],
        relations: Mapping[str, CommittedRelation] | None = None,
        closed: Iterable[str] = (),
        pending: Iterable[Pending] = (),
    ) -> None:
        self.relations = dict(relations or {})
        self.pending = tuple(sorted(set(pending), key=lambda each: canonical(each.json())))
        by_predicate: dict[str, dict[str, Clause]] = {}
        for clause in clauses:
            by_predicate.setdefault(clause.head[0], {})[clause_digest(clause)] = clause
        closes = frozenset(closed)
        names = sorted({*by_predicate, *self.relations, *closes}, key=predicate_key)
        self._clauses = {
            name: tuple([each for _, each in sorted(by_predicate.get(name, {}).items())]) for name in names
        }
        self.leaves: dict[str, dict[str, Any]] = {
            name: {
                "clauses": sorted(by_predicate.get(name, {})),
                "closed": "yes" if name in closes else "no",
                "relation": self.relations[name].json() if name in self.relations else "",
            }
            for name in names
        }
        self._names = names
        self._tree = Tree(
            map(predicate_key, names), [unspell(digest("predicate", self.leaves[name])) for name in names]
        )
        self.digest = theory_digest(self._tree.root, self.pending)

    def clauses(self, predicate: str) -> tuple[Clause, ...]:
        """All clauses of a predicate, in the order of its leaf."""
        return self._clauses.get(predicate, ())

    def has_leaf(self, predicate: str) -> bool:
        """Whether the theory has a leaf for *predicate*."""
        return predicate in self.leaves

    def has_relation(self, predicate: str) -> bool:
        """Whether a relation stands behind *predicate*."""
        return predicate in self.relations

    def is_closed(self, predicate: str) -> bool:
        """Whether *predicate* is closed."""
        return predicate in self.leaves and self.leaves[predicate]["closed"] == "yes"

    def open(self, predicates: Iterable[str]) -> Items:
        """The opening of the map of predicates at *predicates*."""
        return [
            ["l", self._names[item], self.leaves[self._names[item]]] if isinstance(item, int) else list(item)
            for item in self._tree.open(map(predicate_key, list(predicates) or self._names[:1]))
        ]

    def rows(self, predicate: str, bound: Mapping[int, Term]) -> tuple[int, tuple[Term, ...], list[Row]]:
        """The best index for the columns *bound*, the prefix looked up in it, and all rows under that prefix."""
        relation = self.relations[predicate]
        number, depth = relation.best(bound)
        index = relation.indexes[number]
        prefix = tuple([bound[column] for column in index.order[:depth]])
        return number, prefix, index.rows(prefix)

    def open_rows(self, predicate: str, index: int, prefix: Sequence[Term]) -> Items:
        """The opening of an index of a relation at all rows under *prefix*."""
        return self.relations[predicate].indexes[index].open(prefix)

    def roots(self) -> list[list[str]]:
        """The relations of the theory as a context vouches for them: ``[digest, "proved"]``."""
        return sorted([digest("relation", relation.json()), "proved"] for relation in self.relations.values())

    def context(self, now: str, fuel: int = 10_000_000) -> dict[str, Any]:
        """The context that commits to this theory on the date *now*."""
        return {"fuel": str(fuel), "now": now, "roots": self.roots(), "theory": self.digest}
