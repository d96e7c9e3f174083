"""Expressions of policy English: arithmetic, totals, tables, places in an order, and when something happened."""

from __future__ import annotations

from collections.abc import Callable

from quod.language.morphology import singular
from quod.language.policy.nouns import (
    AGGREGATES,
    EVENTS,
    MAX_WAYS,
    OF_TWO,
    POSSESSIVE,
    PRODUCTS,
    SUMS,
    Found,
    Nouns,
    has_plural,
)
from quod.language.policy.tokens import Token
from quod.language.policy.tree import (
    Arithmetic,
    Between,
    Event,
    Expression,
    Lookup,
    Name,
    Place,
    Pronoun,
    Rounded,
    Thing,
    Today,
    Total,
    Value,
)


class Phrases(Nouns):
    """Tokens with a chart of what was parsed at each; the part of the grammar that denotes."""

    # ---- sums, products

    def expression(self, index: int) -> Found[Expression]:
        """Sums and differences of products, from the left; with what bounds and rounds them."""
        return self.charted("expression", index, "", lambda: self._expression(index))

    def _expression(self, index: int) -> Found[Expression]:
        found = self._chain(index, self.product, SUMS)
        for node, end in list(found):
            found += self._adjusted(node, end)
        return found

    def _adjusted(self, node: Expression, end: int) -> Found[Expression]:
        """Bounds and rounding behind an expression."""
        found: Found[Expression] = []
        start = end + (self.low(end) == ",")
        for text, op in (
            ("but not more than", "least"),
            ("but no more than", "least"),
            ("but at most", "least"),
            ("up to a maximum of", "least"),
            ("with a maximum of", "least"),
            ("capped at", "least"),
            ("but not less than", "greatest"),
            ("but no less than", "greatest"),
            ("but at least", "greatest"),
            ("with a minimum of", "greatest"),
            ("subject to a maximum of", "least"),
            ("subject to a minimum of", "greatest"),
        ):
            after = self.phrase(start, text)
            if after >= 0:
                for bound, stop in self.product(after):
                    limited = Arithmetic(op, node, bound, end)
                    found.append((limited, stop))
                    found += self._adjusted(limited, stop)
        for text, op in (("reduced by", "reduce"), ("increased by", "raise"), ("less a discount of", "reduce")):
            after = self.phrase(end, text)
            if after >= 0:
                for amount, stop in self.product(after):
                    changed = Arithmetic(op, node, amount, end)
                    found.append((changed, stop))
                    found += self._adjusted(changed, stop)
        after = self.phrase(start, "rounded")
        if after >= 0:
            for rounded, stop in self._rounding(node, after):
                found.append((rounded, stop))
                found += self._adjusted(rounded, stop)
        return found

    def _rounding(self, node: Expression, index: int) -> Found[Expression]:
        """ "up to the next full dollar", "down to whole dollars", "to the nearest cent"."""
        mode, at = "", index
        for word, named in (("up", "ceiling"), ("down", "floor")):
            if self.low(index) == word:
                mode, at = named, index + 1
        if self.low(at) == "to":
            at = self._skip(at + 1, "the", "a")
            if self.low(at) in ("nearest", "next", "full", "whole"):
                if self.low(at) == "nearest" and not mode:
                    mode = "half_up"
                at = self._skip(at + 1, "full", "whole")
            if mode == "" and self.low(at + 1).startswith("decimal"):
                mode = "half_up"
            step = self._step(at)
            if step is not None and mode:
                return [(Rounded(node, mode, step[0], index), step[1])]
        return []

    def _step(self, index: int) -> tuple[Token, int] | None:
        from fractions import Fraction

        from quod.language.policy.units import CENTS, CURRENCIES, NUMBER, Kind

        token = self.token(index)
        places = self.phrase(index + 1, "decimal places", "decimals", "decimal place")
        if places >= 0 and token.of.sort == "number" and 0 <= token.value <= 6:
            return token._replace(value=Fraction(1, 10 ** int(token.value)), of=NUMBER), places
        if token.kind == "value" and token.of.sort in ("money", "number") and token.value > 0:
            return token, index + 1
        if token.low in CENTS:
            return token._replace(value=Fraction(1, 100), of=Kind("money", CENTS[token.low])), index + 1
        if token.low in CURRENCIES:
            return token._replace(value=Fraction(1), of=Kind("money", CURRENCIES[token.low])), index + 1
        if token.low in ("number", "numbers", "integer", "unit", "point", "points"):
            return token._replace(value=Fraction(1), of=NUMBER), index + 1
        return None

    def _chain(self, index: int, item: Callable[[int], Found[Expression]], signs: dict[str, str]) -> Found[Expression]:
        found: Found[Expression] = []
        todo = list(item(index))
        while todo:
            node, end = todo.pop(0)
            found.append((node, end))
            op, after = self._sign(end, signs)
            if op:
                todo += [(Arithmetic(op, node, right, end), stop) for right, stop in item(after)]
            if len(found) + len(todo) > MAX_WAYS:
                break
        return found

    def _sign(self, index: int, signs: dict[str, str]) -> tuple[str, int]:
        low = self.low(index)
        if low in signs:
            return signs[low], index + 1
        if signs is PRODUCTS and low in ("divided", "multiplied") and self.low(index + 1) == "by":
            return ("div" if low == "divided" else "mul"), index + 2
        return "", index

    def product(self, index: int) -> Found[Expression]:
        """Products and quotients."""
        return self.charted("product", index, "", lambda: self._chain(index, self.factor, PRODUCTS))

    def factor(self, index: int) -> Found[Expression]:
        """One operand."""
        return self.charted("factor", index, "", lambda: self._factor(index))

    def _factor(self, index: int) -> Found[Expression]:
        token, low = self.token(index), self.low(index)
        found: Found[Expression] = []
        if low == "(":
            return [(node, end + 1) for node, end in self.expression(index + 1) if self.low(end) == ")"]
        if token.kind == "value":
            found += self._valued(index)
        if low in ("half", "twice", "double", "triple", "thrice"):
            found += self._multiple(index, low)
        if low == "today":
            found.append((Today(), index + 1))
        if self.phrase(index, "the present day", "the current date", "the day of the decision") >= 0:
            found.append((Today(), index + 3 if self.low(index + 1) in ("present", "current") else index + 5))
        found += self._aggregate(index)
        found += self._compared(index)
        found += self._between(index)
        found += self._lookup(index)
        found += self._place(index)
        found += self._happened(index)
        found += self.thing(index)
        return found

    def _valued(self, index: int) -> Found[Expression]:
        token = self.token(index)
        value = Value(token, index)
        found: Found[Expression] = [(value, index + 1)]
        after = self.phrase(index + 1, "of")
        if token.of.sort == "percent" and after >= 0:
            found += [(Arithmetic("mul", value, base, index), end) for base, end in self.factor(after)]
        if token.of.sort == "days":
            for word, op in (("after", "after"), ("before", "before"), ("from", "after")):
                if self.low(index + 1) == word:
                    found += [
                        (Arithmetic(op, base, value, index), end)
                        for base, end in self.factor(index + 2)
                        if not isinstance(base, Value) or base.token.of.sort == "date"
                    ]
        return found

    def _happened(self, index: int) -> Found[Expression]:
        """ "delivery", "the delivery of the order", "it was delivered"."""
        found: Found[Expression] = []
        at = self._skip(index, "the", "its", "their")
        word = EVENTS.get(self.low(at), "")
        if word:
            owned = self.low(index) in ("its", "their")
            own = Pronoun(POSSESSIVE[self.low(index)], index) if owned else None
            if self.low(at + 1) == "of" and not owned:
                found += [(Event(word, owner, index), end) for owner, end in self.thing(at + 2)]
            if self.low(at + 1) != "of":
                found.append((Event(word, own, index), at + 1))
        for subject, middle in self.thing(index):
            if self.low(middle) in ("was", "is", "were", "are") and isinstance(subject, (Thing, Pronoun, Name)):
                senses = self.lexicon.senses(self.low(middle + 1))
                if senses.participle and self.token(middle + 1).kind == "word":
                    found.append((Event(self.low(middle + 1), subject, index), middle + 2))
        return found

    def _multiple(self, index: int, low: str) -> Found[Expression]:
        from fractions import Fraction

        from quod.language.policy.units import NUMBER

        times = {"half": Fraction(1, 2), "twice": Fraction(2), "double": Fraction(2)}.get(low, Fraction(3))
        value = Value(Token(str(times), str(times), self.token(index).column, "value", times, NUMBER), index)
        start = self._skip(index + 1, "of")
        return [(Arithmetic("mul", value, base, index), end) for base, end in self.factor(start)]

    def _aggregate(self, index: int) -> Found[Expression]:
        """The number of …, the total of the … of …, the highest … of …, the average …"""
        at = self._skip(index, "the")
        op = AGGREGATES.get(self.low(at), "")
        if not op:
            return []
        found: Found[Expression] = []
        start = at + 1
        if self.low(start) == "of":
            start = start + 1
            if op == "sum":
                found += self._sum_of(start)
        elif op == "count":
            return []
        start = self._skip(self._skip(start, "all"), "the")
        for thing, end in self.thing(start, "bare"):
            if isinstance(thing, Thing) and (thing.plural or has_plural(thing)):
                found.append((Total(op, thing, index), end))
        return found

    def _sum_of(self, index: int) -> Found[Expression]:
        """ "the sum of A, B and C"."""
        found: Found[Expression] = []
        todo: list[tuple[list[Expression], int]] = [([node], end) for node, end in self.product(index)]
        while todo:
            items, end = todo.pop(0)
            last = self.low(end) == "and" or (self.low(end) == "," and self.low(end + 1) == "and")
            after = end + (1 if self.low(end) in (",", "and") else 0)
            after += self.low(after) == "and"
            if after == end:
                continue
            for node, stop in self.product(after):
                if last:
                    whole: Expression = items[0]
                    for item in [*items[1:], node]:
                        whole = Arithmetic("add", whole, item, index)
                    found.append((whole, stop))
                elif len(items) < 8:
                    todo.append(([*items, node], stop))
        return found

    def _compared(self, index: int) -> Found[Expression]:
        """The higher of A and B; whichever is higher."""
        at = self._skip(index, "the")
        op = OF_TWO.get(self.low(at), "")
        if not op or self.low(at + 1) != "of":
            return []
        return [
            (Arithmetic(op, left, right, index), end)
            for left, middle in self.expression(at + 2)
            if self.low(middle) in ("and", "or")
            for right, end in self.expression(middle + 1)
        ]

    def _between(self, index: int) -> Found[Expression]:
        """The number of days between A and B, from A to B."""
        after = self.phrase(index, "the number of", "number of")
        if after < 0:
            return []
        after = self._skip(after, "full", "whole", "complete", "calendar")
        unit = self.low(after)
        if unit not in ("days", "months", "years"):
            return []
        for first, second in (("between", "and"), ("from", "to"), ("from", "until")):
            if self.low(after + 1) == first:
                return [
                    (Between(unit, start, stop, index), end)
                    for start, middle in self.factor(after + 2)
                    if self.low(middle) == second
                    for stop, end in self.factor(middle + 1)
                ]
        return []

    def _lookup(self, index: int) -> Found[Expression]:
        """The fee in the bag fees table where bag is 1 and region is the region of the passenger."""
        at = self._skip(index, "the")
        words: list[str] = []
        while self.token(at).kind == "word" and self.low(at) != "in" and len(words) < 5:
            words.append(self.low(at))
            at += 1
        if self.phrase(at, "in the") < 0 or not words:
            return []
        column, at = "_".join(words), at + 2
        named: list[str] = []
        while self.token(at).kind == "word" and self.low(at) not in ("table", "where") and len(named) < 6:
            named.append(self.low(at))
            at += 1
        table = self._table("_".join(named))
        if self.phrase(at, "table where") < 0 or not table or column not in self.tables[table]:
            return []
        return self._keys(column, table, at + 2, index)

    def _table(self, name: str) -> str:
        for known in self.tables:
            if known in (name, singular(name.rpartition("_")[2]) and name[:-1]):
                return known
        return ""

    def _keys(self, column: str, table: str, index: int, at: int) -> Found[Expression]:
        found: Found[Expression] = []
        todo: list[tuple[tuple[tuple[str, Expression], ...], int]] = [((), index)]
        while todo:
            keys, start = todo.pop(0)
            start = self._skip(start, "the")
            words: list[str] = []
            while self.token(start).kind == "word" and self.low(start) not in ("is", "equals") and len(words) < 5:
                words.append(self.low(start))
                start += 1
            name = "_".join(words)
            if name not in self.tables[table] or self.low(start) not in ("is", "equals"):
                continue
            for value, end in self.expression(start + 1):
                more = (*keys, (name, value))
                found.append((Lookup(column, table, more, at), end))
                after = end + (self.low(end) == ",")
                after += self.low(after) == "and"
                if after > end:
                    todo.append((more, after))
        return found

    def _place(self, index: int) -> Found[Expression]:
        """The place of the bag among the bags of the passenger by fee, highest first, then by number."""
        after = self.phrase(index, "the place of", "its place", "the rank of", "its rank", "the position of")
        if after < 0:
            return []
        own = self.low(index) == "its"
        things: Found[Expression] = [(Pronoun("it", index), after)] if own else self.thing(after)
        found: Found[Expression] = []
        for thing, middle in things:
            if self.low(middle) != "among":
                continue
            for among, start in self.thing(middle + 1):
                if isinstance(among, Thing) and among.plural:
                    for orders, end in self.orders(start):
                        found.append((Place(thing, among, orders, index), end))
        return found

    # ---- noun phrases
