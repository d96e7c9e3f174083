"""What reasoning asks of the rooms around it, as protocols: rows of relations, and the committed theory."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol

from quod.kernel.values import Clause, Pending, Term


class RowSource(Protocol):
    """Relations, reached by index."""

    def has_relation(self, predicate: str) -> bool:
        """Whether a relation stands behind *predicate*."""
        ...

    def rows(
        self, predicate: str, bound: Mapping[int, Term]
    ) -> tuple[int, tuple[Term, ...], Sequence[tuple[Term, ...]]]:
        """Rows for a call whose arguments are *bound* at some columns.

        The number of the index chosen, the prefix of it that was looked up (terms of some bound columns, in the
        index's order, never of a private column), and all rows under that prefix, in the index's order.
        """
        ...


class Commitment(RowSource, Protocol):
    """A committed theory: what a proof opens of it."""

    @property
    def pending(self) -> Sequence[Pending]:
        """The sentences that deduction does not use, in committed order."""
        ...

    def clauses(self, predicate: str) -> Sequence[Clause]:
        """All clauses of a predicate, in the order of its leaf; none if it has no leaf."""
        ...

    def has_leaf(self, predicate: str) -> bool:
        """Whether the theory has a leaf for *predicate*."""
        ...

    def is_closed(self, predicate: str) -> bool:
        """Whether the predicate is declared closed and, if it has a relation, the caller vouches for its root."""
        ...

    def open(self, predicates: Iterable[str]) -> Sequence[Any]:
        """The items of the map of predicates, opened at *predicates*."""
        ...

    def open_rows(self, predicate: str, index: int, prefix: Sequence[Term]) -> Sequence[Any]:
        """The items of an index of a relation, opened at all rows under *prefix*."""
        ...
