"""Generated code: one Python function for each place where a body waits for an answer.

The source depends on the shape and the adornment only and is compiled once per process; `make` closes it over the
predicates and constants of a rule. A function takes the evaluation, what is bound so far (``env``, its first entry the
table it works for) and the answer waited for. Suspended consumers instead of re-evaluation: Tamaki and Sato, *OLD
resolution with tabulation*, ICLP 1986.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any, NamedTuple

from quod.kernel.wellformed import TESTS
from quod.reasoning.orders import join_order
from quod.reasoning.shapes import Args, Part, Shape, ShapeTerm, is_bound


class Compiled(NamedTuple):
    """The code of a shape under an adornment.

    ``calls`` has for each slot of a callee the literal, the inner literal (or -1) and the callee's adornment.
    """

    make: Callable[..., Any]
    order: tuple[int, ...]
    calls: tuple[tuple[int, int, str], ...]
    source: str


@lru_cache(maxsize=8192)
def compile_shape(shape: Shape, adornment: str, cautious: bool) -> Compiled:
    """The compiled code of *shape* when called with *adornment*."""
    order = join_order(shape, adornment, cautious)
    writer = _Writer(shape, adornment, order)
    source = writer.source()
    names: dict[str, Any] = {}
    exec(compile(source, f"<rule {adornment or 'without arguments'}>", "exec"), names)
    return Compiled(names["make"], order, tuple(writer.calls), source)


def _tuple(parts: list[str]) -> str:
    return f"({', '.join(parts)}{',' if len(parts) == 1 else ''})"


def _key(parts: list[str]) -> str:
    """A table's key: the one bound argument bare, otherwise all of them as a tuple."""
    return parts[0] if len(parts) == 1 else _tuple(parts)


