"""The same programs for clingo, whose unique answer set is the stratified model."""

from __future__ import annotations

import clingo
from naive import names

OPERATORS = {"eq": "=", "ne": "!=", "lt": "<", "le": "<=", "gt": ">", "ge": ">=", "add": "+", "sub": "-", "mul": "*"}


def clingo_model(clauses) -> set:
    """All atoms of the only answer set."""
    predicates = {each.head[0] for each in clauses}
    control = clingo.Control(["--warn=none"])
    control.add("base", [], "\n".join(map(rule, clauses)))
    control.ground([("base", [])])
    found: list[set] = []
    control.solve(on_model=lambda model: found.append({read(atom) for atom in model.symbols(atoms=True)}))
    assert len(found) == 1
    return {atom for atom in found[0] if atom[0] in predicates}


def rule(clause) -> str:
    body = ", ".join(part for each in clause.body for part in literal(each))
    head = atom(clause.head[0], clause.head[1])
    return f"{head} :- {body}." if body else f"{head}."


def literal(each) -> list[str]:
    if each[0] in "+-":
        return [("not " if each[0] == "-" else "") + atom(each[1], each[2])]
    if each[0] == "c":
        args = [term(arg) for arg in each[2]]
        if len(args) == 2:
            return [f"{args[0]} {OPERATORS[each[1]]} {args[1]}"]
        return [f"{args[2]} = {args[0]} {OPERATORS[each[1]]} {args[1]}"]
    _, op, result, value, inner = each
    inside = {name for part in (value, *[arg for one in inner for arg in one[2]]) for name in names(part)}
    conditions = ", ".join(part for one in inner for part in literal(one))
    tuples = ", ".join([term(value), "1", *sorted(inside)])
    written = [f"{term(result)} = #{op} {{ {tuples} : {conditions} }}"]
    return [*written, f"{term(result)} != #sup", f"{term(result)} != #inf"] if op in ("min", "max") else written


def atom(predicate: str, args) -> str:
    name = predicate.rpartition("/")[0]
    spelled = f"n_{name[1:]}" if name.startswith("~") else f"y_{name}"
    return f"{spelled}({', '.join(map(term, args))})" if args else spelled


def term(value) -> str:
    return f"{value[1]}({', '.join(map(term, value[2]))})" if value[0] == "f" else value[1]


def read(symbol: clingo.Symbol):
    sign, name = symbol.name[:2], symbol.name[2:]
    return f"{'~' if sign == 'n_' else ''}{name}/{len(symbol.arguments)}", tuple(map(value, symbol.arguments))


def value(symbol: clingo.Symbol):
    if symbol.type == clingo.SymbolType.Number:
        return ("n", str(symbol.number))
    if symbol.arguments:
        return ("f", symbol.name, tuple(map(value, symbol.arguments)))
    return ("s", symbol.name)
