"""The meaning of expressions: terms, and the literals that look them up and compute them."""

from __future__ import annotations

import hashlib
from fractions import Fraction
from typing import Final, NamedTuple

from quod.kernel.values import Clause, Literal, Term, date, duration, number, symbol, variable
from quod.knowledge.shape import literal_variables
from quod.language.formulas import Refused
from quod.language.policy.formulas import And, Body, Formula, Let, bodies
from quod.language.policy.knowledge import Knowledge
from quod.language.policy.tree import (
    Arithmetic,
    Between,
    Condition,
    Event,
    Expression,
    Hole,
    Known,
    Lookup,
    Name,
    Place,
    Pronoun,
    Rounded,
    Thing,
    Total,
    Value,
)
from quod.language.policy.units import DATE, NUMBER, PERCENT, SPAN, Kind

TRUE: Final = And(())
ONE: Final = number(1)
_WORDS: Final = {"add": "add to", "sub": "subtract from", "mul": "multiply by", "div": "divide by"}


class Referent(NamedTuple):
    """Something mentioned: its noun, its term, and whether it is a thing rather than a value."""

    slug: str
    head: str
    term: Term
    entity: bool
    plural: bool = False


class Meant(NamedTuple):
    """What an expression denotes: the term, what kind of value, and the attribute it is a value of."""

    term: Term
    kind: Kind | None = None
    attribute: str = ""


