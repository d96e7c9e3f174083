"""Questions about *the case*: which term of a question stands for the case, and the question about one case.

``Is the claim covered?`` names the case as *the claim* (or *the case*); ``Which claims are covered?`` and
``? X: covered(X).`` ask for it with their first variable.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from quod.kernel.errors import NotUsable, Place
from quod.kernel.values import Atom, Clause, Term, substitute, variable
from quod.knowledge import Question, Theory, close_world, parse_logic
from quod.language import EnglishReader
from quod.reasoning.bulk.decisions import CASE, CaseQuestion
from quod.reasoning.bulk.showing import said
from quod.routing.answers import Answer


class NotAboutCases(NotUsable):
    """The question cannot be asked about each case."""

    code = "not_about_cases"


@dataclass(frozen=True)
class AskedCase:
    """A question about each case, as read and in the form that is decided."""

    read: Question
    question: CaseQuestion

    def about(self, key: Term) -> Question:
        """The question about the case with *key*."""
        name = f"{self.read.sentence} [{key[1]}]"
        bindings = {CASE: key}
        if self.question.atom is not None:
            predicate, args = self.question.atom
            atom = (predicate, tuple(substitute(arg, bindings) for arg in args))
            return Question(name, self.read.paraphrase, self.read.reader, self.read.logic, "holds", atom=atom)
        clauses = tuple(_about(clause, bindings) for clause in self.question.clauses)
        arity = len(clauses[0].head[1])
        kind = "which" if arity else "some"
        variables = tuple(str(arg[1]) for arg in clauses[0].head[1])
        return Question(
            name, self.read.paraphrase, self.read.reader, self.read.logic, kind, clauses=clauses, variables=variables
        )

    def outcome(self, answer: Answer) -> tuple[str, str]:
        """The decision and value that *answer* stands for."""
        if self.question.atom is not None or len(self.question.clauses[0].head[1]) == 1:
            return answer.verdict, ""
        values = _values(answer)
        if answer.verdict == "proved" and not values:
            return "refuted", ""
        return answer.verdict, "; ".join(sorted(values))


def _about(clause: Clause, bindings: dict[str, Term]) -> Clause:
    args = clause.head[1]
    rest = tuple(substitute(arg, bindings) for arg in args[1:])
    body = tuple(_in_literal(literal, bindings) for literal in clause.body)
    return clause._replace(head=(f"?/{len(rest)}", rest), body=body)


def _in_literal(literal: Any, bindings: dict[str, Term]) -> Any:
    if literal[0] == "a":
        _, op, result, value, inner = literal
        inside = tuple(_in_literal(each, bindings) for each in inner)
        return ("a", op, substitute(result, bindings), substitute(value, bindings), inside)
    return (literal[0], literal[1], tuple(substitute(arg, bindings) for arg in literal[2]))


def _values(answer: Answer) -> list[str]:
    """The values that the goal of *answer* lists."""
    goals = json.loads(answer.goal)["goals"] if answer.goal else []
    atoms = [atom for goal in goals if goal["kind"] == "exactly" for atom in goal["answers"]]
    atoms += [goal["atom"] for goal in goals if goal["kind"] == "holds"]
    return [", ".join(said(_term(arg)) for arg in args) for _, args in atoms]


def _term(value: Any) -> Term:
    return tuple(_term(each) if isinstance(each, list) else each for each in value)


def asked_about(text: str, reader: EnglishReader, theory: Theory, cases: str) -> AskedCase:
    """The question in *text*, about each row of the relation called *cases*.

    Fails when: it cannot be read, or nothing in it stands for the case (`NotAboutCases`).
    """
    read = _read(text, reader)
    if read.kind == "each":
        raise NotAboutCases("this asks about all cases at once", remedy="ask: Is the case …?", question=text)
    clauses = tuple(close_world(clause, theory.closed) for clause in read.clauses)
    hole = _hole(read, theory, cases)
    if hole is not None:
        case = variable(CASE)
        if read.atom is not None:
            args = tuple(case if arg == hole else arg for arg in read.atom[1])
            return AskedCase(read, CaseQuestion(atom=(read.atom[0], args)))
        return AskedCase(read, CaseQuestion(clauses=tuple(_opened(clause, hole) for clause in clauses)))
    if read.kind != "which":
        remedy = f"say `the {cases.removesuffix('s')}` where the case is meant, or ask `Which …?`"
        raise NotAboutCases("nothing in this question stands for the case", remedy=remedy, question=text)
    first = read.variables[0]
    renamed = {first: variable(CASE)}
    found: list[Clause] = []
    for clause in clauses:
        head = (clause.head[0], tuple(substitute(arg, renamed) for arg in clause.head[1]))
        found.append(clause._replace(head=head, body=tuple(_in_literal(each, renamed) for each in clause.body)))
    atom = _only_atom(found) if len(read.variables) == 1 else None
    return AskedCase(read, CaseQuestion(atom=atom) if atom is not None else CaseQuestion(clauses=tuple(found)))


def _only_atom(clauses: list[Clause]) -> Atom | None:
    """The atom that the question consists of, if it does and has no other variable than the case."""
    body = clauses[0].body
    if len(clauses) != 1 or len(body) != 1 or body[0][0] != "+":
        return None
    predicate, args = body[0][1:]
    return (predicate, args) if [arg for arg in args if arg[0] == "v"] == [variable(CASE)] else None


def _read(text: str, reader: EnglishReader) -> Question:
    if text.lstrip().startswith("?"):
        values = [item.value for item in parse_logic(text, "question")]
        if len(values) != 1 or not isinstance(values[0], Question):
            raise NotAboutCases("this is not one question", remedy="ask one, as in `? X: covered(X).`", question=text)
        return values[0]
    asked = reader.ask(text)
    if len(asked.readings) != 1:
        problem = asked.problem
        reason = problem.reason if problem else "the question can be read in several ways"
        remedy = f"ask: {problem.suggestion}" if problem and problem.suggestion else "say it in other words"
        raise NotAboutCases(reason, remedy=remedy, place=Place("question", 1, 1, text))
    return asked.readings[0]


def _hole(read: Question, theory: Theory, cases: str) -> Term | None:
    """The symbol of the question that stands for the case, if one does."""
    found = list(dict.fromkeys(_symbols((read.atom, read.clauses))))
    names = ("the_case", "this_case", f"the_{cases}", f"the_{cases.removesuffix('s')}")
    for name in names:
        if name in found:
            return ("s", name)
    known = set(_symbols(tuple(clause[:2] for clause in theory.clauses)))
    strangers = [name for name in found if name.startswith("the_") and name not in known]
    return ("s", strangers[0]) if len(strangers) == 1 else None


def _symbols(value: Any) -> Iterator[str]:
    if isinstance(value, tuple) and len(value) == 2 and value[0] == "s":
        yield value[1]
    elif not isinstance(value, str | None):
        for part in value:
            yield from _symbols(part)


def _opened(clause: Clause, hole: Term) -> Clause:
    """*clause* with the variable of the case for *hole*, as first argument of its head."""
    args = (variable(CASE), *(_replaced(arg, hole) for arg in clause.head[1]))
    body = tuple(_in_body(literal, hole) for literal in clause.body)
    return clause._replace(head=(f"?/{len(args)}", args), body=body)


def _replaced(term: Term, hole: Term) -> Term:
    if term == hole:
        return variable(CASE)
    return ("f", term[1], tuple(_replaced(arg, hole) for arg in term[2])) if term[0] == "f" else term


def _in_body(literal: Any, hole: Term) -> Any:
    if literal[0] == "a":
        _, op, result, value, inner = literal
        inside = tuple(_in_body(each, hole) for each in inner)
        return ("a", op, _replaced(result, hole), _replaced(value, hole), inside)
    return (literal[0], literal[1], tuple(_replaced(arg, hole) for arg in literal[2]))
