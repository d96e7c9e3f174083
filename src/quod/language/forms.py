"""Forms: a formula cut into clauses, and into what deduction cannot use, kept in logic notation.

Conjunctions in a conclusion give several clauses, disjunctions in a condition one clause per disjunct.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, NamedTuple

from quod.kernel.values import Atom, Literal, Term, complement, variable
from quod.language.formulas import (
    FLIPPED,
    Absent,
    Cmp,
    Conj,
    Disj,
    Every,
    Formula,
    Lit,
    Neg,
    Refused,
    Rule,
    Some,
    Xor,
    conj,
)

Body = tuple[Literal, ...]
MAX_CLAUSES: Final = 64
_LETTERS: Final = "XYZUVW"
_SIGNS: Final = {"eq": "=", "ne": "!=", "lt": "<", "le": "<=", "gt": ">", "ge": ">="}


class Form(NamedTuple):
    """One clause (``op`` is ""), or one unused form: ``or``, ``xor`` between heads, or ``some``.

    ``heads`` are atoms (with negation in the predicate) or, in a ``some``, also comparisons as literals;
    ``bound`` are the variables said to exist, all others hold for every value.
    """

    op: str
    heads: tuple[Literal, ...]
    body: Body = ()
    bound: tuple[Term, ...] = ()

    @property
    def head(self) -> Atom:
        """The head of a clause."""
        return (self.heads[0][1], self.heads[0][2])


# ---- conditions


def conditions(formula: Formula, positive: bool = True) -> list[Body]:
    """The disjuncts of a condition, each a tuple of body literals.

    Fails when a part says "no" or "every": a clause body cannot.
    """
    if isinstance(formula, Lit):
        return [(("+", formula.predicate if positive else complement(formula.predicate), formula.args),)]
    if isinstance(formula, Cmp):
        return [(("c", formula.op if positive else FLIPPED[formula.op], (formula.left, formula.right)),)]
    if isinstance(formula, Neg):
        return conditions(formula.body, not positive)
    if isinstance(formula, Conj):
        return _all(formula.items, positive) if positive else _any(formula.items, positive)
    if isinstance(formula, Disj):
        return _any(formula.items, positive) if positive else _all(formula.items, positive)
    if isinstance(formula, Some) and positive:
        scope = formula.scope
        if isinstance(scope, Lit) and len(scope.args) > 1 and scope.args[-1] == formula.variable:
            return _all((scope, formula.restriction), True)  # "X likes Y and Y is a cat": mention order
        return _all((formula.restriction, formula.scope), True)
    if isinstance(formula, Every) and not positive:
        return [a + b for a in conditions(formula.restriction) for b in conditions(formula.scope, False)]
    if isinstance(formula, Absent) and positive:
        return _absent(conditions(formula.body))
    if isinstance(formula, Xor):
        raise Refused('"either … or" in a condition can be meant in two ways; leave "either" out')
    raise Refused('"no", "every" or "not … a" in a condition is not read')


def _any(items: Iterable[Formula], positive: bool) -> list[Body]:
    return [body for item in items for body in conditions(item, positive)]


def _all(items: Iterable[Formula], positive: bool) -> list[Body]:
    bodies: list[Body] = [()]
    for item in items:
        alternatives = conditions(item, positive)
        if len(bodies) * len(alternatives) > MAX_CLAUSES:
            raise Refused("the condition has too many alternatives")
        bodies = [body + more for body in bodies for more in alternatives]
    return bodies


def _absent(bodies: list[Body]) -> list[Body]:
    """None of *bodies* is known: of each, one literal is absent."""
    results: list[Body] = [()]
    for body in bodies:
        flipped = [_without(literal) for literal in body]
        results = [(*result, literal) for result in results for literal in flipped]
        if len(results) > MAX_CLAUSES:
            raise Refused("the exception has too many alternatives")
    return results


def _without(literal: Literal) -> Literal:
    if literal[0] == "+":
        return ("-", literal[1], literal[2])
    if literal[0] == "c":
        return ("c", FLIPPED[literal[1]], literal[2])
    raise Refused("an exception within an exception is not read")


# ---- claims


def claims(formula: Formula, body: Body = ()) -> list[Form]:
    """The forms of a claim made under *body*."""
    if isinstance(formula, Lit):
        return [Form("", (("+", formula.predicate, formula.args),), body)]
    if isinstance(formula, Neg):
        return _denied(formula.body, body)
    if isinstance(formula, Conj):
        return [form for item in formula.items for form in claims(item, body)]
    if isinstance(formula, Every):
        bodies = [body + more for more in conditions(formula.restriction)]
        return [form for whole in bodies if _can_hold(whole) for form in claims(formula.scope, whole)]
    if isinstance(formula, Rule):
        return [form for more in conditions(formula.condition) for form in claims(formula.conclusion, body + more)]
    if isinstance(formula, Some):
        return [Form("some", _existence(formula), body, _bound(formula))]
    if isinstance(formula, Disj):
        return _disjunctive(formula.items, body)
    if isinstance(formula, Xor):
        return [Form("xor", tuple(_single(item) for item in formula.items), body)]
    raise Refused("a comparison cannot be concluded; say what is the case")


def _denied(formula: Formula, body: Body) -> list[Form]:
    """The forms of a denial."""
    if isinstance(formula, Lit):
        return [Form("", (("+", complement(formula.predicate), formula.args),), body)]
    if isinstance(formula, Neg):
        return claims(formula.body, body)
    if isinstance(formula, Conj) and formula.items:
        return claims(Disj(tuple(Neg(item) for item in formula.items)), body)
    if isinstance(formula, Disj):
        return claims(Conj(tuple(Neg(item) for item in formula.items)), body)
    if isinstance(formula, Some):
        return claims(Every(formula.variable, formula.restriction, Neg(formula.scope)), body)
    if isinstance(formula, Every):
        return claims(Some(formula.variable, formula.restriction, Neg(formula.scope)), body)
    raise Refused("this cannot be denied in one sentence")


def _can_hold(body: Body) -> bool:
    """Whether no literal of *body* is required and absent at once ("all cats except red cats")."""
    return not any(("-", literal[1], literal[2]) in body for literal in body if literal[0] == "+")


def _existence(formula: Some) -> tuple[Literal, ...]:
    bodies = _all((formula.restriction, formula.scope), True)
    if len(bodies) != 1 or not bodies[0]:
        raise Refused('"or" about something that is only said to exist is not read')
    if any(literal[0] == "-" for literal in bodies[0]):
        raise Refused('"unless" about something that is only said to exist is not read')
    return bodies[0]


def _bound(formula: Formula) -> tuple[Term, ...]:
    """The variables that *formula* says exist."""
    if isinstance(formula, Some):
        return (formula.variable, *_bound(formula.restriction), *_bound(formula.scope))
    if isinstance(formula, Conj):
        return tuple(variable for item in formula.items for variable in _bound(item))
    if isinstance(formula, Neg) and isinstance(formula.body, Every):
        return _bound(Some(formula.body.variable, formula.body.restriction, Neg(formula.body.scope)))
    return ()


def _disjunctive(items: tuple[Formula, ...], body: Body) -> list[Form]:
    """A disjunction; conjunctions inside are distributed."""
    rows: list[tuple[Literal, ...]] = [()]
    for item in items:
        if isinstance(item, Neg) and isinstance(item.body, Disj):
            item = Conj(tuple(Neg(part) for part in item.body.items))
        parts = item.items if isinstance(item, Conj) else (item,)
        rows = [row + new for row in rows for new in (_alternatives(part) for part in parts)]
        if len(rows) > MAX_CLAUSES:
            raise Refused("the sentence has too many alternatives")
    return [Form("or", row, body) for row in rows]


def _alternatives(item: Formula) -> tuple[Literal, ...]:
    if isinstance(item, Disj):
        return tuple(literal for part in item.items for literal in _alternatives(part))
    return (_single(item),)


def _single(item: Formula) -> Literal:
    """One literal; anything larger cannot stand between "or"."""
    positive = True
    while isinstance(item, Neg):
        positive, item = not positive, item.body
    if isinstance(item, Lit):
        return ("+", item.predicate if positive else complement(item.predicate), item.args)
    raise Refused('only simple statements about known things can be joined by "or" in a claim')


# ---- variables


def literal_terms(literal: Literal) -> tuple[Term, ...]:
    """The arguments of a literal."""
    found: tuple[Term, ...] = literal[2]
    return found


def rename(form: Form, first: tuple[Term, ...] = ()) -> Form:
    """*form* with its variables named X, Y, Z, … in order of occurrence, body before head."""
    names: dict[Term, Term] = {}
    for term in first:
        _name(term, names)
    for term in variables(form.heads) if form.bound else ():
        if term not in form.bound and not form.body:
            _name(term, names)
    for literal in (*form.body, *form.heads):
        for term in literal[2]:
            _name(term, names)
    if not names:
        return form

    def new(literal: Literal) -> Literal:
        return (literal[0], literal[1], tuple([names.get(term, term) for term in literal[2]]))

    bound = tuple(names[term] for term in form.bound if term in names)
    return Form(form.op, tuple(map(new, form.heads)), tuple(map(new, form.body)), bound)


def _name(term: Term, names: dict[Term, Term]) -> None:
    if term[0] == "v" and term not in names:
        count = len(names)
        letter = _LETTERS[count % len(_LETTERS)]
        names[term] = variable(letter + (str(count // len(_LETTERS)) if count >= len(_LETTERS) else ""))


def variables(literals: Iterable[Literal]) -> list[Term]:
    """The variables of *literals* in order of occurrence."""
    return list(dict.fromkeys(term for literal in literals for term in literal[2] if term[0] == "v"))


# ---- notation


def spell_term(term: Term) -> str:
    """A term in logic notation."""
    if term[0] == "s":
        name: str = term[1]
        return name if name.replace("_", "a").isalnum() and name[:1].islower() else f"'{name}'"
    return spell_number(term[1]) if term[0] == "n" else str(term[1])


def spell_number(exact: str) -> str:
    """An exact rational as a decimal where it is one.

    >>> spell_number("25/2"), spell_number("1/3")
    ('12.5', '1/3')
    """
    top, _, bottom = exact.partition("/")
    rest = int(bottom or 1)
    places = 0
    while rest % 10 == 0 or rest % 5 == 0 or rest % 2 == 0:
        rest //= 10 if rest % 10 == 0 else 5 if rest % 5 == 0 else 2
        places += 1
    if rest != 1:
        return exact
    if not bottom:
        return top
    digits = str(abs(int(top)) * 10**places // int(bottom)).rjust(places + 1, "0")
    return ("-" if top.startswith("-") else "") + f"{digits[:-places]}.{digits[-places:]}"


def spell_literal(literal: Literal) -> str:
    """A body literal or head in logic notation: ``neg cold(anne)``, ``X > 30``."""
    if literal[0] == "c":
        return f"{spell_term(literal[2][0])} {_SIGNS[literal[1]]} {spell_term(literal[2][1])}"
    predicate: str = literal[1]
    negative = predicate.startswith("~")
    name = predicate[negative:].rsplit("/", 1)[0]
    arguments = ", ".join(map(spell_term, literal[2]))
    sign = "absent " if literal[0] == "-" else ""
    return f"{sign}{'neg ' if negative else ''}{name}" + (f"({arguments})" if arguments else "")


def spell(form: Form) -> str:
    """A form in logic notation, without the prefix ``unused:``."""
    tail = " :- " + ", ".join(map(spell_literal, form.body)) if form.body else ""
    if form.op == "some":
        inner = [term[1] for term in form.bound]
        named = [term[1] for term in variables((*form.body, *form.heads)) if term not in form.bound]
        prefix = ", ".join(named) + ": " if named else ""
        bound = f"some {', '.join(inner)}: " if inner else ""
        return f"{prefix}{bound}{', '.join(map(spell_literal, form.heads))}{tail}."
    joint = f" {form.op} " if form.op else ""
    return f"{joint.join(map(spell_literal, form.heads))}{tail}."


__all__ = ["Body", "Form", "claims", "conditions", "conj", "rename", "spell", "spell_literal", "variables"]
