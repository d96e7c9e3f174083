"""In what order the literals of a body are joined: bound first, greedily, and deterministically.

Closures name the order, so it is a function of the clause and of which head arguments are bound, nothing else.
"""

from __future__ import annotations

from quod.kernel.errors import QuodError
from quod.kernel.wellformed import TESTS
from quod.reasoning.shapes import Args, Part, Shape, is_bound, numbers_in


class Unsafe(QuodError):
    """A clause has a variable that no positive literal binds."""

    code = "unsafe_clause"


def join_order(shape: Shape, adornment: str, cautious: bool) -> tuple[int, ...]:
    """The numbers of the body literals in the order to evaluate them.

    *adornment* has a letter for each head argument, ``b`` bound or ``f`` free. Cautious: as written, except that
    a literal waits until it can be evaluated; for clauses whose computations are guarded by literals before them.

    Fails when: a literal can never be evaluated or a head variable is never bound (`Unsafe`).
    """
    given = [arg for arg, letter in zip(shape.head, adornment, strict=True) if letter == "b"]
    bound = {number for arg in given for number in numbers_in(arg)}
    rest = list(range(len(shape.body)))
    order: list[int] = []
    while rest:
        ready = [at for at in rest if _is_ready(shape.body[at], bound)]
        if not ready:
            raise Unsafe("A variable of a clause is bound by nothing.", remedy="add a condition that binds it")
        best = ready[0] if cautious else min(ready, key=lambda at: (*_cost(shape.body[at], bound), at))
        rest.remove(best)
        order.append(best)
        for arg in shape.body[best].args:
            bound.update(numbers_in(arg))
    if not all(is_bound(arg, bound) for arg in shape.head):
        raise Unsafe("A variable of a conclusion is bound by no condition.", remedy="add a condition that binds it")
    return tuple(order)


def _is_ready(part: Part, bound: set[int]) -> bool:
    if part.kind == "+":
        return True
    if part.kind == "a":
        return bound.issuperset(part.needs)
    inputs = part.args if part.kind == "-" or part.name in TESTS else part.args[:-1]
    return all(is_bound(arg, bound) for arg in inputs)


def _cost(part: Part, bound: set[int]) -> tuple[int, int]:
    """Computations, then what is fully bound, then absences, then what has most bound arguments."""
    if part.kind == "c":
        return (0, 0)
    free = _free(part.args, bound)
    if part.kind == "+":
        if not free:
            return (1, 0)
        some = free < len(part.args)
        return (3 if some else 5, free)
    return (2, 0) if part.kind == "-" else (4, 0)


def _free(args: Args, bound: set[int]) -> int:
    return sum([not is_bound(arg, bound) for arg in args])
