"""Unification of terms that may share unknown individuals, with bindings kept apart from the terms.

Robinson, *A machine-oriented logic based on the resolution principle*, 1965; triangular bindings.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from quod.kernel.values import Literal, Term

Bindings = Mapping[str, Term]


def resolve(term: Term, bindings: Bindings) -> Term:
    """*term* with all that *bindings* say of its variables.

    >>> resolve(("f", "pair", (("v", "X"),)), {"X": ("v", "Y"), "Y": ("s", "a")})
    ('f', 'pair', (('s', 'a'),))
    """
    while term[0] == "v":
        found = bindings.get(term[1])
        if found is None:
            return term
        term = found
    if term[0] == "f":
        return ("f", term[1], tuple([resolve(arg, bindings) for arg in term[2]]))
    return term


def resolve_literal(literal: Literal, bindings: Bindings) -> Literal:
    """A body literal with all that *bindings* say of its variables."""
    if literal[0] == "a":
        _, op, result, value, body = literal
        inner = tuple([resolve_literal(each, bindings) for each in body])
        return ("a", op, resolve(result, bindings), resolve(value, bindings), inner)
    return (literal[0], literal[1], tuple([resolve(arg, bindings) for arg in literal[2]]))


def unify(these: Sequence[Term], those: Sequence[Term], bindings: Bindings) -> dict[str, Term] | None:
    """*bindings* extended so that *these* are *those*; None if nothing does that."""
    found = dict(bindings)
    todo = list(zip(these, those, strict=True))
    while todo:
        one, other = (_walk(term, found) for term in todo.pop())
        if one == other:
            continue
        if one[0] == "v" or other[0] == "v":
            name, term = (one[1], other) if one[0] == "v" else (other[1], one)
            if _occurs(name, term, found):
                return None
            found[name] = term
        elif one[0] == other[0] == "f" and one[1] == other[1] and len(one[2]) == len(other[2]):
            todo += zip(one[2], other[2], strict=True)
        else:
            return None
    return found


def _walk(term: Term, bindings: Bindings) -> Term:
    while term[0] == "v" and term[1] in bindings:
        term = bindings[term[1]]
    return term


def _occurs(name: str, term: Term, bindings: Bindings) -> bool:
    term = _walk(term, bindings)
    if term[0] == "v":
        return bool(term[1] == name)
    return term[0] == "f" and any(_occurs(name, arg, bindings) for arg in term[2])


def renamed(literal: Literal, suffix: str) -> Literal:
    """A body literal with *suffix* behind the names of its variables."""
    if literal[0] == "a":
        _, op, result, value, body = literal
        inner = tuple([renamed(each, suffix) for each in body])
        return ("a", op, renamed_term(result, suffix), renamed_term(value, suffix), inner)
    return (literal[0], literal[1], tuple([renamed_term(arg, suffix) for arg in literal[2]]))


def renamed_term(term: Term, suffix: str) -> Term:
    """A term with *suffix* behind the names of its variables."""
    if term[0] == "v":
        return ("v", term[1] + suffix)
    return ("f", term[1], tuple([renamed_term(arg, suffix) for arg in term[2]])) if term[0] == "f" else term
