"""The cases of the PyPI package `datalog-conformance`, and an adapter that turns its programs into Quod's.

A program has ``facts`` (predicate → rows of scalars) and ``rules`` in a dialect in which every bare word is a variable
and constants are numbers or quoted texts. Facts become tables, rules the logic notation; every predicate is declared
closed. A theory with defeasible rules has no counterpart, and is refused by name.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import permutations
from pathlib import Path
from typing import Any, NamedTuple

import yaml
from datalog_conformance import DefeasibleTheory, Program, TestCase, get_tests_dir

from quod.kernel.canonical import canonical
from quod.kernel.check import Report, check
from quod.kernel.errors import NotUsable
from quod.kernel.values import Atom, Clause, Term, holds, variable
from quod.knowledge import RelationSpec, Theory, parse_logic, parse_relation
from quod.knowledge.commitments import TheoryCommitment
from quod.knowledge.declarations import Declared
from quod.knowledge.notation import show_name
from quod.reasoning import Program as Compiled
from quod.reasoning import Prover, Shown

FUEL = 1_000_000_000
NOW = "2026-01-01"
Scalar = str | int | float | bool


class NotSupported(NotUsable):
    """The program uses something that Quod does not have."""

    code = "not_supported"


class Suite(NamedTuple):
    """One file of the package."""

    category: str
    name: str
    cases: tuple[TestCase, ...]


def suites(category: str, leave_out: Iterable[str] = (), only: str = "") -> Iterator[Suite]:
    """The files of *category*, or *only* the one; those whose names end as in *leave_out* are not even parsed."""
    home = get_tests_dir()
    for path in sorted((home / category).rglob("*.yaml")):
        if not path.stem.endswith(tuple(leave_out)) and only in ("", path.stem):
            yield Suite(category, path.stem, tuple(cases(path)))


def cases(path: Path) -> Iterator[TestCase]:
    """The cases of one file, as the package's plugin reads them, by the parser written in C."""
    raw = yaml.load(path.read_bytes(), yaml.CSafeLoader)
    common = {key: raw[key] for key in ("source", "verification") if key in raw}
    for each in raw.get("tests", [raw]):
        merged = {**common, **each}
        merged["tags"] = list(dict.fromkeys([*raw.get("tags", ()), *each.get("tags", ())]))
        yield TestCase.from_dict(merged)


# --- the adapter --------------------------------------------------------------------------------------------------

_TOKEN = re.compile(
    r'\s+|"[^"]*"|(?P<name>[A-Za-z]\w*)\s*\(|not(?!\w)|(?P<variable>[A-Za-z]\w*)|_|\d+(?:\.\d+)?|:-|!=|<=|>=|[-+*/<>=(),.]'
)
_OPERATORS = ("!=", "<=", ">=", "<", ">", "=", "+", "-", "*", "/")


def tokens(rule: str) -> list[str]:
    """The tokens of *rule*, those of variables beginning with ``V_`` and those of predicates ending with ``(``."""
    found: list[str] = []
    at = 0
    while at < len(rule):
        match = _TOKEN.match(rule, at)
        if match is None:
            raise ValueError(f"not a rule of the suite: {rule!r} at {at}")
        at = match.end()
        if match["name"]:
            found.append(show_name(match["name"], applied=True) + "(")
        elif match["variable"]:
            found.append("V_" + match["variable"])
        elif match[0].strip():
            found.append(f" {match[0]} " if match[0] in _OPERATORS else match[0])
    return found


