"""Terms, literals and clauses written in the logic notation, so that parsing the text gives the same again.

The printer is total on what the parser produces. A private cell has no notation: it shows as ``#…``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from quod.kernel.values import Atom, Clause, Literal, Term
from quod.knowledge.builtin import ARITHMETIC, COMPARISONS, FUNCTIONS

#: Words with a meaning of their own; as symbols or bare predicates they are quoted.
KEYWORDS = frozenset(
    (
        *(
            "absent",
            "closed",
            "count",
            "date",
            "duration",
            "each",
            "false",
            "max",
            "min",
            "neg",
            "open",
            "or",
        ),
        *("since", "some", "sum", "true", "until", "unused", "xor"),
    )
)

_PLAIN = re.compile(r"[^\W\d_A-Z]\w*")
_SIGN = {op: sign for sign, op in (*COMPARISONS.items(), *ARITHMETIC.items())}


def _escaped(characters: str, quote: str) -> str:
    out: list[str] = []
    for character in characters:
        if character in (quote, "\\"):
            out.append("\\" + character)
        elif character.isprintable():
            out.append(character)
        else:
            out.append(f"\\u{{{ord(character):x}}}")
    return quote + "".join(out) + quote


def is_plain(name: str) -> bool:
    """Whether *name* can be written without quotes (keywords apart)."""
    return _PLAIN.fullmatch(name) is not None and not name[0].isupper()


def show_name(name: str, applied: bool = False) -> str:
    """*name* as a symbol, or as a predicate *applied* to arguments, quoted where it must be.

    >>> show_name("cold"), show_name("New York"), show_name("open"), show_name("open", applied=True)
    ('cold', "'New York'", "'open'", 'open')
    """
    reserved = ("date", "duration") if applied else KEYWORDS
    return name if is_plain(name) and name not in reserved else _escaped(name, "'")


def show_term(term: Term) -> str:
    """*term* in logic notation.

    >>> show_term(("f", "pair", (("n", "3/2"), ("t", "a\\n"))))
    'pair(3/2, "a\\\\u{a}")'
    """
    match term:
        case ("s", str(name)):
            return show_name(name)
        case ("t", str(value)):
            return _escaped(value, '"')
        case ("b", str(value)) | ("n", str(value)) | ("v", str(value)):
            return value
        case ("d", str(value)):
            return f"date({value})"
        case ("u", str(months), str(days)):
            return f"duration({months}, {days})"
        case ("f", str(name), args):
            return f"{show_name(name, applied=True)}({_commas(map(show_term, args))})"
        case (_, value):
            return f"#{value}"
        case _:
            raise ValueError(f"not a term: {term!r}")


def _commas(parts: Iterable[str]) -> str:
    return ", ".join(parts)


def show_atom(atom: Atom) -> str:
    """*atom* in logic notation, ``neg`` first if it is negated.

    >>> show_atom(("~cold/1", (("s", "anne"),)))
    'neg cold(anne)'
    """
    predicate, args = atom
    sign, signature = ("neg ", predicate[1:]) if predicate.startswith("~") else ("", predicate)
    name = signature.rpartition("/")[0]
    if not args:
        return sign + show_name(name)
    return f"{sign}{show_name(name, applied=True)}({_commas(map(show_term, args))})"


def show_literal(literal: Literal, last: bool = False) -> str:
    """The body literal in logic notation; an aggregate that is the *last* literal needs no braces."""
    match literal:
        case ("+", predicate, args):
            return show_atom((predicate, args))
        case ("-", predicate, args):
            return "absent " + show_atom((predicate, args))
        case ("c", op, args):
            return _show_computation(op, args)
        case ("a", op, result, value, body):
            inner = show_body(body)
            counted = "" if op == "count" else f" {show_term(value)}"
            return f"{show_term(result)} = {op}{counted} : " + (inner if last else f"{{ {inner} }}")
        case _:
            raise ValueError(f"not a literal: {literal!r}")


def _show_computation(op: str, args: tuple[Term, ...]) -> str:
    shown = [show_term(arg) for arg in args]
    if op in COMPARISONS.values():
        return f"{shown[0]} {_SIGN[op]} {shown[1]}"
    if op in ARITHMETIC.values():
        # Without parentheses `a / 1/3` would be ambiguous to a reader, and the parser refuses it.
        right = f"({shown[1]})" if op == "div" and "/" in shown[1] and args[1][0] == "n" else shown[1]
        return f"{shown[2]} = {shown[0]} {_SIGN[op]} {right}"
    if op in FUNCTIONS:
        return f"{shown[-1]} = #{op}({_commas(shown[:-1])})"
    return f"#{op}({_commas(shown)})"


def show_body(body: tuple[Literal, ...]) -> str:
    """The literals of a body, separated by commas."""
    end = len(body) - 1
    return _commas(show_literal(literal, i == end) for i, literal in enumerate(body))


def show_clause(clause: Clause) -> str:
    """The clause in logic notation, on one line and with its full stop.

    >>> show_clause(Clause(("round/1", (("v", "X"),)), (("+", "red/1", (("v", "X"),)),)))
    'round(X) :- red(X).'
    """
    since = f"since date({clause.since}) " if clause.since else ""
    until = f"until date({clause.until}) " if clause.until else ""
    validity = (since + until).rstrip() + ": " if since or until else ""
    body = f" :- {show_body(clause.body)}" if clause.body else ""
    return f"{validity}{show_atom(clause.head)}{body}."


def show_predicate(predicate: str) -> str:
    """A predicate as people write it: ``red/1``, ``neg red/1``, ``'bald eagle'/1``."""
    sign, signature = ("neg ", predicate[1:]) if predicate.startswith("~") else ("", predicate)
    name, _, arity = signature.rpartition("/")
    return f"{sign}{show_name(name, applied=True)}/{arity}"
