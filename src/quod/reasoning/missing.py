"""What is missing for an atom: pieces, and sets of pieces."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

from quod.kernel.computation import evaluate
from quod.kernel.rejection import Rejection
from quod.kernel.values import Atom, Clause, Literal, Term, negate, number
from quod.kernel.wellformed import TESTS
from quod.reasoning.shapes import literal_variables
from quod.reasoning.unification import renamed, resolve_literal, unify

#: How many literals are compared to see whether one set contains another.
TRIES = 2_000
#: Stands for a value where there can be none.
IMPOSSIBLE: Term = ("b", "impossible")


class Piece(NamedTuple):
    """A literal that would have to be so and is not, and the rule that asks for it.

    ``literal`` is ``+``: a fact is missing; ``-``: something holds that must not; ``c``: a comparison fails.
    ``asked`` is the literal as the rule has it. Variables stand for individuals that are not known.
    """

    literal: Literal
    rule: Clause | None = None
    asked: Literal | None = None


@dataclass(frozen=True)
class Missing:
    """A set of pieces that together would make the atom derivable, none of which could be spared.

    ``conditions`` are what the unknown individuals of the pieces have to satisfy; ``rules`` those that would then
    apply, outermost first; ``met`` the atoms they ask for that hold already.
    """

    pieces: tuple[Piece, ...]
    conditions: tuple[Literal, ...] = ()
    rules: tuple[Clause, ...] = ()
    met: tuple[Atom, ...] = ()

    @property
    def literals(self) -> tuple[Literal, ...]:
        """The literals of the pieces."""
        return tuple([piece.literal for piece in self.pieces])

    @property
    def added(self) -> tuple[Atom, ...]:
        """The missing facts."""
        return tuple([(each[1], each[2]) for each in self.literals if each[0] == "+"])


@dataclass(frozen=True)
class WhyNot:
    """Why an atom is not derivable.

    ``verdict`` is ``derivable`` (nothing is missing), ``missing``, or ``undecided`` if the fuel was spent first;
    ``sets`` are what was found, nearest first; ``more`` says that there are, or may be, further ones.
    """

    atom: Atom
    verdict: str
    sets: tuple[Missing, ...] = field(default=())
    more: bool = False


def is_contradictory(missing: Missing) -> bool:
    """Whether something would have to hold and not to hold, or no value meets all conditions on an unknown."""
    holding = dict.fromkeys(missing.added)
    denied = [(each[1], each[2]) for each in (*missing.literals, *missing.conditions) if each[0] == "-"]
    if any(each in holding for each in (*denied, *map(negate, missing.added))):
        return True
    return any(witness(name, missing.conditions) == IMPOSSIBLE for name in _unknowns(missing.conditions))


def witness(name: str, conditions: Sequence[Literal]) -> Term | None:
    """A value for the unknown *name* that passes the comparisons with values among *conditions*.

    `IMPOSSIBLE` if there is none, None where nothing is asked or only a search could tell.
    """
    mentioning = [each for each in conditions if each[0] == "c" and name in literal_variables(each)]
    plain = [each for each in mentioning if each[1] in TESTS and all(_is_value(arg) for arg in each[2])]
    tests = [each for each in plain if len(dict.fromkeys(literal_variables(each))) == 1]
    known = [arg for each in tests for arg in each[2] if arg[0] != "v"]
    if not known:
        return None
    candidates = list(_candidates(known))
    found = next((value for value in candidates if all(_passes(each, {name: value}) for each in tests)), None)
    if found is not None:
        return found if len(tests) == len(mentioning) else None
    decided = any(each[1] == "eq" for each in tests) or all(arg[0] == "n" for arg in known)
    return IMPOSSIBLE if decided else None


def _unknowns(literals: Iterable[Literal]) -> dict[str, None]:
    return dict.fromkeys([name for each in literals for name in literal_variables(each)])


def _is_value(term: Term) -> bool:
    """Whether a term is an unknown or a value, rather than made of others."""
    return bool(term[0] != "f")


def _candidates(known: Sequence[Term]) -> Iterator[Term]:
    """Values of which one passes all comparisons with numbers *known*, if any does; for dates, most likely."""
    yield from known
    values = sorted({Fraction(arg[1]) for arg in known if arg[0] == "n"})
    if values:
        yield from map(number, (values[-1] + 1, values[0] - 1))
        yield from [number((one + other) / 2) for one, other in pairwise(values)]
    for each in known:
        if each[0] == "d":
            day = datetime.date.fromisoformat(each[1])
            for other in (day.toordinal() + 1, day.toordinal() - 1):
                if 0 < other <= datetime.date.max.toordinal():
                    yield ("d", datetime.date.fromordinal(other).isoformat())


def _passes(test: Literal, bindings: dict[str, Term]) -> bool:
    try:
        return evaluate(test[1], resolve_literal(test, bindings)[2]) == ("b", "true")
    except Rejection:
        return False


def subsumes(general: Missing, special: Missing) -> bool:
    """Whether the pieces and conditions of *general* are, for some choice of its unknowns, among those of *special*."""
    if len(general.pieces) > len(special.pieces) or not kinds(general) <= kinds(special):
        return False
    wanted = [renamed(each, "'") for each in (*general.literals, *general.conditions)]
    have = [_frozen(each) for each in (*special.literals, *special.conditions)]
    return _fit(wanted, have)


def kinds(missing: Missing) -> frozenset[tuple[str, str]]:
    """The kinds and predicates of the pieces and conditions: what a set that contains this one has too."""
    return frozenset([(each[0], each[1]) for each in (*missing.literals, *missing.conditions)])


def _fit(wanted: list[Literal], have: list[Literal]) -> bool:
    """Whether all *wanted* literals are among those of *have*, for some choice of their variables.

    Subsumption is NP-complete: after `TRIES` the answer is no, and a set that could be spared is kept.
    """
    tries = 0
    todo: list[tuple[int, dict[str, Term]]] = [(0, {})]
    while todo and tries < TRIES:
        at, bindings = todo.pop()
        if at == len(wanted):
            return True
        first = wanted[at]
        for each in reversed(have):
            tries += 1
            if each[:2] == first[:2] and each[0] != "a":
                found = unify(first[2], each[2], bindings)
                if found is not None:
                    todo.append((at + 1, found))
            elif each == resolve_literal(first, bindings):
                todo.append((at + 1, bindings))
    return False


def _frozen(literal: Literal) -> Literal:
    """A literal with its unknowns as constants that occur nowhere else."""
    return resolve_literal(literal, {name: ("s", "?" + name) for name in literal_variables(literal)})
