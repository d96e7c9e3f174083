"""The meaning of conditions and claims: formulas, and the atoms that a claim concludes."""

from __future__ import annotations

from fractions import Fraction
from typing import Final, NamedTuple

from quod.kernel.values import Atom, Literal, Term, complement, number
from quod.language.formulas import Refused
from quod.language.policy.formulas import And, Body, Formula, Let, Lit, No, Or, Test
from quod.language.policy.things import ONE, Meant
from quod.language.policy.tokens import Token
from quod.language.policy.tree import (
    All,
    Any,
    Compare,
    Condition,
    Expression,
    Has,
    Is,
    IsA,
    Known,
    Name,
    Not,
    Relates,
    There,
    Thing,
    Today,
    Total,
    Value,
)
from quod.language.policy.units import NAME, NUMBER
from quod.language.policy.values import Values

RELATIONS: Final = frozenset(
    ["child", "parent", "spouse", "friend", "member", "employee", "citizen", "resident", "sibling", "relative"]
)
ZERO: Final = number(Fraction(0))
_ORDERED: Final = ("lt", "le", "gt", "ge")


class Concluded(NamedTuple):
    """An atom concluded; ``valued`` if it gives an attribute its value, which cannot be turned round."""

    atom: Atom
    valued: bool = False
    given: Body = ()


