"""Relations: tables of typed rows, as values."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from quod.kernel.values import Term
from quod.knowledge.commitments import CommittedRelation, Index
from quod.knowledge.relation_cache import kept_indexes

Row: TypeAlias = tuple[Term, ...]


@dataclass(frozen=True, eq=False)
class Relation:
    """A table: ``rows`` are tuples of terms, one for each of ``columns``; no two have the same ``key``.

    ``private`` columns are committed as salted digests; ``indexes`` are orders in which proofs may read the rows.
    An empty ``key`` means that the whole row is the key. ``digest`` identifies the file and how it was read, so that
    the trees of a large table are kept between runs; it is empty for other relations.
    """

    name: str
    columns: tuple[str, ...]
    sorts: tuple[str, ...]
    key: tuple[str, ...] = ()
    private: tuple[str, ...] = ()
    indexes: tuple[tuple[str, ...], ...] = ()
    rows: tuple[Row, ...] = ()
    file: str = ""
    digest: str = ""

    @property
    def predicate(self) -> str:
        """The predicate whose atoms are the rows."""
        return f"{self.name}/{len(self.columns)}"

    def positions(self, columns: Sequence[str]) -> tuple[int, ...]:
        """The 0-based positions of *columns*."""
        return tuple([self.columns.index(column) for column in columns])

    @property
    def orders(self) -> tuple[tuple[int, ...], ...]:
        """``indexes`` as permutations of all column positions: the columns named, then the others."""
        found: list[tuple[int, ...]] = []
        for index in self.indexes:
            first = self.positions(index)
            found.append(first + tuple([i for i in range(len(self.columns)) if i not in first]))
        return tuple(found)

    def commitment(self, progress: Callable[[int], object] | None = None) -> CommittedRelation:
        """The relation with the trees of its indexes. Cells of private columns have to be salted digests by now.

        *Fails when* a private cell is not (`ValueError`): committing to it would not hide it.
        """
        private = self.positions(self.private)
        if any(row[i][0] != "h" for i in private for row in self.rows):
            raise ValueError(f"the private cells of {self.name} are not salted")
        make = kept_indexes(self.digest) if self.digest and not private else Index.made
        return CommittedRelation(
            self.columns, self.rows, self.positions(self.key), private, self.orders, progress, make
        )
