"""The logic notation: Datalog-style clauses, declarations and questions, parsed with exact places.

``% …`` is a comment. ``parse_logic`` gives the items in order; `notation` prints them back.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, TypeAlias

from quod.kernel.errors import Place
from quod.kernel.values import Atom, Clause, Literal, complement, variable
from quod.knowledge.errors import LogicAggregate, LogicSyntax, LogicVariable
from quod.knowledge.notation import show_atom, show_body, show_clause, show_literal
from quod.knowledge.readings import Question
from quod.knowledge.shape import literal_variables, outer_variables, variables
from quod.knowledge.terms import Terms, child, nodes, tokens

if TYPE_CHECKING:
    from lark import Lark, Token, Tree

    Node: TypeAlias = Tree[Token]

#: The reader of every clause in logic notation.
READER = "logic 1"

_BRACKETS = re.compile(r"[()]|%[^\n]*|'(?:[^'\\\n]|\\.)*'|\"(?:[^\"\\\n]|\\.)*\"")
_DEEPEST = 24


@dataclass(frozen=True)
class Declaration:
    """``open p/1.`` or ``closed p/1.``: whether what is not stated of the predicate is unknown or false."""

    kind: str
    predicate: str


@dataclass(frozen=True)
class Unused:
    """A statement that deduction cannot use.

    For all ``universal`` with ``body`` there are ``existential`` such that the literals of ``conclusion``
    hold, joined by ``,``, ``or`` or ``xor``.
    """

    sentence: str
    joiner: str
    conclusion: tuple[Literal, ...]
    body: tuple[Literal, ...] = ()
    universal: tuple[str, ...] = ()
    existential: tuple[str, ...] = ()

    @property
    def bears(self) -> tuple[str, ...]:
        """The predicates it could say something about, both signs."""
        return both_signs(literal[1] for literal in self.conclusion if literal[0] in "+-")


@dataclass(frozen=True)
class Item:
    """One item of a text in logic notation and where it begins."""

    value: Clause | Declaration | Unused | Question
    place: Place


def both_signs(predicates: Iterable[str]) -> tuple[str, ...]:
    """*predicates* and their complements, in order, without repetition."""
    return tuple(sorted({sign for p in predicates for sign in (p, complement(p))}))


def show_unused(unused: Unused) -> str:
    """The statement in logic notation, with its ``unused:``."""
    every = ", ".join(unused.universal) + ": " if unused.universal else ""
    some = f"some {', '.join(unused.existential)}: " if unused.existential else ""
    joiner = ", " if unused.joiner == "," else f" {unused.joiner} "
    body = f" :- {show_body(unused.body)}" if unused.body else ""
    return f"unused: {every}{some}{joiner.join(map(show_literal, unused.conclusion))}{body}."


def parse_logic(text: str, file: str = "<logic>", first_line: int = 1) -> list[Item]:
    """The items of *text*, which begins on line *first_line* of *file*.

    *Fails when* the text does not parse (`LogicSyntax`), or a name, value, variable or aggregate is not one.

    >>> [show_clause(item.value) for item in parse_logic("cold(anne). p(X) :- q(X, A), A + 1 > 2.")]
    ['cold(anne).', 'p(X) :- q(X, A), _1 = A + 1, _1 > 2.']
    """
    from lark.exceptions import UnexpectedInput

    from quod.knowledge.grammar_errors import explain

    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    lines = text.split("\n")
    _check_depth(text, lines, file, first_line)
    try:
        tree = _parser().parse(text)
    except UnexpectedInput as error:
        raise explain(error, _parser(), text, file, first_line) from None
    items: list[Item] = []
    for node in tree.children:
        if isinstance(node, str):
            continue
        terms = Terms(node, lines, file, first_line)
        source = text[node.meta.start_pos : node.meta.end_pos]
        if node.data == "declaration":
            items += [Item(value, terms.place(node)) for value in _declarations(node, terms)]
        else:
            items.append(Item(_MAKERS[node.data](node, terms, source), terms.place(node)))
    return items


def _check_depth(text: str, lines: list[str], file: str, first_line: int) -> None:
    """Refuse terms nested more deeply than a proof can hold (``spec/format.md``, §1)."""
    depth = 0
    for match in _BRACKETS.finditer(text):
        depth += {"(": 1, ")": -1}.get(match[0], 0)
        if depth > _DEEPEST:
            line = text.count("\n", 0, match.start())
            place = Place(file, first_line + line, match.start() - text.rfind("\n", 0, match.start()), lines[line])
            raise LogicSyntax("this is nested too deeply", remedy=f"nest at most {_DEEPEST} brackets", place=place)


@cache
def _parser() -> Lark:
    from lark import Lark

    from quod.knowledge.grammar import LOGIC

    return Lark(LOGIC, parser="lalr", lexer="basic", propagate_positions=True, maybe_placeholders=True)


def _declarations(node: Node, terms: Terms) -> list[Declaration]:
    kind = str(tokens(node, "DECLARE")[0])
    found: list[Declaration] = []
    for signature in nodes(node):
        arity = int(str(tokens(signature, "NUMBER")[0])) if str(tokens(signature, "NUMBER")[0]).isdigit() else 100
        predicate = terms.predicate(tokens(signature, "SYMBOL") + tokens(signature, "QUOTED"), arity)
        found.append(Declaration(kind, complement(predicate) if tokens(signature, "NEG") else predicate))
    return found


def _clause(node: Node, terms: Terms, source: str) -> Clause:
    needed: list[Literal] = []
    head = terms.atom(_only(node, "signed"), needed)
    body = terms.body(child(node, "body")) + tuple(needed)
    since, until = _validity(child(node, "validity"), terms)
    clause = Clause(head, body, source, "", READER, since, until)
    outer = outer_variables(clause)
    for tree, inner in terms.unbraced:
        for literal in inner[1:]:
            if literal_variables(literal) <= outer:
                message = f"`{show_literal(literal)}` could be meant inside the aggregate or after it"
                remedy = "put braces around what it ranges over: `N = count : { … }`"
                raise terms.fail(LogicAggregate, tree, message, remedy)
    return clause._replace(paraphrase=show_clause(clause))


def _validity(node: Node | None, terms: Terms) -> tuple[str, str]:
    if node is None:
        return "", ""
    marks = [token for token in node.children if isinstance(token, str)]
    dates = {marks[i].type: terms.date(marks[i + 1]) for i in range(0, len(marks), 2)}
    return dates.get("SINCE", ""), dates.get("UNTIL", "")


def _unused(node: Node, terms: Terms, source: str) -> Unused:
    some = bool(tokens(node, "SOME"))
    lists = [_names(part) for part in nodes(node) if part.data == "variables"]
    existential = lists.pop() if some else ()
    universal = lists[0] if lists else ()
    parts = nodes(_only(node, "conclusion"))
    joiners = sorted({str(part.children[0]) for part in parts if part.data == "joiner"})
    if len(joiners) > 1:
        raise terms.fail(
            LogicSyntax,
            node,
            "`,`, `or` and `xor` are mixed in one conclusion",
            "use one of them throughout",
        )
    needed: list[Literal] = []
    conclusion = tuple([terms.literal(part, needed) for part in parts if part.data != "joiner"])
    body = terms.body(child(node, "body")) + tuple(needed)
    return Unused(source, joiners[0] if joiners else ",", conclusion, body, universal, existential)


def _names(node: Node) -> tuple[str, ...]:
    return tuple(map(str, tokens(node, "VARIABLE")))


def _only(node: Node, data: str) -> Node:
    found = child(node, data)
    if found is None:
        raise ValueError(f"the grammar gives every {node.data} a {data}")
    return found


def _question(node: Node, terms: Terms, source: str) -> Question:
    quantified = child(node, "quantified")
    names = _names(nodes(quantified)[0]) if quantified is not None else ()
    some = quantified is not None and bool(tokens(quantified, "SOME"))
    bodies = [terms.body(part) for part in nodes(_only(node, "choice"))]
    for body in bodies:
        occurring = {name for literal in body for name in literal_variables(literal)}
        _check_question(node, terms, names, occurring, quantified is not None)
    choice = " or ".join(map(show_body, bodies))
    quantifier = f"{'some ' if some else ''}{', '.join(names)}: " if quantified is not None else ""
    logic = f"? {quantifier}{choice}."
    only = bodies[0][0] if len(bodies) == 1 and len(bodies[0]) == 1 and quantified is None else None
    if only is not None and only[0] == "+" and not variables(only[2]):
        return Question(source, logic, READER, logic, "holds", atom=(only[1], only[2]))
    asked = () if some else names
    head: Atom = (f"?/{len(asked)}", tuple(map(variable, asked)))
    clauses = tuple([Clause(head, body, source, logic, READER) for body in bodies])
    kind = "which" if asked else "some"
    return Question(source, logic, READER, logic, kind, clauses=clauses, variables=asked)


def _check_question(node: Node, terms: Terms, names: tuple[str, ...], occurring: set[str], bound: bool) -> None:
    unasked = sorted(name for name in occurring if not name.startswith("_"))
    if not bound and unasked:
        which = ", ".join(unasked)
        remedy = f"ask which with `? {which}: …`, or whether there is one with `? some {which}: …`"
        raise terms.fail(LogicVariable, node, f"the question does not say what `{unasked[0]}` stands for", remedy)
    for name in names:
        if name not in occurring:
            remedy = "ask for variables that every alternative of the question mentions"
            raise terms.fail(LogicVariable, node, f"the question asks for `{name}` but does not mention it", remedy)


def _each(node: Node, terms: Terms, source: str) -> Question:
    names = _names(_only(node, "variables"))
    needed: list[Literal] = []
    body = terms.body(_only(node, "body"))
    head = terms.atom(_only(node, "signed"), needed)
    occurring = {name for literal in body for name in literal_variables(literal)}
    _check_question(node, terms, names, occurring, True)
    if needed or not variables(head[1]) <= occurring:
        remedy = "the part after `->` uses only variables of the part before it"
        raise terms.fail(LogicVariable, node, "the question does not say what a variable stands for", remedy)
    logic = f"? each {', '.join(names)}: {show_body(body)} -> {show_atom(head)}."
    return Question(source, logic, READER, logic, "each", variables=names, body=body, head=head)


_MAKERS: dict[str, Callable[[Node, Terms, str], Clause | Unused | Question]] = {
    "clause": _clause,
    "each": _each,
    "question": _question,
    "unused": _unused,
}
