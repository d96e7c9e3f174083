"""Small random worlds with proofs about them: what `quod.cli.bench.mutants` starts from."""

from __future__ import annotations

from collections.abc import Iterator, Set
from dataclasses import dataclass, replace
from random import Random
from typing import Any

from quod.cli.bench.truth import Truth
from quod.kernel import canonical, check
from quod.kernel.rejection import Rejection
from quod.kernel.values import (
    Atom,
    Clause,
    Literal,
    Pending,
    Term,
    absent,
    aggregate,
    compound,
    compute,
    holds,
    number,
    symbol,
    variable,
)
from quod.knowledge.commitments import CommittedRelation, TheoryCommitment
from quod.reasoning import Program, Prover

NOW = "2026-03-01"
DATES = ("", "", "", "", "2026-03-01", "2026-02-28", "2026-03-02", "2027-01-01")
NAMES = tuple(map(symbol, "abcde"))
#: Now and then a world has somebody nobody knows by name, or a name that is reserved.
STRANGERS: tuple[Term, ...] = (compound("sk:1", symbol("a")), compound("sk:2", symbol("b")), symbol("!X"))
SMALL = tuple(map(number, range(5)))
X, Y, Z, N, M = map(variable, "XYZNM")

#: Predicates by level, with the sorts of their columns: absence and totals look at lower levels only.
LEVELS: tuple[dict[str, str], ...] = (
    {"e0/1": "s", "e1/1": "s", "e2/2": "ss", "v/2": "sn", "~e0/1": "s", "r/2": "ss", "w/2": "sn"},
    {"d0/1": "s", "d1/1": "s", "d2/2": "ss", "~d0/1": "s"},
    {"c0/1": "s", "c1/1": "s", "t0/1": "n", "t1/2": "sn", "~c0/1": "s"},
    {"g0/1": "s", "g1/2": "sn", "~g0/1": "s"},
)
SORTS = {name: sorts for level in LEVELS for name, sorts in level.items()}
TABLES = ("r/2", "w/2")


@dataclass(frozen=True)
class World:
    """A theory with everything it commits to, on a date."""

    clauses: tuple[Clause, ...]
    rows: tuple[tuple[str, tuple[tuple[Term, ...], ...]], ...]
    closed: tuple[str, ...]
    pending: tuple[Pending, ...] = ()
    now: str = NOW

    def commitment(self) -> TheoryCommitment:
        """The committed form."""
        relations = {name: CommittedRelation(["a", "b"], rows, (), (), ((1, 0),)) for name, rows in self.rows}
        return TheoryCommitment(self.clauses, relations, self.closed, self.pending)

    def truth(self) -> Truth:
        """What is true here."""
        forced = [each for each in self.clauses if each.since <= self.now and (not each.until or self.now < each.until)]
        facts = [(name, row) for name, rows in self.rows for row in rows]
        rules = [(each.head, each.body) for each in forced]
        return Truth(rules, facts, frozenset(self.closed), [each.bears for each in self.pending])


def drifted(world: World, random: Random, near: Set[str]) -> World:
    """The world after one change, if possible near the predicates named.

    A clause or row more or less, another declaration, sentence or date.
    """
    draw = random.random()
    if draw < 0.4:
        names = sorted(near & SORTS.keys() - set(TABLES)) or ["d0/1"]
        drawn = [_clause(random, random.randrange(len(LEVELS))) for _ in range(30)]
        closer = [each for each in drawn if each.head[0] in names]
        facts = [_fact(random, name) for name in names]
        return replace(world, clauses=(*world.clauses, random.choice([*closer, *facts])))
    if draw < 0.7:
        gone = random.choice([each for each in world.clauses if each.head[0] in near] or world.clauses)
        return replace(world, clauses=tuple(each for each in world.clauses if each != gone))
    if draw < 0.8:
        name, rows = random.choice(world.rows)
        more = tuple(dict.fromkeys((*rows, _row(random, name))))
        changed = rows[1:] if random.random() < 0.5 else more
        return replace(world, rows=tuple((each, changed if each == name else old) for each, old in world.rows))
    if draw < 0.87:
        name = random.choice(sorted(SORTS))
        return replace(world, closed=tuple(sorted({name} ^ set(world.closed))))
    if draw < 0.95:
        bears = (random.choice((*(sorted(near & SORTS.keys()) or sorted(SORTS)), "*")),)
        return replace(world, pending=(*world.pending, Pending("Xyzzy.", "unread", bears)))
    return replace(world, now=random.choice(("2026-02-28", "2026-03-02", "2025-01-01")))


def worlds(random: Random) -> Iterator[World]:
    """Worlds without end."""
    while True:
        clauses = [
            _fact(random, random.choice([name for name in LEVELS[0] if name not in TABLES]))
            for _ in range(random.randint(5, 14))
        ]
        for level in range(1, len(LEVELS)):
            clauses += [_clause(random, level) for _ in range(random.randint(1, 4))]
        rows = tuple(
            (name, tuple(dict.fromkeys(_row(random, name) for _ in range(random.randint(1, 7))))) for name in TABLES
        )
        closed = tuple(sorted(name for name in SORTS if random.random() < 0.4))
        pending = (Pending("Hm.", "unread", (random.choice(sorted(SORTS)),)),) if random.random() < 0.15 else ()
        if random.random() < 0.15:
            name = random.choice([each for each in LEVELS[0] if each not in TABLES])
            row = (random.choice(STRANGERS), *_row(random, name)[1:])
            clauses.append(_said((name, row), ()))
        yield World(tuple(dict.fromkeys(clauses)), rows, closed, pending)


