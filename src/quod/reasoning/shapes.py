"""Shapes: clauses with their names taken out, so that rules of one shape share their compiled code.

``cold(X) :- rough(X), kind(X)`` and ``big(Y) :- red(Y), round(Y)`` have one shape. Variables become numbers in the
order of their first occurrence, ground terms become slots, predicates are known by the place of their literal.

=============================  ====================================================
``("v", 3)``                   outer variable number 3
``("l", "X")``                 a local variable of an aggregate
``("k", 2)``                   the ground term in slot 2
``("f", name, args)``          a compound with variables inside
=============================  ====================================================
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple, TypeAlias

from quod.kernel.values import Clause, Literal, Term, is_ground

ShapeTerm: TypeAlias = tuple[Any, ...]
Args: TypeAlias = tuple[ShapeTerm, ...]


class Part(NamedTuple):
    """A body literal of a shape.

    ``name`` is the operation of a computation or aggregate. ``derived`` says whether rules define the predicate.
    For an aggregate ``args`` is the result alone, ``needs`` the outer variables inside, ``inner`` its calls.
    """

    kind: str
    name: str
    derived: bool
    args: Args
    needs: tuple[int, ...] = ()
    inner: tuple[Args, ...] = ()


class Shape(NamedTuple):
    """What of a clause its compiled code depends on."""

    head: Args
    body: tuple[Part, ...]
    size: int


class Shaped(NamedTuple):
    """A shape, and what was taken out: names of the variables by number, ground terms by slot."""

    shape: Shape
    names: tuple[str, ...]
    slots: tuple[Term, ...]


def shape_of(clause: Clause, derived: frozenset[str] | dict[str, Any]) -> Shaped:
    """The shape of *clause*, given the predicates that rules define."""
    return _Shaping(clause, derived).shaped()


class _Shaping:
    """One clause on its way to its shape."""

    def __init__(self, clause: Clause, derived: frozenset[str] | dict[str, Any]) -> None:
        self._clause = clause
        self._derived = derived
        self._numbers: dict[str, int] = {}
        self._slots: list[Term] = []
        self._local: frozenset[str] = frozenset()

    def shaped(self) -> Shaped:
        """The whole clause."""
        head = self._args(self._clause.head[1])
        body = tuple([self._literal(at, literal) for at, literal in enumerate(self._clause.body)])
        shape = Shape(head, body, len(self._numbers))
        return Shaped(shape, tuple(self._numbers), tuple(self._slots))

    def _args(self, args: tuple[Term, ...]) -> Args:
        return tuple([self._term(arg) for arg in args])

    def _term(self, term: Term) -> ShapeTerm:
        if term[0] == "v":
            if term[1] in self._local:
                return ("l", term[1])
            return ("v", self._numbers.setdefault(term[1], len(self._numbers)))
        if term[0] == "f" and not is_ground(term):
            return ("f", term[1], self._args(term[2]))
        self._slots.append(term)
        return ("k", len(self._slots) - 1)

    def _literal(self, at: int, literal: Literal) -> Part:
        if literal[0] == "a":
            return self._aggregate(at, literal)
        name = literal[1] if literal[0] == "c" else ""
        return Part(literal[0], name, literal[1] in self._derived, self._args(literal[2]))

    def _aggregate(self, at: int, literal: Literal) -> Part:
        self._local = local_variables(self._clause, at)
        calls = [each for each in literal[4] if each[0] == "+"]
        inner = tuple([self._args(each[2]) for each in calls])
        needs = [self._term(("v", name))[1] for name in variables_inside(literal) if name not in self._local]
        self._local = frozenset()
        derived = any(each[1] in self._derived for each in calls)
        return Part("a", literal[1], derived, (self._term(literal[2]),), tuple(dict.fromkeys(needs)), inner)


def term_variables(term: Term) -> Iterator[str]:
    """The names of the variables of a term, with repetitions."""
    if term[0] == "v":
        yield term[1]
    elif term[0] == "f":
        for arg in term[2]:
            yield from term_variables(arg)


def literal_variables(literal: Literal) -> Iterator[str]:
    """The names of the variables of a body literal, with repetitions."""
    if literal[0] == "a":
        yield from term_variables(literal[2])
        yield from variables_inside(literal)
    else:
        for arg in literal[2]:
            yield from term_variables(arg)


def variables_inside(aggregate: Literal) -> Iterator[str]:
    """The names of the variables in the value and the inner literals of an aggregate, with repetitions."""
    yield from term_variables(aggregate[3])
    for inner in aggregate[4]:
        yield from literal_variables(inner)


def local_variables(clause: Clause, at: int) -> frozenset[str]:
    """The variables that occur inside the aggregate at *at* and nowhere else in the clause."""
    literal = clause.body[at]
    elsewhere = {name for arg in clause.head[1] for name in term_variables(arg)}
    elsewhere.update(term_variables(literal[2]))
    for other, each in enumerate(clause.body):
        if other != at:
            elsewhere.update(literal_variables(each))
    return frozenset(name for name in variables_inside(literal) if name not in elsewhere)


def numbers_in(term: ShapeTerm) -> Iterator[int]:
    """The numbers of the outer variables of a shape term."""
    if term[0] == "v":
        yield term[1]
    elif term[0] == "f":
        for arg in term[2]:
            yield from numbers_in(arg)


def is_bound(term: ShapeTerm, bound: set[int]) -> bool:
    """Whether a shape term is ground once the variables *bound* are."""
    tag = term[0]
    if tag == "v":
        return term[1] in bound
    return tag == "k" or (tag == "f" and all(is_bound(arg, bound) for arg in term[2]))
