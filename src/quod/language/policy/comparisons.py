"""Comparisons of policy English: amounts, ranges, ages, dates and when something happened."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from quod.language.policy.nouns import HOLE, Found
from quod.language.policy.phrases import Phrases
from quod.language.policy.tokens import Token
from quod.language.policy.tree import (
    All,
    Any,
    Arithmetic,
    Compare,
    Condition,
    Expression,
    Name,
    Thing,
    Today,
    Value,
)
from quod.language.policy.units import NUMBER

COMPARISONS: Final = (
    ("greater than or equal to", "ge"),
    ("less than or equal to", "le"),
    ("not more than", "le"),
    ("no more than", "le"),
    ("not less than", "ge"),
    ("no less than", "ge"),
    ("not over", "le"),
    ("not above", "le"),
    ("not under", "ge"),
    ("not below", "ge"),
    ("no later than", "le"),
    ("not later than", "le"),
    ("no earlier than", "ge"),
    ("not before", "ge"),
    ("not after", "le"),
    ("on or before", "le"),
    ("on or after", "ge"),
    ("more than", "gt"),
    ("greater than", "gt"),
    ("larger than", "gt"),
    ("higher than", "gt"),
    ("longer than", "gt"),
    ("later than", "gt"),
    ("less than", "lt"),
    ("fewer than", "lt"),
    ("lower than", "lt"),
    ("smaller than", "lt"),
    ("shorter than", "lt"),
    ("earlier than", "lt"),
    ("at least", "ge"),
    ("at most", "le"),
    ("a minimum of", "ge"),
    ("a maximum of", "le"),
    ("up to", "le"),
    ("equal to", "eq"),
    ("the same as", "eq"),
    ("exactly", "eq"),
    ("other than", "ne"),
    ("different from", "ne"),
    ("above", "gt"),
    ("over", "gt"),
    ("exceeding", "gt"),
    ("under", "lt"),
    ("below", "lt"),
    ("before", "lt"),
    ("after", "gt"),
    (">=", "ge"),
    ("<=", "le"),
    ("≥", "ge"),
    ("≤", "le"),
    (">", "gt"),
    ("<", "lt"),
    ("=", "eq"),
)
_DATED: Final = frozenset(["before", "after", "on or before", "on or after", "not before", "not after"])
AFTERWARDS: Final = {
    "more": "ge",
    "over": "ge",
    "older": "ge",
    "above": "ge",
    "later": "ge",
    "longer": "ge",
    "less": "le",
    "under": "le",
    "younger": "le",
    "below": "le",
    "earlier": "le",
    "fewer": "le",
}


class Comparisons(Phrases):
    """What compares the value of an attribute, or says when."""

    def _worth(self, index: int) -> Found[Condition]:
        """ "over $50", "of $50 or more", "under 18": by the one attribute that is counted so."""
        found: Found[Condition] = []
        low = self.low(index)
        at = index + 1
        token = self.token(at)
        if token.kind != "value" or token.of.sort not in ("money", "measure", "number"):
            return []
        value = Value(token, at)
        own = Thing("the", (), f"?{token.of.sort}", False, HOLE, (), index)
        if low == "of":
            if self.low(at + 1) == "or" and self.low(at + 2) in AFTERWARDS and token.of.sort != "number":
                found.append((Compare(AFTERWARDS[self.low(at + 2)], own, value, index), at + 3))
            return found
        op = {"over": "gt", "above": "gt", "under": "lt", "below": "lt"}.get(low, "")
        if op and self.low(at + 1) != "or":
            found.append((Compare(op, own, value, index), at + 1))
        return found

    def comparison(self, index: int, subject: Expression) -> Found[Condition]:
        """ "more than $50", "between 3 and 5", "3 or more", and mere equality."""
        found: Found[Condition] = []
        for text, op in COMPARISONS:
            after = self.phrase(index, text)
            if after >= 0 and not (text in ("above", "over", "under", "below") and self._ages(after)):
                bare = not isinstance(subject, (Thing, Today)) or (isinstance(subject, Thing) and subject.owner is None)
                if text in _DATED and bare:
                    continue
                found += [(Compare(op, subject, value, index), end) for value, end in self.expression(after)]
        for first, second in (("between", "and"), ("from", "to"), ("from", "up to")):
            if self.low(index) == first:
                for low_end, middle in self.product(index + 1):
                    after = self.phrase(middle, second)
                    if after < 0:
                        continue
                    for high, end in self.product(after):
                        pair = (Compare("ge", subject, low_end, index), Compare("le", subject, high, index))
                        found.append((All(pair, index), end))
        for value, end in self.product(index):
            if isinstance(value, Value) and self.low(end) == "or" and self.low(end + 1) in AFTERWARDS:
                found.append((Compare(AFTERWARDS[self.low(end + 1)], subject, value, index), end + 2))
        for values, end in self._alternatives(index):
            found.append((Any(tuple(Compare("eq", subject, value, index) for value in values), 1, index), end))
        for value, end in self.expression(index):
            if isinstance(value, Thing) and value.det in ("a", "every", "no", "bare") and value.owner is None:
                continue
            if self.low(end) == "or" and self.low(end + 1) in AFTERWARDS:
                continue
            found.append((Compare("eq", subject, value, index), end))
        if self.low(index) == "on" and isinstance(subject, Thing):
            found += [
                (Compare("eq", subject, value, index), end)
                for value, end in self.expression(index + 1)
                if isinstance(value, Value) and value.token.of.sort == "date"
            ]
        return found

    def _alternatives(self, index: int) -> Found[tuple[Expression, ...]]:
        """Names or amounts joined by *or*: "Panama, Colombia or Peru"."""
        start = index + (self.low(index) in ("either",))
        found: Found[tuple[Expression, ...]] = []
        todo: list[tuple[tuple[Expression, ...], int]] = [((node,), end) for node, end in self._simple_value(start)]
        while todo:
            items, end = todo.pop(0)
            after = end + (self.low(end) == ",")
            last = self.low(after) == "or"
            after += last
            if after == end or len(items) > 40:
                continue
            for node, stop in self._simple_value(after):
                if last:
                    found.append(((*items, node), stop))
                else:
                    todo.append(((*items, node), stop))
        return found

    def _simple_value(self, index: int) -> Found[Expression]:
        token = self.token(index)
        if token.kind == "value":
            return [(Value(token, index), index + 1)]
        names = [(node, end) for node, end in self._name(index) if isinstance(node, Name)]
        longest = max((end for _, end in names), default=-1)
        return [(node, end) for node, end in names if end == longest]

    def _ages(self, index: int) -> bool:
        return self.token(index).kind == "value" and self.phrase(index + 1, "years old", "years of age") >= 0

    def _aged(self, index: int, subject: Expression) -> Found[Condition]:
        """ "at least 18 years old", "18 or older", "under 26 years of age", "aged 18 or over"."""
        at = index + (self.low(index) == "aged")
        aged = at > index
        op = "eq"
        for text, named in COMPARISONS:
            after = self.phrase(at, text)
            if after >= 0:
                op, at = named, after
                break
        for text, named in (("older than", "gt"), ("younger than", "lt")):
            after = self.phrase(at, text)
            if after >= 0:
                op, at, aged = named, after, True
        token = self.token(at)
        if token.kind != "value" or token.of.sort not in ("number", "days"):
            return []
        if token.of.sort == "days" and (token.more[1] or token.more[0] % 12):
            return []
        years = Fraction(token.more[0], 12) if token.of.sort == "days" else token.value
        end = at + 1
        for _ in range(2):
            if self.low(end) == "or" and self.low(end + 1) in AFTERWARDS and op == "eq":
                aged = aged or self.low(end + 1) in ("older", "younger")
                op, end = AFTERWARDS[self.low(end + 1)], end + 2
            after = self.phrase(end, "old", "of age")
            if after >= 0 and token.of.sort == "days":
                aged, end = True, after
        if not aged:
            return []
        number = Value(Token(str(years), str(years), token.column, "value", years, NUMBER), at)
        return [(Compare(op, Thing("the", (), "age", False, subject, (), index), number, index), end)]

    def _timed(self, index: int, subject: Expression) -> Found[Condition]:
        """ "within 30 days of/after D", "at least 12 months before D", "more than 3 days after D"."""
        found: Found[Condition] = []
        if self.low(index) == "within":
            span = self.token(index + 1)
            if span.of.sort != "days":
                return []
            value = Value(span, index + 1)
            for word in ("of", "after", "from", "before"):
                if self.low(index + 2) == word:
                    for base, end in self.factor(index + 3):
                        back, on = Arithmetic("before", base, value, index), Arithmetic("after", base, value, index)
                        first, last = (back, base) if word == "before" else (base, on)
                        pair: tuple[Condition, ...] = (
                            Compare("ge", subject, first, index),
                            Compare("le", subject, last, index),
                        )
                        found.append((All(pair, index), end))
            return found
        for text, op in COMPARISONS:
            after = self.phrase(index, text)
            span = self.token(after) if after >= 0 else Token("", "", 0, "end")
            if span.of.sort == "days" and self.low(after + 1) in ("after", "before"):
                value = Value(span, after)
                for base, end in self.factor(after + 2):
                    if self.low(after + 1) == "after":
                        found.append((Compare(op, subject, Arithmetic("after", base, value, index), index), end))
                    else:
                        turned = {"gt": "lt", "ge": "le", "lt": "gt", "le": "ge", "eq": "eq"}.get(op, "")
                        if turned:
                            shifted = Arithmetic("before", base, value, index)
                            found.append((Compare(turned, subject, shifted, index), end))
        return found

    def _when(self, event: Expression, index: int) -> Found[Condition]:
        """When something happened: "before D", "within 14 days after D", "more than 30 days ago"."""
        found: Found[Condition] = list(self._timed(index, event))
        for text, op in COMPARISONS:
            after = self.phrase(index, text)
            if after < 0:
                continue
            if text in _DATED:
                found += [(Compare(op, event, value, index), end) for value, end in self.factor(after)]
            span = self.token(after)
            if span.of.sort == "days" and self.low(after + 1) == "ago":
                turned = {"gt": "lt", "ge": "le", "lt": "gt", "le": "ge"}.get(op, "")
                if turned:
                    then = Arithmetic("before", Today(), Value(span, after), index)
                    found.append((Compare(turned, event, then, index), after + 2))
        if self.phrase(index, "within the last", "in the last", "within the past", "in the past") >= 0:
            span = self.token(index + 3)
            if span.of.sort == "days":
                then = Arithmetic("before", Today(), Value(span, index + 3), index)
                both = (Compare("ge", event, then, index), Compare("le", event, Today(), index))
                found.append((All(both, index), index + 4))
        return found

    def adjunct(self, index: int) -> Found[Condition]:
        """When a claim holds, by today's date: "within 30 days of delivery", "until D", "from D to D"."""
        found: Found[Condition] = list(self._timed(index, Today()))
        if self.low(index) in ("until", "before", "after", "from"):
            op = {"until": "le", "before": "lt", "after": "gt", "from": "ge"}[self.low(index)]
            for value, end in self.factor(index + 1):
                first = Compare(op, Today(), value, index)
                found.append((first, end))
                if op == "ge" and self.low(end) in ("to", "until"):
                    for last, stop in self.factor(end + 1):
                        found.append((All((first, Compare("le", Today(), last, index)), index), stop))
        return found
