"""Small random books: few facts and rules, exceptions, comparisons, joins and recursion; all small enough."""

from __future__ import annotations

from random import Random

from quod.kernel.values import Atom, Clause, absent, compute, holds, number, symbol, variable

SYMBOLS = tuple(map(symbol, "ab"))
NUMBERS = tuple(map(number, (0, 1, 2)))
X, Y, N = variable("X"), variable("Y"), variable("N")


def small_book(random: Random) -> tuple[tuple[Clause, ...], Atom]:
    """A stratified book and a ground atom to ask about: facts below, then rules in four levels."""
    base = {f"f{at}/{arity}": arity for at, arity in enumerate(random.choices((0, 1, 1, 1, 2), k=random.randint(2, 3)))}
    numeric = {"n/2": 2} if random.random() < 0.4 else {}
    clauses = []
    for name, arity in base.items():
        for _ in range(random.randint(0, 2)):
            clauses.append(Clause((name, tuple(random.choices(SYMBOLS, k=arity)))))
    for each in SYMBOLS if numeric else ():
        if random.random() < 0.7:
            clauses.append(Clause(("n/2", (each, random.choice(NUMBERS)))))
    levels = [{**base, **numeric}]
    for level in range(1, random.randint(2, 4)):
        names = {f"p{level}{at}/{arity}": arity for at, arity in enumerate(random.choices((0, 1, 1), k=2))}
        for name, arity in names.items():
            for _ in range(random.randint(1, 2)):
                clauses.append(_rule(random, name, arity, levels, names))
            if random.random() < 0.15:
                clauses.append(Clause((name, tuple(random.choices(SYMBOLS, k=arity)))))
        levels.append(names)
    name, arity = random.choice(list(levels[-1].items()))
    random.shuffle(clauses)
    return tuple(dict.fromkeys(clauses)), (name, tuple(random.choices(SYMBOLS, k=arity)))


def _rule(random: Random, name: str, arity: int, levels: list[dict[str, int]], same: dict[str, int]) -> Clause:
    lower = {key: value for level in levels for key, value in level.items()}
    around = {**lower, **same} if random.random() < 0.2 else lower
    head = (X,) * arity
    body = []
    bound = []
    for at in range(random.randint(1, 3)):
        used, places = random.choice(list(around.items()))
        if used == "n/2":
            owner = X if arity and random.random() < 0.8 else Y
            body.append(holds((used, (owner, N))))
            bound += [owner, N]
        else:
            terms = [X if arity and not at else random.choice((X, X, Y)) for _ in range(places)]
            args = tuple(random.choice(SYMBOLS) if random.random() < 0.1 else term for term in terms)
            body.append(holds((used, args)))
            bound += [arg for arg in args if arg[0] == "v"]
    if arity and X not in bound:
        choices = [key for key, places in lower.items() if places == 1] or ["g/1"]
        body.append(holds((random.choice(choices), (X,))))
        bound.append(X)
    if N in bound and random.random() < 0.8:
        body.append(compute(random.choice(("ge", "lt", "ne", "eq")), N, random.choice(NUMBERS)))
    plain = {key: places for key, places in lower.items() if key != "n/2" and (places == 0 or X in bound or Y in bound)}
    if plain and random.random() < 0.5:
        used, places = random.choice(list(plain.items()))
        body.append(absent((used, tuple(random.choice([v for v in (X, Y) if v in bound]) for _ in range(places)))))
    return Clause((name, head), tuple(body))
