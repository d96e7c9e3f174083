"""From parsed JSON to values, or `malformed_value` (``spec/format.md`` §2).

Every function takes a piece of a parsed document and returns the immutable value it spells.
"""

from __future__ import annotations

import datetime
import math
import re
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from quod.kernel.canonical import unspell
from quod.kernel.rejection import reject
from quod.kernel.values import Atom, Clause, Literal, Pending, Term

T = TypeVar("T")

INDEX = re.compile(r"0|[1-9][0-9]{0,9}")
INTEGER = re.compile(r"0|-?[1-9][0-9]*")
RATIONAL = re.compile(r"(-?[1-9][0-9]*)/([1-9][0-9]*)")
ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
PREDICATE = re.compile(r"~?[^ \t\n\r\f\v/~?][^ \t\n\r\f\v/]*/(0|[1-9][0-9]?)")
QUESTION = re.compile(r"\?/(0|[1-9][0-9]?)")

AGGREGATES = ("count", "max", "min", "sum")
TESTS = {"contains": 2, "eq": 2, "ge": 2, "gt": 2, "le": 2, "lt": 2, "ne": 2, "starts_with": 2}
FUNCTIONS = {
    **dict.fromkeys(("abs", "ceiling", "day", "floor", "length", "lowercase", "month", "text_of"), 2),
    **dict.fromkeys(("weekday", "year"), 2),
    **dict.fromkeys(("add", "concat", "div", "greatest", "least", "months_between", "mul", "sub"), 3),
    "round": 4,
    "years_between": 3,
}
ARITY = {**TESTS, **FUNCTIONS}
CLAUSE_KEYS = {"body", "head", "paraphrase", "reader", "sentence", "since", "until"}


def text(value: Any) -> str:
    """A string."""
    return value if isinstance(value, str) else reject("malformed_value", expected="text")


def index(value: Any) -> int:
    """A non-negative integer as text, at most ten digits."""
    if isinstance(value, str) and INDEX.fullmatch(value):
        return int(value)
    reject("malformed_value", expected="index")


def array(value: Any, item: Callable[[Any], T]) -> tuple[T, ...]:
    """An array whose items are read by *item*."""
    if not isinstance(value, list):
        reject("malformed_value", expected="array")
    return tuple([item(each) for each in value])


def iso_date(value: Any) -> str:
    """A real calendar date as bare text."""
    if isinstance(value, str) and ISO_DATE.fullmatch(value):
        try:
            return datetime.date.fromisoformat(value).isoformat()
        except ValueError:
            pass
    reject("malformed_value", expected="date", got=value)


def _is_number(value: Any) -> bool:
    if not isinstance(value, str):
        return False
    if INTEGER.fullmatch(value):
        return True
    parts = RATIONAL.fullmatch(value)
    return bool(parts) and parts[2] != "1" and math.gcd(int(parts[1]), int(parts[2])) == 1  # type: ignore[index]  # reason: matched


def term(value: Any) -> Term:
    """A term; see the table of `quod.kernel.values`."""
    if isinstance(value, list) and len(value) == 2:
        tag, payload = value
        if tag == "s" or tag == "v":
            if isinstance(payload, str) and payload:
                return (tag, payload)
        elif tag == "n":
            if _is_number(payload):
                return ("n", payload)
        elif tag == "t":
            return ("t", text(payload))
        elif tag == "d":
            return ("d", iso_date(payload))
        elif tag == "b":
            if payload == "true" or payload == "false":
                return ("b", payload)
        elif tag == "h":
            unspell(payload)
            return ("h", payload)
    elif isinstance(value, list) and len(value) == 3:
        tag, first, second = value
        if tag == "f":
            if isinstance(first, str) and first and isinstance(second, list) and second:
                return ("f", first, tuple([term(arg) for arg in second]))
        elif tag == "u" and all(isinstance(part, str) and INTEGER.fullmatch(part) for part in (first, second)):
            return ("u", first, second)
    reject("malformed_value", expected="term", got=value)


def terms(value: Any) -> tuple[Term, ...]:
    """An array of terms."""
    if not isinstance(value, list):
        reject("malformed_value", expected="array of terms")
    return tuple([term(each) for each in value])


def predicate(value: Any, question: bool = False) -> str:
    """A predicate, or with *question* also a question predicate."""
    if isinstance(value, str) and (PREDICATE.fullmatch(value) or question and QUESTION.fullmatch(value)):
        return value
    reject("malformed_value", expected="predicate", got=value)