def translated(rule: str, local_negation: bool = False) -> list[str]:
    """*rule* in logic notation, with the rules it needs.

    A place marked ``_`` in a negated literal means "for no value", and becomes a projection. With *local_negation*, so
    does a variable that occurs in one negated literal and nowhere else (Nemo's dialect); otherwise it stays a
    variable, which Quod refuses as unsafe.
    """
    parts = tokens(rule)
    if parts[-1] == ".":
        parts.pop()
    neck = parts.index(":-") if ":-" in parts else len(parts)
    head, used = parts[:neck], Counter(filter(_is_variable, parts))
    shown: list[str] = []
    more: list[str] = []
    for literal in _literals(parts[neck + 1 :]):
        words = literal[literal[0] == "not" :]
        inside = Counter(filter(_is_variable, words))
        local = [name for name in inside if used[name] == inside[name]]
        lonely = [name for name in local if inside[name] == 1]
        if literal[0] != "not":
            shown.append(_spelled(words, lonely))
        elif "_" in words or (local and local_negation):
            kept = [name for name in inside if name not in local]
            name = f"without_{len(more)}_of_{re.sub(chr(92) + 'W', '', head[0])}({', '.join(kept)})"
            shown.append("absent " + name)
            more.append(f"{name} :- {_spelled(words, lonely)}.")
        else:
            shown.append("absent " + _spelled(words))
    return [_spelled(head) + (" :- " + ", ".join(shown) if shown else "") + ".", *more]


def _is_variable(word: str) -> bool:
    return word.startswith("V_")


def _literals(parts: list[str]) -> Iterator[list[str]]:
    """The literals of a body, without brackets around them."""
    depth, literal = 0, list[str]()
    for part in [*parts, ","]:
        depth += part.endswith("(") - (part == ")")
        if part != "," or depth:
            literal.append(part)
        elif literal:
            yield literal[1:-1] if literal[0] == "(" else literal
            literal = []


def _spelled(words: Iterable[str], lonely: Iterable[str] = ()) -> str:
    return "".join("_" if word in lonely else ", " if word == "," else word for word in words)


def theory_of(program: Program | DefeasibleTheory, local_negation: bool = False) -> Theory:
    """The theory of a program.

    *Fails when* it is defeasible (`NotSupported`), or Quod refuses it.
    """
    if not isinstance(program, Program):
        raise NotSupported(
            "defeasible rules are not supported",
            remedy="write the rule as strict, with its exceptions as `absent` (in English: `unless`)",
        )
    items = parse_logic("\n".join(each for rule in program.rules for each in translated(rule, local_negation)))
    relations = [_table(name, rows) for name, rows in sorted(program.facts.items()) if rows]
    names = dict.fromkeys([relation.predicate for relation in relations])
    names |= dict.fromkeys(name for item in items if isinstance(item.value, Clause) for name in _mentions(item.value))
    return Theory.build(
        items=items, relations=relations, declared=[Declared("closed", name) for name in names if name[0] != "~"]
    )


def _mentions(clause: Clause) -> Iterator[str]:
    yield clause.head[0]
    for literal in clause.body:
        if literal[0] in "+-":
            yield literal[1]


def _table(name: str, rows: list[tuple[Scalar, ...]]) -> Any:
    """The rows as a table; a row of another length is the table's error, as in a CSV file."""
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL)
    columns = tuple(f"c{at}" for at in range(len(rows[0])))
    writer.writerow(columns)
    writer.writerows([[_cell(value) for value in row] for row in dict.fromkeys(rows)])
    sorts = {column: _sort([row[at] for row in rows if at < len(row)]) for at, column in enumerate(columns)}
    first = tuple((column,) for column in columns[1:]) if len(columns) < 5 else tuple(permutations(columns[:2]))[1:]
    return parse_relation(RelationSpec(name, sorts=sorts, indexes=first), out.getvalue(), name + ".csv")


def _cell(value: Scalar) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _sort(values: list[Scalar]) -> str:
    kinds = {type(value) for value in values}
    if kinds <= {int, float}:
        return "number"
    return "boolean" if kinds == {bool} else "text"


# --- evaluation ---------------------------------------------------------------------------------------------------