class Conditions(Values):
    """Conditions as formulas."""

    def condition(self, node: Condition) -> Formula:
        """A condition; what it looks up is given, whether it holds or not."""
        if isinstance(node, Not):
            return No(self.condition(node.body))
        if isinstance(node, All):
            return And(tuple([self.condition(item) for item in node.items]))
        if isinstance(node, Any):
            return Or(tuple([self.condition(item) for item in node.items]), node.least)
        outer, self.out = self.out, []
        known = list(outer)
        self.out = known.copy()
        formula = self._simple(node)
        given, self.out = tuple(self.out[len(known) :]), outer
        return Let(given, formula) if given else formula

    def _simple(self, node: Condition) -> Formula:
        if isinstance(node, Compare):
            return self._compare(node)
        if isinstance(node, Is):
            if self._is_value(node):
                return self._compare(_worded(node))
            subject = self.value(node.subject).term
            return Lit(f"{_word(node.word, node.kind, node.modal)}/1", (subject,))
        if isinstance(node, IsA):
            return self._is_a(node)
        if isinstance(node, Relates):
            return self._relates(node)
        if isinstance(node, Has):
            return self._has(node)
        if isinstance(node, There):
            x, inner = self.gathered(node.thing)
            return self._counted(node.op, node.number, x, inner, node.thing)
        raise Refused("this is not read as a condition")

    def aged(self, attribute: str, meant: Meant) -> Meant:
        """An age in years as its number."""
        if attribute == "age" and meant.term[0] == "u" and meant.term[2] == "0" and int(meant.term[1]) % 12 == 0:
            return Meant(number(Fraction(int(meant.term[1]), 12)), NUMBER)
        return meant

    def _is_value(self, node: Is) -> bool:
        """Whether the word is the value of an attribute: "the status of the order is paid", not a trait of a thing."""
        thing = node.subject
        if not isinstance(thing, Thing) or thing.owner is None or node.kind != "adj" or node.modal:
            return False
        return thing.det == "the" and not thing.plural and thing.slug not in self.book.kinds | self.book.sets

    def _counted(self, op: str, least: Expression, x: Term, inner: tuple[Literal, ...], thing: Thing) -> Formula:
        count = self.fresh()
        self.out.append(("a", "count", count, ONE, self.ranged(inner, {x[1]}, thing.head)))
        return Test(op, count, self.value(least).term)

    def _compare(self, node: Compare) -> Formula:
        left = self.value(node.left)
        right = self.aged(left.attribute, self.value(node.right))
        self.comparable(node.op, left, right, node.at)
        return Test(node.op, left.term, right.term)

    def comparable(self, op: str, left: Meant, right: Meant, at: int) -> None:
        """Fails when: the two are of different kinds."""
        a, b = left.kind, right.kind
        for kind, other in ((a, right), (b, left)):
            if kind is not None and kind != NAME and other.term[0] == "s":
                raise Refused(f"{kind} is compared with a name", at)
            if kind is not None and other.term == ZERO:
                return
        if a is None and b is not None:
            self._learn(left, b)
        elif b is None and a is not None:
            self._learn(right, a)
        elif a != b and a is not None and b is not None:
            raise Refused(f"{a} is compared with {b}", at)
        if op in _ORDERED:
            things = {r.term for r in self.referents if r.entity}
            for meant in (left, right):
                if meant.term[0] == "s":
                    raise Refused("a name has no order", at)
                if meant.kind is None and meant.attribute == "" and meant.term in things:
                    raise Refused('say what is compared: "the … of …"', at)

    def _is_a(self, node: IsA) -> Formula:
        subject = self.value(node.subject).term
        thing = node.thing
        if thing.owner is not None:
            if thing.filters:
                raise Refused("this is not read", node.at)
            return Lit(f"{thing.slug}_of/2", (subject, self.value(thing.owner).term))
        adjectives, noun = self.split(thing)
        self.book.kinds.add(noun)
        parts: list[Formula] = [Lit(f"{word}/1", (subject,)) for word in adjectives]
        if noun:
            parts.append(Lit(f"{noun}/1", (subject,)))
        for each in thing.filters:
            self.holes.append(subject)
            parts.append(self.condition(each))
            self.holes.pop()
        return parts[0] if len(parts) == 1 else And(tuple(parts))

    def _relates(self, node: Relates) -> Formula:
        if node.modal and (isinstance(node.subject, Total) or node.word == "exceed"):
            raise Refused("a duty of a number is not read; say what follows when it is exceeded", node.at)
        subject = self.value(node.subject).term
        thing = node.object
        if isinstance(thing, Thing) and thing.det == "the" and thing.owner is None and not thing.filters:
            alike = [r for r in self.referents if thing.slug == r.slug or thing.head == r.head]
            if not alike and thing.slug not in self.book.attributes:
                return Lit(f"{_word(node.word, node.kind, node.modal)}_{thing.slug}/1", (subject,))
        other = self.value(node.object)
        if other.kind is not None:
            self.book.learn(f"{node.word}!", other.kind)
        return Lit(f"{_word(node.word, node.kind, node.modal)}/2", (subject, other.term))

    def _has(self, node: Has) -> Formula:
        thing = node.thing
        simple = not thing.filters and thing.owner is None and isinstance(node.number, Value)
        counted = thing.slug in self.book.sets or thing.head in self.book.sets or not simple
        if isinstance(node.number, Value) and node.number.token.value != 0:
            counted = True
        if simple and not counted and isinstance(node.number, Value) and node.number.token.value == 0:
            subject = self.value(node.subject).term
            lit = Lit(f"have_{thing.slug}/1", (subject,))
            return No(lit) if node.op == "eq" else lit
        if not counted:
            raise Refused(f'say what the {thing.head}s of a thing are: "The {thing.head}s of … are the …"', node.at)
        owner = self.value(node.subject).term
        x, inner = self.gathered(thing._replace(owner=Known(owner)))
        return self._counted(node.op, node.number, x, inner, thing)

    # ---- claims

    def claim(self, node: Condition) -> list[Concluded]:
        """The atoms that a claim concludes."""
        if isinstance(node, All):
            return [each for item in node.items for each in self.claim(item)]
        if isinstance(node, Not) and isinstance(node.body, Any) and node.body.least == 1:
            return [each for item in node.body.items for each in self.claim(Not(item, node.at))]
        if isinstance(node, Not) and _of_all(node.body):
            raise Refused('"all … not" can be meant in two ways; say "no …"', node.at)
        if isinstance(node, Not):
            return [Concluded(_turned(each, node.at), False) for each in self.claim(node.body)]
        if isinstance(node, Compare):
            return [self._valued(node)]
        if isinstance(node, There):
            return self._none(node)
        if isinstance(node, Is) and self._is_value(node):
            return [self._valued(_worded(node))]
        if isinstance(node, IsA) and node.thing.owner is not None and not node.thing.filters:
            return self._member_claim(node)
        if isinstance(node, Has) and node.op in ("gt", "eq"):
            formula: Formula = self._has_claim(node)
        elif isinstance(node, (Is, IsA, Relates)):
            formula = self._simple(node)
        else:
            raise Refused("this cannot be claimed; say what is the case", node.at)
        return self._atoms(formula, node.at)

    def _none(self, node: There) -> list[Concluded]:
        """ "No visitor under 16 may enter": denied of each."""
        zero = isinstance(node.number, Value) and node.number.token.value == 0 and node.op == "eq"
        if not zero or not node.thing.filters:
            raise Refused("how many there are cannot be claimed", node.at)
        *others, last = node.thing.filters
        x = self.value(node.thing._replace(det="a", filters=tuple(others))).term
        self.holes.append(x)
        concluded = self.claim(Not(last, node.at))
        self.holes.pop()
        return concluded

    def _member_claim(self, node: IsA) -> list[Concluded]:
        """ "Test 1 is a test of Anne": one of hers, and a test."""
        subject = self.value(node.subject).term
        thing = node.thing
        if thing.owner is None:
            raise Refused("this is not read", node.at)
        owner = self.value(thing.owner).term
        if thing.det == "a" and thing.head not in RELATIONS:
            self.book.sets.add(thing.slug)
            self.book.kinds.add(thing.slug)
            return [Concluded((f"{thing.slug}_of/2", (subject, owner))), Concluded((f"{thing.slug}/1", (subject,)))]
        return [Concluded((f"{thing.slug}_of/2", (subject, owner)))]

    def _has_claim(self, node: Has) -> Formula:
        thing = node.thing
        if thing.filters or thing.owner is not None or not isinstance(node.number, Value) or node.number.token.value:
            raise Refused("how many there are cannot be claimed", node.at)
        lit = Lit(f"have_{thing.slug}/1", (self.value(node.subject).term,))
        return No(lit) if node.op == "eq" else lit

    def _atoms(self, formula: Formula, at: int) -> list[Concluded]:
        if isinstance(formula, Lit):
            return [Concluded((formula.predicate, formula.args))]
        if isinstance(formula, No) and isinstance(formula.body, Lit):
            return [Concluded((complement(formula.body.predicate), formula.body.args))]
        if isinstance(formula, And) and formula.items:
            return [each for item in formula.items for each in self._atoms(item, at)]
        raise Refused("this cannot be claimed; say what is the case", at)

    def _valued(self, node: Compare) -> Concluded:
        """ "The fee of a bag is $30": the attribute gets its value."""
        if node.op != "eq":
            raise Refused("a comparison cannot be claimed; say what the value is", node.at)
        if isinstance(node.left, Today):
            right = self.value(node.right)
            return Concluded(("today/1", (right.term,)), True)
        left = node.left
        if isinstance(left, Total) and left.op == "count" and left.over.owner is not None and not left.over.filters:
            left = Thing("the", ("number", "of", *left.over.words), left.over.head, False, left.over.owner, (), node.at)
        if not isinstance(left, Thing):
            raise Refused("that two things are the same is not read", node.at)
        if self._is_global(left):
            self.book.globals.add(left.slug)
            right = self.value(node.right)
            if right.kind is not None:
                self.book.learn(left.slug, right.kind)
            return Concluded((f"{left.slug}/1", (right.term,)), True)
        owner, slug = self._owner(left), left.slug
        self.own(slug, owner)
        right = self.aged(slug, self.value(node.right))
        self.book.attributes.add(slug)
        kind = self.book.kind(slug, node.at)
        if right.kind is not None and kind is None:
            self.book.learn(slug, right.kind)
        elif right.kind is not None and kind is not None and kind != right.kind:
            raise Refused(f"the {slug.replace('_', ' ')} is {kind} elsewhere and {right.kind} here", node.at)
        return Concluded((f"{slug}_of/2", (right.term, owner)), True)

    def _is_global(self, left: Thing) -> bool:
        """ "The base rate is 4.5%": a value of nothing in particular."""
        alone = left.owner is None and left.det == "the" and not left.filters and not left.plural
        return alone and not any(r.entity for r in self.referents) and left.slug not in self.book.attributes

    def _owner(self, left: Thing) -> Term:
        if left.filters:
            raise Refused("this is not read", left.at)
        if left.owner is not None:
            return self.value(left.owner).term
        if left.slug not in self.book.attributes or left.det != "the":
            raise Refused(f"say whose {left.slug.replace('_', ' ')} is meant", left.at)
        things = list(dict.fromkeys(r.term for r in self.referents if r.entity))
        if len(things) != 1:
            raise Refused(f"say whose {left.slug.replace('_', ' ')} is meant", left.at)
        return things[0]


_SIGNS: Final = {"negative": "lt", "positive": "gt", "zero": "eq"}


def _worded(node: Is) -> Compare:
    """ "the status of the order is paid" as an equation, "the balance is negative" as a comparison."""
    if node.word in _SIGNS:
        zero = Value(Token("0", "0", 0, "value", Fraction(0), NUMBER), node.at)
        return Compare(_SIGNS[node.word], node.subject, zero, node.at)
    return Compare("eq", node.subject, Name(node.word, node.word.replace("_", " "), node.at), node.at)


def _of_all(node: Condition) -> bool:
    """Whether *node* is said of "all" or "every" of a kind."""
    subject = node.subject if isinstance(node, (Is, IsA, Relates, Has)) else None
    return isinstance(subject, Thing) and subject.det == "every"


def _turned(concluded: Concluded, at: int) -> Atom:
    if concluded.valued:
        raise Refused("say what the value is, not what it is not", at)
    return (complement(concluded.atom[0]), concluded.atom[1])


def _word(word: str, kind: str, modal: str) -> str:
    if not modal:
        return word
    return f"{modal}_{word}" if kind == "verb" else f"{modal}_be_{word}"
