"""Goals and contexts: what must have been shown, and on which commitments it may rest (``spec/format.md`` §3)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar

from quod.kernel.canonical import read, spell, unspell
from quod.kernel.conclusions import GRADES, Conclusion, Contested, Context, Each, Holds, Table, is_table
from quod.kernel.matching import is_pattern, matches
from quod.kernel.rejection import Rejection, reject
from quod.kernel.values import Atom, Clause, complement, is_ground
from quod.kernel.wellformed import array, atom, clause, has_eigen, is_opaque, iso_date, predicate

T = TypeVar("T")


class Goal(NamedTuple):
    """What must have been shown, and what may be assumed for it."""

    assumptions: frozenset[Atom]
    defaults: frozenset[str]
    goals: tuple[dict[str, Any], ...]
    grade: int
    question: tuple[Clause, ...]


def _fields(value: Any, *names: str) -> dict[str, Any]:
    if not isinstance(value, dict) or sorted(value) != sorted(names):
        reject("malformed_value", expected=names)
    return value


def _grade(value: Any) -> int:
    return GRADES.index(value) if value in GRADES else reject("malformed_value", expected="grade")


def _vouched(value: Any) -> tuple[str, int]:
    if not isinstance(value, list) or len(value) != 2:
        reject("malformed_value", expected="root and grade")
    return spell(unspell(value[0])), _grade(value[1])


def _context(value: Any) -> Context:
    found = _fields(value, "fuel", "now", "roots", "theory")
    if not isinstance(found["fuel"], str) or not found["fuel"].isdecimal() or not found["fuel"].isascii():
        reject("malformed_value", expected="fuel")
    if found["fuel"] != str(int(found["fuel"])):
        reject("malformed_value", expected="fuel")
    roots = dict(array(found["roots"], _vouched))
    if len(roots) < len(found["roots"]):
        reject("malformed_value", expected="distinct roots")
    return Context(int(found["fuel"]), iso_date(found["now"]), roots, spell(unspell(found["theory"])))


def _one(value: Any) -> dict[str, Any]:
    kind = value.get("kind") if isinstance(value, dict) else None
    if kind in ("holds", "proved", "refuted", "contested", "not_derivable"):
        found: dict[str, Any] = {"kind": kind, "atom": atom(_fields(value, "atom", "kind")["atom"])}
        good = is_pattern(found["atom"]) if kind == "not_derivable" else all(map(is_ground, found["atom"][1]))
        return found if good else reject("malformed_value", expected=f"atom of {kind}")
    if kind == "exactly":
        _fields(value, "answers", "closed", "kind", "pattern")
        found = {"kind": kind, "answers": array(value["answers"], atom), "pattern": atom(value["pattern"])}
        found["closed"] = value["closed"] == "yes"
        good = is_pattern(found["pattern"]) and value["closed"] in ("yes", "no")
        return found if good else reject("malformed_value", expected="exactly")
    if kind == "each":
        _fields(value, "body", "head", "kind")
        body = array(value["body"], lambda each: atom(each, question=False))
        return {"kind": kind, "body": body, "head": atom(value["head"], question=False)}
    reject("malformed_value", expected="goal")


def _goal(value: Any) -> Goal:
    found = _fields(value, "assumptions", "defaults", "goals", "grade", "question")
    any_default = found["defaults"] == ["*"]
    result = Goal(
        frozenset(array(found["assumptions"], lambda each: atom(each, question=False))),
        frozenset(("*",) if any_default else array(found["defaults"], predicate)),
        array(found["goals"], _one),
        _grade(found["grade"]),
        array(found["question"], lambda each: clause(each, question=True)),
    )
    if not result.goals or any(map(has_eigen, result.question)):
        reject("malformed_value", expected="goals, and a question without eigen symbols")
    return result


def _read(raw: bytes, build: Callable[[Any], T], kind: str) -> T:
    try:
        return build(read(raw))
    except Rejection as error:
        reject(kind, because=error.kind, **error.fields)


def read_context(raw: bytes) -> Context:
    """The context that *raw* spells. Fails when: it does not (``malformed_context``)."""
    return _read(raw, _context, "malformed_context")


def read_goal(raw: bytes) -> Goal:
    """The goal that *raw* spells. Fails when: it does not (``malformed_goal``)."""
    return _read(raw, _goal, "malformed_goal")


# --- what shows a goal --------------------------------------------------------------------------------------------


def shows(found: Conclusion, wanted: dict[str, Any]) -> None:
    """Fails when: *found* does not show the goal *wanted* (``wrong_goal``, ``not_closed``, ``not_comparable``)."""
    kind = wanted["kind"]
    if kind == "holds":
        good = isinstance(found, Holds) and found.atom == wanted["atom"]
    elif kind == "proved":
        good = isinstance(found, Holds) and found.uncontested and found.atom == wanted["atom"]
    elif kind == "contested":
        good = isinstance(found, Contested) and found.atom == wanted["atom"]
    elif kind == "each":
        good = isinstance(found, Each) and (found.body, found.head) == (wanted["body"], wanted["head"])
    elif kind == "not_derivable":
        good = _nothing(found, wanted["atom"])
    elif kind == "refuted":
        good = _refutes(found, wanted["atom"])
    else:
        good = _lists(found, wanted)
    if not good:
        reject("wrong_goal", goal=kind)


def _nothing(found: Conclusion, pattern: Atom) -> bool:
    """Whether *found* is a table that covers *pattern* and lists nothing that matches it."""
    answers = found.covering(*pattern) if isinstance(found, Table) and is_table(found) else None
    return answers is not None and not any(matches(pattern, answer) for answer in answers)


def _refutes(found: Conclusion, refuted: Atom) -> bool:
    if isinstance(found, Holds):
        name, args = refuted
        return name[0] != "?" and found.uncontested and found.atom == (complement(name), args)
    if _nothing(found, refuted) and isinstance(found, Table):
        return found.closed or reject("not_closed")
    return False


def _lists(found: Conclusion, wanted: dict[str, Any]) -> bool:
    if not isinstance(found, Table) or not found.exact or not found.uncontested:
        return False
    answers = found.covering(*wanted["pattern"])
    if answers is None:
        return False
    listed = {answer for answer in answers if matches(wanted["pattern"], answer)}
    if listed != set(wanted["answers"]):
        return False
    if any(map(is_opaque, [arg for answer in listed for arg in answer[1]])):
        reject("not_comparable", reason="an individual without a name")
    return found.closed or not wanted["closed"] or reject("not_closed")
