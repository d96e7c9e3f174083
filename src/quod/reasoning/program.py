"""Programs: rules compiled once, for each way of calling them, and kept between questions."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from operator import itemgetter
from typing import Any, TypeAlias

from quod.kernel.values import Atom, Clause, Term, is_ground
from quod.kernel.wellformed import has_null
from quod.reasoning.generate import compile_shape
from quod.reasoning.shapes import Shaped, shape_of
from quod.reasoning.strata import strata

Args: TypeAlias = tuple[Term, ...]
Entry: TypeAlias = Callable[[Any, Any, Any], None]


def _whole(args: Any) -> Any:
    return ()


class Rule:
    """A clause to be evaluated, with its shape; ``kinds`` are those of the literals that need a premise."""

    __slots__ = ("_sorted", "clause", "has_null", "kinds", "shaped")

    def __init__(self, clause: Clause, shaped: Shaped) -> None:
        self.clause = clause
        self.shaped = shaped
        self.has_null = any(map(has_null, clause.head[1]))
        self.kinds = "".join([literal[0] for literal in clause.body if literal[0] != "c"])
        self._sorted: tuple[tuple[str, int], ...] | None = None

    def bindings(self, values: Args) -> list[list[Any]]:
        """The values of the outer variables as a proof names them: by name, ascending by UTF-8 bytes."""
        if self._sorted is None:
            pairs = [(name, at) for at, name in enumerate(self.shaped.names)]
            self._sorted = tuple(sorted(pairs, key=lambda pair: pair[0].encode()))
        return [[name, values[at]] for name, at in self._sorted]


class Adorned:
    """A predicate called with some arguments bound: the unit of compilation, with a table for each call.

    ``key_of`` takes the bound arguments out of a row: one bare, several as a tuple. ``generals`` lists the ways to
    call the predicate with fewer arguments bound, each with what takes its key out of a key of this one.
    """

    def __init__(self, program: Program, predicate: str, adornment: str) -> None:
        self.program = program
        self.predicate = predicate
        self.adornment = adornment
        self.positions = tuple([at for at, letter in enumerate(adornment) if letter == "b"])
        self.ground = len(self.positions) == len(adornment)
        self.key_of: Callable[[Args], Any] = itemgetter(*self.positions) if self.positions else _whole
        self.derived = predicate in program.rules
        self.stratum = program.strata.get(predicate, 0)
        self.has_nulls = any(rule.has_null for rule in program.rules.get(predicate, ()))
        self.orders: dict[int, tuple[int, ...]] = {}
        self.generals: list[tuple[Adorned, Callable[[Any], Any]]] = []
        self._entries: tuple[Entry, ...] | None = None

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The compiled rules, compiled when first called."""
        if self._entries is None:
            rules = self.program.rules[self.predicate]
            self._entries = tuple([self._compile(at, rule) for at, rule in enumerate(rules)])
        return self._entries

    def _compile(self, at: int, rule: Rule) -> Entry:
        compiled = compile_shape(rule.shaped.shape, self.adornment, self.program.cautious)
        self.orders[at] = compiled.order
        body = rule.clause.body
        callees = []
        for literal, inner, adornment in compiled.calls:
            called = body[literal]
            if inner >= 0:
                called = [each for each in called[4] if each[0] == "+"][inner]
            callees.append(self.program.adorned(called[1], adornment))
        aggregates = [
            (literal, tuple([rule.shaped.names[number] for number in part.needs]))
            for literal, part in zip(body, rule.shaped.shape.body, strict=True)
        ]
        entry: Entry = compiled.make(callees, rule.shaped.slots, rule, aggregates)
        return entry

    def is_specialised(self, other: Adorned) -> None:
        """Note that *other* binds fewer arguments than this one."""
        places = [self.positions.index(position) for position in other.positions]
        self.generals.append((other, itemgetter(*places) if places else _whole))

    def args_of(self, key: Any) -> tuple[Term | None, ...]:
        """The arguments of the call with *key*; None where free."""
        values = (key,) if len(self.positions) == 1 else key
        args: list[Term | None] = [None] * len(self.adornment)
        for position, value in zip(self.positions, values, strict=True):
            args[position] = value
        return tuple(args)


