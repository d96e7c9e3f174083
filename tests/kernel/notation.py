"""A notation for terms, literals and clauses in the kernel's tests; shares nothing with the one users write.

fly(X) :- bird(X), not abnormal(X), gt(A, 5), count[N; 1; owns(X, Y)]    ~p(a) is classical negation, known names of
computations are computations, `X` a variable, `a` a symbol, "a" a text, 3/2 a number, 2026-01-31 a date, <1,0> a
duration of months and days, f(a) a compound, yes/no booleans, !X an eigen symbol.
"""

from __future__ import annotations

import re
from typing import Any

from quod.kernel.values import Atom, Clause, Literal, Term
from quod.kernel.wellformed import AGGREGATES, ARITY

_TOKEN = re.compile(
    r'\s*(:-|"(?:[^"]*)"|\d{4}-\d\d-\d\d|<-?\d+,-?\d+>|-?\d+(?:/\d+)?|\?|[~!]?[^\W\d][\w:]*|[()\[\],;.])'
)


class Reader:
    def __init__(self, source: str) -> None:
        self.tokens = [found.group(1) for found in _TOKEN.finditer(source)]
        joined = "".join(self.tokens)
        if joined != re.sub(r"\s+", "", source) and '"' not in source:
            raise ValueError(f"cannot read {source!r}")
        self.at = 0

    def peek(self) -> str:
        return self.tokens[self.at] if self.at < len(self.tokens) else ""

    def take(self, wanted: str = "") -> str:
        token = self.peek()
        if not token or wanted and token != wanted:
            raise ValueError(f"{wanted or 'more'} wanted, {token!r} found in {self.tokens}")
        self.at += 1
        return token

    def listed(self, item: Any, close: str) -> tuple[Any, ...]:
        found = []
        while self.peek() != close:
            found.append(item())
            if self.peek() == ",":
                self.take()
        if close:
            self.take(close)
        return tuple(found)

    def term(self) -> Term:
        token = self.take()
        if token[0] == '"':
            return ("t", token[1:-1])
        if token[0] == "<":
            return ("u", *token[1:-1].split(","))
        if re.fullmatch(r"\d{4}-\d\d-\d\d", token):
            return ("d", token)
        if re.fullmatch(r"-?\d+(/\d+)?", token):
            return ("n", token)
        if token in ("yes", "no"):
            return ("b", "true" if token == "yes" else "false")
        if self.peek() == "(":
            self.take()
            return ("f", token, self.listed(self.term, ")"))
        return ("v" if token[0].isupper() else "s", token)

    def atom(self) -> Atom:
        name = self.take()
        args: tuple[Term, ...] = ()
        if self.peek() == "(":
            self.take()
            args = self.listed(self.term, ")")
        return (f"{name}/{len(args)}", args)

    def literal(self) -> Literal:
        if self.peek() == "not":
            self.take()
            return ("-", *self.atom())
        if self.peek() in AGGREGATES and self.tokens[self.at + 1] == "[":
            op = self.take()
            self.take("[")
            result = self.term()
            self.take(";")
            value = self.term()
            self.take(";")
            return ("a", op, result, value, self.listed(self.literal, "]"))
        if self.peek() in ARITY:
            op = self.take()
            self.take("(")
            return ("c", op, self.listed(self.term, ")"))
        return ("+", *self.atom())

    def clause(self) -> tuple[Atom, tuple[Literal, ...]]:
        head = self.atom()
        body: tuple[Literal, ...] = ()
        if self.peek() == ":-":
            self.take()
            body = self.listed(self.literal, "")
        return head, body


def term(source: str) -> Term:
    return Reader(source).term()


def atom(source: str) -> Atom:
    return Reader(source).atom()


def literal(source: str) -> Literal:
    return Reader(source).literal()


def clause(source: str, since: str = "", until: str = "") -> Clause:
    head, body = Reader(source).clause()
    return Clause(head, body, source, source, "test", since, until)