def _row(random: Random, name: str) -> tuple[Term, ...]:
    return tuple(random.choice(NAMES if sort == "s" else SMALL) for sort in SORTS[name])


def _fact(random: Random, name: str) -> Clause:
    return _said((name, _row(random, name)), ())


def _said(head: Atom, body: tuple[Literal, ...], since: str = "", until: str = "") -> Clause:
    text = f"{head} if {body} {since} {until}"
    return Clause(head, body, text, text, "bench", since, until)


def _clause(random: Random, level: int) -> Clause:
    """A rule of *level* (at 0 a fact): positive literals that bind, then what looks at lower levels."""
    head = random.choice([name for name in LEVELS[level] if name not in TABLES])
    if level == 0 or random.random() < 0.1:
        return _fact(random, head)
    lower = [name for each in LEVELS[:level] for name in each]
    body: list[Literal] = []
    for at in range(random.randint(1, 3)):
        name = random.choice(lower + list(LEVELS[level]) if at else lower)
        body.append(holds((name, _arguments(random, name))))
    if head[0] == "t":
        name = random.choice([each for each in lower if SORTS[each] == "sn"])
        op = random.choice(("count", "sum", "min", "max"))
        local = (X, Y)[len(SORTS[head]) > 1]
        inner = (holds((name, (local, M))), *((compute("gt", M, number(0)),) if random.random() < 0.3 else ()))
        body = body if len(SORTS[head]) > 1 else []
        body.append(aggregate(op, N, number(1) if op == "count" else M, inner))
    bound = {arg for literal in body if literal[0] == "+" for arg in literal[2] if arg[0] == "v"}
    if level > 1 and random.random() < 0.6:
        name = random.choice(lower)
        body.append(absent((name, _arguments(random, name, bound))))
    if N in bound and random.random() < 0.5:
        body.append(compute(random.choice(("lt", "le", "gt", "ge", "ne")), N, random.choice(SMALL)))
    if {X, Y} <= bound and random.random() < 0.4:
        body.append(compute("ne", X, Y))
    if "n" in SORTS[head] and head[0] != "t":
        body += [holds(("v/2", (X, N))), compute("add", N, number(1), M)]
    for at, sort in enumerate(SORTS[head]):
        wanted = (X, Y)[at] if sort == "s" else None
        if wanted is not None and wanted not in {arg for literal in body if literal[0] == "+" for arg in literal[2]}:
            body.insert(0, holds((random.choice(("e0/1", "e1/1")), (wanted,))))
    number_of = M if head[0] != "t" else N
    args = tuple((X, Y)[at] if sort == "s" else number_of for at, sort in enumerate(SORTS[head]))
    return _said((head, args), tuple(body), random.choice(DATES), random.choice(DATES) if random.random() < 0.3 else "")


def _arguments(random: Random, name: str, bound: set[Term] | None = None) -> tuple[Term, ...]:
    """Variables of the right sort, or constants; with *bound*, only such variables."""
    args = []
    for sort in SORTS[name]:
        pool = [each for each in ((X, Y, Z) if sort == "s" else (N,)) if bound is None or each in bound]
        constants = NAMES if sort == "s" else SMALL
        args.append(random.choice(pool) if pool and random.random() < 0.9 else random.choice(constants))
    return tuple(args)


# --- proofs -------------------------------------------------------------------------------------------------------


def proofs(
    world: World, random: Random, number_of: int
) -> Iterator[tuple[dict[str, Any], dict[str, Any], dict[str, Any]]]:
    """Proofs of what is so in *world*: proof, context and goal, all accepted by the kernel."""
    commitment = world.commitment()
    prover = Prover(commitment, Program(world.clauses, now=world.now))
    context = commitment.context(world.now, 100_000)
    known = [(name, row) for name, rows in sorted(world.truth().model().items()) for row in sorted(rows)]
    for _ in range(number_of):
        name = random.choice(sorted(SORTS))
        draw = random.random()
        if draw < 0.35 and known:
            asked = random.choice(known)
            shown = prover.verdict(asked).shown if random.random() < 0.8 else prover.holds(asked)
        elif draw < 0.6:
            shown = prover.verdict((name, _row(random, name))).shown
        elif draw < 0.85:
            condition = (holds((name, _arguments(random, name))), holds((random.choice(("e0/1", "e1/1")), (X,))))
            shown = prover.which([_said(("?/1", (X,)), condition)]).shown
        else:
            shown = prover.each([("e0/1", (X,)), ("e1/1", (X,))], (random.choice(("d0/1", "d1/1")), (X,))).shown
        if shown is None:
            continue
        parts = (shown.proof, context, shown.goal)
        if not isinstance(check(*map(canonical, parts)), Rejection):
            yield parts