def arity(name: str) -> int:
    """The number of arguments of the predicate *name*."""
    return int(name[name.rindex("/") + 1 :])


def _applied(name: Any, args: Any, question: bool) -> Atom:
    checked = predicate(name, question)
    values = terms(args)
    if len(values) != arity(checked):
        reject("malformed_value", expected=f"{checked} arguments", got=len(values))
    return (checked, values)


def atom(value: Any, question: bool = True) -> Atom:
    """An atom: ``[predicate, [term, …]]``."""
    if not isinstance(value, list) or len(value) != 2:
        reject("malformed_value", expected="atom")
    return _applied(value[0], value[1], question)


def literal(value: Any, question: bool, inner: bool = False) -> Literal:
    """A body literal; *inner* ones, of an aggregate, are only ``+`` and ``c``."""
    if isinstance(value, list) and len(value) == 3:
        sign, name, args = value
        if sign == "+" or sign == "-" and not inner:
            return (sign, *_applied(name, args, question))
        if sign == "c" and isinstance(name, str) and name in ARITY:
            values = terms(args)
            if len(values) == ARITY[name]:
                return ("c", name, values)
    elif isinstance(value, list) and len(value) == 5 and value[0] == "a" and not inner and value[1] in AGGREGATES:
        _, op, result, of, body = value
        read = (
            "a",
            op,
            term(result),
            term(of),
            array(body, lambda each: literal(each, question, inner=True)),
        )
        if any(each[0] == "+" for each in read[4]) and (op != "count" or read[3] == ("n", "1")):
            return read
    reject("malformed_value", expected="literal", got=value)


def clause(value: Any, question: bool = False) -> Clause:
    """A clause of a theory, or with *question* of a goal: then its head, and only then, has a question predicate."""
    if not isinstance(value, dict) or value.keys() != CLAUSE_KEYS:
        reject("malformed_value", expected="clause")
    body = array(value["body"], lambda each: literal(each, question))
    head = atom(value["head"], question)
    if question and head[0][0] != "?":
        reject("malformed_value", expected="question predicate", got=head[0])
    reading = [text(value[key]) for key in ("paraphrase", "reader", "sentence")]
    since, until = (value[key] if value[key] == "" else iso_date(value[key]) for key in ("since", "until"))
    return Clause(head, body, reading[2], reading[0], reading[1], since, until)


def pending(value: Any) -> Pending:
    """A pending sentence."""
    if not isinstance(value, dict) or value.keys() != {"bears", "kind", "sentence"}:
        reject("malformed_value", expected="pending sentence")
    bears = array(value["bears"], lambda each: each if each == "*" else predicate(each))
    if value["kind"] not in ("unread", "ambiguous", "unused"):
        reject("malformed_value", expected="kind of pending sentence")
    return Pending(text(value["sentence"]), value["kind"], bears)


def variables(value: Term) -> Iterator[str]:
    """The names of the variables of a term, as often as they occur."""
    if value[0] == "v":
        yield value[1]
    elif value[0] == "f":
        for arg in value[2]:
            yield from variables(arg)


def is_opaque(value: Term) -> bool:
    """Whether a term is, or contains, a private cell, a null or an eigen symbol: an individual not known by name."""
    tag = value[0]
    if tag == "f":
        return bool(value[1].startswith("sk:")) or any(map(is_opaque, value[2]))
    return bool(tag == "h" or tag == "s" and value[1].startswith("!"))


def has_eigen(value: Any) -> bool:
    """Whether an eigen symbol occurs anywhere in a term, atom, literal or tuple of them."""
    if isinstance(value, tuple):
        if len(value) == 2 and value[0] == "s":
            return bool(value[1].startswith("!"))
        return any(map(has_eigen, value))
    return False


def has_null(value: Term) -> bool:
    """Whether a term is, or contains, a null."""
    return bool(value[0] == "f" and (value[1].startswith("sk:") or any(map(has_null, value[2]))))


def has_private(value: Term) -> bool:
    """Whether a term is, or contains, a private cell."""
    return bool(value[0] == "h" or value[0] == "f" and any(map(has_private, value[2])))


def ground_row(value: Any, size: int) -> tuple[Term, ...]:
    """The cells of a row of *size* columns, all ground."""
    cells = terms(value)
    if len(cells) != size or any(name for cell in cells for name in variables(cell)):
        reject("malformed_value", expected=f"row of {size} ground cells")
    return cells
