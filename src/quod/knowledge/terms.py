"""Terms and literals from syntax trees of the logic notation; infix arithmetic becomes computations."""

from __future__ import annotations

import datetime
import re
import unicodedata
from fractions import Fraction
from typing import TYPE_CHECKING, Any, TypeAlias

from quod.kernel.errors import Place
from quod.kernel.values import (
    Atom,
    Literal,
    Term,
    absent,
    aggregate,
    boolean,
    complement,
    compound,
    compute,
    date,
    duration,
    holds,
    number,
    symbol,
    text,
    variable,
)
from quod.knowledge.builtin import ARITHMETIC, COMPARISONS, FUNCTIONS, TESTS
from quod.knowledge.errors import LogicAggregate, LogicError, LogicName, LogicValue, did_you_mean
from quod.knowledge.shape import literal_variables, term_variables

if TYPE_CHECKING:
    from lark import Token, Tree

    Node: TypeAlias = Tree[Token]

_ESCAPE = re.compile(r"\\(u\{([0-9a-fA-F]{1,6})\}|u([0-9a-fA-F]{4})|.)", re.DOTALL)
_SIMPLE = {"n": "\n", "t": "\t", "r": "\r", "\\": "\\", '"': '"', "'": "'"}
_PREDICATE = re.compile(r"[^ \t\n\r\f\v/~?][^ \t\n\r\f\v/]*")
_DIGITS = 300
_ARITY = 99
_CHAIN = 100


def nodes(tree: Node) -> list[Node]:
    """The children of *tree* that are trees."""
    return [child for child in tree.children if not isinstance(child, str | None)]


def tokens(tree: Node, kind: str) -> list[Token]:
    """The children of *tree* that are tokens of *kind*."""
    return [child for child in tree.children if isinstance(child, str) and child.type == kind]


def child(tree: Node, data: str) -> Node | None:
    """The first child of *tree* that is a tree called *data*."""
    return next((node for node in nodes(tree) if node.data == data), None)


