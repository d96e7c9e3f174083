"""Values: terms, atoms, literals and clauses, as the immutable tuples that the canonical bytes spell.

A term is a tagged tuple, equal exactly when its canonical bytes are equal:

========================  =======================================================
``("s", name)``           symbol
``("t", text)``           text
``("b", "true")``         boolean
``("n", "-3/2")``         exact rational in lowest terms (``spec/format.md``)
``("d", "2026-11-24")``   date
``("u", months, days)``   duration, two integers as text, never mixed when compared
``("f", name, args)``     compound: quantity, Skolem null, reified statement
``("h", digest)``         a private cell, known only by its salted digest
``("v", name)``           variable
========================  =======================================================

An atom is ``(predicate, args)`` with ``predicate`` spelled ``name/arity``; classical negation is another
predicate, ``~name/arity``.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any, NamedTuple, TypeAlias

Term: TypeAlias = tuple[Any, ...]
Atom: TypeAlias = tuple[str, tuple[Term, ...]]
Literal: TypeAlias = tuple[Any, ...]
Substitution: TypeAlias = dict[str, Term]


def symbol(name: str) -> Term:
    """The symbol called *name*."""
    return ("s", name)


def text(value: str) -> Term:
    """A text value; unlike a symbol it names nothing."""
    return ("t", value)


def boolean(value: bool) -> Term:
    """The boolean *value*."""
    return ("b", "true" if value else "false")


def number(value: Fraction | int) -> Term:
    """The one numeric sort: an exact rational.

    >>> number(Fraction(6, 4))
    ('n', '3/2')
    """
    return ("n", str(Fraction(value)))


def date(iso: str) -> Term:
    """The calendar date written ``YYYY-MM-DD``."""
    return ("d", iso)


def duration(months: int, days: int) -> Term:
    """A duration of *months* and *days*, which are kept apart."""
    return ("u", str(months), str(days))


def compound(name: str, *args: Term) -> Term:
    """The compound term *name(args…)*."""
    return ("f", name, args)


def variable(name: str) -> Term:
    """The variable called *name*."""
    return ("v", name)


def complement(predicate: str) -> str:
    """The predicate of the classically negated atom.

    >>> complement("cold/1"), complement("~cold/1")
    ('~cold/1', 'cold/1')
    """
    return predicate[1:] if predicate.startswith("~") else "~" + predicate


def negate(atom: Atom) -> Atom:
    """The classical negation of *atom*."""
    return (complement(atom[0]), atom[1])


def holds(atom: Atom) -> Literal:
    """Body literal: *atom* holds."""
    return ("+", atom[0], atom[1])


def absent(atom: Atom) -> Literal:
    """Body literal: *atom* is not derivable (``unless``, ``except``)."""
    return ("-", atom[0], atom[1])


def compute(op: str, *args: Term) -> Literal:
    """Body literal: the built-in *op* of ``spec/computation.md`` on *args*; a function's result comes last."""
    return ("c", op, args)


def aggregate(op: str, result: Term, value: Term, body: tuple[Literal, ...]) -> Literal:
    """Body literal: *result* is ``count/sum/min/max`` of *value* over the distinct bindings of *body*."""
    return ("a", op, result, value, body)


class Clause(NamedTuple):
    """A fact (empty body) or rule, together with the sentence it was read from.

    ``since``/``until`` bound its validity, half-open, ``""`` for no bound. ``sentence``, ``paraphrase`` and
    ``reader`` are the reading: they are part of the clause's identity.
    """

    head: Atom
    body: tuple[Literal, ...] = ()
    sentence: str = ""
    paraphrase: str = ""
    reader: str = ""
    since: str = ""
    until: str = ""

    def json(self) -> dict[str, Any]:
        """The JSON object whose canonical bytes are digested."""
        return {
            "body": self.body,
            "head": self.head,
            "paraphrase": self.paraphrase,
            "reader": self.reader,
            "sentence": self.sentence,
            "since": self.since,
            "until": self.until,
        }


class Pending(NamedTuple):
    """A sentence the theory holds but deduction does not use.

    ``kind`` is ``unread``, ``ambiguous`` or ``unused``; ``bears`` lists the predicates it could bear on, or is
    ``("*",)`` when it could bear on anything.
    """

    sentence: str
    kind: str
    bears: tuple[str, ...]

    def json(self) -> dict[str, Any]:
        """The JSON object whose canonical bytes are digested."""
        return {"bears": self.bears, "kind": self.kind, "sentence": self.sentence}


def substitute(term: Term, bindings: Mapping[str, Term]) -> Term:
    """*term* with its variables replaced by *bindings*; unbound variables stay."""
    tag = term[0]
    if tag == "v":
        return bindings.get(term[1], term)
    if tag == "f":
        return ("f", term[1], tuple([substitute(arg, bindings) for arg in term[2]]))
    return term


def is_ground(term: Term) -> bool:
    """Whether *term* has no variable."""
    tag = term[0]
    return tag != "v" and (tag != "f" or all(map(is_ground, term[2])))
