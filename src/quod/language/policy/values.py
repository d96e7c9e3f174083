"""The meaning of expressions: terms, and the literals that look them up and compute them."""

from __future__ import annotations

from fractions import Fraction

from quod.kernel.values import Term, date, duration, number, symbol
from quod.knowledge.shape import literal_variables
from quod.language.formulas import Refused
from quod.language.policy.formulas import Body
from quod.language.policy.things import ONE, Meant, Referent, Things
from quod.language.policy.tree import (
    Arithmetic,
    Between,
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


class Values(Things):
    """The expressions of one sentence; literals go to the innermost open list."""

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

    # ---- arithmetic

    def _arithmetic(self, node: Arithmetic) -> Meant:
        left, right = self.value(node.left), self.value(node.right)
        if node.op in ("reduce", "raise"):
            node = node._replace(op="sub" if node.op == "reduce" else "add")
            if right.kind == PERCENT and left.kind != PERCENT:
                share = self.fresh()
                self.out.append(("c", "mul", (left.term, right.term, share)))
                right = Meant(share, left.kind)
        if node.op in ("after", "before"):
            if left.kind not in (None, DATE):
                raise Refused(f"{left.kind} is not a date", node.at)
            self._learn(left, DATE)
            left = left._replace(kind=DATE)
            node = node._replace(op="add" if node.op == "after" else "sub")
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
        if SPAN in (a, b) and (a is None or b is None):
            return None
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
            first, last = self._day_number(start.term), self._day_number(end.term)
            self.out.append(("c", "sub", (last, first, result)))
            return Meant(result, NUMBER)
        self.out.append(("c", f"{node.unit}_between", (start.term, end.term, result)))
        return Meant(result, NUMBER)

    def _calculate(self, op: str, *args: Term) -> Term:
        result = self.fresh()
        self.out.append(("c", op, (*args, result)))
        return result

    def _day_number(self, day: Term) -> Term:
        """The day counted from a fixed day, by the calendar's own arithmetic (Fliegel and Van Flandern, CACM 1968)."""

        def whole(value: Term, by: int) -> Term:
            return self._calculate("floor", self._calculate("div", value, number(by)))

        count = self._calculate
        month = count("month", day)
        early = whole(count("sub", number(14), month), 12)
        year = count("sub", count("add", count("year", day), number(4800)), early)
        shifted = count("sub", count("add", month, count("mul", early, number(12))), number(3))
        days = whole(count("add", count("mul", shifted, number(153)), number(2)), 5)
        total = count("add", count("day", day), days)
        total = count("add", total, count("mul", year, number(365)))
        for by, sign in ((4, "add"), (100, "sub"), (400, "add")):
            total = count(sign, total, whole(year, by))
        return total

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
        if slug == thing.slug and slug not in self.book.sets | self.book.attributes:
            adjectives, slug = self.split(thing)
        x = self.fresh()
        if slug not in self.book.sets and slug not in self.book.attributes:
            self._belonging(slug, x, holder, thing.at)
        else:
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

    def _total(self, node: Total) -> Meant:
        slug = f"number_of_{node.over.slug}"
        if (
            node.op == "count"
            and slug in self.book.attributes
            and node.over.owner is not None
            and not node.over.filters
        ):
            return self._attribute(slug, self.value(node.over.owner).term, node.at)
        if node.op == "count":
            x, inner = self.gathered(node.over)
            inner = self.ranged(inner, {x[1]}, node.over.head)
            result = self.fresh()
            self.out.append(("a", "count", result, ONE, inner))
            return Meant(result, NUMBER)
        over = node.over
        if isinstance(over.owner, Thing):
            self.book.attributes.add(over.slug)
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