class Terms:
    """Makes the terms and literals of one item; every ``_`` and intermediate result is a fresh variable."""

    def __init__(self, item: Node, lines: list[str], file: str, first_line: int) -> None:
        self._lines, self._file, self._first = lines, file, first_line
        self._taken = {str(token) for tree in item.iter_subtrees() for token in tokens(tree, "VARIABLE")}
        self._depth = 0
        self._count = 0
        self.unbraced: list[tuple[Node, tuple[Literal, ...]]] = []

    def place(self, at: Node | Token) -> Place:
        """Where *at* begins."""
        where: Any = at if isinstance(at, str) else at.meta
        return Place(self._file, self._first + where.line - 1, where.column, self._lines[where.line - 1])

    def fresh(self) -> Term:
        """A variable that occurs nowhere else in the item."""
        while True:
            self._count += 1
            if f"_{self._count}" not in self._taken:
                return variable(f"_{self._count}")

    def fail(self, kind: type[LogicError], at: Node | Token, message: str, remedy: str) -> LogicError:
        """The error of *kind* about *at*."""
        return kind(message, remedy=remedy, place=self.place(at))

    # ------------------------------------------------------------------ literals

    def body(self, tree: Node | None) -> tuple[Literal, ...]:
        """The literals of a ``body``; of none, no literals."""
        out: list[Literal] = []
        for node in nodes(tree) if tree is not None else []:
            out.append(self.literal(node, out))
        return tuple(out)

    def literal(self, node: Node, out: list[Literal]) -> Literal:
        """The literal of *node*; what must be computed before it is appended to *out*."""
        if node.data == "relational":
            atom = self.atom(nodes(node)[0], out)
            return absent(atom) if tokens(node, "ABSENT") else holds(atom)
        if node.data == "comparison":
            sign = str(tokens(node, "COMPARE")[0])
            return compute(COMPARISONS[sign], *[self.term(part, out) for part in nodes(node)])
        if node.data == "equality":
            left, right = nodes(node)
            return self._equality(left, right, out)
        if node.data == "test":
            return self._test(nodes(node)[0], out)
        first, tree = nodes(node)
        return self._aggregate(self.term(first, out), tree)

    def _equality(self, left: Node, right: Node, out: list[Literal]) -> Literal:
        if _computes(right) and not _computes(left):
            return self._function(right, self.term(left, out), out)
        if _computes(left) and not _computes(right):
            return self._function(left, self.term(right, out), out)
        return compute("eq", self.term(left, out), self.term(right, out))

    def _test(self, node: Node, out: list[Literal]) -> Literal:
        name, args = self._builtin(node)
        if name not in TESTS:
            raise self.fail(LogicName, node, f"`#{name}` is a function, not a test", f"write `Result = #{name}(…)`")
        return compute(name, *[self.term(arg, out) for arg in args])

    def _aggregate(self, result: Term, tree: Node) -> Literal:
        inner_tree = nodes(tree)[-1]
        out: list[Literal] = []
        if tree.data == "count":
            op, value = "count", number(1)
        else:
            op, value = str(tokens(tree, "AGGREGATE")[0]), self.term(nodes(tree)[0], out)
        inner = self.body(nodes(inner_tree)[0]) + tuple(out)
        self._check_aggregate(tree, result, inner)
        if inner_tree.data == "inner":
            self.unbraced.append((tree, inner))
        return aggregate(op, result, value, inner)

    def _check_aggregate(self, tree: Node, result: Term, inner: tuple[Literal, ...]) -> None:
        wrong = [literal for literal in inner if literal[0] in "-a"]
        if wrong:
            what = "`absent`" if wrong[0][0] == "-" else "another aggregate"
            remedy = "put braces around what it ranges over, or give that condition a predicate of its own"
            raise self.fail(LogicAggregate, tree, f"an aggregate cannot range over {what}", remedy)
        if not any(literal[0] == "+" for literal in inner):
            remedy = "add a literal that holds for what is counted"
            raise self.fail(LogicAggregate, tree, "an aggregate ranges over no predicate", remedy)
        used = {name for literal in inner for name in literal_variables(literal)}
        if term_variables(result) & used:
            remedy = "put braces around what it ranges over: `N = count : { … }, N > 3`"
            raise self.fail(LogicAggregate, tree, "the result of an aggregate occurs inside it", remedy)
        for token in tokens(tree, "VARIABLE"):
            if str(token) not in used:
                remedy = "list variables that occur after the colon, or none"
                raise self.fail(LogicAggregate, token, f"`{token}` does not occur in the aggregate", remedy)

    # ------------------------------------------------------------------ atoms

    def atom(self, signed: Node, out: list[Literal]) -> Atom:
        """The atom of a ``signed`` node, complemented after ``neg``."""
        call = nodes(signed)[0]
        args = tuple([self.term(arg, out) for arg in nodes(call)])
        name = self.predicate(tokens(call, "SYMBOL") + tokens(call, "QUOTED"), len(args))
        return (complement(name) if tokens(signed, "NEG") else name, args)

    def predicate(self, name: list[Token], arity: int) -> str:
        """The predicate called by the token in *name* with *arity* places."""
        token = name[0]
        spelled = self._name(token)
        if not _PREDICATE.fullmatch(spelled):
            remedy = "a predicate has no spaces or slashes and does not begin with `~` or `?`; join words with `_`"
            raise self.fail(LogicName, token, f"{spelled!r} cannot name a predicate", remedy)
        if arity > _ARITY:
            raise self.fail(LogicName, token, f"{spelled!r} has {arity} places", f"use at most {_ARITY}")
        return f"{spelled}/{arity}"

    # ------------------------------------------------------------------ terms

    def term(self, node: Node, out: list[Literal]) -> Term:
        """The term of an expression; computations it needs are appended to *out*."""
        if _computes(node):
            result = self.fresh()
            self._depth += 1
            if self._depth > _CHAIN:
                message, remedy = "this computation is too long", "compute it in several conditions"
                raise self.fail(LogicValue, node, message, remedy)
            out.append(self._function(node, result, out))
            self._depth -= 1
            return result
        match node.data:
            case "grouped":
                return self.term(nodes(node)[0], out)
            case "call":
                return self._call(node, out)
            case "negative":
                return self._number(tokens(node, "NUMBER")[0], "-")
            case _:
                return self._constant(node.children[0])

    def _constant(self, token: Any) -> Term:
        value = str(token)
        match token.type:
            case "VARIABLE":
                return self.fresh() if value == "_" else variable(value)
            case "NUMBER":
                return self._number(token, "")
            case "TEXT":
                return text(self._unescape(token))
            case "BOOLEAN":
                return boolean(value == "true")
            case "DURATION":
                months, days = re.findall(r"-?[0-9]+", value)
                self._check_digits(token)
                return duration(int(months), int(days))
            case _:
                return date(self.date(token))

    def date(self, token: Token) -> str:
        """The calendar date of a ``date(…)`` token, as ``YYYY-MM-DD``."""
        iso = str(token)[5:-1].strip()
        try:
            return datetime.datetime.strptime(iso, "%Y-%m-%d").date().isoformat() if len(iso) == 10 else _no_date()
        except ValueError:
            raise self.fail(
                LogicValue,
                token,
                f"{iso!r} is not a calendar date",
                "write year-month-day, as in `date(2026-11-24)`",
            ) from None

    def _number(self, token: Token, sign: str) -> Term:
        self._check_digits(token)
        try:
            return number(Fraction(sign + str(token)))
        except ZeroDivisionError:
            raise self.fail(LogicValue, token, f"`{token}` divides by zero", "write another number") from None

    def _check_digits(self, token: Token) -> None:
        if max(map(len, re.findall("[0-9]+", str(token)))) > _DIGITS:
            raise self.fail(LogicValue, token, "this number is too long", f"use at most {_DIGITS} digits")

    def _call(self, node: Node, out: list[Literal]) -> Term:
        token = (tokens(node, "SYMBOL") + tokens(node, "QUOTED"))[0]
        name, args = self._name(token), [self.term(arg, out) for arg in nodes(node)]
        return compound(name, *args) if args else symbol(name)

    def _function(self, node: Node, result: Term, out: list[Literal]) -> Literal:
        while node.data == "grouped":
            node = nodes(node)[0]
        if node.data == "builtin":
            name, args = self._builtin(node)
            if name not in FUNCTIONS:
                remedy = f"write `#{name}(…)` as a condition of its own"
                raise self.fail(LogicName, node, f"`#{name}` is a test and has no value", remedy)
            return compute(name, *[self.term(arg, out) for arg in args], result)
        left, right = nodes(node)
        sign = next(str(token) for token in node.children if isinstance(token, str))
        if sign == "/" and right.data == "number" and "/" in str(right.children[0]):
            remedy = f"write `({right.children[0]})` for the fraction, or spaces and parentheses for two divisions"
            raise self.fail(LogicValue, right, "this could be one division or two", remedy)
        return compute(ARITHMETIC[sign], self.term(left, out), self.term(right, out), result)

    def _builtin(self, node: Node) -> tuple[str, list[Node]]:
        token = (tokens(node, "SYMBOL") + tokens(node, "QUOTED"))[0]
        name, args = str(token), nodes(node)
        known = {**TESTS, **{function: places - 1 for function, places in FUNCTIONS.items()}}
        if name not in known:
            remedy = did_you_mean(name, list(known)) or "known are " + ", ".join(sorted(known))
            raise self.fail(LogicName, token, f"there is no built-in `#{name}`", remedy)
        if len(args) != known[name]:
            message = f"`#{name}` takes {known[name]} arguments, not {len(args)}"
            raise self.fail(LogicName, token, message, "the documentation lists the built-ins")
        return name, args

    # ------------------------------------------------------------------ names

    def _name(self, token: Token) -> str:
        name = self._unescape(token) if token.type == "QUOTED" else str(token)
        if token.type == "SYMBOL" and name[0].isupper():
            remedy = f"variables begin with A–Z or `_`; for a name write `'{name}'`"
            raise self.fail(LogicName, token, f"`{name}` could be a variable or a name", remedy)
        if not name or name.startswith("!"):
            remedy = "a name is not empty and does not begin with `!`, which proofs use"
            raise self.fail(LogicName, token, f"{name!r} is not a name", remedy)
        return name

    def _unescape(self, token: Token) -> str:
        def character(match: re.Match[str]) -> str:
            code = match[2] or match[3]
            if code is None and match[1] in _SIMPLE:
                return _SIMPLE[match[1]]
            if code is None or not 0 < (point := int(code, 16)) < 0x110000 or 0xD800 <= point < 0xE000:
                remedy = r"known are \n \t \r \\ \" \' \u0041 \u{1f600}"
                raise self.fail(LogicValue, token, f"{match[0]!r} is not a character", remedy)
            return chr(point)

        return unicodedata.normalize("NFC", _ESCAPE.sub(character, str(token)[1:-1]))


def _no_date() -> str:
    raise ValueError


def _computes(node: Node) -> bool:
    """Whether the expression has to be computed, under any parentheses."""
    while node.data == "grouped":
        node = nodes(node)[0]
    return node.data in ("infix", "builtin")