class Facts:
    """Ground atoms with where they come from, indexed as they are called."""

    def __init__(self) -> None:
        self.rows: dict[str, dict[Args, Any]] = {}
        self._indexes: dict[Adorned, dict[Any, list[tuple[Args, Any]]]] = {}

    def add(self, atom: Atom, source: Any) -> None:
        """Add *atom*; the first source of an atom counts."""
        rows = self.rows.get(atom[0])
        if rows is None:
            self.rows[atom[0]] = {atom[1]: source}
        else:
            rows.setdefault(atom[1], source)

    def add_clauses(self, clauses: Iterable[Clause], now: str) -> None:
        """Add ground clauses without body, so far as they are in force."""
        found = self.rows
        for clause in clauses:
            if (clause.since or clause.until) and not in_force(clause, now):
                continue
            name, args = clause.head
            rows = found.get(name)
            if rows is None:
                found[name] = {args: clause}
            elif args not in rows:
                rows[args] = clause

    def matching(self, adorned: Adorned, key: Any) -> Iterable[tuple[Args, Any]]:
        """The facts for a call that is not ground."""
        rows = self.rows.get(adorned.predicate)
        if rows is None:
            return ()
        if not adorned.positions:
            return rows.items()
        index = self._indexes.get(adorned)
        if index is None:
            index = self._indexes[adorned] = {}
            for args, source in rows.items():
                index.setdefault(adorned.key_of(args), []).append((args, source))
        return index.get(key, ())


class Program:
    """The clauses of a theory that are in force, ready to answer questions.

    ``rules`` are compiled as they are called; ``facts`` are indexed as they are called; both stay. Cautious programs
    keep computations behind the literals written before them.
    """

    def __init__(self, clauses: Iterable[Clause], *, now: str = "", cautious: bool = False) -> None:
        self.clauses = tuple(clauses)
        self.now = now
        self.cautious = cautious
        self.facts = Facts()
        self.rules: dict[str, list[Rule]] = {}
        self.strata: dict[str, int] = {}
        self._adorned: dict[tuple[str, str], Adorned] = {}
        self._ways: dict[str, list[Adorned]] = {}
        self._build([clause for clause in self.clauses if in_force(clause, now)])

    def _build(self, clauses: list[Clause]) -> None:
        heads: dict[str, list[Clause]] = {}
        strict = False
        for clause in clauses:
            if not clause.body and all(is_ground(arg) and not has_null(arg) for arg in clause.head[1]):
                self.facts.add(clause.head, clause)
            else:
                heads.setdefault(clause.head[0], []).append(clause)
                strict = strict or any(literal[0] in "-a" for literal in clause.body)
        derived = self._derived(heads)
        for name, rules in heads.items():
            self.rules[name] = [Rule(clause, shape_of(clause, derived)) for clause in dict.fromkeys(rules)]
        if strict or self.strata:
            self.strata = strata(heads, self.strata)

    def _derived(self, heads: dict[str, list[Clause]]) -> dict[str, Any]:
        return heads

    def adorned(self, predicate: str, adornment: str) -> Adorned:
        """The way to call *predicate* with the arguments bound that *adornment* says."""
        found = self._adorned.get((predicate, adornment))
        if found is None:
            found = self._adorned[predicate, adornment] = Adorned(self, predicate, adornment)
            bound = set(found.positions)
            for other in self._ways.setdefault(predicate, []):
                if bound > set(other.positions):
                    found.is_specialised(other)
                elif bound < set(other.positions):
                    other.is_specialised(found)
            self._ways[predicate].append(found)
        return found

    def asking(self, question: Iterable[Clause]) -> Program:
        """This program with the clauses of a question on top; what is compiled here is shared."""
        return _Asking(self, question)

    def carefully(self) -> Program:
        """The same clauses with computations kept behind the literals written before them."""
        return Program(self.clauses, now=self.now, cautious=True)


class _Asking(Program):
    """The clauses of a question on top of a program: they define question predicates only."""

    def __init__(self, base: Program, question: Iterable[Clause]) -> None:
        self._base = base
        self.question = tuple(question)
        super().__init__(self.question, now=base.now, cautious=base.cautious)
        self.clauses = base.clauses
        self.facts = base.facts

    def _build(self, clauses: list[Clause]) -> None:
        self.strata = dict(self._base.strata)
        super()._build(clauses)

    def _derived(self, heads: dict[str, list[Clause]]) -> dict[str, Any]:
        return {**self._base.rules, **heads}

    def adorned(self, predicate: str, adornment: str) -> Adorned:
        if predicate[0] == "?":
            return super().adorned(predicate, adornment)
        return self._base.adorned(predicate, adornment)

    def carefully(self) -> Program:
        return _Asking(self._base.carefully(), self.question)


def in_force(clause: Clause, now: str) -> bool:
    """Whether a clause is in force on the date *now*; intervals are half-open."""
    return (not clause.since or clause.since <= now) and (not clause.until or now < clause.until)
