"""The search for what is missing: rules backwards from the atom, cheapest set of pieces first.

A state is a partial derivation: literals still to be shown, pieces granted so far. Literals that hold are looked up in
an `Evaluation`, so that only what fails is searched. Uniform-cost search; Poole, *Probabilistic Horn abduction*, 1993.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from heapq import heappop, heappush
from typing import NamedTuple

from quod.kernel.computation import evaluate
from quod.kernel.rejection import Rejection
from quod.kernel.values import Atom, Clause, Literal, Term, is_ground
from quod.kernel.wellformed import TESTS
from quod.reasoning.aggregates import aggregate_value
from quod.reasoning.evaluation import TRUE, Evaluation, OutOfFuel
from quod.reasoning.missing import Missing, Piece, subsumes
from quod.reasoning.shapes import literal_variables, local_variables, variables_inside
from quod.reasoning.unification import Bindings, renamed, renamed_term, resolve, resolve_literal, unify

#: What looking at one state costs, beside what is looked up.
STATE = 10


class _Goal(NamedTuple):
    """A literal to be shown, as its rule has it, and the atoms it is to help show with the pieces granted then.

    ``local`` are the variables of an aggregate that nothing outside it mentions.
    """

    literal: Literal
    rule: Clause | None = None
    asked: Literal | None = None
    above: tuple[tuple[Atom, int], ...] = ()
    local: frozenset[str] = frozenset()


class _State(NamedTuple):
    goals: tuple[_Goal, ...]
    bindings: Bindings
    pieces: tuple[Piece, ...] = ()
    conditions: tuple[Literal, ...] = ()
    rules: tuple[Clause, ...] = ()
    met: tuple[Atom, ...] = ()


class Search:
    """Sets of missing pieces for atoms, relative to what *evaluation* derives.

    *keys* has the key columns of relations: no second row is supposed for a key. If *allowed* is given, only these
    ground literals may be pieces. *conditions* are computations on unknown individuals that are taken to pass. States
    that contain one of the sets put into ``enough`` are given up.
    """

    def __init__(
        self,
        evaluation: Evaluation,
        fuel: int,
        keys: Mapping[str, Collection[int]] | None = None,
        allowed: Collection[Literal] | None = None,
        conditions: Collection[Literal] = (),
    ) -> None:
        self._evaluation = evaluation
        self._program = evaluation.program
        self.fuel = fuel
        self._keys = keys or {}
        self._allowed = allowed
        self._conditions = conditions
        self.enough: list[Missing] = []
        self._named = 0

    def sets(self, atom: Atom) -> Iterator[Missing]:
        """The sets of pieces for *atom*, cheapest first: fewest pieces, fewest rules, then as the rules stand.

        Sets that contain others may be among them. Fails when: the fuel is spent (`OutOfFuel`).
        """
        heap: list[tuple[tuple[int, int, int], int, _State]] = []
        pushed = 0
        heappush(heap, ((0, 0, 0), pushed, _State((_Goal(("+", *atom)),), {})))
        while heap:
            _, _, state = heappop(heap)
            self._spend(STATE)
            if state.pieces and self._is_no_better(state):
                continue
            if not state.goals:
                yield _missing(state)
                continue
            for each in self._next(state, atom):
                pushed += 1
                heappush(heap, (_cost(each), pushed, each))

    def _is_no_better(self, state: _State) -> bool:
        """Whether the pieces granted so far contain a set that is enough."""
        if not self.enough:
            return False
        size = len(state.pieces) + len(state.conditions)
        self._spend(len(self.enough) * size * size)
        granted = _missing(state)
        return any(subsumes(each, granted) for each in self.enough)

    def _spend(self, amount: int) -> None:
        self.fuel -= amount
        if self.fuel < 0:
            raise OutOfFuel("The budget for this question is spent.", remedy="ask for more fuel or a narrower question")

    # --- one step ---------------------------------------------------------------------------------------------

    def _next(self, state: _State, root: Atom) -> Iterator[_State]:
        """The states after the goal that is easiest to decide."""
        # deep recursion makes states dear: what they hold is looked through each time
        self._spend(len(state.goals) + sum([len(goal.above) for goal in state.goals]) + len(state.bindings))
        literals = [resolve_literal(goal.literal, state.bindings) for goal in state.goals]
        at = min(range(len(literals)), key=lambda each: (*self._urgency(literals[each], state.goals[each]), each))
        goal, literal = state.goals[at], literals[at]
        rest = state._replace(goals=state.goals[:at] + state.goals[at + 1 :])
        if literal[0] == "+":
            yield from self._positive(rest, goal, literal, root)
        elif _unknown(literal, goal.local):
            yield rest._replace(conditions=(*rest.conditions, literal))
        elif literal[0] == "-":
            if self._holds((literal[1], literal[2])):
                yield from self._granted(rest, goal, literal)
            else:
                yield rest
        else:
            yield from self._computed(rest, goal, literal)

    def _urgency(self, literal: Literal, goal: _Goal) -> tuple[int, int]:
        """What to decide first: what is ground, then atoms with few unknowns, facts before conclusions."""
        unknown = _unknown(literal, goal.local)
        if not unknown:
            return (0 if literal[0] in "c-" else 1, 0)
        if literal[0] == "+":
            return (3 if literal[1] in self._program.rules else 2, unknown)
        return (4, unknown)

    def _positive(self, state: _State, goal: _Goal, literal: Literal, root: Atom) -> Iterator[_State]:
        atom: Atom = (literal[1], literal[2])
        ground = all(map(is_ground, atom[1]))
        for args in self._matching(atom):
            found = unify(atom[1], args, state.bindings)
            if found is not None:
                yield state._replace(bindings=found, met=(*state.met, (atom[0], args)))
                if ground:
                    return
        if self._can_be_stated(atom) and (atom != root or atom[0] not in self._program.rules):
            yield from self._stated(state, goal, literal)
        above = [((name, tuple([resolve(arg, state.bindings) for arg in args])), n) for (name, args), n in goal.above]
        if any((ground or n == len(state.pieces)) and _variants(atom, each) for each, n in above):
            return
        inside = (*goal.above, (atom, len(state.pieces)))
        for rule in self._program.rules.get(atom[0], ()):
            yield from self._applied(state, atom, rule.clause, inside)

    def _stated(self, state: _State, goal: _Goal, literal: Literal) -> Iterator[_State]:
        """The states in which an atom is one of the facts supposed before, or another one."""
        key = self._keys.get(literal[1], ())
        for piece in state.pieces:
            if piece.literal[:2] == literal[:2]:
                found = unify(piece.literal[2], literal[2], state.bindings)
                if found is not None:
                    yield state._replace(bindings=found)
                supposed = resolve_literal(piece.literal, state.bindings)[2]
                if supposed == literal[2] or (key and all(supposed[at] == literal[2][at] for at in key)):
                    return
        yield from self._granted(state, goal, literal)

    def _applied(
        self, state: _State, atom: Atom, clause: Clause, inside: tuple[tuple[Atom, int], ...]
    ) -> Iterator[_State]:
        self._named += 1
        suffix = f"#{self._named}"
        head = tuple([renamed_term(arg, suffix) for arg in clause.head[1]])
        found = unify(head, atom[1], state.bindings)
        if found is not None:
            body = tuple([_goal(clause, at, suffix, inside) for at in range(len(clause.body))])
            yield state._replace(goals=(*body, *state.goals), bindings=found, rules=(*state.rules, clause))

    def _computed(self, state: _State, goal: _Goal, literal: Literal) -> Iterator[_State]:
        """The states after a computation or an aggregate whose inputs are known."""
        if _mentions_unknown(literal):
            if literal in self._conditions:
                yield state
            return
        try:
            value, wanted = self._value(literal)
        except Rejection:
            yield from self._granted(state, goal, literal)
            return
        if value is None:
            yield from self._granted(state, goal, literal)
            return
        found = unify([wanted], [value], state.bindings)
        if found is not None:
            yield state._replace(bindings=found)
        elif literal[0] == "c" and literal[1] in TESTS:
            yield from self._granted(state, goal, literal)
        else:
            yield from self._granted(state, goal, ("c", "eq", (value, wanted)))

    def _value(self, literal: Literal) -> tuple[Term | None, Term]:
        """The value of a computation, and what it has to be."""
        if literal[0] == "c":
            op, args = literal[1], literal[2]
            return (evaluate(op, args), TRUE) if op in TESTS else (evaluate(op, args[:-1]), args[-1])
        calls = [(each[1], each[2]) for each in literal[4] if each[0] == "+"]
        return aggregate_value(literal, {}, [list(self._matching(call)) for call in calls]), literal[2]

    def _granted(self, state: _State, goal: _Goal, literal: Literal) -> Iterator[_State]:
        """The state in which *literal* is one of the pieces."""
        if literal in [resolve_literal(piece.literal, state.bindings) for piece in state.pieces]:
            yield state
        elif self._allowed is None or literal in self._allowed:
            yield state._replace(pieces=(*state.pieces, Piece(literal, goal.rule, goal.asked)))

    # --- what is so -------------------------------------------------------------------------------------------

    def _matching(self, atom: Atom) -> Iterator[tuple[Term, ...]]:
        """The arguments of atoms that hold, for all that *atom* may be of them."""
        names = [arg if is_ground(arg) else ("v", f"X{at}") for at, arg in enumerate(atom[1])]
        for answer in self._evaluation.ask((atom[0], tuple(names)))[0].delivered:
            self._spend(1)
            yield answer[0]

    def _holds(self, atom: Atom) -> bool:
        return bool(self._evaluation.ask(atom)[0].delivered)

    def _can_be_stated(self, atom: Atom) -> bool:
        """Whether *atom* could be a fact: its predicate has facts or rows, or nothing concludes it."""
        name, args = atom
        if name[0] == "?":
            return False
        source = self._evaluation.source
        if source is not None and source.has_relation(name):
            key = self._keys.get(name, ())
            if key and all(is_ground(args[at]) for at in key):
                row = (name, tuple([arg if at in key else ("v", f"X{at}") for at, arg in enumerate(args)]))
                return not self._holds(row)
            return True
        return name not in self._program.rules or name in self._program.facts.rows


def _goal(clause: Clause, at: int, suffix: str, above: tuple[tuple[Atom, int], ...]) -> _Goal:
    literal = clause.body[at]
    names = local_variables(clause, at) if literal[0] == "a" else ()
    return _Goal(renamed(literal, suffix), clause, literal, above, frozenset([name + suffix for name in names]))


def _unknown(literal: Literal, local: frozenset[str]) -> int:
    """How many of the terms that decide a literal are not known."""
    if literal[0] == "a":
        return len([name for name in dict.fromkeys(variables_inside(literal)) if name not in local])
    takes = literal[2][:-1] if literal[0] == "c" and literal[1] not in TESTS else literal[2]
    return sum([not is_ground(arg) for arg in takes])


def _mentions_unknown(value: object) -> bool:
    """Whether one of the names that stand for unknown individuals, which begin with ``!``, occurs."""
    if isinstance(value, tuple):
        if len(value) == 2 and value[0] == "s":
            return str(value[1]).startswith("!")
        return any(map(_mentions_unknown, value))
    return False


def _cost(state: _State) -> tuple[int, int, int]:
    """Fewest pieces first, then fewest rules, then those that lack no facts."""
    lacking = sum([piece.literal[0] == "+" for piece in state.pieces])
    return (len(state.pieces) + len(state.conditions), len(state.rules), lacking)


def _variants(one: Atom, other: Atom) -> bool:
    """Whether two atoms differ at most in the names of their variables."""
    return one[0] == other[0] and _numbered(one) == _numbered(other)


def _numbered(atom: Atom) -> tuple[Term, ...]:
    names = {name: ("v", str(at)) for at, name in enumerate(dict.fromkeys(literal_variables(("+", *atom))))}
    return tuple([resolve(arg, names) for arg in atom[1]])


def _missing(state: _State) -> Missing:
    """The set of pieces of a finished state, its unknowns named X, Y, Z…"""
    pieces = [piece._replace(literal=resolve_literal(piece.literal, state.bindings)) for piece in state.pieces]
    conditions = [resolve_literal(each, state.bindings) for each in state.conditions]
    occurring = [name for piece in pieces for name in literal_variables(piece.literal)]
    for each in conditions:
        occurring += literal_variables(each)
    letters = iter(_letters())
    names: dict[str, Term] = {name: ("v", next(letters)) for name in dict.fromkeys(occurring)}
    unique = dict.fromkeys([piece._replace(literal=resolve_literal(piece.literal, names)) for piece in pieces])
    return Missing(
        tuple(unique),
        tuple(dict.fromkeys([resolve_literal(each, names) for each in conditions])),
        state.rules,
        tuple(dict.fromkeys(state.met)),
    )


def _letters() -> Iterator[str]:
    yield from "XYZUVW"
    at = 1
    while True:
        yield f"X{at}"
        at += 1
