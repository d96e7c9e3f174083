"""Expressions of policy English: noun phrases with owners and relative clauses, and arithmetic."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeVar

from quod.language import words as lists
from quod.language.morphology import Lexicon, singular
from quod.language.policy.tokens import END, Token, number_word
from quod.language.policy.tree import (
    Arithmetic,
    Between,
    Condition,
    Expression,
    Hole,
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

T = TypeVar("T")
Found = list[tuple[T, int]]
MAX_WAYS: Final = 40

DETERMINERS: Final = {
    "a": "a",
    "an": "a",
    "any": "a",
    "each": "every",
    "every": "every",
    "all": "every",
    "the": "the",
    "this": "the",
    "that": "the",
    "these": "the",
    "those": "the",
    "such": "the",
    "no": "no",
    "another": "a",
}
POSSESSIVE: Final = {"its": "it", "their": "they", "his": "he", "her": "she"}
PRONOUNS: Final = frozenset(["it", "they", "he", "she", "them", "him", "her"])
AGGREGATES: Final = {
    "number": "count",
    "total": "sum",
    "sum": "sum",
    "average": "average",
    "mean": "average",
    "highest": "max",
    "largest": "max",
    "greatest": "max",
    "biggest": "max",
    "longest": "max",
    "latest": "max",
    "maximum": "max",
    "lowest": "min",
    "smallest": "min",
    "least": "min",
    "shortest": "min",
    "earliest": "min",
    "minimum": "min",
}
_OF_TWO: Final = {
    "higher": "greatest",
    "larger": "greatest",
    "greater": "greatest",
    "later": "greatest",
    "longer": "greatest",
    "lower": "least",
    "smaller": "least",
    "lesser": "least",
    "earlier": "least",
    "shorter": "least",
    "highest": "greatest",
    "largest": "greatest",
    "greatest": "greatest",
    "lowest": "least",
    "smallest": "least",
    "latest": "greatest",
    "earliest": "least",
}
_SUMS: Final = {"plus": "add", "+": "add", "minus": "sub", "-": "sub", "–": "sub", "−": "sub", "less": "sub"}
_PRODUCTS: Final = {"times": "mul", "*": "mul", "×": "mul", "÷": "div", "/": "div"}
_STOP: Final = lists.FUNCTION | frozenset(
    [
        "plus",
        "minus",
        "times",
        "divided",
        "multiplied",
        "means",
        "mean",
        "more",
        "less",
        "today",
        "per",
        "whose",
        "between",
        "following",
        "rounded",
        "otherwise",
        "whether",
        "same",
    ]
)


class Phrases:
    """Tokens with a chart of what was parsed at each; the part of the grammar that denotes."""

    def __init__(self, tokens: list[Token], lexicon: Lexicon, tables: dict[str, tuple[str, ...]]) -> None:
        self.tokens = tokens
        self.size = len(tokens)
        self.lexicon = lexicon
        self.tables = tables
        self.far = 0
        self._chart: dict[tuple[str, int, str], list[tuple[object, int]]] = {}

    def token(self, index: int) -> Token:
        """The token at *index*."""
        return self.tokens[index] if 0 <= index < self.size else END

    def low(self, index: int) -> str:
        """The lower-case text at *index*."""
        return self.tokens[index].low if 0 <= index < self.size else ""

    def phrase(self, index: int, *texts: str) -> int:
        """The index after the first of *texts* that stands at *index*, or -1."""
        for text in texts:
            at = index
            for part in text.split():
                if self.low(at) != part:
                    break
                at += 1
            else:
                return at
        return -1

    def charted(self, rule: str, index: int, option: str, parse: Callable[[], Found[T]]) -> Found[T]:
        """What *parse* finds, computed once."""
        key = (rule, index, option)
        if key not in self._chart:
            self._chart[key] = []  # reason: a rule that calls itself at the same place finds nothing there
            found = list(dict.fromkeys(parse()))[:MAX_WAYS]
            self.far = max([self.far, *(end for _, end in found)])
            self._chart[key] = list(found)
        return self._chart[key]  # type: ignore[return-value]  # reason: a cell holds what its rule put there

    # ---- sums, products

    def expression(self, index: int) -> Found[Expression]:
        """Sums and differences of products, from the left; with what bounds and rounds them."""
        return self.charted("expression", index, "", lambda: self._expression(index))

    def _expression(self, index: int) -> Found[Expression]:
        found = self._chain(index, self.product, _SUMS)
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
            step = self._step(at)
            if step is not None and mode:
                return [(Rounded(node, mode, step[0], index), step[1])]
        return []

    def _skip(self, index: int, *words: str) -> int:
        return index + 1 if self.low(index) in words else index

    def _step(self, index: int) -> tuple[Token, int] | None:
        from fractions import Fraction

        from quod.language.policy.units import CENTS, CURRENCIES, NUMBER, Kind

        token = self.token(index)
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
        if signs is _PRODUCTS and low in ("divided", "multiplied") and self.low(index + 1) == "by":
            return ("div" if low == "divided" else "mul"), index + 2
        return "", index

    def product(self, index: int) -> Found[Expression]:
        """Products and quotients."""
        return self.charted("product", index, "", lambda: self._chain(index, self.factor, _PRODUCTS))

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
            for word, op in (("after", "add"), ("before", "sub"), ("from", "add")):
                if self.low(index + 1) == word:
                    found += [
                        (Arithmetic(op, base, value, index), end)
                        for base, end in self.factor(index + 2)
                        if not isinstance(base, Value) or base.token.of.sort == "date"
                    ]
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
            if isinstance(thing, Thing) and (thing.plural or _has_plural(thing)):
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
        op = _OF_TWO.get(self.low(at), "")
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

    def orders(self, index: int) -> Found[tuple[tuple[str, str], ...]]:
        """ "by fee, highest first, then by number"."""
        if self.low(index) not in ("by", "with"):
            return []
        at = index + 1
        words: list[str] = []
        while self.token(at).kind == "word" and self.low(at) not in ("then", "and") and len(words) < 5:
            words.append(self.low(at))
            at += 1
        if not words or any(word in _STOP for word in words):
            return []
        way, end = "lt", at
        after = at + (self.low(at) in (",", "("))
        for text, op in (
            ("highest first", "gt"),
            ("largest first", "gt"),
            ("latest first", "gt"),
            ("lowest first", "lt"),
            ("smallest first", "lt"),
            ("earliest first", "lt"),
        ):
            stop = self.phrase(after, text)
            if stop >= 0:
                way, end = op, stop + (self.low(stop) == ")")
        here = (("_".join(words), way),)
        found: Found[tuple[tuple[str, str], ...]] = [(here, end)]
        then = end + (self.low(end) == ",")
        then = self._skip(then, "and")
        if self.low(then) == "then":
            found += [((*here, *more), stop) for more, stop in self.orders(then + 1)]
        return found

    # ---- noun phrases

    def thing(self, index: int, det: str = "") -> Found[Expression]:
        """A noun phrase: pronoun, name, or noun with owner and relative clauses."""
        return self.charted("thing", index, det, lambda: self._thing(index, det))

    def _thing(self, index: int, det: str) -> Found[Expression]:
        found: Found[Expression] = []
        for node, end in self._simple(index, det):
            found.append((node, end))
            if self.low(end) == "'s":
                for owned, stop in self._noun(end + 1, "the"):
                    found += self._possessed(owned._replace(owner=node), stop)
        return found

    def _possessed(self, node: Thing, end: int) -> Found[Expression]:
        """ "Anne's order's total"."""
        found: Found[Expression] = [(node, end)]
        found += self._filtered(node, end)
        if self.low(end) == "'s":
            for owned, stop in self._noun(end + 1, "the"):
                found += self._possessed(owned._replace(owner=node), stop)
        return found

    def _simple(self, index: int, det: str) -> Found[Expression]:
        low = self.low(index)
        if det == "bare":
            return self._owned(index, "every")
        if low in PRONOUNS:
            word = {"them": "they", "him": "he", "her": "she"}.get(low, low)
            pronoun: Found[Expression] = [(Pronoun(word, index), index + 1)]
            return pronoun + (self._owned_by(index) if low in POSSESSIVE else [])
        if low in POSSESSIVE:
            return self._owned_by(index)
        if low in ("someone", "anyone", "everyone", "everybody", "anybody", "whoever"):
            node = Thing("every" if low.startswith("every") else "a", (), "", False, None, (), index)
            return [(node, index + 1), *self._filtered(node, index + 1)]
        if low in DETERMINERS:
            if low == "all" and self.low(index + 1) == "the":
                return self._owned(index + 2, "every")
            after = index + 1
            if low == "all" and self.low(after) == "of" and self.low(after + 1) == "the":
                after += 2
            return self._owned(after, "every" if low == "every" else DETERMINERS[low])
        found = self._name(index)
        found += self._owned(index, "bare")
        return found

    def _owned_by(self, index: int) -> Found[Expression]:
        owner = Pronoun(POSSESSIVE[self.low(index)], index)
        found: Found[Expression] = []
        for noun, end in self._noun(index + 1, "the"):
            found.append((noun._replace(owner=owner), end))
            found += self._filtered(noun._replace(owner=owner), end)
        return found

    def _name(self, index: int) -> Found[Expression]:
        """ "Anne", "New York", "order 17", "Item A"."""
        found: Found[Expression] = []
        token, following = self.token(index), self.token(index + 1)
        numbered = following.kind == "code" or (
            following.kind == "value" and following.of.sort == "number" and following.value.denominator == 1
        )
        single = following.kind == "word" and len(following.text) == 1 and following.capital
        if token.kind == "word" and token.low not in _STOP and (numbered or single):
            shown = f"{token.low} {following.text}"
            found.append((Name(shown.replace(" ", "_").replace("-", "_").lower(), shown, index), index + 2))
        words: list[str] = []
        at = index
        while self.token(at).kind in ("word", "code") and self.token(at).text[:1].isupper() and len(words) < 5:
            low = self.low(at)
            if at == index and (low in _STOP or self._common(at)):
                break
            words.append(self.token(at).text)
            at += 1
            if at + 1 < self.size and self.low(at) == "." and len(words[-1]) == 1:
                break
            shown = " ".join(words)
            found.append((Name(shown.lower().replace(" ", "_").replace("-", "_").replace(".", ""), shown, index), at))
        return found

    def _common(self, index: int) -> bool:
        """Whether the capital at *index* only marks the beginning of the sentence."""
        if index and self.low(index - 1) not in (":", ";"):
            return False
        low = self.low(index)
        senses = self.lexicon.senses(low)
        if low in lists.NAMES or low in lists.S_NAMES:
            return False
        return bool(senses.known) or bool(senses.plural and senses.plural != low)

    def _owned(self, index: int, det: str) -> Found[Expression]:
        """A noun with "of …" and relative clauses."""
        found: Found[Expression] = []
        for noun, end in self._noun(index, det):
            found.append((noun, end))
            found += self._filtered(noun, end)
            if self.low(end) in ("of", "for", "on"):
                for owner, stop in self.thing(end + 1):
                    if self.low(end) != "of" and not isinstance(owner, (Thing, Name, Pronoun)):
                        continue
                    if noun.head in AGGREGATES and isinstance(owner, Thing) and owner.plural:
                        continue
                    owned = noun._replace(owner=owner)
                    found.append((owned, stop))
                    if self.low(end) == "of":
                        found += self._filtered(owned, stop)
        return found

    def _filtered(self, noun: Thing, end: int) -> Found[Expression]:
        """The noun with relative clauses behind it."""
        return [
            (noun._replace(filters=filters), stop)
            for filters, stop in self.charted("filters", end, str(noun.plural), lambda: self.filters(end, noun.plural))
        ]

    def filters(self, index: int, plural: bool) -> Found[tuple[Condition, ...]]:
        """Relative clauses (``clauses`` gives the body)."""
        raise NotImplementedError

    def _noun(self, index: int, det: str) -> Found[Thing]:
        """The words of a noun: as many before the head as fit."""
        found: Found[Thing] = []
        words: list[str] = []
        at = index
        while at < self.size and len(words) < 5:
            token = self.token(at)
            if token.kind != "word" or (token.low in _STOP and token.low not in ("off", "on-time")):
                break
            if number_word(token.low) is not None or (token.low in _OF_TWO and self.low(at + 1) == "of"):
                break
            lemma, plural = self.lemma(token.low)
            if lemma:
                found.append((Thing(det, tuple(words), lemma, plural, None, (), index), at + 1))
            words.append(token.low)
            at += 1
        return found

    def lemma(self, low: str) -> tuple[str, bool]:
        """The singular of a noun, and whether it is a plural."""
        if low in ("people", "persons"):
            return "person", True
        if low in _SINGULAR or low.endswith(("ss", "us", "is")):
            return low.replace("-", "_"), False
        senses = self.lexicon.senses(low)
        if "v" in senses.known and "n" not in senses.known and senses.third and not senses.noun:
            return (senses.plural or singular(low)).replace("-", "_"), True
        one = senses.plural or ("" if senses.noun else singular(low))
        if one and one != low:
            return one.replace("-", "_"), True
        return low.replace("-", "_"), False


_SINGULAR: Final = frozenset(
    [
        "series",
        "species",
        "news",
        "gross",
        "plus",
        "bonus",
        "status",
        "address",
        "business",
        "class",
        "address",
        "goods",
    ]
)


def _has_plural(thing: Thing) -> bool:
    """Whether the owner, or the owner's owner, is a plural."""
    owner = thing.owner
    return isinstance(owner, Thing) and (owner.plural or owner.det == "every" or _has_plural(owner))


HOLE: Final = Hole()
