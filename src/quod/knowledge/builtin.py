"""The built-in computations of ``spec/computation.md`` and how clauses write them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

#: Tests have a truth value; every argument must be bound.
TESTS: Mapping[str, int] = MappingProxyType(
    {"contains": 2, "eq": 2, "ge": 2, "gt": 2, "le": 2, "lt": 2, "ne": 2, "starts_with": 2}
)

#: Functions have their result as last argument, which is counted here.
FUNCTIONS: Mapping[str, int] = MappingProxyType(
    {
        "abs": 2,
        "add": 3,
        "ceiling": 2,
        "concat": 3,
        "day": 2,
        "div": 3,
        "floor": 2,
        "greatest": 3,
        "least": 3,
        "length": 2,
        "lowercase": 2,
        "month": 2,
        "months_between": 3,
        "mul": 3,
        "round": 4,
        "sub": 3,
        "text_of": 2,
        "weekday": 2,
        "year": 2,
        "years_between": 3,
    }
)

#: Signs of the tests that are written between their arguments.
COMPARISONS: Mapping[str, str] = MappingProxyType({"=": "eq", "!=": "ne", "<": "lt", "<=": "le", ">": "gt", ">=": "ge"})

#: Signs of the functions that are written between their arguments.
ARITHMETIC: Mapping[str, str] = MappingProxyType({"+": "add", "-": "sub", "*": "mul", "/": "div"})

#: Tests that need an order, or that different names denote different things; no null may reach them.
ORDERING = ("ge", "gt", "le", "lt", "ne")

#: What the name of a compound term starts with when it is a null, an individual known only to exist.
NULL = "sk:"