class Values:
    """The expressions of one sentence; literals go to the innermost open list."""

    def __init__(self, book: Knowledge, adjectives: frozenset[str], sentence: str) -> None:
        self.book = book
        self.adjectives = adjectives
        self.sentence = sentence
        self.referents: list[Referent] = []
        self.base: list[Literal] = []
        self.out: list[Literal] = []
        self._depth = 0
        self._things: dict[Thing, Meant] = {}
        self._outside: list[Literal] = []
        self.helpers: list[tuple[str, tuple[Term, ...], list[Body]]] = []
        self.holes: list[Term] = []
        self.asked: list[Term] = []
        self._fresh = 0

    def fresh(self) -> Term:
        """A new variable."""
        self._fresh += 1
        return variable(f"V{self._fresh}")

    def condition(self, node: Condition) -> Formula:
        """A condition (``conditions`` gives the body)."""
        raise NotImplementedError

    # ---- dispatch

    def value(self, node: Expression) -> Meant:
        """What *node* denotes; what looks it up is appended to ``out``."""
        if isinstance(node, Value):
            return self._constant(node)
        if isinstance(node, Name):
            return self._name(node)
        if isinstance(node, Hole):
            return Meant(self.holes[-1])
        if isinstance(node, Pronoun):
            return Meant(self._pronoun(node))
        if isinstance(node, Thing):
            return self.thing(node)
        if isinstance(node, Known):
            return Meant(node.term)
        if isinstance(node, Arithmetic):
            return self._arithmetic(node)
        if isinstance(node, Rounded):
            return self._rounded(node)
        if isinstance(node, Total):
            return self._total(node)
        if isinstance(node, Between):
            return self._between(node)
        if isinstance(node, Lookup):
            return self._lookup(node)
        if isinstance(node, Place):
            return self._place(node)
        if isinstance(node, Event):
            return self._event(node)
        day = self.fresh()
        self.out.append(("+", "today/1", (day,)))
        return Meant(day, DATE)

    def _constant(self, node: Value) -> Meant:
        token = node.token
        if token.of.sort == "date":
            return Meant(date(token.text), DATE)
        if token.of.sort == "days":
            return Meant(duration(*token.more), SPAN)
        value, kind = self.book.amount(token)
        return Meant(number(value), kind)

    def _name(self, node: Name) -> Meant:
        name = self.book.symbols.get(node.symbol, node.symbol)
        self.book.names[name] = node.shown
        term = symbol(name)
        head = node.shown.rpartition(" ")[0].lower()
        self.mention(Referent(head, head, term, True))
        return Meant(term)

    def mention(self, referent: Referent) -> None:
        """Make something available to "the …" and "it"."""
        if referent not in self.referents:
            self.referents.append(referent)

    def _pronoun(self, node: Pronoun) -> Term:
        things = [r for r in self.referents if r.entity]
        terms = list(dict.fromkeys(r.term for r in things))
        if self.holes and not terms:
            return self.holes[-1]
        if not terms:
            raise Refused(f'"{node.word}" has nothing in this sentence to refer to', node.at)
        if len(terms) > 1:
            raise Refused(f'"{node.word}" could mean more than one thing here; name it', node.at)
        return terms[0]

    # ---- nouns

    def split(self, thing: Thing) -> tuple[list[str], str]:
        """The adjectives and the noun of *thing*; a noun the book defines or uses keeps its words."""
        words = [word.replace("-", "_") for word in thing.words]
        adjectives: list[str] = []
        while words:
            slug = "_".join([*words, thing.head])
            if slug in self.book.kinds or slug in self.book.attributes or slug in self.book.sets:
                break
            if words[0] not in self.adjectives:
                break
            adjectives.append(words.pop(0))
        return adjectives, "_".join([*words, thing.head])

    def thing(self, node: Thing) -> Meant:
        """A noun phrase as a term; said twice of the same words, it is the same thing."""
        if self._depth or node.owner is not None:
            return self._thing(node)
        known = self._things.get(node)
        if known is None:
            known = self._things[node] = self._thing(node)
        return known

    def _thing(self, node: Thing) -> Meant:
        if node.det == "no":
            raise Refused('"no" is not read here', node.at)
        if node.owner is not None:
            return self._owned(node)
        adjectives, noun = self.split(node)
        if node.det == "the":
            known = self._known(node, noun)
            if known is not None and node.filters:
                raise Refused(f'what belongs to "the {noun.replace("_", " ")}" here is not clear', node.at)
            if known is not None:
                self._restrict(known.term, adjectives if known.attribute == "" else [], node)
                return known
        if node.det == "bare" and not node.plural:
            raise Refused(f'say "a {noun.replace("_", " ")}" or "the {noun.replace("_", " ")}"', node.at)
        x = self.fresh()
        start = len(self.out)
        if node.det == "what":
            self.asked.append(x)
        if noun:
            self.out.append(("+", f"{noun}/1", (x,)))
            self.book.kinds.add(noun)
        self.mention(Referent(noun or "person", node.head or "person", x, True, node.plural))
        self._restrict(x, adjectives, node)
        self._share(start)
        return Meant(x)

    def _share(self, start: int) -> None:
        """What introduces a thing is given for the whole sentence, not for one alternative of a condition."""
        if not self._depth:
            self.base += self.out[start:]
            del self.out[start:]

    def _known(self, node: Thing, noun: str) -> Meant | None:
        """What "the …" takes up: something mentioned, or an attribute of the only thing mentioned."""
        for alike in (
            [r for r in self.referents if r.slug == node.slug],
            [r for r in self.referents if r.slug == noun],
            [r for r in self.referents if r.head == node.head and r.entity],
        ):
            alike = [r for r in alike if r.entity] or alike
            terms = list(dict.fromkeys(r.term for r in alike))
            if len(terms) == 1:
                return Meant(terms[0], self.book.types.get(alike[0].slug), "" if alike[0].entity else alike[0].slug)
            if len(terms) > 1:
                raise Refused(f'"the {noun.replace("_", " ")}" could mean more than one thing here', node.at)
        if node.slug in self.book.attributes and node.slug not in self.book.kinds:
            things = list(dict.fromkeys(r.term for r in self.referents if r.entity))
            if len(things) != 1:
                raise Refused(f"say whose {node.slug.replace('_', ' ')} is meant", node.at)
            return self._attribute(node.slug, things[0], node.at)
        return None

    def _restrict(self, x: Term, adjectives: list[str], node: Thing) -> None:
        for word in adjectives:
            self.out.append(("+", f"{word}/1", (x,)))
        for condition in node.filters:
            self.holes.append(x)
            formula = self.condition(condition)
            self.holes.pop()
            alternatives = bodies(formula)
            if len(alternatives) == 1:
                self.out += alternatives[0]
            else:
                self.out.append(self.helper(node.head, alternatives, {x[1]} if x[0] == "v" else set()))

    def _attribute(self, slug: str, owner: Term, at: int) -> Meant:
        """The value of an attribute; looked up once."""
        predicate = f"{slug}_of/2"
        for literal in self.out:
            if literal[0] == "+" and literal[1] == predicate and literal[2][1] == owner:
                return Meant(literal[2][0], self.book.kind(slug, at), slug)
        x = self.fresh()
        self.out.append(("+", predicate, (x, owner)))
        self.mention(Referent(slug, slug.rpartition("_")[2], x, False))
        return Meant(x, self.book.kind(slug, at), slug)

    def _owned(self, node: Thing) -> Meant:
        if node.owner is None:
            raise Refused("this has no owner", node.at)
        if node.slug not in self.book.sets and node.head in self.book.sets:
            adjectives, slug = [w.replace("-", "_") for w in node.words], node.head
        else:
            adjectives, slug = [], node.slug
        if (node.plural or slug in self.book.sets) and node.det not in ("a", "every", "what"):
            if slug in self.book.sets:
                raise Refused('say "the number of …", "the total of …" or "each": these may be several', node.at)
        owner = self.value(node.owner).term
        if node.det in ("a", "every", "what"):
            x = self.fresh()
            start = len(self.out)
            if node.det == "what":
                self.asked.append(x)
            self.out.append(("+", f"{slug}_of/2", (x, owner)))
            self.mention(Referent(slug, node.head, x, True))
            self._restrict(x, adjectives, node)
            self._share(start)
            return Meant(x)
        self.book.attributes.add(slug)
        found = self._attribute(slug, owner, node.at)
        self._restrict(found.term, adjectives, node)
        return found

    def _event(self, node: Event) -> Meant:
        if node.subject is not None:
            owner = self.value(node.subject).term
        else:
            things = list(dict.fromkeys(r.term for r in self.referents if r.entity))
            if len(things) != 1:
                raise Refused("say what this happened to", node.at)
            owner = things[0]
        predicate = f"{node.word}_on/2"
        for literal in self.out:
            if literal[0] == "+" and literal[1] == predicate and literal[2][0] == owner:
                return Meant(literal[2][1], DATE)
        x = self.fresh()
        self.out.append(("+", predicate, (owner, x)))
        return Meant(x, DATE)

    # ---- arithmetic

    def _arithmetic(self, node: Arithmetic) -> Meant:
        left, right = self.value(node.left), self.value(node.right)
        kind = self.combined(node.op, left, right, node.at)
        result = self.fresh()
        self.out.append(("c", node.op, (left.term, right.term, result)))
        return Meant(result, kind)

    def combined(self, op: str, left: Meant, right: Meant, at: int) -> Kind | None:
        """The kind of a result. Fails when: the two do not go together."""
        a, b = left.kind, right.kind
        if op in ("mul", "div"):
            return self._scaled(op, a, b, at)
        if a is not None and a == DATE and op in ("add", "sub"):
            return SPAN if b == DATE else DATE
        if a is None or b is None:
            self._learn(left, b)
            self._learn(right, a)
            return a if b is None else b
        if a != b:
            raise Refused(f"{a} and {b} cannot be put together", at)
        return a

    def _learn(self, meant: Meant, kind: Kind | None) -> None:
        if meant.kind is None and meant.attribute and kind is not None:
            self.book.learn(meant.attribute, kind)

    def _scaled(self, op: str, a: Kind | None, b: Kind | None, at: int) -> Kind | None:
        plain = (NUMBER, PERCENT)
        if op == "div" and a is not None and a == b:
            return NUMBER
        if b in plain:
            return a if a is not None and a != PERCENT else (b if a == PERCENT else a)
        if op == "mul" and a in plain:
            return b
        if a is None or b is None:
            return None
        raise Refused(f"{a} cannot be {'multiplied' if op == 'mul' else 'divided'} by {b}", at)

    def _rounded(self, node: Rounded) -> Meant:
        value = self.value(node.value)
        step = node.step.value
        if node.step.of.sort == "money" and value.kind is not None and value.kind != node.step.of:
            raise Refused(f"{value.kind} is rounded to {node.step.of}", node.at)
        scaled, whole, result = self.fresh(), self.fresh(), self.fresh()
        self.out.append(("c", "div", (value.term, number(step), scaled)))
        if node.mode in ("ceiling", "floor"):
            self.out.append(("c", node.mode, (scaled, whole)))
        else:
            self.out.append(("c", "round", (scaled, number(0), symbol(node.mode), whole)))
        self.out.append(("c", "mul", (whole, number(step), result)))
        return Meant(result, value.kind)

    def _between(self, node: Between) -> Meant:
        start, end = self.value(node.start), self.value(node.end)
        for meant in (start, end):
            if meant.kind not in (None, DATE):
                raise Refused(f"{meant.kind} is not a date", node.at)
            self._learn(meant, DATE)
        result = self.fresh()
        if node.unit == "days":
            raise Refused("days are not counted; compare dates instead: more than 30 days after …", node.at)
        self.out.append(("c", f"{node.unit}_between", (start.term, end.term, result)))
        return Meant(result, NUMBER)

    def _lookup(self, node: Lookup) -> Meant:
        columns = self.book.tables[node.table]
        given = dict(node.keys)
        result = self.fresh()
        args: list[Term] = []
        for column in columns:
            if column == node.column:
                args.append(result)
            elif column in given:
                args.append(self.value(given[column]).term)
            else:
                args.append(self.fresh())
        self.out.append(("+", f"{node.table}/{len(columns)}", tuple(args)))
        return Meant(result, self.book.types.get(f"{node.table}.{node.column}"), f"{node.table}.{node.column}")

    # ---- totals

    def _member(self, thing: Thing) -> Term:
        """One of the things that a plural noun phrase speaks of; its literals go to ``out``."""
        owner = thing.owner
        many = isinstance(owner, Thing) and (owner.plural or owner.det == "every")
        if owner is None:
            return self.thing(thing._replace(det="a")).term
        if many and isinstance(owner, Thing):
            holder = self._member(owner)
        else:
            holder = self._outer(owner)
        return self._of(thing, holder)

    def _outer(self, owner: Expression) -> Term:
        """The owner of a set, looked up outside of the aggregate."""
        inner, self.out = self.out, self._outside
        depth, self._depth = self._depth, self._depth - 1
        term = self.value(owner).term
        self._depth = depth
        self._outside, self.out = self.out, inner
        return term

    def _of(self, thing: Thing, holder: Term) -> Term:
        if thing.slug in self.book.sets or thing.slug in self.book.attributes or thing.head not in self.book.sets:
            adjectives, slug = [], thing.slug
        else:
            adjectives, slug = [w.replace("-", "_") for w in thing.words], thing.head
        x = self.fresh()
        self.out.append(("+", f"{slug}_of/2", (x, holder)))
        self._restrict(x, adjectives, thing)
        return x

    def gathered(self, thing: Thing) -> tuple[Term, Body]:
        """A member of a set and the literals that an aggregate ranges over."""
        enclosing, self._outside = self._outside, self.out
        marked = len(self.referents)
        self.out = []
        self._depth += 1
        x = self._member(thing)
        self._depth -= 1
        inner, self.out = self.out, self._outside
        self._outside = enclosing
        del self.referents[marked:]
        return x, tuple(inner)

    def ranged(self, inner: Body, keep: set[str], noun: str) -> Body:
        """*inner* as an aggregate can range over it: what it cannot do itself becomes a predicate of its own."""
        if all(literal[0] in "+c" for literal in inner):
            return inner
        return (self.helper(noun, [inner], keep),)

    def helper(self, noun: str, alternatives: list[Body], keep: set[str]) -> Literal:
        """A literal that holds under any of *alternatives*."""
        outer = set().union(*(literal_variables(literal) for literal in (*self.out, *self._outside, *self.base)))
        used = [
            name
            for name in dict.fromkeys(
                n for body in alternatives for lit in body for n in sorted(literal_variables(lit))
            )
            if name in keep or name in outer
        ]
        args = tuple(variable(name) for name in used)
        digest = hashlib.sha256(f"{self.sentence}#{len(self.helpers)}".encode()).hexdigest()[:6]
        name = f"{noun or 'case'}_meant_{digest}/{len(args)}"
        self.helpers.append((name, args, alternatives))
        return ("+", name, args)

    def _total(self, node: Total) -> Meant:
        if node.op == "count":
            x, inner = self.gathered(node.over)
            inner = self.ranged(inner, {x[1]}, node.over.head)
            result = self.fresh()
            self.out.append(("a", "count", result, ONE, inner))
            return Meant(result, NUMBER)
        over = node.over
        x, inner = self.gathered(over)
        slug = over.slug
        kind = self.book.kind(slug, node.at)
        inner = self.ranged(inner, {x[1]}, over.head)
        result = self.fresh()
        op = "sum" if node.op == "average" else node.op
        owner = over.owner
        count = None
        if isinstance(owner, Thing) and (owner.plural or owner.det == "every"):
            count = self._complete(owner, x, inner)
        self.out.append(("a", op, result, x, inner))
        if node.op != "average":
            return Meant(result, kind, slug)
        if count is None:
            count = self.fresh()
            self.out.append(("a", "count", count, ONE, self._apart(x, inner)[1]))
        mean = self.fresh()
        self.out.append(("c", "gt", (count, number(Fraction(0)))))
        self.out.append(("c", "div", (result, count, mean)))
        return Meant(mean, kind)

    def _complete(self, owner: Thing, x: Term, inner: Body) -> Term:
        """Every one of the things has the value: a total over part of them would not be the total."""
        member, things = self.gathered(owner)
        things = self.ranged(things, {member[1]}, owner.head)
        count, valued = self.fresh(), self.fresh()
        self.out.append(("a", "count", count, ONE, things))
        self.out.append(("a", "count", valued, ONE, self._apart(x, inner)[1]))
        self.out.append(("c", "eq", (count, valued)))
        return count

    def _apart(self, x: Term, inner: Body) -> tuple[Term, Body]:
        """The same aggregate with local variables of its own: two aggregates share none."""
        outer: set[str] = set()
        for literal in (*self.base, *self.out):
            outer |= literal_variables(literal)
        own: dict[Term, Term] = {}

        def new(term: Term) -> Term:
            if term[0] != "v" or term[1] in outer:
                return term
            return own.setdefault(term, self.fresh())

        renamed = tuple([(tag, name, tuple(map(new, args))) for tag, name, args in inner])
        return new(x), renamed

    def _place(self, node: Place) -> Meant:
        """One more than the number of those that come before."""
        own = self.value(node.thing).term
        mine = [self._attribute(slug, own, node.at) for slug, _ in node.orders]
        total: Term = number(Fraction(1))
        for depth, (slug, op) in enumerate(node.orders):
            enclosing, self._outside = self._outside, self.out
            self.out = []
            marked = len(self.referents)
            self._depth += 1
            other = self._member(node.among)
            for (before, _), same in zip(node.orders[:depth], mine, strict=False):
                self.out.append(("+", f"{before}_of/2", (same.term, other)))
            theirs = self.fresh()
            self.out.append(("+", f"{slug}_of/2", (theirs, other)))
            self.out.append(("c", op, (theirs, mine[depth].term)))
            self._depth -= 1
            inner, self.out = tuple(self.out), self._outside
            self._outside = enclosing
            del self.referents[marked:]
            count, added = self.fresh(), self.fresh()
            self.out.append(("a", "count", count, ONE, self.ranged(inner, {other[1]}, node.among.head)))
            self.out.append(("c", "add", (total, count, added)))
            total = added
        return Meant(total, NUMBER)


__all__ = ["TRUE", "Clause", "Let", "Meant", "Referent", "Values"]