class QuodEvaluator:
    """Quod, as the package's runner wants it: every row carries a proof that the kernel accepts.

    One proof shows that the rows of a predicate are exactly these. Where it would be larger than a checker takes, a
    *chunk* is given: one proof then shows that many rows to hold, of the predicates *only* that a case asks for.
    """

    def __init__(
        self, local_negation: bool = False, chunk: int = 0, only: Iterable[str] = (), proofs: bool = True
    ) -> None:
        self.local_negation = local_negation
        self._chunk = chunk
        self._only = frozenset(only)
        self._proofs = proofs
        self.proved = 0
        self._last: tuple[Program, dict[str, set[tuple[Scalar, ...]]]] | None = None

    def evaluate(self, program: Program, policy: object = None) -> dict[str, set[tuple[Scalar, ...]]]:
        """The model of *program*. Cases of one file often share a program: it is evaluated once."""
        if self._last is None or self._last[0] != program:
            self._last = (program, self._model(theory_of(program, self.local_negation)))
        return self._last[1]

    def _model(self, theory: Theory) -> dict[str, set[tuple[Scalar, ...]]]:
        relations = {relation.predicate: relation.commitment() for relation in theory.relations}
        commitment = TheoryCommitment(theory.clauses, relations, theory.closed, theory.pending)
        context = canonical(commitment.context(NOW, FUEL))
        prover = Prover(commitment, Compiled(theory.clauses), fuel=FUEL)
        model: dict[str, set[tuple[Scalar, ...]]] = {}
        session = prover._session(prover._program)
        if self._chunk:  # whole tables first: calls with bound arguments are then parts of them
            free = [entry for entry in sorted(theory.vocabulary) if commitment.clauses(entry)]
            session.evaluation.ask(*[_free(entry) for entry in free])
        for predicate in sorted({*theory.vocabulary, *relations}):
            name, pattern = predicate.rpartition("/")[0], _free(predicate)
            if self._chunk and predicate in relations and not commitment.clauses(predicate):
                _, _, rows = commitment.rows(predicate, {})  # given, not derived
                model[name] = {tuple(map(_scalar, row)) for row in rows}
                continue
            if self._chunk and name not in self._only:
                continue
            if not self._proofs:
                model[name] = {tuple(map(_scalar, each[0])) for each in session.evaluation.ask(pattern)[0].delivered}
                continue
            shown = self._in_chunks(session, pattern) if self._chunk else _exactly(prover, pattern)
            model[name] = set()
            for one, args in shown:
                report = check(canonical(one.proof), context, canonical(one.goal))
                assert isinstance(report, Report), f"{predicate}: {report}"
                model[name] |= {tuple(map(_scalar, each)) for each in args}
                self.proved += len(args)
        return model

    def _in_chunks(self, session: Any, pattern: Atom) -> Iterator[tuple[Shown, list[tuple[Term, ...]]]]:
        answers = [answer[0] for answer in session.evaluation.ask(pattern)[0].delivered]
        for start in range(0, len(answers), self._chunk):
            args = answers[start : start + self._chunk]
            atoms = [(pattern[0], each) for each in args]
            attempt = session.attempt()
            yield attempt.conclude([{"atom": atom, "kind": "holds"} for atom in atoms], attempt.holds(*atoms)), args


def _free(predicate: str) -> Atom:
    return predicate, tuple(variable(f"X{at}") for at in range(int(predicate.rpartition("/")[2])))


def _exactly(prover: Prover, pattern: Atom) -> Iterator[tuple[Shown, list[tuple[Term, ...]]]]:
    args = pattern[1]
    finding = prover.which([Clause((f"?/{len(args)}", args), (holds(pattern),))])
    assert finding.shown is not None, finding
    assert finding.closed
    yield finding.shown, [atom[1] for atom in finding.answers]


def _scalar(term: Any) -> Scalar:
    tag, value = term[0], term[1]
    if tag == "n":
        return int(value) if "/" not in value else float(Fraction(value))
    return value == "true" if tag == "b" else str(value)
