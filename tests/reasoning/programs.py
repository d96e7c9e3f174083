"""Random stratified programs: classical negation, absence, recursion, arithmetic, aggregates, compounds, constants."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from quod.kernel.values import (
    Clause,
    absent,
    aggregate,
    complement,
    compound,
    compute,
    holds,
    number,
    symbol,
    variable,
)

SYMBOLS = tuple(map(symbol, "abc"))
NUMBERS = tuple(map(number, (0, 1, 2)))
NAMES = ("X", "Y", "Z", "W")


@dataclass
class RandomProgram:
    clauses: tuple[Clause, ...]
    closed: tuple[str, ...]
    relations: dict[str, tuple[tuple, ...]]
    atoms: tuple  # a sample of the ground atoms that could be asked about


class Generator:
    """Draws a program. Predicates have a level; absence and aggregates look to lower levels only."""

    def __init__(self, random: Random, relations: bool = True) -> None:
        self.random = random
        self.sorts: dict[str, str] = {}
        self.level: dict[str, int] = {}
        self.tables: dict[str, tuple[tuple, ...]] = {}
        for at in range(random.randint(3, 8)):
            sorts = "".join(random.choice("sssn") for _ in range(random.choice((0, 1, 1, 1, 2, 2, 3))))
            self._declare(f"p{at}/{len(sorts)}", sorts, random.randint(0, 3))
        if relations and random.random() < 0.4:
            sorts = random.choice(("s", "ss", "sn", "ssn"))
            name = f"r/{len(sorts)}"
            self._declare(name, sorts, 0)
            self.tables[name] = tuple(dict.fromkeys(self._row(sorts) for _ in range(random.randint(0, 6))))
            del self.sorts[complement(name)]

    def _declare(self, name: str, sorts: str, level: int) -> None:
        for each in (name, complement(name)):
            self.sorts[each] = sorts
            self.level[each] = min(3, max(0, level + self.random.choice((0, 0, 0, 1, -1))))

    def _row(self, sorts: str) -> tuple:
        return tuple(self.random.choice(SYMBOLS if sort == "s" else NUMBERS) for sort in sorts)

    def program(self) -> RandomProgram:
        random = self.random
        plain = [name for name in self.sorts if name not in self.tables]
        clauses = []
        for at in range(random.randint(2, 10)):
            name = random.choice(plain if random.random() < 0.9 else list(self.sorts))
            clauses.append(Clause((name, self._row(self.sorts[name])), (), f"fact {at}"))
        for at in range(random.randint(1, 10)):
            clauses.append(self._rule(random.choice(plain if random.random() < 0.9 else list(self.sorts)), at))
        random.shuffle(clauses)
        closed = tuple(name for name in self.sorts if random.random() < 0.3)
        asked = []
        for name, sorts in self.sorts.items():
            asked += [(name, self._row(sorts)) for _ in range(3)]
        return RandomProgram(tuple(clauses), closed, self.tables, tuple(dict.fromkeys(asked)))

    def _rule(self, head: str, at: int) -> Clause:
        random = self.random
        level = self.level[head]
        bound: dict[str, str] = {}
        body = []
        for _ in range(random.randint(1, 3)):
            body.append(
                self._positive(random.choice([n for n in self.sorts if self.level[n] <= level] or [head]), bound)
            )
        lower = [name for name in self.sorts if self.level[name] < level]
        if lower and random.random() < 0.4:
            name = random.choice(lower)
            args = tuple(self._bound_term(sort, bound) for sort in self.sorts[name])
            body.append(absent((name, args)))
        numeric = [name for name, sort in bound.items() if sort == "n"]
        if numeric and random.random() < 0.4:
            op = random.choice(("lt", "le", "gt", "ge", "eq", "ne"))
            body.append(
                compute(
                    op, variable(random.choice(numeric)), random.choice((*NUMBERS, variable(random.choice(numeric))))
                )
            )
        elif bound and random.random() < 0.15:
            one, other = random.choice(list(bound)), random.choice(list(bound))
            body.append(compute("ne", variable(one), variable(other)))
        if numeric and level and random.random() < 0.1 and self._grows_not(head, body):
            body.append(compute(random.choice(("add", "mul", "sub")), variable(numeric[0]), NUMBERS[1], variable("N")))
            body.append(compute("le", variable("N"), NUMBERS[2]))
            body.append(compute("ge", variable("N"), NUMBERS[0]))
            bound["N"] = "n"
        if lower and random.random() < 0.25:
            body.append(self._aggregate(lower, bound))
            bound["A"] = "n"
        random.shuffle(body)
        args = tuple(self._bound_term(sort, bound) for sort in self.sorts[head])
        return Clause((head, args), tuple(body), f"rule {at}")

    def _grows_not(self, head: str, body: list) -> bool:
        return all(self.level[each[1]] < self.level[head] for each in body if each[0] == "+")

    def _positive(self, name: str, bound: dict[str, str]):
        args = []
        for sort in self.sorts[name]:
            same = [each for each, its in bound.items() if its == sort]
            chance = self.random.random()
            if chance < 0.15:
                args.append(self.random.choice(SYMBOLS if sort == "s" else NUMBERS))
            elif same and chance < 0.6:
                args.append(variable(self.random.choice(same)))
            else:
                fresh = f"{self.random.choice(NAMES)}{sort}"
                bound[fresh] = sort
                args.append(variable(fresh))
        return holds((name, tuple(args)))

    def _bound_term(self, sort: str, bound: dict[str, str]):
        same = [each for each, its in bound.items() if its == sort]
        if same and self.random.random() < 0.9:
            return variable(self.random.choice(same))
        return self.random.choice(SYMBOLS if sort == "s" else NUMBERS)

    def _aggregate(self, lower: list[str], bound: dict[str, str]):
        inside: dict[str, str] = {}
        inner = []
        for _ in range(self.random.choice((1, 1, 2))):
            name = self.random.choice(lower)
            args = []
            for sort in self.sorts[name]:
                outer = [each for each, its in bound.items() if its == sort]
                if outer and self.random.random() < 0.4:
                    args.append(variable(self.random.choice(outer)))
                else:
                    local = f"L{self.random.choice('12')}{sort}"
                    inside[local] = sort
                    args.append(variable(local))
            inner.append(holds((name, tuple(args))))
        numeric = [name for name, sort in inside.items() if sort == "n"]
        if numeric and self.random.random() < 0.3:
            inner.append(compute("lt", variable(numeric[0]), NUMBERS[2]))
        op = self.random.choice(("count", "sum", "min", "max")) if numeric else "count"
        value = number(1) if op == "count" else variable(self.random.choice(numeric))
        return aggregate(op, variable("A"), value, tuple(inner))


def random_program(random: Random, relations: bool = True) -> RandomProgram:
    return Generator(random, relations).program()


def wrapped(program: RandomProgram) -> RandomProgram:
    """The same program with every symbol inside a compound, so that matching has to look inside."""

    def term(value):
        if value[0] == "s":
            return compound("box", value)
        return compound("box", value) if value[0] == "v" and value[1].endswith("s") else value

    def literal(each):
        if each[0] == "a":
            return (*each[:4], tuple(literal(inner) for inner in each[4]))
        return (each[0], each[1], tuple(term(arg) for arg in each[2]))

    clauses = tuple(
        each._replace(
            head=(each.head[0], tuple(term(arg) for arg in each.head[1])),
            body=tuple(literal(part) for part in each.body),
        )
        for each in program.clauses
    )
    atoms = tuple((name, tuple(term(arg) for arg in args)) for name, args in program.atoms)
    relations = {
        name: tuple(tuple(term(cell) for cell in row) for row in rows) for name, rows in program.relations.items()
    }
    return RandomProgram(clauses, program.closed, relations, atoms)
