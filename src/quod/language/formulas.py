"""Formulas: what a sentence means before it is cut into clauses; and why a meaning is refused."""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

from quod.kernel.values import Term


class Refused(Exception):
    """The sentence parses but its meaning is not read; the reader turns it into an unread sentence."""

    def __init__(self, reason: str, at: int = 0, suggestion: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.at = at
        self.suggestion = suggestion


class Unclear(Refused):
    """This parse is a sound one and its meaning is open, so no other parse may be taken instead of it."""


class Lit(NamedTuple):
    """An atom."""

    predicate: str
    args: tuple[Term, ...]


class Cmp(NamedTuple):
    """A comparison."""

    op: str
    left: Term
    right: Term


class Neg(NamedTuple):
    """Classical negation."""

    body: Formula


class Conj(NamedTuple):
    """All of them; empty: true."""

    items: tuple[Formula, ...]


class Disj(NamedTuple):
    """At least one of them."""

    items: tuple[Formula, ...]


class Xor(NamedTuple):
    """One or the other."""

    items: tuple[Formula, ...]


class Some(NamedTuple):
    """Something that satisfies ``restriction`` also satisfies ``scope``."""

    variable: Term
    restriction: Formula
    scope: Formula


class Every(NamedTuple):
    """Whatever satisfies ``restriction`` satisfies ``scope``."""

    variable: Term
    restriction: Formula
    scope: Formula


class Rule(NamedTuple):
    """If ``condition`` then ``conclusion``."""

    condition: Formula
    conclusion: Formula


class Absent(NamedTuple):
    """``body`` is not known (unless, except)."""

    body: Formula


Formula: TypeAlias = Lit | Cmp | Neg | Conj | Disj | Xor | Some | Every | Rule | Absent
TRUE = Conj(())
FLIPPED = {"eq": "ne", "ne": "eq", "lt": "ge", "ge": "lt", "gt": "le", "le": "gt"}


def conj(*items: Formula) -> Formula:
    """The conjunction, flattened; a single item stays itself."""
    flat: list[Formula] = []
    for item in items:
        flat.extend(item.items if isinstance(item, Conj) else (item,))
    return flat[0] if len(flat) == 1 else Conj(tuple(flat))