class _Writer:
    """Writes the functions of one rule, from the entry to the recording of the answer."""

    def __init__(self, shape: Shape, adornment: str, order: tuple[int, ...]) -> None:
        self.calls: list[tuple[int, int, str]] = []
        self._shape = shape
        self._adornment = adornment
        self._order = order
        self._bound: set[int] = set()
        self._functions: list[list[str]] = []
        self._lines: list[str] = []
        self._done: list[int] = []
        self._fresh = 0

    def source(self) -> str:
        """The source of ``make(q, k, r, s)``: callees, constants, rule, aggregates; it returns the entry."""
        self._start("f0", "table, key")
        self._enter()
        for step, at in enumerate(self._order):
            part = self._shape.body[at]
            if part.kind == "c":
                self._compute(part)
            else:
                self._wait(step, at, part)
                self._done.append(at)
        self._record()
        lines = ["def make(q, k, r, s):"]
        lines += [f"    q{slot} = q[{slot}]" for slot in range(len(self.calls))]
        lines += [f"    k{slot} = k[{slot}]" for slot in self._constants()]
        # a function refers to the next one, which therefore has to be in the same scope
        lines += ["    " + line for function in self._functions for line in function]
        return "\n".join([*lines, "    return f0", ""])

    def _constants(self) -> list[int]:
        used: list[int] = []

        def walk(term: ShapeTerm) -> None:
            if term[0] == "k":
                used.append(term[1])
            elif term[0] == "f":
                for arg in term[2]:
                    walk(arg)

        for args in (self._shape.head, *[part.args for part in self._shape.body]):
            for arg in args:
                walk(arg)
        for part in self._shape.body:
            for args in part.inner:
                for arg in args:
                    walk(arg)
        return sorted(used)

    def _start(self, name: str, parameters: str) -> None:
        self._lines = [f"def {name}(run, {parameters}):"]
        self._functions.append(self._lines)

    def _line(self, text: str) -> None:
        self._lines.append("    " + text)

    def _enter(self) -> None:
        places = [at for at, letter in enumerate(self._adornment) if letter == "b"]
        for number, at in enumerate(places):
            self._match("key" if len(places) == 1 else f"key[{number}]", self._shape.head[at])

    def _expression(self, term: ShapeTerm) -> str:
        if term[0] == "f":
            return f"('f', {term[1]!r}, {_tuple([self._expression(arg) for arg in term[2]])})"
        return f"{term[0]}{term[1]}"

    def _match(self, value: str, term: ShapeTerm) -> None:
        """Match *term* one-way against the ground term that the expression *value* yields."""
        if term[0] == "v" and term[1] not in self._bound:
            self._line(f"v{term[1]} = {value}")
            self._bound.add(term[1])
        elif is_bound(term, self._bound):
            self._line(f"if {value} != {self._expression(term)}: return")
        else:
            self._fresh += 1
            name = f"x{self._fresh}"
            self._line(f"{name} = {value}")
            self._line(f"if {name}[0] != 'f' or {name}[1] != {term[1]!r} or len({name}[2]) != {len(term[2])}: return")
            for at, arg in enumerate(term[2]):
                self._match(f"{name}[2][{at}]", arg)

    def _compute(self, part: Part) -> None:
        test = part.name in TESTS
        inputs = _tuple([self._expression(arg) for arg in (part.args if test else part.args[:-1])])
        if test:
            self._line(f"if not run.test({part.name!r}, {inputs}, table): return")
        else:
            self._fresh += 1
            self._line(f"c{self._fresh} = run.compute({part.name!r}, {inputs}, table)")
            self._line(f"if c{self._fresh} is None: return")
            self._match(f"c{self._fresh}", part.args[-1])

    def _env(self) -> str:
        return ", ".join(["table", *[f"v{at}" for at in sorted(self._bound)], *[f"p{at}" for at in self._done]]) + ","

    def _callee(self, at: int, inner: int, args: Args) -> tuple[str, str, str]:
        """The slot of the callee, the key of the call, and its adornment."""
        flags = [is_bound(arg, self._bound) for arg in args]
        adornment = "".join(["b" if flag else "f" for flag in flags])
        self.calls.append((at, inner, adornment))
        parts = [self._expression(arg) for arg, flag in zip(args, flags, strict=True) if flag]
        return f"q{len(self.calls) - 1}", _key(parts), adornment

    def _table(self, name: str, slot: str, key: str) -> None:
        self._line(f"{name} = run.tables[{slot}].get({key}) or run.open({slot}, {key})")

    def _wait(self, step: int, at: int, part: Part) -> None:
        """End this function where the literal is called; begin the one that takes its answer."""
        following = f"f{step + 1}"
        adornment = ""
        if part.kind == "a":
            self._gather(following, at, part)
        else:
            slot, key, adornment = self._callee(at, -1, part.args)
            self._table("t", slot, key)
            if part.kind == "-":
                self._line(f"run.absent({following}, ({self._env()}), t)")
            else:
                self._consume(following, part.derived, "f" not in adornment)
        env = self._env()
        self._start(following, f"env, p{at}")
        self._line(f"{env} = env")
        if part.kind == "a":
            self._match(f"p{at}[1]", part.args[0])
        elif "f" in adornment:
            for place, arg in enumerate(part.args):
                if adornment[place] == "f":
                    self._match(f"p{at}[0][{place}]", arg)

    def _consume(self, following: str, derived: bool, ground: bool) -> None:
        self._line("table.calls[t] = None")
        self._line(f"env = ({self._env()})")
        if ground:
            self._line(f"if t.delivered: {following}(run, env, t.delivered[0])")
            if derived:
                self._line(f"else: t.consumers.append(({following}, env))")
            return
        if derived:
            self._line(f"t.consumers.append(({following}, env))")
        self._line("if t.delivered:")
        self._line("    run.spend(len(t.delivered))")
        self._line(f"    for a in t.delivered: {following}(run, env, a)")

    def _gather(self, following: str, at: int, part: Part) -> None:
        names: list[str] = []
        for inner, args in enumerate(part.inner):
            slot, key, _ = self._callee(at, inner, args)
            names.append(f"t{inner}")
            self._table(names[-1], slot, key)
        values = _tuple([f"v{number}" for number in part.needs])
        self._line(f"run.gather({following}, ({self._env()}), {_tuple(names)}, s[{at}], {values})")

    def _record(self) -> None:
        ground = "f" not in self._adornment
        head = "table.args" if ground else _tuple([self._expression(arg) for arg in self._shape.head])
        bindings = _tuple([f"v{number}" for number in range(self._shape.size)])
        premises = _tuple([f"p{at}" for at, part in enumerate(self._shape.body) if part.kind != "c"])
        if not ground:
            self._line(f"h = {head}")
            head = "h"
        self._line(f"a = ({head}, table, r, {bindings}, {premises})")
        self._line(f"if {'table.answers' if ground else 'h in table.answers'}: run.others.append(a)")
        self._line("else:")
        self._line(f"    table.answers[{head}] = a")
        self._line("    run.agenda.append(a)")
